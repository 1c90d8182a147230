//! The var files and variables that scripts pass.

use std::path::PathBuf;

use smol_str::SmolStr;

use crate::frontend::terraform::commands::{ANY, Call, Script};
use crate::frontend::terraform::scenarios::VarFiles;
use crate::frontend::terraform::scenarios::var_file::{Reader, VarFile, joined, name_of};
use crate::syntax::hcl::Attribute;

impl Reader<'_> {
    /// The sets of var files that scripts pass, with the variables that they set.
    pub(super) fn passed_by(&self, scripts: &[Script]) -> Vec<VarFiles> {
        let mut sets: Vec<VarFiles> = Vec::new();
        for (script, call) in
            scripts.iter().flat_map(|script| script.calls.iter().map(move |call| (script, call)))
        {
            let ours = |values: &[Attribute]| -> Vec<Attribute> {
                values.iter().filter(|value| self.declares(value)).cloned().collect()
            };
            for mut set in self.of_call(call) {
                set.values.splice(0..0, ours(&script.variables));
                set.values.extend(ours(&call.variables));
                if sets.iter().all(|known| known.files != set.files) {
                    sets.push(set);
                }
            }
        }
        sets
    }

    /// The sets of var files that a call can pass: one for each text that a computed part of their paths can be.
    fn of_call(&self, call: &Call) -> Vec<VarFiles> {
        let computed = call.var_files.iter().find(|path| path.contains(ANY));
        let parts = match computed {
            Some(pattern) => self.computed_parts(pattern),
            None => vec![String::new()],
        };
        let set = |part: &String| {
            let path = |pattern: &String| self.sources.absolute(&self.root.join(pattern.replace(ANY, part)));
            let files: Option<Vec<VarFile>> =
                call.var_files.iter().map(|pattern| self.read(&path(pattern))).collect();
            let files: Vec<VarFile> = files?;
            let files: Vec<&VarFile> = files.iter().collect();
            let name = if part.is_empty() { name_of(&files.last()?.path) } else { SmolStr::from(part) };
            Some(joined(name, &files))
        };
        parts.iter().filter_map(set).collect()
    }

    /// The texts with which a path with a computed part is that of a file.
    fn computed_parts(&self, pattern: &str) -> Vec<String> {
        let Some((start, end)) = pattern.split_once(ANY) else { return Vec::new() };
        let (folder, prefix) = start.rsplit_once('/').unwrap_or((".", start));
        let suffix = end.split_once('/').map_or(end, |(suffix, _)| suffix);
        let entries = self.sources.list(&self.root.join(folder));
        let part = |path: &PathBuf| {
            let name = path.file_name()?.to_str()?;
            let part = name.strip_prefix(prefix)?.strip_suffix(suffix)?;
            (!part.is_empty()).then(|| part.to_owned())
        };
        entries.iter().filter_map(part).collect()
    }

    /// The sets of variables in the environment of scripts that pass no var file.
    pub(super) fn of_environment(&self, scripts: &[Script]) -> Vec<VarFiles> {
        let mut sets: Vec<VarFiles> = Vec::new();
        for script in scripts {
            let calls = script.calls.iter().filter(|call| call.var_files.is_empty());
            let values = script.variables.iter().chain(calls.flat_map(|call| &call.variables));
            let values: Vec<Attribute> = values.filter(|value| self.declares(value)).cloned().collect();
            let Some(first) = values.first() else { continue };
            let name = name_of(&self.sources.get(first.value.at.file).path);
            let name = SmolStr::from(name.split('.').next().unwrap_or_default());
            sets.push(VarFiles::new(name, Vec::new(), values));
        }
        sets
    }
}
