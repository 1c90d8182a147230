//! Quoted strings, heredocs, and template files: their text, interpolations, and directives.

use smol_str::SmolStr;

use crate::syntax::hcl::parser::{Failure, LineBreaks, MAX_STRING, Parser, Result};
use crate::syntax::hcl::template::{Element, Layout, Strip, Unfinished};
use crate::syntax::hcl::{Expr, ExprKind, Part};

/// What ends the text of a template.
#[derive(Clone, Copy)]
enum Delimiter<'t> {
    /// The closing quote.
    Quote,
    /// A line with this word alone.
    Line(&'t str),
    /// The end of the text.
    End,
}

/// What stopped the elements of a template.
enum Stop {
    /// The delimiter, or the end of the text.
    End,
    /// `%{else}`, `%{endif}`, or `%{endfor}`.
    Control(&'static str, Strip),
}

/// The text of parts; `None` if one is not literal.
fn literal(parts: &[Part]) -> Option<SmolStr> {
    let text = |part: &Part| match part {
        Part::Literal(text, _) => Some(text.to_string()),
        Part::Interpolation(..) | Part::Directive(..) => None,
    };
    parts.iter().map(text).collect::<Option<String>>().map(SmolStr::from)
}

impl<'t> Parser<'t> {
    /// Parses a quoted string.
    pub(super) fn quoted(&mut self) -> Result<ExprKind> {
        let open = self.at;
        self.at += 1;
        let elements = self.all_elements(Delimiter::Quote)?;
        if self.peek() != b'"' {
            return Err(Failure::unclosed_string(open));
        }
        let raw = &self.text[open + 1..self.at];
        self.at += 1;
        // Text that reads as it is written needs no parts.
        let is_plain = !elements.iter().any(|element| !matches!(element, Element::Literal(_)));
        if is_plain && !raw.contains(['\\']) && !raw.contains("$${") && !raw.contains("%%{") {
            return Ok(ExprKind::String(raw.into()));
        }
        Ok(ExprKind::Template(self.unfinished(Layout::Quoted).finish(elements)))
    }

    /// Parses a string without interpolations, such as the label of a block.
    pub(super) fn plain_string(&mut self) -> Result<SmolStr> {
        let open = self.at;
        match self.quoted()? {
            ExprKind::String(text) => Ok(text),
            ExprKind::Template(parts) => literal(&parts).ok_or_else(|| Failure::Rejected {
                at: open,
                message: "a name or label cannot contain a template".to_owned(),
                help: None,
            }),
            _ => Err(self.expected("a string")),
        }
    }

    /// Parses `<<WORD` or `<<-WORD` and the lines up to the one with this word alone.
    pub(super) fn heredoc(&mut self) -> Result<ExprKind> {
        let start = self.at;
        self.at += 2;
        let is_indented = self.peek() == b'-';
        self.at += usize::from(is_indented);
        let Some(word) = self.identifier() else { return Err(self.expected("the delimiter of a heredoc")) };
        while matches!(self.peek(), b' ' | b'\t' | b'\r') {
            self.at += 1;
        }
        self.expect_line_break()?;
        let elements = self.all_elements(Delimiter::Line(word))?;
        let end = self.heredoc_end(word).ok_or_else(|| Failure::Rejected {
            at: start,
            message: format!("this heredoc is never closed by a line with `{word}` alone"),
            help: None,
        })?;
        let indent = if is_indented { self.unfinished(Layout::Lines(0)).indent(&elements) } else { 0 };
        let parts = self.unfinished(Layout::Lines(indent)).finish(elements);
        self.at = end;
        Ok(ExprKind::Template(parts))
    }

    fn expect_line_break(&mut self) -> Result<()> {
        if self.peek() != b'\n' {
            return Err(self.expected("the end of the line"));
        }
        self.at += 1;
        Ok(())
    }

    /// The end of the delimiter, if the line here is the last one of the heredoc.
    fn heredoc_end(&self, word: &str) -> Option<usize> {
        if self.at == 0 || self.text.as_bytes()[self.at - 1] != b'\n' {
            return None;
        }
        let line = self.rest().split('\n').next().unwrap_or_default();
        let start = self.at + (line.len() - line.trim_start().len());
        (line.trim() == word).then_some(start + word.len())
    }

