use super::*;
use crate::source::FileId;

fn read(text: &str) -> Parsed {
    parse(&Mapped::file(FileId(0), text))
}

fn errors_of(text: &str) -> Vec<(String, String)> {
    let errors = read(text).errors.into_iter();
    errors.map(|error| (text[error.span.range()].to_owned(), error.message)).collect()
}

fn one(text: &str, place: &str, message: &str) {
    assert_eq!(errors_of(text), [(place.to_owned(), message.to_owned())], "{text}");
}

/// Converts the node to a `serde_json` value.
fn value(node: &Node) -> serde_json::Value {
    use serde_json::Value;
    match &node.kind {
        NodeKind::Null => Value::Null,
        NodeKind::Bool(flag) => (*flag).into(),
        NodeKind::Number(text) => serde_json::from_str(text).unwrap_or_default(),
        NodeKind::String(text) => text.as_str().into(),
        NodeKind::Text(_) | NodeKind::Unknown(_) => "?".into(),
        NodeKind::Array(array) => array.items.iter().map(value).collect(),
        NodeKind::Object(object) => {
            object.entries.iter().map(|entry| (entry.key.to_string(), value(&entry.value))).collect()
        }
    }
}

const TASK: &str = r#"{
  "family": "web",
  "cpu": "256",
  "requiresCompatibilities": ["FARGATE"],
  "containerDefinitions": [
    {
      "name": "web",
      "image": "nginx:1.27",
      "essential": true,
      "memory": 128,
      "command": ["sh", "-c", "echo \"a\\b\" \u00e9"],
      "portMappings": [{ "containerPort": 80, "hostPort": 0 }],
      "environment": [],
      "ulimits": null,
      "x": -1.5e3
    }
  ]
}
"#;

#[test]
fn a_strict_text_reads_as_serde_json_reads_it() {
    let parsed = read(TASK);
    assert!(parsed.errors.is_empty());
    let expected: serde_json::Value = serde_json::from_str(TASK).unwrap_or_default();
    assert_eq!(parsed.root.map(|root| value(&root)), Some(expected));
}

#[test]
fn places_are_the_bytes_of_the_text() {
    let text = "\u{FEFF}{ \"port\": 80, \"name\": \"ü\" }\r\n";
    let root = read(text).root.unwrap_or_else(|| panic!("there is a value"));
    let place =
        |key: &str| root.entry(key).map(|entry| (&text[entry.key_at.range()], &text[entry.value.at.range()]));
    assert_eq!(place("port"), Some(("\"port\"", "80")));
    assert_eq!(place("name"), Some(("\"name\"", "\"ü\"")));
}

#[test]
fn each_mistake_is_reported_once() {
    one("[1, 2,]", ",", "trailing commas are not allowed in JSON");
    one("[,1]", ",", "unexpected comma: there is no value before it");
    one("[1 2]", "2", "missing comma before this");
    one("{\"a\": 1 \"b\": 2}", "\"", "missing comma before this");
    one("{\"a\" 1}", "\"a\" ", "missing colon after this key");
    one("{a: 1}", "a", "the key `a` must be quoted");
    one("['a']", "'a'", "strings must be enclosed in double quotes");
    one("{\"a\": True}", "True", "`True` is not a valid JSON value");
    one("{\"a\": 01}", "01", "`01` is not a valid JSON value");
    one("{\"a\": [1, 2}", "[", "this `[` is never closed");
    one("{\"a\": 1", "{", "this `{` is never closed");
    one("{\"a\": \"b\n}", "\"", "this string is never closed");
    one("{} x", "x", "unexpected text after the end of the document: `x`");
    one("pwn.js", "pwn.js", "`pwn.js` is not a valid JSON value");
    one("[\"\\x\"]", "\\x", "`\\x` is not a valid JSON escape sequence");
    one("[\"a\tb\"]", "\t", "control characters are not allowed in a string");
    one("{\"a\": }", "\"", "missing value for this key");
    one("// x\n[1] /* y */", "// x", "comments are not allowed in JSON");
}

