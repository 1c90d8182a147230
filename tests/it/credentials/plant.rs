//! A directory with credentials in every format that is read, and in every place of it.

use tempfile::TempDir;

use crate::program::directory;

/// Words that no output may contain. Assembled at run time if other tools search for such values too.
pub struct Planted {
    /// A credential that only its name reveals.
    pub password: String,
    /// A token with a known format.
    pub token: String,
    /// A password in a URL.
    pub url: String,
    /// An AWS access key, and its secret.
    pub keys: [String; 2],
    /// A line of a private key.
    pub line: String,
    /// A word that only Terraform marks as a secret.
    pub marked: String,
}

impl Planted {
    pub fn new() -> Planted {
        Planted {
            password: "gl0ckenspiel-83".to_owned(),
            token: format!("ghp_{}", "q7Rz".repeat(9)),
            url: "c0ntrabass00n".to_owned(),
            keys: [
                ["AKIA", "Z3M7QK2VX9TB4WHP"].concat(),
                "q7RzB1mT/x9Kd4Wv+Lp2Hs8NcYf0GjUeAo3iXb5Q".to_owned(),
            ],
            line: "MIIEowIBAAKCAQEAx9Zq7".to_owned(),
            marked: "vkzqmwtrplhg".to_owned(),
        }
    }

    pub fn words(&self) -> [&str; 7] {
        let [key, secret] = &self.keys;
        [&self.password, &self.token, &self.url, key, secret, &self.line, &self.marked]
    }

    /// Inserts them at `PASSWORD!`, `TOKEN!`, `URL!`, `KEY!`, `SECRET!`, and `PEM!`, in single-line strings.
    pub fn put(&self, text: &str) -> String {
        let key = format!(r"-----BEGIN RSA PRIVATE KEY-----\n{}\n-----END RSA PRIVATE KEY-----\n", self.line);
        text.replace("PASSWORD!", &self.password)
            .replace("TOKEN!", &self.token)
            .replace("URL!", &format!("postgres://app:{}@db.internal/app", self.url))
            .replace("KEY!", &self.keys[0])
            .replace("SECRET!", &self.keys[1])
            .replace("PEM!", &key)
            .replace("MARKED!", &self.marked)
    }

    /// The directory.
    pub fn directory(&self) -> TempDir {
        let files: Vec<(&str, String)> = FILES.iter().map(|(name, text)| (*name, self.put(text))).collect();
        let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
        directory(&files)
    }
}

/// A task definition with credentials in the values that findings quote, next to errors.
pub const TASK: &str = r#"{
  "family": "TOKEN!", "networkMode": "TOKEN!", "cpu": "PASSWORD!", "TOKEN!": "URL!",
  "taskRoleArn": "URL!", "executionRoleArn": "TOKEN!",
  "volumes": [{ "name": "TOKEN!" }, { "name": "PASSWORD!", "host": { "sourcePath": "URL!" } }],
  "containerDefinitions": [
    { "name": "TOKEN!", "image": "URL!", "memory": "PASSWORD!", "hostname": "PASSWORD!",
      "portMappings": [{ "containerPort": 80, "hostPort": 81, "protocol": "TOKEN!", "appProtocol": "URL!" }],
      "environment": [
        { "name": "DB_PASSWORD", "value": "PASSWORD!" }, { "value": "PASSWORD!", "name": "DB_PASSWORD" },
        { "name": "TOKEN", "value": "TOKEN!" }, { "name": "TLS_KEY", "value": "PEM!" },
        { "name": "AWS_ACCESS_KEY_ID", "value": "KEY!" }, { "name": "AWS_SECRET", "value": "SECRET!" },
        { "name": "TOKEN!", "value": 1 }, { "name": "DATABASE_URL", "value": "URL!" }],
      "secrets": [{ "name": "DB_PASSWORD", "valueFrom": "TOKEN!" }, { "name": "DB_PASSWORD", "valueFrom": "arn:PASSWORD!" }],
      "dependsOn": [{ "containerName": "PASSWORD!", "condition": "TOKEN!" }],
      "mountPoints": [{ "sourceVolume": "TOKEN!x", "containerPath": "PASSWORD!" }],
      "command": ["--password", "PASSWORD!", "--token=TOKEN!", "export PASSWORD=PASSWORD!; curl URL!"],
      "healthCheck": { "command": ["curl -H TOKEN!", "URL!"], "interval": 1000 },
      "dockerLabels": { "password": "PASSWORD!", "TOKEN!": "x" },
      "logConfiguration": { "logDriver": "TOKEN!", "options": { "splunk-token": "TOKEN!", "PASSWORD!": "URL!" } } },
    { "name": "TOKEN!", "image": "nginx", "essential": "PASSWORD!", "memory": 128 }
  ]
}"#;

