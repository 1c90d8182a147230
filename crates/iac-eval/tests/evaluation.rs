//! Tests how configurations are read: which files are loaded, how variables get their values, and how modules are
//! evaluated.

#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::path::Path;

use iac_eval::address::ResourceName;
use iac_eval::source::Sources;
use iac_eval::terraform::{Arguments, NoProvider, Provider, evaluate, parse_json};
use iac_eval::value::NodeKind;
use serde_json::Value;

/// Evaluates files that define one resource, asserts that there are no errors, and returns an argument of the resource.
/// A list in JSON is parsed.
fn argument(files: &[(&str, &str)], name: &str) -> Value {
    let mut sources = Sources::new("/");
    for (name, text) in files {
        sources.add(Path::new(name), *text);
    }
    let root = evaluate(&sources, Path::new("."), &NoProvider).unwrap();
    assert_eq!((&root.syntax_errors, &root.errors), (&Vec::new(), &Vec::new()));
    let managed: Vec<_> = root.resources.iter().filter(|resource| !resource.address.is_data()).collect();
    assert_eq!(managed.len(), 1, "{managed:?}");
    let Some(value) = managed[0].body.get(name) else { return Value::Null };
    let json = parse_json(&sources, value).filter(|parsed| parsed.errors.is_empty());
    let list = json.and_then(|parsed| parsed.root).filter(|root| root.as_array().is_some());
    list.unwrap_or_else(|| value.clone()).to_json()
}

const SERVICE: &str = "resource \"aws_ecs_service\" \"web\" {\n  name = var.name\n}\nvariable \"name\" {}\n";

#[test]
fn variables_are_set_by_files_in_terraforms_order() {
    let plain = ("terraform.tfvars", "name = \"plain\"\n");
    let json = ("terraform.tfvars.json", "{ \"name\": \"json ${x}\" }");
    let auto = ("a.auto.tfvars", "name = \"auto\"\n");
    let auto_json = ("b.auto.tfvars.json", "{ \"name\": \"auto json\" }");
    let other = ("prod.tfvars", "name = \"prod\"\n");
    let name = |files: &[(&str, &str)]| argument(&[files, &[("main.tf", SERVICE), other]].concat(), "name");
    assert_eq!(name(&[plain]), "plain");
    assert_eq!(name(&[plain, json]), "json ${x}");
    assert_eq!(name(&[plain, json, auto]), "auto");
    assert_eq!(name(&[auto_json, auto, plain]), "auto json");
}

#[test]
fn override_files_take_the_place_of_what_is_declared() {
    let files = [
        (
            "main.tf",
            "locals {\n  a = \"web\"\n  b = 1\n}\nresource \"aws_ecs_service\" \"web\" {\n  name = local.a\n  desired_count = local.b\n}\n",
        ),
        (
            "dev_override.tf",
            "locals {\n  b = 3\n}\nresource \"aws_ecs_service\" \"web\" {\n  name = \"dev\"\n}\n",
        ),
    ];
    assert_eq!(argument(&files, "name"), "dev");
    assert_eq!(argument(&files, "desired_count"), 3);
}

/// Terraform rejects them: "Inappropriate value for attribute: list of string required".
#[test]
fn values_that_cannot_be_converted_are_unknown() {
    let length = |kind: &str, value: &str| {
        let module = format!(
            "variable \"given\" {{\n  type = {kind}\n}}\nresource \"aws_ecs_service\" \"web\" {{\n  \
             desired_count = length(var.given)\n}}\n"
        );
        argument(
            &[("main.tf", &module), ("terraform.tfvars", &format!("given = {value}\n"))],
            "desired_count",
        )
    };
    assert_eq!(length("list(string)", "[\"a\"]"), 1);
    assert_eq!(length("map(string)", "{}"), 0);
    assert_eq!(length("any", "\"\""), 0);
    for (kind, value) in [
        ("list(string)", "\"\""),
        ("set(string)", "{}"),
        ("map(string)", "[]"),
        ("object({})", "\"\""),
        ("string", "[]"),
    ] {
        assert!(length(kind, value).is_object(), "{kind} {value}: {}", length(kind, value));
    }
}

