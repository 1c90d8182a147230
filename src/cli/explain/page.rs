//! The page of a rule as text for a terminal: headings, wrapped paragraphs and colored code instead of Markdown.

use std::fmt::Write;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::cli::explain::code;
use crate::diagnostic::Severity;
use crate::report::human::wrapping;
use crate::report::style::{Role, Style};

/// Paragraphs are wrapped at this many columns, on a wider terminal too.
const WIDEST: usize = 100;

/// Code and quotations are indented.
const INDENT: &str = "    ";

static LINKS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\[(?<text>[^\]]+)\]\((?<address>[^)\s]+)\)").ok());

/// A part of a page.
#[derive(Debug)]
enum Block<'p> {
    Paragraph(String),
    Quotation(String),
    /// Lines that stay as they are: a table, a list.
    Verbatim(Vec<&'p str>),
    /// An example: the words behind the fence, and its lines.
    Code(&'p str, Vec<&'p str>),
}

/// The body of a page, without its title, as text.
pub(super) fn rendered(body: &str, width: usize, style: Style) -> String {
    let renderer = Renderer { width: width.min(WIDEST), style };
    let blocks = blocks(body);
    let mut text = String::new();
    let mut section = None;
    for (index, block) in blocks.iter().enumerate() {
        if let Some(next) = starts_section(&blocks[index..], index).filter(|next| section != Some(*next)) {
            section = Some(next);
            text.push('\n');
            text.push_str(&style.paint(Role::Strong, next));
            text.push('\n');
        }
        text.push('\n');
        renderer.block(block, &mut text);
    }
    text
}

/// The heading above a block: above an example, or above the paragraph that introduces it.
fn starts_section(rest: &[Block<'_>], index: usize) -> Option<&'static str> {
    match rest {
        [Block::Code(fence, _), ..] => heading(fence),
        // The first paragraphs of a page are about the rule.
        [Block::Paragraph(_), Block::Code(fence, _), ..] if index > 0 => heading(fence),
        [Block::Paragraph(text)] if text.starts_with("See ") => Some("References"),
        _ => None,
    }
}

/// The heading of an example; `None` if it belongs to the one before.
fn heading(fence: &str) -> Option<&'static str> {
    match fence.split_whitespace().nth(1)? {
        "bad" => Some("Reported"),
        "good" => Some("Not reported"),
        "unknown" => Some("Not reported, because a value is unknown"),
        _ => None,
    }
}

/// The parts of a page, in order.
fn blocks(body: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut lines = body.lines().peekable();
    while let Some(line) = lines.next() {
        if let Some(fence) = line.strip_prefix("```") {
            blocks.push(Block::Code(
                fence,
                lines.by_ref().take_while(|line| !line.starts_with("```")).collect(),
            ));
            continue;
        }
        if line.trim().is_empty() {
            continue;
        }
        let mut together = vec![line];
        while let Some(next) = lines.next_if(|next| !next.trim().is_empty() && !next.starts_with("```")) {
            together.push(next);
        }
        blocks.push(block_of(together));
    }
    blocks
}

fn block_of(lines: Vec<&str>) -> Block<'_> {
    match lines.first().and_then(|line| line.chars().next()) {
        Some('>') => {
            let quoted = lines.iter().map(|line| line.trim_start_matches('>').trim());
            Block::Quotation(quoted.collect::<Vec<_>>().join(" "))
        }
        Some('|' | '-' | '*' | '#') => Block::Verbatim(lines),
        _ => Block::Paragraph(lines.join(" ")),
    }
}

struct Renderer {
    width: usize,
    style: Style,
}

impl Renderer {
    fn block(&self, block: &Block<'_>, text: &mut String) {
        match block {
            Block::Paragraph(paragraph) => self.wrapped(&self.links(paragraph), "", None, text),
            Block::Quotation(quotation) => self.wrapped(quotation, "  | ", Some(Role::Quote), text),
            Block::Verbatim(lines) => lines.iter().for_each(|line| push(text, line)),
            Block::Code(fence, lines) => self.code(fence, lines, text),
        }
    }

    fn wrapped(&self, paragraph: &str, indent: &str, role: Option<Role>, text: &mut String) {
        let width = self.width.saturating_sub(indent.len()).max(1);
        for line in textwrap::wrap(paragraph, wrapping(width)) {
            let line = format!("{indent}{line}");
            push(text, &role.map_or(line.clone(), |role| self.style.paint(role, &line)));
        }
    }

    fn code(&self, fence: &str, lines: &[&str], text: &mut String) {
        let mut words = fence.split_whitespace();
        let is_report = words.next() == Some("text");
        if let Some(file) = words.nth(1) {
            push(text, &self.style.paint(Role::Quiet, &format!("{INDENT}{file}:")));
        }
        for line in lines {
            if is_report {
                push(text, &self.report_line(line));
            } else {
                push(text, format!("{INDENT}{}", code::coloured(line, self.style)).trim_end());
            }
        }
    }

    /// A line of a report, wrapped, with the severity in its color.
    fn report_line(&self, line: &str) -> String {
        let indent = format!("{INDENT}{}", &line[..line.len() - line.trim_start().len()]);
        let rest = format!("{indent}    ");
        let options = wrapping(self.width).initial_indent(&indent).subsequent_indent(&rest);
        let line = textwrap::fill(line.trim_start(), options);
        for severity in [Severity::Error, Severity::Warning] {
            let Some((place, rest)) = line.split_once(&format!(" {}[", severity.name())) else { continue };
            let Some((rule, message)) = rest.split_once(']') else { continue };
            let head = format!("{}[{rule}]", severity.name());
            return format!("{place} {}{message}", self.style.paint(Role::Severity(severity), &head));
        }
        line
    }

    /// Links that can be clicked, or their addresses.
    fn links(&self, paragraph: &str) -> String {
        let Some(links) = LINKS.as_ref() else { return paragraph.to_owned() };
        let link = |found: &Captures<'_>| {
            let (text, address) = (&found["text"], &found["address"]);
            if self.style.links { self.style.link(address, text) } else { format!("{text} <{address}>") }
        };
        links.replace_all(paragraph, link).into_owned()
    }
}

fn push(text: &mut String, line: &str) {
    // Writing to a string does not fail.
    let _ = writeln!(text, "{line}");
}
