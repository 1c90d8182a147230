//! A recursive-descent parser for HCL's native syntax, as HashiCorp's `hclsyntax` reads it. It stops at the first error; the reader
//! in `parse` resumes after it.

use std::ops::Range;

use rustc_hash::FxHashSet;
use smol_str::SmolStr;

use crate::source::{FileId, Span};
use crate::syntax::hcl::{Attribute, Block, Body, Expr, Part};
use crate::value::More;

mod cursor;
mod expression;
mod template;

/// The maximum nesting depth of expressions and blocks, and the maximum number of steps of a traversal, which bound the stack.
/// Terraform has no limit; deeper values are unknown.
const MAX_DEPTH: usize = 128;

/// The maximum length of a string, in bytes.
const MAX_STRING: usize = 1 << 20;

/// The maximum number of arguments and blocks in a file.
pub(super) const MAX_ITEMS: usize = 25_000;

/// The maximum number of expressions in a file.
const MAX_EXPRESSIONS: usize = 200_000;

/// Why a text could not be parsed.
#[derive(Debug)]
pub(super) enum Failure {
    /// Terraform rejects it.
    Rejected {
        /// The offset of the error.
        at: usize,
        /// What is wrong.
        message: String,
        /// What to write instead.
        help: Option<&'static str>,
    },
    /// Terraform accepts it, but it exceeds a limit.
    Limit {
        /// The offset at which it does.
        at: usize,
        /// What exceeds the limit.
        message: String,
    },
}

/// Whether a line break ends what is being parsed.
#[derive(Clone, Copy, Debug, PartialEq)]
enum LineBreaks {
    /// In bodies and in objects.
    End,
    /// In parentheses, brackets, and interpolations, and in `for` expressions.
    Space,
}

type Result<T> = std::result::Result<T, Failure>;

/// A file that was parsed.
pub(super) struct ParsedFile {
    pub body: Body,
    /// The first place with syntax that only Terraform 0.11 and earlier versions accept.
    pub outdated: Option<Span>,
}

/// A position in a text, and what is being parsed there.
pub(super) struct Parser<'t> {
    file: FileId,
    text: &'t str,
    /// The offset of the text in the file.
    offset: usize,
    at: usize,
    end: usize,
    line_breaks: LineBreaks,
    depth: usize,
    items: usize,
    expressions: usize,
    outdated: Option<Span>,
}

