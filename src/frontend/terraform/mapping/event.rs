//! The arguments of event targets, schedules, and state machines that start tasks.

use super::Conversion::{Block, Blocks, Json, MapToList, MaybeJson, Same, Switch};
use super::Mapping;
use super::service::CAPACITY_PROVIDER;

pub(super) const EVENT_TARGET: Mapping = &[
    ("arn", "Arn", Same),
    ("role_arn", "RoleArn", Same),
    ("input", "Input", MaybeJson),
    ("ecs_target", "EcsParameters", Block(TASKS)),
];

pub(super) const SCHEDULE: Mapping = &[
    ("schedule_expression", "ScheduleExpression", Same),
    (
        "target",
        "Target",
        Block(&[
            ("arn", "Arn", Same),
            ("role_arn", "RoleArn", Same),
            ("input", "Input", MaybeJson),
            ("ecs_parameters", "EcsParameters", Block(TASKS)),
        ]),
    ),
];

pub(super) const STATE_MACHINE: Mapping =
    &[("name", "Name", Same), ("role_arn", "RoleArn", Same), ("definition", "Definition", Json)];

const TASKS: Mapping = &[
    ("task_definition_arn", "TaskDefinitionArn", Same),
    ("task_count", "TaskCount", Same),
    ("launch_type", "LaunchType", Same),
    ("platform_version", "PlatformVersion", Same),
    ("network_configuration", "NetworkConfiguration/awsvpcConfiguration", Block(NETWORK)),
    ("capacity_provider_strategy", "CapacityProviderStrategy", Blocks(CAPACITY_PROVIDER)),
    ("propagate_tags", "PropagateTags", Same),
    ("tags", "Tags", MapToList("Key")),
];

const NETWORK: Mapping = &[
    ("subnets", "Subnets", Same),
    ("security_groups", "SecurityGroups", Same),
    ("assign_public_ip", "AssignPublicIp", Switch),
];
