//! Secrets that no format and no name reveals, because Terraform marks them, and what is computed from them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::corpus::hides_all;
use super::kinds::word;
use crate::program::{directory, run};

/// Declarations of a secret `WORD`, and the expression that reads it.
const SOURCES: &[(&str, &str)] = &[
    ("variable \"N\" {\n  sensitive = true\n  default   = \"WORD\"\n}", "var.N"),
    ("variable \"N\" {\n  ephemeral = true\n  default   = \"WORD\"\n}", "var.N"),
    (
        "variable \"N\" {\n  sensitive = true\n  type = object({ a = string })\n  default   = { a = \"WORD\" }\n}",
        "var.N.a",
    ),
    ("variable \"N\" {\n  sensitive = true\n  default   = [\"WORD\"]\n}", "var.N[0]"),
    ("locals {\n  N = sensitive(\"WORD\")\n}", "local.N"),
    ("locals {\n  N = sensitive({ a = [\"WORD\"] })\n}", "local.N.a[0]"),
    ("locals {\n  N_password = \"WORD\"\n}", "local.N_password"),
    ("locals {\n  N = { db_passwort = \"WORD\" }\n}", "local.N.db_passwort"),
    ("locals {\n  N = { for k, v in { \"password\" = \"WORD\" } : k => v }\n}", "local.N[\"password\"]"),
    ("locals {\n  N_passwords = [\"WORD\"]\n}", "local.N_passwords[0]"),
    ("locals {\n  N_passwords = { a = \"WORD\" }\n}", "local.N_passwords.a"),
    (
        "resource \"aws_ssm_parameter\" \"N\" {\n  name = \"N\"\n  type = \"SecureString\"\n  value = \"WORD\"\n}",
        "aws_ssm_parameter.N.value",
    ),
    (
        "resource \"aws_secretsmanager_secret_version\" \"N\" {\n  secret_id = \"N\"\n  secret_string = \"WORD\"\n}",
        "aws_secretsmanager_secret_version.N.secret_string",
    ),
    (
        "resource \"aws_secretsmanager_secret_version\" \"N\" {\n  secret_id = \"N\"\n  secret_string = jsonencode({ a = \"WORD\" })\n}",
        "jsondecode(aws_secretsmanager_secret_version.N.secret_string).a",
    ),
    ("resource \"aws_db_instance\" \"N\" {\n  password = \"WORD\"\n}", "aws_db_instance.N.password"),
    (
        "resource \"aws_rds_cluster\" \"N\" {\n  master_password = \"WORD\"\n}",
        "aws_rds_cluster.N.master_password",
    ),
    (
        "resource \"aws_sns_platform_application\" \"N\" {\n  platform_credential = \"WORD\"\n}",
        "aws_sns_platform_application.N.platform_credential",
    ),
    ("resource \"aws_kms_ciphertext\" \"N\" {\n  plaintext = \"WORD\"\n}", "aws_kms_ciphertext.N.plaintext"),
    (
        "resource \"aws_api_gateway_api_key\" \"N\" {\n  value = \"WORD\"\n}",
        "aws_api_gateway_api_key.N.value",
    ),
    ("resource \"aws_x\" \"N\" {\n  anything_wo = \"WORD\"\n}", "aws_x.N.anything_wo"),
    ("module \"N\" {\n  source = \"./child\"\n  given = \"WORD\"\n}", "module.N.plain"),
    ("module \"N\" {\n  source = \"./child\"\n  shown = \"WORD\"\n}", "module.N.hidden"),
    ("locals {\n  N = csvdecode(\"name,password\\na,WORD\")\n}", "local.N[0].password"),
    ("locals {\n  N = yamldecode(\"password: WORD\")\n}", "local.N.password"),
    ("locals {\n  N = jsondecode(\"{\\\"password\\\": \\\"WORD\\\"}\")\n}", "local.N.password"),
    ("locals {\n  N_password = base64decode(\"BASE\")\n}", "local.N_password"),
    ("locals {\n  N_password = lower(\"UPPER\")\n}", "local.N_password"),
    ("locals {\n  N_password = true ? \"WORD\" : \"\"\n}", "local.N_password"),
    ("variable \"N\" {\n  sensitive = true\n}", "var.N"),
    ("variable \"N_env\" {}\nlocals {\n  N_password = \"${var.N_env}WORD\"\n}", "local.N_password"),
];

