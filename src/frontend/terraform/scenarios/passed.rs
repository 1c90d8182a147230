//! The var files and variables that scripts pass.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use smol_str::SmolStr;

use crate::frontend::terraform::commands::{ANY, Call, OWN, Passed, REPOSITORY, START, Script, unknown};
use crate::frontend::terraform::scenarios::VarFiles;
use crate::frontend::terraform::scenarios::var_file::{Reader, VarFile, name_of};
use crate::source::Span;
use crate::syntax::hcl::{Attribute, Expr, ExprKind};
use crate::terraform::sets_variables;
use crate::value::NodeKind;

/// Variables whose values name an environment.
const ENVIRONMENTS: &[&str] = &["env", "env_name", "environment", "environment_name", "stage", "workspace"];

impl Reader<'_> {
    /// The sets of var files that scripts pass, with the variables that they set.
    pub(super) fn passed_by(&self, scripts: &[Script]) -> Vec<VarFiles> {
        let mut sets: Vec<VarFiles> = Vec::new();
        let calls = scripts.iter().flat_map(|script| script.calls.iter().map(move |call| (script, call)));
        for (script, call) in calls.filter(|(_, call)| call.passes_file()) {
            for mut set in self.of_call(script, call) {
                set.values.splice(0..0, self.ours(&call.environment));
                set.values.extend(self.ours(&call.variables));
                set.call.clone_from(&call.label);
                if sets.iter().all(|known| !is_same(known, &set)) {
                    sets.push(set);
                }
            }
        }
        sets
    }

    /// The variables that the root module declares.
    fn ours(&self, values: &[Attribute]) -> Vec<Attribute> {
        values.iter().filter(|value| self.declares(value)).cloned().collect()
    }

    /// The sets of var files that a call can pass: one for each text that a computed part of their paths can be. The paths are relative
    /// to the root module, or to the repository.
    fn of_call(&self, script: &Script, call: &Call) -> Vec<VarFiles> {
        let mut sets = self.bases().map(|base| self.of_call_from(script, call, base));
        sets.find(|sets| !sets.is_empty()).unwrap_or_default()
    }

    /// The values that a script writes to a var file. If they are not known, the variables are unknown.
    fn written(&self, file: &Passed) -> Vec<Attribute> {
        match file {
            Passed::Values(values) => self.ours(values),
            Passed::Unknown(at) => {
                let unknown =
                    |name: &&str| Attribute { name: (*name).into(), name_at: *at, value: unknown(name, *at) };
                let mut names: Vec<&str> = self.declared.iter().copied().collect();
                names.sort_unstable();
                names.iter().map(unknown).collect()
            }
            Passed::File(_) => Vec::new(),
        }
    }

    fn bases(&self) -> impl Iterator<Item = &Path> {
        [Some(self.root), self.sources.root_of(self.root)].into_iter().flatten()
    }

    fn of_call_from(&self, script: &Script, call: &Call, base: &Path) -> Vec<VarFiles> {
        let paths = || call.var_files.iter().filter_map(Passed::path).map(|path| path.replace('\\', "/"));
        let computed = paths().find(|path| path.contains(ANY));
        let parts = match computed {
            Some(pattern) => self.computed_parts(script, &pattern, base),
            None => vec![String::new()],
        };
        let set = |part: &String| {
            let read = |pattern: String| {
                let path = self.sources.absolute(&self.path(script, &pattern.replace(ANY, part), base));
                if pattern.contains(ANY) { self.read(&path) } else { self.named(&path) }
            };
            let files: Vec<VarFile> = paths().map(read).collect::<Option<_>>()?;
            let name = if part.is_empty() { name_of(&files.last()?.path) } else { SmolStr::from(part) };
            let mut read = files.iter();
            let values = call.var_files.iter().flat_map(|passed| match passed {
                Passed::File(_) => read.next().map(|file| file.values.clone()).unwrap_or_default(),
                written => self.written(written),
            });
            let values = values.collect();
            Some(VarFiles::new(name, files.iter().map(|file| file.file).collect(), values))
        };
        parts.iter().filter_map(set).collect()
    }

    /// The texts with which a path with a computed part is that of a file.
    fn computed_parts(&self, script: &Script, pattern: &str, base: &Path) -> Vec<String> {
        let Some((start, end)) = pattern.split_once(ANY) else { return Vec::new() };
        let (folder, prefix) = start.rsplit_once('/').unwrap_or((".", start));
        let suffix = end.split_once('/').map_or(end, |(suffix, _)| suffix);
        let entries = self.sources.list(&self.path(script, folder, base));
        let part = |path: &PathBuf| {
            let name = path.file_name()?.to_str()?;
            let part = name.strip_prefix(prefix)?.strip_suffix(suffix)?;
            (!part.is_empty()).then(|| part.to_owned())
        };
        entries.iter().filter_map(part).collect()
    }

    /// The path of a var file, from what it is relative to.
    fn path(&self, script: &Script, path: &str, base: &Path) -> PathBuf {
        let named = match path.chars().next() {
            Some(OWN) => self.sources.get(script.file).path.parent(),
            Some(REPOSITORY) => self.sources.root_of(self.root),
            _ => None,
        };
        let inside =
            path.strip_prefix([OWN, REPOSITORY, START]).map_or(path, |path| path.trim_start_matches('/'));
        named.unwrap_or(base).join(inside)
    }

    /// Whether a script passes a var file that is not in the repository.
    pub(super) fn passes_missing_file(&self, scripts: &[Script]) -> bool {
        let exists = |script: &Script, path: &String, base: &Path| {
            self.computed_parts(script, path, base)
                .iter()
                .any(|part| sets_variables(Path::new(&path.replace(ANY, part))))
                || self.sources.load(&self.path(script, path, base)).is_ok()
        };
        let is_missing =
            |script: &Script, path: &String| !self.bases().any(|base| exists(script, path, base));
        scripts.iter().any(|script| {
            script
                .calls
                .iter()
                .flat_map(|call| &call.var_files)
                .filter_map(Passed::path)
                .any(|path| is_missing(script, path))
        })
    }

    /// The sets of variables that scripts pass without a var file.
    pub(super) fn of_environment(&self, scripts: &[Script]) -> Vec<VarFiles> {
        scripts.iter().flat_map(|script| self.of_variables(script)).collect()
    }

    /// The sets of a script, each once. They have the names of their environments or of their jobs, if these differ.
    fn of_variables(&self, script: &Script) -> Vec<VarFiles> {
        let mut sets: Vec<VarFiles> = Vec::new();
        for call in script.calls.iter().filter(|call| !call.passes_file()) {
            let mut values = self.ours(&call.environment);
            values.extend(call.var_files.iter().flat_map(|file| self.written(file)));
            values.extend(self.ours(&call.variables));
            let mut set = VarFiles::new(self.script_name(script), Vec::new(), values);
            set.call.clone_from(&call.label);
            if !set.values.is_empty() && sets.iter().all(|known| !is_same(known, &set)) {
                sets.push(set);
            }
        }
        let environments: Option<Vec<SmolStr>> = sets.iter().map(environment).collect();
        let labels: Option<Vec<SmolStr>> = sets.iter().map(|set| set.call.clone()).collect();
        let labels = labels.filter(|_| sets.len() > 1);
        let names = [environments, labels].into_iter().flatten().find(|names| are_distinct(names));
        for (set, name) in sets.iter_mut().zip(names.into_iter().flatten()) {
            set.name = name;
        }
        sets
    }

    fn script_name(&self, script: &Script) -> SmolStr {
        let name = name_of(&self.sources.get(script.file).path);
        SmolStr::from(name.split('.').next().unwrap_or_default())
    }
}

