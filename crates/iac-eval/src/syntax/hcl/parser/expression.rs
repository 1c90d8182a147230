//! Expressions, in the order of their precedence.

use smol_str::{SmolStr, format_smolstr};

use crate::syntax::hcl::parser::{Failure, LineBreaks, MAX_DEPTH, MAX_EXPRESSIONS, Parser, Result};
use crate::syntax::hcl::{BinaryOperator, Call, Expr, ExprKind, For, Item, Step, UnaryOperator};

/// The binary operators by precedence, the loosest first.
const OPERATORS: [(&str, u8, BinaryOperator); 13] = [
    ("||", 1, BinaryOperator::Or),
    ("&&", 2, BinaryOperator::And),
    ("==", 3, BinaryOperator::Equal),
    ("!=", 3, BinaryOperator::NotEqual),
    // The longer of two that begin alike comes first.
    ("<=", 4, BinaryOperator::LessOrEqual),
    (">=", 4, BinaryOperator::GreaterOrEqual),
    ("<", 4, BinaryOperator::Less),
    (">", 4, BinaryOperator::Greater),
    ("+", 5, BinaryOperator::Add),
    ("-", 5, BinaryOperator::Subtract),
    ("*", 6, BinaryOperator::Multiply),
    ("/", 6, BinaryOperator::Divide),
    ("%", 6, BinaryOperator::Remainder),
];

