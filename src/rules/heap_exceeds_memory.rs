//! See `rules/heap-exceeds-memory.md`.

use super::prelude::*;
use crate::value::Node;

/// Reports maximum heap sizes that are not smaller than the memory limit.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.containers() {
        let settings = settings(container).into_iter();
        report.extend(settings.filter_map(|(text, place)| too_large(container, text, place)));
    }
}

/// Environment variables for options of a runtime, in addition to names that end in `_OPTS`.
const OPTIONS: [&str; 3] = ["JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "NODE_OPTIONS"];

/// Returns the strings that can set the heap size: environment variables and the words of commands. Of values that are unknown,
/// only those of variables for options leave the rule undecided.
fn settings(container: Container<'_>) -> Vec<(&str, Place)> {
    let variables = container.view.list("environment").objects().filter_map(|item| {
        let name = item.node.get("name").and_then(Node::as_str);
        if name.is_some_and(|name| OPTIONS.contains(&name) || name.ends_with("_OPTS")) {
            return item.str("value").known_at();
        }
        text(item.node.get("value")?)
    });
    let words =
        ["entryPoint", "command"].into_iter().filter_map(|key| container.view.node.get(key)?.as_array());
    let words = words.flat_map(|words| &words.items).filter_map(text);
    variables.chain(words).collect()
}

fn text(node: &Node) -> Option<(&str, Place)> {
    Some((node.as_str()?, Place::from(node)))
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
