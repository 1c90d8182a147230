//! Popular registry modules: how they map their arguments to resources, as documented, for runs in which their sources
//! are not on disk. Anything that is not in the table is unknown.

use iac_eval::terraform::Origin::{Argument, NamedJson, Or, OrList, Sibling, Values};
use iac_eval::terraform::{KnownModule, KnownResource};

/// The modules, identified by parts of their source.
pub(super) const KNOWN_MODULES: &[KnownModule] = &[
    KnownModule {
        source: &["terraform-aws-modules/ecs/aws//modules/service"],
        each: None,
        resources: SERVICE,
    },
    KnownModule {
        source: &["terraform-aws-modules/terraform-aws-ecs", "//modules/service"],
        each: None,
        resources: SERVICE,
    },
    KnownModule {
        source: &["terraform-aws-modules/ecs/aws//modules/cluster"],
        each: None,
        resources: CLUSTER,
    },
    KnownModule {
        source: &["terraform-aws-modules/terraform-aws-ecs", "//modules/cluster"],
        each: None,
        resources: CLUSTER,
    },
    KnownModule { source: &["terraform-aws-modules/ecs/aws"], each: Some("services"), resources: SERVICE },
    KnownModule { source: &["cloudposse/ecs-alb-service-task/aws"], each: None, resources: ALB_SERVICE_TASK },
    KnownModule {
        source: &["cloudposse/terraform-aws-ecs-alb-service-task"],
        each: None,
        resources: ALB_SERVICE_TASK,
    },
];

const CLUSTER: &[KnownResource] = &[KnownResource {
    kind: "aws_ecs_cluster",
    name: "this",
    arguments: &[("name", Argument("cluster_name"))],
}];

const SERVICE: &[KnownResource] = &[
    KnownResource {
        kind: "aws_ecs_task_definition",
        name: "this",
        arguments: &[
            ("family", Argument("family")),
            ("cpu", Or("cpu", "1024")),
            ("memory", Or("memory", "2048")),
            ("network_mode", Or("network_mode", "awsvpc")),
            ("requires_compatibilities", OrList("requires_compatibilities", "FARGATE")),
            ("container_definitions", NamedJson("container_definitions")),
        ],
    },
    KnownResource {
        kind: "aws_ecs_service",
        name: "this",
        arguments: &[
            ("name", Argument("name")),
            ("cluster", Argument("cluster_arn")),
            ("task_definition", Sibling("aws_ecs_task_definition", "this", "arn")),
            ("health_check_grace_period_seconds", Argument("health_check_grace_period_seconds")),
            ("load_balancer", Values("load_balancer")),
            ("network_configuration/subnets", Argument("subnet_ids")),
            ("network_configuration/assign_public_ip", Argument("assign_public_ip")),
        ],
    },
];

const ALB_SERVICE_TASK: &[KnownResource] = &[
    KnownResource {
        kind: "aws_ecs_task_definition",
        name: "default",
        arguments: &[
            ("cpu", Or("task_cpu", "256")),
            ("memory", Or("task_memory", "512")),
            ("network_mode", Or("network_mode", "awsvpc")),
            ("requires_compatibilities", OrList("launch_type", "FARGATE")),
            ("container_definitions", Argument("container_definition_json")),
        ],
    },
    KnownResource {
        kind: "aws_ecs_service",
        name: "default",
        arguments: &[
            ("cluster", Argument("ecs_cluster_arn")),
            ("launch_type", Or("launch_type", "FARGATE")),
            ("task_definition", Sibling("aws_ecs_task_definition", "default", "arn")),
            ("load_balancer", Values("ecs_load_balancers")),
            ("network_configuration/subnets", Argument("subnet_ids")),
            ("network_configuration/assign_public_ip", Argument("assign_public_ip")),
        ],
    },
];
