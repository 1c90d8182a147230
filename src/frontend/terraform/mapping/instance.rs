//! The arguments of instances and launch templates.

use super::Conversion::{Block, Blocks, Same};
use super::Mapping;

pub(super) const INSTANCE: Mapping = &[
    ("ami", "ImageId", Same),
    ("user_data", "UserData", Same),
    ("instance_type", "InstanceType", Same),
    ("vpc_security_group_ids", "SecurityGroupIds", Same),
    ("launch_template", "LaunchTemplate", Block(TEMPLATE)),
];

pub(super) const TEMPLATE: Mapping = &[("id", "LaunchTemplateId", Same), ("name", "LaunchTemplateId", Same)];

pub(super) const LAUNCH_TEMPLATE: Mapping = &[
    ("name", "LaunchTemplateName", Same),
    ("image_id", "ImageId", Same),
    ("user_data", "UserData", Same),
    ("instance_type", "InstanceType", Same),
    ("instance_requirements", "InstanceRequirements", Block(&[])),
    ("vpc_security_group_ids", "SecurityGroupIds", Same),
    ("network_interfaces", "NetworkInterfaces", Blocks(&[("security_groups", "Groups", Same)])),
];

pub(super) const LAUNCH_CONFIGURATION: Mapping = &[
    ("name", "LaunchTemplateName", Same),
    ("image_id", "ImageId", Same),
    ("user_data", "UserData", Same),
    ("instance_type", "InstanceType", Same),
    ("security_groups", "SecurityGroupIds", Same),
];
