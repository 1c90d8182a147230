//! Runs the program on a directory, and measures what it uses.

use std::fmt::Write as _;
use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Stdio};

use wait4::Wait4 as _;

use crate::{MAX_BYTES, MAX_SECONDS};

/// An input: files with their paths. They are made when the case runs, because they may be large.
pub(crate) struct Case {
    pub name: String,
    pub files: Box<dyn Fn() -> Vec<(String, String)> + Send + Sync>,
    /// What must be reported.
    reports: Option<&'static str>,
}

/// What a run used, and what it printed.
pub(crate) struct Use {
    pub seconds: f64,
    pub bytes: u64,
    status: Option<i32>,
    output: String,
    /// What is not reported.
    missing: Option<&'static str>,
}

/// The variables that tell a process which case to make, and where.
pub(crate) const CASE: &str = "LIMITS_CASE";
pub(crate) const DIRECTORY: &str = "LIMITS_DIRECTORY";

/// A file whose error must be reported, whatever is next to it.
const BROKEN: &str = r#"{ "family": "beside", "containerDefinitions": [ }"#;

impl Case {
    pub(crate) fn new(
        name: impl Into<String>,
        files: impl Fn() -> Vec<(String, String)> + Send + Sync + 'static,
    ) -> Case {
        Case { name: name.into(), files: Box::new(files), reports: None }
    }

    /// A case with one file.
    pub(crate) fn file(
        name: impl Into<String>,
        path: &'static str,
        text: impl Fn() -> String + Send + Sync + 'static,
    ) -> Case {
        Case::new(name, move || vec![(path.to_owned(), text())])
    }

    /// The same case, of which something must be reported.
    pub(crate) fn reporting(self, text: &'static str) -> Case {
        Case { reports: Some(text), ..self }
    }

    /// Makes the files, and checks them. A process of its own makes them: the peak memory of a process counts for those that it
    /// starts.
    pub(crate) fn run(&self) -> Use {
        let directory = tempfile::tempdir().unwrap();
        let mut maker = Command::new(std::env::current_exe().unwrap());
        maker.args(["--ignored", "--exact", "makes_the_files_of_a_case"]).stdout(Stdio::null());
        maker.env(CASE, &self.name).env(DIRECTORY, directory.path());
        assert!(maker.status().unwrap().success(), "{}", self.name);
        let used = check(directory.path());
        let missing = self.reports.filter(|text| !used.output.contains(text));
        Use { missing, ..used }
    }

    /// Writes the files of a case.
    pub(crate) fn make(&self, directory: &Path) {
        fs::create_dir(directory.join(".git")).unwrap();
        let beside = ("zz/beside.json".to_owned(), BROKEN.to_owned());
        for (path, text) in (self.files)().into_iter().chain([beside]) {
            write(directory, &path, &text);
        }
    }
}

/// Writes a file. A deep path is made step by step, because it may be longer than the system accepts at once.
fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Checks a directory. A run that does not end is killed after ten seconds of processor time.
fn check(directory: &Path) -> Use {
    let mut child = Command::new("sh")
        .args(["-c", "ulimit -t 10; exec \"$0\" check . --format concise"])
        .arg(env!("CARGO_BIN_EXE_ecslint"))
        .current_dir(directory)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut output = String::new();
    child.stdout.take().unwrap().read_to_string(&mut output).unwrap();
    let used = child.wait4().unwrap();
    let seconds = (used.rusage.utime + used.rusage.stime).as_secs_f64();
    Use { seconds, bytes: used.rusage.maxrss, status: used.status.code(), output, missing: None }
}

impl Use {
    /// What is wrong with a run; `None` if nothing is.
    pub(crate) fn failure(&self, name: &str) -> Option<String> {
        let mut wrong = String::new();
        if self.seconds > MAX_SECONDS {
            write!(wrong, " {:.2} s", self.seconds).unwrap();
        }
        if self.bytes > MAX_BYTES {
            write!(wrong, " {} MB", self.bytes >> 20).unwrap();
        }
        match self.status {
            // Settings that cannot be read are a reason not to run.
            Some(1 | 2) => {}
            status => write!(wrong, " status {status:?}").unwrap(),
        }
        if self.output.contains("[internal-error]") {
            wrong += " internal error";
        }
        if !self.output.contains("zz/beside.json:1:") {
            wrong += " the file next to it is not reported";
        }
        if let Some(missing) = self.missing {
            write!(wrong, " not reported: {missing}").unwrap();
        }
        (!wrong.is_empty()).then(|| format!("{name}:{wrong}"))
    }
}
