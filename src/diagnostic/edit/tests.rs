use std::path::Path;

use super::*;
use crate::diagnostic::Safety;
use crate::source::Requested;

/// Returns the text after a change to the member or item at `path` of its first resource; `None` if there is no edit.
fn changed(name: &str, text: &str, path: &str, change: impl Fn(&Entry) -> Change) -> Option<String> {
    let mut sources = Sources::new("/");
    let file = sources.add(Path::new(name), text);
    sources.add_input(file, Requested::Explicit);
    let workspace = crate::engine::read(&sources).workspace;
    let mut node = &workspace.resources().next().expect("a resource is read").request;
    let mut found = None;
    for step in path.split('/') {
        match step.parse::<usize>() {
            Ok(index) => node = &node.as_array().unwrap_or_else(|| panic!("{step}")).items[index],
            Err(_) => {
                found = node.entry(step);
                node = &found.unwrap_or_else(|| panic!("{step}")).value;
            }
        }
    }
    // An item is passed on as the value of the member that contains it.
    let entry = found.map(|entry| Entry { value: node.clone(), ..entry.clone() })?;
    let offer = FixProposal { title: String::new(), safety: Safety::Safe, changes: vec![change(&entry)] };
    let fix = fix(offer, &sources)?;
    let mut text = text.to_owned();
    for edit in fix.edits.iter().rev() {
        text.replace_range(edit.span.range(), &edit.text);
    }
    Some(text)
}

fn json(containers: &str) -> String {
    format!("{{\"family\": \"a\", \"containerDefinitions\": {containers}}}")
}

fn hcl(body: &str) -> String {
    format!("resource \"aws_ecs_task_definition\" \"a\" {{\n{body}\n}}\n")
}

const REMOVE: fn(&Entry) -> Change = Change::remove;
const ITEM: fn(&Entry) -> Change = |entry| Change::remove_item(&entry.value);
const SET: fn(&Entry) -> Change = |entry| Change::set(&entry.value, 80);

fn insert(entry: &Entry) -> Change {
    Change::insert(entry, "memory", 512)
}

#[track_caller]
fn in_json(path: &str, change: fn(&Entry) -> Change, before: &str, after: &str) {
    let path = format!("containerDefinitions/{path}");
    assert_eq!(changed("a.json", &json(before), &path, change).as_deref(), Some(json(after).as_str()));
}

#[track_caller]
fn in_hcl(path: &str, change: fn(&Entry) -> Change, before: &str, after: &str) {
    assert_eq!(changed("a.tf", &hcl(before), path, change).as_deref(), Some(hcl(after).as_str()));
}

#[track_caller]
fn never(path: &str, change: fn(&Entry) -> Change, body: &str) {
    assert_eq!(changed("a.tf", &hcl(body), path, change), None);
}

