//! See `rules/dangerous-capability.md`.

use super::prelude::*;

/// Capabilities that let a container take over the host, and the effect of each.
const DANGEROUS: [(&str, &str); 8] = [
    ("ALL", "lets it do everything that root can do on the instance"),
    ("SYS_ADMIN", "lets it mount file systems, change namespaces, and do most of what root can do"),
    ("SYS_MODULE", "lets it load modules into the kernel of the instance"),
    ("SYS_RAWIO", "lets it read and write the devices of the instance"),
    ("SYS_BOOT", "lets it restart the instance"),
    ("DAC_READ_SEARCH", "lets it read files regardless of permissions, even outside the container"),
    ("NET_ADMIN", "lets it change the routes, filters, and addresses of its network"),
    ("MAC_ADMIN", "lets it change the access control policy that confines it"),
];

/// Reports capabilities that let a container escape its isolation. Fargate itself rejects them.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks().filter(|task| task.requires("FARGATE").is_none()) {
        for container in task.containers() {
            let Known(linux, _) = container.view.object("linuxParameters") else { continue };
            let Known(capabilities, _) = linux.object("capabilities") else { continue };
            for item in capabilities.list("add").iter() {
                let found = DANGEROUS.iter().find(|(name, _)| item.node.as_str() == Some(name));
                let Some((name, effect)) = found else { continue };
                if *name == "NET_ADMIN" && container.is_network_agent() {
                    continue;
                }
                let message = format!("{} adds the capability `{name}`, which {effect}", container.called());
                report.add(
                    Finding::at(item.place(), message)
                        .help("remove it, or add only the narrowest capability that the container needs"),
                );
            }
        }
    }
}
