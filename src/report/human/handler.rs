//! The layout of a finding: `error[rule]: message`, the snippets, then `= help: …` and `= docs: …`.

use std::fmt::{self, Write};

use miette::{Diagnostic, ReportHandler};

use crate::diagnostic::Severity;
use crate::report::human::snippet::snippets;
use crate::report::human::wrapping;
use crate::report::style::{Role, Style};

/// Sentences are wrapped at this many columns, on a wider terminal too.
const WIDEST: usize = 100;

/// Nothing is wrapped at fewer columns.
const NARROWEST: usize = 40;

/// Draws findings as rustc does, in place of the handler of miette.
pub(super) struct Handler {
    style: Style,
}

impl ReportHandler for Handler {
    fn debug(&self, found: &dyn Diagnostic, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match found.severity() {
            None | Some(miette::Severity::Error) => Severity::Error,
            Some(miette::Severity::Warning | miette::Severity::Advice) => Severity::Warning,
        };
        self.header(found, severity, f)?;
        let snippets = snippets(found);
        let gutter = snippets.iter().map(|snippet| snippet.gutter()).max().unwrap_or_default();
        for (index, snippet) in snippets.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            snippet.draw(gutter, severity, self.style, f)?;
        }
        let notes = [("help", found.help().map(|help| help.to_string())), ("docs", self.docs(found, gutter))];
        let notes: Vec<(&str, String)> =
            notes.into_iter().filter_map(|(word, text)| Some((word, text?))).collect();
        if !notes.is_empty() {
            writeln!(f, "{}", self.style.paint(Role::Quiet, &format!("{:gutter$} |", "")))?;
        }
        notes.iter().try_for_each(|(word, text)| self.note(gutter, word, text, f))
    }
}

/// A finding as a handler draws it; it ends with a line break.
pub(super) struct Drawn<'d> {
    handler: &'d Handler,
    found: &'d dyn Diagnostic,
}

impl fmt::Display for Drawn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.handler.debug(self.found, f)
    }
}

impl Handler {
    pub(super) fn new(style: Style) -> Handler {
        Handler { style }
    }

    pub(super) fn draw<'d>(&'d self, found: &'d dyn Diagnostic) -> Drawn<'d> {
        Drawn { handler: self, found }
    }

    /// Where the page of the rule is: its address, or the command that shows it where an address does not fit; `None` if the
    /// rule can be clicked.
    fn docs(&self, found: &dyn Diagnostic, gutter: usize) -> Option<String> {
        let url = found.url().filter(|_| !self.style.links)?.to_string();
        let fits = self.style.width.is_none_or(|width| gutter + " = docs: ".len() + url.len() <= width);
        if fits { Some(url) } else { found.code().map(|rule| format!("ecslint explain {rule}")) }
    }

    /// How a sentence is wrapped.
    fn wrapping<'i>(&self, indent: &'i str) -> textwrap::Options<'i> {
        let width = self.style.width.map_or(WIDEST, |width| width.clamp(NARROWEST, WIDEST));
        wrapping(width).subsequent_indent(indent)
    }

    /// `error[rule]: message`
    fn header(&self, found: &dyn Diagnostic, severity: Severity, f: &mut dyn Write) -> fmt::Result {
        let rule = found.code().map(|code| code.to_string()).unwrap_or_default();
        let head = format!("{}[{rule}]:", severity.name());
        let message = textwrap::fill(&format!("{head} {found}"), self.wrapping("  "));
        let rest = message.strip_prefix(&head).unwrap_or(&message);
        let head = self.style.paint(Role::Severity(severity), &head);
        let head = found.url().map_or(head.clone(), |url| self.style.link(&url.to_string(), &head));
        writeln!(f, "{head}{}", self.style.paint(Role::Strong, rest))
    }

    /// A line below the snippets: `   = help: …`
    fn note(&self, gutter: usize, word: &str, text: &str, f: &mut dyn Write) -> fmt::Result {
        let lead = format!("{:gutter$} = ", "");
        let head = format!("{lead}{word}:");
        let indent = " ".repeat(head.len() + 1);
        let note = textwrap::fill(&format!("{head} {text}"), self.wrapping(&indent));
        let rest = note.strip_prefix(&head).unwrap_or(&note);
        let word = self.style.paint(Role::Strong, &format!("{word}:"));
        writeln!(f, "{}{word}{rest}", self.style.paint(Role::Quiet, &lead))
    }
}
