//! The cost of each step of a run on small, typical, and huge inputs: `cargo bench --bench engine`, or some of them:
//! `cargo bench --bench engine -- evaluate`. Throughput is relative to the files' text, so that steps can be compared.

#![expect(clippy::unwrap_used, reason = "a bench stops at what it did not expect")]

use std::fmt;
use std::io::{self, Write};
use std::path::Path;

use divan::Bencher;
use divan::counter::BytesCount;
use ecslint::config::RunOptions;
use ecslint::engine::Reading;
use ecslint::report::style::Style;
use ecslint::report::{checkstyle, concise, github, gitlab, human, json, junit, rdjson, sarif};
use ecslint::source::{FileId, Requested, Sources};
use ecslint::value::Mapped;
use ecslint::{Outcome, engine, syntax};
use tree::Amounts;

mod tree;

fn main() {
    divan::main();
}

/// Input files.
#[derive(Clone, Copy)]
struct Input {
    name: &'static str,
    amounts: Amounts,
}

impl fmt::Display for Input {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str(self.name)
    }
}

const NOTHING: Amounts =
    Amounts { roots: 0, modules: 0, callers: 0, pairs: 0, templates: 0, services: 0, bytes: 0 };

const JSON: [Input; 3] = [
    Input { name: "small: a task and its service", amounts: Amounts { pairs: 1, ..NOTHING } },
    Input { name: "typical: 100 of them", amounts: Amounts { pairs: 100, ..NOTHING } },
    Input { name: "huge: a file of 1 MB", amounts: Amounts { bytes: 1_000_000, ..NOTHING } },
];

const TERRAFORM: [Input; 4] = [
    Input { name: "small: a root", amounts: Amounts { roots: 1, ..NOTHING } },
    Input { name: "typical: 100 roots", amounts: Amounts { roots: 100, ..NOTHING } },
    Input {
        name: "shared: 200 roots, 20 modules",
        amounts: Amounts { roots: 200, modules: 20, callers: 100, ..NOTHING },
    },
    Input { name: "huge: 500 services", amounts: Amounts { services: 500, ..NOTHING } },
];

impl Input {
    fn sources(self) -> Sources {
        let mut sources = Sources::new("/");
        for (name, text) in tree::files(self.amounts, 1) {
            let file = sources.add(Path::new(&name), text);
            if name.ends_with(".tf") || name.ends_with(".json") {
                sources.add_input(file, Requested::Discovered);
            }
        }
        sources
    }
}

/// The total size of the files in bytes.
fn bytes(sources: &Sources) -> BytesCount {
    let texts = sources.inputs().iter().map(|input| sources.get(input.file).text.len());
    BytesCount::new(texts.sum::<usize>())
}

#[divan::bench(args = JSON)]
fn parse_json(bencher: Bencher, input: Input) {
    let sources = input.sources();
    bencher.counter(bytes(&sources)).bench(|| {
        let parse = |file: FileId| syntax::json::parse(&Mapped::file(file, &sources.get(file).text));
        sources.inputs().iter().map(|input| parse(input.file)).collect::<Vec<_>>()
    });
}

#[divan::bench(args = TERRAFORM)]
fn parse_hcl(bencher: Bencher, input: Input) {
    let sources = input.sources();
    bencher.counter(bytes(&sources)).bench(|| {
        let parse = |file: FileId| syntax::hcl::parse(file, &sources.get(file).text);
        sources.inputs().iter().map(|input| parse(input.file)).collect::<Vec<_>>()
    });
}

/// Only the parser that ours is built on.
#[divan::bench(args = TERRAFORM)]
fn parse_hcl_edit_alone(bencher: Bencher, input: Input) {
    let sources = input.sources();
    bencher.counter(bytes(&sources)).bench(|| {
        let parse = |file: FileId| hcl_edit::parser::parse_body(&sources.get(file).text).is_ok();
        sources.inputs().iter().map(|input| parse(input.file)).collect::<Vec<_>>()
    });
}

/// Reads Terraform files into units.
#[divan::bench(args = TERRAFORM)]
fn read_terraform(bencher: Bencher, input: Input) {
    let sources = input.sources();
    bencher.counter(bytes(&sources)).bench(|| engine::read(&sources));
}

/// Reads JSON files into units.
#[divan::bench(args = JSON)]
fn read_json(bencher: Bencher, input: Input) {
    let sources = input.sources();
    bencher.counter(bytes(&sources)).bench(|| engine::read(&sources));
}

/// Runs all rules on units that were already read.
#[divan::bench(args = JSON.into_iter().chain(TERRAFORM))]
fn rules(bencher: Bencher, input: Input) {
    let sources = input.sources();
    let read = || engine::read(&sources);
    let check = |reading: &mut Reading| engine::run(&sources, reading, &RunOptions::default());
    bencher.counter(bytes(&sources)).with_inputs(read).bench_refs(check);
}

/// A whole run, except for reading from disk.
#[divan::bench(args = JSON.into_iter().chain(TERRAFORM))]
fn check(bencher: Bencher, input: Input) {
    let sources = input.sources();
    bencher.counter(bytes(&sources)).bench(|| ecslint::check(&sources, &RunOptions::default()));
}

type WriteReport = fn(&Outcome, &Sources, &mut dyn Write) -> io::Result<()>;

const FORMATS: [(&str, WriteReport); 9] = [
    ("human", |outcome, sources, out| human::write(outcome, sources, Style::default(), out)),
    ("concise", |outcome, sources, out| concise::write(outcome, sources, Style::default(), out)),
    ("json", json::write),
    ("sarif", sarif::write),
    ("github", github::write),
    ("gitlab", gitlab::write),
    ("junit", junit::write),
    ("checkstyle", checkstyle::write),
    ("rdjson", rdjson::write),
];

/// Writes the findings of 100 root modules.
#[divan::bench(args = FORMATS.map(|(name, _)| name))]
fn report(bencher: Bencher, format: &str) {
    let sources = TERRAFORM[1].sources();
    let outcome = ecslint::check(&sources, &RunOptions::default());
    let (_, write) = FORMATS.iter().find(|(name, _)| *name == format).unwrap();
    bencher.bench(|| {
        let mut out = Vec::new();
        write(&outcome, &sources, &mut out).unwrap();
        out
    });
}
