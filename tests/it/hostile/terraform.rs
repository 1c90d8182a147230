//! Endless expressions, loops, templates, and modules.

use snapbox::str;

use super::{listed, of, said, says_once, task};
use crate::program::assert_output;

/// The findings for each expression, with some lines before it.
fn of_each(before: &str, expressions: &[&str]) -> String {
    expressions
        .iter()
        .map(|expression| format!("{expression}\n{}", listed(&of(before, expression))))
        .collect()
}

/// Locals `a0` to `a60`, each defined by the next.
fn chain(next: impl Fn(&str) -> String, last: &str) -> String {
    let locals = (0..60).map(|link| format!("  a{link} = {}\n", next(&format!("local.a{}", link + 1))));
    format!("locals {{\n{}  a60 = {last}\n}}\n", locals.collect::<String>())
}

const TOO_LARGE: &str = "limit-reached: this value is too large and is not evaluated";

const TOO_DEEP: &str =
    "limit-reached: expressions or blocks are nested more than 128 levels deep; the deeper ones are not read";

#[test]
fn expressions_of_any_depth_are_read() {
    for (open, middle, close) in [
        ("[", "", "]"),
        ("{a=", "1", "}"),
        ("(", "1", ")"),
        ("f(", "1", ")"),
        ("!", "true", ""),
        ("\"${", "1", "}\""),
        ("[for x in ", "[]", ": x]"),
        ("a[", "0", "]"),
        ("1+", "1", ""),
    ] {
        let deep = format!("{}{middle}{}", open.repeat(10_000), close.repeat(10_000));
        assert_eq!(of("", &deep), [TOO_DEEP], "{open}");
    }
    let directives = format!("\"{}x{}\"", "%{ if true }".repeat(10_000), "%{ endif }".repeat(10_000));
    assert_eq!(of("", &directives), [TOO_DEEP]);
    let blocks = format!(
        "resource \"aws_ecs_service\" \"a\" {{\nname = \"a\"\n{}{}}}\n",
        "a {\n".repeat(1_000),
        "}\n".repeat(1_000)
    );
    says_once(&said(&[("main.tf", &blocks)]), "unknown-property");
}

#[test]
fn names_and_brackets_do_not_add_up_to_a_stack() {
    let nested = |name: &str| format!("{}{name}{}", "[".repeat(50), "]".repeat(50));
    let before: String =
        (0..250).map(|link| format!("  a{link} = {}\n", nested(&format!("local.a{}", link + 1)))).collect();
    let found = of(&format!("locals {{\n{before}  a250 = 1\n}}\n"), "jsonencode(local.a0)");
    assert!(found.len() <= 3, "{found:?}");
}

