//! Mutation testing of ecslint. A mutant is a small change to the code, such as `<` instead of `<=`. If all tests pass with it,
//! no test depends on that place.
//!
//! All mutants are built at once: the tool copies the repository to `target/mutants/tree` and writes both the original and the
//! change of each place there, with a switch that an environment variable sets. Then it runs every test without a mutant, to
//! record which mutants it reaches, and for each mutant the tests that reach it, the fastest first, until one fails. A mutant
//! that exceeds the time or memory is killed, too.
//!
//! `survivors.tsv` has the mutants that no test can or should notice: file, function, original, change, and the reason.

mod find;
mod place;
mod report;
mod result;
mod sample;
mod tests;
mod tree;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use place::Place;
use report::{Results, SURVIVED};
use sample::{AREAS, Sample};
use tests::{Test, Verdict};
use tree::Tree;

fn main() -> ExitCode {
    let root = std::env::current_dir().expect("there is a directory");
    let only_survivors = std::env::args().nth(1).is_some_and(|argument| argument == "again");
    let tree = Tree::new(&root, files(&root));
    tree.copy();
    let places = sample::all(&root, &files(&root));
    for (area, places) in AREAS.iter().zip(&places) {
        println!("{}: {} of {} places", area.name, area.wanted, places.len());
    }
    let work = root.join("target/mutants");
    let sample = compiling(&tree, places, &work.join("dropped.tsv"));
    let programs = tree.build();
    let tests = tests::record(&programs, &work.join("reached"));

    let results = work.join("results.tsv");
    let mut known = report::read(&results);
    known.retain(|_, verdict| only_survivors && verdict != SURVIVED);
    let known = test_all(&sample, &tests, known, &results);
    let explained = fs::read_to_string(root.join("tests/mutants/survivors.tsv")).unwrap_or_default();
    if report::print(&sample, &known, &explained) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The files of the repository, those that are not committed yet included.
fn files(root: &Path) -> Vec<String> {
    let git = Command::new("git").args(["ls-files", "-co", "--exclude-standard"]).current_dir(root).output();
    let text = String::from_utf8(git.expect("git is installed").stdout).expect("paths are UTF-8");
    text.lines().filter(|file| root.join(file).is_file()).map(str::to_owned).collect()
}

/// Draws the mutants and replaces those that cannot be compiled by the next ones. `dropped` is a file that keeps their keys, so
/// that the next run does not build them again.
fn compiling(tree: &Tree, places: Vec<Vec<Place>>, dropped: &Path) -> Sample {
    let mut keys: BTreeSet<String> =
        fs::read_to_string(dropped).unwrap_or_default().lines().map(str::to_owned).collect();
    let mut rest: Vec<_> = places.into_iter().map(Vec::into_iter).collect();
    let mut sample = Sample::new();
    loop {
        for (area, rest) in rest.iter_mut().enumerate() {
            let unknown = rest.filter(|place| !keys.contains(&place.key()));
            for place in unknown.take(Tree::lacking(area, &sample)) {
                sample.insert(place.number(), place);
            }
        }
        let wrong = tree.check(&sample);
        if wrong.is_empty() {
            return sample;
        }
        for number in &wrong {
            eprintln!("cannot be compiled: {}", sample[number].key());
            keys.insert(sample[number].key());
        }
        sample.retain(|number, _| !wrong.contains(number));
        let lines: String = keys.iter().map(|key| format!("{key}\n")).collect();
        fs::write(dropped, lines).expect("`target` can be written");
    }
}

/// Runs the tests with each mutant whose verdict is not known, on two threads, and writes the results as they come.
fn test_all(sample: &Sample, tests: &[Test], known: Results, path: &Path) -> Results {
    let left: Vec<&Place> = sample.values().filter(|place| !known.contains_key(&place.key())).collect();
    let (next, results) = (AtomicUsize::new(0), Mutex::new(known));
    let work = || {
        while let Some(place) = left.get(next.fetch_add(1, Ordering::Relaxed)) {
            let verdict = match tests::kill(place.number(), tests) {
                Verdict::Passed => SURVIVED.to_owned(),
                Verdict::Failed(test) => test,
                Verdict::TimedOut => "time or memory".to_owned(),
            };
            if verdict == SURVIVED {
                eprintln!("{}:{}: {} survived", place.file, place.line, place.key());
            }
            let mut results = results.lock().expect("no thread panics");
            results.insert(place.key(), verdict);
            report::write(path, sample, &results);
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(work);
        scope.spawn(work);
    });
    results.into_inner().expect("no thread panics")
}
