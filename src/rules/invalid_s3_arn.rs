//! See `rules/invalid-s3-arn.md`.

use super::prelude::*;
use crate::model::not_an_object;
use crate::value::Entry;

/// Reports files in S3 that are not identified by an ARN.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.containers() {
        for entry in files(container) {
            if let Some(why) = not_an_object(&entry.value) {
                report.add(finding(entry, why));
            }
        }
    }
}

/// Returns the values of a container that identify a file in S3.
fn files(container: Container<'_>) -> Vec<&Entry> {
    let environment =
        container.view.list("environmentFiles").objects().filter_map(|file| file.entry("value"));
    let options = container.firelens().known().and_then(|firelens| firelens.object("options").known());
    let options = options.filter(|options| options.str("config-file-type").known() == Some("s3"));
    environment.chain(options.and_then(|options| options.entry("config-file-value"))).collect()
}

fn finding(entry: &Entry, why: &str) -> Finding {
    let (start, end) = (entry.value.known_start(), entry.value.known_end());
    let written = entry.value.as_str().map_or_else(|| format!("{start}…{end}"), str::to_owned);
    let finding = Finding::at(Place::from(&entry.value), format!("`{written}` {why}"));
    match written.strip_prefix("s3://") {
        Some(path) => {
            let arn = format!("arn:aws:s3:::{path}");
            let change = Change::set(&entry.value, arn.as_str());
            let replace = format!("replace it with `{arn}`");
            // The partition can be other than `aws`.
            finding.help(&*replace).fix(Safety::Unsafe, replace, [change])
        }
        None => finding.help("use an ARN of the form `arn:aws:s3:::<bucket>/<path>`"),
    }
}
