//! See `rules/heap-exceeds-memory.md`.

use super::prelude::*;

/// Reports maximum heap sizes that are not smaller than the memory limit.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.containers() {
        let settings = settings(container).into_iter();
        report.extend(settings.filter_map(|(text, place)| too_large(container, text, place)));
    }
}

/// Returns the strings that can set the heap size: environment variables and the words of commands.
fn settings(container: Container<'_>) -> Vec<(&str, Place)> {
    let variables = container.view.list("environment").objects();
    let variables = variables.filter_map(|item| item.str("value").known_at());
    let words = container.view.fields(["entryPoint", "command"]).into_iter();
    let words = words.flat_map(|field| field.list().iter());
    let words = words.filter_map(|word: View| Some((word.node.as_str()?, word.place())));
    variables.chain(words).collect()
}

fn too_large(container: Container, text: &str, place: Place) -> Option<Finding> {
    let (written, heap) = java(text).or_else(|| node(text))?;
    let (limit, limit_at, whose) = limit(container)?;
    if heap < limit {
        return None;
    }
    let message = format!(
        "`{written}` lets the heap grow to {heap} MiB, but {whose} has {limit} MiB of memory in total"
    );
    Some(
        Finding::at(place, message)
            .label(limit_at, "memory limit for the whole process")
            .help("leave a quarter of the memory for non-heap use, or increase the memory"),
    )
}

/// Returns the memory limit in MiB, its place, and its owner. The task's limit applies if the container has none.
fn limit(container: Container<'_>) -> Option<(i64, Place, String)> {
    match container.view.int("memory") {
        Known(memory, place) => Some((memory, place, container.called())),
        Unknown(_) => None,
        Missing => match container.task.memory() {
            Known(memory, place) => Some((memory, place, "the task".to_owned())),
            Unknown(_) | Missing => None,
        },
    }
}

/// Returns the last `-Xmx` option in a string and its value in MiB. The last one takes effect.
fn java(text: &str) -> Option<(&str, i64)> {
    let start = text.rfind("-Xmx")?;
    let written = word(&text[start..]);
    let amount = &written["-Xmx".len()..];
    let digits = amount.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let number: i64 = digits.parse().ok()?;
    let mib = match amount[digits.len()..].to_ascii_lowercase().as_str() {
        "" => number >> 20,
        "k" => number >> 10,
        "m" => number,
        "g" => number.checked_mul(1024)?,
        "t" => number.checked_mul(1024 * 1024)?,
        _ => return None,
    };
    Some((written, mib))
}

/// Returns the last `--max-old-space-size` option in a string and its value in MiB.
fn node(text: &str) -> Option<(&str, i64)> {
    let start = text.rfind("--max-old-space-size=").or_else(|| text.rfind("--max_old_space_size="))?;
    let written = word(&text[start..]);
    Some((written, written.split_once('=')?.1.parse().ok()?))
}

fn word(text: &str) -> &str {
    text.split([' ', '"', '\'', '\t', '\n', ',']).next().unwrap_or(text)
}
