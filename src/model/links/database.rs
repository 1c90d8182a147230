//! Databases, caches, and message brokers that tasks connect to.

use std::ops::RangeInclusive;

use crate::diagnostic::Place;
use crate::model::links::listening;
use crate::model::reference::ref_kind;
use crate::model::{Project, SecurityGroupSet};
use crate::resource::{Kind, RefKind, Resource};
use crate::source::Span;
use crate::value::{Node, NodeKind, Unknown};
use crate::view::{Value, View};

/// Words in the attributes of a database that contain its address.
const ADDRESSES: [&str; 6] = ["address", "endpoint", "bootstrap", "dns", "instances", "zookeeper"];

/// A database, a cache, or a message broker.
#[derive(Clone, Copy, Debug)]
pub struct Database<'a> {
    project: Project<'a>,
    resource: &'a Resource,
    view: View<'a>,
    attribute: &'a str,
}

impl<'a> Database<'a> {
    /// The place of the database itself.
    pub fn anchor(self) -> Place {
        Place::header(self.resource)
    }

    /// The resource that creates it.
    pub fn resource(self) -> &'a Resource {
        self.resource
    }

    /// What it is, in messages.
    pub fn noun(self) -> &'static str {
        match self.view.str("Engine").known() {
            Some("redis" | "valkey" | "memcached") => "cache",
            Some("ActiveMQ" | "RabbitMQ" | "ACTIVEMQ" | "RABBITMQ") => "broker",
            Some(_) => "database",
            None => "data store",
        }
    }

    /// The TCP ports on one of which it listens.
    pub fn ports(self) -> Vec<RangeInclusive<i64>> {
        match listening::ports(self) {
            Some(ports) => ports.into_iter().map(|port| port..=port).collect(),
            None => vec![1..=65_535],
        }
    }

    /// A range that contains all ports on which it may listen.
    pub fn port_range(self) -> RangeInclusive<i64> {
        let ports = self.ports();
        let first = ports.iter().map(|ports| *ports.start()).min().unwrap_or(1);
        first..=ports.iter().map(|ports| *ports.end()).max().unwrap_or(65_535)
    }

    /// Returns `true` if the address is a public one, to which packets come from the internet.
    pub fn is_public(self) -> bool {
        self.attribute.contains("public")
    }

    /// The place that requires TLS of all connections, if something certainly does.
    pub fn requires_tls(self) -> Option<Place> {
        let Value::Known(true, place) = self.view.bool("TransitEncryptionEnabled") else { return None };
        let is_optional = match self.view.str("TransitEncryptionMode") {
            Value::Known(mode, _) => mode != "required",
            Value::Unknown(_) => true,
            Value::Missing => false,
        };
        (!is_optional).then_some(place)
    }

    /// The attribute that the tasks get.
    pub(super) fn attribute(self) -> &'a str {
        self.attribute
    }

    pub(super) fn view(self) -> View<'a> {
        self.view
    }

    /// The subnets that it may be in; `None` unless all are known.
    pub fn subnets(self) -> Option<Vec<&'a Node>> {
        if let Some(entry) = self.view.entry("SubnetGroup") {
            return self.project.subnets_of_group(&entry.value, self.resource);
        }
        let options = self.view.object("VpcOptions").known();
        let list = options.map_or(self.view, |options| options).list("SubnetIds");
        list.counted().filter(|subnets| !subnets.is_empty())
    }

    /// Its security groups; `None` unless all are known.
    pub fn security_group_set(self) -> Option<SecurityGroupSet<'a>> {
        let own = self.view.list("SecurityGroupIds");
        let in_options = || Some(self.view.object("VpcOptions").known()?.list("SecurityGroupIds"));
        let list = if own.is_empty() { in_options()? } else { own };
        self.project.security_group_set(list)
    }
}

impl<'a> Project<'a> {
    /// The databases whose addresses a value, or a list of the references in it, contains.
    pub fn databases_in(self, value: &'a Node) -> Vec<Database<'a>> {
        let mut found: Vec<Database> = Vec::new();
        for (why, at) in references(value) {
            let Some((resource, attribute)) = self.addressed(why, at) else { continue };
            let is_same = |known: &Database| known.resource.is(resource) && known.attribute == attribute;
            if !found.iter().any(is_same) {
                let resource = self.database_cluster(resource);
                found.push(Database { project: self, resource, view: self.view(resource), attribute });
            }
        }
        found
    }

    /// The cluster that a database is an instance of, which has its security groups and its port, or the database itself.
    fn database_cluster(self, database: &'a Resource) -> &'a Resource {
        let Some(named) = database.request.get("DBClusterIdentifier").filter(|named| !named.is_missing())
        else {
            return database;
        };
        let by_name = || {
            let mut all = self.in_unit_of(database, Kind::Database).filter(|other| {
                let is_named = other.request.get("DBClusterIdentifier").and_then(Node::as_str);
                !other.is(database) && is_named.is_some() && is_named == named.as_str()
            });
            all.find(|other| other.request.get("SecurityGroupIds").is_some())
        };
        let cluster = self.resolve(&[Kind::Database], named).known();
        cluster.filter(|cluster| !cluster.is(database)).or_else(by_name).unwrap_or(database)
    }

    /// The database whose address an unknown value is, and the attribute.
    fn addressed(self, why: &'a Unknown, at: Span) -> Option<(&'a Resource, &'a str)> {
        let Unknown::Attribute { of, attribute: name } = why else { return None };
        let attribute = name.to_ascii_lowercase();
        // The console of a broker has another port.
        let is_address =
            ADDRESSES.iter().any(|word| attribute.contains(word)) && !attribute.contains("console");
        let is_database = ref_kind(of) == Some(RefKind::Request(Kind::Database)) && !of.is_data();
        let node = Node::unknown(why.clone(), at);
        let resource =
            (is_address && is_database).then(|| self.resolve(&[Kind::Database], &node).known())??;
        Some((resource, name.as_str()))
    }
}

/// The unknown values in a value, in a list, or in the members of an object.
fn references(value: &Node) -> Vec<(&Unknown, Span)> {
    match &value.kind {
        NodeKind::Array(array) => array.items.iter().flat_map(references).collect(),
        NodeKind::Object(object) => {
            object.entries.iter().flat_map(|entry| references(&entry.value)).collect()
        }
        _ => value.unknowns().map(|why| (why, value.at)).collect(),
    }
}
