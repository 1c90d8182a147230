//! The arguments of instances, and of the templates that they are launched from.

use super::Form::{Block, Blocks, Same};
use super::Shape;

pub(super) const INSTANCE: Shape = &[
    ("ami", "ImageId", Same),
    ("user_data", "UserData", Same),
    ("instance_type", "InstanceType", Same),
    ("vpc_security_group_ids", "SecurityGroupIds", Same),
];

pub(super) const LAUNCH_TEMPLATE: Shape = &[
    ("name", "LaunchTemplateName", Same),
    ("image_id", "ImageId", Same),
    ("user_data", "UserData", Same),
    ("instance_type", "InstanceType", Same),
    ("instance_requirements", "InstanceRequirements", Block(&[])),
    ("vpc_security_group_ids", "SecurityGroupIds", Same),
    ("network_interfaces", "NetworkInterfaces", Blocks(&[("security_groups", "Groups", Same)])),
];

pub(super) const LAUNCH_CONFIGURATION: Shape = &[
    ("name", "LaunchTemplateName", Same),
    ("image_id", "ImageId", Same),
    ("user_data", "UserData", Same),
    ("instance_type", "InstanceType", Same),
    ("security_groups", "SecurityGroupIds", Same),
];
