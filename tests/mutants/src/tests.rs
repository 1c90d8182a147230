//! The tests: which mutants each reaches, and whether it fails with a mutant.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use wait4::Wait4;

use crate::tree::Program;

#[derive(Clone, Debug)]
pub struct Test {
    pub program: Program,
    pub name: String,
    pub time: Duration,
    pub reached: BTreeSet<u64>,
}

/// The processor time of the tests that run in one process.
const MOST: Duration = Duration::from_millis(1500);
/// Tests that need more processor time run with no mutant, so that a run ends in an hour.
const LONGEST: Duration = Duration::from_secs(4);
/// Ends a process that waits for something.
const DEADLOCK: &str = "120";
/// The address space of a process. A mutant can allocate without end.
const MEMORY_KIB: usize = 6_000_000;

/// The result of a process.
pub enum Verdict {
    Passed,
    Failed(String),
    TimedOut,
}

/// A process with some tests, which is ended after some processor time.
fn command(program: &Program, names: &[&str], limit: Duration) -> Command {
    let mut command = Command::new("timeout");
    let limited = format!("ulimit -v {MEMORY_KIB}; ulimit -t {}; exec \"$@\"", limit.as_secs() + 1);
    command.args(["--signal=KILL", DEADLOCK, "sh", "-c", &limited, "sh"]);
    command.arg(&program.path).args(["--test-threads=1", "--exact"]).args(names);
    command.current_dir(&program.directory).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

/// All tests that pass without a mutant, with what they reach. `log` is an empty file.
pub fn record(programs: &[Program], log: &Path) -> Vec<Test> {
    let mut tests = Vec::new();
    for program in programs {
        let list = Command::new(&program.path).arg("--list").current_dir(&program.directory).output();
        let list = String::from_utf8_lossy(&list.expect("it was built").stdout).into_owned();
        for name in list.lines().filter_map(|line| line.strip_suffix(": test")) {
            fs::write(log, "").expect("the log can be written");
            let mut command = command(program, &[name], Duration::from_secs(60));
            let child = command.env("ECSLINT_MUTANTS_REACHED", log).stdout(Stdio::null()).spawn();
            let ended = child.and_then(|mut child| child.wait4()).expect("`timeout` is installed");
            let time = ended.rusage.utime + ended.rusage.stime;
            let reached = fs::read_to_string(log).expect("the log can be read");
            let reached: BTreeSet<u64> = reached.lines().filter_map(|line| line.parse().ok()).collect();
            if !ended.status.success() || time > LONGEST {
                eprintln!("left out: {} {name} ({time:.1?}, {})", program.name, ended.status);
            } else if !reached.is_empty() {
                tests.push(Test { program: program.clone(), name: name.to_owned(), time, reached });
            }
        }
    }
    tests.sort_by_key(|test| test.time);
    tests
}

/// The first test that fails with a mutant.
pub fn kill(mutant: u64, tests: &[Test]) -> Verdict {
    let reaching: Vec<&Test> = tests.iter().filter(|test| test.reached.contains(&mutant)).collect();
    for batch in batches(&reaching) {
        match run(mutant, &batch) {
            Verdict::Passed => {}
            found => return found,
        }
    }
    Verdict::Passed
}

/// Groups tests of one program, the fastest first.
fn batches<'a>(tests: &[&'a Test]) -> Vec<Vec<&'a Test>> {
    let mut batches: Vec<Vec<&Test>> = Vec::new();
    for test in tests {
        let total = |batch: &Vec<&Test>| batch.iter().map(|test| test.time).sum::<Duration>();
        let is_open = |batch: &&mut Vec<&Test>| {
            batch[0].program.path == test.program.path && total(batch) + test.time < MOST
        };
        match batches.iter_mut().find(is_open) {
            Some(batch) => batch.push(test),
            None => batches.push(vec![test]),
        }
    }
    batches.sort_by_key(|batch| batch.iter().map(|test| test.time).sum::<Duration>());
    batches
}

fn run(mutant: u64, tests: &[&Test]) -> Verdict {
    let names: Vec<&str> = tests.iter().map(|test| test.name.as_str()).collect();
    let time: Duration = tests.iter().map(|test| test.time).sum();
    let mut command = command(&tests[0].program, &names, time * 5 + Duration::from_secs(5));
    let output = command.env("ECSLINT_MUTANT", mutant.to_string()).output().expect("`timeout` is installed");
    if output.status.success() {
        return Verdict::Passed;
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let failed = text.lines().find_map(|line| line.strip_prefix("test ")?.strip_suffix(" ... FAILED"));
    match failed {
        Some(name) => Verdict::Failed(format!("{} {name}", tests[0].program.name)),
        None => Verdict::TimedOut,
    }
}
