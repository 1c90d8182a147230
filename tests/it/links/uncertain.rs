//! Facts that make a link uncertain: what may be added elsewhere is not missing.

use super::in_terraform;
use super::world::{
    ALL_OUT, BY_ADDRESS, BY_FAMILY, CLUSTER, behind, load_balancer, network, security_group, service,
    target_group,
};

/// A comment that a test replaces by what makes a link uncertain.
const HERE: &str = "# here";

const INGRESS: &str = r#"
  ingress {
    from_port       = 443
    to_port         = 8000
    protocol        = "tcp"
    security_groups = [aws_security_group.balancer.id]
  }
"#;

const INGRESS_RULE: &str = r#"
resource "aws_security_group_rule" "web" {
  type                     = "ingress"
  security_group_id        = aws_security_group.web.id
  source_security_group_id = aws_security_group.balancer.id
  from_port                = 443
  to_port                  = 8000
  protocol                 = "tcp"
}

data "aws_security_group" "web" {
  name = "web"
}
"#;

/// A service on port 8080 behind a load balancer, whose security group allows other ports.
fn guarded(inline: &str, apart: &str) -> String {
    let subnets = r#"subnets = ["subnet-0123456789abcdef0"]"#;
    let network = network(&format!("{subnets}\nsecurity_groups = [aws_security_group.web.id]"));
    [
        security_group("balancer", ALL_OUT),
        security_group("web", inline),
        apart.to_owned(),
        load_balancer("security_groups = [aws_security_group.balancer.id]", "web"),
        target_group("web", "target_type = \"ip\""),
        service(BY_FAMILY, &(network + &behind(8080))),
    ]
    .concat()
}

#[test]
fn a_security_group_may_get_rules_elsewhere() {
    let rule = "security-group-blocks-traffic";
    let inline = format!("{INGRESS}  {HERE}\n");
    in_terraform(rule, &guarded(&inline, ""), HERE, "lifecycle {\n    ignore_changes = [ingress]\n  }");
    let apart = format!("{INGRESS_RULE}\n{HERE}\n");
    let text = guarded("", &apart);
    in_terraform(rule, &text, "aws_security_group.web.id", "data.aws_security_group.web.id");
    in_terraform(
        rule,
        &text,
        HERE,
        "module \"m\" {\n  source = \"./m\"\n  group = aws_security_group.web.id\n}",
    );
}

#[test]
fn a_rule_about_the_group_itself_is_about_nobody_else() {
    let inline = "\n  ingress {\n    from_port = 8080\n    to_port   = 8080\n    protocol  = \"tcp\"\n    self      = true\n  }\n";
    let (rule, text) = ("security-group-blocks-traffic", guarded(&(inline.to_owned() + ALL_OUT), ""));
    in_terraform(rule, &text, "self      = true", "self      = false");
    in_terraform(rule, &text, "self      = true", "cidr_blocks = [\"10.0.0.0/8\"]");
    in_terraform(rule, &text, "[aws_security_group.balancer.id]", "[aws_security_group.web.id]");
}

/// A task whose execution role cannot read its secret.
fn forbidden() -> String {
    let trust = r#"jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })"#;
    let policy = |name: &str, role: &str, action: &str| {
        format!(
            "resource \"aws_iam_role_policy\" \"{name}\" {{\n  role = {role}\n  policy = jsonencode({{\n    \
             Statement = [{{ Effect = \"Allow\", Action = \"{action}\", Resource = \"*\" }}]\n  }})\n}}\n"
        )
    };
    let role = |name: &str| {
        format!(
            "resource \"aws_iam_role\" \"{name}\" {{\n  name = \"{name}\"\n  assume_role_policy = {trust}\n  # of {name}\n}}\n"
        )
    };
    [
        &role("execution"),
        &role("other"),
        "data \"aws_iam_role\" \"execution\" {\n  name = \"execution\"\n}\nvariable \"role\" {}\n",
        &policy("logs", "aws_iam_role.execution.name", "logs:PutLogEvents"),
        &policy("all", "\"other\"", "*"),
        "resource \"aws_ecs_task_definition\" \"web\" {\n  family = \"web\"\n  execution_role_arn = aws_iam_role.execution.arn\n  \
         container_definitions = jsonencode([{\n    name = \"web\", image = \"web\", memory = 128,\n    \
         secrets = [{ name = \"TOKEN\", valueFrom = \"/web/token\" }]\n  }])\n}\n",
        HERE,
    ]
    .concat()
}

#[test]
fn a_role_may_get_policies_elsewhere() {
    let rule = "role-permissions";
    in_terraform(rule, &forbidden(), "= aws_iam_role.execution.", "= data.aws_iam_role.execution.");
    let module = "module \"m\" {\n  source = \"./m\"\n  role = aws_iam_role.execution.name\n}\n";
    in_terraform(rule, &forbidden(), HERE, module);
    let inline = "inline_policy {\n    name = \"x\"\n    policy = jsonencode({ Statement = [{ Effect = \"Allow\", Action = \"*\", Resource = \"*\" }] })\n  }";
    in_terraform(rule, &forbidden(), "# of execution", inline);
    in_terraform(
        rule,
        &forbidden().replace("# of execution", &inline.replace("\"*\", R", "\"s3:*\", R")),
        "\"s3:*\"",
        "\"*\"",
    );
    for role in ["var.role", "\"execution\"", "aws_iam_role.execution.id", "\"${var.role}-x\""] {
        in_terraform(rule, &forbidden(), "\"other\"\n  policy", &format!("{role}\n  policy"));
    }
}