    /// Parses all of the text as a template.
    pub(super) fn whole_template(&mut self) -> Result<Vec<Part>> {
        let elements = self.all_elements(Delimiter::End)?;
        if self.at < self.end {
            return Err(self.unexpected());
        }
        Ok(self.unfinished(Layout::Lines(0)).finish(elements))
    }

    fn unfinished(&self, layout: Layout) -> Unfinished<'t> {
        Unfinished { file: self.file, text: self.text, offset: self.offset, layout }
    }

    /// Parses the elements of a template; none of its directives may be left open.
    fn all_elements(&mut self, delimiter: Delimiter<'_>) -> Result<Vec<Element>> {
        let start = self.at;
        match self.elements(delimiter)? {
            (elements, Stop::End) => Ok(elements),
            (_, Stop::Control(keyword, _)) => {
                let message = format!("`%{{{keyword}}}` has no matching directive before it");
                Err(Failure::Rejected { at: start, message, help: None })
            }
        }
    }

    fn elements(&mut self, delimiter: Delimiter<'_>) -> Result<(Vec<Element>, Stop)> {
        let mut elements = Vec::new();
        loop {
            let start = self.at;
            let is_over = self.literal(delimiter)?;
            if self.at - start > MAX_STRING {
                let message = format!("this string is longer than {MAX_STRING} bytes, so it is not read");
                return Err(Failure::Limit { at: start, message });
            }
            if start < self.at {
                elements.push(Element::Literal(start..self.at));
            }
            if is_over {
                return Ok((elements, Stop::End));
            }
            if self.peek() == b'$' {
                elements.push(self.interpolation()?);
            } else if let Some(stop) = self.directive(delimiter, &mut elements)? {
                return Ok((elements, stop));
            }
        }
    }

    /// Moves over text up to an interpolation or directive. Returns `true` at the end of the template.
    fn literal(&mut self, delimiter: Delimiter<'_>) -> Result<bool> {
        let bytes = &self.text.as_bytes()[..self.end];
        loop {
            if let Delimiter::Line(word) = delimiter
                && self.heredoc_end(word).is_some()
            {
                return Ok(true);
            }
            let Some(byte) = bytes.get(self.at) else { return Ok(true) };
            match (byte, delimiter) {
                (b'$' | b'%', _) if bytes.get(self.at + 1) == Some(&b'{') => return Ok(false),
                (b'$' | b'%', _) if self.is_doubled() => self.at += 3,
                (b'"' | b'\n', Delimiter::Quote) => return Ok(true),
                (b'\\', Delimiter::Quote) => self.escape()?,
                _ => self.at += 1,
            }
            self.plain(delimiter);
        }
    }

    /// Moves over bytes without a meaning, up to the next line of a heredoc.
    fn plain(&mut self, delimiter: Delimiter<'_>) {
        let bytes = &self.text.as_bytes()[self.at..self.end];
        let has_meaning = |byte: &u8| match byte {
            b'$' | b'%' => true,
            b'"' | b'\\' => matches!(delimiter, Delimiter::Quote),
            b'\n' => !matches!(delimiter, Delimiter::End),
            _ => false,
        };
        // A heredoc looks at each line where it starts.
        if self.at == 0
            || self.text.as_bytes()[self.at - 1] != b'\n'
            || !matches!(delimiter, Delimiter::Line(_))
        {
            self.at += bytes.iter().position(has_meaning).unwrap_or(bytes.len());
        }
    }

    /// Returns `true` at `$${` and `%%{`.
    fn is_doubled(&self) -> bool {
        self.byte(1) == self.peek() && self.byte(2) == b'{'
    }

    /// Moves over an escape sequence.
    fn escape(&mut self) -> Result<()> {
        let digits = match self.byte(1) {
            b'n' | b'r' | b't' | b'"' | b'\\' => 0,
            b'u' => 4,
            b'U' => 8,
            _ => return Err(self.invalid_escape()),
        };
        if (0..digits).any(|digit| !self.byte(2 + digit).is_ascii_hexdigit()) {
            return Err(self.invalid_escape());
        }
        self.at += 2 + digits;
        Ok(())
    }

