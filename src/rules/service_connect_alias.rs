//! See `rules/service-connect-alias.md`.

use super::prelude::*;

/// Maximum length of the DNS name of an alias, in characters.
const MAX_LEN: usize = 127;

/// Reports Service Connect ports with more than one alias, and aliases that are not valid DNS names.
pub fn check(project: &Project, report: &mut Report) {
    for item in
        project.services().filter_map(Service::connect).flat_map(|connect| connect.list("services").objects())
    {
        let aliases: Vec<View> = item.list("clientAliases").objects().collect();
        if let [first, second, ..] = aliases.as_slice() {
            let message =
                format!("a Service Connect port can have at most 1 client alias (got {})", aliases.len());
            report.add(
                Finding::at(second.place(), message)
                    .label(first.place(), "the first alias")
                    .help("keep one alias per port"),
            );
        }
        report.extend(aliases.into_iter().filter_map(misnamed));
    }
}

fn misnamed(alias: View) -> Option<Finding> {
    let Known(name, place) = alias.str("dnsName") else { return None };
    (!is_dns_name(name)).then(|| {
        Finding::at(place, format!("`{name}` is not a valid DNS name")).help(format!(
            "start with a letter or a digit, and use at most {MAX_LEN} letters, digits, underscores, hyphens, and dots: `web.local`"
        ))
    })
}

fn is_dns_name(name: &str) -> bool {
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || "_-.".contains(letter);
    name.len() <= MAX_LEN && name.chars().all(allowed) && !name.starts_with(['-', '.'])
}
