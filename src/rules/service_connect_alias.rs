//! See `rules/service-connect-alias.md`.

use super::prelude::*;

/// The longest DNS name of an alias.
const MAX_LEN: usize = 127;

/// Reports aliases of Service Connect beyond the first, and those that are no DNS name.
pub fn check(project: &Project, report: &mut Report) {
    for item in
        project.services().filter_map(Service::connect).flat_map(|connect| connect.list("services").objects())
    {
        let aliases: Vec<View> = item.list("clientAliases").objects().collect();
        if let [first, second, ..] = aliases.as_slice() {
            let message = format!("{} aliases for one port, and there may be 1", aliases.len());
            report.add(
                Finding::at(second.place(), message)
                    .label(first.place(), "the first one")
                    .help("keep one alias for a port"),
            );
        }
        report.extend(aliases.into_iter().filter_map(misnamed));
    }
}

fn misnamed(alias: View) -> Option<Finding> {
    let Known(name, place) = alias.str("dnsName") else { return None };
    (!is_dns_name(name)).then(|| {
        Finding::at(place, format!("`{name}` is no DNS name"))
            .help("use letters, digits, hyphens and dots, the first a letter or a digit: `web.local`")
    })
}

fn is_dns_name(name: &str) -> bool {
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || "_-.".contains(letter);
    name.len() <= MAX_LEN && name.chars().all(allowed) && !name.starts_with(['-', '.'])
}
