//! Everything that leads to the tasks of a service: clients, load balancers, listeners, target groups, and names.

use crate::graph::parts::{Edge, Node, NodeKind};
use crate::graph::sketch::Sketch;
use crate::model::{
    Balancer, Kind, Link, LoadBalancer, Peer, Resource, SecurityGroupSet, Service, TargetGroup,
};
use crate::report::plain::counted;
use crate::value;
use crate::view::{Value, View};

/// The nodes that connections to a service end at.
pub(super) struct Ends {
    /// The service, or the task in it.
    pub task: usize,
    /// The containers by name.
    pub containers: Vec<(String, usize)>,
}

impl Ends {
    fn container(&self, name: Option<&str>) -> usize {
        let named = self.containers.iter().find(|(known, _)| Some(known.as_str()) == name);
        named.map_or(self.task, |(_, index)| *index)
    }
}

/// Draws what leads to a service.
pub(super) fn draw(sketch: &mut Sketch, service: Service, ends: &Ends) {
    for entry in service.load_balancers() {
        let end = ends.container(entry.container_name().known());
        match entry.view.entry("targetGroupArn") {
            Some(named) => {
                balanced(sketch, entry, &named.value, end);
                if let Some(other) = alternate(entry) {
                    balanced(sketch, entry, other, end);
                }
            }
            None => classic(sketch, entry, end),
        }
    }
    discovery(sketch, service, ends);
}

/// The target group to which a blue/green deployment moves the traffic.
fn alternate<'a>(entry: LoadBalancer<'a>) -> Option<&'a value::Node> {
    let advanced = entry.view.object("advancedConfiguration").known()?;
    advanced.entry("alternateTargetGroupArn").map(|entry| &entry.value)
}

fn balanced(sketch: &mut Sketch, entry: LoadBalancer, named: &value::Node, end: usize) {
    let (group, set) = match sketch.project.target_group_of(named) {
        Link::To(resource) => {
            let group = TargetGroup::new(sketch.project, resource);
            let node = sketch.of(NodeKind::TargetGroup, resource).facts(group_facts(sketch, group));
            let node = sketch.add(node);
            (node, routes(sketch, resource, node))
        }
        Link::Unknown | Link::None => {
            let node = sketch.referred(NodeKind::TargetGroup, named);
            (sketch.add(node), None)
        }
    };
    let is_known = sketch.nodes[group].is_known;
    let edge = Edge::new(group, end).known(is_known).containing(entry.view.node);
    let edge = match entry.container_port().known() {
        Some(port) => {
            let tasks = entry.service.security_group_set();
            let from = set.as_ref().map(Peer::Groups);
            sketch.gated(edge, from, tasks.as_ref().map(std::slice::from_ref), &(port..=port))
        }
        None => edge.label(port(sketch, entry)),
    };
    sketch.connect(edge);
}

fn port(sketch: &Sketch, entry: LoadBalancer) -> Option<String> {
    Some(format!(":{}", sketch.pen.member(entry.view, "containerPort")?))
}

fn group_facts(sketch: &Sketch, group: TargetGroup) -> Vec<String> {
    let pen = sketch.pen;
    let protocol = pen.member(group.view, "Protocol").unwrap_or_default();
    let port = pen.member(group.view, "Port").map(|port| format!(":{port}")).unwrap_or_default();
    let kind = group.target_type().known().map(|kind| format!("targets: {}", pen.text(kind)));
    let path = pen.member(group.view, "HealthCheckPath").map(|path| format!("health: {path}"));
    let first = format!("{protocol} {port}").trim().to_owned();
    [first].into_iter().filter(|first| !first.is_empty()).chain(kind).chain(path).collect()
}

/// Draws the listeners that forward to a target group, and returns the security groups of their load balancer.
fn routes<'a>(sketch: &mut Sketch<'a, '_>, group: &'a Resource, end: usize) -> Option<SecurityGroupSet<'a>> {
    let mut set = None;
    for route in sketch.project.forwarders(group) {
        let listener = match route.kind {
            Kind::ListenerRule => {
                route.request.get("ListenerArn").map(|named| sketch.project.resolve(&[Kind::Listener], named))
            }
            _ => Some(Link::To(route)),
        };
        let condition =
            (route.kind == Kind::ListenerRule).then(|| condition(sketch, sketch.project.view(route)));
        let edge = |from| {
            let edge = Edge::new(from, end).label(condition.flatten());
            match route.request.get("DefaultActions") {
                Some(actions) => edge.containing(actions),
                None => edge.with(route),
            }
        };
        match listener {
            Some(Link::To(listener)) => {
                let view = sketch.project.view(listener);
                let facts = listener_facts(sketch, view);
                let node = sketch.of(NodeKind::Listener, listener).facts(facts);
                let node = sketch.add(node);
                sketch.connect(edge(node));
                set = balancer(sketch, listener, node).or(set);
            }
            _ => {
                let named = route.request.get("ListenerArn");
                let Some(node) = named.map(|named| sketch.referred(NodeKind::Listener, named)) else {
                    continue;
                };
                let node = sketch.add(node);
                sketch.connect(edge(node).known(false));
            }
        }
    }
    set
}

fn listener_facts(sketch: &Sketch, view: View) -> Vec<String> {
    let protocol = sketch.pen.member(view, "Protocol").unwrap_or_default();
    let port = sketch.pen.member(view, "Port").map(|port| format!(":{port}")).unwrap_or_default();
    vec![format!("{protocol} {port}").trim().to_owned()].into_iter().filter(|fact| !fact.is_empty()).collect()
}

