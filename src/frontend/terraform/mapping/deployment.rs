//! The arguments of CodeDeploy's applications and deployment groups, and of pipelines.

use super::Conversion::{Block, Blocks, Same};
use super::Mapping;

pub(super) const DEPLOYMENT_APPLICATION: Mapping =
    &[("name", "applicationName", Same), ("compute_platform", "computePlatform", Same)];

pub(super) const DEPLOYMENT_GROUP: Mapping = &[
    ("service_role_arn", "serviceRoleArn", Same),
    ("app_name", "applicationName", Same),
    ("deployment_config_name", "deploymentConfigName", Same),
    ("autoscaling_groups", "autoScalingGroups", Same),
    (
        "ecs_service",
        "ecsService",
        Block(&[("cluster_name", "clusterName", Same), ("service_name", "serviceName", Same)]),
    ),
    (
        "load_balancer_info",
        "loadBalancerInfo",
        Block(&[("target_group_pair_info", "targetGroupPairInfoList", Blocks(PAIR))]),
    ),
];

const PAIR: Mapping = &[
    ("prod_traffic_route", "prodTrafficRoute", Block(ROUTE)),
    ("test_traffic_route", "testTrafficRoute", Block(ROUTE)),
    ("target_group", "targetGroups", Blocks(&[("name", "name", Same)])),
];

const ROUTE: Mapping = &[("listener_arns", "listenerArns", Same)];

pub(super) const PIPELINE: Mapping = &[
    ("role_arn", "RoleArn", Same),
    (
        "stage",
        "Stages",
        Blocks(&[
            ("name", "Name", Same),
            (
                "action",
                "Actions",
                Blocks(&[
                    ("name", "Name", Same),
                    ("category", "ActionTypeId/Category", Same),
                    ("owner", "ActionTypeId/Owner", Same),
                    ("provider", "ActionTypeId/Provider", Same),
                    ("role_arn", "RoleArn", Same),
                    ("configuration", "Configuration", Same),
                ]),
            ),
        ]),
    ),
];
