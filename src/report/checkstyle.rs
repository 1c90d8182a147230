//! Checkstyle XML, which many CI servers and editors read.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, Event};

use crate::Outcome;
use crate::diagnostic::Diagnostic;
use crate::report::plain::by_file;
use crate::report::region::region;
use crate::report::xml::attribute;
use crate::source::Sources;

/// Writes the findings.
///
/// # Errors
/// Write errors of `out`.
pub fn write(outcome: &Outcome, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = Writer::new_with_indent(&mut *out, b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let root = writer.create_element("checkstyle").with_attribute(("version", "4.3"));
    root.write_inner_content(|writer| {
        by_file(outcome).try_for_each(|findings| write_file(findings, sources, writer))
    })?;
    writeln!(writer.into_inner())
}

fn write_file(
    findings: &[Diagnostic],
    sources: &Sources,
    writer: &mut Writer<&mut dyn Write>,
) -> io::Result<()> {
    let name = findings.first().map(|found| sources.name(found.span.file)).unwrap_or_default();
    let file = writer.create_element("file").with_attribute(attribute("name", &name));
    file.write_inner_content(|writer| {
        for found in findings {
            let (start, _) = region(found.span, sources);
            writer
                .create_element("error")
                .with_attribute(("line", start.line.to_string().as_str()))
                .with_attribute(("column", start.column.to_string().as_str()))
                .with_attribute(("severity", found.severity.name()))
                .with_attribute(attribute("message", &found.message))
                .with_attribute(("source", format!("ecslint.{}", found.rule).as_str()))
                .write_empty()?;
        }
        Ok(())
    })?;
    Ok(())
}
