//! A small tree of files, evaluated and checked: places are valid, every format can be written, and what is found depends
//! neither on the run nor on the order of the files.

use ecslint::config::Config;
use ecslint::fix::Texts;
use ecslint::report::request;

use crate::{files, holds};

/// Checks the files of an input, forwards and backwards.
pub fn run(data: &[u8]) {
    let Some(files) = files::read(data) else { return };
    let config = Config::default();
    let sources = files::open(&files, &Texts::new());
    let documents = ecslint::lower::read(&sources);
    for document in &documents.all {
        holds::place(&sources.get(document.title.file).text, document.title);
        request::value(&document.request);
    }
    let outcome = ecslint::judge(&sources, &documents, &config);
    holds::places(&outcome, &sources);
    holds::reports(&outcome, &sources);
    let backwards = files::open(files.iter().rev(), &Texts::new());
    let again = ecslint::check(&backwards, &config);
    assert_eq!(
        holds::said(&outcome, &sources),
        holds::said(&again, &backwards),
        "the order of the files counts"
    );
}
