//! A small set of Terraform files, evaluated and checked: places are valid, every format can be written, and the
//! findings depend neither on the run nor on the order of the files.

use ecslint::config::RunOptions;
use ecslint::fix::Texts;

use crate::{files, holds};

/// Checks the files of an input, in both orders.
pub fn run(data: &[u8]) {
    let Some(files) = files::read(data) else { return };
    let options = RunOptions::default();
    let sources = files::open(&files, &Texts::new());
    let reading = ecslint::engine::read(&sources);
    for resource in reading.workspace.resources() {
        holds::place(&sources.get(resource.header.file).text, resource.header);
        resource.request.to_json();
    }
    let outcome = ecslint::engine::run(&sources, &reading, &options);
    holds::places(&outcome, &sources);
    holds::reports(&outcome, &sources);
    let backwards = files::open(files.iter().rev(), &Texts::new());
    let again = ecslint::check(&backwards, &options);
    assert_eq!(
        holds::said(&outcome, &sources),
        holds::said(&again, &backwards),
        "the order of the files counts"
    );
}
