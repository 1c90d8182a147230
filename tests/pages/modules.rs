//! A problem that is reported in a root module is also reported in a called module: the files of every Terraform
//! example are moved to a module that a root module calls. No finding may be lost or lose a part, and good and unknown
//! examples must have no findings.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use ecslint::config::RunOptions;
use ecslint::diagnostic::Diagnostic;
use rayon::prelude::*;

use super::{Example, check, examples, pages};

/// Names of the call. The addresses of two of them contain `data.`, like those of data sources.
const NAMES: &[&str] = &["net", "metadata", "data"];

/// A provider block for a root module whose example has none.
const PROVIDER: &str = "provider \"aws\" {\n  region = \"eu-west-1\"\n}\n";

type Files = Vec<(String, String)>;

/// How the root module calls the module that an example becomes.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Call {
    Once,
    ForEach,
    /// From a module that the root module calls.
    TwoLevels,
    /// The provider block is in the root module.
    ProviderInRoot,
}

const CALLS: &[Call] = &[Call::Once, Call::ForEach, Call::TwoLevels, Call::ProviderInRoot];

impl Call {
    /// The example with its files in a module with that name.
    fn moved(self, files: &Files, name: &str) -> Files {
        let mut moved: Files = Vec::new();
        let mut providers = String::new();
        for (file, text) in files {
            let (rest, removed) = without_providers(text);
            // Terraform rejects `for_each` for a module with provider blocks.
            let stays = matches!(self, Call::Once | Call::TwoLevels);
            moved.push((format!("modules/{name}/{file}"), if stays { text.clone() } else { rest }));
            providers += if stays { "" } else { &removed };
        }
        let mut arguments = aliases(&providers);
        if self == Call::ForEach {
            arguments += "  for_each = toset([\"one\"])\n";
        }
        let instance = if self == Call::ForEach { "[\"one\"]" } else { "" };
        // A root module that reads an output of the example can read it here, too.
        let outputs: String = names_of_outputs(files)
            .map(|output| format!("output \"{output}\" {{\n  value = module.{name}{instance}.{output}\n}}\n"))
            .collect();
        let call =
            |source: &str| format!("module \"{name}\" {{\n  source = \"{source}\"\n{arguments}}}\n{outputs}");
        let mut root = call(&format!("./modules/{name}"));
        if self == Call::TwoLevels {
            root = call("./modules/outer");
            moved.push(("modules/outer/main.tf".to_owned(), call(&format!("../{name}"))));
        }
        if self == Call::ProviderInRoot && providers.is_empty() {
            providers += PROVIDER;
        }
        moved.push(("main.tf".to_owned(), root + &providers));
        moved
    }

    /// The example as a root module, with the provider block that the call adds.
    fn in_root(self, files: &Files) -> Files {
        let has_provider = files.iter().any(|(_, text)| !blocks(text, "provider ").is_empty());
        let mut files = files.clone();
        if self == Call::ProviderInRoot && !has_provider {
            files.push(("provider.tf".to_owned(), PROVIDER.to_owned()));
        }
        files
    }
}

/// The names of the outputs of an example's root module.
fn names_of_outputs(files: &Files) -> impl Iterator<Item = &str> {
    let own = files.iter().filter(|(name, _)| !name.contains('/'));
    let lines = own.flat_map(|(_, text)| text.lines());
    lines.filter_map(|line| line.strip_prefix("output \"")?.split('"').next())
}

#[test]
fn what_is_found_in_a_root_is_found_in_a_module() {
    let pages: Vec<_> = pages("rules").into_iter().chain(pages("tests/cases")).collect();
    let compared: Vec<(usize, String)> = pages.par_iter().map(|page| compare_page(page)).collect();
    let tried: usize = compared.iter().map(|(tried, _)| tried).sum();
    let wrong: String = compared.into_iter().map(|(_, wrong)| wrong).collect();
    assert!(wrong.is_empty(), "{wrong}");
    assert!(tried > 450, "{tried}");
}

/// Compares the examples of a page. Returns the number of examples, and the errors.
fn compare_page(page: &Path) -> (usize, String) {
    let rule = page.file_stem().unwrap().to_str().unwrap();
    let text = fs::read_to_string(page).unwrap();
    let (mut tried, mut wrong) = (0, String::new());
    for (number, example) in examples(&text).into_iter().enumerate() {
        if can_be_a_module(&example.files) {
            let name = format!("{}, {} example {}", page.display(), example.verdict, number + 1);
            compare(&example, rule, &name, &mut wrong);
            tried += 1;
        }
    }
    (tried, wrong)
}

