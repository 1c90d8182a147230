//! A small set of Terraform files, evaluated and checked: places are valid, every format can be written, and the
//! findings depend neither on the run nor on the order of the files.

use ecslint::Outcome;
use ecslint::config::RunOptions;
use ecslint::fix::Texts;

use crate::{files, holds};

/// Checks the files of an input, in both orders.
pub fn run(data: &[u8]) {
    check(data);
}

/// Checks the files of an input, in both orders. Returns the outcome.
pub fn check(data: &[u8]) -> Option<Outcome> {
    let files = files::read(data)?;
    let options = RunOptions::default();
    let sources = files::open(&files, &Texts::new());
    let reading = ecslint::engine::read(&sources);
    for resource in reading.workspace.resources() {
        holds::place(&sources.get(resource.header.file).text, resource.header);
        resource.request.to_json();
    }
    let outcome = ecslint::engine::run(&sources, &reading, &options);
    holds::places(&outcome, &sources);
    holds::report(data, &outcome, &sources);
    let backwards = files::open(files.iter().rev(), &Texts::new());
    let again = ecslint::check(&backwards, &options);
    assert_eq!(
        holds::said(&outcome, &sources),
        holds::said(&again, &backwards),
        "the order of the files counts"
    );
    Some(outcome)
}