impl Parser<'_> {
    /// Parses an expression.
    pub(super) fn expr(&mut self) -> Result<Expr> {
        self.nested(Self::conditional)
    }

    fn conditional(&mut self) -> Result<Expr> {
        let test = self.binary(1)?;
        self.skip();
        if self.peek() != b'?' {
            return Ok(test);
        }
        self.at += 1;
        self.skip();
        let yes = self.expr()?;
        self.skip();
        self.expect(b':')?;
        self.skip();
        let no = self.expr()?;
        let at = test.at.to(no.at);
        Ok(Expr { kind: ExprKind::Conditional(Box::new([test, yes, no])), at })
    }

    /// Parses operators of at least this precedence.
    fn binary(&mut self, least: u8) -> Result<Expr> {
        let mut left = self.operand()?;
        // A chain of operators nests to the left.
        let mut chained = 0;
        loop {
            self.skip();
            let Some((sign, precedence, operator)) = self.operator().filter(|(_, found, _)| *found >= least)
            else {
                return Ok(left);
            };
            chained += 1;
            if chained > MAX_DEPTH {
                return Err(Failure::too_deep(self.at));
            }
            self.at += sign.len();
            self.skip();
            let right = self.binary(precedence + 1)?;
            let at = left.at.to(right.at);
            left = Expr { kind: ExprKind::Binary(operator, Box::new(left), Box::new(right)), at };
        }
    }

    fn operator(&self) -> Option<(&'static str, u8, BinaryOperator)> {
        if !matches!(self.peek(), b'|' | b'&' | b'=' | b'!' | b'<' | b'>' | b'+' | b'-' | b'*' | b'/' | b'%')
        {
            return None;
        }
        let rest = self.rest().as_bytes();
        OPERATORS.into_iter().find(|(sign, ..)| rest.starts_with(sign.as_bytes()))
    }

    /// Parses unary operators and what they apply to.
    fn operand(&mut self) -> Result<Expr> {
        let operator = match self.peek() {
            b'-' => UnaryOperator::Negate,
            b'!' if self.byte(1) != b'=' => UnaryOperator::Not,
            _ => return self.traversal(),
        };
        let start = self.at;
        self.at += 1;
        let is_literal = operator == UnaryOperator::Negate && self.peek().is_ascii_digit();
        self.skip();
        let operand = self.nested(Self::operand)?;
        let at = self.span(start..start + 1).to(operand.at);
        if let (ExprKind::Number(digits), true) = (&operand.kind, is_literal) {
            return Ok(Expr { kind: ExprKind::Number(format_smolstr!("-{digits}")), at });
        }
        Ok(Expr { kind: ExprKind::Unary(operator, Box::new(operand)), at })
    }

    /// Parses a term with the attributes and indexes after it.
    fn traversal(&mut self) -> Result<Expr> {
        let start = self.at;
        let base = self.term()?;
        let mut steps = Vec::new();
        let mut end = self.at;
        loop {
            self.skip();
            if steps.len() > MAX_DEPTH {
                return Err(Failure::too_deep(start));
            }
            match self.peek() {
                b'.' if !self.rest().starts_with("...") => steps.push(self.attribute_step()?),
                b'[' => steps.push(self.index_step()?),
                _ => break,
            }
            end = self.at;
        }
        if steps.is_empty() {
            return Ok(base);
        }
        steps.shrink_to_fit();
        Ok(Expr { kind: ExprKind::Traversal(Box::new(base), steps), at: self.span(start..end) })
    }

    fn attribute_step(&mut self) -> Result<Step> {
        self.at += 1;
        self.skip();
        let start = self.at;
        if self.peek() == b'*' {
            self.at += 1;
            return Ok(Step::AttributeSplat);
        }
        if self.peek().is_ascii_digit() {
            self.digits();
            let at = self.span(start..self.at);
            return Ok(Step::Index(Expr { kind: ExprKind::Number(self.text[start..self.at].into()), at }));
        }
        match self.identifier() {
            Some(name) => Ok(Step::Attribute(name.into(), self.span(start..self.at))),
            None => Err(self.expected("an attribute name")),
        }
    }

    fn index_step(&mut self) -> Result<Step> {
        self.bracketed(b']', |parser| {
            if parser.peek() == b'*' {
                parser.at += 1;
                return Ok(Step::Splat);
            }
            parser.expr().map(Step::Index)
        })
    }

    fn term(&mut self) -> Result<Expr> {
        let start = self.at;
        self.expressions += 1;
        if self.expressions > MAX_EXPRESSIONS {
            let message =
                format!("this file has more than {MAX_EXPRESSIONS} expressions; the rest is not read");
            return Err(Failure::Limit { at: start, message });
        }
        let kind = match self.peek() {
            b'(' => ExprKind::Parens(Box::new(self.bracketed(b')', Self::expr)?)),
            b'[' => self.list()?,
            b'{' => self.object()?,
            b'"' => self.quoted()?,
            b'<' if self.byte(1) == b'<' => self.heredoc()?,
            b'0'..=b'9' => self.number(),
            _ => self.word()?,
        };
        Ok(Expr { kind, at: self.span(start..self.at) })
    }

    fn number(&mut self) -> ExprKind {
        let start = self.at;
        self.digits();
        if self.peek() == b'.' && self.byte(1).is_ascii_digit() {
            self.at += 1;
            self.digits();
        }
        if matches!(self.peek(), b'e' | b'E') {
            let sign = usize::from(matches!(self.byte(1), b'+' | b'-'));
            if self.byte(1 + sign).is_ascii_digit() {
                self.at += 1 + sign;
                self.digits();
            }
        }
        ExprKind::Number(self.text[start..self.at].into())
    }

    fn digits(&mut self) {
        while self.peek().is_ascii_digit() {
            self.at += 1;
        }
    }

    /// Parses a literal, a variable, or a function call.
    fn word(&mut self) -> Result<ExprKind> {
        let Some(first) = self.identifier() else { return Err(self.expected("a value")) };
        let mut name = SmolStr::from(first);
        while self.rest().starts_with("::") {
            self.at += 2;
            let Some(part) = self.identifier() else { return Err(self.expected("a function name")) };
            name = format_smolstr!("{name}::{part}");
        }
        let end = self.at;
        self.skip();
        if self.peek() == b'(' {
            return self.call(name);
        }
        self.at = end;
        Ok(match name.as_str() {
            "null" => ExprKind::Null,
            "true" => ExprKind::Bool(true),
            "false" => ExprKind::Bool(false),
            _ => ExprKind::Variable(name),
        })
    }

    fn call(&mut self, name: SmolStr) -> Result<ExprKind> {
        self.bracketed(b')', |parser| {
            let mut call = Call { name, args: Vec::new(), expand: false };
            while parser.peek() != b')' && parser.at < parser.end {
                call.args.push(parser.expr()?);
                parser.skip();
                if parser.rest().starts_with("...") {
                    parser.at += 3;
                    call.expand = true;
                    break;
                }
                if !parser.comma() {
                    break;
                }
            }
            Ok(ExprKind::Call(call))
        })
    }

    fn list(&mut self) -> Result<ExprKind> {
        self.bracketed(b']', |parser| {
            if parser.keyword("for") {
                return parser.for_expr(b']');
            }
            let mut items = Vec::new();
            while parser.peek() != b']' && parser.at < parser.end {
                items.push(parser.expr()?);
                parser.skip();
                if !parser.comma() {
                    break;
                }
            }
            Ok(ExprKind::Array(items))
        })
    }

    /// Reads a comma and the space after it; `false` if there is none.
    fn comma(&mut self) -> bool {
        let is_there = self.peek() == b',';
        if is_there {
            self.at += 1;
            self.skip();
        }
        is_there
    }

    fn object(&mut self) -> Result<ExprKind> {
        self.bracketed(b'}', |parser| {
            if parser.keyword("for") {
                return parser.for_expr(b'}');
            }
            let around = std::mem::replace(&mut parser.line_breaks, LineBreaks::End);
            let mut items = Vec::new();
            loop {
                parser.skip_lines();
                if parser.peek() == b'}' || parser.at == parser.end {
                    break;
                }
                items.push(parser.object_item()?);
                parser.skip();
                match parser.peek() {
                    b',' => parser.at += 1,
                    b'\n' => {}
                    _ => break,
                }
            }
            parser.line_breaks = around;
            Ok(ExprKind::Object(items))
        })
    }

    fn object_item(&mut self) -> Result<Item> {
        let key = self.object_key()?;
        self.skip();
        // Terraform 0.11 accepted a block in a map.
        if self.peek() == b'{' && matches!(key.kind, ExprKind::Variable(_) | ExprKind::String(_)) {
            self.outdated.get_or_insert(key.at);
            let name = match key.kind {
                ExprKind::Variable(name) => ExprKind::String(name),
                other => other,
            };
            return Ok(Item { key: Expr { kind: name, at: key.at }, value: self.expr()? });
        }
        if !self.is_assignment() && self.peek() != b':' {
            return Err(self.expected("`=`"));
        }
        self.at += 1;
        self.skip();
        Ok(Item { key, value: self.expr()? })
    }

    /// Parses a key: a word is its own name.
    fn object_key(&mut self) -> Result<Expr> {
        let start = self.at;
        if let Some(word) = self.identifier() {
            let end = self.at;
            self.skip();
            if self.is_assignment() || self.peek() == b':' && self.byte(1) != b':' {
                self.at = end;
                return Ok(Expr { kind: ExprKind::String(word.into()), at: self.span(start..end) });
            }
        }
        self.at = start;
        self.expr()
    }

    /// Parses a `for` expression after its keyword. Line breaks are space, in braces too.
    fn for_expr(&mut self, close: u8) -> Result<ExprKind> {
        self.skip();
        let (key, value) = self.for_names()?;
        let list = self.expr()?;
        self.skip();
        self.expect(b':')?;
        self.skip();
        let first = self.expr()?;
        self.skip();
        let (mut key_expr, mut value_expr, mut group) = (None, first, false);
        if close == b'}' {
            if !self.rest().starts_with("=>") {
                return Err(self.expected("`=>`"));
            }
            self.at += 2;
            self.skip();
            key_expr = Some(std::mem::replace(&mut value_expr, self.expr()?));
            self.skip();
            if self.rest().starts_with("...") {
                self.at += 3;
                group = true;
                self.skip();
            }
        }
        let mut filter = None;
        if self.keyword("if") {
            self.skip();
            filter = Some(self.expr()?);
            self.skip();
        }
        Ok(ExprKind::For(Box::new(For { key, value, list, key_expr, value_expr, group, filter })))
    }

    /// Parses `k, v in `, up to the collection.
    pub(super) fn for_names(&mut self) -> Result<(Option<SmolStr>, SmolStr)> {
        let mut names = (None, self.variable_name()?);
        self.skip();
        if self.comma() {
            names = (Some(names.1), self.variable_name()?);
            self.skip();
        }
        if !self.keyword("in") {
            return Err(self.expected("`in`"));
        }
        self.skip();
        Ok(names)
    }

    fn variable_name(&mut self) -> Result<SmolStr> {
        self.identifier().map(SmolStr::from).ok_or_else(|| self.expected("a variable name"))
    }

    /// Parses what is between the bracket here and the closing one, where line breaks are space.
    fn bracketed<T>(&mut self, close: u8, parse: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        let open = self.at;
        self.at += 1;
        let around = std::mem::replace(&mut self.line_breaks, LineBreaks::Space);
        self.skip();
        let parsed = parse(self)?;
        self.skip();
        self.close(close, open)?;
        self.line_breaks = around;
        Ok(parsed)
    }
}