impl<'t> Parser<'t> {
    /// A parser for a range of a file.
    pub(super) fn new(file: FileId, text: &'t str, range: Range<usize>) -> Parser<'t> {
        let (at, end) = (range.start, range.end);
        Parser {
            file,
            text,
            offset: 0,
            at,
            end,
            line_breaks: LineBreaks::End,
            depth: 0,
            items: 0,
            expressions: 0,
            outdated: None,
        }
    }

    /// A parser for a text that is at `offset` of a file.
    pub(super) fn inner(file: FileId, text: &'t str, offset: usize) -> Parser<'t> {
        Parser { offset, ..Parser::new(file, text, 0..text.len()) }
    }

    /// Parses all of the text as the content of a file.
    pub(super) fn file(mut self) -> Result<ParsedFile> {
        let body = self.body()?;
        if self.at < self.end {
            return Err(self.unexpected());
        }
        Ok(ParsedFile { body, outdated: self.outdated })
    }

    /// Parses all of the text as one expression.
    pub(super) fn value(mut self) -> Result<Expr> {
        self.line_breaks = LineBreaks::Space;
        self.skip();
        let value = self.expr()?;
        self.skip();
        if self.at < self.end { Err(self.unexpected()) } else { Ok(value) }
    }

    /// Parses all of the text as a template.
    pub(super) fn template(mut self) -> Result<Vec<Part>> {
        self.whole_template()
    }

    /// Parses attributes and blocks up to a closing brace or the end of the text.
    fn body(&mut self) -> Result<Body> {
        let mut body = Body { more: More::No, ..Body::default() };
        let mut names = FxHashSet::default();
        loop {
            self.skip_lines();
            if self.at == self.end || self.peek() == b'}' {
                break;
            }
            self.item(&mut body, &mut names)?;
            self.end_of_line()?;
        }
        // All of a large tree is kept until the last root is read.
        body.attributes.shrink_to_fit();
        body.blocks.shrink_to_fit();
        Ok(body)
    }

    fn item(&mut self, body: &mut Body, names: &mut FxHashSet<SmolStr>) -> Result<()> {
        let start = self.at;
        self.items += 1;
        if self.items > MAX_ITEMS {
            return Err(Failure::too_many(start));
        }
        let (name, name_at) = self.item_name()?;
        self.skip();
        if !self.is_assignment() {
            body.blocks.push(self.block(name, name_at)?);
            return Ok(());
        }
        if !names.insert(name.clone()) {
            return Err(Failure::duplicate(start));
        }
        self.at += 1;
        self.skip();
        body.attributes.push(Attribute { name, name_at, value: self.expr()? });
        Ok(())
    }

    /// Parses the name of an attribute or block. Terraform 0.11 accepted quotes around it.
    fn item_name(&mut self) -> Result<(SmolStr, Span)> {
        let start = self.at;
        if self.peek() == b'"' {
            let name = self.plain_string()?;
            let at = self.span(start + 1..self.at - 1);
            self.outdated.get_or_insert(at);
            return Ok((name, at));
        }
        match self.identifier() {
            Some(name) => Ok((name.into(), self.span(start..self.at))),
            None => Err(self.unexpected()),
        }
    }

    fn block(&mut self, kind: SmolStr, first: Span) -> Result<Block> {
        let mut labels = Vec::new();
        let mut header = first;
        while self.peek() != b'{' {
            let start = self.at;
            let expected = if labels.is_empty() { "`=` or `{`" } else { "`{`" };
            labels.push(self.label(expected)?);
            header = first.to(self.span(start..self.at));
            self.skip();
        }
        let open = self.at;
        self.at += 1;
        let body = self.nested(|parser| parser.block_body(open))?;
        let at = first.to(self.span(self.at - 1..self.at));
        Ok(Block { kind, labels, header, at, body })
    }

    /// Parses a label, in whose place there may be something else.
    fn label(&mut self, expected: &str) -> Result<SmolStr> {
        if self.peek() == b'"' {
            return self.plain_string();
        }
        match self.identifier() {
            Some(word) => Ok(word.into()),
            None => Err(self.expected(expected)),
        }
    }

    /// Parses the content of a block and its closing brace. On the line of the opening brace, only one argument is allowed.
    fn block_body(&mut self, open: usize) -> Result<Body> {
        let around = std::mem::replace(&mut self.line_breaks, LineBreaks::End);
        self.skip();
        let body = if matches!(self.peek(), b'\n' | b'}') || self.at == self.end {
            self.body()?
        } else {
            let mut body = Body { more: More::No, ..Body::default() };
            self.item(&mut body, &mut FxHashSet::default())?;
            self.skip();
            body
        };
        self.line_breaks = around;
        self.close(b'}', open)?;
        Ok(body)
    }

    /// Parses something one level deeper.
    fn nested<T>(&mut self, parse: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        if self.depth == MAX_DEPTH {
            return Err(Failure::too_deep(self.at));
        }
        self.depth += 1;
        let parsed = parse(self)?;
        self.depth -= 1;
        Ok(parsed)
    }
}

impl Failure {
    /// The offset of the failure.
    pub(super) fn at(&self) -> usize {
        match self {
            Failure::Rejected { at, .. } | Failure::Limit { at, .. } => *at,
        }
    }

    /// Something is nested too deeply.
    pub(super) fn too_deep(at: usize) -> Failure {
        let message = format!(
            "expressions or blocks are nested more than {MAX_DEPTH} levels deep; the deeper ones are not read"
        );
        Failure::Limit { at, message }
    }

    /// The file has too many items.
    pub(super) fn too_many(at: usize) -> Failure {
        let message =
            format!("this file has more than {MAX_ITEMS} arguments and blocks; the rest is not read");
        Failure::Limit { at, message }
    }

    /// An argument that is set twice: the reader reports it, and keeps the first.
    fn duplicate(at: usize) -> Failure {
        Failure::Rejected { at, message: "this argument is already set".to_owned(), help: None }
    }
}
