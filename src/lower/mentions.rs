//! What a Terraform root says of a resource outside of the documents: whatever is mentioned there may be used in
//! ways that nobody sees, so that a rule cannot say that nothing uses it.

use crate::address::{Address, ResourceName};
use crate::lower::shapes::{RESOURCES, Shape};
use crate::project::{Mention, Scope};
use crate::syntax::hcl::{Block, Expr, ExprKind, Step};
use crate::terraform::Configuration;

/// Resource types that name a target group, a subnet, a route table or a file system without making traffic reach it.
pub(super) const HARMLESS: &[&str] = &[
    "aws_db_subnet_group",
    "aws_efs_access_point",
    "aws_efs_backup_policy",
    "aws_efs_file_system_policy",
    "aws_elasticache_subnet_group",
    "aws_nat_gateway",
    "aws_cloudwatch_metric_alarm",
    "aws_appautoscaling_policy",
    "aws_appautoscaling_target",
    "aws_vpc_endpoint",
    "aws_vpc_endpoint_route_table_association",
    "aws_vpc_endpoint_subnet_association",
];

/// Adds the mentions of the modules of a configuration. What a module that is read is given can be followed into it.
pub(super) fn collect(configuration: &Configuration, scope: Scope, mentions: &mut Vec<Mention>) {
    let root = configuration.unit();
    for (id, path, directory) in configuration.modules() {
        let mut note = |expr: &Expr| {
            if let Some(resource) = resource(expr) {
                let address = Address { root, module: path.clone(), resource, key: None };
                mentions.push(Mention::Resource { scope, address });
            }
        };
        let is_followed = |block: &Block| block.kind == "module" && configuration.reads(id, block);
        for block in directory.blocks().filter(|block| !is_understood(block) && !is_followed(block)) {
            block.body.visit(&mut note);
        }
        for (block, shape) in directory.blocks().filter_map(|block| Some((block, telling(block)?))) {
            let is_known = |name: &str| shape.iter().any(|(known, ..)| *known == name);
            let arguments = block.body.attributes.iter().filter(|attribute| !is_known(&attribute.name));
            arguments.for_each(|attribute| attribute.value.visit(&mut note));
            // What a script does with what it is told is not known, but it joins a cluster and changes nothing of it.
            let is_cluster = |expr: &Expr| resource(expr).is_some_and(|it| it.kind == "aws_ecs_cluster");
            let mut told = |expr: &Expr| {
                if !is_cluster(expr) {
                    note(expr)
                }
            };
            let scripts = block.body.attributes.iter().filter(|attribute| attribute.name == "user_data");
            scripts.for_each(|script| script.value.visit(&mut told));
            let inner = block.body.blocks.iter().filter(|inner| !is_known(&inner.kind));
            inner.for_each(|inner| inner.body.visit(&mut note));
        }
        let unread = directory.blocks().filter(|block| block.kind == "module" && !is_followed(block));
        let named = unread.filter_map(|block| block.labels.first());
        mentions.extend(named.map(|_| Mention::Module { scope }));
    }
}

/// Resource types that are understood, though what they mention in other arguments is not: in user data, say.
pub(super) const TELLING: &[&str] = &[
    "aws_launch_template",
    "aws_launch_configuration",
    "aws_instance",
    "aws_secretsmanager_secret",
    "aws_ssm_parameter",
    "aws_kms_key",
    "aws_kms_key_policy",
];

/// The arguments of such a resource that are understood.
fn telling(block: &Block) -> Option<Shape> {
    let kind =
        block.labels.first().filter(|kind| block.kind == "resource" && TELLING.contains(&kind.as_str()))?;
    RESOURCES.iter().find(|(known, ..)| known == kind).map(|(_, _, shape)| *shape)
}

fn is_understood(block: &Block) -> bool {
    let Some(kind) = block.labels.first().filter(|_| block.kind == "resource") else { return false };
    HARMLESS.contains(&kind.as_str()) || RESOURCES.iter().any(|(known, ..)| known == kind)
}

/// `aws_lb_target_group.web` of `aws_lb_target_group.web.arn`.
fn resource(expr: &Expr) -> Option<ResourceName> {
    let ExprKind::Traversal(base, steps) = &expr.kind else { return None };
    match (&base.kind, steps.first()) {
        (ExprKind::Variable(kind), Some(Step::Attribute(name, _))) if kind.contains('_') => {
            Some(ResourceName::managed(kind.clone(), name.clone()))
        }
        _ => None,
    }
}