#[test]
fn values_that_share_their_parts_are_not_gone_through() {
    let pairs = chain(|next| format!("[{next}, {next}]"), "\"x\"");
    let expressions = [
        "jsonencode(local.a0)",
        "jsonencode(local.a0 == local.a0 ? 1 : 2)",
        "jsonencode(distinct(local.a0))",
        "jsonencode(flatten(local.a0))",
        "yamlencode(local.a0)",
        "jsonencode([for x in local.a0 : x])",
        "jsonencode(local.a0[*][*])",
        "jsonencode(contains([local.a0], local.a0))",
        "jsonencode(toset([local.a0, local.a0]))",
    ];
    assert_output(
        of_each(&pairs, &expressions),
        str![[r#"
jsonencode(local.a0)
  terraform-error: `container_definitions[0]` must be a container (got a list)
  limit-reached: this value is too large and is not evaluated
jsonencode(local.a0 == local.a0 ? 1 : 2)
  limit-reached: this value is too large and is not evaluated
jsonencode(distinct(local.a0))
  limit-reached: this value is too large and is not evaluated
jsonencode(flatten(local.a0))
  limit-reached: this value is too large and is not evaluated
yamlencode(local.a0)
  limit-reached: this value is too large and is not evaluated
jsonencode([for x in local.a0 : x])
  limit-reached: this value is too large and is not evaluated
  terraform-error: `container_definitions[0]` must be a container (got a list)
jsonencode(local.a0[*][*])
  limit-reached: this value is too large and is not evaluated
  terraform-error: `container_definitions[0]` must be a container (got a list)
jsonencode(contains([local.a0], local.a0))
  limit-reached: this value is too large and is not evaluated
jsonencode(toset([local.a0, local.a0]))
  limit-reached: this value is too large and is not evaluated
  limit-reached: this resource has more than 10000 values, or an object with more than 2000 members; only the first 50 of each list and object are checked
  terraform-error: `container_definitions[0]` must be a container (got a list)

"#]],
    );
    let objects = chain(|next| format!("{{ a = {next}, b = {next} }}"), "\"x\"");
    let expressions = ["jsonencode(merge(local.a0, local.a0))", "\"[]\"\n  for_each = local.a0"];
    assert_output(
        of_each(&objects, &expressions),
        str![[r#"
jsonencode(merge(local.a0, local.a0))
  container-memory-missing: the container has neither `memory` nor `memoryReservation`
  invalid-image: the container has no `image`
  unknown-property: unknown property `a` in `container_definitions[0]`, which Terraform drops
  unknown-property: unknown property `a` in `container_definitions[1]`, which Terraform drops
  unknown-property: unknown property `b` in `container_definitions[0]`, which Terraform drops
  unknown-property: unknown property `b` in `container_definitions[1]`, which Terraform drops
  limit-reached: this value is too large and is not evaluated
  terraform-error: `container_definitions` must be a list of containers (got an object)
"[]"
  for_each = local.a0
  limit-reached: this value is too large and is not evaluated
  no-containers: the task definition has no containers

"#]],
    );
}

#[test]
fn strings_that_double_are_not_made() {
    let doubled = [
        "base64encode(\"${X}${X}\")",
        "upper(\"${X}${X}\")",
        "\"${X}${X}\"",
        "jsonencode([X, X])",
        "indent(9, \"${X}\\n${X}\")",
    ];
    let found = doubled.map(|next| {
        let found = of(&chain(|name| next.replace('X', name), "\"x\""), "jsonencode(local.a0)");
        format!("{next}\n{}", listed(&found))
    });
    assert_output(
        found.concat(),
        str![[r#"
base64encode("${X}${X}")
  limit-reached: this value is too large and is not evaluated
upper("${X}${X}")
  limit-reached: this value is too large and is not evaluated
"${X}${X}"
  limit-reached: this value is too large and is not evaluated
jsonencode([X, X])
  limit-reached: the evaluation limit is reached here; the rest of this root module is not evaluated
  limit-reached: this value is too large and is not evaluated
indent(9, "${X}\n${X}")
  limit-reached: this value is too large and is not evaluated

"#]],
    );
    for (next, last) in [
        ("replace(X, \"x\", \"xxxxxxxxxx\")", "\"x\""),
        ("format(\"%s%s\", X, X)", "\"x\""),
        ("join(\"-\", [X, X])", "\"x\""),
        ("setproduct(X, X)", "[\"x\", \"y\"]"),
    ] {
        assert_eq!(
            of(&chain(|name| next.replace('X', name), last), "jsonencode(local.a0)"),
            ["limit-reached: this value is too large and is not evaluated"]
        );
    }
}

#[test]
fn loops_within_loops_end() {
    let expressions = [
        "jsonencode([for a in range(1000) : [for b in range(1000) : [for c in range(1000) : c]]])",
        "jsonencode([for a in range(1000) : a if length([for b in range(1000) : [for c in range(1000) : c]]) > 0])",
    ];
    assert_output(
        of_each("", &expressions),
        str![[r#"
jsonencode([for a in range(1000) : [for b in range(1000) : [for c in range(1000) : c]]])
  limit-reached: this value is too large and is not evaluated
  limit-reached: the evaluation limit is reached here; the rest of this root module is not evaluated
jsonencode([for a in range(1000) : a if length([for b in range(1000) : [for c in range(1000) : c]]) > 0])
  limit-reached: this value is too large and is not evaluated
  limit-reached: the evaluation limit is reached here; the rest of this root module is not evaluated

"#]],
    );
    let block = |inner: &str| {
        format!("dynamic \"load_balancer\" {{\n  for_each = range(1000)\n  content {{\n{inner}\n  }}\n}}\n")
    };
    let nested =
        format!("resource \"aws_ecs_service\" \"a\" {{\n{}}}\n", block(&block(&block("container_port = 1"))));
    assert_output(
        listed(&said(&[("main.tf", &nested)])),
        str![[r#"
  missing-property: `aws_ecs_service` has no `name`, which the AWS provider requires
  missing-property: `load_balancer` has no `container_name`, which the AWS provider requires
  missing-property: `load_balancer` has no `container_port`, which the AWS provider requires
  unknown-property: unsupported argument `load_balancer` in `load_balancer` (AWS provider up to version 6.66.0)
  limit-reached: the evaluation limit is reached here; the rest of this root module is not evaluated

"#]],
    );
}

#[test]
fn what_is_counted_is_not_made() {
    let product = "{ for p in setproduct(range(1000), range(1000)) : \"${p[0]}-${p[1]}\" => p }";
    let expressions = [
        "jsonencode(range(1000000000))",
        "jsonencode(range(0, -1e300))",
        &format!("\"[]\"\n  for_each = {product}"),
        "\"[]\"\n  count = 1000000000",
    ];
    assert_output(
        of_each("", &expressions),
        str![[r#"
jsonencode(range(1000000000))
  terraform-error: `range` can generate at most 1024 values
jsonencode(range(0, -1e300))
  terraform-error: `range` can generate at most 1024 values
"[]"
  for_each = { for p in setproduct(range(1000), range(1000)) : "${p[0]}-${p[1]}" => p }
  no-containers: the task definition has no containers
  limit-reached: this value is too large and is not evaluated
"[]"
  count = 1000000000
  no-containers: the task definition has no containers
  limit-reached: this block has more than 1000 instances; they are checked as one unknown instance

"#]],
    );
    // The step is too small to change the number.
    assert_eq!(of("", "jsonencode(range(100000000000000000, 100000000000000100))"), [] as [&str; 0]);
    assert_eq!(of("variable \"a\" {}\n", "format(\"%99999999d\", var.a)"), [] as [&str; 0]);
    assert_eq!(of("", "cidrhost(\"::/0\", 1e300)"), [] as [&str; 0]);
    assert_eq!(of("", "jsonencode(pow(10, 1e300))"), [] as [&str; 0]);
}

#[test]
fn regular_expressions_are_bounded() {
    for pattern in ["(a{1000}){1000}", "((a{100}){100}){100}", "\\\\pL{1000}"] {
        assert_eq!(of("", &format!("regex(\"{pattern}\", \"a\")")), [TOO_LARGE], "{pattern}");
    }
    let long = "a".repeat(50_000);
    assert_eq!(
        of("variable \"a\" {}\n", &format!("[regexall(\"(a*)*b\", \"{long}\"), var.a][1]")),
        [] as [&str; 0]
    );
    // Each match scans all of the rest.
    let found = [
        of("", &format!("jsonencode(regexall(\".*b|a\", \"{long}\"))")),
        of("", &format!("replace(\"{long}\", \"/.*b|a/\", \"x\")")),
    ];
    assert_output(
        listed(&found.concat()),
        str![[r#"
  limit-reached: the evaluation limit is reached here; the rest of this root module is not evaluated
  limit-reached: the evaluation limit is reached here; the rest of this root module is not evaluated

"#]],
    );
}

#[test]
fn templates_end() {
    let call = "${templatefile(\"a.tpl\", {})}";
    let found = [call.to_owned(), call.repeat(2)]
        .map(|template| said(&[("main.tf", &task("templatefile(\"a.tpl\", {})")), ("a.tpl", &template)]));
    assert_output(
        listed(&found.concat()),
        str![[r#"
  limit-reached: references are nested too deeply here; this value is not evaluated
  limit-reached: references are nested too deeply here; this value is not evaluated
  limit-reached: the evaluation limit is reached here; the rest of this root module is not evaluated

"#]],
    );
    let mut files = vec![("main.tf".to_owned(), task("templatefile(\"0.tpl\", {})"))];
    files.extend((0..60).map(|link| {
        let next = format!("${{templatefile(\"{}.tpl\", {{}})}}", link + 1);
        (format!("{link}.tpl"), next.repeat(2))
    }));
    files.push(("60.tpl".to_owned(), "x".to_owned()));
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    assert_output(
        listed(&said(&files)),
        str![[r#"
  limit-reached: the evaluation limit is reached here; the rest of this root module is not evaluated

"#]],
    );
}

#[test]
fn modules_that_call_each_other_end() {
    let call = |name: &str, source: &str| format!("module \"{name}\" {{\n  source = \"{source}\"\n}}\n");
    let cluster = "resource \"aws_ecs_cluster\" \"a\" {\n  name = \"a b\"\n}\n";
    let itself = format!("{}{}{cluster}", call("a", "./"), call("b", "./"));
    assert!(said(&[("main.tf", &itself)]).len() <= 1);
    let (a, b) =
        (format!("{}{cluster}", call("b", "../b")), format!("{}{}", call("a", "../a"), call("c", "../a")));
    assert!(said(&[("a/main.tf", &a), ("b/main.tf", &b)]).len() <= 1);
    let root = "module \"m\" {\n  count = 1000\n  source = \"./m\"\n}\n";
    let within = "module \"n\" {\n  count = 1000\n  source = \"../n\"\n}\n";
    says_once(&said(&[("main.tf", root), ("m/main.tf", within), ("n/main.tf", cluster)]), "invalid-name");
}

#[test]
fn a_text_that_ends_with_something_unknown_ends() {
    for expression in ["format(\"%d\", var.a)", "\"1${var.a}\"", "\"${var.a}${var.b}\"", "\"[${var.a}\""] {
        let variables = "variable \"a\" {}\nvariable \"b\" {}\n";
        assert!(of(variables, expression).len() <= 1, "{expression}");
    }
}

#[test]
fn a_text_that_is_assembled_from_large_values_is_cut() {
    let before = format!("locals {{\n  a = \"{}\"\n}}\n", "x".repeat(300_000));
    let large = "jsonencode([{ name = \"a\", image = local.a }, { name = \"b\", image = local.a }, { name = \"c\" }])";
    let found = of(&before, &format!("\" ${{{large}}}\""));
    says_once(&found, "this text is larger than 512 KiB; this value and the later ones are not read");
    for function in ["md5(X)", "upper(X)", "jsonencode(split(\",\", X))", "yamldecode(X)"] {
        let found = of(&before, &function.replace('X', large));
        assert!(found.contains(&TOO_LARGE.to_owned()), "{function}: {found:?}");
    }
}

#[test]
fn yaml_beyond_a_limit_is_not_read() {
    for yaml in ["[".repeat(80) + &"]".repeat(80), "- a\n".repeat(100_100)] {
        let found =
            said(&[("main.tf", &task("jsonencode(yamldecode(file(\"a.yaml\")))")), ("a.yaml", &yaml)]);
        assert_eq!(found, [TOO_LARGE]);
    }
}

#[test]
fn a_value_is_read_through_a_few_root_modules() {
    let root = |name: usize, value: &str| {
        format!(
            "terraform {{\n  backend \"s3\" {{\n    bucket = \"b\"\n    key    = \"r{name}\"\n  }}\n}}\n\
             data \"terraform_remote_state\" \"next\" {{\n  backend = \"s3\"\n  config  = {{ bucket = \"b\", key = \"r{}\" }}\n}}\n\
             output \"family\" {{\n  value = {value}\n}}\n",
            name + 1
        )
    };
    let found = |roots: usize| {
        let next = "data.terraform_remote_state.next.outputs.family";
        let mut texts: Vec<String> = (0..roots).map(|name| root(name, next)).collect();
        texts.push(root(roots, "\"a b\""));
        texts[0] += &format!("resource \"aws_ecs_task_definition\" \"a\" {{\n  family = {next}\n}}\n");
        let files: Vec<(String, String)> =
            texts.into_iter().enumerate().map(|(name, text)| (format!("r{name}/main.tf"), text)).collect();
        said(&files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect::<Vec<_>>())
    };
    says_once(&found(3), "invalid `family` `a b`");
    says_once(
        &found(4),
        "limit-reached: this value is read through more than 3 other root modules and is not evaluated",
    );
}

#[test]
fn circular_references_of_a_plan_end() {
    let plan = r#"{ "format_version": "1.2", "planned_values": { "root_module": { "child_modules": [{ "address": "module.m", "resources": [
      { "address": "module.m.aws_ecs_service.a", "mode": "managed", "type": "aws_ecs_service", "name": "a", "values": { "name": "a" } }] }] } },
      "resource_changes": [{ "address": "module.m.aws_ecs_service.a", "change": { "after_unknown": { "task_definition": true } } }],
      "configuration": { "root_module": { "module_calls": { "m": { "expressions": { "x": { "references": ["module.m.y", "module.m"] } },
        "module": { "outputs": { "y": { "expression": { "references": ["var.x"] } } }, "resources": [
          { "address": "aws_ecs_service.a", "mode": "managed", "type": "aws_ecs_service", "name": "a",
            "expressions": { "task_definition": { "references": ["var.x"] } } }] } } } } } }"#;
    says_once(
        &said(&[("plan.json", plan)]),
        "limit-reached: references are followed through at most 16 modules; this one and similar ones are not resolved",
    );
}

#[test]
fn comparisons_and_other_roots_are_charged_to_the_root() {
    let distinct = |count: usize| vec!["length(distinct(range(1024)))"; count].join(" + ");
    let over = |found: &[String]| {
        found.iter().filter(|said| said.contains("the evaluation limit is reached")).count()
    };
    assert_eq!(over(&of("", &format!("jsonencode([{}])", distinct(4)))), 0);
    assert_eq!(over(&of("", &format!("jsonencode([{}])", distinct(40)))), 1);

    let root = |name: &str| {
        format!(
            "terraform {{\n  backend \"s3\" {{\n    bucket = \"state\"\n    key = \"{name}\"\n  }}\n}}\noutput \"x\" {{\n  value = {}\n}}\n",
            distinct(7)
        )
    };
    let read = |name: &str| {
        format!(
            "data \"terraform_remote_state\" \"{name}\" {{\n  backend = \"s3\"\n  config = {{\n    bucket = \"state\"\n    key = \"{name}\"\n  }}\n}}\n"
        )
    };
    let reader = |names: &[&str]| {
        let sum: Vec<String> =
            names.iter().map(|name| format!("data.terraform_remote_state.{name}.outputs.x")).collect();
        let reads: String = names.iter().map(|name| read(name)).collect();
        reads + &task(&format!("jsonencode([{}])", sum.join(", ")))
    };
    let (a, b) = (root("a"), root("b"));
    let with = |main: &str| over(&said(&[("main/main.tf", main), ("a/main.tf", &a), ("b/main.tf", &b)]));
    assert_eq!(with(&reader(&["a"])), 0);
    assert_eq!(with(&reader(&["a", "b"])), 1);
}
