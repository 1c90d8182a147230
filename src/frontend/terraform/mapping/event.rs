//! The arguments of event targets and schedules that start tasks.

use super::Conversion::{Block, Blocks, Same, Switch};
use super::Mapping;
use super::service::CAPACITY_PROVIDER;

pub(super) const EVENT_TARGET: Mapping =
    &[("arn", "Arn", Same), ("role_arn", "RoleArn", Same), ("ecs_target", "EcsParameters", Block(TASKS))];

pub(super) const SCHEDULE: Mapping = &[(
    "target",
    "Target",
    Block(&[
        ("arn", "Arn", Same),
        ("role_arn", "RoleArn", Same),
        ("ecs_parameters", "EcsParameters", Block(TASKS)),
    ]),
)];

const TASKS: Mapping = &[
    ("task_definition_arn", "TaskDefinitionArn", Same),
    ("task_count", "TaskCount", Same),
    ("launch_type", "LaunchType", Same),
    ("platform_version", "PlatformVersion", Same),
    ("network_configuration", "NetworkConfiguration/awsvpcConfiguration", Block(NETWORK)),
    ("capacity_provider_strategy", "CapacityProviderStrategy", Blocks(CAPACITY_PROVIDER)),
];

const NETWORK: Mapping = &[
    ("subnets", "Subnets", Same),
    ("security_groups", "SecurityGroups", Same),
    ("assign_public_ip", "AssignPublicIp", Switch),
];