/// A function of a secret, and its value.
type Function = (&'static str, fn(&str) -> String);

/// Functions of a secret.
const FUNCTIONS: &[Function] = &[
    ("X", str::to_owned),
    ("upper(X)", str::to_uppercase),
    ("title(X)", |word| word[..1].to_uppercase() + &word[1..]),
    ("strrev(X)", |word| word.chars().rev().collect()),
    ("substr(X, 1, 9)", |word| word[1..10].to_owned()),
    ("base64encode(X)", |word| STANDARD.encode(word)),
    ("urlencode(\"X Y\")", |word| word.to_owned()),
    ("replace(X, \"/^(.)/\", \"-$1\")", str::to_owned),
    ("format(\"%s!\", X)", str::to_owned),
    ("format(\"%q\", X)", str::to_owned),
    ("join(\"-\", [\"a\", X])", str::to_owned),
    ("join(\"-\", reverse(split(\"\", X)))", |word| {
        word.chars().rev().map(String::from).collect::<Vec<_>>().join("-")
    }),
    ("trimspace(\" ${X} \")", str::to_owned),
    ("trimprefix(\"a${X}\", \"a\")", str::to_owned),
    ("\"${X}x\"", str::to_owned),
    ("\"%{ if true }${X}%{ endif }\"", str::to_owned),
    ("coalesce(null, X)", str::to_owned),
    ("try(X, \"\")", str::to_owned),
    ("lookup({ a = X }, \"a\", \"\")", str::to_owned),
    ("merge({ a = X }, { b = \"\" }).a", str::to_owned),
    ("[for v in [X] : v][0]", str::to_owned),
    ("element(tolist([X]), 0)", str::to_owned),
    ("values({ a = X })[0]", str::to_owned),
    ("one([X])", str::to_owned),
    ("jsondecode(jsonencode({ a = X })).a", str::to_owned),
    ("regex(\"^.(.*)$\", X)[0]", |word| word[1..].to_owned()),
    ("indent(2, X)", str::to_owned),
    ("yamldecode(\"a: ${X}\").a", str::to_owned),
    ("templatestring(\"$${a}\", { a = X })", str::to_owned),
    ("true ? X : \"\"", str::to_owned),
    ("tostring(X)", str::to_owned),
    ("zipmap([\"a\"], [X]).a", str::to_owned),
];

/// The module that the sources call.
const CHILD: &str = "variable \"given\" {\n  sensitive = true\n  default = \"\"\n}\nvariable \"shown\" {\n  default = \"\"\n}\n\
    output \"plain\" {\n  value = var.given\n}\noutput \"hidden\" {\n  sensitive = true\n  value = var.shown\n}\n";

/// A task definition with an expression in its environment and in a reference, which a finding quotes.
fn task(name: &str, expression: &str) -> String {
    format!(
        "resource \"aws_ecs_task_definition\" \"{name}\" {{\n  family = \"{name}\"\n  container_definitions = jsonencode([{{\n    \
         name = \"web\", image = \"nginx\", memory = 128,\n    environment = [{{ name = \"VALUE\", value = {expression} }}],\n    \
         dependsOn = [{{ containerName = {expression}, condition = \"START\" }}]\n  }}])\n}}\n"
    )
}

#[test]
fn what_terraform_marks_is_hidden_and_so_is_what_is_computed_from_it() {
    let (mut text, mut secrets) = (String::new(), Vec::new());
    let (mut given, mut pairs) = (String::new(), 0);
    for (index, (declaration, expression)) in SOURCES.iter().enumerate() {
        let (word, name) = (word(index), format!("n{index}"));
        let put = |text: &str| {
            let text = text.replace("WORD", &word).replace("BASE", &STANDARD.encode(&word));
            text.replace("UPPER", &word.to_uppercase()).replace('N', &name)
        };
        text += &(put(declaration) + "\n");
        given += &format!("{name} = \"{word}\"\n");
        secrets.extend([STANDARD.encode(&word), word.to_uppercase(), word.clone()]);
        // All functions of the first secrets, and a few of the others.
        let functions = if index < 3 { FUNCTIONS } else { &FUNCTIONS[..6] };
        for (number, (function, value)) in functions.iter().enumerate() {
            pairs += 1;
            text += &task(&format!("t{index}_{number}"), &function.replace('X', &put(expression)));
            secrets.push(value(&word));
        }
    }
    assert!(pairs > 200, "{pairs}");
    let files = [("main.tf", text.as_str()), ("child/main.tf", CHILD), ("terraform.tfvars", given.as_str())];
    let directory = directory(&files);
    hides_all(directory.path(), &secrets.iter().map(String::as_str).collect::<Vec<_>>());
}

#[test]
fn what_a_plan_marks_is_hidden() {
    let words: Vec<String> = (100..108).map(word).collect();
    let [first, second, third, fourth, fifth, sixth, seventh, eighth] = words.as_slice() else { panic!() };
    let task = |value: &str| {
        format!(
            r#"[{{\"name\":\"web\",\"image\":\"nginx\",\"memory\":128,\"environment\":[{{\"name\":\"VALUE\",\"value\":\"{value}\"}}],\"dependsOn\":[{{\"containerName\":\"{value}\",\"condition\":\"START\"}}]}}]"#
        )
    };
    let plan = format!(
        r#"{{ "format_version": "1.2", "terraform_version": "1.9.0", "variables": {{ "given": {{ "value": "{first}" }} }},
  "planned_values": {{
    "outputs": {{ "shown": {{ "sensitive": true, "value": "{second}" }} }},
    "root_module": {{ "resources": [
      {{ "address": "aws_ecs_task_definition.a", "mode": "managed", "type": "aws_ecs_task_definition", "name": "a",
        "values": {{ "family": "a", "network_mode": "{third}", "tags": {{ "note": "{fourth}" }}, "container_definitions": "{}" }},
        "sensitive_values": {{ "network_mode": true, "tags": {{ "note": true }}, "container_definitions": true }} }} ],
      "child_modules": [{{ "address": "module.m", "resources": [
        {{ "address": "module.m.aws_ecs_service.b", "mode": "managed", "type": "aws_ecs_service", "name": "b",
          "values": {{ "name": "b", "launch_type": "{sixth}" }}, "sensitive_values": {{ "launch_type": true }} }}] }}] }} }},
  "resource_changes": [{{ "address": "aws_ecs_service.c", "change": {{ "before": {{ "launch_type": "{seventh}" }}, "before_sensitive": {{ "launch_type": true }},
    "after": {{ "launch_type": "{eighth}" }}, "after_sensitive": {{ "launch_type": true }} }} }}],
  "configuration": {{ "root_module": {{ "variables": {{ "given": {{ "sensitive": true }} }} }} }} }}"#,
        task(fifth)
    );
    let plain = format!(
        r#"{{ "family": "{first}", "networkMode": "{second}", "cpu": "{seventh}", "memory": "{eighth}", "containerDefinitions": [] }}"#
    );
    let directory = directory(&[("plan.json", plan.as_str()), ("task.json", plain.as_str())]);
    hides_all(directory.path(), &words.iter().map(String::as_str).collect::<Vec<_>>());
}

