//! The var files and variables that scripts pass.

use std::path::{Path, PathBuf};

use smol_str::{SmolStr, format_smolstr};

use crate::frontend::terraform::commands::{ANY, Call, Script};
use crate::frontend::terraform::scenarios::VarFiles;
use crate::frontend::terraform::scenarios::var_file::{Reader, VarFile, joined, name_of};
use crate::syntax::hcl::Attribute;
use crate::terraform::sets_variables;

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

    /// The sets of var files that a call can pass: one for each text that a computed part of their paths can be. The paths are relative
    /// to the root module, or to the repository.
    fn of_call(&self, call: &Call) -> Vec<VarFiles> {
        let bases = [Some(self.root), self.sources.root_of(self.root)];
        let mut sets = bases.into_iter().flatten().map(|base| self.of_call_from(call, base));
        sets.find(|sets| !sets.is_empty()).unwrap_or_default()
    }

    fn of_call_from(&self, call: &Call, base: &Path) -> Vec<VarFiles> {
        let paths: Vec<String> = call.var_files.iter().map(|path| path.replace('\\', "/")).collect();
        let computed = paths.iter().find(|path| path.contains(ANY));
        let parts = match computed {
            Some(pattern) => self.computed_parts(base, pattern),
            None => vec![String::new()],
        };
        let set = |part: &String| {
            let path = |pattern: &String| self.sources.absolute(&base.join(pattern.replace(ANY, part)));
            let files: Option<Vec<VarFile>> = paths.iter().map(|pattern| self.read(&path(pattern))).collect();
            let files: Vec<VarFile> = files?;
            let files: Vec<&VarFile> = files.iter().collect();
            let name = if part.is_empty() { name_of(&files.last()?.path) } else { SmolStr::from(part) };
            Some(joined(name, &files))
        };
        parts.iter().filter_map(set).collect()
    }

    /// The texts with which a path with a computed part is that of a file.
    fn computed_parts(&self, base: &Path, pattern: &str) -> Vec<String> {
        let Some((start, end)) = pattern.split_once(ANY) else { return Vec::new() };
        let (folder, prefix) = start.rsplit_once('/').unwrap_or((".", start));
        let suffix = end.split_once('/').map_or(end, |(suffix, _)| suffix);
        let entries = self.sources.list(&base.join(folder));
        let part = |path: &PathBuf| {
            let name = path.file_name()?.to_str()?;
            let part = name.strip_prefix(prefix)?.strip_suffix(suffix)?;
            (!part.is_empty()).then(|| part.to_owned())
        };
        entries.iter().filter_map(part).collect()
    }

    /// Whether a script passes a var file that is not in the repository.
    pub(super) fn passes_missing_file(&self, scripts: &[Script]) -> bool {
        let exists = |base: &Path, path: &String| {
            self.computed_parts(base, path)
                .iter()
                .any(|part| sets_variables(Path::new(&path.replace(ANY, part))))
                || self.sources.load(&base.join(path)).is_ok()
        };
        let bases = [Some(self.root), self.sources.root_of(self.root)];
        let is_missing = |path: &String| !bases.iter().flatten().any(|base| exists(base, path));
        scripts.iter().flat_map(|script| &script.calls).flat_map(|call| &call.var_files).any(is_missing)
    }

    /// The sets of variables in the environment of scripts that pass no var file, and in the calls of these scripts: one for each
    /// combination.
    pub(super) fn of_environment(&self, scripts: &[Script]) -> Vec<VarFiles> {
        scripts.iter().flat_map(|script| self.of_script(script)).collect()
    }

    fn of_script(&self, script: &Script) -> Vec<VarFiles> {
        let ours = |values: &[Attribute]| -> Vec<Attribute> {
            values.iter().filter(|value| self.declares(value)).cloned().collect()
        };
        let calls = script.calls.iter().filter(|call| call.var_files.is_empty());
        let calls: Vec<Vec<Attribute>> =
            calls.map(|call| ours(&call.variables)).filter(|values| !values.is_empty()).collect();
        let calls = if calls.is_empty() { vec![Vec::new()] } else { calls };
        let mut sets: Vec<Vec<Attribute>> = Vec::new();
        for shared in apart(&ours(&script.variables)) {
            for call in &calls {
                let values = [shared.as_slice(), call].concat();
                if !values.is_empty() && !sets.iter().any(|known| are_equal(known, &values)) {
                    sets.push(values);
                }
            }
        }
        let is_one = sets.len() == 1;
        let set = |values: Vec<Attribute>| {
            let at = values.last()?.value.at;
            let source = self.sources.get(at.file);
            let name = name_of(&source.path);
            let name = name.split('.').next().unwrap_or_default();
            let line = source.line(at.range().start) + 1;
            let name = if is_one { SmolStr::from(name) } else { format_smolstr!("{name}:{line}") };
            Some(VarFiles::new(name, Vec::new(), values))
        };
        sets.into_iter().filter_map(set).collect()
    }
}

/// The variables of a file in sets with one value for each variable: a job or a branch sets some of them again. Those that have one
/// value in the file are in all sets.
fn apart(all: &[Attribute]) -> Vec<Vec<Attribute>> {
    let has_others = |value: &Attribute| {
        all.iter().any(|other| other.name == value.name && other.value.kind != value.value.kind)
    };
    let (own, shared): (Vec<&Attribute>, Vec<&Attribute>) = all.iter().partition(|value| has_others(value));
    let shared: Vec<Attribute> = shared.into_iter().cloned().collect();
    let mut sets = vec![shared.clone()];
    for value in own {
        let is_again = sets.last().is_some_and(|set| set.iter().any(|known| known.name == value.name));
        if is_again {
            sets.push(shared.clone());
        }
        sets.last_mut().into_iter().for_each(|set| set.push(value.clone()));
    }
    sets
}

/// Whether two sets of variables have the same values.
fn are_equal(one: &[Attribute], other: &[Attribute]) -> bool {
    one.len() == other.len()
        && one
            .iter()
            .zip(other)
            .all(|(one, other)| one.name == other.name && one.value.kind == other.value.kind)
}
