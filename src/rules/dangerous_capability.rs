//! See `rules/dangerous-capability.md`.

use super::prelude::*;

/// Capabilities that give the host away, and how.
const DANGEROUS: [(&str, &str); 8] = [
    ("ALL", "is all that root can do on the instance"),
    ("SYS_ADMIN", "allows mounts, namespaces and most of what root can do"),
    ("SYS_MODULE", "loads modules into the instance's kernel"),
    ("SYS_RAWIO", "reads and writes the instance's devices"),
    ("SYS_BOOT", "restarts the instance"),
    ("DAC_READ_SEARCH", "reads files past all permissions, also outside of the container"),
    ("NET_ADMIN", "changes routes, filters and addresses of its network"),
    ("MAC_ADMIN", "changes the rules that confine it"),
];

/// Reports capabilities by which a container can leave its confines. Fargate refuses them itself.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks().filter(|task| task.requires("FARGATE").is_none()) {
        for container in task.containers() {
            let Known(linux, _) = container.view.object("linuxParameters") else { continue };
            let Known(capabilities, _) = linux.object("capabilities") else { continue };
            for item in capabilities.list("add").iter() {
                let found = DANGEROUS.iter().find(|(name, _)| item.node.as_str() == Some(name));
                let Some((name, effect)) = found else { continue };
                let message = format!("{} has the capability `{name}`, which {effect}", container.called());
                report.add(
                    Finding::at(item.place(), message).help("remove it, or add the narrowest that serves"),
                );
            }
        }
    }
}
