//! Commands that neither install the ECS agent nor change its settings.

/// Commands that are harmless with any arguments.
const HARMLESS: &[&str] = &[
    ":",
    "cat",
    "chkconfig",
    "chmod",
    "chown",
    "date",
    "echo",
    "exit",
    "export",
    "hostname",
    "hostnamectl",
    "iptables",
    "logger",
    "ls",
    "mkdir",
    "poweroff",
    "printf",
    "reboot",
    "restart",
    "service",
    "set",
    "shutdown",
    "sleep",
    "start",
    "stop",
    "swapon",
    "sysctl",
    "systemctl",
    "tee",
    "timedatectl",
    "touch",
    "true",
    "ulimit",
    "umask",
    "/opt/aws/bin/cfn-signal",
    "/usr/bin/cloud-init-per",
    "cfn-signal",
    "cloud-init-per",
];

/// Package managers, which are harmless if they update, or install packages that are not for ECS.
const PACKAGES: &[&str] = &["apt", "apt-get", "dnf", "rpm", "yum", "amazon-linux-extras"];

/// Commands that set up an instance as other files, services, or repositories describe, including the settings of the agent.
const CONFIGURE: &[&str] = &[
    ".",
    "ansible",
    "ansible-playbook",
    "ansible-pull",
    "bash",
    "cfn-init",
    "chef-client",
    "eval",
    "puppet",
    "python",
    "python3",
    "sh",
    "source",
];

/// What a command may do, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Effect {
    /// Nothing to the agent.
    None,
    /// It may install the agent.
    Install,
    /// It may install the agent and change its settings.
    Configure,
}

/// The effect of a command, and of those to which it pipes its output.
pub(super) fn effect(command: &str) -> Effect {
    command.split('|').map(effect_of_one).max().unwrap_or(Effect::None)
}

fn effect_of_one(command: &str) -> Effect {
    let mut words = command.split_whitespace().skip_while(|word| *word == "sudo" || is_assignment(word));
    let Some(first) = words.next() else { return Effect::None };
    let name = first.rsplit('/').next().unwrap_or(first);
    let is_harmless = HARMLESS.contains(&first) || HARMLESS.contains(&name);
    let mentions_ecs = || command.to_ascii_lowercase().contains("ecs");
    let installs_other =
        || PACKAGES.contains(&name) && !mentions_ecs() && !command.contains(crate::value::HOLE);
    if CONFIGURE.contains(&name) || (first.contains('/') && !is_harmless) {
        Effect::Configure
    } else if is_harmless || installs_other() {
        Effect::None
    } else {
        Effect::Install
    }
}

/// Returns `true` for `NAME=value`.
fn is_assignment(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| {
        !name.is_empty() && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
    })
}
