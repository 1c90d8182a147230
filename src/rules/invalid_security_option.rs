//! See `rules/invalid-security-option.md`.

use super::prelude::*;

/// The valid prefixes of a security option. Docker formerly used `=` instead of the colon, and ECS passes it on.
const OPTIONS: &[&str] =
    &["apparmor:", "apparmor=", "label:", "label=", "credentialspec:", "credentialspec="];

/// The valid prefixes of a credential specification.
const SPECIFICATIONS: &[&str] = &["credentialspec:", "credentialspecdomainless:"];

/// Reports security options and credential specifications that ECS does not support.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.containers() {
        for item in container.view.list("dockerSecurityOptions").iter() {
            let Some(option) = item.node.as_str() else { continue };
            let known = option.starts_with("no-new-privileges") || begins(option, OPTIONS);
            if !known {
                let message = format!("invalid Docker security option `{option}`");
                report.add(Finding::at(Place::from(item.node), message).help(
                    "use `no-new-privileges`, `apparmor:PROFILE`, `label:VALUE`, or `credentialspec:PATH`",
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
        let message = format!("invalid credential specification `{written}`");
        report.add(
            Finding::at(Place::from(item.node), message)
                .help("use `credentialspec:` or `credentialspecdomainless:` followed by an ARN"),
        );
    }
    if let Some(second) = list.iter().nth(1) {
        let (called, count) = (container.called(), list.iter().count());
        let message = format!("{called} can have at most 1 credential specification (got {count})");
        report.add(Finding::at(Place::from(second.node), message).help("keep only one of them"));
    }
}

fn begins(text: &str, starts: &[&str]) -> bool {
    starts.iter().any(|start| text.starts_with(start))
}
