//! Shared parts of the configurations in these tests.

/// A cluster.
pub const CLUSTER: &str = r#"
resource "aws_ecs_cluster" "main" {
  name = "main"
}
"#;

/// The argument of a service that names the cluster.
pub const IN_CLUSTER: &str = "  cluster = aws_ecs_cluster.main.id\n";

/// A task definition in `awsvpc` mode, with a container on port 80.
pub const TASK: &str = r#"
resource "aws_ecs_task_definition" "web" {
  family                = "web"
  network_mode          = "awsvpc"
  container_definitions = jsonencode([{ name = "web", image = "web:1", memory = 128, portMappings = [{ containerPort = 80 }] }])
}
"#;

/// The argument of a service that names its task definition.
pub const BY_ADDRESS: &str = "aws_ecs_task_definition.web.arn";
/// The same, by its family.
pub const BY_FAMILY: &str = "\"web\"";

/// A service with these arguments and blocks.
pub fn service(task: &str, body: &str) -> String {
    format!(
        r#"
resource "aws_ecs_service" "web" {{
  name            = "web"
  task_definition = {task}
{body}
}}
"#
    )
}

/// The network configuration of a service, with these arguments.
pub fn network(arguments: &str) -> String {
    format!("\n  network_configuration {{\n{arguments}\n  }}")
}

/// The target group of a service, with a port.
pub fn behind(port: u16) -> String {
    format!(
        r#"
  load_balancer {{
    target_group_arn = aws_lb_target_group.web.arn
    container_name   = "web"
    container_port   = {port}
  }}"#
    )
}

/// A load balancer with these arguments, and a listener that forwards to an HTTP target group.
pub fn load_balancer(arguments: &str, group: &str) -> String {
    format!(
        r#"
resource "aws_lb" "web" {{
  name = "web"
{arguments}
}}

resource "aws_lb_listener" "web" {{
  load_balancer_arn = aws_lb.web.arn
  port              = 80
  protocol          = "HTTP"

  default_action {{
    type             = "forward"
    target_group_arn = aws_lb_target_group.{group}.arn
  }}
}}
"#
    )
}

/// An HTTP target group with these arguments.
pub fn target_group(name: &str, arguments: &str) -> String {
    format!(
        r#"
resource "aws_lb_target_group" "{name}" {{
  name     = "{name}"
  port     = 80
  protocol = "HTTP"
{arguments}
}}
"#
    )
}

/// A security group with these rules.
pub fn security_group(name: &str, rules: &str) -> String {
    format!("\nresource \"aws_security_group\" \"{name}\" {{\n  name = \"{name}\"\n{rules}\n}}\n")
}

/// A rule that allows all outbound traffic.
pub const ALL_OUT: &str = r#"
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }"#;