/// A secret hides itself, and not what is next to it or contains it as a word.
#[test]
fn a_mark_stays_on_what_is_marked() {
    let text = r#"
variable "env" {
  sensitive = true
  default   = "production"
}
variable "config" {
  default = { user = "application", password = "qwrtplkjhgfd", host = "db.example.internal" }
}
resource "aws_ssm_parameter" "plain" {
  name  = "x"
  type  = "String"
  value = "some-cluster-name"
}
locals {
  all   = { for key, value in var.config : upper(key) => format("%s", value) }
  count = length(values(var.config))
  doc   = templatefile("t.tpl", { password = var.config.password, image = "nginx:1.27" })
}
resource "aws_ecs_task_definition" "a" {
  family       = "web"
  network_mode = lookup({ mode = "aswvpc", password = var.config.password }, "mode")
  container_definitions = jsonencode([{
    name        = "web", image = "example/production:1", memory = 128, cpu = local.count
    user        = var.env
    dependsOn   = [{ containerName = aws_ssm_parameter.plain.value, condition = "START" }]
    environment = [for key, value in local.all : { name = key, value = value }]
  }])
}
resource "aws_ecs_task_definition" "b" {
  family                = "b"
  container_definitions = local.doc
}
"#;
    let template =
        "[{ \"name\": \"web\", \"image\": \"${image}\", \"memory\": 128, \"user\": \"${password}\" }]";
    let directory = directory(&[("main.tf", text), ("t.tpl", template)]);
    let (_, out, _) = run(directory.path(), &["check"]);
    assert!(out.contains("depends on `some-cluster-name`") && out.contains("`aswvpc`"), "{out}");
    let (_, out, _) = run(directory.path(), &["show"]);
    for shown in [
        "example/production:1",
        "\"PASSWORD\"",
        "\"application\"",
        "\"db.example.internal\"",
        "\"cpu\": 3",
        "nginx:1.27",
    ] {
        assert!(out.contains(shown), "{shown}: {out}");
    }
    assert!(
        !out.contains("qwrtpl") && !out.contains("\"production\"") && out.matches("********").count() == 3,
        "{out}"
    );
}