#[test]
fn a_member_of_one_line_goes_with_its_comma() {
    in_json("0/cpu", REMOVE, r#"[{"name": "a", "cpu": 1, "memory": 2}]"#, r#"[{"name": "a", "memory": 2}]"#);
    in_json("0/cpu", REMOVE, r#"[{"name": "a", "cpu": 1}]"#, r#"[{"name": "a"}]"#);
    in_json("0/cpu", REMOVE, r#"[{ "cpu": 1, "name": "a" }]"#, r#"[{ "name": "a" }]"#);
    in_json("0/cpu", REMOVE, r#"[{ "cpu": 1 }]"#, r#"[{ }]"#);
}

#[test]
fn a_member_on_its_own_lines_goes_with_them() {
    in_json(
        "0/cpu",
        REMOVE,
        "[{\n  \"name\": \"a\",\n  \"cpu\": 1,\n  \"memory\": 2\n}]",
        "[{\n  \"name\": \"a\",\n  \"memory\": 2\n}]",
    );
    in_json(
        "0/links",
        REMOVE,
        "[{\n  \"name\": \"a\",\n  \"links\": [\n    \"b\"\n  ]\n}]",
        "[{\n  \"name\": \"a\"\n}]",
    );
    in_json(
        "0/links",
        REMOVE,
        "[{\r\n  \"links\": [],\r\n  \"name\": \"a\"\r\n}]",
        "[{\r\n  \"name\": \"a\"\r\n}]",
    );
}

#[test]
fn a_comma_at_the_start_of_the_next_line_goes_with_the_member_before_it() {
    let all = "[{\n  \"name\": \"a\"\n, \"cpu\": 1\n, \"memory\": 2\n}]";
    in_json("0/name", REMOVE, all, "[{\n  \"cpu\": 1\n, \"memory\": 2\n}]");
    in_json("0/cpu", REMOVE, all, "[{\n  \"name\": \"a\"\n, \"memory\": 2\n}]");
    in_json("0/memory", REMOVE, all, "[{\n  \"name\": \"a\"\n, \"cpu\": 1\n\n}]");
    let alone = "[{\n  \"name\": \"a\",\n  \"cpu\": 1\n  ,\n  \"memory\": 2\n}]";
    in_json("0/cpu", REMOVE, alone, "[{\n  \"name\": \"a\",\n  \"memory\": 2\n}]");
}

#[test]
fn an_item_goes_as_a_member_does() {
    in_json("0/links/1", ITEM, r#"[{"links": ["a", "b", "c"]}]"#, r#"[{"links": ["a", "c"]}]"#);
    in_json("0/links/2", ITEM, r#"[{"links": ["a", "b", "c"]}]"#, r#"[{"links": ["a", "b"]}]"#);
    in_json("0/links/0", ITEM, r#"[{"links": ["a"]}]"#, r#"[{"links": []}]"#);
    let body = "  container_definitions = jsonencode([\n    { name = \"a\" },\n    { name = \"b\" },\n  ])";
    in_hcl("containerDefinitions/1", ITEM, body, &body.replace("    { name = \"b\" },\n", ""));
}

#[test]
fn members_of_hcl_objects_and_arguments_go_with_their_lines() {
    let body = "  container_definitions = jsonencode([{\n    name = \"a\"\n    cpu  = 1 # little\n  }])";
    in_hcl("containerDefinitions/0/cpu", REMOVE, body, &body.replace("    cpu  = 1 # little\n", ""));
    in_hcl("ipcMode", REMOVE, "  family   = \"a\"\n  ipc_mode = \"host\"", "  family   = \"a\"");
    let body = "  container_definitions = jsonencode([{ name = \"a\", cpu = 1 }])";
    in_hcl("containerDefinitions/0/cpu", REMOVE, body, &body.replace(", cpu = 1", ""));
}

#[test]
fn an_argument_that_names_a_variable_goes_and_the_variable_stays() {
    let body = "  ipc_mode = local.mode\n  family   = \"a\"\n}\n\nlocals {\n  mode = \"host\"";
    in_hcl("ipcMode", REMOVE, body, &body.replace("  ipc_mode = local.mode\n", ""));
    never("ipcMode", SET, body);
}

#[test]
fn a_block_goes_with_all_that_is_in_it() {
    let block = "\n  volume {\n    name      = \"}\" # }\n    host_path = \"/a\"\n  }\n";
    in_hcl("volumes/0", ITEM, &format!("  family = \"a\"\n{block}"), "  family = \"a\"\n");
    in_hcl("volumes", REMOVE, &format!("  family = \"a\"\n{block}"), "  family = \"a\"\n");
    let storage = "  ephemeral_storage {\n    size_in_gib = 30\n  }\n";
    in_hcl("ephemeralStorage", REMOVE, &format!("{storage}  family = \"a\""), "  family = \"a\"");
}

#[test]
fn of_several_blocks_only_one_can_go() {
    never("volumes", REMOVE, "  volume { name = \"a\" }\n  volume { name = \"b\" }");
    in_hcl(
        "volumes/1",
        ITEM,
        "  volume { name = \"a\" }\n  volume { name = \"b\" }",
        "  volume { name = \"a\" }",
    );
    never(
        "volumes/0",
        ITEM,
        "  dynamic \"volume\" {\n    for_each = [1]\n    content {\n      name = \"a\"\n    }\n  }",
    );
}

#[test]
fn json_in_a_heredoc_is_changed_as_json() {
    let body = "  container_definitions = <<-EOF\n    [{\n      \"name\": \"${var.n}\",\n      \"cpu\": 1\n    }]\n  EOF";
    let path = "containerDefinitions/0/cpu";
    in_hcl(path, REMOVE, body, &body.replace(",\n      \"cpu\": 1", ""));
    in_hcl(path, SET, body, &body.replace("\"cpu\": 1", "\"cpu\": 80"));
    in_hcl(path, insert, body, &body.replace("\"cpu\": 1", "\"cpu\": 1,\n      \"memory\": 512"));
}

#[test]
fn json_in_a_quoted_string_is_left_alone_but_for_its_numbers() {
    let body = r#"  container_definitions = "[{\"name\": \"a\", \"cpu\": 1}]""#;
    in_hcl("containerDefinitions/0/cpu", SET, body, &body.replace(": 1", ": 80"));
    for change in [REMOVE, insert, |entry: &Entry| Change::rename(entry, "memory")] {
        never("containerDefinitions/0/cpu", change, body);
    }
    for path in ["containerDefinitions/0/name", "containerDefinitions/0/cpu"] {
        never(path, |entry| Change::set(&entry.value, "b"), body);
    }
}

#[test]
fn a_computed_value_is_left_alone() {
    let body = "  container_definitions = jsonencode([{ name = \"a\", cpu = 1 + 1 }])";
    never("containerDefinitions/0/cpu", SET, body);
    in_hcl("containerDefinitions/0/cpu", REMOVE, body, &body.replace(", cpu = 1 + 1", ""));
    never(
        "containerDefinitions/0/cpu",
        REMOVE,
        "  container_definitions = jsonencode([{ name = \"a\", cpu = (1) }])",
    );
}

#[test]
fn a_new_member_is_written_as_its_neighbour_is() {
    in_json("0/name", insert, r#"[{"name":"a","cpu":1}]"#, r#"[{"name":"a", "memory":512,"cpu":1}]"#);
    in_json(
        "0/name",
        insert,
        "[{\n  \"name\": \"a\",\n  \"cpu\": 1\n}]",
        "[{\n  \"name\": \"a\",\n  \"memory\": 512,\n  \"cpu\": 1\n}]",
    );
    in_hcl(
        "family",
        insert,
        "  family       = \"a\" # me\n  network_mode = \"host\"",
        "  family       = \"a\" # me\n  memory       = 512\n  network_mode = \"host\"",
    );
    let body = "  container_definitions = jsonencode([{\n    \"name\" = \"a\",\n    \"cpu\" = 1,\n  }])";
    in_hcl(
        "containerDefinitions/0/cpu",
        insert,
        body,
        &body.replace("\"cpu\" = 1", "\"cpu\" = 1,\n    \"memory\" = 512"),
    );
    let body = "  container_definitions = jsonencode([{ name = \"a\" }])";
    in_hcl("containerDefinitions/0/name", insert, body, &body.replace("\"a\"", "\"a\", memory = 512"));
    never("volumes/0/name", insert, "  volume { name = \"a\" }");
}

#[test]
fn beside_a_string_that_is_never_closed_nothing_is_certain() {
    for change in [REMOVE, insert] {
        let text = json("[{\"name\": \"web\n, \"image\": \"a\"}]");
        assert_eq!(changed("a.json", &text, "containerDefinitions/0/name", change), None, "{text}");
    }
}

#[test]
fn a_switch_is_set_in_its_own_words() {
    let text = "resource \"aws_ecs_service\" \"a\" {\n  network_configuration {\n    assign_public_ip = true\n  }\n}\n";
    let path = "networkConfiguration/awsvpcConfiguration/assignPublicIp";
    let off = |entry: &Entry| Change::set(&entry.value, "DISABLED");
    assert_eq!(changed("a.tf", text, path, off), Some(text.replace("true", "false")));
}

#[test]
fn a_boolean_is_put_in_quotes() {
    let quote = |entry: &Entry| Change::set(&entry.value, "false");
    in_json("0/user", quote, r#"[{"user": false}]"#, r#"[{"user": "false"}]"#);
}

#[test]
fn a_key_is_renamed_with_its_quotes() {
    let rename = |entry: &Entry| Change::rename(entry, "memory");
    in_json("0/cpu", rename, r#"[{"cpu": 1}]"#, r#"[{"memory": 1}]"#);
    let body = "  container_definitions = jsonencode([{ cpu = 1 }])";
    in_hcl("containerDefinitions/0/cpu", rename, body, &body.replace("cpu", "memory"));
}

#[test]
fn text_that_hcl_would_take_for_a_template_is_not_written() {
    never("family", |entry| Change::set(&entry.value, "${a}"), "  family = \"a\"");
    in_hcl("family", |entry| Change::set(&entry.value, "b"), "  family = \"a\"", "  family = \"b\"");
}

mod yaml;