#[test]
fn a_key_given_twice_counts_the_last_time() {
    let text = "{\"cpu\": 1, \"cpu\": 2}";
    let parsed = read(text);
    assert_eq!(parsed.errors.len(), 1);
    assert_eq!(parsed.errors[0].kind, SyntaxErrorKind::Ignored);
    let root = parsed.root.unwrap_or_else(|| panic!("there is a value"));
    assert_eq!(root.get("cpu").map(|cpu| &text[cpu.at.range()]), Some("2"));
}

#[test]
fn placeholders_are_unknown_values_and_no_mistakes() {
    for placeholder in [
        "${X}",
        "$PORT",
        "$(X)",
        "{{ x }}",
        "{{ must_env `X` }}",
        "<X>",
        "%PORT%",
        "@PORT@",
        "$$PORT$$",
        "1${X}",
    ] {
        let text = format!("{{\"a\": {placeholder}, \"b\": [{placeholder}], \"c\": 1}}");
        let parsed = read(&text);
        assert_eq!(parsed.errors, [], "{text}");
        let root = parsed.root.unwrap_or_else(|| panic!("there is a value"));
        assert!(matches!(root.get("a").map(|a| &a.kind), Some(NodeKind::Unknown(_))), "{text}");
        assert!(root.get("c").is_some(), "{text}");
    }
}

#[test]
fn placeholders_may_bring_members_with_them() {
    let parsed = read("{ \"a\": [$ONE $TWO, { \"b\": 1, ${MORE} }] }");
    assert_eq!(parsed.errors, []);
    let parsed = read("[\n  $SIDECAR\n  {\"name\": \"a\"}\n]");
    assert_eq!(parsed.errors, []);
}

#[test]
fn a_string_with_a_placeholder_is_known_in_part() {
    let text = r#"["repo/${IMAGE}:1"]"#;
    let root = read(text).root.unwrap_or_else(|| panic!("there is a value"));
    let NodeKind::Array(array) = root.kind else { panic!("it is a list") };
    let NodeKind::Text(parts) = &array.items[0].kind else { panic!("it is known in part") };
    assert_eq!(parts.known(), None);
    assert_eq!(parts.known_start(), "repo/");
}

