//! Completion of arguments and blocks that a Terraform resource does not have yet.

use tower_lsp::ls_types::{
    CompletionItem, CompletionItemKind, CompletionTextEdit, Documentation, InsertTextMode, TextEdit,
};

use crate::frontend::terraform::{self, Argument};
use crate::inspect::Point;
use crate::inspect::fields;
use crate::lsp::run::Run;
use crate::model::{Kind, Shape};
use crate::schema;
use crate::source::Span;
use crate::syntax::hcl::{self, Block, Body};

/// Completion items for a line of a block that contains only the beginning of a name.
pub(super) fn complete(run: &Run, point: Point) -> Option<Vec<CompletionItem>> {
    let source = run.sources.get(point.file);
    if !run.is_hcl(point.file) {
        return None;
    }
    let text = &*source.text;
    let (before, after) = text.split_at_checked(point.offset as usize)?;
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let in_word = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let start = before.trim_end_matches(in_word).len();
    let end = text.len() - after.trim_start_matches(in_word).len();
    let indent = &text[line..start.max(line)];
    let is_alone =
        indent.trim().is_empty() && text[end..].lines().next().unwrap_or_default().trim().is_empty();
    if !is_alone {
        return None;
    }
    // The beginning of a name is not a valid argument; without it the block can be parsed.
    let without = [&text[..start], &text[end..]].concat();
    let body = hcl::parse(point.file, &without).body;
    let (resource, way, body) = enclosing_block(&body, start)?;
    let (kind, offered) = terraform::arguments(resource, &way)?;
    let word = Span::new(point.file, start, end);
    let is_free = |argument: &Argument| {
        let is_there = body.attribute(argument.name).is_some()
            || body.blocks.iter().any(|block| block.kind == argument.name);
        argument.repeats || !is_there
    };
    let free = offered.iter().filter(|argument| is_free(argument));
    Some(free.map(|argument| item(run, kind, argument, word, indent)).collect())
}

/// The resource that contains an offset, the names of the nested blocks, and the innermost body; `None` in an
/// expression.
fn enclosing_block(body: &Body, at: usize) -> Option<(&str, Vec<&str>, &Body)> {
    let inside = |block: &&Block| block.at.range().contains(&at) && block.header.range().end < at;
    let resource = body.blocks.iter().find(inside).filter(|block| block.kind == "resource")?;
    let (mut way, mut body) = (Vec::new(), &resource.body);
    while let Some(block) = body.blocks.iter().find(inside) {
        way.push(block.kind.as_str());
        body = &block.body;
    }
    let in_value = body.attributes.iter().any(|attribute| {
        let value = attribute.value.at.range();
        (attribute.name_at.range().start..value.end).contains(&at)
    });
    (!in_value).then_some((resource.labels.first()?.as_str(), way, body))
}

fn item(run: &Run, kind: Kind, argument: &Argument, word: Span, indent: &str) -> CompletionItem {
    let new_text = if argument.is_block {
        format!("{} {{\n{indent}  \n{indent}}}", argument.name)
    } else {
        format!("{} = ", argument.name)
    };
    let shape = schema::shape(kind).and_then(|root| fields::member(root, &argument.path));
    CompletionItem {
        label: argument.name.to_owned(),
        kind: Some(if argument.is_block { CompletionItemKind::STRUCT } else { CompletionItemKind::PROPERTY }),
        documentation: shape.and_then(Shape::description).map(|text| Documentation::String(text.to_owned())),
        insert_text_mode: Some(InsertTextMode::AS_IS),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit::new(run.range(word), new_text))),
        ..CompletionItem::default()
    }
}
