//! See `rules/invalid-security-option.md`.

use super::prelude::*;

/// What a security option may begin with. Docker took `=` for the colon before, and ECS hands it on.
const OPTIONS: &[&str] =
    &["apparmor:", "apparmor=", "label:", "label=", "credentialspec:", "credentialspec="];

/// What a credential specification may begin with.
const SPECIFICATIONS: &[&str] = &["credentialspec:", "credentialspecdomainless:"];

/// Reports security options that ECS does not know.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.containers() {
        for item in container.view.list("dockerSecurityOptions").iter() {
            let Some(option) = item.node.as_str() else { continue };
            let known = option.starts_with("no-new-privileges") || begins(option, OPTIONS);
            if !known {
                let message = format!("`{option}` is no security option that ECS knows");
                report.add(Finding::at(Place::from(item.node), message).help(
                    "write `no-new-privileges`, `apparmor:PROFILE`, `label:VALUE` or `credentialspec:PATH`",
                ));
            }
        }
        specifications(container, report);
    }
}

fn specifications(container: Container, report: &mut Report) {
    let list = container.view.list("credentialSpecs");
    for item in list.iter() {
        let Some(written) = item.node.as_str().filter(|written| !begins(written, SPECIFICATIONS)) else {
            continue;
        };
        let message = format!("`{written}` is no credential specification");
        report.add(
            Finding::at(Place::from(item.node), message)
                .help("write `credentialspec:` or `credentialspecdomainless:`, and then an ARN"),
        );
    }
    if let Some(second) = list.iter().nth(1) {
        let message = format!("{} has more than one credential specification", container.called());
        report.add(Finding::at(Place::from(second.node), message).help("keep one of them"));
    }
}

fn begins(text: &str, starts: &[&str]) -> bool {
    starts.iter().any(|start| text.starts_with(start))
}