#[test]
fn a_template_in_a_string_has_quotes_of_its_own() {
    let parsed = read(r#"{"image": "web:{{ printf "%.8s" .Tag }}", "cpu": 1, "a": {"b": {"c": "{{"}}}"#);
    assert_eq!(parsed.errors, []);
    let parsed = read("{\"a\": \"[your role]\", \"b\": \"#{deploy.Name}-x\", \"c\": \"[ -f x ]\"}");
    let root = parsed.root.unwrap_or_else(|| panic!("there is a value"));
    assert!(matches!(root.get("a").map(|a| &a.kind), Some(NodeKind::Text(_))));
    assert!(matches!(root.get("c").map(|c| &c.kind), Some(NodeKind::String(_))));
}

#[test]
fn what_spoils_the_rest_of_a_file_is_told_once() {
    let conflict = "{\n<<<<<<< HEAD\n \"a\": 1,\n=======\n \"a\": 2,\n>>>>>>> main\n \"b\": 3\n}";
    let parsed = read(conflict);
    assert_eq!(parsed.errors.len(), 1);
    assert!(parsed.root.is_some_and(|root| root.get("b").is_some()));
    assert_eq!(read(&conflict.replace("<<<<<<< HEAD\n", "")).errors.len(), 1);
    let parsed = read("{ \"a\": \"x\n\",\n \"b\": 1 }");
    assert_eq!(parsed.errors.len(), 1, "{:?}", parsed.errors);
}

#[test]
fn surrogates_are_joined_and_lone_ones_replaced() {
    let root = read(r#"["\ud83d\ude00", "\ud83d"]"#).root.unwrap_or_else(|| panic!("there is a value"));
    assert_eq!(value(&root), serde_json::json!(["😀", "\u{FFFD}"]));
}

#[test]
fn nesting_is_bounded() {
    for open in ["[", "{\"a\":"] {
        let parsed = read(&open.repeat(100_000));
        assert!(parsed.errors.iter().any(|error| error.message.contains("128 levels deep")));
    }
}

#[test]
fn an_empty_text_has_no_value() {
    assert!(read(" \r\n").root.is_none());
    assert!(read("").errors.is_empty());
}

#[test]
fn no_mutation_panics_or_leaves_the_text() {
    for (at, _) in TASK.char_indices() {
        let (before, after) = TASK.split_at(at);
        let next = after.chars().next().map_or(0, char::len_utf8);
        let mut texts =
            vec![format!("{before}{}", &after[next..]), format!("{before}{}{after}", &after[..next])];
        texts.extend(
            ["{", "}", "[", "]", ",", ":", "\"", "\\", "$", "<", "é"]
                .map(|with| format!("{before}{with}{}", &after[next..])),
        );
        for text in texts {
            let parsed = read(&text);
            check_places(&text, parsed.root.as_ref());
            let strict = serde_json::from_str::<serde_json::Value>(&text).is_ok();
            let rejected = parsed.errors.iter().find(|error| error.kind != SyntaxErrorKind::Ignored);
            assert!(parsed.errors.iter().all(|error| text.get(error.span.range()).is_some()), "{text}");
            assert!(!strict || rejected.is_none(), "{rejected:?} in {text}");
            assert!(
                strict || !parsed.errors.is_empty() || text.contains(['$', '<']),
                "nothing said of {text}"
            );
        }
    }
}

fn check_places(text: &str, node: Option<&Node>) {
    let Some(node) = node else { return };
    assert!(text.get(node.at.range()).is_some(), "{:?} of {text}", node.at);
    match &node.kind {
        NodeKind::Array(array) => array.items.iter().for_each(|item| check_places(text, Some(item))),
        NodeKind::Object(object) => object.entries.iter().for_each(|entry| {
            assert!(text.get(entry.key_at.range()).is_some());
            check_places(text, Some(&entry.value));
        }),
        _ => {}
    }
}

#[test]
fn a_key_given_twice_hides_no_text_behind_the_document() {
    let text = r#"{ "a": 1, "a": 2 } x"#;
    let places: Vec<String> = errors_of(text).into_iter().map(|(place, _)| place).collect();
    assert_eq!(places, ["\"a\"", "x"]);
}

#[test]
fn a_bracket_that_closes_nothing_is_told_once() {
    one("[1 }, 2]", "}", "this `}` has no matching opening bracket");
    one("{\"a\": 1 ], \"b\": 2}", "]", "this `]` has no matching opening bracket");
    one("[:]", ":", "unexpected text: `:]`");
    let places: Vec<String> =
        errors_of("{\"a\": 1 ], \"b\": 2,}").into_iter().map(|(place, _)| place).collect();
    assert_eq!(places, ["]", ","]);
}

#[test]
fn a_plan_may_have_more_values_than_other_files() {
    let many = format!("[{}1]", "1,".repeat(MAX_VALUES));
    let limits =
        |text: &str| read(text).errors.iter().filter(|error| error.kind == SyntaxErrorKind::Limit).count();
    assert_eq!(limits(&format!("{{\"format_version\": \"1.2\", \"a\": {many}}}")), 0);
    assert_eq!(limits(&format!("{{\"version\": \"1.2\", \"a\": {many}}}")), 1);
}

#[test]
fn errors_are_in_the_order_of_the_text() {
    for text in [
        "[1,, 2",
        "{\"a\": [1,, 2}",
        "{\"a\": \"b, \"c\": 1,}",
        "[{\"a\" 1}, [2,, 3",
        "{\"a\": 1, \"a\": 2,, \"b\": [}",
    ] {
        let errors = read(text).errors;
        assert!(errors.len() > 1, "{text}: {errors:?}");
        assert!(errors.is_sorted_by_key(|error| error.span), "{text}: {errors:?}");
    }
}
