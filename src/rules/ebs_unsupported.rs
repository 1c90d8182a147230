//! See `rules/ebs-unsupported.md`.

use super::prelude::*;

/// Reports managed EBS volumes that ECS does not support for the service.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Some(volume) = service.ebs_volumes().into_iter().next() else { continue };
        let Some(Conflict { condition, facts, help }) = conflict(service) else { continue };
        report.add(
            Finding::at(volume.place(), format!("managed EBS volumes are not supported {condition}"))
                .labels(facts)
                .help(help),
        );
    }
}

/// A condition under which ECS does not support managed EBS volumes.
struct Conflict {
    condition: String,
    facts: Vec<(Place, String)>,
    help: &'static str,
}

fn conflict(service: Service) -> Option<Conflict> {
    if let Known(kind @ ("CODE_DEPLOY" | "EXTERNAL"), place) = service.controller() {
        return Some(Conflict {
            condition: format!("with the `{kind}` deployment controller"),
            facts: vec![(place, format!("the deployment controller is `{kind}`"))],
            help: "use an EFS volume, or use the `ECS` deployment controller",
        });
    }
    if let Known(version @ ("1.0.0" | "1.1.0" | "1.2.0" | "1.3.0"), place) =
        service.view.str("platformVersion")
    {
        let Known("LINUX", linux) = service.task().known()?.operating_system() else { return None };
        return Some(Conflict {
            condition: format!("on platform version {version}"),
            facts: vec![
                (place, format!("the platform version is {version}")),
                (linux, "the task definition is for Linux".to_owned()),
            ],
            help: "use platform version 1.4.0 or later",
        });
    }
    let Known(system, windows) = service.task().known()?.operating_system() else { return None };
    let Known(Compute::Fargate, fargate) = service.compute() else { return None };
    system.starts_with("WINDOWS").then(|| Conflict {
        condition: "for Windows on Fargate".to_owned(),
        facts: vec![
            (windows, format!("the operating system family is `{system}`")),
            (fargate, service.compute_reason()),
        ],
        help: "run the tasks on EC2 or on Linux",
    })
}
