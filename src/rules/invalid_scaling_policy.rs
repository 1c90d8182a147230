//! See `rules/invalid-scaling-policy.md`.

use super::prelude::*;
use super::support::suggest;
use crate::model::reference::ref_kind;
use crate::model::{Kind, RefKind, Resource, are_certainly_two};
use crate::suggest::nearest;
use crate::value::{Node, NodeKind, Part, Unknown as Reason};

/// The metric that needs a label.
const METRIC: &str = "ALBRequestCountPerTarget";

/// Reports labels from which Application Auto Scaling cannot read a load balancer and a target group.
pub fn check(project: &Project, report: &mut Report) {
    for policy in project.of(Kind::ScalingPolicy) {
        report.extend(no_target(project.view(policy), Place::header(policy)));
        let tracking = project.view(policy).object("TargetTrackingScalingPolicyConfiguration");
        let Known(metric, _) = tracking.then(|view| view.object("PredefinedMetricSpecification")) else {
            continue;
        };
        report.extend(unknown_metric(policy, metric));
        if let Known(METRIC, at) = metric.str("PredefinedMetricType") {
            report.extend(wrong_label(project, metric, at));
        }
    }
}

/// Reports a policy that does not name what it scales.
fn no_target(view: View, header: Place) -> Option<Finding> {
    let [target, id, dimension, namespace] =
        view.fields(["ScalingTargetId", "ResourceId", "ScalableDimension", "ServiceNamespace"]);
    let missing = [id, dimension, namespace].into_iter().find(|field| field.is_missing())?;
    let message = format!("the scaling policy has neither `{target}` nor `{missing}`");
    target
        .is_missing()
        .then(|| Finding::at(header, message).help(format!("set `{target}` to the scaling target")))
}

/// Reports a predefined metric that services do not have.
fn unknown_metric(policy: &Resource, metric: View) -> Option<Finding> {
    const METRICS: [&str; 3] =
        ["ECSServiceAverageCPUUtilization", "ECSServiceAverageMemoryUtilization", METRIC];
    let is_of_service = policy.request.get("ServiceNamespace").and_then(Node::as_str) == Some("ecs");
    let field = metric.field("PredefinedMetricType");
    let (name, at) = field.str().known_at()?;
    if METRICS.contains(&name) || !(is_of_service || name.starts_with("ECSService")) {
        return None;
    }
    let [first, second, third] = METRICS;
    let message = format!("invalid `{field}` `{name}`: expected `{first}`, `{second}`, or `{third}`");
    let finding = Finding::at(at, message);
    Some(match nearest(name, METRICS) {
        Some(near) => suggest::value(finding, field, near),
        None => finding,
    })
}

fn wrong_label(project: &Project, metric: View, at: Place) -> Option<Finding> {
    let entry = metric.entry("ResourceLabel")?;
    let label = Label::of(&entry.value)?;
    let term = &entry.written;
    let fault = label
        .whole_arn()
        .or_else(|| (!label.has_form()).then(|| format!("invalid `{term}` for the metric `{METRIC}`")))
        .map(|message| {
            Finding::at(&entry.value, message)
                .label(at, "this metric needs a load balancer and a target group")
                .help("use `app/LOAD-BALANCER/ID/targetgroup/TARGET-GROUP/ID`, made of the ends of the two ARNs")
        });
    fault
        .or_else(|| of_network(project, &label, &entry.value))
        .or_else(|| elsewhere(project, &label, &entry.value))
}

/// Reports a load balancer that does not count requests.
fn of_network(project: &Project, label: &Label, at: &Node) -> Option<Finding> {
    let node = Node::unknown((*label.references.first()?).clone(), at.at);
    let balancer = Balancer::new(*project, project.load_balancer_of(&node).known()?);
    let Known(kind, kind_at) = balancer.kind() else { return None };
    (kind != "application").then(|| {
        Finding::at(at, format!("the metric `{METRIC}` requires an Application Load Balancer"))
            .label(kind_at, balancer.kind_reason())
            .help("use another metric, such as `ECSServiceAverageCPUUtilization`")
    })
}

/// A label: its parts, and its text with the form of each reference in place of it.
struct Label<'a> {
    text: String,
    references: Vec<&'a Reason>,
}

impl<'a> Label<'a> {
    /// Reads a label; `None` if a part of it is unknown.
    fn of(node: &'a Node) -> Option<Label<'a>> {
        let mut label = Label { text: String::new(), references: Vec::new() };
        match &node.kind {
            NodeKind::Unknown(why) => label.add(why)?,
            NodeKind::Text(text) => {
                for part in &text.parts {
                    match part {
                        Part::Known { text, .. } => label.text.push_str(text),
                        Part::Unknown(why, _) => label.add(why)?,
                        Part::Json(_) | Part::Base64(_) => return None,
                    }
                }
            }
            _ => label.text.push_str(node.as_str()?),
        }
        Some(label)
    }

    fn add(&mut self, why: &'a Reason) -> Option<()> {
        let Reason::Attribute { of, attribute } = why else { return None };
        let form = match (ref_kind(of)?, attribute.as_str()) {
            (_, "arn" | "id") => "arn:",
            (RefKind::Request(Kind::LoadBalancer), "arn_suffix" | "LoadBalancerFullName") => "app/name/id",
            (RefKind::Request(Kind::TargetGroup), "arn_suffix" | "TargetGroupFullName") => {
                "targetgroup/name/id"
            }
            _ => return None,
        };
        self.text.push_str(form);
        self.references.push(why);
        Some(())
    }

    fn whole_arn(&self) -> Option<String> {
        let is_arn = |why: &&&Reason| matches!(why, Reason::Attribute { attribute, .. } if matches!(attribute.as_str(), "arn" | "id"));
        let arn = self.references.iter().find(is_arn)?.resource()?;
        Some(format!("the label must not contain the whole ARN of `{arn}`"))
    }

    /// Returns whether it is `app/NAME/ID/targetgroup/NAME/ID`.
    fn has_form(&self) -> bool {
        let steps: Vec<&str> = self.text.split('/').collect();
        matches!(steps.as_slice(), ["app", _, _, "targetgroup", _, _])
            && steps.iter().all(|step| !step.is_empty())
    }
}

/// Reports a load balancer that does not forward to the target group.
fn elsewhere(project: &Project, label: &Label, at: &Node) -> Option<Finding> {
    let [balancer, group] = label.references.as_slice() else { return None };
    let node = |why: &Reason| Node::unknown(why.clone(), at.at);
    let group = project.target_group_of(&node(group)).known()?;
    let balancer = node(balancer);
    let forwarders = project.forwarders(group);
    let owner = project.only_balancer(group)?;
    let own = Node::unknown(Reason::attribute(owner.address.clone()?, "arn"), owner.header);
    let named = balancer.resource()?;
    are_certainly_two(&own, &balancer).then(|| {
        Finding::at(at, format!("load balancer `{named}` does not forward to the target group of the label"))
            .label(Place::header(group), "the target group")
            .labels(forwarders.iter().map(|listener| (Place::header(listener), "this forwards to it")))
            .label(Place::header(owner), "its load balancer")
            .help("use the load balancer whose listener forwards to the target group")
    })
}
