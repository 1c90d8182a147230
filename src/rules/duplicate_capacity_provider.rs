//! See `rules/duplicate-capacity-provider.md`.

use crate::diagnostic::Finding;
use crate::node::Node;
use crate::project::Project;
use crate::rules::Report;

/// Reports strategies that name one capacity provider twice.
pub fn check(project: &Project, report: &mut Report) {
    for list in project.strategies() {
        let mut seen: Vec<&Node> = Vec::new();
        for entry in list.objects().filter_map(|item| item.entry("capacityProvider")) {
            match seen.iter().find(|known| known.certainly_equals(&entry.value)) {
                Some(first) => report.add(twice(first, &entry.value)),
                None => seen.push(&entry.value),
            }
        }
    }
}

fn twice(first: &Node, again: &Node) -> Finding {
    let called =
        again.as_str().map_or_else(|| "this capacity provider".to_owned(), |name| format!("`{name}`"));
    Finding::at(again, format!("the strategy names {called} twice"))
        .label(first, "named here first")
        .help("put base and weight into one item")
}
