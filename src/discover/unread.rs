//! Files that a run finds and cannot read. They are reported if they are part of the configuration: a run never passes over them
//! silently.

use std::path::Path;

use crate::config::is_settings;
use crate::discover::SkippedPath;
use crate::frontend::{Claim, claim, is_candidate, is_script, words};
use crate::source::{Sources, Unreadable};

/// Words of scripts that deploy it.
const DEPLOYMENT: &[&str] = &["cloudformation", "sam deploy", "terraform", "terragrunt", "tofu"];

/// Words of files with values of parameters.
const PARAMETERS: &[&str] = &["ParameterKey", "ParameterValue", "Parameters", "parameter_overrides"];

/// Whether a file that was found in a directory has ECS configuration, as far as its name and its bytes say.
pub(super) fn is_configuration(sources: &Sources, path: &Path, why: Unreadable) -> bool {
    match claim(path) {
        Claim::Certain => true,
        Claim::Maybe => has_content(why) && sources.mentions(path, &words()),
        Claim::Companion | Claim::No => false,
    }
}

/// Files below the paths that Terraform or ecslint would read automatically, that could not be read, and that are not
/// in `said`.
pub fn passed_over(sources: &Sources, said: &[SkippedPath]) -> Vec<SkippedPath> {
    let said: Vec<_> = said.iter().map(|skipped| sources.absolute(&skipped.path)).collect();
    let refused = sources.unreadable_paths().into_iter().filter(|(path, _)| !said.contains(path));
    let refused = refused.filter(|(path, why)| is_part(sources, path, *why));
    refused.map(|(path, why)| SkippedPath { path: sources.name_of(&path).into(), why }).collect()
}

fn is_part(sources: &Sources, path: &Path, why: Unreadable) -> bool {
    // Terraform does not read a directory with such a name either.
    let is_code = || claim(path) == Claim::Certain && !path.is_dir();
    let gives_values = || is_candidate(path) || path.extension().is_some_and(|extension| extension == "toml");
    let mentions = |words: &[&str]| sources.mentions(path, words);
    is_settings(path)
        || claim(path) == Claim::Companion
        || is_code()
        || has_content(why)
            && (is_candidate(path) && mentions(&words())
                || gives_values() && mentions(PARAMETERS)
                || is_script(path) && mentions(DEPLOYMENT))
}

/// Whether it can be looked at what a file contains.
fn has_content(why: Unreadable) -> bool {
    matches!(why, Unreadable::NotText | Unreadable::Wide | Unreadable::TooLarge)
}
