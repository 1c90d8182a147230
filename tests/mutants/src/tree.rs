//! The copy of the repository in which the mutants are built.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::place::{Place, Writer, order};
use crate::sample::{AREAS, Sample, area};

pub struct Tree {
    root: PathBuf,
    pub copy: PathBuf,
    target: PathBuf,
    files: Vec<String>,
}

/// What is added to the roots of the crates.
const APPENDED: &[(&str, &str)] = &[
    ("crates/iac-eval/src/lib.rs", "\nmod switch;\n#[doc(hidden)]\npub use switch::mutant;\n"),
    ("src/lib.rs", "\n#[doc(hidden)]\npub use iac_eval::mutant;\n"),
];

/// A test program.
#[derive(Clone, Debug)]
pub struct Program {
    pub name: String,
    pub path: PathBuf,
    /// The package, in which the program runs.
    pub directory: PathBuf,
}

/// Writes a file, unless it has that content: cargo builds again what is newer.
fn write(path: &Path, content: &[u8]) {
    if fs::read(path).is_ok_and(|found| found == content) {
        return;
    }
    fs::create_dir_all(path.parent().expect("it is in the copy")).expect("the copy can be written");
    fs::write(path, content).expect("the copy can be written");
}

impl Tree {
    pub fn new(root: &Path, files: Vec<String>) -> Self {
        let work = root.join("target/mutants");
        Self { root: root.to_owned(), copy: work.join("tree"), target: work.join("build"), files }
    }

    /// Copies all files except those that [`Self::mutate`] writes. Programs that the tests start get the variables of the switch.
    pub fn copy(&self) {
        for file in &self.files {
            let (from, to) = (self.root.join(file), self.copy.join(file));
            let mut content = fs::read(&from).expect("git lists the file");
            if file.starts_with("tests/it/") && file.ends_with(".rs") {
                let passed = "env_clear().envs(std::env::vars().filter(|(name, _)| name.starts_with(\"ECSLINT_MUTANT\")))";
                let text = String::from_utf8(content).expect("source text");
                content = text.replace("env_clear()", passed).into_bytes();
            }
            let is_appended = APPENDED.iter().any(|(appended, _)| appended == file);
            if !is_appended && (!file.ends_with(".rs") || area(file).is_none()) {
                write(&to, &content);
            }
            let permissions = from.metadata().expect("it was read").permissions();
            if to.exists() {
                fs::set_permissions(&to, permissions).expect("the copy can be written");
            }
        }
        write(&self.copy.join("crates/iac-eval/src/switch.rs"), include_bytes!("switch.rs"));
        for (file, more) in APPENDED {
            let text = fs::read_to_string(self.root.join(file)).expect("the crate has the file");
            write(&self.copy.join(file), (text + more).as_bytes());
        }
    }

    /// Writes the mutants into the copied sources. Returns the bytes of each.
    fn mutate(&self, sample: &Sample) -> BTreeMap<String, Vec<(u64, std::ops::Range<usize>)>> {
        let mut written = BTreeMap::new();
        for file in self.files.iter().filter(|file| file.ends_with(".rs") && area(file).is_some()) {
            let mut places: Vec<&Place> = sample.values().filter(|place| place.file == *file).collect();
            places.sort_by_key(|place| order(place));
            let text = fs::read_to_string(self.root.join(file)).expect("git lists the file");
            let mut writer = Writer { text: &text, places: &places, out: String::new(), written: Vec::new() };
            writer.write(0..text.len(), 0);
            if APPENDED.iter().any(|(appended, _)| appended == file) {
                continue;
            }
            write(&self.copy.join(file), writer.out.as_bytes());
            written.insert(file.clone(), writer.written);
        }
        written
    }

    /// Writes and compiles the mutants. Returns those that cannot be compiled.
    pub fn check(&self, sample: &Sample) -> BTreeSet<u64> {
        let written = self.mutate(sample);
        let mut wrong = BTreeSet::new();
        let messages = self.cargo(&["check", "--lib", "-p", "iac-eval", "-p", "ecslint", "--keep-going"]);
        for message in messages.iter().filter(|message| message["message"]["level"] == "error") {
            let spans = message["message"]["spans"].as_array().into_iter().flatten();
            let primary = spans.filter(|span| span["is_primary"] == true);
            for span in primary {
                let name = span["file_name"].as_str().unwrap_or_default();
                let file =
                    written.keys().find(|file| Path::new(name).ends_with(file) || name == file.as_str());
                let Some(file) = file else { continue };
                let at = span["byte_start"].as_u64().unwrap_or_default() as usize;
                let nearest = written[file].iter().min_by_key(|(_, range)| {
                    let distance = range.start.saturating_sub(at) + at.saturating_sub(range.end);
                    (distance, range.len())
                });
                wrong.extend(nearest.map(|(number, _)| *number));
            }
        }
        let failed = messages
            .iter()
            .any(|message| message["reason"] == "build-finished" && message["success"] == false);
        assert_eq!(failed, !wrong.is_empty(), "cargo check failed at no mutant: {messages:#?}");
        wrong
    }

    /// Builds the tests. Returns their programs.
    pub fn build(&self) -> Vec<Program> {
        let messages =
            self.cargo(&["test", "--no-run", "-p", "iac-eval", "-p", "ecslint", "--lib", "--test", "*"]);
        let programs =
            messages.iter().filter(|message| message["profile"]["test"] == true).filter_map(|message| {
                let path = PathBuf::from(message["executable"].as_str()?);
                let manifest = PathBuf::from(message["manifest_path"].as_str()?);
                let kind = message["target"]["kind"][0].as_str()?;
                let name = format!("{kind} {}", message["target"]["name"].as_str()?);
                Some(Program { name, path, directory: manifest.parent()?.to_owned() })
            });
        let programs: Vec<Program> = programs.collect();
        assert!(!programs.is_empty(), "the tests cannot be built: {messages:#?}");
        programs
    }

    /// Runs cargo in the copy, with optimised code, because the tests run often. Returns its messages.
    fn cargo(&self, arguments: &[&str]) -> Vec<Value> {
        let output = Command::new("cargo")
            .args(arguments)
            .args(["--message-format", "json", "--target-dir"])
            .arg(&self.target)
            .current_dir(&self.copy)
            .env("CARGO_PROFILE_DEV_OPT_LEVEL", "1")
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("CARGO_INCREMENTAL", "0")
            .stderr(std::process::Stdio::inherit())
            .output()
            .expect("cargo is installed");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
    }

    /// The number of mutants that an area still lacks.
    pub fn lacking(index: usize, sample: &Sample) -> usize {
        let has = sample.values().filter(|place| area(&place.file) == Some(index)).count();
        AREAS[index].wanted.saturating_sub(has)
    }
}
