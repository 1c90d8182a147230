//! What the evaluator is told of the resources of the AWS provider.

use crate::address::{Mode, ResourceName};
use crate::frontend::terraform::known_modules::KNOWN_MODULES;
use crate::frontend::terraform::mapping;
use crate::resource::Kind;
use crate::terraform::{Arguments, KnownModule, Provider};

/// The AWS provider, as far as requests of ECS and what they depend on need it.
#[derive(Debug)]
pub(super) struct Aws;

impl Provider for Aws {
    fn arguments(&self, resource: &ResourceName) -> Option<Arguments> {
        match mapping::mapped(resource) {
            Some(mapped) => Some(Arguments::Only(&mapped.arguments)),
            // That it is there makes the unit one that concerns ECS.
            None => {
                (resource.mode == Mode::Managed && is_ecs(&resource.kind)).then_some(Arguments::Only(&[]))
            }
        }
    }

    fn has_order(&self, resource: &ResourceName) -> bool {
        let kind = mapping::mapped(resource).map(|mapped| mapped.kind);
        matches!(kind, Some(Kind::Service | Kind::Listener | Kind::ListenerRule))
    }

    fn argument_of_attribute(&self, source: &ResourceName, attribute: &str) -> Option<&'static str> {
        // The newest revision of a family: of the task definition that names it, if it is in the configuration.
        let is_task = source.mode == Mode::Data && source.kind == "aws_ecs_task_definition";
        let names = matches!(attribute, "arn" | "arn_without_revision" | "id" | "family");
        (is_task && names).then_some("task_definition")
    }

    fn known_modules(&self) -> &'static [KnownModule] {
        KNOWN_MODULES
    }
}

/// Whether a resource type is one of ECS's own.
pub(super) fn is_ecs(kind: &str) -> bool {
    kind.starts_with("aws_ecs_")
}
