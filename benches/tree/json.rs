//! Task definitions and services in JSON.

use std::fmt::Write as _;

use super::{Dice, Files};

/// The environment variables of containers.
const SETTINGS: [&str; 10] = [
    "LOG_LEVEL",
    "PORT",
    "WORKERS",
    "DATABASE_HOST",
    "REDIS_URL",
    "FEATURE_FLAGS",
    "SENTRY_ENVIRONMENT",
    "AWS_REGION",
    "CACHE_TTL",
    "STAGE",
];

/// A container; one of twelve maps its port to a different host port, which is not possible in `awsvpc` mode.
pub fn container(name: &str, port: usize, dice: &mut Dice) -> String {
    let host = if dice.throw(12) == 0 { port + 1 } else { port };
    let mut settings: Vec<String> = Vec::new();
    for name in &SETTINGS[..dice.throw(SETTINGS.len())] {
        settings.push(format!(r#"        {{ "name": "{name}", "value": "{}" }}"#, dice.throw(100_000)));
    }
    let image = match dice.throw(4) {
        0 => "${IMAGE}".to_owned(),
        _ => format!("123456789012.dkr.ecr.eu-west-1.amazonaws.com/{name}:1.{}", dice.throw(40)),
    };
    format!(
        r#"    {{
      "name": "{name}",
      "image": "{image}",
      "essential": true,
      "memoryReservation": 128,
      "portMappings": [{{ "containerPort": {port}, "hostPort": {host}, "protocol": "tcp" }}],
      "environment": [
{}
      ],
      "logConfiguration": {{
        "logDriver": "awslogs",
        "options": {{
          "awslogs-group": "/ecs/{name}",
          "awslogs-region": "eu-west-1",
          "awslogs-stream-prefix": "ecs"
        }}
      }}
    }}"#,
        settings.join(",\n")
    )
}

fn task(family: &str, containers: &[String]) -> String {
    format!(
        r#"{{
  "family": "{family}",
  "requiresCompatibilities": ["FARGATE"],
  "networkMode": "awsvpc",
  "cpu": "1024",
  "memory": "2048",
  "executionRoleArn": "arn:aws:iam::123456789012:role/ecsTaskExecutionRole",
  "containerDefinitions": [
{}
  ]
}}
"#,
        containers.join(",\n")
    )
}

fn service(name: &str, dice: &mut Dice) -> String {
    let public = dice.pick(&["ENABLED", "DISABLED"]);
    let count = 1 + dice.throw(4);
    format!(
        r#"{{
  "cluster": "main",
  "serviceName": "{name}",
  "taskDefinition": "{name}",
  "desiredCount": {count},
  "launchType": "FARGATE",
  "networkConfiguration": {{
    "awsvpcConfiguration": {{
      "subnets": ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"],
      "securityGroups": ["sg-0a1b2c3d4e5f60718"],
      "assignPublicIp": "{public}"
    }}
  }},
  "deploymentConfiguration": {{ "deploymentCircuitBreaker": {{ "enable": true, "rollback": true }} }}
}}
"#
    )
}

/// A task definition with one to three containers, and its service.
fn pair(family: &str, dice: &mut Dice) -> (String, String) {
    let names = ["app", "nginx", "datadog-agent"];
    let count = [1, 1, 1, 2, 3][dice.throw(5)];
    let containers: Vec<String> =
        names[..count].iter().zip(3000..).map(|(name, port)| container(name, port, dice)).collect();
    (task(family, &containers), service(family, dice))
}

/// A directory with a task definition and its service.
pub fn write_pair(number: usize, dice: &mut Dice, files: &mut Files) {
    let family = format!("service-{number}");
    let (task, service) = pair(&family, dice);
    let directory = format!("ecs/group-{:03}/{family}", number / 100);
    files.push((format!("{directory}/task-definition.json"), task));
    files.push((format!("{directory}/service.json"), service));
}

/// A CloudFormation template with a task definition and its service.
pub fn write_template(number: usize, dice: &mut Dice, files: &mut Files) {
    let (task, service) = pair(&format!("service-{number}"), dice);
    let service = service.replace(
        &format!("\"taskDefinition\": \"service-{number}\""),
        r#""taskDefinition": { "Ref": "Task" }"#,
    );
    let text = format!(
        r#"{{
"AWSTemplateFormatVersion": "2010-09-09",
"Resources": {{
"Task": {{ "Type": "AWS::ECS::TaskDefinition", "Properties": {} }},
"Service": {{ "Type": "AWS::ECS::Service", "Properties": {} }}
}}
}}
"#,
        capitalized(&task).trim_end(),
        capitalized(&service).trim_end()
    );
    files.push((format!("cloudformation/group-{:03}/service-{number}.json", number / 100), text));
}

/// The keys in the spelling of CloudFormation; the keys of options, which contain hyphens, are kept.
fn capitalized(json: &str) -> String {
    let mut text = String::new();
    for (index, piece) in json.split('"').enumerate() {
        let is_key = index % 2 == 1 && json_key(json, piece);
        text.push_str(if index == 0 { "" } else { "\"" });
        match piece.split_at_checked(1).filter(|_| is_key) {
            Some((first, rest)) => text.extend([first.to_uppercase().as_str(), rest]),
            None => text.push_str(piece),
        }
    }
    text
}

fn json_key(json: &str, word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_alphabetic()) && json.contains(&format!("\"{word}\":"))
}

/// One task definition of about this many bytes.
pub fn write_large(bytes: usize, dice: &mut Dice, files: &mut Files) {
    let (mut containers, mut length) = (Vec::new(), 0);
    while length < bytes {
        let mut name = String::from("app-");
        let _ = write!(name, "{}", containers.len());
        containers.push(container(&name, 1 + containers.len() % 60_000, dice));
        length += containers.last().map_or(0, String::len);
    }
    files.push(("large/task-definition.json".to_owned(), task("large", &containers)));
}
