//! See `rules/ebs-unsupported.md`.

use super::prelude::*;

/// Reports managed EBS volumes where ECS does not offer them.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Some(volume) = service.ebs_volumes().into_iter().next() else { continue };
        let Some((what, facts)) = unsupported(service) else { continue };
        report.add(
            Finding::at(volume.place(), format!("a managed EBS volume does not go with {what}"))
                .labels(facts)
                .help("use an EFS volume, or change that"),
        );
    }
}

/// What of the service has no such volumes, and the facts that make it so.
fn unsupported(service: Service) -> Option<(String, Vec<(Place, String)>)> {
    let chosen = |what: &str, place: Place| vec![(place, format!("{what} is chosen here"))];
    if let Known(kind @ ("CODE_DEPLOY" | "EXTERNAL"), place) = service.controller() {
        let what = format!("deployment controller `{kind}`");
        return Some((what.clone(), chosen(&what, place)));
    }
    if let Known(version @ ("1.0.0" | "1.1.0" | "1.2.0" | "1.3.0"), place) =
        service.view.str("platformVersion")
    {
        let Known("LINUX", linux) = service.task().known()?.operating_system() else { return None };
        let what = format!("platform version {version}");
        let facts = [chosen(&what, place), vec![(linux, "the task definition is for Linux".to_owned())]];
        return Some((what, facts.concat()));
    }
    let Known(system, windows) = service.task().known()?.operating_system() else { return None };
    let Known(Compute::Fargate, fargate) = service.compute() else { return None };
    let facts = [chosen("Windows", windows), vec![(fargate, service.compute_reason())]];
    system.starts_with("WINDOWS").then(|| ("Windows on Fargate".to_owned(), facts.concat()))
}
