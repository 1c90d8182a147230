//! The arguments of load balancers, target groups, listeners, and listener rules.

use super::Conversion::{Block, Blocks, Flatten, Same};
use super::Mapping;

pub(super) const LOAD_BALANCER: Mapping = &[
    ("name", "Name", Same),
    ("name_prefix", "NamePrefix", Same),
    ("idle_timeout", "IdleTimeout", Same),
    ("load_balancer_type", "Type", Same),
    ("internal", "Internal", Same),
    ("subnets", "Subnets", Same),
    ("subnet_mapping", "SubnetMappings", Blocks(&[("subnet_id", "SubnetId", Same)])),
    ("security_groups", "SecurityGroups", Same),
];

pub(super) const TARGET_GROUP: Mapping = &[
    ("name", "Name", Same),
    ("name_prefix", "NamePrefix", Same),
    ("port", "Port", Same),
    ("protocol", "Protocol", Same),
    ("deregistration_delay", "DeregistrationDelay", Same),
    ("slow_start", "SlowStart", Same),
    ("load_balancing_algorithm_type", "LoadBalancingAlgorithmType", Same),
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
    (
        "stickiness",
        "Stickiness",
        Block(&[("type", "Type", Same), ("enabled", "Enabled", Same), ("cookie_name", "CookieName", Same)]),
    ),
];

pub(super) const LISTENER: Mapping = &[
    ("load_balancer_arn", "LoadBalancerArn", Same),
    ("port", "Port", Same),
    ("protocol", "Protocol", Same),
    ("certificate_arn", "CertificateArn", Same),
    ("default_action", "DefaultActions", Blocks(ACTION)),
];

pub(super) const LISTENER_RULE: Mapping = &[
    ("listener_arn", "ListenerArn", Same),
    ("priority", "Priority", Same),
    ("action", "Actions", Blocks(ACTION)),
    ("condition", "Conditions", Blocks(CONDITION)),
];

const CONDITION: Mapping = &[
    ("field", "Field", Same),
    ("values", "Values", Same),
    ("host_header", "HostHeaderConfig", Block(VALUES)),
    ("path_pattern", "PathPatternConfig", Block(VALUES)),
    ("http_header", "HttpHeaderConfig", Block(VALUES)),
    ("http_request_method", "HttpRequestMethodConfig", Block(VALUES)),
    ("source_ip", "SourceIpConfig", Block(VALUES)),
    ("query_string", "QueryStringConfig", Blocks(&[("key", "Key", Same), ("value", "Value", Same)])),
];

const VALUES: Mapping = &[("values", "Values", Same)];

const ACTION: Mapping = &[
    ("type", "Type", Same),
    ("target_group_arn", "TargetGroupArn", Same),
    ("redirect", "RedirectConfig", Block(&[])),
    ("fixed_response", "FixedResponseConfig", Block(&[])),
    ("authenticate_cognito", "AuthenticateCognitoConfig", Block(&[])),
    ("authenticate_oidc", "AuthenticateOidcConfig", Block(&[])),
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
