//! See `rules/ebs-unsupported.md`.

use crate::diagnostic::{Finding, Place};
use crate::model::{Compute, Service};
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

/// Reports managed EBS volumes where ECS does not offer them.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Some(volume) = service.ebs_volumes().into_iter().next() else { continue };
        let Some((what, at)) = unsupported(service) else { continue };
        report.add(
            Finding::at(volume.place(), format!("a managed EBS volume does not go with {what}"))
                .label(at, "chosen here")
                .help("use an EFS volume, or change that"),
        );
    }
}

fn unsupported(service: Service) -> Option<(String, Place)> {
    if let Known(kind @ ("CODE_DEPLOY" | "EXTERNAL"), place) = service.controller() {
        return Some((format!("deployment controller `{kind}`"), place));
    }
    if let Known(version @ ("1.0.0" | "1.1.0" | "1.2.0" | "1.3.0"), place) =
        service.view.str("platformVersion")
    {
        let linux =
            service.task().known().is_some_and(|task| task.operating_system().known() == Some("LINUX"));
        return linux.then(|| (format!("platform version {version}"), place));
    }
    let Known(system, place) = service.task().known()?.operating_system() else { return None };
    let fargate = service.compute().known() == Some(Compute::Fargate);
    (fargate && system.starts_with("WINDOWS")).then(|| ("Windows on Fargate".to_owned(), place))
}
