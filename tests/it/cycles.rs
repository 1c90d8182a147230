//! No cycles between source files in different folders. `x.rs` and the files in `x/` are one folder.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use crate::tidy::{below, code};

/// The source files of a crate, by the path of their modules: `model/links/vpc`.
struct Modules {
    texts: BTreeMap<String, String>,
    /// The names that each module re-exports, and the modules that define them.
    exported: BTreeMap<String, BTreeMap<String, String>>,
}

impl Modules {
    fn new(directory: &str) -> Modules {
        let files = below(directory).into_iter().filter(|(name, _)| !name.ends_with("tests.rs"));
        let module = |name: String| name.trim_end_matches(".rs").to_owned();
        let visibility = Regex::new(r"pub\(in [^)]*\)").unwrap();
        let text = |text: String| visibility.replace_all(&code(&text), "pub").into_owned();
        let texts: BTreeMap<_, _> = files.map(|(name, file)| (module(name), text(file))).collect();
        let export = Regex::new(r"\bpub(?:\([^)]*\))? use (?:self::)?([^;]+);").unwrap();
        let mut modules = Modules { texts, exported: BTreeMap::new() };
        let names: Vec<String> = modules.texts.keys().cloned().collect();
        for name in names {
            let text = &modules.texts[&name];
            let paths = export.captures_iter(text).flat_map(|found| leaves(&found[1]));
            let exported = paths.filter_map(|path| {
                let (module, rest) = modules.longest(children_of(&name), &path)?;
                Some((rest.last()?.clone(), module))
            });
            let exported = exported.collect();
            modules.exported.insert(name, exported);
        }
        modules
    }

    /// The innermost module on a path below `base`, and the rest of the path.
    fn longest(&self, base: &str, path: &[String]) -> Option<(String, Vec<String>)> {
        (1..=path.len()).rev().find_map(|length| {
            let name = [&[base.to_owned()][..], &path[..length]].concat().join("/");
            let name = name.trim_start_matches('/');
            self.texts.contains_key(name).then(|| (name.to_owned(), path[length..].to_vec()))
        })
    }

    /// The module that defines the item at a path below `base`.
    fn definition(&self, base: &str, path: &[String]) -> Option<String> {
        let (mut module, rest) = self.longest(base, path)?;
        while let Some(from) = rest.first().and_then(|name| self.exported[&module].get(name)) {
            module.clone_from(from);
        }
        Some(module)
    }

    /// The modules that a module uses.
    fn used(&self, name: &str) -> BTreeSet<String> {
        let import = Regex::new(r"\buse crate::([^;]+);").unwrap();
        let absolute = Regex::new(r"\bcrate::((?:\w+::)*\w+)").unwrap();
        let relative = Regex::new(r"(?:^|[^:\w])((?:\w+::)+\w+)").unwrap();
        let text = &self.texts[name];
        let rest = import.replace_all(text, "");
        let imported = import.captures_iter(text).flat_map(|found| leaves(&found[1]));
        let named = absolute.captures_iter(&rest).flat_map(|found| leaves(&found[1]));
        let absolute = imported.chain(named).filter_map(|path| self.definition("", &path));
        let children = relative.captures_iter(&rest).flat_map(|found| leaves(&found[1]));
        let children = children.filter_map(|path| self.definition(children_of(name), &path));
        absolute.chain(children).filter(|used| used != name).collect()
    }
}

/// The path prefixes of a module's children.
fn children_of(name: &str) -> &str {
    if name == "lib" { "" } else { name }
}

/// The paths of a `use` tree, each as a list of names.
fn leaves(tree: &str) -> Vec<Vec<String>> {
    let tree = tree.trim();
    let Some((base, list)) = tree.split_once('{') else {
        let path = tree.split(" as ").next().unwrap();
        let names = path.split("::").map(str::trim).filter(|name| *name != "self");
        return vec![names.map(str::to_owned).collect()];
    };
    let base: Vec<String> =
        base.split("::").map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect();
    let mut depth = 0;
    let mut items = vec![String::new()];
    for letter in list.strip_suffix('}').unwrap_or(list).chars() {
        match letter {
            ',' if depth == 0 => items.push(String::new()),
            _ => {
                depth += i32::from(letter == '{') - i32::from(letter == '}');
                items.last_mut().unwrap().push(letter);
            }
        }
    }
    let items = items.iter().filter(|item| !item.trim().is_empty());
    items.flat_map(|item| leaves(item)).map(|path| [base.clone(), path].concat()).collect()
}

/// All modules that are reachable from each module.
fn reachable(modules: &Modules) -> BTreeMap<String, BTreeSet<String>> {
    let used: BTreeMap<&String, BTreeSet<String>> =
        modules.texts.keys().map(|name| (name, modules.used(name))).collect();
    let reach = |start: &String| {
        let (mut reached, mut next) = (BTreeSet::new(), vec![start]);
        while let Some(name) = next.pop() {
            next.extend(used[name].iter().filter(|used| reached.insert((*used).clone())));
        }
        reached
    };
    modules.texts.keys().map(|name| (name.clone(), reach(name))).collect()
}

/// The pairs of modules in different folders that use each other, directly or indirectly.
fn cycles(directory: &str) -> Vec<(String, String)> {
    let modules = Modules::new(directory);
    let reachable = reachable(&modules);
    let folder = |name: &str| {
        let has_children = modules.texts.keys().any(|other| other.starts_with(&format!("{name}/")));
        if has_children {
            name.to_owned()
        } else {
            name.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned()
        }
    };
    let mut found = Vec::new();
    for (name, reached) in &reachable {
        let mutual = reached.iter().filter(|other| *other > name && reachable[*other].contains(name));
        found.extend(
            mutual.filter(|other| folder(other) != folder(name)).map(|other| (name.clone(), other.clone())),
        );
    }
    found
}

#[test]
fn no_files_of_different_folders_use_each_other() {
    for sources in ["src", "crates/iac-eval/src"] {
        assert_eq!(cycles(sources), []);
    }
}
