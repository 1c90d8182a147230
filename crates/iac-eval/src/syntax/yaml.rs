//! Parses YAML text into nodes with places. Only this module uses granit-parser.

use std::ops::Range;

use granit_parser::{Event, Parser};

use crate::source::line_start;
use crate::syntax::SyntaxError;
use crate::value::{Mapped, Node};

mod decode;
mod gap;
mod merge;
mod message;
mod pieces;
mod reader;
mod repair;
mod scalar;
#[cfg(test)]
mod tests;

pub use decode::{Refusal, parse};

/// The maximum nesting depth of values.
const MAX_DEPTH: usize = 64;

/// The contents of a parsed document.
#[derive(Debug, Default)]
pub struct Parsed {
    /// The value; `None` if the document is empty.
    pub root: Option<Node>,
    /// What a strict parser rejects or ignores, in source order.
    pub errors: Vec<SyntaxError>,
}

/// Parses the first document of a text that people write: a CloudFormation template, a parameter file, a task definition.
/// It never fails: the tree contains everything that could be read.
///
/// A short form (`!Sub x`) becomes its long form, an object with the key `Fn::Sub`, so that JSON and YAML templates give
/// the same tree. Scalars have the types that AWS gives them. A scalar over several lines is a
/// [`Text`](crate::value::Text), whose parts know their bytes.
///
/// ```
/// use iac_eval::source::FileId;
/// use iac_eval::syntax::yaml;
/// use iac_eval::value::{Mapped, Node};
///
/// let text = "Name: !Sub ${App}-web\nImage: \"nginx\nCpu: 256\n";
/// let parsed = yaml::document(&Mapped::file(FileId(0), text));
/// assert_eq!(parsed.errors[0].message, "this quote is not closed");
/// let root = parsed.root.expect("the text is not empty");
/// assert_eq!(root.get("Name").and_then(|name| name.get("Fn::Sub")?.as_str()), Some("${App}-web"));
/// // The member with the error is not there, and what follows it is.
/// assert!(root.get("Image").is_none() && root.get("Cpu").is_some());
/// ```
pub fn document(text: &Mapped<'_>) -> Parsed {
    repair::read(text)
}

/// The comments of a text, as far as it is valid YAML.
pub fn comments(text: &str) -> Vec<Range<usize>> {
    // By default, the parser refuses a long series of comments.
    let options = granit_parser::options! { max_buffered_comment_events: usize::MAX };
    let events = Parser::new_from_str_with_options(text, options).map_while(Result::ok);
    let comments = events.filter(|(event, _)| matches!(event, Event::Comment(..)));
    comments.filter_map(|(_, place)| place.byte_range()).collect()
}

/// The offset of the end of the block-style member or item that starts at `start`: before the next non-blank line that
/// is not indented further.
pub fn extent(text: &str, start: usize) -> usize {
    let column = start - line_start(text, start);
    let is_item = text[start..].starts_with('-');
    let first = text[start..].split('\n').next().unwrap_or_default();
    let mut end = start + first.trim_end().len();
    let mut next = start + first.len() + 1;
    for line in text.get(next..).unwrap_or_default().split_inclusive('\n') {
        let content = line.trim_start_matches(' ');
        let indent = line.len() - content.len();
        // The items of a list can be at the same indentation as its key.
        let is_its_item =
            indent == column && !is_item && (content.starts_with("- ") || content.trim_end() == "-");
        let is_blank = content.trim().is_empty() || content.starts_with('#');
        if !is_blank && indent <= column && !is_its_item {
            break;
        }
        next += line.len();
        end = if is_blank { end } else { next - (line.len() - line.trim_end().len()) };
    }
    end
}
