//! What evaluating Terraform costs, as a multiple of parsing the same files with hcl-edit and nothing else.
//!
//! `cargo bench --bench terraform` prints the best of several runs over (a) 200 roots that share 20 modules, 1,000 files
//! in all, and (b) one root with 500 services by `for_each`.

use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use ecslint::config::Config;
use ecslint::sources::{Asked, Sources};
use ecslint::{check, lower};

const RUNS: usize = 15;

type Files = Vec<(String, String)>;

fn module(name: &str) -> Files {
    let task = r#"
resource "aws_ecs_task_definition" "this" {
  family                   = "${var.name}-${var.stage}"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.cpu
  memory                   = var.cpu * 2
  execution_role_arn       = var.execution_role_arn
  container_definitions = jsonencode([
    {
      name         = var.name
      image        = "${var.image}:${var.tag}"
      essential    = true
      portMappings = [for port in var.ports : { containerPort = port, hostPort = port }]
      environment  = [for key, value in merge(var.environment, { STAGE = var.stage }) : { name = key, value = tostring(value) }]
      logConfiguration = {
        logDriver = "awslogs"
        options   = { awslogs-group = "/ecs/${var.name}", awslogs-region = "eu-west-1", awslogs-stream-prefix = var.name }
      }
    }
  ])
}
"#;
    let service = r#"
resource "aws_ecs_service" "this" {
  name            = "${var.name}-${var.stage}"
  cluster         = var.cluster
  task_definition = aws_ecs_task_definition.this.arn
  desired_count   = var.stage == "prod" ? 2 : 1
  launch_type     = "FARGATE"
  network_configuration {
    subnets         = var.subnets
    security_groups = [aws_security_group.this.id]
  }
  dynamic "load_balancer" {
    for_each = var.target_group == null ? [] : [var.target_group]
    content {
      target_group_arn = load_balancer.value
      container_name   = var.name
      container_port   = var.ports[0]
    }
  }
}

resource "aws_security_group" "this" {
  name   = "${var.name}-${var.stage}"
  vpc_id = var.vpc_id
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
"#;
    let variables = "variable \"name\" {}\nvariable \"stage\" {}\nvariable \"image\" {}\nvariable \"tag\" {\n  default = \"latest\"\n}\n\
         variable \"cpu\" {\n  type    = number\n  default = 256\n}\nvariable \"ports\" {\n  type = list(number)\n}\n\
         variable \"environment\" {\n  type    = map(string)\n  default = {}\n}\nvariable \"cluster\" {}\nvariable \"subnets\" {}\n\
         variable \"vpc_id\" {}\nvariable \"execution_role_arn\" {}\nvariable \"target_group\" {\n  default = null\n}\n";
    let mut files = vec![
        (format!("modules/{name}/task.tf"), task.to_owned()),
        (format!("modules/{name}/service.tf"), service.to_owned()),
        (format!("modules/{name}/variables.tf"), variables.to_owned()),
        (
            format!("modules/{name}/outputs.tf"),
            "output \"arn\" {\n  value = aws_ecs_service.this.id\n}\n".to_owned(),
        ),
    ];
    for number in 0..6 {
        let alarm = format!(
            "resource \"aws_cloudwatch_metric_alarm\" \"a{number}\" {{\n  alarm_name = \"${{var.name}}-{number}\"\n  threshold = {number}\n}}\n"
        );
        files.push((format!("modules/{name}/alarm{number}.tf"), alarm));
    }
    files
}

/// 200 roots of four files, each with three calls of 20 modules of ten files.
fn monorepo() -> Files {
    let mut files: Files = (0..20).flat_map(|number| module(&format!("m{number}"))).collect();
    for root in 0..200 {
        let directory = format!("roots/r{root}");
        let mut main = String::new();
        for call in 0..3 {
            let module = (root * 7 + call * 3) % 20;
            write!(
                main,
                "module \"s{call}\" {{\n  source = \"../../modules/m{module}\"\n  name = \"service-{root}-{call}\"\n  stage = var.stage\n  \
                 image = local.images[\"s{call}\"]\n  ports = [{}]\n  cpu = 512\n  cluster = aws_ecs_cluster.main.arn\n  \
                 subnets = data.aws_subnets.private.ids\n  vpc_id = var.vpc_id\n  execution_role_arn = aws_iam_role.ecs.arn\n  \
                 environment = {{ LEVEL = \"info\", NUMBER = {call} }}\n}}\n",
                8000 + call
            )
            .unwrap_or_default();
        }
        let rest = "resource \"aws_ecs_cluster\" \"main\" {\n  name = \"main-${var.stage}\"\n}\nresource \"aws_iam_role\" \"ecs\" {\n  name = \"ecs\"\n}\n\
             data \"aws_subnets\" \"private\" {\n  filter {\n    name = \"vpc-id\"\n    values = [var.vpc_id]\n  }\n}\n";
        let locals = "locals {\n  registry = \"123456789012.dkr.ecr.eu-west-1.amazonaws.com\"\n  images = { for name in [\"s0\", \"s1\", \"s2\"] : name => \"${local.registry}/${name}\" }\n}\n";
        files.push((format!("{directory}/main.tf"), main));
        files.push((format!("{directory}/rest.tf"), rest.to_owned()));
        files.push((format!("{directory}/locals.tf"), locals.to_owned()));
        files.push((format!("{directory}/variables.tf"), "variable \"stage\" {\n  default = \"prod\"\n}\nvariable \"vpc_id\" {\n  default = \"vpc-1\"\n}\n".to_owned()));
    }
    files
}

/// One root with 500 services.
fn services() -> Files {
    let names: String = (0..500)
        .map(|number| format!("    s{number} = {{ port = {}, cpu = 256 }}\n", 8000 + number))
        .collect();
    let main = format!(
        "locals {{\n  services = {{\n{names}  }}\n}}\nmodule \"service\" {{\n  source = \"./modules/one\"\n  for_each = local.services\n  name = each.key\n  \
         stage = \"prod\"\n  image = \"nginx\"\n  ports = [each.value.port]\n  cpu = each.value.cpu\n  cluster = \"main\"\n  subnets = [\"subnet-1\"]\n  \
         vpc_id = \"vpc-1\"\n  execution_role_arn = \"arn:aws:iam::123456789012:role/ecs\"\n}}\n"
    );
    let mut files = module("one");
    files.push(("main.tf".to_owned(), main));
    files
}

fn best(mut run: impl FnMut()) -> Duration {
    let once = |run: &mut dyn FnMut()| {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    (0..RUNS).map(|_| once(&mut run)).min().unwrap_or_default()
}

fn sources(files: &Files) -> Sources {
    let mut sources = Sources::new("/");
    for (name, text) in files {
        let file = sources.add(Path::new(name), text.as_str());
        sources.ask(file, Asked::Found);
    }
    sources
}

fn main() {
    for (name, files) in [("200 roots, 20 modules", monorepo()), ("500 services", services())] {
        let parse = best(|| {
            for (_, text) in &files {
                std::hint::black_box(hcl_edit::parser::parse_body(text).is_ok());
            }
        });
        let evaluate = best(|| {
            std::hint::black_box(lower::read(&sources(&files)));
        });
        let judge = best(|| {
            std::hint::black_box(check(&sources(&files), &Config::default()));
        });
        let times = |time: Duration| time.as_secs_f64() / parse.as_secs_f64();
        let documents = lower::read(&sources(&files)).all.len();
        // What a bench prints is what it is for.
        #[expect(clippy::print_stdout, reason = "the result")]
        {
            println!(
                "{name}: {} files, {documents} documents: parse {parse:.1?}, read {evaluate:.1?} ({:.2}x), check {judge:.1?} ({:.2}x)",
                files.len(),
                times(evaluate),
                times(judge)
            );
        }
    }
}
