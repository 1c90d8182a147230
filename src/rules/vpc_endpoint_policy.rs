//! See `rules/vpc-endpoint-policy.md`.

use super::prelude::*;
use super::support::idle;
use crate::model::{Endpoint, Need};
use crate::policy::{Pattern, Request, Verdict};

/// What ECS requests through an endpoint: the AWS service, the action, the first and the last part of the ARN, and what it is for. The
/// Region is between the parts.
const REQUESTS: [(&str, &str, &str, &str, &str); 7] = [
    ("s3", "s3:GetObject", "arn:aws:s3:::prod-", "-starport-layer-bucket/", "the layers of images in ECR"),
    ("ecr.api", "ecr:GetAuthorizationToken", "*", "", "tokens for ECR"),
    ("ecr.dkr", "ecr:GetDownloadUrlForLayer", "arn:aws:ecr:", "", "images in ECR"),
    ("ecr.dkr", "ecr:BatchGetImage", "arn:aws:ecr:", "", "images in ECR"),
    ("logs", "logs:PutLogEvents", "arn:aws:logs:", "", "logs"),
    ("secretsmanager", "secretsmanager:GetSecretValue", "arn:aws:secretsmanager:", "", "secrets"),
    ("ssm", "ssm:GetParameters", "arn:aws:ssm:", "", "parameters"),
];

/// Reports policies of VPC endpoints that do not allow what tasks need to start.
pub fn check(project: &Project, report: &mut Report) {
    for launch in project.launches() {
        for endpoint in project.endpoints_used(&launch.subnets()) {
            if let Some(found) = denied(project, &endpoint, &launch.needs) {
                report.join(idle::at_most_warning_of(&launch, found.labels([launch.starter()])));
            }
        }
    }
}

fn denied(project: &Project, endpoint: &Endpoint, needs: &[Need]) -> Option<Finding> {
    let entry = endpoint.policy()?;
    let document = project.view(endpoint.resource).object("PolicyDocument").known()?;
    let policy = [project.policy(document)];
    REQUESTS.iter().filter(|(service, ..)| endpoint.is_for(service)).find_map(|request| {
        let (service, action, start, end, what) = *request;
        // Environment files are in other buckets.
        let wanted =
            |need: &&Need| need.services.contains(&service) && (service != "s3" || need.services.len() > 1);
        let proofs: Vec<_> = needs.iter().filter(wanted).filter_map(|need| need.proof).collect();
        proofs.first()?;
        let resource = if start == "*" { Pattern::text(start) } else { Pattern::unknown_between(start, end) };
        let asked = Request { principal: None, action: action.into(), resource, context: Vec::new() };
        let Verdict::Denied(denial) = project.evaluate(&policy, &asked) else { return None };
        let message =
            format!("the policy of the VPC endpoint does not allow `{action}`, which ECS needs for {what}");
        let resource =
            if service == "s3" { " on `arn:aws:s3:::prod-REGION-starport-layer-bucket/*`" } else { "" };
        Some(
            Finding::at(denial.place().unwrap_or_else(|| Place::from(&entry.value)), message)
                .label(Place::key(entry), "the policy of this endpoint applies to everything that uses it")
                .labels(proofs)
                .label(endpoint.place, "the tasks reach the service through this VPC endpoint")
                .help(format!("allow `{action}`{resource}")),
        )
    })
}
