//! See `rules/invalid-environment-file.md`.

use super::prelude::*;
use crate::model::not_an_object;

/// Reports environment files that ECS would not read.
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
    Some(
        Finding::at(place, format!("`{kind}` is no type of environment file"))
            .help("write `s3`, the only type there is")
            .fix(Safety::Safe, "write `s3`", field.set("s3")),
    )
}

/// The end of a name may be known where the rest is not: `${aws_s3_bucket.config.arn}/web.env`.
fn other_ending(file: View) -> Option<Finding> {
    let value = &file.entry("value")?.value;
    let end = value.known_end();
    let name = end
        .rsplit('/')
        .next()
        .filter(|name| value.as_str().is_some() || end.contains('/') || name.contains('.'))?;
    // What names no file at all is an error, and another rule's.
    if name.is_empty() || name.ends_with(".env") || not_an_object(value).is_some() {
        return None;
    }
    let message = format!("the environment file `{name}` does not end in `.env`");
    Some(Finding::at(Place::from(value), message).help("rename the file, in S3 and here"))
}
