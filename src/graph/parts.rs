//! The picture as plain data.

use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// The picture of all services and tasks of a run.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// One for each service, and for each task definition that no service runs, in the order of the files.
    pub services: Vec<ServiceGraph>,
    /// The findings that are about nothing in the picture.
    pub others: Vec<Diagnostic>,
}

/// A service, or a task definition that no service runs, with everything around it.
#[derive(Clone, Debug, Default)]
pub struct ServiceGraph {
    /// Its unique name: an address, or the name that its request gives it.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where it is defined; `None` if it was removed.
    pub at: Option<Span>,
    /// The scenario that is shown, if the repository has several.
    pub scenario: Option<String>,
    /// The nodes. A node comes after the one that contains it.
    pub nodes: Vec<Node>,
    /// The edges between them.
    pub edges: Vec<Edge>,
    /// The findings. The number of a finding is its index plus 1.
    pub findings: Vec<Diagnostic>,
    /// Its difference from another revision.
    pub change: Change,
}

/// A part of the picture.
#[derive(Clone, Debug)]
pub struct Node {
    /// Its unique name within the service, which stays the same when its lines move.
    pub key: String,
    /// What it is.
    pub kind: NodeKind,
    /// The index of the node that contains it.
    pub within: Option<usize>,
    /// Its name.
    pub name: String,
    /// What else is known about it, one line each.
    pub facts: Vec<String>,
    /// How the memory of a task is divided.
    pub memory: Option<Memory>,
    /// Where it is defined; `None` if it is not in the files.
    pub at: Option<Span>,
    /// Whether the files define it.
    pub is_known: bool,
    /// The indexes of the findings about it.
    pub findings: Vec<usize>,
    /// Its difference from another revision.
    pub change: Change,
    /// All places that belong to it.
    pub(crate) places: Vec<Span>,
}

/// The kinds of nodes, from left to right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NodeKind {
    /// The internet, or the VPC, from which connections come.
    Client,
    /// A load balancer.
    LoadBalancer,
    /// A listener.
    Listener,
    /// A target group.
    TargetGroup,
    /// A name in Cloud Map, or of Service Connect.
    Discovery,
    /// A service.
    Service,
    /// A task definition.
    Task,
    /// A container.
    Container,
    /// A cluster.
    Cluster,
    /// A role.
    Role,
    /// A way out of the subnets: a gateway, or a VPC endpoint.
    Exit,
    /// A registry, a log group, a secret, a file system, or a database.
    Destination,
}

impl NodeKind {
    /// Its name for people.
    pub fn noun(self) -> &'static str {
        match self {
            NodeKind::Client => "from",
            NodeKind::LoadBalancer => "load balancer",
            NodeKind::Listener => "listener",
            NodeKind::TargetGroup => "target group",
            NodeKind::Discovery => "discovery",
            NodeKind::Service => "service",
            NodeKind::Task => "task definition",
            NodeKind::Container => "container",
            NodeKind::Cluster => "cluster",
            NodeKind::Role => "role",
            NodeKind::Exit => "way out",
            NodeKind::Destination => "needs",
        }
    }

    /// Its name in JSON and in style sheets.
    pub fn id(self) -> &'static str {
        match self {
            NodeKind::Client => "client",
            NodeKind::LoadBalancer => "load-balancer",
            NodeKind::Listener => "listener",
            NodeKind::TargetGroup => "target-group",
            NodeKind::Discovery => "discovery",
            NodeKind::Service => "service",
            NodeKind::Task => "task",
            NodeKind::Container => "container",
            NodeKind::Cluster => "cluster",
            NodeKind::Role => "role",
            NodeKind::Exit => "exit",
            NodeKind::Destination => "destination",
        }
    }
}

/// The memory of a task, in MiB.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Memory {
    /// The memory of the task.
    pub total: i64,
    /// The name and the memory of each container that has its own limit or reservation.
    pub parts: Vec<(String, i64)>,
}

/// A connection, from its first packet's sender to its receiver, or a use.
#[derive(Clone, Debug)]
pub struct Edge {
    /// The index of the node at its start.
    pub from: usize,
    /// The index of the node at its end.
    pub to: usize,
    /// What it is about, such as a port or the condition of a listener rule.
    pub label: Option<String>,
    /// The security groups that let its packets pass, or do not.
    pub gate: Option<Gate>,
    /// Whether the files define both ends, and what connects them.
    pub is_known: bool,
    /// The indexes of the findings about it.
    pub findings: Vec<usize>,
    /// Whether one of these is an error.
    pub is_broken: bool,
    /// Its difference from another revision.
    pub change: Change,
    /// All places that belong to it.
    pub(crate) places: Vec<Span>,
}

/// The security groups at the end of a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gate {
    /// The ports, such as `:80`.
    pub ports: String,
    /// Whether packets to them pass.
    pub passage: Passage,
}

/// Whether packets pass security groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passage {
    /// They may pass: all groups are known, and no rule is certain to be missing.
    Open,
    /// They certainly do not pass.
    Blocked,
    /// Some groups are not known.
    Unknown,
}

/// How a part differs from another revision.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Change {
    /// It is the same, or nothing was compared.
    #[default]
    Same,
    /// It is new.
    Added,
    /// It is only in the other revision.
    Removed,
    /// It has other values.
    Changed,
}

impl Change {
    /// Its name in JSON and in style sheets.
    pub fn id(self) -> &'static str {
        match self {
            Change::Same => "same",
            Change::Added => "added",
            Change::Removed => "removed",
            Change::Changed => "changed",
        }
    }

    /// The mark in front of a name.
    pub fn mark(self) -> &'static str {
        match self {
            Change::Same => "",
            Change::Added => "+ ",
            Change::Removed => "− ",
            Change::Changed => "~ ",
        }
    }
}

impl ServiceGraph {
    /// The node of the service, or of the task definition that no service runs.
    pub fn main(&self) -> Option<&Node> {
        self.nodes.iter().find(|node| matches!(node.kind, NodeKind::Service | NodeKind::Task))
    }

    /// Returns `true` if a text names it: its id, its name, or the last part of its id.
    pub fn is_named(&self, text: &str) -> bool {
        [&self.id, &self.name].iter().any(|own| *own == text) || self.id.rsplit('.').next() == Some(text)
    }

    /// The nodes directly within another one, with their indexes.
    pub fn within(&self, index: usize) -> impl Iterator<Item = (usize, &Node)> {
        self.nodes.iter().enumerate().filter(move |(_, node)| node.within == Some(index))
    }
}
