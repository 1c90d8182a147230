//! See `rules/awslogs-conflicting-options.md`.

use crate::diagnostic::{Change, Finding, Safety};
use crate::model::Log;
use crate::nearest::nearest;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

/// Reports options of awslogs that exclude each other.
pub fn check(project: &Project, report: &mut Report) {
    for log in project.tasks().flat_map(|task| task.logs_by("awslogs")) {
        [two_patterns(log), unknown_mode(log), buffer_of_none(log)]
            .into_iter()
            .flatten()
            .for_each(|finding| report.add(finding));
    }
}

fn two_patterns(log: Log) -> Option<Finding> {
    let (format, pattern) = ("awslogs-datetime-format", "awslogs-multiline-pattern");
    let place = log.option(pattern).place()?;
    // A value that is not known may be null, and then it is not there.
    let (Known(..), Known(_, other)) = (log.option(pattern), log.option(format)) else { return None };
    let message = format!("{} gives both `{pattern}` and `{format}`", log.container.called());
    let finding = Finding::at(place, message).label(other, "the other way to tell where a message begins");
    let entry = log.options().known()?.entry(pattern)?;
    // The documentation says that the pattern is ignored where there is a date format.
    let finding = finding.fix(Safety::Unsafe, format!("remove `{pattern}`"), vec![Change::remove(entry)]);
    Some(finding.help("keep the one that the messages are told apart by"))
}

fn unknown_mode(log: Log) -> Option<Finding> {
    let Known(mode, place) = log.option("mode") else { return None };
    if ["blocking", "non-blocking"].contains(&mode) {
        return None;
    }
    let finding = Finding::at(place, format!("`{mode}` is no mode of a log driver"));
    Some(match nearest(mode, ["non-blocking", "blocking"]) {
        Some(near) => finding.help(format!("did you mean `{near}`?")).fix(
            Safety::Unsafe,
            format!("write `{near}`"),
            vec![Change::set(&log.options().known()?.entry("mode")?.value, near)],
        ),
        None => finding.help("write `non-blocking` or `blocking`"),
    })
}

/// Docker takes a buffer size only where there is a buffer.
fn buffer_of_none(log: Log) -> Option<Finding> {
    let (Known("blocking", mode), Known(size, place)) = (log.option("mode"), log.option("max-buffer-size"))
    else {
        return None;
    };
    let message = format!("a `max-buffer-size` of `{size}` in blocking mode, which has no buffer");
    let finding = Finding::at(place, message).label(mode, "the mode is chosen here");
    let entry = log.options().known()?.entry("max-buffer-size")?;
    let finding = finding.fix(Safety::Unsafe, "remove `max-buffer-size`", vec![Change::remove(entry)]);
    Some(finding.help("remove `max-buffer-size`, or set `mode` to `non-blocking`"))
}
