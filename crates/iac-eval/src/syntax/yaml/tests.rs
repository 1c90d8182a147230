//! Tests of documents that people write.

use serde_json::{Value, json};

use super::*;
use crate::source::FileId;
use crate::syntax::{SyntaxErrorKind, json as json_syntax};
use crate::value::{NodeKind, Part};

mod places;
mod properties;
mod recovery;

fn parsed(text: &str) -> Parsed {
    document(&Mapped::file(FileId(0), text))
}

/// The value of a text that has no errors.
fn value(text: &str) -> Value {
    let parsed = parsed(text);
    assert_eq!(parsed.errors, [], "{text}");
    parsed.root.map_or(Value::Null, |root| root.to_json())
}

#[test]
fn short_forms_become_long_forms() {
    let pairs = [
        ("a: !Ref b", "a: { Ref: b }"),
        ("a: !Condition b", "a:\n  Condition: b"),
        ("a: !GetAtt b.c.d", "a: { 'Fn::GetAtt': b.c.d }"),
        ("a: !Sub ${b}-c", "a:\n  Fn::Sub: ${b}-c"),
        ("a: !Sub\n- x\n- b: !Ref c", "a:\n  Fn::Sub:\n    - x\n    - b:\n        Ref: c"),
        ("a: !Sub |\n  x\n  y\n", "a:\n  Fn::Sub: |\n    x\n    y\n"),
        ("- !If [c, !Ref AWS::NoValue, {A: 1}]", "- Fn::If:\n    - c\n    - Ref: AWS::NoValue\n    - A: 1"),
        ("a: !Base64\n  Fn::Sub: x", "a: { Fn::Base64: { Fn::Sub: x } }"),
        (
            "a: !Join\n  # c\n  - ''\n  - [b, !Select [0, !Ref d]]",
            "a: {Fn::Join: ['', [b, {Fn::Select: [0, {Ref: d}]}]]}",
        ),
        ("a: !GetAZs ''", "a: {Fn::GetAZs: ''}"),
        ("a: !GetAZs", "a: {Fn::GetAZs: ''}"),
        ("a: !Ref 012345678901", "a: {Ref: '012345678901'}"),
        ("a: !Equals\n  - !Ref b\n  - yes", "a: {Fn::Equals: [{Ref: b}, true]}"),
        ("!Transform {Name: x}", "Fn::Transform: {Name: x}"),
        ("a: &b !Ref c\nd: *b", "a: {Ref: c}\nd: {Ref: c}"),
    ];
    for (short, long) in pairs {
        assert_eq!(value(short), value(long), "{short}");
    }
}

#[test]
fn tags_of_yaml_give_types() {
    let text = "- !!str 1\n- !!int '1'\n- !!float 1.5\n- !!bool 'yes'\n- !!null ''\n- !!binary aGk=\n- ! 1\n- !!map {a: 1}\n- !!str\n";
    assert_eq!(value(text), json!(["1", 1, 1.5, true, null, "aGk=", "1", {"a": 1}, ""]));
}

#[test]
fn scalars_have_the_types_of_aws() {
    let cases = [
        ("yes", json!(true)),
        ("No", json!(false)),
        ("ON", json!(true)),
        ("off", json!(false)),
        ("True", json!(true)),
        ("FALSE", json!(false)),
        ("tRue", json!("tRue")),
        ("y", json!("y")),
        ("N", json!("N")),
        ("~", json!(null)),
        ("Null", json!(null)),
        ("010", json!(8)),
        ("0x10", json!(16)),
        ("1_000", json!(1000)),
        ("0o17", json!("0o17")),
        ("12e3", json!("12e3")),
        ("2020-01-01", json!("2020-01-01")),
        ("1:30", json!("1:30")),
        ("+5", json!(5)),
        ("-5", json!(-5)),
        ("089", json!("089")),
        ("0", json!(0)),
        ("1.50", json!(1.5)),
        (".5", json!(0.5)),
        ("1.5e+3", json!(1500.0)),
        ("1.5e3", json!("1.5e3")),
        ("1.2.3", json!("1.2.3")),
        (".", json!(".")),
        ("-", json!([null])),
        ("+", json!("+")),
        ("_1", json!("_1")),
        ("1-2", json!("1-2")),
        ("0x", json!("0x")),
        ("0x_", json!("0x_")),
    ];
    for (text, expected) in cases {
        assert_eq!(value(text), expected, "{text}");
    }
    let kept = parsed("1.50").root.map(|root| root.kind);
    assert_eq!(kept, Some(NodeKind::Number("1.50".into())));
}

#[test]
fn keys_are_the_text_as_written() {
    assert_eq!(value("on: 1\n012: 2\n'~': 3\n1.50: 4"), json!({"on": 1, "012": 2, "~": 3, "1.50": 4}));
    let parsed = parsed("[a, b]: 1\n{x: 1}: 2\nc: 3\n? d\n: 4\n*n : 5\n");
    let messages: Vec<&str> = parsed.errors.iter().map(|error| error.message.as_str()).collect();
    assert_eq!(
        messages,
        ["a key must be a string", "a key must be a string", "there is no anchor `&n` before this alias"]
    );
    assert_eq!(parsed.root.map(|root| root.to_json()), Some(json!({"c": 3, "d": 4, "$more": true})));
}