/// The environment that some values name.
fn environment(set: &VarFiles) -> Option<SmolStr> {
    let of = |name: &&str| match &set.values.iter().rfind(|value| value.name == *name)?.value.kind {
        ExprKind::String(value) => Some(value.clone()),
        _ => None,
    };
    ENVIRONMENTS.iter().find_map(of)
}

fn are_distinct(names: &[SmolStr]) -> bool {
    names.iter().collect::<BTreeSet<_>>().len() == names.len()
}

/// Whether two sets have the same files and values, wherever the values are written.
fn is_same(one: &VarFiles, other: &VarFiles) -> bool {
    one.files == other.files && effective(one) == effective(other)
}

/// The last value of each variable: its text, or its place; `None` if it is unknown.
fn effective(set: &VarFiles) -> BTreeMap<&str, Option<Result<&str, Span>>> {
    set.values.iter().map(|set| (set.name.as_str(), compared(&set.value))).collect()
}

fn compared(value: &Expr) -> Option<Result<&str, Span>> {
    match &value.kind {
        ExprKind::String(text) | ExprKind::Number(text) => Some(Ok(text.as_str())),
        ExprKind::Value(value) if matches!(value.kind, NodeKind::Unknown(_)) => None,
        _ => Some(Err(value.at)),
    }
}
