//! JUnit XML: one suite per file, one test case per finding. A file without findings has one case that passes.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::Outcome;
use crate::diagnostic::Diagnostic;
use crate::report::plain::place;
use crate::report::region::region;
use crate::report::xml::{attribute, escaped};
use crate::source::{FileId, Position, Sources};

/// Writes the findings.
///
/// # Errors
/// Write errors of `out`.
pub fn write(outcome: &Outcome, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let mut files: Vec<FileId> = outcome.files.clone();
    files.extend(outcome.diagnostics.iter().map(|found| found.span.file));
    files.sort_by_cached_key(|file| sources.name(*file));
    files.dedup();
    let failures = outcome.diagnostics.len();
    let clean = files.iter().filter(|file| findings(outcome, **file).next().is_none()).count();
    let mut writer = Writer::new_with_indent(&mut *out, b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let root = writer
        .create_element("testsuites")
        .with_attribute(("name", "ecslint"))
        .with_attribute(("tests", (failures + clean).to_string().as_str()))
        .with_attribute(("failures", failures.to_string().as_str()))
        .with_attribute(("errors", "0"));
    root.write_inner_content(|writer| {
        files.iter().try_for_each(|file| write_suite(outcome, *file, sources, writer))
    })?;
    writeln!(writer.into_inner())
}

fn findings(outcome: &Outcome, file: FileId) -> impl Iterator<Item = &Diagnostic> {
    outcome.diagnostics.iter().filter(move |found| found.span.file == file)
}

fn write_suite(
    outcome: &Outcome,
    file: FileId,
    sources: &Sources,
    writer: &mut Writer<&mut dyn Write>,
) -> io::Result<()> {
    let name = sources.name(file);
    let failures = findings(outcome, file).count();
    let suite = writer
        .create_element("testsuite")
        .with_attribute(attribute("name", &name))
        .with_attribute(("tests", failures.max(1).to_string().as_str()))
        .with_attribute(("failures", failures.to_string().as_str()))
        .with_attribute(("errors", "0"));
    suite.write_inner_content(|writer| {
        if failures == 0 {
            let case = writer.create_element("testcase").with_attribute(("name", "ecslint"));
            case.with_attribute(attribute("classname", &name)).write_empty()?;
        }
        findings(outcome, file).try_for_each(|found| write_case(found, &name, sources, writer))
    })?;
    Ok(())
}

fn write_case(
    found: &Diagnostic,
    class: &str,
    sources: &Sources,
    writer: &mut Writer<&mut dyn Write>,
) -> io::Result<()> {
    let (Position { line, .. }, _) = region(found.span, sources);
    let lines = std::iter::once((found.span, &found.message));
    let lines = lines.chain(found.labels.iter().map(|label| (label.span, &label.message)));
    let lines = lines.map(|(span, text)| format!("{}: {text}", place(span, sources)));
    let lines: Vec<String> = lines.chain(found.help.iter().map(|help| format!("help: {help}"))).collect();
    let text = lines.iter().map(|line| escaped(line)).collect::<Vec<_>>().join("\n");
    let case = writer
        .create_element("testcase")
        .with_attribute(("name", format!("{}:{line}", found.rule).as_str()))
        .with_attribute(attribute("classname", class));
    case.write_inner_content(|writer| {
        let failure = writer
            .create_element("failure")
            .with_attribute(("type", found.severity.name()))
            .with_attribute(attribute("message", &found.message));
        failure.write_text_content(BytesText::from_escaped(&text))?;
        Ok(())
    })?;
    Ok(())
}
