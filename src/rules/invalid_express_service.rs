//! See `rules/invalid-express-service.md`.

use super::prelude::*;

/// Reports Express services with an invalid number of tasks or health check path.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.express_services() {
        report.extend([inverted_scaling(service.view), wrong_path(service.view)]);
    }
}

fn inverted_scaling(service: View) -> Option<Finding> {
    let Known(scaling, _) = service.object("scalingTarget") else { return None };
    let [minimum, maximum] = scaling.fields(["minTaskCount", "maxTaskCount"]);
    let (Known(least, at), Known(most, place)) = (minimum.int(), maximum.int()) else { return None };
    (least > most).then(|| {
        Finding::at(place, format!("`{maximum}` of {most} is less than `{minimum}` of {least}"))
            .label(at, format!("minimum {least}"))
            .help(format!("raise `{maximum}`, or lower `{minimum}`"))
    })
}

fn wrong_path(service: View) -> Option<Finding> {
    let field = service.field("healthCheckPath");
    let (path, place) = field.str().known_at().filter(|(path, _)| !path.starts_with('/'))?;
    let right = format!("/{path}");
    Some(
        Finding::at(place, format!("`{field}` must start with `/` (got `{path}`)"))
            .help(format!("set `{field}` to `{right}`"))
            .fix(Safety::Unsafe, format!("set `{field}` to `{right}`"), field.set(right.as_str())),
    )
}
