//! Properties of generated documents.

use super::*;

/// A sequence of numbers that looks random.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

const SCALARS: [&str; 16] = [
    "x",
    "nginx:1",
    "1",
    "1.50",
    "true",
    "no",
    "'it''s'",
    "\"a\\n\\u00e9\"",
    "''",
    "a b",
    "010",
    "~",
    "1:30",
    "é",
    "\"{\\\"a\\\": 1}\"",
    "- 1",
];

/// Writes a document with short forms, and the same one with long forms.
fn write(numbers: &mut Numbers, depth: usize, indent: usize, short: &mut String, long: &mut String) {
    let margin = " ".repeat(indent);
    let mut both = |text: &str, long: &mut String| {
        short.push_str(text);
        long.push_str(text);
    };
    match numbers.below(if depth > 4 { 2 } else { 6 }) {
        0 | 1 => {
            let scalar = SCALARS[numbers.below(SCALARS.len() - 1)];
            both(&format!(" {scalar}\n"), long);
        }
        2 => both(&format!(" |\n{margin}  x\n{margin}    y\n\n{margin}  z\n"), long),
        3 => {
            both("\n", long);
            for key in 0..=numbers.below(3) {
                let text = format!("{margin}  k{key}: # c\n{margin}   ");
                let text = if numbers.below(2) == 0 { text } else { format!("{margin}  k{key}:") };
                short.push_str(&text);
                long.push_str(&text);
                write(numbers, depth + 1, indent + 4, short, long);
            }
        }
        4 => {
            both("\n", long);
            for _ in 0..=numbers.below(3) {
                let text = format!("{margin}  -");
                short.push_str(&text);
                long.push_str(&text);
                write(numbers, depth + 1, indent + 4, short, long);
            }
        }
        _ => {
            let function = ["Sub", "Join", "Select", "If", "GetAtt"][numbers.below(5)];
            let text = format!("\n{margin}  - 'x'\n{margin}  - [a, {{b: c}}]\n");
            short.push_str(&format!(" !{function}{text}"));
            long.push_str(&format!("\n{margin}  Fn::{function}:{text}"));
        }
    }
}

fn documents() -> impl Iterator<Item = (String, String)> {
    (0..2_000).map(|seed| {
        let (mut short, mut long) = ("a:".to_owned(), "a:".to_owned());
        write(&mut Numbers(seed), 0, 0, &mut short, &mut long);
        (short, long)
    })
}

#[test]
fn short_and_long_forms_are_equal() {
    for (short, long) in documents() {
        assert_eq!(value(&short), value(&long), "{short}");
    }
}

/// Checks each scalar of a value: its bytes are read as the same value.
fn check(node: &Node, text: &str) {
    match &node.kind {
        NodeKind::Array(array) => array.items.iter().for_each(|item| {
            assert!(node.at.contains(item.at));
            check(item, text);
        }),
        NodeKind::Object(object) => {
            for entry in &object.entries {
                assert!(node.at.contains(entry.key_at) && node.at.contains(entry.value.at), "{text}");
                check(&entry.value, text);
            }
        }
        NodeKind::Text(parts) => {
            for part in &parts.parts {
                let Part::Known { text: known, at } = part else { panic!("{part:?}") };
                assert_eq!(known, &text[at.range()]);
            }
        }
        _ => assert_eq!(value(&text[node.at.range()]), node.to_json(), "{text}"),
    }
}

#[test]
fn scalars_are_read_again_from_their_bytes() {
    for (short, _) in documents() {
        check(&parsed(&short).root.expect("it has a value"), &short);
    }
}

#[test]
fn json_documents_are_equal() {
    for (short, _) in documents() {
        let json = value(&short);
        for text in [json.to_string(), format!("{json:#}"), format!("{json:#}").replace("  ", "\t")] {
            let theirs = json_syntax::parse(&Mapped::file(FileId(0), &text)).root.expect("it has a value");
            assert_eq!(value(&text), theirs.to_json(), "{text}");
        }
    }
}

/// Damaged documents: every place is valid, and what is reported as broken is not in the tree.
#[test]
fn damaged_documents_are_read() {
    for (seed, (short, _)) in documents().enumerate() {
        let mut numbers = Numbers(seed as u64);
        let mut text = short;
        for _ in 0..=numbers.below(3) {
            let at = text.floor_char_boundary(numbers.below(text.len()));
            let end = text.ceil_char_boundary((at + numbers.below(4)).min(text.len()));
            let insert = [
                "", "\"", "'", "[", "{", "]", "}", ": ", "- ", "!", "&", "*", "\t", "\n", "\r\n", "#", "|",
                "é", "? ", "\\",
            ];
            text.replace_range(at..end, insert[numbers.below(insert.len())]);
        }
        let parsed = parsed(&text);
        assert!(parsed.errors.is_sorted_by_key(|error| error.span));
        for error in &parsed.errors {
            assert!(text.get(error.span.range()).is_some(), "{text}");
            let region = error.recovered_region();
            assert!(region.is_none_or(|region| text.get(region.range()).is_some()), "{text}");
        }
        parsed.root.iter().for_each(|root| places(root, &text));
    }
}

fn places(node: &Node, text: &str) {
    assert!(text.get(node.at.range()).is_some(), "{text:?} {node:?}");
    for item in node.as_array().into_iter().flat_map(|array| &array.items) {
        assert!(item.used.is_some() || node.at.contains(item.at), "{text:?} {item:?} in {node:?}");
        places(item, text);
    }
    for entry in node.as_object().into_iter().flat_map(|object| &object.entries) {
        assert!(node.at.contains(entry.key_at), "{text:?} {entry:?} in {node:?}");
        assert!(
            entry.value.used.is_some() || node.at.contains(entry.value.at),
            "{text:?} {entry:?} in {node:?}"
        );
        places(&entry.value, text);
    }
}