/// A module with credentials in every Terraform construct.
const MAIN: &str = r#"# password: "PASSWORD!", KEY! and SECRET!
terraform {
  backend "TOKEN!" {}
}

variable "db_password" {
  type    = string
  default = "PASSWORD!"
}

variable "given" {}

variable "number" {
  type    = number
  default = "TOKEN!"
}

locals {
  api_password = "PASSWORD!" /* URL! */
  env          = { DB_PASSWORD = "PASSWORD!", OTHER = "TOKEN!" }
}

module "inner" {
  source   = "./inner"
  password = "PASSWORD!"
  token    = "TOKEN!"
}

resource "aws_instance" "host" {
  user_data = <<-EOT
    #!/bin/sh
    export PASSWORD=PASSWORD!
    echo 'TOKEN!' URL!
    echo "PEM!"
  EOT
}

resource "aws_ecs_task_definition" "encoded" {
  family       = "web-${local.api_password}"
  network_mode = "TOKEN!"
  container_definitions = jsonencode([
    { name = "web", image = var.db_password, memory = 128, hostname = "URL!", TOKEN! = 1,
      environment = [{ name = "DB_PASSWORD", value = local.env.DB_PASSWORD }, { name = "X", value = "PEM!" }],
      portMappings = [{ containerPort = 80, hostPort = var.db_password }], # TOKEN!
      dependsOn = [{ containerName = var.db_password, condition = local.env.OTHER }] }
  ])
}

resource "aws_ecs_task_definition" "heredoc" {
  family                = var.given
  container_definitions = <<-EOT
    [{ "name": "PASSWORD!", "image": "URL!", "memory": "TOKEN!",
       "environment": [{ "name": "DB_PASSWORD", "value": "PASSWORD!" }, { "name": "T", "value": "${var.db_password}" },],
       "portMappings": [{ "containerPort": "TOKEN!" }] }]
  EOT
}

resource "aws_ecs_task_definition" "file" {
  family                = "TOKEN!"
  container_definitions = file("containers.json")
}

resource "aws_ecs_task_definition" "templatefile" {
  family                = "templatefile"
  container_definitions = templatefile("containers.tftpl", { password = "PASSWORD!", token = "TOKEN!", port = var.db_password })
}

resource "aws_ecs_service" "web" {
  name            = "TOKEN!"
  launch_type     = "PASSWORD!"
  task_definition = aws_ecs_task_definition.encoded.arn
  password        = "PASSWORD!"
  load_balancer {
    container_name = var.db_password
    container_port = "TOKEN!"
  }
}
"#;