/// The members of a sensitive object, which are also names, ports, and common words. A word is hidden where it is marked and
/// in findings about these places; where it is used without a mark, it is shown.
#[test]
fn words_that_are_also_used_without_a_mark_are_shown() {
    let text = r#"
variable "db" {
  sensitive = true
  default = { name = "application", port = "5432", engine = "postgres", tls = "true", user = "vkzqmwtrplhgb" }
}
resource "aws_secretsmanager_secret_version" "db" {
  secret_id     = "db"
  secret_string = "{\"dbname\": \"warehouse\", \"port\": 8443, \"key\": \"qxwzvbnrtplkjh\"}"
}
resource "aws_ecs_task_definition" "a" {
  family                   = "warehouse"
  network_mode             = "awsvpc"
  container_definitions = jsonencode([{
    name         = "application", image = "nginx:1.27", memory = 128, essential = true
    portMappings = [{ containerPort = 5432, hostPort = 8443 }]
    dependsOn    = [{ containerName = "application", condition = "HEALTHY" }, { containerName = var.db.engine, condition = "START" }]
    environment  = [{ name = "DB", value = var.db.name }, { name = "USER", value = var.db.user }]
  }])
}
resource "aws_ecs_service" "a" {
  name            = "a b"
  task_definition = aws_ecs_task_definition.a.arn
  load_balancer {
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/6d0ecf831eec9f09"
    container_name   = "applications"
    container_port   = 5432
  }
}
"#;
    let directory = directory(&[("main.tf", text), ("other/main.tf", &other("postgres"))]);
    let (_, out, _) = run(directory.path(), &["check", "--format", "concise"]);
    for shown in ["5432", "8443", "`application`", "`postgres`"] {
        assert!(out.contains(shown), "{shown}: {out}");
    }
    let about = |line: &&str| line.starts_with("main.tf") && line.contains("depends on");
    let depends: Vec<&str> = out.lines().filter(about).collect();
    assert!(depends.iter().any(|line| line.contains("`********`")), "{out}");
    assert!(!depends.iter().any(|line| line.contains("postgres")), "{out}");
    let (_, shown, _) = run(directory.path(), &["show"]);
    for word in ["\"application\"", "\"warehouse\"", "5432", "true"] {
        assert!(shown.contains(word), "{word}: {shown}");
    }
    assert_eq!(shown.matches("********").count(), 3, "{shown}");
    for said in [out, shown] {
        assert!(!said.contains("vkzqmw") && !said.contains("qxwzvb"), "{said}");
    }
}

