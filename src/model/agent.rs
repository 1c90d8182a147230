//! Tasks that monitor or manage the instances that they run on, which requires access to the host.

use crate::model::{Container, Task};

/// Parts of the names of images and containers of such agents.
const AGENTS: [&str; 30] = [
    "aqua",
    "autoheal",
    "cadvisor",
    "cloudwatch-agent",
    "collectd",
    "crowdstrike",
    "datadog",
    "docker-gc",
    "dynatrace",
    "ecs-agent",
    "falco",
    "falcon-sensor",
    "filebeat",
    "instana",
    "logspout",
    "metricbeat",
    "netdata",
    "newrelic",
    "node-exporter",
    "nvidia-exporter",
    "oneagent",
    "portainer",
    "prisma-cloud",
    "registrator",
    "splunk",
    "sumologic",
    "sysdig",
    "telegraf",
    "twistlock",
    "watchtower",
];

/// Parts of the names of log collectors, which are agents if they run as a daemon.
const COLLECTORS: [&str; 4] = ["fluent-bit", "fluentbit", "fluentd", "vector"];

/// Parts of the names of containers that change the network of their task: service meshes and VPNs.
const NETWORK: [&str; 10] =
    ["consul", "envoy", "istio", "linkerd", "mesh", "openvpn", "strongswan", "tailscale", "vpn", "wireguard"];

impl Container<'_> {
    /// Returns `true` if the container routes the traffic of its task, according to its name or its image.
    pub fn is_network_agent(self) -> bool {
        is_named(self, &NETWORK)
    }
}

impl Task<'_> {
    /// Returns `true` if the task is a monitoring or management agent: according to the name of an image or container, or
    /// because a daemon or a daemon service runs it.
    pub fn is_agent(self) -> bool {
        let is_of_daemon_service =
            || self.project.services_of(self.resource).any(|service| service.daemon().is_some());
        self.is_daemon()
            || self.containers().any(|container| is_named(container, &AGENTS))
            || is_of_daemon_service()
            || self.containers().count() == 1
                && self.containers().all(|container| is_named(container, &COLLECTORS))
    }
}

/// Returns `true` if the name of the container or its image contains one of the words.
fn is_named(container: Container, words: &[&str]) -> bool {
    let image = container.view.entry("image").map(|image| image.value.known_start());
    let name = container.view.entry("name").map(|name| name.value.known_start());
    let mut names = image.into_iter().chain(name).map(|name| name.to_lowercase().replace('_', "-"));
    names.any(|name| words.iter().any(|word| name.contains(word)))
}