#[test]
fn anchors_and_merge_keys_are_followed() {
    let text = "x: &x {a: 1, b: 2}\ny: &y\n  b: 3\n  c: 4\nz:\n  <<: [*x, *y]\n  c: 5\nw:\n  a: 0\n  <<: *x\nv: *x\n'<<': 1\n";
    let found = value(text);
    assert_eq!(found["z"], json!({"a": 1, "b": 2, "c": 5}));
    assert_eq!(found["w"], json!({"a": 0, "b": 2}));
    assert_eq!(found["v"], json!({"a": 1, "b": 2}));
    let root = parsed(text).root.expect("it is there");
    let alias = root.get("v").expect("it is there");
    assert_eq!(&text[alias.at.range()], "{a: 1, b: 2}");
    assert_eq!(alias.used.map(|used| &text[used.range()]), Some("*x"));
}

#[test]
fn aliases_without_an_anchor_are_unknown() {
    let parsed = parsed("a: &a [*a]\nb: *c\nd: 1\n");
    let messages: Vec<&str> = parsed.errors.iter().map(|error| error.message.as_str()).collect();
    assert_eq!(
        messages,
        ["this alias refers to a value that contains it", "there is no anchor `&c` before this alias"]
    );
    assert_eq!(parsed.root.expect("it is there").get("d").map(Node::to_json), Some(json!(1)));
}

#[test]
fn duplicate_keys_are_reported_at_the_first() {
    let text = "a: 1\nb: 2\na: 3\n";
    let parsed = parsed(text);
    let [error] = &parsed.errors[..] else { panic!("{:?}", parsed.errors) };
    assert_eq!(error.message, "duplicate key `a`: only the last value is used");
    assert_eq!((error.kind, error.span.start), (SyntaxErrorKind::Ignored, 0));
    let root = parsed.root.expect("it is there");
    assert_eq!(root.get("a").map(Node::to_json), Some(json!(3)));
    assert_eq!(root.as_object().map(|object| object.entries.len()), Some(3));
}

#[test]
fn line_ends_marks_and_documents_are_read() {
    assert_eq!(value("\u{feff}a: 1\r\nb:\r\n  - x\r\n"), json!({"a": 1, "b": ["x"]}));
    assert_eq!(value("%YAML 1.1\n---\na: 1\n...\n---\nb: ["), json!({"a": 1}));
    assert_eq!(value("# c\na: # c\n  # c\n  b: 1 # c\n# c\n"), json!({"a": {"b": 1}}));
    assert_eq!(
        value("a:\nb:\n-\n- ~\nc: {d, e: }"),
        json!({"a": null, "b": [null, null], "c": {"d": null, "e": null}})
    );
    assert_eq!(value(""), Value::Null);
    assert_eq!(value("---\n"), Value::Null);
    let comments = "# c\n".repeat(500);
    assert_eq!(value(&format!("a:\n{comments}  b: 1\n")), json!({"a": {"b": 1}}));
}

#[test]
fn tabs_cannot_indent() {
    let tabs = parsed("a:\n\tb: 1\n\tc:\n\t\td: 2\n");
    let messages: Vec<&str> = tabs.errors.iter().map(|error| error.message.as_str()).collect();
    assert_eq!(messages, ["tabs cannot indent YAML"]);
    assert_eq!(tabs.root.map(|root| root.to_json()), Some(json!({"a": {"b": 1, "c": {"d": 2}}})));
    let mixed = parsed("a:\n  b: 1\n\tc: 3\n  d: 2\ne: 1\n");
    let messages: Vec<&str> = mixed.errors.iter().map(|error| error.message.as_str()).collect();
    assert_eq!(messages, ["tabs cannot indent YAML"]);
    assert_eq!(
        mixed.root.map(|root| root.to_json()),
        Some(json!({"a": {"b": 1, "d": 2, "$more": true}, "e": 1}))
    );
}

#[test]
fn json_is_read_like_json() {
    let texts = [
        r#"{"a": [1, -2, 1.5, true, false, null, "x\n\"\u00e9\ud83d\ude00"], "b": {}, "c": [], "d": {"e": ["", {}]}}"#,
        "{\n\t\"a\": [\n\t\t1,\n\t\t{ \"b\": \"${c}\" }\n\t],\n\t\"d\" : \"e: f # g\"\n}\n",
        "[]",
        "\"x\"",
        "{\"a\":1,\"b\":[{\"c\":\"d\"}]}",
    ];
    for text in texts {
        let theirs = json_syntax::parse(&Mapped::file(FileId(0), text));
        let ours = parsed(text);
        assert_eq!(ours.errors, []);
        let (ours, theirs) = (ours.root.expect("it is there"), theirs.root.expect("it is there"));
        // A placeholder is unknown in JSON, which another program turns into JSON. It is text in YAML.
        let standard: Value = serde_json::from_str(text).expect("it is there");
        assert_eq!(ours.to_json(), standard);
        assert_eq!(ours.at, theirs.at);
    }
}

#[test]
fn limits_stop_the_reading() {
    let deep = format!("{}1{}", "[".repeat(100), "]".repeat(100));
    let wide = "- 1\n".repeat(250_002);
    let laughs = (1..30).fold("a0: &a0 [x]\n".to_owned(), |text, i| {
        let before = i - 1;
        format!("{text}a{i}: &a{i} [*a{before}, *a{before}]\n")
    });
    let chain =
        (1..100).fold("a0: &a0 [x]\n".to_owned(), |text, i| format!("{text}a{i}: &a{i} [*a{}]\n", i - 1));
    for text in [deep, wide, laughs, chain] {
        let parsed = parsed(&text);
        let kinds: Vec<SyntaxErrorKind> = parsed.errors.iter().map(|error| error.kind).collect();
        assert_eq!(kinds, [SyntaxErrorKind::Limit]);
        assert!(parsed.root.is_some());
    }
}