#[test]
fn a_variable_has_the_members_that_its_type_makes_optional() {
    let module = "variable \"services\" {\n  type = map(object({\n    name  = string\n    count = optional(number, 2)\n    \
                  port  = optional(number)\n  }))\n}\nresource \"aws_ecs_service\" \"this\" {\n  for_each = var.services\n  \
                  name = each.value.name\n  desired_count = each.value.count\n  cluster = try(each.value.port, \"none\")\n}\n";
    let root = "module \"services\" {\n  source = \"./m\"\n  services = { web = { name = \"web\", extra = true } }\n}\n";
    let files = [("main.tf", root), ("m/main.tf", module)];
    assert_eq!(argument(&files, "name"), "web");
    assert_eq!(argument(&files, "desired_count"), 2);
    assert_eq!(argument(&files, "cluster"), Value::Null);
}

#[test]
fn policy_documents_are_the_json_they_become() {
    let text = r#"
data "aws_iam_policy_document" "base" {
  statement {
    actions   = ["logs:PutLogEvents"]
    resources = ["*"]
  }
}
data "aws_iam_policy_document" "trust" {
  source_policy_documents = [data.aws_iam_policy_document.base.json]
  statement {
    effect  = "Deny"
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = ["1"]
    }
  }
}
locals {
  policy = jsondecode(data.aws_iam_policy_document.trust.json).Statement
}
resource "aws_ecs_service" "web" {
  name    = "${local.policy[0].Effect} ${local.policy[0].Action[0]}"
  cluster = "${local.policy[1].Effect} ${local.policy[1].Principal.Service[0]}"
  task_definition = local.policy[1].Condition.StringEquals["aws:SourceAccount"][0]
}
"#;
    let files = [("main.tf", text)];
    assert_eq!(argument(&files, "name"), "Allow logs:PutLogEvents");
    assert_eq!(argument(&files, "cluster"), "Deny ecs-tasks.amazonaws.com");
    assert_eq!(argument(&files, "task_definition"), "1");
}

#[test]
fn the_instances_of_a_call_are_gone_through_as_one_value() {
    let root = "module \"c\" {\n  source = \"./c\"\n  for_each = { b = 2, a = 1 }\n  name = each.key\n}\n\
                module \"n\" {\n  source = \"./c\"\n  count = 2\n  name = \"n${count.index}\"\n}\n\
                resource \"aws_ecs_task_definition\" \"t\" {\n  family = join(\"-\", module.n[*].container.name)\n  \
                container_definitions = jsonencode([for key, value in module.c : value.container])\n}\n";
    let module =
        "variable \"name\" {}\noutput \"container\" {\n  value = { name = var.name, image = \"nginx\" }\n}\n";
    let files = [("main.tf", root), ("c/main.tf", module)];
    assert_eq!(argument(&files, "family"), "n0-n1");
    assert_eq!(argument(&files, "container_definitions")[1]["name"], "b");
}

