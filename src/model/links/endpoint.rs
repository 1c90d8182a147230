//! VPC endpoints and the AWS services that they provide access to, without a route out of the VPC.

use crate::address::UnitId;
use crate::diagnostic::Place;
use crate::model::{Project, Vpc};
use crate::resource::{Kind, Resource};
use crate::value::{Node, NodeKind};

/// The VPC endpoints that tasks in some subnets can use.
#[derive(Debug)]
pub(crate) struct Endpoints<'a> {
    /// The known endpoints, some of which may be in another VPC.
    pub there: Vec<Endpoint<'a>>,
    /// Whether these are certainly all of them.
    pub is_complete: bool,
}

/// A VPC endpoint.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Endpoint<'a> {
    /// The place of the service name, or of the endpoint itself.
    pub place: Place,
    /// The service name, as far as it is known.
    name: Option<&'a Node>,
}

impl Endpoints<'_> {
    /// Returns `true` if one of the endpoints may be for an AWS service, such as `ecr.api`.
    pub fn may_lead_to(&self, service: &str) -> bool {
        self.there.iter().any(|endpoint| endpoint.may_lead_to(service))
    }
}

impl Endpoint<'_> {
    fn may_lead_to(&self, service: &str) -> bool {
        let Some(node) = self.name else { return true };
        if matches!(node.kind, NodeKind::Unknown(_)) {
            return true;
        }
        let end = node.known_end();
        let whole = format!(".{service}");
        // If only the end is known, a name that ends with `.api` may be `.ecr.api`.
        let end = end.strip_suffix("-fips").unwrap_or(&end);
        end.ends_with(&whole) || (node.as_str().is_none() && whole.ends_with(end))
    }
}

impl<'a> Project<'a> {
    /// The VPC endpoints for tasks in some subnets; `None` if a module that is not on disk may create some. They are
    /// all known if the same Terraform root module creates the VPC: otherwise, the owner of the VPC may have created
    /// others.
    pub(crate) fn endpoints(self, subnets: &[&'a Node], unit: UnitId) -> Option<Endpoints<'a>> {
        if self.calls_unread_modules(unit) {
            return None;
        }
        let vpcs: Option<Vec<Vpc>> = subnets.iter().map(|subnet| self.vpc_made(subnet, unit)).collect();
        let is_elsewhere = |endpoint: &&Resource| {
            let home = self.vpc_of(endpoint).filter(|_| endpoint.unit() == unit);
            let is_other = |vpc: &Vpc| home.as_ref().is_some_and(|home| home.vpc.is_certainly_other(vpc));
            vpcs.as_ref().is_some_and(|vpcs| !vpcs.is_empty() && vpcs.iter().all(is_other))
        };
        let there = self.of(Kind::VpcEndpoint).filter(|endpoint| !is_elsewhere(endpoint)).map(endpoint);
        Some(Endpoints { there: there.collect(), is_complete: vpcs.is_some_and(|vpcs| !vpcs.is_empty()) })
    }

    /// The VPC of a subnet, if the same root module creates it.
    fn vpc_made(self, subnet: &Node, unit: UnitId) -> Option<Vpc> {
        let vpc = self.vpc_of_named(&[Kind::Subnet], subnet)?.vpc;
        (vpc.root() == Some(unit)).then_some(vpc)
    }
}

fn endpoint(resource: &Resource) -> Endpoint<'_> {
    let name = resource.request.get("ServiceName");
    let place = name.map_or_else(|| Place::from(resource.header), Place::from);
    Endpoint { place, name: name.filter(|name| !name.is_missing()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FileId, Span};
    use crate::value::Unknown;
    use crate::value::{Part, Text};

    fn leads(parts: &[Option<&str>], service: &str) -> bool {
        let at = Span::new(FileId(0), 0, 1);
        let part = |part: &Option<&str>| match part {
            Some(text) => Part::Known { text: (*text).into(), at },
            None => Part::Unknown(Unknown::Reference("var.some".into()), at),
        };
        let text = Text::new(parts.iter().map(part).collect());
        let node = match text.known() {
            Some(known) => Node::string(known, at),
            None => Node::new(NodeKind::Text(text.into()), at),
        };
        Endpoint { place: Place::from(at), name: Some(&node) }.may_lead_to(service)
    }

    #[test]
    fn an_endpoint_leads_to_what_its_name_ends_in() {
        assert!(leads(&[Some("com.amazonaws.eu-north-1.ecr.api")], "ecr.api"));
        assert!(leads(&[Some("cn.com.amazonaws.cn-north-1.ecr.dkr")], "ecr.dkr"));
        assert!(leads(&[Some("com.amazonaws."), None, Some(".s3")], "s3"));
        assert!(leads(&[Some("com.amazonaws.us-gov-west-1.ecr.api-fips")], "ecr.api"));
        assert!(!leads(&[Some("com.amazonaws."), None, Some(".s3express")], "s3"));
        assert!(!leads(&[Some("com.amazonaws."), None, Some(".ecr.dkr")], "ecr.api"));
        assert!(!leads(&[Some("com.amazonaws.eu-north-1.api")], "ecr.api"));
    }

    #[test]
    fn an_endpoint_may_lead_to_what_its_name_may_be() {
        assert!(leads(&[Some("com.amazonaws."), None], "ecr.api"));
        assert!(leads(&[Some("com.amazonaws."), None, Some(".api")], "ecr.api"));
        assert!(leads(&[Some("com.amazonaws."), None, Some("api")], "ecr.api"));
        assert!(!leads(&[Some("com.amazonaws."), None, Some(".api")], "s3"));
    }
}
