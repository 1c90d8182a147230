//! See `rules/awslogs-conflicting-options.md`.

use super::prelude::*;
use super::support::suggest;
use crate::suggest::nearest;

/// Reports options of awslogs that exclude each other.
pub fn check(project: &Project, report: &mut Report) {
    for log in project.logs_by("awslogs") {
        let Known(options, _) = log.options() else { continue };
        report.extend([two_patterns(log, options), unknown_mode(options), buffer_without_use(options)]);
    }
}

fn two_patterns(log: Log, options: View) -> Option<Finding> {
    let [pattern, format] = options.fields(["awslogs-multiline-pattern", "awslogs-datetime-format"]);
    let place = pattern.scalar().place()?;
    // A value that is not known may be null, and then it is not there.
    let (Known(..), Known(_, other)) = (pattern.scalar(), format.scalar()) else { return None };
    let (pattern_key, format_key) = (pattern.key(), format.key());
    let message = format!("{} gives both `{pattern_key}` and `{format_key}`", log.container.called());
    // The documentation says that the pattern is ignored where there is a date format.
    let finding = Finding::at(place, message)
        .label(other, "the other way to tell where a message begins")
        .help("keep the one that the messages are told apart by")
        .fix(Safety::Unsafe, format!("remove `{pattern_key}`"), pattern.remove());
    Some(finding)
}

fn unknown_mode(options: View) -> Option<Finding> {
    let modes = ["non-blocking", "blocking"];
    let Known(mode, place) = options.scalar("mode") else { return None };
    if modes.contains(&mode) {
        return None;
    }
    let finding = Finding::at(place, format!("`{mode}` is no mode of a log driver"));
    Some(match nearest(mode, modes) {
        Some(near) => suggest::value(finding, options.field("mode"), near),
        None => finding.help("write `non-blocking` or `blocking`"),
    })
}

/// Docker takes a buffer size only where there is a buffer.
fn buffer_without_use(options: View) -> Option<Finding> {
    let buffer = options.field("max-buffer-size");
    let (Known("blocking", mode), Known(size, place)) = (options.scalar("mode"), buffer.scalar()) else {
        return None;
    };
    let message = format!("a `max-buffer-size` of `{size}` in blocking mode, which has no buffer");
    let finding = Finding::at(place, message)
        .label(mode, "the mode is chosen here")
        .help("remove `max-buffer-size`, or set `mode` to `non-blocking`")
        .fix(Safety::Unsafe, "remove `max-buffer-size`", buffer.remove());
    Some(finding)
}
