//! Values that depend on an unknown one: each value that it can have is checked.

use std::path::Path;

use ecslint::config::RunOptions;
use ecslint::engine;
use ecslint::source::{Requested, Sources};

use crate::program::{directory, run};

/// A Fargate task whose CPU units and memory are expressions.
fn task(cpu: &str, memory: &str, rest: &str) -> String {
    format!(
        "resource \"aws_ecs_task_definition\" \"web\" {{
  family = \"web\"
  requires_compatibilities = [\"FARGATE\"]
  network_mode = \"awsvpc\"
  cpu = {cpu}
  memory = {memory}
  container_definitions = jsonencode([{{ name = \"web\", image = \"nginx\" }}])
}}
{rest}"
    )
}

/// The findings about the size of a task, with their severities.
fn sizes(text: &str) -> Vec<String> {
    sizes_with(text, "")
}

/// The same, with a var file.
fn sizes_with(text: &str, values: &str) -> Vec<String> {
    let mut sources = Sources::new("/");
    let file = sources.add(Path::new("main.tf"), text);
    sources.add(Path::new("prod.tfvars"), values);
    sources.add_input(file, Requested::Discovered);
    let options = RunOptions { select: vec!["fargate-cpu-memory".to_owned()], ..RunOptions::default() };
    let found = engine::check(&sources, &options).diagnostics;
    let line = |message: &str| message.replace(": expected", "|").split('|').next().unwrap().to_owned();
    let condition =
        |message: &str| message.rfind(" (").map(|at| message[at..].to_owned()).unwrap_or_default();
    found
        .iter()
        .map(|found| {
            format!("{} {}{}", found.severity.name(), line(&found.message), condition(&found.message))
        })
        .collect()
}

const SIZES: &str = "variable \"env\" {}
locals {
  sizes = {
    dev  = { cpu = 256, memory = 512 }
    prod = { cpu = 1024, memory = 512 }
  }
}
";

#[test]
fn what_all_values_have_in_common_is_known() {
    let rest = "variable \"env\" {}
locals {
  all = {
    dev  = { name = \"dev\", size = { cpu = 1024, memory = 512 } }
    prod = { name = \"prod\", size = { cpu = 1024, memory = 512 } }
  }
  one = contains(keys(local.all), split(\"/\", var.env)[0]) ? local.all[split(\"/\", var.env)[0]] : local.all[\"dev\"]
}
";
    let text = task("local.one.size.cpu", "local.one.size.memory", rest);
    assert_eq!(sizes(&text), ["error 512 MiB is not a valid Fargate memory size for 1024 CPU units"]);
}

#[test]
fn members_of_an_unknown_value_belong_together_wherever_they_are_used() {
    let rest = "variable \"all\" {}
variable \"env\" {}
locals {
  one = contains(keys(var.all), var.env) ? var.all[var.env] : var.all[\"default\"]
}
";
    let text = task("local.one.is_large ? 1024 : 256", "local.one.is_large ? 512 : 2048", rest);
    assert_eq!(
        sizes(&text),
        [
            "warning 512 MiB is not a valid Fargate memory size for 1024 CPU units (when `local.one.is_large` is `true`)"
        ]
    );
}

#[test]
fn values_selected_by_the_same_key_belong_together() {
    let text = task("local.sizes[var.env].cpu", "local.sizes[var.env].memory", SIZES);
    assert_eq!(
        sizes(&text),
        ["warning 512 MiB is not a valid Fargate memory size for 1024 CPU units (when `var.env` is `prod`)"]
    );
}

#[test]
fn what_is_wrong_with_every_key_is_an_error() {
    let text = task("local.sizes[var.env].cpu", "300", SIZES);
    let found = sizes(&text);
    assert_eq!(
        found,
        [
            "error 300 MiB is not a valid Fargate memory size for 1024 CPU units (when `var.env` is `prod`)",
            "error 300 MiB is not a valid Fargate memory size for 256 CPU units (when `var.env` is `dev`)",
        ]
    );
}

#[test]
fn validation_excludes_keys() {
    let validated = SIZES.replace(
        "variable \"env\" {}",
        "variable \"env\" {\n  validation {\n    condition = contains([\"dev\"], var.env)\n    error_message = \"no\"\n  }\n}",
    );
    let text = task("local.sizes[var.env].cpu", "local.sizes[var.env].memory", &validated);
    assert!(sizes(&text).is_empty(), "{:?}", sizes(&text));
    let only = task("local.sizes[var.env].cpu", "300", &validated);
    assert_eq!(sizes(&only), ["error 300 MiB is not a valid Fargate memory size for 256 CPU units"]);
}

#[test]
fn a_condition_of_a_variable_excludes_what_it_refuses() {
    let validated = SIZES.replace(
        "variable \"env\" {}",
        "variable \"env\" {\n  validation {\n    condition = var.env != \"prod\"\n    error_message = \"no\"\n  }\n}",
    );
    let text = task("local.sizes[var.env].cpu", "local.sizes[var.env].memory", &validated);
    assert!(sizes(&text).is_empty(), "{:?}", sizes(&text));
}

#[test]
fn an_equality_decides_conditionals_and_maps() {
    let text = task(
        "var.env == \"prod\" ? 1024 : 256",
        "lookup({ prod = 512, test = 512 }, var.env, 1024)",
        "variable \"env\" {}\n",
    );
    assert_eq!(
        sizes(&text),
        ["warning 512 MiB is not a valid Fargate memory size for 1024 CPU units (when `var.env` is `prod`)"]
    );
}

#[test]
fn other_values_than_the_compared_ones_are_checked_too() {
    let text = task("var.env == \"prod\" ? 256 : 512", "512", "variable \"env\" {}\n");
    assert_eq!(
        sizes(&text),
        [
            "warning 512 MiB is not a valid Fargate memory size for 512 CPU units (when `var.env` is not `prod`)"
        ]
    );
}

#[test]
fn a_test_that_is_not_a_comparison_has_two_results() {
    let text = task("length(var.zones) > 2 ? 1024 : 256", "512", "variable \"zones\" {}\n");
    assert_eq!(
        sizes(&text),
        [
            "warning 512 MiB is not a valid Fargate memory size for 1024 CPU units (when `length(var.zones) > 2` is `true`)"
        ]
    );
}

#[test]
fn several_choices_are_combined() {
    let text =
        task("var.big ? 1024 : 256", "var.lean ? 512 : 3072", "variable \"big\" {}\nvariable \"lean\" {}\n");
    assert_eq!(
        sizes(&text),
        [
            "warning 512 MiB is not a valid Fargate memory size for 1024 CPU units (when `var.big` is `true` and `var.lean` is `true`)",
            "warning 3072 MiB is not a valid Fargate memory size for 256 CPU units (when `var.big` is `false` and `var.lean` is `false`)",
        ]
    );
}

#[test]
fn a_choice_within_a_choice_is_followed() {
    let text = task(
        "local.sizes[var.env][var.size].cpu",
        "local.sizes[var.env][var.size].memory",
        "variable \"env\" {}
variable \"size\" {}
locals {
  sizes = {
    dev  = { small = { cpu = 256, memory = 512 }, large = { cpu = 512, memory = 1024 } }
    prod = { small = { cpu = 256, memory = 512 }, huge = { cpu = 4096, memory = 1024 } }
  }
}
",
    );
    assert_eq!(
        sizes(&text),
        [
            "warning 1024 MiB is not a valid Fargate memory size for 4096 CPU units (when `var.size` is `huge`)"
        ]
    );
}

#[test]
fn a_large_table_is_not_followed() {
    let entries: Vec<String> = (0..30).map(|at| format!("r{at} = {}", 256 << (at % 2))).collect();
    let rest = format!("variable \"region\" {{}}\nlocals {{ cpu = {{ {} }} }}\n", entries.join(", "));
    assert!(sizes(&task("local.cpu[var.region]", "300", &rest)).is_empty());
}

#[test]
fn choices_with_too_many_combinations_are_followed_one_at_a_time() {
    let tags = "  tags = { a = var.a ? 1 : 2, b = var.b ? 1 : 2, c = var.c ? 1 : 2, d = var.d ? 1 : 2 }\n";
    let variables =
        "variable \"big\" {}\nvariable \"a\" {}\nvariable \"b\" {}\nvariable \"c\" {}\nvariable \"d\" {}\n";
    let text = task("var.big ? 1024 : 256", "512", variables).replacen("  cpu", &format!("{tags}  cpu"), 1);
    assert_eq!(
        sizes(&text),
        ["warning 512 MiB is not a valid Fargate memory size for 1024 CPU units (when `var.big` is `true`)"]
    );
}

#[test]
fn choices_that_there_is_no_room_for_are_named() {
    let names: Vec<String> = ('a'..='i').map(|name| format!("v{name}")).collect();
    let tags: Vec<String> = names.iter().map(|name| format!("{name} = var.{name} ? 1 : 2")).collect();
    let variables: String = names.iter().map(|name| format!("variable \"{name}\" {{}}\n")).collect();
    let tags = format!("  tags = {{ {} }}\n  cpu", tags.join(", "));
    let text = task("256", "512", &variables).replacen("  cpu", &tags, 1);
    let directory = directory(&[("main.tf", &text)]);
    let (_, _, said) = run(directory.path(), &["check", "--show-unknown"]);
    let line =
        "main.tf:1:1: too many combinations of values, so what depends on these stays unknown: `var.vi`";
    assert!(said.lines().any(|said| said == line), "{said}");
}

#[test]
fn a_test_in_a_loop_has_a_result_for_each_item() {
    let each = |large: u32, small: u32, index: u32| {
        format!("[for zone in [\"a\", \"b\"] : length(var.hosts[zone]) > 2 ? {large} : {small}][{index}]")
    };
    let text = task(&each(1024, 256, 0), &each(512, 2048, 1), "variable \"hosts\" {}\n");
    assert_eq!(sizes(&text), [""; 0]);
}

#[test]
fn whether_a_variable_is_set_is_not_a_choice() {
    for test in ["var.cpu == null", "var.cpu != \"\"", "var.cpu == null || var.cpu == \"\""] {
        let cpu = format!("{test} ? 1024 : 256");
        let found = sizes(&task(&cpu, "300", "variable \"cpu\" {}\n"));
        assert!(found.is_empty(), "{test}: {found:?}");
    }
}

#[test]
fn what_the_provider_computes_is_not_a_choice() {
    let group = "resource \"aws_lb_target_group\" \"web\" {}\n";
    assert!(sizes(&task("aws_lb_target_group.web.arn == \"\" ? 1024 : 256", "300", group)).is_empty());
    let length = "length(aws_lb_target_group.web.arn) > 0 ? 256 : 1024";
    assert!(sizes(&task(length, "512", group)).is_empty());
}

#[test]
fn what_a_module_that_is_not_read_computes_is_not_a_choice() {
    let module = "module \"acm\" {\n  source = \"example/acm/aws\"\n}\n";
    for test in ["module.acm.is_large", "length(module.acm.arn) > 0", "module.acm.arn == \"large\""] {
        assert_eq!(sizes(&task(&format!("{test} ? 1024 : 256"), "512", module)), [""; 0], "{test}");
    }
    let mixed = format!("{module}variable \"large\" {{}}\n");
    let test = "var.large || length(module.acm.arn) > 0 ? 1024 : 256";
    assert_eq!(sizes(&task(test, "512", &mixed)).len(), 1);
}

/// What selects one of several values: the expressions for the CPU units and for the memory, the values of which are wrong together
/// in one case, the value in a var file that selects this case, and the condition.
struct Form {
    cpu: &'static str,
    memory: &'static str,
    /// CPU units and memory are these in the wrong case.
    wrong: (u32, u32),
    selected: &'static str,
    when: &'static str,
}

const FORMS: &[Form] = &[
    Form {
        cpu: "local.cpu[var.env]",
        memory: "local.memory[var.env]",
        wrong: (1024, 512),
        selected: "env = \"prod\"",
        when: "`var.env` is `prod`",
    },
    Form {
        cpu: "local.cpu[\"${var.env}\"]",
        memory: "lookup(local.memory, var.env)",
        wrong: (1024, 512),
        selected: "env = \"prod\"",
        when: "`var.env` is `prod`",
    },
    Form {
        cpu: "lookup(local.cpu, var.env, 2048)",
        memory: "lookup(local.memory, var.env, 512)",
        wrong: (2048, 512),
        selected: "env = \"qa\"",
        when: "`var.env` is none of `dev`, `prod`, `test`",
    },
    Form {
        cpu: "try(local.cpu[var.env], 2048)",
        memory: "try(local.sizes[var.env].memory, local.sizes[\"dev\"].memory)",
        wrong: (2048, 512),
        selected: "env = \"qa\"",
        when: "`var.env` is none of `dev`, `prod`, `test`",
    },
    Form {
        cpu: "can(local.cpu[var.env]) ? local.cpu[var.env] : 2048",
        memory: "contains(keys(local.memory), var.env) ? local.memory[var.env] : 512",
        wrong: (2048, 512),
        selected: "env = \"qa\"",
        when: "`var.env` is none of `dev`, `prod`, `test`",
    },
    Form {
        cpu: "element([256, 512], var.index)",
        memory: "element([1024, 3072, 1024], var.index)",
        wrong: (256, 3072),
        selected: "index = 10",
        when: "`var.index` is `4`",
    },
    Form {
        cpu: "[256, 512][var.index]",
        memory: "element([512, 512], var.index)",
        wrong: (512, 512),
        selected: "index = 1",
        when: "`var.index` is `1`",
    },
    Form {
        cpu: "coalesce(var.cpu, 1024)",
        memory: "512",
        wrong: (1024, 512),
        selected: "cpu = 1024",
        when: "`var.cpu` is `null`",
    },
    Form {
        cpu: "coalesce(lookup(local.cpu, var.env, null), 2048)",
        memory: "coalesce(lookup(local.memory, var.env, \"\"), 512)",
        wrong: (2048, 512),
        selected: "env = \"qa\"",
        when: "`var.env` is none of `dev`, `prod`, `test`",
    },
    Form {
        cpu: "var.env == \"prod\" ? 1024 : var.env == \"test\" ? 512 : 256",
        memory: "var.env == \"prod\" ? 2048 : 512",
        wrong: (512, 512),
        selected: "env = \"test\"",
        when: "`var.env` is `test`",
    },
    Form {
        cpu: "var.env == \"prod\" ? (var.big ? 4096 : 512) : 256",
        memory: "var.env == \"prod\" ? 1024 : 512",
        wrong: (4096, 1024),
        selected: "env = \"prod\"\nbig = true",
        when: "`var.big` is `true` and `var.env` is `prod`",
    },
];

const CHOICES: &str = "variable \"env\" {}
variable \"index\" {}
variable \"big\" {}
variable \"cpu\" { default = null }
locals {
  cpu    = { dev = 256, prod = CPU, test = 512 }
  memory = { dev = 512, prod = MEMORY, test = 1024 }
  sizes  = { dev = { memory = 512 }, prod = { memory = MEMORY }, test = { memory = 1024 } }
}
";

impl Form {
    /// The declarations. The values of one key are wrong only in the forms in which a key is the wrong case.
    fn rest(&self) -> String {
        let (cpu, memory) = if self.wrong.0 == 2048 { (1024, 2048) } else { self.wrong };
        CHOICES.replace("CPU", &cpu.to_string()).replace("MEMORY", &memory.to_string())
    }

    fn message(&self) -> String {
        let (cpu, memory) = self.wrong;
        format!("{memory} MiB is not a valid Fargate memory size for {cpu} CPU units")
    }
}

#[test]
fn what_is_wrong_with_some_values_is_a_warning_that_names_them() {
    for form in FORMS {
        let text = task(form.cpu, form.memory, &form.rest());
        let expected = format!("warning {} (when {})", form.message(), form.when);
        assert_eq!(sizes(&text), [expected], "{} {}", form.cpu, form.memory);
    }
}

#[test]
fn what_the_repository_selects_is_an_error() {
    for form in FORMS {
        let text = task(form.cpu, form.memory, &form.rest());
        let expected = format!("error {}", form.message());
        assert_eq!(sizes_with(&text, form.selected), [expected], "{} {}", form.cpu, form.memory);
    }
}

#[test]
fn what_is_wrong_with_every_value_is_an_error() {
    for form in FORMS {
        let found = sizes(&task(form.cpu, "300", &form.rest()));
        assert!(!found.is_empty(), "{}", form.cpu);
        // A variable that is not given can have any other value.
        let severity = if form.cpu.contains("var.cpu") { "warning" } else { "error" };
        assert!(found.iter().all(|line| line.starts_with(severity)), "{}: {found:?}", form.cpu);
    }
}

#[test]
fn a_test_that_is_written_twice_is_one_choice() {
    let rest = "variable \"env\" {}\nvariable \"n\" {}\nvariable \"l\" {}\n";
    for test in [
        "lower(terraform.workspace) == \"prod\"",
        "startswith(var.env, \"prod\")",
        "can(regex(\"^prod\", var.env))",
        "var.n > 5",
        "length(var.l) > 0",
    ] {
        let spaced = test.replace(", ", ",  ");
        let text = task(&format!("{test} ? 1024 : 256"), &format!("{spaced} ? 2048 : 512"), rest);
        assert!(sizes(&text).is_empty(), "{test}: {:?}", sizes(&text));
        let text = task(&format!("{test} ? 1024 : 256"), &format!("{spaced} ? 512 : 512"), rest);
        assert_eq!(sizes(&text).len(), 1, "{test}");
    }
}

#[test]
fn tests_of_the_same_variable_are_not_combined() {
    let rest = "variable \"n\" {}\nvariable \"env\" {}\nlocals {\n  large = var.n > 5\n}\n";
    for (cpu, memory) in [
        ("var.n > 5 ? 1024 : 256", "var.n <= 5 ? 512 : 2048"),
        ("local.large ? 1024 : 256", "var.n <= 5 ? 512 : 2048"),
        ("startswith(var.env, \"prod\") ? 1024 : 256", "var.env == \"prod\" ? 2048 : 512"),
    ] {
        assert!(sizes(&task(cpu, memory, rest)).is_empty(), "{cpu} {memory}");
    }
    // Tests of different variables are.
    let found = sizes(&task("var.n > 5 ? 1024 : 256", "length(var.env) > 3 ? 2048 : 512", rest));
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn an_unrelated_test_does_not_hide_a_choice_between_two_selectors() {
    let rest = "variable \"a\" {}\nvariable \"b\" {}\nvariable \"n\" {}\n\
                resource \"aws_ecs_cluster\" \"c\" {\n  name = var.n > 5 ? \"x\" : \"y\"\n}\n\
                resource \"aws_ecs_cluster\" \"each\" {\n  count = var.n\n  name = element([\"x\", \"y\"], count.index)\n}\n";
    let found = sizes(&task("var.a && var.b ? 1024 : 256", "512", rest));
    let expected = "warning 512 MiB is not a valid Fargate memory size for 1024 CPU units (when `var.a` is `true` and `var.b` is `true`)";
    assert_eq!(found, [expected]);
}

#[test]
fn the_test_of_a_dynamic_block_is_a_choice() {
    let rest = "variable \"large\" {}\n";
    let block = "  dynamic \"ephemeral_storage\" {
    for_each = var.large ? [1] : []
    content {
      size_in_gib = 5
    }
  }
";
    let text = task("256", "512", rest).replace("  cpu = 256\n", &format!("  cpu = 256\n{block}"));
    let mut sources = Sources::new("/");
    let file = sources.add(Path::new("main.tf"), text);
    sources.add_input(file, Requested::Discovered);
    let options = RunOptions { select: vec!["ephemeral-storage".to_owned()], ..RunOptions::default() };
    let found = engine::check(&sources, &options).diagnostics;
    let messages: Vec<&str> = found.iter().map(|found| found.message.as_str()).collect();
    assert!(
        matches!(messages.as_slice(), [one] if one.ends_with("(when `var.large` is `true`)")),
        "{messages:?}"
    );
}
