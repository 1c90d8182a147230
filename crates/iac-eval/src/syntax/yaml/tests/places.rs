//! The places of values.

use super::*;

fn source(text: &str, path: &[&str]) -> String {
    let root = parsed(text).root.expect("it is there");
    let node = path.iter().fold(&root, |node, key| match key.parse::<usize>() {
        Ok(index) => &node.as_array().expect("it is there").items[index],
        Err(_) => node.get(key).expect("it is there"),
    });
    text[node.at.range()].to_owned()
}

#[test]
fn values_know_their_bytes() {
    let text = "a: 1 # c\nb: 'x'\nc:\n  d: [1, {e: 2}]\n\nf:\n- x\n\n- y: 1\n  z:\n\n# c\ng: !Ref h\ni: !If\n# - c\n- j\n- {k: l}\nm:\n";
    let cases: [(&[&str], &str); 14] = [
        (&["a"], "1"),
        (&["b"], "'x'"),
        (&["c"], "d: [1, {e: 2}]"),
        (&["c", "d"], "[1, {e: 2}]"),
        (&["c", "d", "1"], "{e: 2}"),
        (&["f"], "- x\n\n- y: 1\n  z:"),
        (&["f", "0"], "x"),
        (&["f", "1"], "y: 1\n  z:"),
        (&["g"], "!Ref h"),
        (&["g", "Ref"], "h"),
        (&["i"], "!If\n# - c\n- j\n- {k: l}"),
        (&["i", "Fn::If"], "- j\n- {k: l}"),
        (&["m"], ""),
        (&[], &text[..text.len() - 1]),
    ];
    for (path, expected) in cases {
        assert_eq!(source(text, path), expected, "{path:?}");
    }
    let root = parsed(text).root.expect("it is there");
    let entry = root.get("g").and_then(|g| g.entry("Ref")).expect("it is there");
    assert_eq!((entry.written.as_str(), &text[entry.key_at.range()]), ("!Ref", "!Ref"));
    assert_eq!(root.get("m").map(|m| m.at.range()), Some(text.len() - 1..text.len() - 1));
}

/// The parts of a text and the bytes of each.
fn parts(text: &str) -> Vec<(String, String)> {
    let root = parsed(text).root.expect("it is there");
    let NodeKind::Text(parts) = &root.get("a").expect("it is there").kind else { panic!("{root:?}") };
    let part = |part: &Part| match part {
        Part::Known { text: known, at } => (known.to_string(), text[at.range()].to_owned()),
        other => panic!("{other:?}"),
    };
    parts.parts.iter().map(part).collect()
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(text, source)| ((*text).to_owned(), (*source).to_owned())).collect()
}

fn same(parts: &[&str]) -> Vec<(String, String)> {
    parts.iter().map(|part| ((*part).to_owned(), (*part).to_owned())).collect()
}

#[test]
fn texts_over_several_lines_have_parts() {
    assert_eq!(parts("a: |\n  x\n    y\n\n  z\nb: 1\n"), same(&["x\n", "  y\n\n", "z\n"]));
    assert_eq!(parts("a: |-\n  x\n  y\n\nb: 1\n"), same(&["x\n", "y"]));
    assert_eq!(parts("a: |+ # c\n\n  x\n\n"), same(&["\n", "x\n\n"]));
    assert_eq!(parts("a: |2\n    x\n   y\n"), same(&["  x\n", " y\n"]));
    assert_eq!(
        parts("a: |\r\n  x\r\n  y\r\n"),
        pairs(&[("x", "x"), ("\n", "\r\n"), ("y", "y"), ("\n", "\r\n")])
    );
    assert_eq!(
        parts("a: >\n  x\n  y\n\n  z\n   w\n"),
        pairs(&[
            ("x", "x"),
            (" ", "\n"),
            ("y", "y"),
            ("\n", "\n"),
            ("z", "z"),
            ("\n", "\n"),
            (" w", " w"),
            ("\n", "\n")
        ])
    );
    assert_eq!(
        parts("a: x\n  y\n\n  z\n"),
        pairs(&[("x", "x"), (" ", "\n"), ("y", "y"), ("\n", "\n"), ("z", "z")])
    );
    assert_eq!(parts("a: 'x''  \n  y'\n"), pairs(&[("x", "x"), ("'", "''"), (" ", "\n"), ("y", "y")]));
    assert_eq!(
        parts("a: \"x\\n\\u00e9\\\n  \\ \\ud83d\\ude00\n  y\"\n"),
        pairs(&[
            ("x", "x"),
            ("\n", "\\n"),
            ("é", "\\u00e9"),
            (" ", "\\ "),
            ("😀", "\\ud83d\\ude00"),
            (" ", "\n"),
            ("y", "y")
        ])
    );
    assert_eq!(parts("a: |\n  x"), same(&["x"]));
}

