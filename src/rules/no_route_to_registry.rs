//! See `rules/no-route-to-registry.md`.

use std::collections::BTreeSet;

use super::prelude::*;
use super::support::idle;
use crate::model::{Egress, Endpoints, Image, Store, SubnetExposure, store, without_key};
use crate::suggest::join_and;
use crate::value::Node;

/// Reports Fargate services whose tasks never start, because they cannot reach what they need to start.
pub fn check(project: &Project, report: &mut Report) {
    let without_route = |service| {
        let found = without_route(project, service)?;
        Some(idle::at_most_warning(service, found))
    };
    report.extend(project.services().filter_map(without_route));
}

/// Only Fargate tasks are affected: on EC2, the instance pulls the image through its own network interface.
fn without_route(project: &Project, service: Service) -> Option<Finding> {
    let Known(Compute::Fargate, fargate) = service.compute() else { return None };
    let subnets = service.subnets();
    let stranded: Vec<Stranded> =
        subnets.iter().map(|subnet| out_of_reach(service, subnet)).collect::<Option<_>>()?;
    let endpoints = project.endpoints(&subnets, service.resource.unit())?;
    let is_public = stranded.iter().all(|subnet| subnet.way.is_public());
    let is_certain = endpoints.is_complete || (is_public && endpoints.there.is_empty());
    if stranded.is_empty() || !is_certain {
        return None;
    }
    let wants = wants(service, &endpoints);
    let first = wants.iter().min_by_key(|want| want.step)?;
    let proofs = wants.iter().filter(|want| want.step == first.step).filter_map(|want| want.proof);
    let others = endpoints.there.iter();
    Some(
        finding(service, &stranded, first.step, &help(service, &stranded, &wants))
            .label(fargate, service.compute_reason())
            .labels(proofs)
            .labels(others.map(|other| (other.place, "this VPC endpoint is for another service"))),
    )
}

/// A step in starting a task, in the order in which the steps fail.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Pull,
    Secrets,
    Logs,
}

impl Step {
    fn fails(self) -> &'static str {
        match self {
            Step::Pull => "so they cannot pull their images",
            Step::Secrets => "so they cannot read their secrets",
            Step::Logs => "so they cannot reach CloudWatch Logs",
        }
    }
}

/// Something that the tasks cannot reach.
struct Want {
    step: Step,
    /// The AWS services that require a VPC endpoint; empty if no endpoint can lead to it.
    services: Vec<&'static str>,
    proof: Option<(Place, &'static str)>,
}

fn wants(service: Service, endpoints: &Endpoints) -> Vec<Want> {
    let for_ecr = for_ecr(service);
    let anything = Want { step: Step::Pull, services: for_ecr.to_vec(), proof: None };
    let all: Vec<Want> = match service.task().known() {
        Some(task) => task.containers().flat_map(|container| needs(container, for_ecr)).collect(),
        None => vec![anything],
    };
    let lacking = all.into_iter().filter_map(|mut want| {
        let is_bound = !want.services.is_empty();
        want.services.retain(|name| !endpoints.may_lead_to(name));
        // Without any endpoint it does not matter which image it is. A VPC with endpoints may contain a registry.
        let matters = want.step != Step::Pull || !endpoints.there.is_empty();
        let is_certain = want.proof.is_some() || !matters;
        want.proof = want.proof.filter(|_| matters);
        (is_certain && !(is_bound && want.services.is_empty())).then_some(want)
    });
    lacking.collect()
}

/// Returns the endpoints that a pull from ECR requires: for the token, the manifest, and the layers. Platform versions
/// before 1.4.0 do not need a token.
fn for_ecr(service: Service) -> &'static [&'static str] {
    match service.view.str("platformVersion") {
        Missing | Known("LATEST" | "1.4.0", _) => &["ecr.api", "ecr.dkr", "s3"],
        Known(..) | Unknown(_) => &["ecr.dkr", "s3"],
    }
}

