//! Compares the HCL parser with hcl-edit: on correct text, both have the same tree. `examples/compare_hcl.rs` does the same for
//! the files of a directory.

#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::fs;
use std::path::{Path, PathBuf};

use iac_eval::source::FileId;
use iac_eval::syntax::hcl;

#[path = "differential/outline.rs"]
mod outline;

/// The `.tf` files below a directory, and the HCL examples of its Markdown documents.
fn texts(directory: &Path, texts: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            self::texts(&path, texts);
        } else if path.extension().is_some_and(|end| end == "tf") {
            texts.push((path.clone(), fs::read_to_string(&path).unwrap()));
        } else if path.extension().is_some_and(|end| end == "md") {
            let document = fs::read_to_string(&path).unwrap();
            let blocks = document.split("\n```hcl").skip(1).filter_map(|rest| rest.split_once('\n'));
            let blocks =
                blocks.filter_map(|(_, text)| text.split_once("\n```").map(|(text, _)| format!("{text}\n")));
            texts.extend(blocks.map(|text| (path.clone(), text)));
        }
    }
}

#[test]
fn correct_text_has_the_same_tree_in_both_parsers() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut all = Vec::new();
    ["examples", "rules", "tests/cases"].iter().for_each(|directory| texts(&root.join(directory), &mut all));
    let mut compared = 0;
    for (path, text) in &all {
        let Ok(expected) = hcl_edit::parser::parse_body(text) else { continue };
        let parsed = hcl::parse(FileId(0), text);
        assert_eq!(parsed.errors, [], "{}\n{text}", path.display());
        assert_eq!(
            outline::of_body(&parsed.body),
            outline::of_hcl_edit(&expected),
            "{}\n{text}",
            path.display()
        );
        compared += 1;
    }
    assert!(compared > 200, "{compared}");
}

/// Text that Terraform accepts and hcl-edit rejects, or reads in another way.
const TERRAFORM_ONLY: [&str; 8] = [
    "a = { x = 1, x = 2 }\n",
    "\u{FEFF}a = 1\n",
    "a = <<EOF\nEOF\"\nEOF not the end\n  EOF\nb = 1\n",
    "a = { for k, v in m : k => c\n ? a\n : b }\n",
    "a = [for v in m :\n v\n if v != null\n]\n",
    "a = (\n b\n && c\n)\n",
    "a = f(\n b...\n)\n",
    "a = 1 /* b */ # c\n",
];

#[test]
fn text_that_only_terraform_accepts_has_no_errors() {
    for text in TERRAFORM_ONLY {
        assert_eq!(hcl::parse(FileId(0), text).errors, [], "{text}");
    }
}

/// Text that Terraform rejects, with the error.
const REJECTED: [(&str, &str); 16] = [
    ("a = 1 b = 2\n", "expected the end of the line, found `b`"),
    ("a = [1 2]\n", "expected `]`, found `2`"),
    ("a = { b = 1 c = 2 }\n", "expected `}`, found `c`"),
    ("a = { b 1 }\n", "expected `=`, found `1`"),
    ("a = b ? c\n", "expected `:`, found the end of the line"),
    ("a = b +\n c\n", "expected a value, found the end of the line"),
    ("a = f(1 2)\n", "expected `)`, found `2`"),
    ("a = \"\\d\"\n", "invalid escape sequence `\\d`"),
    ("a = \"${b c}\"\n", "expected `}`, found `c`"),
    ("a = \"%{ if b }c\"\n", "this directive has no `%{endif}`"),
    ("a = \"%{ endif }\"\n", "`%{endif}` has no matching directive before it"),
    ("a = <<EOF\nb\n", "this heredoc is never closed by a line with `EOF` alone"),
    ("a = { for k, v in m : v }\n", "expected `=>`, found `}`"),
    ("a = b.\n", "expected an attribute name, found the end of the line"),
    ("b { c = 1, d = 2 }\n", "expected the end of the line, found `,`"),
    ("b \"x\" \"y\"\n", "expected `{`, found the end of the line"),
];

#[test]
fn errors_name_what_was_expected() {
    for (text, expected) in REJECTED {
        let first = hcl::parse(FileId(0), text).errors.into_iter().next().map(|error| error.message);
        assert_eq!(first.as_deref(), Some(expected), "{text}");
    }
}
