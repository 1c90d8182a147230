resource "aws_ecs_task_definition" "shop_prod" {
  family                   = "shop-prod"
  container_definitions    = "${file("task-definitions/shop-prod.json")}"
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  task_role_arn            = "${data.aws_iam_role.shop.arn}"
  execution_role_arn       = "${data.aws_iam_role.ecs_task_execution.arn}"
  cpu                      = 256
  memory                   = 512
}

resource "aws_ecs_service" "shop_prod" {
  name            = "shop-prod"
  cluster         = "${aws_ecs_cluster.shop.id}"
  task_definition = "${aws_ecs_task_definition.shop_prod.arn}"
  desired_count   = 2
  launch_type     = "FARGATE"

  health_check_grace_period_seconds = 60

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    security_groups  = ["${aws_security_group.shop.id}"]
    assign_public_ip = false

    subnets = [
      "${data.terraform_remote_state.vpc.aws_subnet_private_a_id}",
      "${data.terraform_remote_state.vpc.aws_subnet_private_b_id}",
      "${data.terraform_remote_state.vpc.aws_subnet_private_c_id}",
    ]
  }

  depends_on = ["aws_alb_listener.shop"]

  load_balancer {
    target_group_arn = "${aws_alb_target_group.shop_prod.id}"
    container_name   = "shop-prod"
    container_port   = 80
  }
}

resource "aws_alb_target_group" "shop_prod" {
  name        = "shop-prod"
  port        = 80
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = "${data.terraform_remote_state.vpc.vpc_id}"
}

resource "aws_ecs_task_definition" "shop_staging" {
  family                   = "shop-staging"
  container_definitions    = "${file("task-definitions/shop-staging.json")}"
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  task_role_arn            = "${data.aws_iam_role.shop.arn}"
  execution_role_arn       = "${data.aws_iam_role.ecs_task_execution.arn}"
  cpu                      = 256
  memory                   = 512
}

resource "aws_ecs_service" "shop_staging" {
  name            = "shop-staging"
  cluster         = "${aws_ecs_cluster.shop.id}"
  task_definition = "${aws_ecs_task_definition.shop_staging.arn}"
  desired_count   = 2
  launch_type     = "FARGATE"

  health_check_grace_period_seconds = 60

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    security_groups  = ["${aws_security_group.shop.id}"]
    assign_public_ip = false

    subnets = [
      "${data.terraform_remote_state.vpc.aws_subnet_private_a_id}",
      "${data.terraform_remote_state.vpc.aws_subnet_private_b_id}",
      "${data.terraform_remote_state.vpc.aws_subnet_private_c_id}",
    ]
  }

  depends_on = ["aws_alb_listener_rule.staging"]

  load_balancer {
    target_group_arn = "${aws_alb_target_group.shop_staging.id}"
    container_name   = "shop-staging"
    container_port   = 80
  }
}

resource "aws_alb_target_group" "shop_staging" {
  name        = "shop-staging"
  port        = 80
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = "${data.terraform_remote_state.vpc.vpc_id}"
}

resource "aws_ecs_cluster" "shop" {
  name = "shop"
}

resource "aws_alb_listener" "shop" {
  load_balancer_arn = "${aws_alb.shop.arn}"
  port              = 80

  default_action {
    type             = "forward"
    target_group_arn = "${aws_alb_target_group.shop_prod.arn}"
  }
}

resource "aws_alb_listener_rule" "staging" {
  listener_arn = "${aws_alb_listener.shop.arn}"

  action {
    type             = "forward"
    target_group_arn = "${aws_alb_target_group.shop_staging.arn}"
  }

  condition {
    field  = "host-header"
    values = ["staging.example.com"]
  }
}

resource "aws_alb" "shop" {
  name            = "shop"
  security_groups = ["${aws_security_group.shop.id}"]

  subnets = [
    "${data.terraform_remote_state.vpc.aws_subnet_public_a_id}",
    "${data.terraform_remote_state.vpc.aws_subnet_public_b_id}",
  ]
}

resource "aws_security_group" "shop" {
  vpc_id = "${data.terraform_remote_state.vpc.vpc_id}"
}

data "aws_iam_role" "ecs_task_execution" {
  name = "ecsTaskExecutionRole"
}

data "terraform_remote_state" "vpc" {
  backend = "s3"

  config {
    bucket = "example-terraform"
    key    = "vpc.tfstate"
    region = "us-west-2"
  }
}

data "aws_iam_role" "shop" {
  name = "shop"
}