/// A short text can be a part of any word, so it is not searched for.
#[test]
fn a_short_secret_is_hidden_only_where_it_is_one() {
    let text = "variable \"pin\" {\n  sensitive = true\n  default   = \"qzj\"\n}\n";
    let (marked, plain) = (task("a", "var.pin"), other("qzj"));
    let directory = directory(&[("main.tf", &format!("{text}{marked}")), ("other/main.tf", &plain)]);
    let (_, out, _) = run(directory.path(), &["check", "--select", "unknown-dependency"]);
    let lines = |text: &str| out.lines().filter(|line| line.contains(text)).count();
    assert_eq!(lines("default   = \"***\""), 1, "{out}");
    assert_eq!(lines("containerName = \"qzj\""), 1, "{out}");
}

/// A message does not quote it, whatever its length.
#[test]
fn a_message_does_not_quote_a_short_secret() {
    for (value, text) in [("q", "${var.pin}"), ("Zq7", "${var.pin}"), ("483920175", "x-${var.pin}")] {
        let declared = format!("variable \"pin\" {{\n  sensitive = true\n  default   = \"{value}\"\n}}\n");
        let marked = task("a", &format!("\"{text}\""));
        let directory = directory(&[("main.tf", &format!("{declared}{marked}"))]);
        for format in ["human", "concise", "json", "github"] {
            let arguments = ["check", "--select", "unknown-dependency", "--format", format];
            let (_, out, _) = run(directory.path(), &arguments);
            assert!(out.contains("unknown-dependency"), "{out}");
            let quoted = text.replace("${var.pin}", value);
            assert!(!out.contains(&format!("`{quoted}`")) && !out.contains("483920175"), "{format}: {out}");
        }
    }
}

/// A root module with a container that depends on another one that does not exist.
fn other(name: &str) -> String {
    task("other", &format!("\"{name}\""))
}

/// A word that is no name of the same root module is hidden everywhere, and so is a name that is a credential by its own
/// name.
#[test]
fn a_secret_with_the_value_of_a_name_elsewhere_is_hidden() {
    let marked = "variable \"given\" {\n  sensitive = true\n  default = \"vkzqmwtrplhgb\"\n}\nlocals {\n  password = \"qxwzvbnrtplkjh\"\n}\n";
    let files = [
        ("a/main.tf", format!("{marked}{}", task("a", "upper(var.given)"))),
        ("b/main.tf", (0..5).map(|index| task(&format!("b{index}"), "\"vkzqmwtrplhgb\"")).collect()),
        (
            "c/main.tf",
            format!("locals {{\n  password = \"qxwzvbnrtplkjh\"\n}}\n{}", task("qxwzvbnrtplkjh", "\"c\"")),
        ),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    hides_all(directory(&files).path(), &["vkzqmwtrplhgb", "VKZQMWTRPLHGB", "qxwzvbnrtplkjh"]);
}

/// A task that repeats a text on a line with a mistake.
fn repeated(name: &str, text: &str) -> String {
    format!(
        "resource \"aws_ecs_task_definition\" \"{name}\" {{\n  family = \"{name}\"\n  container_definitions = jsonencode([{{\n    \
         name = \"web\", image = \"nginx\",\n    memory = 1, environment = [{{ name = \"VALUE\", value = \"{text}\" }}]\n  }}])\n}}\n"
    )
}

#[test]
fn a_secret_that_nothing_refers_to_is_hidden_where_its_text_is_repeated() {
    let (mut text, mut secrets) = (String::new(), Vec::new());
    let is_literal = |declaration: &str| {
        declaration.contains("WORD") && !declaration.contains("locals") && !declaration.starts_with("module")
    };
    for (index, (declaration, _)) in SOURCES.iter().enumerate().filter(|(_, (text, _))| is_literal(text)) {
        let (word, name) = (word(200 + index), format!("n{index}"));
        text += &(declaration.replace("WORD", &word).replace('N', &name) + "\n");
        text += &repeated(&format!("t{index}"), &word);
        secrets.push(word);
    }
    assert!(secrets.len() > 10, "{secrets:?}");
    let directory = directory(&[("main.tf", text.as_str())]);
    hides_all(directory.path(), &secrets.iter().map(String::as_str).collect::<Vec<_>>());
}