fn needs(container: Container, for_ecr: &[&'static str]) -> Vec<Want> {
    let want = |step, services: &[_], proof| Want { step, services: services.to_vec(), proof };
    let image = container.image_name();
    let pull = match (container.private_ecr_image(), image.as_ref().filter(|image| image.is_public())) {
        (Some(place), _) => Some(want(Step::Pull, for_ecr, Some((place, "this image is in ECR")))),
        (None, Some(image)) => {
            Some(want(Step::Pull, &[], Some((image.place, "this image is in a registry on the internet"))))
        }
        _ if image.as_ref().is_some_and(Image::has_registry) => None,
        _ => Some(want(Step::Pull, for_ecr, None)),
    };
    let secrets = container.secrets().into_iter().filter_map(|secret: View| {
        let value = &secret.entry("valueFrom")?.value;
        let (service, says) = match store(&without_key(value))? {
            Store::Secrets => ("secretsmanager", "this secret is in Secrets Manager"),
            Store::Parameters => ("ssm", "this parameter is in Parameter Store"),
        };
        Some(want(Step::Secrets, &[service], Some((Place::from(value), says))))
    });
    let logs = match container.log_driver() {
        Known("awslogs", place) => {
            Some(want(Step::Logs, &["logs"], Some((place, "its logs go to CloudWatch Logs"))))
        }
        _ => None,
    };
    pull.into_iter().chain(secrets).chain(logs).collect()
}

/// A subnet without a way out for the service's tasks.
struct Stranded {
    subnet: Place,
    proof: Place,
    way: Direction,
}

#[derive(Clone, Copy, PartialEq)]
enum Direction {
    /// To an internet gateway, which requires public IP addresses.
    InternetGateway(Option<Place>),
    /// Nowhere: there is no default route.
    None(Egress),
}

impl Direction {
    fn is_public(self) -> bool {
        matches!(self, Direction::InternetGateway(_))
    }
}

fn out_of_reach(service: Service, node: &Node) -> Option<Stranded> {
    let subnet = Place::from(node);
    match service.project.exposure(node) {
        SubnetExposure::Routed(Egress::Internet, proof) => match service.assign_public_ip() {
            Known(false, place) => {
                let written = service.network().known().and_then(|network| network.entry("assignPublicIp"));
                Some(Stranded { subnet, proof, way: Direction::InternetGateway(written.map(|_| place)) })
            }
            Known(true, _) | Unknown(_) | Missing => None,
        },
        SubnetExposure::Routed(reach @ (Egress::None | Egress::NoRouteTable), proof) => {
            Some(Stranded { subnet, proof, way: Direction::None(reach) })
        }
        SubnetExposure::Routed(Egress::Private | Egress::Partial, _)
        | SubnetExposure::ByName
        | SubnetExposure::Unknown => None,
    }
}

fn finding(service: Service, stranded: &[Stranded], step: Step, help: &str) -> Finding {
    let without_address = stranded.iter().find_map(|subnet| match subnet.way {
        Direction::InternetGateway(written) => Some(written),
        Direction::None(_) => None,
    });
    let (place, why) = match without_address {
        Some(written) => (written, "the tasks run in public subnets without public IP addresses"),
        None => (None, "the tasks run in subnets without a route to the internet"),
    };
    let labels = stranded.iter().flat_map(|subnet| {
        let says = match subnet.way {
            Direction::InternetGateway(_) => {
                "its default route leads to an internet gateway, which requires public IP addresses"
            }
            Direction::None(reach) => reach.why_nowhere(),
        };
        [(subnet.subnet, "this subnet"), (subnet.proof, says)]
    });
    let place = place.unwrap_or_else(|| network_place(service));
    Finding::at(place, format!("{why}, {}", step.fails())).labels(labels).help(help)
}

fn help(service: Service, stranded: &[Stranded], wants: &[Want]) -> String {
    if stranded.iter().any(|subnet| subnet.way.is_public()) {
        let term = service.network().known().map(|network| network.field("assignPublicIp").name());
        let term = term.unwrap_or_default();
        return format!("enable `{term}`, or move the tasks to private subnets with a NAT gateway");
    }
    let route = "add a default route to a NAT gateway";
    if wants.iter().any(|want| want.services.is_empty()) {
        return route.to_owned();
    }
    let services: BTreeSet<&str> = wants.iter().flat_map(|want| want.services.iter().copied()).collect();
    match services.len() {
        1 => format!("{route}, or a VPC endpoint for {}", join_and(services)),
        _ => format!("{route}, or VPC endpoints for {}", join_and(services)),
    }
}

fn network_place(service: Service) -> Place {
    let key = service.view.entry("networkConfiguration").map(|entry| Place::from(entry.key_at));
    key.unwrap_or_else(|| service.anchor())
}
