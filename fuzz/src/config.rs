//! Checks a small project with `ecslint.toml` as input: invalid settings are findings like any other, and a file is
//! rejected if the TOML parser rejects it.

use ecslint::config::RunOptions;
use ecslint::fix::Texts;
use ecslint::source::Sources;
use ecslint::syntax;
use ecslint::syntax::SyntaxErrorKind;

use crate::files::{self, File};
use crate::holds;

/// The files that the settings apply to.
const PROJECT: &[(&str, &str)] = &[
    ("task.json", include_str!("../../examples/mongo-flask/flask-task.json")),
    ("ecs/service.json", include_str!("../../examples/mongo-flask/flask-service.json")),
    (
        "main.tf",
        "variable \"name\" {}\nresource \"aws_ecs_task_definition\" \"x\" {\n  family = var.name\n}\n",
    ),
    ("base.toml", "extends = \"ecslint.toml\"\nvar_files = [\"prod.tfvars\"]\n"),
    ("prod.tfvars", "name = \"not a name\"\n"),
    ("facts.json", "{ \"Subnets\": [] }"),
];

/// Checks the project with the settings.
pub fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let file = Sources::new("/").add("/nowhere/ecslint.toml".as_ref(), "");
    let (_, problems) = syntax::toml::parse(file, text);
    problems.iter().for_each(|problem| holds::place(text, problem.span));
    let refused = problems.iter().any(|problem| problem.kind == SyntaxErrorKind::Rejected);
    assert_eq!(refused, text.parse::<toml::Table>().is_err(), "{problems:?}");
    let owned = |(name, text): &(&str, &str)| ((*name).to_owned(), (*text).to_owned());
    let mut all: Vec<File> = PROJECT.iter().map(owned).collect();
    all.push(("ecslint.toml".to_owned(), text.to_owned()));
    let options = RunOptions::default();
    let sources = files::open(&all, &Texts::new());
    let outcome = ecslint::check(&sources, &options);
    holds::places(&outcome, &sources);
    let again = files::open(all.iter().rev(), &Texts::new());
    let said = holds::said(&ecslint::check(&again, &options), &again);
    assert_eq!(holds::said(&outcome, &sources), said, "the order of the files counts");
}
