//! Edits of templates in YAML.

use super::*;

fn template(container: &str) -> String {
    format!(
        "Resources:\n  Task:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n      ContainerDefinitions:\n{container}"
    )
}

#[track_caller]
fn edited(path: &str, change: impl Fn(&Entry) -> Change, before: &str, after: &str) {
    let path = format!("containerDefinitions/{path}");
    for line_end in ["\n", "\r\n"] {
        let [before, after] = [before, after].map(|text| template(text).replace('\n', line_end));
        let found = changed("a.yaml", &before, &path, &change);
        // The fixer gives new text the line ends of the file.
        let found = found.map(|text| text.replace("\r\n", "\n").replace('\n', line_end));
        assert_eq!(found.as_deref(), Some(after.as_str()));
    }
}

#[track_caller]
fn kept(path: &str, change: impl Fn(&Entry) -> Change, container: &str) {
    let path = format!("containerDefinitions/{path}");
    assert_eq!(changed("a.yaml", &template(container), &path, change), None);
}

fn set(value: &'static str) -> impl Fn(&Entry) -> Change {
    move |entry| Change::set(&entry.value, value)
}

#[test]
fn a_scalar_is_set_with_quotes_where_yaml_needs_them() {
    edited("0/image", set("web"), "      - Image: nginx\n", "      - Image: web\n");
    edited(
        "0/image",
        set("repo/web:v1.2"),
        "      - Image: nginx # old\n",
        "      - Image: repo/web:v1.2 # old\n",
    );
    edited("0/image", set("1.0"), "      - Image: nginx\n", "      - Image: \"1.0\"\n");
    edited("0/image", set("on"), "      - {Image: nginx}\n", "      - {Image: \"on\"}\n");
    edited("0/image", set("a, b"), "      - {Image: 'nginx'}\n", "      - {Image: \"a, b\"}\n");
    edited("0/links/1", set("b"), "      - Links: [a, a]\n", "      - Links: [a, b]\n");
    edited(
        "0/links/1",
        set("b"),
        "      - Links:\n        - a\n        - a\n",
        "      - Links:\n        - a\n        - b\n",
    );
    edited("0/cpu", SET, "      - Cpu: 256\n", "      - Cpu: 80\n");
    edited("0/cpu", SET, "      - Cpu: \"256\"\n", "      - Cpu: 80\n");
}

#[test]
fn a_value_that_is_not_written_there_is_not_set() {
    kept("0/image", set("web"), "      - Image: &image nginx\n");
    kept("0/image", set("web"), "      - Image: !Sub nginx\n");
    kept("0/image", set("web"), "      - Image: >-\n          nginx\n");
    kept("0/image", set("${web}"), "      - Image: nginx\n");
    kept("1/image", set("web"), "      - &first\n        Image: nginx\n      - *first\n");
}

#[test]
fn a_member_is_removed_with_its_lines() {
    edited(
        "0/links",
        REMOVE,
        "      - Name: a\n        Links:\n        - b\n        Cpu: 1\n",
        "      - Name: a\n        Cpu: 1\n",
    );
    edited("0/name", REMOVE, "      - Name: a\n        # one\n        Cpu: 1\n", "      - Cpu: 1\n");
    edited("0/name", REMOVE, "      -\n        Name: a\n        Cpu: 1\n", "      -\n        Cpu: 1\n");
    edited("0/name", REMOVE, "      - Name: a\n", "      - {}\n");
    edited("0/cpu", REMOVE, "      - {Name: a, Cpu: 1}\n", "      - {Name: a}\n");
    edited(
        "0/cpu",
        REMOVE,
        "      - Name: a\n\n        Cpu: |\n          1\n\n      - Name: b\n",
        "      - Name: a\n\n      - Name: b\n",
    );
    kept("0/name", REMOVE, "      - Name: &name a\n        Cpu: 1\n");
}

#[test]
fn an_item_is_removed_with_its_lines() {
    edited(
        "0/links/0",
        ITEM,
        "      - Links:\n          - a\n          - b\n",
        "      - Links:\n          - b\n",
    );
    edited(
        "0/links/1",
        ITEM,
        "      - Links:\n          - a\n          - b\n",
        "      - Links:\n          - a\n",
    );
    edited(
        "0/links/0",
        ITEM,
        "      - Links:\n          - a\n        Name: b\n",
        "      - Links: []\n        Name: b\n",
    );
    edited("0/links/0", ITEM, "      - Links: [a, b]\n", "      - Links: [b]\n");
    edited(
        "0/environment/1",
        ITEM,
        "      - Environment:\n          - Name: a\n            Value: b\n          - {Name: a}\n",
        "      - Environment:\n          - Name: a\n            Value: b\n",
    );
}

#[test]
fn a_member_is_inserted_after_another_one() {
    let insert = |entry: &Entry| Change::insert(entry, "Memory", 512);
    edited(
        "0/name",
        insert,
        "      - Name: a # b\n        Cpu: 1\n",
        "      - Name: a # b\n        Memory: 512\n        Cpu: 1\n",
    );
    edited(
        "0/links",
        insert,
        "      - Links:\n        - a\n",
        "      - Links:\n        - a\n        Memory: 512\n",
    );
    edited("0/name", insert, "      - {Name: a, Cpu: 1}\n", "      - {Name: a, Memory: 512, Cpu: 1}\n");
}
