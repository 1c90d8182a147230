//! What ECS reaches through the network interface of a Fargate task before its containers run, on port 443. On EC2, the
//! instance reaches it through its own network interface.

use std::ops::RangeInclusive;

use crate::diagnostic::Place;
use crate::model::{Container, Endpoints, Image, Service, StoredKind, Task};
use crate::policy::Pattern;
use crate::view::Value;

/// The port on which ECS, its agent, and its tasks reach registries and AWS services.
pub const HTTPS: RangeInclusive<i64> = 443..=443;

/// The AWS services that the agent of an instance connects to.
pub const AGENT: [&str; 3] = ["ecs", "ecs-agent", "ecs-telemetry"];

/// A step in starting a task, in the order in which the steps fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// The agent of an instance joins the cluster.
    Join,
    /// ECS pulls the images.
    Pull,
    /// ECS reads secrets, parameters, and environment files.
    Secrets,
    /// The log driver connects to CloudWatch Logs.
    Logs,
    /// The agent of ECS Exec connects to Systems Manager.
    Exec,
}

impl Step {
    /// What fails, in messages.
    pub fn fails(self) -> &'static str {
        match self {
            Step::Join => "so they never join the cluster",
            Step::Pull => "so they cannot pull their images",
            Step::Secrets => "so they cannot read their secrets",
            Step::Logs => "so they cannot reach CloudWatch Logs",
            Step::Exec => "so ECS Exec cannot connect to them",
        }
    }
}

/// Something that the tasks must reach.
#[derive(Clone, Debug)]
pub struct Need {
    /// The step that fails without it.
    pub step: Step,
    /// The AWS services for which VPC endpoints are enough, such as `ecr.api`; empty if no endpoint leads to it.
    pub services: Vec<&'static str>,
    /// The Region of these services; `None` if it is unknown, or if it is that of the tasks.
    pub region: Option<String>,
    /// The place that shows the need, and its label; `None` if another registry may be meant.
    pub proof: Option<(Place, &'static str)>,
    /// The action and the ARN of what ECS reads, if it is one thing.
    pub reads: Option<(&'static str, Pattern)>,
}

impl Service<'_> {
    /// What the network interface must reach through which its tasks start: their own on Fargate, that of the instance on EC2.
    pub fn host_needs(self) -> Vec<Need> {
        needs_of(self.task().known(), self.view.str("platformVersion"))
    }
}

/// What the network interface must reach through which a task starts on a platform version.
pub(super) fn needs_of(task: Option<Task>, version: Value<&str>) -> Vec<Need> {
    // The endpoints for the token, the manifest, and the layers. Platform versions before 1.4.0 do not need a token.
    let for_ecr: &[&str] = match version {
        Value::Missing | Value::Known("LATEST" | "1.4.0", _) => &["ecr.api", "ecr.dkr", "s3"],
        Value::Known(..) | Value::Unknown(_) => &["ecr.dkr", "s3"],
    };
    match task.filter(|task| task.keeps_containers()) {
        Some(task) => task.containers().flat_map(|container| needs(container, for_ecr)).collect(),
        None => vec![Need {
            step: Step::Pull,
            services: for_ecr.to_vec(),
            region: None,
            proof: None,
            reads: None,
        }],
    }
}

impl Endpoints<'_> {
    /// Returns `true` if the endpoints for the services of a need are certainly for another Region, so that no endpoint of the VPC leads
    /// to them.
    fn are_outside(&self, need: &Need) -> bool {
        self.there.iter().any(|endpoint| {
            endpoint.is_outside(need.region.as_deref())
                && need.services.iter().any(|service| endpoint.is_for(service))
        })
    }

    /// The needs that none of the endpoints satisfies.
    pub(crate) fn unmet(&self, needs: Vec<Need>) -> Vec<Need> {
        let lacking = needs.into_iter().filter_map(|mut need| {
            let is_bound = !need.services.is_empty();
            need.services.retain(|name| !self.may_lead_to_region(name, need.region.as_deref()));
            // Without any endpoint it does not matter which image it is. A VPC with endpoints may contain a registry.
            let is_certain = need.proof.is_some() || need.step == Step::Pull && self.there.is_empty();
            let is_unmet = is_certain && !(is_bound && need.services.is_empty());
            if self.are_outside(&need) {
                need.services.clear();
            }
            is_unmet.then_some(need)
        });
        lacking.collect()
    }
}

fn needs(container: Container, for_ecr: &[&'static str]) -> Vec<Need> {
    let need = |step, services: &[_], proof| Need {
        step,
        services: services.to_vec(),
        region: None,
        proof,
        reads: None,
    };
    let image = container.image_name();
    let region = image.as_ref().and_then(Image::ecr_region).map(str::to_owned);
    let pull = match (container.private_ecr_image(), image.as_ref().filter(|image| image.is_public())) {
        (Some(place), _) => {
            Some(Need { region, ..need(Step::Pull, for_ecr, Some((place, "this image is in ECR"))) })
        }
        (None, Some(image)) => {
            Some(need(Step::Pull, &[], Some((image.place, "this image is in a registry on the internet"))))
        }
        _ if image.as_ref().is_some_and(Image::has_registry) => None,
        _ => Some(need(Step::Pull, for_ecr, None)),
    };
    let stored = container.stored().into_iter().map(|stored| {
        let (service, says) = match stored.kind {
            StoredKind::Secret => ("secretsmanager", "this secret is in Secrets Manager"),
            StoredKind::Credentials => ("secretsmanager", "these credentials are in Secrets Manager"),
            StoredKind::Parameter => ("ssm", "this parameter is in Parameter Store"),
            StoredKind::EnvironmentFile => ("s3", "this environment file is in Amazon S3"),
        };
        let project = container.task.project;
        let reads = Some(match stored.kind {
            StoredKind::Secret | StoredKind::Credentials => {
                ("secretsmanager:GetSecretValue", project.secret_arn(stored.value))
            }
            StoredKind::Parameter => ("ssm:GetParameters", project.secret_arn(stored.value)),
            StoredKind::EnvironmentFile => ("s3:GetObject", project.pattern(stored.value)),
        });
        let region = stored.region();
        Need { region, reads, ..need(Step::Secrets, &[service], Some((Place::from(stored.value), says))) }
    });
    let logs = match container.log_driver() {
        Value::Known("awslogs", place) => {
            Some(need(Step::Logs, &["logs"], Some((place, "its logs go to CloudWatch Logs"))))
        }
        _ => None,
    };
    pull.into_iter().chain(stored).chain(logs).collect()
}
