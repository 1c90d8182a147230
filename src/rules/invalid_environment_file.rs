//! See `rules/invalid-environment-file.md`.

use super::prelude::*;
use crate::model::not_an_object;

/// Reports environment files that ECS does not read.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.containers() {
        for file in container.view.list("environmentFiles").objects() {
            report.extend([other_type(file), other_ending(file)]);
        }
    }
}

fn other_type(file: View) -> Option<Finding> {
    let field = file.field("type");
    let (kind, place) = field.str().known_at().filter(|(kind, _)| *kind != "s3")?;
    let set = format!("set `{field}` to `s3`");
    Some(
        Finding::at(place, format!("invalid environment file type `{kind}`: expected `s3`")).help(&*set).fix(
            Safety::Safe,
            set,
            field.set("s3"),
        ),
    )
}

/// Reports a file without the extension `.env`. The end of a name can be known where the rest is unknown:
/// `${aws_s3_bucket.config.arn}/web.env`.
fn other_ending(file: View) -> Option<Finding> {
    let value = &file.entry("value")?.value;
    let end = value.known_end();
    let name = end
        .rsplit('/')
        .next()
        .filter(|name| value.as_str().is_some() || end.contains('/') || name.contains('.'))?;
    // Another rule reports a value that does not name a file.
    if name.is_empty() || name.ends_with(".env") || not_an_object(value).is_some() {
        return None;
    }
    let message = format!("the name of environment file `{name}` must end in `.env`");
    Some(Finding::at(Place::from(value), message).help("rename the file in S3, and update its name here"))
}
