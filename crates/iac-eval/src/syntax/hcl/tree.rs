//! The tree: files, blocks and expressions, each with its place.

use smol_str::SmolStr;

use crate::source::Span;
use crate::syntax::SyntaxError;
use crate::value::More;

/// What a file holds.
#[derive(Debug, Default)]
pub struct Parsed {
    /// Its attributes and blocks, as far as they can be read.
    pub body: Body,
    /// The syntax errors, in the order of the text.
    pub errors: Vec<SyntaxError>,
}

/// A file's or a block's content, in the order it was written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Body {
    /// Attributes (`name = value`).
    pub attributes: Vec<Attribute>,
    /// Blocks (`kind "label" { … }`).
    pub blocks: Vec<Block>,
    /// Whether something in it could not be read, so that it may hold more than this.
    pub more: More,
}

/// `name = value`.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribute {
    /// Its name.
    pub name: SmolStr,
    /// Where the name stands.
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
    /// Its first word and labels: what to point at when something inside is missing.
    pub header: Span,
    /// All of it.
    pub at: Span,
    /// What is in it.
    pub body: Body,
}

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it stands.
    pub at: Span,
}

/// The kinds of expression.
#[derive(Clone, Debug, PartialEq)]
pub enum ExprKind {
    /// `null`.
    Null,
    /// `true`, `false`.
    Bool(bool),
    /// A number as it is written.
    Number(SmolStr),
    /// A quoted string without interpolations; escapes decoded.
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
    /// `a + b`.
    Binary(BinaryOperator, Box<Expr>, Box<Expr>),
    /// `test ? yes : no`.
    Conditional(Box<[Expr; 3]>),
    /// What Terraform may accept and the parser does not: its value is unknown.
    Unparsed,
    /// `[for v in xs : v]`, `{for k, v in xs : k => v}`.
    For(Box<For>),
}

/// A part of a quoted string or heredoc.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// Text; escapes decoded, and the indentation of a `<<-` heredoc taken off.
    Literal(SmolStr, Span),
    /// `${expr}`.
    Interpolation(Box<Expr>, Span),
    /// `%{if}` … `%{endif}`, `%{for}` … `%{endfor}`.
    Directive(Box<Directive>, Span),
}

/// A template directive; strip markers are already applied to the literals around it.
#[derive(Clone, Debug, PartialEq)]
pub enum Directive {
    /// `%{if test}…%{else}…%{endif}`.
    If {
        /// The condition.
        test: Expr,
        /// The parts where it is true.
        yes: Vec<Part>,
        /// The parts where it is false.
        no: Vec<Part>,
    },
    /// `%{for k, v in list}…%{endfor}`.
    For {
        /// The name of the key or index, if it has one.
        key: Option<SmolStr>,
        /// The name of the value.
        value: SmolStr,
        /// What is gone through.
        list: Expr,
        /// The parts that are repeated.
        body: Vec<Part>,
    },
}

/// A member of an object expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Its key; a bare word is a [`ExprKind::String`], a key in parentheses is [`ExprKind::Parens`].
    pub key: Expr,
    /// Its value.
    pub value: Expr,
}

/// A step of a traversal.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// `.name`.
    Attribute(SmolStr, Span),
    /// `[index]`; the old `.0` too.
    Index(Expr),
    /// `[*]`.
    Splat,
    /// `.*`, which goes on only through the attributes behind it.
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
    /// What is gone through.
    pub list: Expr,
    /// The key of each member; none makes a list.
    pub key_expr: Option<Expr>,
    /// The value of each member.
    pub value_expr: Expr,
    /// Whether values of one key are grouped (`...`).
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

/// The operators between two expressions.
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

impl Body {
    /// The attribute of that name.
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }
}