const FILES: [(&str, &str); 17] = [
    ("task.json", TASK),
    (
        "service.json",
        r#"{ "serviceName": "TOKEN!", "taskDefinition": "TOKEN!:9", "launchType": "TOKEN!", "desiredCount": "PASSWORD!",
             "password": "PASSWORD!", "tags": [{ "key": "password", "value": "PASSWORD!" }],
             "loadBalancers": [{ "targetGroupArn": "URL!", "containerName": "TOKEN!z", "containerPort": 82 }] }"#,
    ),
    (
        "described.json",
        r#"{ "taskDefinition": { "family": "described", "status": "TOKEN!", "networkMode": "URL!", "containerDefinitions": [
             { "name": "described", "image": "nginx", "memory": 128, "user": "TOKEN!", "dependsOn": [{ "containerName": "TOKEN!", "condition": "START" }],
               "environment": [{ "name": "DB_PASSWORD", "value": "PASSWORD!" }], "secrets": [{ "name": "DB_PASSWORD", "valueFrom": "URL!" }] }] } }"#,
    ),
    (
        "broken.json",
        r#"{ "family": "broken", "containerDefinitions": [{ "name": "broken", "image": "nginx", "memory": 128,
             "environment": [{ "name": "DB_PASSWORD", "value": "PASSWORD!" ]], "TOKEN!" "URL!", 'PASSWORD!': TOKEN! } }"#,
    ),
    ("tf/main.tf", MAIN),
    (
        "tf/broken.tf",
        "locals {\n  password = \"PASSWORD!\n  token = TOKEN! URL!\n}\nresource \"aws_ecs_service\" \"TOKEN!\" {\n",
    ),
    (
        "tf/containers.json",
        r#"[{ "name": "file", "image": "URL!", "memory": "TOKEN!", "environment": [{ "name": "DB_PASSWORD", "value": "PASSWORD!" }],
              "dependsOn": [{ "containerName": "TOKEN!", "condition": "PASSWORD!" }] }]"#,
    ),
    (
        "tf/containers.tftpl",
        r#"[{ "name": "template", "image": "${password}", "memory": 128, "hostname": "${token}", "portMappings": [{ "containerPort": "${port}" }],
              "environment": [{ "name": "DB_PASSWORD", "value": "${password}" }, { "name": "OTHER_PASSWORD", "value": "PASSWORD!" }],
              "dependsOn": [{ "containerName": "${password}", "condition": "TOKEN!" }], "URL!": 1 }]"#,
    ),
    (
        "tf/inner/main.tf",
        "variable \"password\" {}\nvariable \"token\" {}\nresource \"aws_ecs_task_definition\" \"inner\" {\n  family = var.token\n  network_mode = var.password\n  \
         container_definitions = jsonencode([{ name = var.password, image = \"nginx\", memory = 128, user = var.password, startTimeout = var.token, dependsOn = [{ containerName = var.token, condition = var.password }] }])\n}\n",
    ),
    ("tf/terraform.tfvars", "given = \"TOKEN!\"\npassword = \"PASSWORD!\"\nbroken = \"URL!\n"),
    ("tf/x.auto.tfvars.json", r#"{ "given": "URL!", "db_password": "PASSWORD!", "undeclared": "TOKEN!" }"#),
    (
        "json/main.tf.json",
        r#"{ "variable": { "db_password": { "default": "PASSWORD!" } },
             "resource": { "aws_ecs_task_definition": { "web": { "family": "TOKEN!", "network_mode": "${var.db_password}", "requires_compatibilities": ["TOKEN!"],
               "container_definitions": "[{\"name\":\"${var.db_password}\",\"image\":\"URL!\",\"memory\":\"TOKEN!\",\"environment\":[{\"name\":\"A_PASSWORD\",\"value\":\"PASSWORD!\"}]}]" } } } }"#,
    ),
    (
        "plan.json",
        r#"{ "format_version": "1.2", "terraform_version": "1.9.0", "variables": { "db_password": { "value": "PASSWORD!" } }, "planned_values": { "root_module": { "resources": [
             { "address": "aws_ecs_task_definition.web", "mode": "managed", "type": "aws_ecs_task_definition", "name": "web", "values": { "family": "TOKEN!", "network_mode": "URL!", "cpu": "PASSWORD!",
               "container_definitions": "[{\"name\":\"planned\",\"image\":\"nginx\",\"memory\":\"TOKEN!\",\"environment\":[{\"name\":\"DB_PASSWORD\",\"value\":\"PASSWORD!\"}],\"secrets\":[{\"name\":\"DB_PASSWORD\",\"valueFrom\":\"TOKEN!\"}]}]" } }] } } }"#,
    ),
    (
        "ecslint.toml",
        "# password = \"PASSWORD!\"\nTOKEN! = 1\nexclude = [\"URL!\"]\n[rules]\n\"TOKEN!\" = \"off\"\nsyntax = \"TOKEN!\"\npassword = \"PASSWORD!\"\n",
    ),
    (
        "more/ecslint.toml",
        "extends = \"TOKEN!.toml\"\n[[ignore]]\nrule = \"TOKEN!\"\nreason = \"URL!\"\npassword = \"PASSWORD!",
    ),
    ("more/task.json", TASK),
    (
        "marked/main.tf",
        "variable \"given\" {\n  sensitive = true\n  default = \"MARKED!\"\n}\nlocals {\n  made = upper(var.given)\n}\nresource \"aws_ecs_task_definition\" \"a\" {\n  \
         family = var.given\n  network_mode = lower(local.made)\n  container_definitions = jsonencode([{ name = var.given, image = \"nginx\", memory = 128, \
         user = \"${var.given}-x\", dependsOn = [{ containerName = \"${var.given}y\", condition = \"START\" }] }])\n}\n",
    ),
];
