//! See `rules/vpc-endpoint-policy.md`.

use super::prelude::*;
use super::support::idle;
use crate::model::{Endpoint, Launch, Need};
use crate::policy::{Pattern, Request, Verdict};

/// What ECS requests through an endpoint, whatever it reads: the AWS service, the action, the first and the last part of the ARN, and what
/// it is for. The Region is between the parts.
const REQUESTS: [(&str, &str, &str, &str, &str); 5] = [
    ("s3", "s3:GetObject", "arn:aws:s3:::prod-", "-starport-layer-bucket/", "the layers of images in ECR"),
    ("ecr.api", "ecr:GetAuthorizationToken", "*", "", "tokens for ECR"),
    ("ecr.dkr", "ecr:GetDownloadUrlForLayer", "arn:aws:ecr:", "", "images in ECR"),
    ("ecr.dkr", "ecr:BatchGetImage", "arn:aws:ecr:", "", "images in ECR"),
    ("logs", "logs:PutLogEvents", "arn:aws:logs:", "", "logs"),
];

/// A request that ECS sends through an endpoint.
struct Asked<'n> {
    need: &'n Need,
    service: &'static str,
    what: &'static str,
    request: Request<'static>,
}

/// Reports policies of VPC endpoints that do not allow what tasks need to start.
pub fn check(project: &Project, report: &mut Report) {
    for launch in project.launches() {
        let asked = asked(project, &launch);
        for endpoint in project.endpoints_used(&launch.subnets()) {
            if let Some(found) = denied(project, &endpoint, &asked) {
                report.join(idle::at_most_warning_of(&launch, found.labels([launch.starter()])));
            }
        }
    }
}

/// The requests that the needs of a launch show. ECS sends them with the execution role, except for the layers of images, whose addresses
/// ECR signs.
fn asked<'n>(project: &Project, launch: &'n Launch) -> Vec<Asked<'n>> {
    let role =
        launch.task.and_then(|task| project.role_of(&task.view.entry("executionRoleArn")?.value).known());
    let arn = role.map(|role| project.arn_of_role(role));
    let sent = |action: &'static str, resource: Pattern| {
        let context = arn.iter().map(|arn| ("aws:PrincipalArn", arn.clone())).collect();
        let principal = arn.clone().map(|arn| Pattern::text("AWS ").then(arn));
        Request { principal, action: action.into(), resource, context }
    };
    let mut found = Vec::new();
    for need in launch.needs.iter().filter(|need| need.proof.is_some()) {
        if let (Some((action, resource)), Some(service)) = (&need.reads, need.services.first()) {
            let what = match *service {
                "s3" => "environment files",
                "ssm" => "parameters",
                _ => "secrets",
            };
            found.push(Asked { need, service, what, request: sent(action, resource.clone()) });
            continue;
        }
        for (service, action, start, end, what) in REQUESTS {
            if need.services.contains(&service) {
                let resource =
                    if start == "*" { Pattern::text(start) } else { Pattern::unknown_between(start, end) };
                let is_signed = service == "s3";
                let request = sent(action, resource);
                let request = if is_signed {
                    Request { principal: None, context: Vec::new(), ..request }
                } else {
                    request
                };
                found.push(Asked { need, service, what, request });
            }
        }
    }
    found
}

fn denied(project: &Project, endpoint: &Endpoint, asked: &[Asked]) -> Option<Finding> {
    let (setter, entry) = endpoint.policy(*project)?;
    let document = project.view(setter).object("PolicyDocument").known()?;
    let policy = [project.policy(document)];
    let is_through =
        |asked: &&Asked| endpoint.is_for(asked.service) && !endpoint.is_outside(asked.need.region.as_deref());
    let mut refused =
        asked.iter().filter(is_through).filter_map(|asked| match project.evaluate(&policy, &asked.request) {
            Verdict::Denied(denial) => Some((asked, denial)),
            _ => None,
        });
    let (first, denial) = refused.next()?;
    let action = first.request.action.name;
    let same = refused.filter(|(asked, _)| asked.what == first.what);
    let proofs = same.filter_map(|(asked, _)| asked.need.proof);
    let what = first.what;
    let message =
        format!("the policy of the VPC endpoint does not allow `{action}`, which ECS needs for {what}");
    let is_layer = first.service == "s3" && first.need.reads.is_none();
    let resource = if is_layer { " on `arn:aws:s3:::prod-REGION-starport-layer-bucket/*`" } else { "" };
    Some(
        Finding::at(denial.place().unwrap_or_else(|| Place::from(&entry.value)), message)
            .label(Place::key(entry), "the policy of this endpoint applies to everything that uses it")
            .labels(first.need.proof)
            .labels(proofs)
            .label(endpoint.place, "the tasks reach the service through this VPC endpoint")
            .help(format!("allow `{action}`{resource}")),
    )
}
