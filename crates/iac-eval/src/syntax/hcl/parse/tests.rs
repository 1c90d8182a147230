use super::*;
use crate::syntax::hcl::{Part, Step};

fn read(text: &str) -> Parsed {
    parse(FileId(0), text)
}

fn errors_of(text: &str) -> Vec<(usize, String)> {
    let errors = read(text).errors.into_iter();
    errors.map(|error| (text[..error.span.range().start].lines().count().max(1), error.message)).collect()
}

fn slice(text: &str, at: Span) -> &str {
    &text[at.range()]
}

const SERVICE: &str = r#"resource "aws_ecs_service" "web" {
  name            = "web" # the name
  task_definition = "${aws_ecs_task_definition.web.family}:${var.revision}"
  desired_count   = var.count > 1 ? var.count : 1
  subnets         = aws_subnet.private[*].id
  tags            = { for k, v in var.tags : k => upper(v) if v != "" }

  load_balancer {
    target_group_arn = aws_lb_target_group.web.0.arn
    container_port   = -80
  }
}

locals {
  containers = <<-EOT
    [
      { "name": "web", "image": "${var.image}" }
    ]
  EOT
}
"#;

#[test]
fn every_part_has_its_place() {
    let parsed = read(SERVICE);
    assert_eq!(parsed.errors, []);
    let service = &parsed.body.blocks[0];
    assert_eq!(slice(SERVICE, service.header), "resource \"aws_ecs_service\" \"web\"");
    let name = service
        .body
        .attribute("name")
        .map(|name| (slice(SERVICE, name.name_at), slice(SERVICE, name.value.at)));
    assert_eq!(name, Some(("name", "\"web\"")));
    assert_eq!(slice(SERVICE, service.body.blocks[0].header), "load_balancer");
    let port =
        service.body.blocks[0].body.attribute("container_port").map(|port| slice(SERVICE, port.value.at));
    assert_eq!(port, Some("-80"));
    let Some(ExprKind::Traversal(_, steps)) =
        service.body.blocks[0].body.attribute("target_group_arn").map(|attribute| &attribute.value.kind)
    else {
        panic!("it is a traversal")
    };
    assert!(matches!(steps.as_slice(), [Step::Attribute(..), Step::Index(_), Step::Attribute(..)]));
}

#[test]
fn the_lines_of_a_heredoc_stand_byte_for_byte() {
    let parsed = read(SERVICE);
    let Some(ExprKind::Template(parts)) =
        parsed.body.blocks[1].body.attribute("containers").map(|attribute| &attribute.value.kind)
    else {
        panic!("it is a template")
    };
    let mut text = String::new();
    for part in parts {
        match part {
            Part::Literal(literal, at) => {
                assert_eq!(slice(SERVICE, *at), literal);
                text.push_str(literal);
            }
            _ => text.push('?'),
        }
    }
    assert_eq!(text, "[\n  { \"name\": \"web\", \"image\": \"?\" }\n]\n");
}

#[test]
fn escapes_are_parts_of_their_own() {
    let text = "a = \"x\\\"y$${z}\"\n";
    let parsed = read(text);
    let ExprKind::Template(parts) = &parsed.body.attributes[0].value.kind else { panic!("it is in parts") };
    let literals: Vec<(&str, &str)> = parts
        .iter()
        .filter_map(|part| match part {
            Part::Literal(literal, at) => Some((literal.as_str(), slice(text, *at))),
            _ => None,
        })
        .collect();
    assert_eq!(literals, [("x", "x"), ("\"", "\\\""), ("y", "y"), ("${", "$${"), ("z}", "z}")]);
}

#[test]
fn strip_markers_take_the_white_space_beside_them() {
    let text = "a = \"x ${~ b ~} y\"\n";
    let parsed = read(text);
    let ExprKind::Template(parts) = &parsed.body.attributes[0].value.kind else { panic!("it is a template") };
    assert!(matches!(&parts[0], Part::Literal(text, _) if text == "x"));
    assert!(matches!(&parts[2], Part::Literal(text, _) if text == "y"));
}

#[test]
fn a_mark_at_the_start_of_the_file_and_crlf_keep_places_right() {
    let text = "\u{FEFF}a = 1\r\nb = \"x\"\r\n";
    let parsed = read(text);
    assert_eq!(parsed.errors, []);
    assert_eq!(slice(text, parsed.body.attributes[1].value.at), "\"x\"");
}

#[test]
fn a_broken_attribute_loses_itself_alone() {
    let text = "resource \"a\" \"b\" {\n  x = = 1\n  y = 2\n}\nresource \"c\" \"d\" {\n  z = 3\n}\n";
    let parsed = read(text);
    assert_eq!(errors_of(text), [(2, "expected a value, found `=`".to_owned())]);
    assert_eq!(parsed.body.blocks.len(), 2);
    assert!(parsed.body.blocks[0].body.attribute("y").is_some());
    let x = parsed.body.blocks[0].body.attribute("x").map(|x| x.value.kind.clone());
    assert_eq!(x, Some(ExprKind::Unparsed));
}

