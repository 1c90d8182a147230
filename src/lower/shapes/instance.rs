//! The arguments of instances, and of the templates that they are launched from.

use super::Form::{Block, Same};
use super::Shape;

pub(super) const INSTANCE: Shape = &[("instance_type", "InstanceType", Same)];

pub(super) const LAUNCH_TEMPLATE: Shape = &[
    ("name", "LaunchTemplateName", Same),
    ("instance_type", "InstanceType", Same),
    ("instance_requirements", "InstanceRequirements", Block(&[])),
];
