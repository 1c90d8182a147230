//! The syntax tree: files, blocks, and expressions, each with its place.

use smol_str::SmolStr;

use crate::source::Span;
use crate::syntax::SyntaxError;
use crate::value::{More, Node};

/// The contents of a parsed file.
#[derive(Debug, Default)]
pub struct Parsed {
    /// The attributes and blocks that could be read.
    pub body: Body,
    /// The syntax errors, in the order of the text.
    pub errors: Vec<SyntaxError>,
}

/// The content of a file or a block, in source order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Body {
    /// Attributes (`name = value`).
    pub attributes: Vec<Attribute>,
    /// Blocks (`kind "label" { … }`).
    pub blocks: Vec<Block>,
    /// Whether some of it could not be read, so that there may be more attributes and blocks.
    pub more: More,
}

/// `name = value`.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribute {
    /// Its name.
    pub name: SmolStr,
    /// The place of the name.
    pub name_at: Span,
    /// Its value.
    pub value: Expr,
}

/// `kind "label" { … }`.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// Its first word: `resource`, `load_balancer`.
    pub kind: SmolStr,
    /// Its labels, quoted or bare.
    pub labels: Vec<SmolStr>,
    /// Its first word and labels: the place to report when an argument of the block is missing.
    pub header: Span,
    /// The whole block.
    pub at: Span,
    /// Its content.
    pub body: Body,
}

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    /// The kind of expression.
    pub kind: ExprKind,
    /// The place of the expression.
    pub at: Span,
}

/// The kinds of expression.
#[derive(Clone, Debug, PartialEq)]
pub enum ExprKind {
    /// `null`.
    Null,
    /// `true`, `false`.
    Bool(bool),
    /// A number, exactly as written.
    Number(SmolStr),
    /// A quoted string without interpolations, with escapes decoded.
    String(SmolStr),
    /// A quoted string with interpolations, or a heredoc.
    Template(Vec<Part>),
    /// `[a, b]`.
    Array(Vec<Expr>),
    /// `{ a = b }`.
    Object(Vec<Item>),
    /// A name alone: `var`, `local`, `aws_lb`, `each`.
    Variable(SmolStr),
    /// `base.attr[0].*`.
    Traversal(Box<Expr>, Vec<Step>),
    /// `name(args)`.
    Call(Call),
    /// `(expr)`.
    Parens(Box<Expr>),
    /// `!a`, `-a`.
    Unary(UnaryOperator, Box<Expr>),
    /// `a + b` and the other binary operators.
    Binary(BinaryOperator, Box<Expr>, Box<Expr>),
    /// `test ? yes : no`.
    Conditional(Box<[Expr; 3]>),
    /// An expression that Terraform may accept but the parser does not. Its value is unknown.
    Unparsed,
    /// `[for v in xs : v]`, `{for k, v in xs : k => v}`.
    For(Box<For>),
    /// A value that was evaluated elsewhere. The parser does not produce it.
    Value(Box<Node>),
}

/// A part of a quoted string or heredoc.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// Literal text, with escapes decoded and the indentation of a `<<-` heredoc removed.
    Literal(SmolStr, Span),
    /// `${expr}`.
    Interpolation(Box<Expr>, Span),
    /// `%{if}` … `%{endif}`, `%{for}` … `%{endfor}`.
    Directive(Box<Directive>, Span),
}

/// A template directive. Strip markers are already applied to the literals around it.
#[derive(Clone, Debug, PartialEq)]
pub enum Directive {
    /// `%{if test}…%{else}…%{endif}`.
    If {
        /// The condition.
        test: Expr,
        /// The parts for a true condition.
        yes: Vec<Part>,
        /// The parts for a false condition.
        no: Vec<Part>,
    },
    /// `%{for k, v in list}…%{endfor}`.
    For {
        /// The name of the key or index, if it has one.
        key: Option<SmolStr>,
        /// The name of the value.
        value: SmolStr,
        /// The collection to iterate over.
        list: Expr,
        /// The parts to repeat.
        body: Vec<Part>,
    },
}

/// A member of an object expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Its key. A bare word is an [`ExprKind::String`], a key in parentheses an [`ExprKind::Parens`].
    pub key: Expr,
    /// Its value.
    pub value: Expr,
}

/// A step of a traversal.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// `.name`.
    Attribute(SmolStr, Span),
    /// `[index]`, or the legacy `.0`.
    Index(Expr),
    /// `[*]`.
    Splat,
    /// `.*`, which applies only to the attributes directly after it.
    AttributeSplat,
}

/// `name(args)`.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The function, with its namespace (`provider::aws::arn_parse`).
    pub name: SmolStr,
    /// The arguments.
    pub args: Vec<Expr>,
    /// Whether the last argument is followed by `...`.
    pub expand: bool,
}

/// A `for` expression.
#[derive(Clone, Debug, PartialEq)]
pub struct For {
    /// The name of the key or index, if it has one.
    pub key: Option<SmolStr>,
    /// The name of the value.
    pub value: SmolStr,
    /// The collection to iterate over.
    pub list: Expr,
    /// The key of each member; `None` for a list.
    pub key_expr: Option<Expr>,
    /// The value of each member.
    pub value_expr: Expr,
    /// Whether values with the same key are grouped (`...`).
    pub group: bool,
    /// The condition.
    pub filter: Option<Expr>,
}

/// `!` and `-`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum UnaryOperator {
    Not,
    Negate,
}

/// The binary operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum BinaryOperator {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

impl BinaryOperator {
    /// The result of a comparison for equality if the operands differ; `None` for other operators.
    pub fn if_different(self) -> Option<bool> {
        match self {
            BinaryOperator::Equal => Some(false),
            BinaryOperator::NotEqual => Some(true),
            _ => None,
        }
    }
}

impl Body {
    /// The attribute of that name.
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }
}