#[test]
fn each_mistake_is_reported_at_its_place() {
    let one = |text: &str, line: usize, message: &str| {
        assert_eq!(errors_of(text), [(line, message.to_owned())], "{text}")
    };
    one("a = {\n b = 1\n", 1, "this `{` is never closed");
    one("resource \"a\" \"b\" {\n  x = 1\n\nresource \"c\" \"d\" {\n}\n", 1, "this `{` is never closed");
    one("a = \"b\nc = 1\n", 1, "this string is never closed on its line");
    one("a = 1\na = 2\n", 1, "`a` is already set in this block");
    one("x {\n  a = 1,\n}\n", 2, "expected the end of the line, found `,`");
    one("a = [1 2]\n", 1, "expected `]`, found `2`");
}

#[test]
fn what_terraform_accepts_is_no_mistake() {
    let deep = format!("a = {}{}\n", "[".repeat(70), "]".repeat(70));
    for text in [
        "a = { x = 1, x = 2 }\n",
        "\u{FEFF}a = 1\n",
        "a = <<EOF\nEOF not the end\nEOF\nb = 1\n",
        &deep,
        "a = 1",
    ] {
        assert_eq!(errors_of(text), [], "{text}");
    }
}

#[test]
fn a_large_object_takes_no_time() {
    let items: String = (0..60_000).map(|key| format!("  k{key} = {key}\n")).collect();
    let parsed = read(&format!("a = {{\n{items}}}\nb = 1\n"));
    assert_eq!(parsed.errors, []);
    assert_eq!(parsed.body.attributes.len(), 2);
}

#[test]
fn nesting_is_bounded() {
    for open in ["a {\n", "a = [", "a = \"${", "a = {\n"] {
        let _ = read(&open.repeat(20_000));
    }
}

#[test]
fn no_mutation_panics_or_leaves_the_text() {
    for (at, _) in SERVICE.char_indices().step_by(3) {
        let (before, after) = SERVICE.split_at(at);
        for with in ["", "{", "}", "[", "\"", "=", "${", ",", "(", "é"] {
            let text = format!("{before}{with}{}", &after[1..]);
            let parsed = read(&text);
            assert!(parsed.errors.iter().all(|error| text.get(error.span.range()).is_some()), "{text}");
            check_places(&text, &parsed.body);
        }
    }
}

fn check_places(text: &str, body: &Body) {
    for attribute in &body.attributes {
        assert!(
            text.get(attribute.name_at.range()).is_some() && text.get(attribute.value.at.range()).is_some()
        );
    }
    for block in &body.blocks {
        assert!(text.get(block.header.range()).is_some() && text.get(block.at.range()).is_some());
        check_places(text, &block.body);
    }
}

#[test]
fn what_an_error_may_hide_is_open_and_the_rest_is_not() {
    // Of the file, of the first block, and of the block in it.
    let open = |text: &str| {
        let body = read(text).body;
        let block = body.blocks[0].body.clone();
        let inner = block.blocks.first().map(|inner| inner.body.more);
        (body.more, block.more, inner)
    };
    use More::{Maybe, No};
    assert_eq!(open("a {\n  b {\n    c = 1\n  }\n}\n"), (No, No, Some(No)));
    assert_eq!(open("a {\n  b {\n    c = = 1\n  }\n}\n"), (No, Maybe, Some(Maybe)));
    assert_eq!(open("a {\n  b = = 1\n}\n"), (No, Maybe, None));
    assert_eq!(open("a {\n  b {\n    c = 1\n}\n"), (No, Maybe, Some(Maybe)));
    assert_eq!(open("a {\n  c = 1\n}\nb = = 1\n"), (No, No, None));
}

#[test]
fn an_exponent_has_digits() {
    assert_eq!(errors_of("a = 1e3\nb = 1.5E-2\nc = 2e+1\n"), []);
    for number in ["1e", "1e+", "1ex"] {
        assert_eq!(errors_of(&format!("a = {number}\n")).len(), 1, "{number}");
    }
}

#[test]
fn a_message_names_the_word_or_the_character_that_was_found() {
    let one = |text: &str| errors_of(text).into_iter().map(|(_, message)| message).collect::<Vec<_>>();
    for (text, found) in
        [("a = 1 other-word\n", "`other-word`"), ("a = 1 = 2\n", "`=`"), ("a = [1 2]\n", "`2`")]
    {
        let messages = one(text);
        assert!(messages.len() == 1 && messages[0].contains(found), "{text}: {messages:?}");
    }
}
