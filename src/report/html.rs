//! One page of HTML without scripts or other files, to keep as the artifact of a job.

use std::io::{self, Write};

use crate::Outcome;
use crate::diagnostic::{Diagnostic, Severity};
use crate::report::human;
use crate::report::markup::html;
use crate::report::obeyed::one_line;
use crate::report::plain::{self, by_file, place};
use crate::report::style::Style;
use crate::rules;
use crate::source::Sources;

const HEAD: &str = include_str!("html/head.html");

/// Writes the findings.
///
/// # Errors
/// Write errors of `out`.
pub fn write(outcome: &Outcome, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(HEAD.as_bytes())?;
    let (errors, warnings) = (outcome.count(Severity::Error), outcome.count(Severity::Warning));
    let (files, undecided) = (outcome.files.len(), outcome.inconclusive.len());
    writeln!(out, "<dl><dt>Errors</dt><dd>{errors}</dd><dt>Warnings</dt><dd>{warnings}</dd>")?;
    writeln!(out, "<dt>Files</dt><dd>{files}</dd><dt>Undecided checks</dt><dd>{undecided}</dd></dl>")?;
    for findings in by_file(outcome) {
        let name = findings.first().map(|found| plain::path(&sources.name(found.span.file)));
        writeln!(out, "<section>\n<h2>{}</h2>", html(&name.unwrap_or_default()))?;
        findings.iter().try_for_each(|found| write_one(found, outcome, sources, out))?;
        writeln!(out, "</section>")?;
    }
    writeln!(out, "</main>\n</body>\n</html>")
}

fn write_one(
    found: &Diagnostic,
    outcome: &Outcome,
    sources: &Sources,
    out: &mut dyn Write,
) -> io::Result<()> {
    let severity = found.severity.name();
    let (place, message) = (html(&place(found.span, sources)), html(&one_line(&found.message)));
    let text = html(human::text(found, outcome, sources, Style::default()).trim_end());
    let page = rules::find(found.rule).map(rules::Rule::url).unwrap_or_default();
    writeln!(out, "<details open>\n<summary><b class=\"{severity}\">{severity}</b> {message}</summary>")?;
    writeln!(out, "<pre>{text}</pre>")?;
    writeln!(out, "<p>{place} · <a href=\"{}\">{}</a></p>\n</details>", html(&page), found.rule)
}