/// The conditions of a listener rule, such as `/api/*`.
fn condition(sketch: &Sketch, rule: View) -> Option<String> {
    let conditions = rule.list("Conditions").objects();
    let values = conditions.flat_map(|condition| {
        let configs = ["PathPatternConfig", "HostHeaderConfig", "HttpRequestMethodConfig", "SourceIpConfig"];
        let within = configs.iter().filter_map(|key| condition.object(key).known());
        let lists = within.chain([condition]).map(|view| view.list("Values"));
        lists
            .flat_map(|list| list.iter().map(|item| sketch.pen.value(item.node)).collect::<Vec<_>>())
            .collect::<Vec<_>>()
    });
    let values: Vec<String> = values.collect();
    (!values.is_empty()).then(|| values.join(", "))
}

/// Draws the load balancer of a listener and its clients, and returns its security groups.
fn balancer<'a>(
    sketch: &mut Sketch<'a, '_>,
    listener: &'a Resource,
    end: usize,
) -> Option<SecurityGroupSet<'a>> {
    let Some(resource) = sketch.project.balancer_of(listener) else {
        let node = sketch.referred(NodeKind::LoadBalancer, listener.request.get("LoadBalancerArn")?);
        let node = sketch.add(node);
        sketch.connect(Edge::new(node, end).known(false));
        return None;
    };
    let balancer = Balancer::new(sketch.project, resource);
    let internal = balancer.view.bool("Internal").or_default(false, balancer.anchor());
    let kind = balancer.kind().known().map(|kind| sketch.pen.text(kind));
    let scheme =
        internal.known().map(|internal| if internal { "internal" } else { "internet-facing" }.to_owned());
    let subnets = balancer.subnets().len();
    let subnets = (subnets > 0).then(|| counted(subnets, "subnet"));
    let node =
        sketch.of(NodeKind::LoadBalancer, resource).facts(kind.into_iter().chain(scheme).chain(subnets));
    let node = sketch.add(node);
    sketch.connect(Edge::new(node, end));
    let client = match internal {
        Value::Known(true, _) => Node::new(NodeKind::Client, "client vpc", "the VPC"),
        Value::Known(false, _) => Node::new(NodeKind::Client, "client internet", "the internet"),
        Value::Unknown(_) | Value::Missing => {
            Node { is_known: false, ..Node::new(NodeKind::Client, "client", "clients") }
        }
    };
    let is_internet = internal.known() == Some(false);
    let client = sketch.add(client);
    let set = sketch.project.security_group_set(balancer.view.list("SecurityGroups"));
    let is_known = sketch.nodes[client].is_known;
    let edge = Edge::new(client, node).known(is_known);
    let edge = match sketch.project.view(listener).int("Port").known() {
        Some(port) => {
            let from = if is_internet { Peer::Internet } else { Peer::Anything };
            sketch.gated(edge, Some(from), set.as_ref().map(std::slice::from_ref), &(port..=port))
        }
        None => edge,
    };
    sketch.connect(edge);
    set
}

/// Draws a Classic Load Balancer.
fn classic(sketch: &mut Sketch, entry: LoadBalancer, end: usize) {
    let Some(named) = entry.view.entry("loadBalancerName") else { return };
    let node = sketch.referred(NodeKind::LoadBalancer, &named.value).facts(["classic".to_owned()]);
    let node = sketch.add(node);
    let port = port(sketch, entry);
    sketch.connect(Edge::new(node, end).label(port).containing(entry.view.node));
}

/// Draws the names by which clients in the VPC find the tasks.
fn discovery(sketch: &mut Sketch, service: Service, ends: &Ends) {
    for registry in service.view.list("serviceRegistries").objects() {
        let Some(named) = registry.entry("registryArn") else { continue };
        let node = match sketch.project.registry_of(&named.value) {
            Link::To(resource) => sketch.of(NodeKind::Discovery, resource),
            Link::Unknown | Link::None => sketch.referred(NodeKind::Discovery, &named.value),
        };
        let node = sketch.add(node.facts(["Cloud Map".to_owned()]));
        let end = ends.container(registry.str("containerName").known());
        let label = sketch.pen.member(registry, "containerPort").map(|port| format!(":{port}"));
        reached(sketch, node, Edge::new(node, end).label(label).containing(registry.node));
    }
    let Some(connect) = service.view.object("serviceConnectConfiguration").known() else { return };
    for served in connect.list("services").objects() {
        let Some(port) = sketch.pen.member(served, "portName") else { continue };
        let aliases = served.list("clientAliases").objects().filter_map(|alias| {
            let port = sketch.pen.member(alias, "port")?;
            Some(format!("{}:{port}", sketch.pen.member(alias, "dnsName").unwrap_or_default()))
        });
        let facts: Vec<String> = ["Service Connect".to_owned()].into_iter().chain(aliases).collect();
        let name = sketch.pen.member(served, "discoveryName").unwrap_or_else(|| port.clone());
        let node = Node::new(NodeKind::Discovery, format!("discovery {name}"), name).facts(facts);
        let node = sketch.add(node.containing(served.node));
        reached(sketch, node, Edge::new(node, ends.task).label(Some(port)));
    }
}

/// Connects a name with its clients and with what it leads to.
fn reached(sketch: &mut Sketch, node: usize, edge: Edge) {
    let client = sketch.add(Node::new(NodeKind::Client, "client vpc", "the VPC"));
    sketch.connect(Edge::new(client, node));
    sketch.connect(edge);
}
