//! The arguments of scaling targets and scaling policies.

use super::Conversion::{Block, Same};
use super::Mapping;

pub(super) const SCALABLE_TARGET: Mapping = &[
    ("resource_id", "ResourceId", Same),
    ("service_namespace", "ServiceNamespace", Same),
    ("scalable_dimension", "ScalableDimension", Same),
    ("min_capacity", "MinCapacity", Same),
    ("max_capacity", "MaxCapacity", Same),
];

pub(super) const SCALING_POLICY: Mapping = &[
    ("name", "PolicyName", Same),
    ("policy_type", "PolicyType", Same),
    ("resource_id", "ResourceId", Same),
    ("service_namespace", "ServiceNamespace", Same),
    ("scalable_dimension", "ScalableDimension", Same),
    (
        "target_tracking_scaling_policy_configuration",
        "TargetTrackingScalingPolicyConfiguration",
        Block(&[("predefined_metric_specification", "PredefinedMetricSpecification", Block(PREDEFINED))]),
    ),
];

const PREDEFINED: Mapping =
    &[("predefined_metric_type", "PredefinedMetricType", Same), ("resource_label", "ResourceLabel", Same)];