/// Heredocs, and the strings that Terraform 1.11 reads.
const HEREDOCS: &[(&str, &str)] = &[
    ("<<EOT\n  a\n   b\nEOT\n", "  a\n   b\n"),
    ("<<-EOT\n    a\n      ${1}\n  \n    b\n  EOT\n", "a\n  1\n  \nb\n"),
    ("<<-EOT\n    a\n  \n      b\n    EOT\n", "a\n  \n  b\n"),
    ("<<-EOT\n    %{ if true ~}\n    b\n    %{ endif ~}\n    c\n  EOT\n", "    b\n    c\n"),
    (
        "<<-EOT\n    %{~ for x in [1, 2] ~}\n      ${x},\n    %{~ endfor ~}\n    c\n  EOT\n",
        "      1,\n      2,\n    c\n",
    ),
    ("<<-EOT\n\ta\n\t\tb\n\tEOT\n", "a\n\tb\n"),
    ("<<-EOT\n    a\n  b\n    c\n    EOT\n", "  a\nb\n  c\n"),
    ("<<EOT\n  $${a} %%{b} \\n ${\"x\"}\nEOT\n", "  ${a} %{b} \\n x\n"),
    ("<<-EOT\n    ${1} x\n      y ${2}\n  EOT\n", "1 x\n  y 2\n"),
    ("<<EOT\nEOT\n", ""),
    ("<<-EOT\n    \n    a\n  EOT\n", "    \na\n"),
    ("<<-EOT\n    a ${1}  \n    ${~ 2}\n    ${3 ~}  \n    b\n  EOT\n", "    a 1  \n2\n    3    b\n"),
    ("<<-EOT\n    a\n    ${~ 2 ~}\n    b\n  EOT\n", "    a\n2    b\n"),
    ("<<-EOT\n      ${1\n      }   x\n      b\n  EOT\n", "1   x\nb\n"),
    ("<<-EOT\n    %{ if false }\n    a\n    %{ else }\n    b\n    %{ endif }\n  EOT\n", "\nb\n\n"),
    ("<<-EOT\n    a\n%{~ if true }\n    b\n%{~ endif ~}\n    c\n  EOT\n", "a\nb    c\n"),
    (
        "<<-EOT\n    a\n    %{ for x in [1] ~}\n    %{ if x == 1 ~}\n      b\n    %{~ else ~}\n      c\n    %{ endif ~}\n    %{ endfor ~}\n    d\n  EOT\n",
        "    a\n              b\n        d\n",
    ),
    (
        "<<-EOT\n    (\n    %{ for x in [1, 2] ~}\n      { \"a\": ${x} },\n    %{ endfor ~}\n      3\n    )\n  EOT\n",
        "(\n      { \"a\": 1 },\n      { \"a\": 2 },\n      3\n)\n",
    ),
    (
        "<<EOT\n    a\n    ${~ 1 ~}\n\n    b\n  %{~ if false ~}\n  x\n  %{~ endif ~}\n  c\nEOT\n",
        "    a\n1\n    b\n  c\n",
    ),
    ("<<-EOT\n    ${1 ~}\n\n\n    b\n  EOT\n", "1\n\nb\n"),
    ("<<-EOT\n    a ${1 ~} b\n      c\n  EOT\n", "a 1b\n  c\n"),
    ("<<-EOT\n  ${1}\n    ${~ 2}\n      ${3 ~}\n  EOT\n", "  1\n2\n      3"),
];

#[test]
fn heredocs_are_the_strings_that_terraform_reads() {
    for (heredoc, expected) in HEREDOCS {
        let text = format!("resource \"aws_ecs_service\" \"web\" {{\n  name = {heredoc}}}\n");
        assert_eq!(argument(&[("main.tf", &text)], "name"), *expected, "{heredoc}");
    }
}

