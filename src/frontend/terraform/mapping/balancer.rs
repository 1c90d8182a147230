//! The arguments of load balancers, target groups, listeners, and listener rules.

use super::Conversion::{Block, Blocks, Flatten, Same};
use super::Mapping;

pub(super) const LOAD_BALANCER: Mapping = &[
    ("name", "Name", Same),
    ("load_balancer_type", "Type", Same),
    ("internal", "Internal", Same),
    ("subnets", "Subnets", Same),
    ("subnet_mapping", "SubnetMappings", Blocks(&[("subnet_id", "SubnetId", Same)])),
    ("security_groups", "SecurityGroups", Same),
];

pub(super) const TARGET_GROUP: Mapping = &[
    ("name", "Name", Same),
    ("port", "Port", Same),
    ("protocol", "Protocol", Same),
    ("protocol_version", "ProtocolVersion", Same),
    ("target_type", "TargetType", Same),
    ("ip_address_type", "IpAddressType", Same),
    ("vpc_id", "VpcId", Same),
    (
        "health_check",
        "",
        Flatten(&[
            ("enabled", "HealthCheckEnabled", Same),
            ("port", "HealthCheckPort", Same),
            ("path", "HealthCheckPath", Same),
            ("protocol", "HealthCheckProtocol", Same),
            ("interval", "HealthCheckIntervalSeconds", Same),
            ("timeout", "HealthCheckTimeoutSeconds", Same),
            ("healthy_threshold", "HealthyThresholdCount", Same),
            ("unhealthy_threshold", "UnhealthyThresholdCount", Same),
            ("matcher", "Matcher", Same),
        ]),
    ),
    ("stickiness", "Stickiness", Block(&[("type", "Type", Same), ("enabled", "Enabled", Same)])),
];

pub(super) const LISTENER: Mapping = &[
    ("load_balancer_arn", "LoadBalancerArn", Same),
    ("port", "Port", Same),
    ("protocol", "Protocol", Same),
    ("default_action", "DefaultActions", Blocks(ACTION)),
];

pub(super) const LISTENER_RULE: Mapping =
    &[("listener_arn", "ListenerArn", Same), ("action", "Actions", Blocks(ACTION))];

const ACTION: Mapping = &[
    ("type", "Type", Same),
    ("target_group_arn", "TargetGroupArn", Same),
    (
        "forward",
        "ForwardConfig",
        Block(&[(
            "target_group",
            "TargetGroups",
            Blocks(&[("arn", "TargetGroupArn", Same), ("weight", "Weight", Same)]),
        )]),
    ),
];
