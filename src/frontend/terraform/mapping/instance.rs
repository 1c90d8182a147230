//! The arguments of instances, launch templates, and the data sources that find their images.

use super::Conversion::{Base64, Block, Blocks, Same};
use super::Mapping;

pub(super) const INSTANCE: Mapping = &[
    ("subnet_id", "SubnetId", Same),
    ("associate_public_ip_address", "AssociatePublicIpAddress", Same),
    ("ami", "ImageId", Same),
    ("user_data", "UserData", Base64),
    ("user_data_base64", "UserData", Same),
    ("instance_type", "InstanceType", Same),
    ("iam_instance_profile", "IamInstanceProfile", Same),
    ("vpc_security_group_ids", "SecurityGroupIds", Same),
    ("source_dest_check", "SourceDestCheck", Same),
    ("network_interface", "NetworkInterfaces", Blocks(&[])),
    ("primary_network_interface", "NetworkInterfaces", Blocks(&[])),
    ("launch_template", "LaunchTemplate", Block(TEMPLATE)),
];

pub(super) const GROUP: Mapping = &[
    ("vpc_zone_identifier", "VPCZoneIdentifier", Same),
    ("name", "AutoScalingGroupName", Same),
    ("min_size", "MinSize", Same),
    ("max_size", "MaxSize", Same),
    ("desired_capacity", "DesiredCapacity", Same),
    ("protect_from_scale_in", "NewInstancesProtectedFromScaleIn", Same),
    ("launch_configuration", "LaunchConfigurationName", Same),
    ("launch_template", "LaunchTemplate", Block(TEMPLATE)),
    ("mixed_instances_policy", "MixedInstancesPolicy", Block(MIXED)),
];

const TEMPLATE: Mapping =
    &[("id", "LaunchTemplateId", Same), ("name", "LaunchTemplateId", Same), ("version", "Version", Same)];

const MIXED: Mapping = &[(
    "launch_template",
    "LaunchTemplate",
    Block(&[
        ("launch_template_specification", "LaunchTemplateSpecification", Block(SPECIFICATION)),
        (
            "override",
            "Overrides",
            Blocks(&[
                ("instance_type", "InstanceType", Same),
                ("instance_requirements", "InstanceRequirements", Block(&[])),
                ("launch_template_specification", "LaunchTemplateSpecification", Block(SPECIFICATION)),
            ]),
        ),
    ]),
)];

const SPECIFICATION: Mapping = &[
    ("launch_template_id", "LaunchTemplateId", Same),
    ("launch_template_name", "LaunchTemplateId", Same),
    ("version", "Version", Same),
];

pub(super) const LAUNCH_TEMPLATE: Mapping = &[
    ("name", "LaunchTemplateName", Same),
    ("image_id", "ImageId", Same),
    ("user_data", "UserData", Same),
    ("instance_type", "InstanceType", Same),
    ("instance_requirements", "InstanceRequirements", Block(&[])),
    ("iam_instance_profile", "IamInstanceProfile", Block(&[("arn", "Arn", Same), ("name", "Name", Same)])),
    ("vpc_security_group_ids", "SecurityGroupIds", Same),
    (
        "network_interfaces",
        "NetworkInterfaces",
        Blocks(&[
            ("associate_public_ip_address", "AssociatePublicIpAddress", Same),
            ("security_groups", "Groups", Same),
        ]),
    ),
];

pub(super) const LAUNCH_CONFIGURATION: Mapping = &[
    ("associate_public_ip_address", "AssociatePublicIpAddress", Same),
    ("name", "LaunchTemplateName", Same),
    ("image_id", "ImageId", Same),
    ("user_data", "UserData", Base64),
    ("user_data_base64", "UserData", Same),
    ("instance_type", "InstanceType", Same),
    ("iam_instance_profile", "IamInstanceProfile", Same),
    ("security_groups", "SecurityGroupIds", Same),
];

pub(super) const IMAGE_QUERY: Mapping = &[
    ("owners", "Owners", Same),
    ("name_regex", "NameRegex", Same),
    ("filter", "Filters", Blocks(&[("name", "Name", Same), ("values", "Values", Same)])),
];

pub(super) const PARAMETER_QUERY: Mapping = &[("name", "Name", Same)];
