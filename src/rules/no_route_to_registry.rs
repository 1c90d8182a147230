//! See `rules/no-route-to-registry.md`.

use crate::diagnostic::{Finding, Place};
use crate::model::Service;
use crate::project::{Kind, Privacy, Project, Reach};
use crate::rules::Report;
use crate::value::Value::{self, Known};

/// Reports Fargate services whose tasks can pull no image, because no packet of theirs gets out.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services().filter(|service| is_on_fargate(*service)) {
        let ways: Vec<(Place, Privacy)> = service
            .subnets()
            .into_iter()
            .map(|subnet| (Place::from(subnet), project.privacy(subnet, service.document.scope)))
            .collect();
        if has_endpoints(project, service) || ways.is_empty() {
            continue;
        }
        let stuck: Option<Vec<Stuck>> =
            ways.into_iter().map(|(subnet, way)| stuck(service, subnet, way)).collect();
        let Some(stuck) = stuck else { continue };
        report.add(finding(service, &stuck));
    }
}

/// On EC2 the instance pulls the image, over a network interface of its own.
fn is_on_fargate(service: Service) -> bool {
    let mut providers = service.capacity_providers().objects();
    service.launch_type().known() == Some("FARGATE")
        || providers.any(|provider| {
            provider.str("capacityProvider").known().is_some_and(|name| name.starts_with("FARGATE"))
        })
}

/// Whether the configuration makes VPC endpoints, which may be a way to ECR without any route.
fn has_endpoints(project: &Project, service: Service) -> bool {
    project.of(Kind::VpcEndpoint).any(|endpoint| endpoint.scope == service.document.scope)
}

/// A subnet out of which the service's tasks get no packet.
struct Stuck {
    subnet: Place,
    proof: Place,
    way: Way,
}

#[derive(Clone, Copy, PartialEq)]
enum Way {
    /// To an internet gateway, which passes public addresses only.
    InternetGateway(Option<Place>),
    /// There is none.
    None(Reach),
}

fn stuck(service: Service, subnet: Place, privacy: Privacy) -> Option<Stuck> {
    match privacy {
        Privacy::Routed(Reach::Internet, proof) => match service.assign_public_ip() {
            Known(false, place) => {
                let written = service.network().known().and_then(|network| network.entry("assignPublicIp"));
                Some(Stuck { subnet, proof, way: Way::InternetGateway(written.map(|_| place)) })
            }
            Known(true, _) | Value::Unknown(_) | Value::Missing => None,
        },
        Privacy::Routed(reach @ (Reach::Nowhere | Reach::Unrouted), proof) => {
            Some(Stuck { subnet, proof, way: Way::None(reach) })
        }
        Privacy::Routed(Reach::Elsewhere, _) | Privacy::ByName | Privacy::Unknown => None,
    }
}

fn finding(service: Service, stuck: &[Stuck]) -> Finding {
    let term = service.network().known().map(|network| network.term("assignPublicIp")).unwrap_or_default();
    let without_address = stuck.iter().find_map(|subnet| match subnet.way {
        Way::InternetGateway(written) => Some(written),
        Way::None(_) => None,
    });
    let finding = match without_address {
        Some(written) => Finding::at(
            written.unwrap_or_else(|| network_place(service)),
            "tasks in these public subnets get no public IP address, so they cannot pull their image",
        )
        .help(format!("turn `{term}` on, or move the tasks to private subnets with a NAT gateway")),
        None => Finding::at(
            network_place(service),
            "the tasks' subnets have no way out, so they cannot pull their image",
        )
        .help("add a default route to a NAT gateway, or VPC endpoints for `ecr.api`, `ecr.dkr` and `s3`"),
    };
    stuck.iter().fold(finding, |finding, subnet| {
        let says = match subnet.way {
            Way::InternetGateway(_) => {
                "its default route leads to an internet gateway, which passes public addresses only"
            }
            Way::None(reach) => reach.why_nowhere(),
        };
        finding.label(subnet.subnet, "this subnet").label(subnet.proof, says)
    })
}

fn network_place(service: Service) -> Place {
    let key = service.view.entry("networkConfiguration").map(|entry| Place::from(entry.key_at));
    key.unwrap_or_else(|| service.title())
}
