//! The actions of CodePipeline that deploy to services of ECS.

use crate::diagnostic::Place;
use crate::model::{Project, Service};
use crate::resource::Resource;
use crate::value::Node;
use crate::view::View;

/// An action that registers a revision of the task definition of a service and updates the service.
#[derive(Clone, Copy, Debug)]
pub struct Release<'a> {
    /// The pipeline.
    pub pipeline: &'a Resource,
    /// The value that names the role of the action, or that of the pipeline.
    pub role: &'a Node,
    /// The place of the action.
    pub place: Place,
    target: View<'a>,
}

impl<'a> Release<'a> {
    /// The service that it deploys, if the files define it.
    pub fn service(self, project: Project<'a>) -> Option<Service<'a>> {
        project.service_named(
            &self.target.entry("ServiceName")?.value,
            self.target.str("ClusterName"),
            self.pipeline,
        )
    }
}

impl<'a> Project<'a> {
    /// The actions of a pipeline that certainly deploy to services of ECS.
    pub fn releases(self, pipeline: &'a Resource) -> Vec<Release<'a>> {
        let view = self.view(pipeline);
        let stages = view.list("Stages");
        let actions = stages.objects().flat_map(|stage| stage.list("Actions").objects());
        actions.filter_map(|action| release(pipeline, view, action)).collect()
    }
}

fn release<'a>(pipeline: &'a Resource, view: View<'a>, action: View<'a>) -> Option<Release<'a>> {
    let kind = action.object("ActionTypeId").known()?;
    let is = |key: &str, wanted: &str| kind.str(key).known() == Some(wanted);
    let is_ours = is("Category", "Deploy") && is("Owner", "AWS") && is("Provider", "ECS");
    let target = action.object("Configuration").known().filter(|_| is_ours)?;
    let role = action.entry("RoleArn").or_else(|| view.entry("RoleArn"))?;
    Some(Release { pipeline, role: &role.value, place: action.heading("Name"), target })
}