#[test]
fn json_in_a_block_has_the_places_of_its_bytes() {
    let text = "a: !Sub |\n    {\n      \"Statement\": [{\"Effect\": \"Allow\"}]\n    }\nb: 1\n";
    let root = parsed(text).root.expect("it is there");
    let NodeKind::Text(parts) =
        &root.get("a").expect("it is there").get("Fn::Sub").expect("it is there").kind
    else {
        panic!("{root:?}")
    };
    let mut mapped = Mapped::empty();
    for part in &parts.parts {
        let Part::Known { text, at } = part else { panic!("{part:?}") };
        mapped.push(text, *at);
    }
    let policy = json_syntax::parse(&mapped).root.expect("it is there");
    let statements = policy.get("Statement").expect("it is there");
    let effect = statements.as_array().expect("it is there").items[0].get("Effect").expect("it is there");
    assert_eq!(&text[effect.at.range()], "\"Allow\"");
    assert_eq!(&text[statements.at.range()], "[{\"Effect\": \"Allow\"}]");
}

#[test]
fn comments_and_extents_work_with_tags() {
    let text = "a: !If # c\n  - x # d\n  - !Sub |\n    # not\n    y\nb: !Re\n";
    let found: Vec<&str> = comments(text).into_iter().map(|range| &text[range]).collect();
    assert_eq!(found, ["# c", "# d"]);
    assert_eq!(&text[..extent(text, 0)], text[..text.find("\nb").expect("it is there")].to_owned());
    let many = "# c\n".repeat(500);
    assert_eq!(comments(&format!("a:\n{many}  b: 1\n")).len(), 500);
}

#[test]
fn members_and_items_end_where_less_is_indented() {
    let text = "a:\n- b: 1\n  c:\n    - 2\n\n# x\n- d: 3\ne: 4\n";
    let of = |what: &str| {
        let start = text.find(what).unwrap_or_default();
        &text[start..extent(text, start)]
    };
    assert_eq!(of("a:"), "a:\n- b: 1\n  c:\n    - 2\n\n# x\n- d: 3");
    assert_eq!(of("- b"), "- b: 1\n  c:\n    - 2");
    assert_eq!(of("c:"), "c:\n    - 2");
    assert_eq!(of("e:"), "e: 4");
}

#[test]
fn lines_of_quoted_strings_need_no_indentation() {
    let text = "P:\n  a: !Sub '{\n      \"x\":\n\n 1\n  }'\n  b: \"x\n\ty\"\n  c: 1\n";
    let found = value(text);
    assert_eq!(found, json!({"P": {"a": {"Fn::Sub": "{ \"x\":\n1 }"}, "b": "x y", "c": 1}}));
    let parts = parts("b: 1\na: 'x\ny''\n\nz'\n");
    assert_eq!(parts, pairs(&[("x", "x"), (" ", "\n"), ("y", "y"), ("'", "''"), ("\n", "\n\n"), ("z", "z")]));
}
