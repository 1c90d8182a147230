//! The arguments of Express services.

use super::Conversion::{Block, Blocks, MapToList, Same};
use super::Mapping;

pub(super) const EXPRESS_SERVICE: Mapping = &[
    ("service_name", "serviceName", Same),
    ("cluster", "cluster", Same),
    ("infrastructure_role_arn", "infrastructureRoleArn", Same),
    ("execution_role_arn", "executionRoleArn", Same),
    ("task_role_arn", "taskRoleArn", Same),
    ("cpu", "cpu", Same),
    ("memory", "memory", Same),
    ("health_check_path", "healthCheckPath", Same),
    ("primary_container", "primaryContainer", Block(CONTAINER)),
    (
        "network_configuration",
        "networkConfiguration",
        Block(&[("subnets", "subnets", Same), ("security_groups", "securityGroups", Same)]),
    ),
    ("scaling_target", "scalingTarget", Block(SCALING_TARGET)),
    ("tags", "tags", MapToList("key")),
];

const CONTAINER: Mapping = &[
    ("image", "image", Same),
    ("container_port", "containerPort", Same),
    ("command", "command", Same),
    (
        "aws_logs_configuration",
        "awsLogsConfiguration",
        Block(&[("log_group", "logGroup", Same), ("log_stream_prefix", "logStreamPrefix", Same)]),
    ),
    (
        "repository_credentials",
        "repositoryCredentials",
        Block(&[("credentials_parameter", "credentialsParameter", Same)]),
    ),
    ("environment", "environment", Blocks(&[("name", "name", Same), ("value", "value", Same)])),
    ("secret", "secrets", Blocks(&[("name", "name", Same), ("value_from", "valueFrom", Same)])),
];

const SCALING_TARGET: Mapping = &[
    ("min_task_count", "minTaskCount", Same),
    ("max_task_count", "maxTaskCount", Same),
    ("auto_scaling_metric", "autoScalingMetric", Same),
    ("auto_scaling_target_value", "autoScalingTargetValue", Same),
];