#[test]
fn an_empty_default_is_set_from_outside() {
    let text = |default: &str, expression: &str| {
        format!(
            "variable \"given\" {{\n  default = {default}\n}}\nresource \"aws_ecs_service\" \"web\" {{\n  name = {expression}\n}}\n"
        )
    };
    let value =
        |default, expression| argument(&[("main.tf", &text(default, expression))], "name").to_string();
    for default in ["null", "\"\""] {
        assert_eq!(value(default, "var.given"), r#"{"$unknown":"var.given"}"#, "{default}");
    }
    for (default, known) in [("[]", "[1]"), ("{}", "{ a = 1 }")] {
        assert!(value(default, "length(var.given)").contains("$unknown"), "{default}");
        assert_eq!(value(known, "length(var.given)"), "1");
    }
}

#[test]
fn an_instance_of_a_call_is_chosen_by_its_key() {
    let root = "module \"c\" {\n  source = \"./c\"\n  for_each = { b = 2, a = 1 }\n  name = each.key\n}\n\
                module \"n\" {\n  source = \"./c\"\n  count = 2\n  name = \"n${count.index}\"\n}\n\
                resource \"aws_ecs_task_definition\" \"t\" {\n  family = module.n[1].name\n  \
                network_mode = module.c[\"b\"].name\n  cpu = length(flatten([[\"a\"], var.unknown]))\n}\nvariable \"unknown\" {}\n";
    let module = "variable \"name\" {}\noutput \"name\" {\n  value = var.name\n}\n";
    let files = [("main.tf", root), ("c/main.tf", module)];
    assert_eq!(argument(&files, "family"), "n1");
    assert_eq!(argument(&files, "network_mode"), "b");
    assert!(argument(&files, "cpu").to_string().contains("$unknown"));
}

#[test]
fn conditions_with_the_same_operator_are_one_object() {
    let condition = |test: &str, variable: &str, value: &str| {
        format!(
            "    condition {{\n      test = \"{test}\"\n      variable = \"{variable}\"\n      values = [\"{value}\"]\n    }}\n"
        )
    };
    let conditions = [
        condition("StringEquals", "aws:SourceAccount", "1"),
        condition("StringEquals", "aws:SourceArn", "2"),
        condition("Bool", "aws:SecureTransport", "true"),
    ];
    let text = format!(
        "data \"aws_iam_policy_document\" \"x\" {{\n  statement {{\n    actions = [\"s3:GetObject\"]\n{}  }}\n}}\n\
         resource \"aws_ecs_service\" \"web\" {{\n  name = jsonencode(jsondecode(data.aws_iam_policy_document.x.json).Statement[0].Condition)\n}}\n",
        conditions.concat()
    );
    let expected = r#"{"Bool":{"aws:SecureTransport":["true"]},"StringEquals":{"aws:SourceAccount":["1"],"aws:SourceArn":["2"]}}"#;
    assert_eq!(argument(&[("main.tf", &text)], "name"), expected);
}

#[test]
fn what_is_computed_from_a_secret_part_is_a_secret() {
    for expression in [
        "sum([1, sensitive(2)])",
        "sum([sensitive(1), 2])",
        "max([sensitive(1), 2]...)",
        "sensitive(1) + 2",
        "1 + sensitive(2)",
        "-sensitive(1)",
        "sha256(jsonencode({ a = 1, b = [2, sensitive(\"x\")] }))",
        "sha256(jsonencode([sensitive(\"x\"), 2]))",
    ] {
        let mut sources = Sources::new("/");
        sources.add(
            Path::new("main.tf"),
            format!("resource \"aws_ecs_service\" \"web\" {{\n  name = {expression}\n}}\n"),
        );
        let root = evaluate(&sources, Path::new("."), &NoProvider).unwrap();
        assert!(root.resources[0].body.get("name").unwrap().has_secret(), "{expression}");
    }
}

/// Evaluates only the argument `name`.
#[derive(Debug)]
struct OnlyName;

impl Provider for OnlyName {
    fn arguments(&self, _: &ResourceName) -> Option<Arguments> {
        Some(Arguments::Only(&["name"]))
    }
}

#[test]
fn arguments_that_the_provider_does_not_need_are_unknown() {
    let mut sources = Sources::new("/");
    let text = "resource \"aws_ecs_service\" \"web\" {\n  name = \"web\"\n  cluster = \"main\"\n}\n";
    sources.add(Path::new("main.tf"), text);
    let root = evaluate(&sources, Path::new("."), &OnlyName).unwrap();
    let body = &root.resources[0].body;
    assert_eq!(body.get("name").unwrap().as_str(), Some("web"));
    assert!(matches!(body.get("cluster").unwrap().kind, NodeKind::Unknown(_)));
}

#[test]
fn what_certainly_is_given_is_not_null() {
    let is_null = |expression: &str| {
        let text = format!(
            "variable \"s\" {{\n  type = string\n}}\nvariable \"n\" {{\n  default = null\n}}\n\
             locals {{\n  both = var.s == \"\" ? \"a\" : \"b-${{var.s}}\"\n  one = var.s == \"\" ? null : \"b\"\n}}\n\
             data \"aws_lb\" \"l\" {{}}\n\
             resource \"aws_lb\" \"l\" {{}}\n\
             resource \"aws_lb\" \"many\" {{\n  count = var.n\n}}\n\
             resource \"aws_ecs_service\" \"web\" {{\n  name = ({expression}) == null\n}}\n"
        );
        let mut sources = Sources::new("/");
        sources.add(Path::new("main.tf"), text);
        let root = evaluate(&sources, Path::new("."), &NoProvider).unwrap();
        let named = root.resources.iter().find_map(|resource| resource.body.get("name"));
        named.unwrap().to_json()
    };
    for given in [
        "\"x-${var.s}\"",
        "join(\",\", keys(var.s))",
        "[for item in var.s : item]",
        "var.s == \"\" ? \"a\" : \"b\"",
        "local.both",
        "lower(var.s)",
        "!var.s",
        "aws_lb.l.id",
    ] {
        assert_eq!(is_null(given), false, "{given}");
    }
    for unclear in [
        "\"${var.s}\"",
        "var.n",
        "local.one",
        "local.both.x",
        "var.s == \"\" ? \"a\" : null",
        "try(var.s, null)",
        "element(var.s, 0)",
        "tostring(var.s)",
        "data.aws_lb.l.id",
        "one(aws_lb.many[*].id)",
        "try(aws_lb.many[0].id, null)",
    ] {
        assert!(is_null(unclear).to_string().contains("$unknown"), "{unclear}: {}", is_null(unclear));
    }
}