/// Whether the files are one Terraform root module, without files that Terraform reads only in a root module or
/// relative to it: variable values, the index of installed modules, files for `file()`, settings.
fn can_be_a_module(files: &Files) -> bool {
    let is_config = |name: &str| name.ends_with(".tf") && !name.starts_with(".terraform/");
    files.iter().all(|(name, _)| is_config(name)) && files.iter().any(|(name, _)| name == "main.tf")
}

/// Compares an example as a root module with itself as a module, for each kind of call.
fn compare(example: &Example, rule: &str, place: &str, wrong: &mut String) {
    for call in CALLS {
        let wanted = findings(&call.in_root(&example.files), rule, "");
        if example.verdict != "bad" && !wanted.is_empty() {
            writeln!(wrong, "{place}, {call:?}, root: not silent: {wanted:#?}").unwrap();
        }
        for name in NAMES {
            let found = findings(&call.moved(&example.files, name), rule, name);
            let (lost, new) = (without(&wanted, &found), without(&found, &wanted));
            if !lost.is_empty() || !new.is_empty() {
                writeln!(wrong, "{place}, {call:?}, `{name}`: lost {lost:#?}, new {new:#?}").unwrap();
            }
        }
    }
}

/// The findings of a rule, with the addresses and paths that they have outside the module `name`.
fn findings(files: &Files, rule: &str, name: &str) -> Vec<String> {
    let options = RunOptions { select: vec![rule.to_owned(), "syntax".to_owned()], ..RunOptions::default() };
    let (_, outcome) = check(files, &options);
    let module = format!("module.{name}");
    let outside =
        |text: String| text.replace(&format!("{module}[\"one\"]."), "").replace(&format!("{module}."), "");
    outcome.diagnostics.iter().map(|found| outside(parts(found, &module))).collect()
}

/// The text of a finding, without its places, its instances, and the module call.
fn parts(found: &Diagnostic, module: &str) -> String {
    let labels = found.labels.iter().map(|label| &label.message);
    let labels =
        labels.filter(|label| !label.starts_with("in `") && !label.starts_with(&format!("`{module}")));
    let rest = labels.chain(&found.help).chain(found.fix.as_ref().map(|fix| &fix.title));
    rest.fold(format!("{}: {}", found.rule, found.message), |text, part| text + "; " + part)
}

/// The items of `left` without those of `right`, each removed once.
fn without(left: &[String], right: &[String]) -> Vec<String> {
    right.iter().fold(left.to_vec(), |mut rest, item| {
        if let Some(at) = rest.iter().position(|other| other == item) {
            rest.remove(at);
        }
        rest
    })
}

/// The `providers` argument for aliased provider blocks.
fn aliases(providers: &str) -> String {
    let names = providers.lines().filter_map(|line| line.trim().strip_prefix("alias")?.split('"').nth(1));
    names.map(|name| format!("  providers = {{ aws = aws, aws.{name} = aws.{name} }}\n")).collect()
}

/// A text without its provider blocks, and these blocks with the variables that they use.
fn without_providers(text: &str) -> (String, String) {
    let providers = blocks(text, "provider ");
    let rest = providers.iter().fold(text.to_owned(), |rest, block| rest.replace(block, ""));
    let is_read = |block: &&String| {
        let name = block.split('"').nth(1).unwrap();
        providers.iter().any(|provider| provider.contains(&format!("var.{name}")))
    };
    let variables = blocks(text, "variable ");
    (rest, variables.iter().filter(is_read).chain(&providers).cloned().collect())
}

/// The top-level blocks that begin with some text.
fn blocks(text: &str, start: &str) -> Vec<String> {
    let mut blocks: Vec<String> = Vec::new();
    let mut is_inside = false;
    for line in text.lines() {
        if line.starts_with(start) {
            is_inside = true;
            blocks.push(String::new());
        }
        if is_inside {
            writeln!(blocks.last_mut().unwrap(), "{line}").unwrap();
        }
        is_inside &= line != "}" && !line.ends_with("{}");
    }
    blocks
}