    fn invalid_escape(&self) -> Failure {
        let sign: String = self.rest().chars().take(2).collect();
        if sign.len() < 2 || sign.ends_with('\n') {
            return Failure::unclosed_string(self.at);
        }
        Failure::Rejected {
            at: self.at,
            message: format!("invalid escape sequence `{sign}`"),
            help: Some("write `\\\\` for a backslash"),
        }
    }

    /// Parses `${expr}`.
    fn interpolation(&mut self) -> Result<Element> {
        let open = self.at;
        let (expr, strip) = self.marker(|parser, _| parser.expr())?;
        Ok(Element::Interpolation(Box::new(expr), self.span(open..self.at), strip))
    }

    /// Parses a sequence in braces, with its strip markers.
    fn marker<T>(&mut self, parse: impl FnOnce(&mut Self, usize) -> Result<T>) -> Result<(T, Strip)> {
        let open = self.at + 1;
        self.at += 2;
        let around = std::mem::replace(&mut self.line_breaks, LineBreaks::Space);
        let before = self.tilde();
        self.skip();
        let parsed = parse(self, open)?;
        self.skip();
        let after = self.tilde();
        self.close(b'}', open)?;
        self.line_breaks = around;
        Ok((parsed, Strip { before, after }))
    }

    fn tilde(&mut self) -> bool {
        let is_there = self.peek() == b'~';
        self.at += usize::from(is_there);
        is_there
    }

    /// Parses `%{…}` and, if it opens a directive, everything up to its end.
    fn directive(&mut self, delimiter: Delimiter<'_>, elements: &mut Vec<Element>) -> Result<Option<Stop>> {
        let open = self.at;
        let (start, strip) = self.marker(|parser, _| parser.directive_start())?;
        match start {
            Start::Control(keyword) => Ok(Some(Stop::Control(keyword, strip))),
            Start::If(test) => {
                let (yes, middle) =
                    self.nested(|parser| parser.branch(delimiter, open, &["else", "endif"]))?;
                let (no, last) = match middle {
                    ("else", _) => {
                        let (no, last) = self.nested(|parser| parser.branch(delimiter, open, &["endif"]))?;
                        (Some(no), last)
                    }
                    last => (None, last),
                };
                let strips = [strip, middle.1, last.1];
                let at = self.span(open..self.at);
                elements.push(Element::If { test: Box::new(test), yes, no, strips, at });
                Ok(None)
            }
            Start::For(key, value, list) => {
                let (body, last) = self.nested(|parser| parser.branch(delimiter, open, &["endfor"]))?;
                let at = self.span(open..self.at);
                elements.push(Element::For {
                    key,
                    value,
                    list: Box::new(list),
                    body,
                    strips: [strip, last.1],
                    at,
                });
                Ok(None)
            }
        }
    }

    fn directive_start(&mut self) -> Result<Start> {
        if self.keyword("if") {
            self.skip();
            return self.expr().map(Start::If);
        }
        if self.keyword("for") {
            self.skip();
            let (key, value) = self.for_names()?;
            return self.expr().map(|list| Start::For(key, value, list));
        }
        let control = ["else", "endif", "endfor"].into_iter().find(|keyword| self.keyword(keyword));
        control.map(Start::Control).ok_or_else(|| self.expected("`if`, `for`, `else`, `endif`, or `endfor`"))
    }

    /// Parses the elements up to one of the keywords that end them.
    fn branch(
        &mut self,
        delimiter: Delimiter<'_>,
        open: usize,
        ends: &[&str],
    ) -> Result<(Vec<Element>, (&'static str, Strip))> {
        match self.elements(delimiter)? {
            (elements, Stop::Control(keyword, strip)) if ends.contains(&keyword) => {
                Ok((elements, (keyword, strip)))
            }
            _ => {
                let last = ends.last().copied().unwrap_or_default();
                let message = format!("this directive has no `%{{{last}}}`");
                Err(Failure::Rejected { at: open, message, help: None })
            }
        }
    }
}

/// The beginning of a directive.
enum Start {
    If(Expr),
    For(Option<SmolStr>, SmolStr, Expr),
    Control(&'static str),
}

impl Failure {
    /// A string whose line ends before its closing quote.
    fn unclosed_string(at: usize) -> Failure {
        let message = "this string is never closed on its line".to_owned();
        Failure::Rejected { at, message, help: Some("close it with `\"`") }
    }
}
