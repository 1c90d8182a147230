//! The reports of a run and where they are written: `--format human`, `--format sarif=out.sarif`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::error::ErrorKind;

use crate::Outcome;
use crate::cli::exit::Failure;
use crate::cli::style::Color;
use crate::cli::write;
use crate::fix::FixResult;
use crate::report::style::Style;
use crate::report::{
    azure, checkstyle, concise, github, gitlab, grouped, html, human, json, junit, markdown, rdjson, sarif,
    sonarqube, teamcity,
};
use crate::source::Sources;

/// One report of a run.
#[derive(Clone, Debug, Default)]
pub(super) struct Output {
    format: Format,
    /// The file to write; `None` for standard output.
    file: Option<PathBuf>,
}

impl Output {
    /// The file to write.
    pub(super) fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Format {
    #[default]
    Human,
    Concise,
    Grouped,
    Markdown,
    Html,
    Json,
    Jsonl,
    Sarif,
    Github,
    Gitlab,
    Azure,
    Teamcity,
    Junit,
    Checkstyle,
    Rdjson,
    Sonarqube,
}

/// Every format with its name and its help text.
const FORMATS: &[(Format, &str, &str)] = &[
    (Format::Human, "human", "Source lines with labels, help, and fixes"),
    (Format::Concise, "concise", "One line per finding"),
    (Format::Grouped, "grouped", "One line per finding, below the name of its file"),
    (Format::Markdown, "markdown", "Markdown, for comments on pull requests and summaries of jobs"),
    (Format::Html, "html", "One page of HTML"),
    (Format::Json, "json", "JSON, described by schemas/report.schema.json"),
    (Format::Jsonl, "jsonl", "The findings of the JSON report, one per line"),
    (Format::Sarif, "sarif", "SARIF 2.1.0, for GitHub code scanning and other viewers"),
    (Format::Github, "github", "Annotations in GitHub Actions"),
    (Format::Gitlab, "gitlab", "GitLab code quality report"),
    (Format::Azure, "azure", "Annotations in Azure Pipelines"),
    (Format::Teamcity, "teamcity", "Inspections in TeamCity"),
    (Format::Junit, "junit", "JUnit's XML"),
    (Format::Checkstyle, "checkstyle", "Checkstyle's XML"),
    (Format::Rdjson, "rdjson", "Reviewdog Diagnostic Format"),
    (Format::Sonarqube, "sonarqube", "SonarQube's generic format for issues"),
];

/// Parses `FORMAT` and `FORMAT=FILE`.
#[derive(Clone, Debug)]
pub(super) struct OutputParser;

impl TypedValueParser for OutputParser {
    type Value = Output;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<Output, clap::Error> {
        let given = value.to_string_lossy();
        let (word, file) = match given.split_once('=') {
            Some((word, file)) => (word, Some(file)),
            None => (given.as_ref(), None),
        };
        let known = PossibleValuesParser::new(possible());
        let word = known.parse_ref(command, argument, word.as_ref())?;
        if file.is_some_and(str::is_empty) {
            let message = format!("`{given}` has no file name after `=`\n");
            return Err(clap::Error::raw(ErrorKind::InvalidValue, message).with_cmd(command));
        }
        let format = FORMATS.iter().find(|(_, name, _)| *name == word);
        Ok(Output {
            format: format.map(|(format, ..)| *format).unwrap_or_default(),
            file: file.map(PathBuf::from),
        })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(possible()))
    }
}

fn possible() -> impl Iterator<Item = PossibleValue> {
    FORMATS.iter().map(|(_, name, help)| PossibleValue::new(*name).help(*help))
}

/// Returns the requested reports, or the human report by default.
pub(super) fn outputs(asked: &[Output]) -> Result<Vec<Output>, Failure> {
    if asked.iter().filter(|output| output.file.is_none()).count() > 1 {
        let message =
            "only one report can go to standard output; specify a file for the others: --format sarif=FILE";
        return Err(Failure::Usage(message.to_owned()));
    }
    match asked {
        [] => Ok(vec![Output::default()]),
        asked => Ok(asked.to_vec()),
    }
}

/// Whether standard output has a report for people, after which a summary makes sense.
pub(super) fn is_for_people(outputs: &[Output]) -> bool {
    let for_people = |format| {
        use Format::{Azure, Concise, Github, Grouped, Human, Teamcity};
        matches!(format, Human | Concise | Grouped | Github | Azure | Teamcity)
    };
    outputs.iter().all(|output| output.file.is_some() || for_people(output.format))
}

/// Writes every report.
pub(super) fn write_all(
    outputs: &[Output],
    color: Color,
    checked: &FixResult,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let (outcome, sources) = (&checked.outcome, &checked.sources);
    for output in outputs {
        let Some(file) = &output.file else {
            write_one(output.format, color.style(), outcome, sources, out)?;
            out.flush()?;
            continue;
        };
        let mut report = Vec::new();
        write_one(output.format, color.file_style(), outcome, sources, &mut report)?;
        write::report(file, &report)
            .map_err(|error| Failure::Usage(format!("{}: cannot write the file: {error}", file.display())))?;
    }
    Ok(())
}

fn write_one(
    format: Format,
    style: Style,
    outcome: &Outcome,
    sources: &Sources,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        Format::Human => human::write(outcome, sources, style, out),
        Format::Concise => concise::write(outcome, sources, style, out),
        Format::Grouped => grouped::write(outcome, sources, style, out),
        Format::Markdown => markdown::write(outcome, sources, out),
        Format::Html => html::write(outcome, sources, out),
        Format::Json => json::write(outcome, sources, out),
        Format::Jsonl => json::write_lines(outcome, sources, out),
        Format::Sarif => sarif::write(outcome, sources, out),
        Format::Github => github::write(outcome, sources, out),
        Format::Gitlab => gitlab::write(outcome, sources, out),
        Format::Azure => azure::write(outcome, sources, out),
        Format::Teamcity => teamcity::write(outcome, sources, out),
        Format::Junit => junit::write(outcome, sources, out),
        Format::Checkstyle => checkstyle::write(outcome, sources, out),
        Format::Rdjson => rdjson::write(outcome, sources, out),
        Format::Sonarqube => sonarqube::write(outcome, sources, out),
    }
}
