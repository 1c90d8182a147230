//! Parses HCL into a small syntax tree in which every part has a place.

mod json;
mod literal;
mod parse;
mod parser;
mod scan;
mod template;
mod tree;
mod visit;

pub use json::{parse_json, parse_json_terragrunt, parse_json_variables};
pub use parse::{parse, parse_template, parse_value};
pub use scan::{comments, extent, next as skip_space};
pub use tree::{
    Attribute, BinaryOperator, Block, Body, Call, Directive, Expr, ExprKind, For, Item, Parsed, Part, Step,
    UnaryOperator,
};
