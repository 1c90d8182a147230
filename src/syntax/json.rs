//! stub
use crate::node::Node;
use crate::project::Problem;
use crate::text::Mapped;
/// Parsed.
pub struct Parsed {
    /// Root.
    pub root: Option<Node>,
    /// Problems.
    pub problems: Vec<Problem>,
}
/// Parses.
pub fn parse(_text: &Mapped<'_>) -> Parsed {
    Parsed { root: None, problems: vec![] }
}
