provider "aws" {
  region = "eu-west-1"
}

variable "vpc_id" {
  type = string
}

variable "private_subnet_ids" {
  type = list(string)
}

resource "aws_security_group" "tasks" {
  name   = "records-tasks"
  vpc_id = var.vpc_id

  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_ecs_cluster" "main" {
  name = "records"
}

resource "aws_cloudwatch_log_group" "app" {
  name              = "/ecs/records"
  retention_in_days = 30
}

resource "aws_iam_role" "execution" {
  name = "records-execution"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "execution" {
  role       = aws_iam_role.execution.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

resource "aws_iam_role" "task" {
  name = "records-task"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role" "delivery" {
  name = "records-delivery"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "firehose.amazonaws.com" }
    }]
  })
}

resource "aws_s3_bucket" "records" {
  bucket = "records-records-123456789012"
}

resource "aws_iam_role_policy" "delivery" {
  role = aws_iam_role.delivery.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["s3:PutObject", "s3:ListBucket", "s3:GetBucketLocation"], Resource = [aws_s3_bucket.records.arn, "${aws_s3_bucket.records.arn}/*"] },
    ]
  })
}

resource "aws_kinesis_firehose_delivery_stream" "records" {
  name        = "records"
  destination = "extended_s3"

  extended_s3_configuration {
    role_arn   = aws_iam_role.delivery.arn
    bucket_arn = aws_s3_bucket.records.arn
  }
}

resource "aws_ecs_task_definition" "app" {
  family                   = "records"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = aws_iam_role.task.arn

  container_definitions = jsonencode([
    {
      name      = "app"
      image     = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/records:3.1.0"
      essential = true
      logConfiguration = {
        logDriver = "awsfirelens"
        options = {
          Name            = "kinesis_firehose"
          region          = "eu-west-1"
          delivery_stream = aws_kinesis_firehose_delivery_stream.records.name
        }
      }
    },
    {
      name                  = "router"
      image                 = "public.ecr.aws/aws-observability/aws-for-fluent-bit:2.32.2"
      essential             = true
      firelensConfiguration = { type = "fluentbit" }
      logConfiguration = {
        logDriver = "awslogs"
        options = {
          awslogs-group         = aws_cloudwatch_log_group.app.name
          awslogs-region        = "eu-west-1"
          awslogs-stream-prefix = "router"
        }
      }
    },
  ])
}

resource "aws_ecs_service" "app" {
  name            = "records"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  launch_type     = "FARGATE"
  desired_count   = 2

  network_configuration {
    subnets         = var.private_subnet_ids
    security_groups = [aws_security_group.tasks.id]
  }
}
