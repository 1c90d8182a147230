//! A million levels of every recursive form.

use crate::program::Case;

const DEEP: usize = 1_000_000;

/// A task definition whose containers are the value of an expression, after some declarations.
fn task(before: &str, expression: &str) -> String {
    format!(
        "{before}resource \"aws_ecs_task_definition\" \"a\" {{\n  family = \"a\"\n  container_definitions = {expression}\n}}\n"
    )
}

/// Forms of expressions: what is repeated before, in the middle, and after.
const EXPRESSIONS: [(&str, &str, &str, &str); 30] = [
    ("lists", "[", "1", "]"),
    ("objects", "{ a = ", "1", " }"),
    ("objects on lines", "{\na = ", "1", "\n}"),
    ("parentheses", "(", "1", ")"),
    ("calls", "upper(", "\"a\"", ")"),
    ("calls with dots", "concat([1], ", "[2]", ")"),
    ("not", "!", "true", ""),
    ("minus", "-", "1", ""),
    ("plus", "1 + ", "1", ""),
    ("and", "true && ", "true", ""),
    ("equals", "1 == ", "1", ""),
    ("conditions", "true ? 1 : ", "2", ""),
    ("conditions first", "true ? ", "1", " : 2"),
    ("templates", "\"${", "1", "}\""),
    ("directives", "\"%{ if true }", "x", "%{ endif }\""),
    ("for lists", "[for x in ", "[]", " : x]"),
    ("for objects", "{for k, v in ", "{}", " : k => v}"),
    ("for conditions", "[for x in [] : x if ", "true", "]"),
    ("indexes", "local.a[", "0", "]"),
    ("index chains", "local.a", "", "[0]"),
    ("attribute chains", "local.a", "", ".a"),
    ("legacy indexes", "local.a", "", ".0"),
    ("splats", "local.a", "", "[*]"),
    ("attribute splats", "local.a", "", ".*"),
    ("splats and names", "local.a", "", "[*].a"),
    ("quoted keys", "local.a", "", "[\"a\"]"),
    ("heredocs", "<<A\n${", "1", "}\nA\n"),
    ("open lists", "[", "", ""),
    ("open objects", "{", "", ""),
    ("open quotes", "\"${", "", ""),
];

/// Forms of JSON.
const JSON: [(&str, &str, &str, &str); 12] = [
    ("lists", "[", "1", "]"),
    ("objects", "{\"a\":", "1", "}"),
    ("lists in objects", "{\"a\":[", "1", "]}"),
    ("containers", "{\"containerDefinitions\":[", "", "]}"),
    ("open lists", "[", "", ""),
    ("open objects", "{\"a\":", "", ""),
    ("closed lists", "", "", "]"),
    ("closed objects", "", "", "}"),
    ("commas", "[1,", "", ""),
    ("colons", "{\"a\"::", "", ""),
    ("placeholders", "${", "", "}"),
    ("comments", "/*", "", "*/"),
];

pub(crate) fn cases() -> Vec<Case> {
    let expressions = EXPRESSIONS.into_iter().map(|(name, open, middle, close)| {
        let text = move || {
            let deep = format!("{}{middle}{}", open.repeat(DEEP), close.repeat(DEEP));
            task("locals {\n  a = [[{ a = 1 }]]\n}\n", &format!("jsonencode({deep})"))
        };
        Case::file(format!("depth: {name}"), "main.tf", text)
    });
    let json = JSON.into_iter().map(|(name, open, middle, close)| {
        let text = move || {
            format!(
                "{{\"family\":\"a\",\"containerDefinitions\":{}{middle}{}}}",
                open.repeat(DEEP),
                close.repeat(DEEP)
            )
        };
        Case::file(format!("depth: JSON {name}"), "task.json", text)
    });
    let decoded = JSON.into_iter().map(|(name, open, middle, close)| {
        let files = move || {
            let deep = format!("{}{middle}{}", open.repeat(DEEP), close.repeat(DEEP));
            vec![
                ("main.tf".to_owned(), task("", "jsonencode(jsondecode(file(\"a.json\")))")),
                ("a.json".to_owned(), deep),
            ]
        };
        Case::new(format!("depth: jsondecode of {name}"), files)
    });
    let yaml =
        [("flow", "[", "]"), ("blocks", "- ", ""), ("maps", "{a: ", "}"), ("anchors", "&a [*a, ", "]")];
    let yaml = yaml.into_iter().map(|(name, open, close)| {
        let files = move || {
            let deep = format!("{}1{}", open.repeat(DEEP), close.repeat(DEEP));
            vec![
                ("main.tf".to_owned(), task("", "jsonencode(yamldecode(file(\"a.yaml\")))")),
                ("a.yaml".to_owned(), deep),
            ]
        };
        Case::new(format!("depth: YAML {name}"), files)
    });
    expressions.chain(json).chain(decoded).chain(yaml).chain(others()).collect()
}

fn others() -> Vec<Case> {
    let repeated = |name: &'static str, path: &'static str, before: &'static str, one: &'static str| {
        Case::file(format!("depth: {name}"), path, move || format!("{before}{}", one.repeat(DEEP)))
    };
    let closed = |name: &'static str, open: &'static str, close: &'static str| {
        let text = move || {
            let task = task("", "jsonencode([])");
            format!("{}{}\n{task}", open.repeat(DEEP), close.repeat(DEEP))
        };
        Case::file(format!("depth: {name}"), "main.tf", text)
    };
    vec![
        repeated("unclosed blocks", "main.tf", "", "a {\n"),
        repeated("unclosed labelled blocks", "main.tf", "", "resource \"aws_ecs_service\" \"a\" {\n"),
        repeated("labels", "main.tf", "resource ", "\"a\" "),
        repeated("settings", "ecslint.toml", "rules = ", "{ a = "),
        repeated("lists in settings", "ecslint.toml", "select = ", "["),
        repeated("sections of settings", "ecslint.toml", "[", "a."),
        repeated("variable files", "terraform.tfvars", "a = ", "["),
        repeated("JSON of Terraform", "main.tf.json", "{\"resource\":", "{\"a\":"),
        closed("blocks", "a {\n", "}\n"),
        closed("blocks on a line", "a { ", "}"),
        Case::file("depth: locals", "main.tf", || {
            let links = (0..50_000).map(|at| format!("  a{at} = [local.a{}]\n", at + 1));
            task(
                &format!("locals {{\n{}  a50000 = 1\n}}\n", links.collect::<String>()),
                "jsonencode(local.a0)",
            )
        }),
        Case::file("depth: optional types", "main.tf", || {
            let kind = format!("{}string{}", "list(".repeat(DEEP), ")".repeat(DEEP));
            task(&format!("variable \"a\" {{\n  type = {kind}\n  default = []\n}}\n"), "jsonencode(var.a)")
        }),
        Case::file("depth: optional objects", "main.tf", || {
            let kind =
                format!("{}string{}", "object({ a = optional(".repeat(10_000), ", {}) })".repeat(10_000));
            task(&format!("variable \"a\" {{\n  type = {kind}\n  default = {{}}\n}}\n"), "jsonencode(var.a)")
        }),
    ]
}
