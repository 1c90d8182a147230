//! See `rules/invalid-environment-file.md`.

use crate::diagnostic::{Change, Finding, Place, Safety};
use crate::model::not_an_object;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;
use crate::value::View;

/// Reports environment files that ECS would not read.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.tasks().flat_map(|task| task.containers()) {
        for file in container.view.list("environmentFiles").objects() {
            other_type(file).into_iter().chain(other_ending(file)).for_each(|finding| report.add(finding));
        }
    }
}

fn other_type(file: View) -> Option<Finding> {
    let Known(kind, place) = file.str("type") else { return None };
    let message = format!("`{kind}` is no type of environment file");
    let change = Change::set(&file.entry("type")?.value, "s3");
    let finding = Finding::at(place, message).help("write `s3`, the only type there is");
    (kind != "s3").then(|| finding.fix(Safety::Safe, "write `s3`", vec![change]))
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