/// A service in a subnet of one VPC, with a security group, a target group, and a file system of another.
fn apart(subnet: &str, group: &str) -> String {
    let vpcs = r#"
module "vpc" {
  source          = "terraform-aws-modules/vpc/aws"
  private_subnets = ["10.0.3.0/24", "10.0.4.0/24"]
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "other" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "a" {
  vpc_id = aws_vpc.main.id
}

data "aws_security_group" "web" {
  name = "web"
}

resource "aws_lb_target_group" "web" {
  protocol    = "HTTP"
  port        = 80
  target_type = "ip"
  vpc_id      = aws_vpc.main.id
}
"#;
    let network =
        network(&format!("    subnets = [{subnet}]\n    security_groups = [aws_security_group.web.id]"));
    [vpcs, &security_group("web", group), &service(BY_FAMILY, &(network + &behind(80)))].concat()
}

#[test]
fn what_names_no_vpc_may_be_in_any() {
    let rule = "vpc-mismatch";
    let subnet = apart("aws_subnet.a.id", "");
    in_terraform(rule, &subnet, "aws_security_group.web.id", "data.aws_security_group.web.id");
    in_terraform(rule, &subnet, "  name = \"web\"\n\n", "  name = \"web\"\n  vpc_id = aws_vpc.main.id\n");
    let other = apart("aws_subnet.a.id", "  vpc_id = aws_vpc.main.id");
    let vpc = "target_type = \"ip\"\n  vpc_id      = aws_vpc.";
    let elsewhere = other.replace(&format!("{vpc}main.id"), &format!("{vpc}other.id"));
    in_terraform(rule, &elsewhere, &format!("{vpc}other.id"), "target_type = \"ip\"");
    let of_module = apart("module.vpc.private_subnets[0]", "  vpc_id = aws_vpc.other.id")
        .replace("= aws_vpc.main.id", "= module.vpc.vpc_id");
    for output in ["intra_route_table_ids", "database_ids", "default_security_group_id_x"] {
        in_terraform(rule, &of_module, "module.vpc.private_subnets", &format!("module.vpc.{output}"));
    }
}

#[test]
fn a_file_system_is_mounted_through_its_own_targets() {
    let text = r#"
resource "aws_efs_file_system" "data" {}
resource "aws_efs_file_system" "other" {}

resource "aws_efs_mount_target" "a" {
  file_system_id = aws_efs_file_system.other.id
  subnet_id      = aws_subnet.a.id
}

resource "aws_subnet" "a" {}

resource "aws_ecs_task_definition" "web" {
  family       = "web"
  network_mode = "awsvpc"
  container_definitions = jsonencode([{
    name = "web", image = "web", memory = 128, mountPoints = [{ sourceVolume = "data", containerPath = "/data" }]
  }])

  volume {
    name = "data"
    efs_volume_configuration {
      file_system_id = aws_efs_file_system.data.id
    }
  }
}
"#;
    let network = network("    subnets = [aws_subnet.a.id]");
    let text = [text, &service(BY_ADDRESS, &network), "variable \"system\" {}\n", HERE].concat();
    let rule = "efs-mount-blocked";
    in_terraform(rule, &text, "= aws_efs_file_system.other.id", "= aws_efs_file_system.data.id");
    in_terraform(rule, &text, "= aws_efs_file_system.other.id", "= var.system");
    in_terraform(rule, &text, HERE, "module \"m\" {\n  source = \"./m\"\n}\n");
}

#[test]
fn a_listener_rule_belongs_to_the_load_balancer_of_its_listener() {
    let listener = |name: &str| {
        format!(
            r#"
resource "aws_lb" "{name}" {{
  name               = "{name}"
  load_balancer_type = "application"
}}

resource "aws_lb_listener" "{name}" {{
  load_balancer_arn = aws_lb.{name}.arn
  port              = 80
  protocol          = "HTTP"

  default_action {{
    type = "fixed-response"
    fixed_response {{
      content_type = "text/plain"
    }}
  }}
}}

resource "aws_lb_listener_rule" "{name}" {{
  listener_arn = aws_lb_listener.{name}.arn # of {name}

  action {{
    type             = "forward"
    target_group_arn = aws_lb_target_group.web.arn
  }}

  condition {{
    path_pattern {{
      values = ["/{name}/*"]
    }}
  }}
}}
"#
        )
    };
    let text = [CLUSTER, &listener("one"), &listener("two"), &target_group("web", "")].concat();
    let rule = "target-group-of-two-load-balancers";
    in_terraform(rule, &text, "aws_lb_listener.two.arn # of two", "aws_lb_listener.one.arn");
}
