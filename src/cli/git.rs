//! Gets the changed files from git. This is the only module that starts another program: its arguments are not passed
//! through a shell, and git runs no hook, filter, or pager, writes nothing, and does not prompt.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::cli::exit::Failure;
use crate::fix::Texts;
use crate::source::Sources;

/// Returns the files of the repository that differ from a revision or, if the revision is on another branch, from the
/// merge base. Untracked files that are not ignored are included.
pub(super) fn changed_since(revision: &str, base: &Path) -> Result<BTreeSet<PathBuf>, Failure> {
    Ok(Comparison::with(revision, base)?.files()?.into_iter().map(|(path, _)| path).collect())
}

/// Returns the texts that these files had; empty if they did not exist, or were not text.
pub(super) fn texts_of(revision: &str, base: &Path) -> Result<Texts, Failure> {
    let comparison = Comparison::with(revision, base)?;
    let files = comparison.files()?.into_iter();
    Ok(files.map(|(path, name)| (path, comparison.text(&name).into())).collect())
}

/// The comparison of a repository with one of its commits.
struct Comparison {
    /// The top directory of the repository.
    top: PathBuf,
    /// The commit.
    commit: String,
}

impl Comparison {
    /// Finds the commit: that of a revision, or the merge base.
    fn with(revision: &str, base: &Path) -> Result<Comparison, Failure> {
        if revision.starts_with('-') || revision.is_empty() {
            return Err(Failure::Usage(format!("--since: invalid revision `{revision}`")));
        }
        let up = git(base, ["rev-parse", "--show-cdup"])?;
        let top = Sources::new(base).absolute(Path::new(up.trim_end()));
        let commit = format!("{revision}^{{commit}}");
        let commit = git(base, ["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])
            .map_err(|_| Failure::Usage(format!("--since: unknown revision `{revision}`")))?;
        // If there is no merge base, as in a shallow clone, use the revision itself.
        let parting = git(base, ["merge-base", "HEAD", commit.trim_end()]).unwrap_or_else(|_| commit.clone());
        Ok(Comparison { top, commit: parting.trim_end().to_owned() })
    }

    /// The files that differ: their paths, and their names in the repository.
    fn files(&self) -> Result<Vec<(PathBuf, String)>, Failure> {
        let Comparison { top, commit } = self;
        let changed = git(
            top,
            ["diff", "--name-only", "--no-ext-diff", "--no-textconv", "--no-renames", "-z", commit, "--"],
        )?;
        let new = git(top, ["ls-files", "--others", "--exclude-standard", "-z"])?;
        let names = changed.split('\0').chain(new.split('\0')).filter(|name| !name.is_empty());
        let path = |name: &str| top.components().chain(Path::new(name).components()).collect();
        Ok(names.map(|name| (path(name), name.to_owned())).collect())
    }

    /// The text that a file had; empty if it did not exist.
    fn text(&self, name: &str) -> String {
        git(&self.top, ["cat-file", "blob", &format!("{}:{name}", self.commit)]).unwrap_or_default()
    }
}

fn git<const N: usize>(directory: &Path, arguments: [&str; N]) -> Result<String, Failure> {
    let settings = ["-c", "core.fsmonitor=false", "-c", "core.hooksPath="];
    let run = Command::new("git")
        .current_dir(directory)
        .args(settings.map(OsStr::new))
        .args(arguments)
        .envs([("GIT_OPTIONAL_LOCKS", "0"), ("GIT_NO_LAZY_FETCH", "1"), ("GIT_TERMINAL_PROMPT", "0")])
        .env("LC_ALL", "C")
        .output()
        .map_err(|error| Failure::Usage(format!("--since: cannot run git: {error}")))?;
    if run.status.success() {
        return Ok(String::from_utf8_lossy(&run.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&run.stderr);
    let said = said.lines().next().unwrap_or("failed").trim_start_matches("fatal: ");
    Err(Failure::Usage(format!("--since: git: {said}")))
}
