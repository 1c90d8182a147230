//! See `rules/blue-green-listener-rule.md`.

use super::prelude::*;
use crate::model::{Forward, Kind, Resource, are_certainly_two, forwards_nothing};
use crate::value::{Entry, Node};

/// Reports listener rules that a blue/green deployment cannot use to shift traffic.
pub fn check(project: &Project, report: &mut Report) {
    for balancer in project.load_balancers() {
        let Some(shift) = Shift::new(*project, balancer) else { continue };
        let named = [
            shift.wrong_kind(shift.production),
            shift.test.and_then(|test| shift.wrong_kind(test)),
            shift.same_rule_twice(),
        ];
        let named: Vec<Finding> = named.into_iter().flatten().collect();
        report.extend(if named.is_empty() { shift.traffic() } else { named });
    }
}

/// The advanced configuration of a load balancer of the service, which states how its traffic is shifted.
struct Shift<'a> {
    project: Project<'a>,
    view: View<'a>,
    balancer: LoadBalancer<'a>,
    production: &'a Entry,
    test: Option<&'a Entry>,
}

/// A listener rule and all target groups that it forwards to.
struct Rule<'a> {
    resource: &'a Resource,
    forwards: Vec<Forward<'a>>,
}

impl<'a> Shift<'a> {
    fn new(project: Project<'a>, balancer: LoadBalancer<'a>) -> Option<Shift<'a>> {
        let view = balancer.view.object("advancedConfiguration").known()?;
        let production = view.entry("productionListenerRule")?;
        Some(Shift { project, view, balancer, production, test: view.entry("testListenerRule") })
    }

    fn resource(&self, entry: &Entry) -> Option<&'a Resource> {
        self.project.listener_of(&entry.value).known()
    }

    /// The traffic of an Application Load Balancer is shifted with a rule, and that of a Network Load Balancer with its
    /// listener.
    fn wrong_kind(&self, entry: &Entry) -> Option<Finding> {
        let help =
            "use a listener rule of an Application Load Balancer or a listener of a Network Load Balancer";
        let at = Place::from(&entry.value);
        if let Some(arn) = entry.value.as_str() {
            let fits = [":listener-rule/app/", ":listener/net/"].iter().any(|part| arn.contains(part));
            let is_arn = arn.starts_with("arn:") && !arn.contains('$') && !arn.contains('<');
            let message = format!(
                "`{}` must be the ARN of a rule of an Application Load Balancer or of a listener of a Network Load \
                 Balancer (got `{arn}`)",
                entry.written
            );
            return (is_arn && !fits).then(|| Finding::at(at, message).help(help));
        }
        let listener = self.resource(entry).filter(|resource| resource.kind == Kind::Listener)?;
        let balancer = Balancer::new(self.project, self.project.balancer_of(listener)?);
        let Known("application", kind_at) = balancer.kind() else { return None };
        let message = format!(
            "`{}` is a listener of an Application Load Balancer, but it must be a rule of that listener",
            entry.written
        );
        Some(
            Finding::at(at, message)
                .label(Place::header(listener), "the listener")
                .label(kind_at, balancer.kind_reason())
                .help(help),
        )
    }

    fn same_rule_twice(&self) -> Option<Finding> {
        let test = self.test.filter(|test| test.value.certainly_equals(&self.production.value))?;
        let message = format!("`{}` and `{}` cannot be the same rule", self.production.written, test.written);
        Some(
            Finding::at(&test.value, message)
                .label(&self.production.value, "the production rule")
                .help(format!("use a separate rule for test traffic, or remove `{}`", test.written)),
        )
    }

    fn rule(&self, entry: &Entry) -> Option<Rule<'a>> {
        let resource = self.resource(entry)?;
        Some(Rule { resource, forwards: self.project.forward_targets(resource)? })
    }

    /// Returns the two target groups between which traffic is shifted.
    fn pair(&self) -> Option<[&'a Node; 2]> {
        let group = &self.balancer.view.entry("targetGroupArn")?.value;
        Some([group, &self.view.entry("alternateTargetGroupArn")?.value])
    }

    /// Checks the targets of the rules against the two target groups.
    fn traffic(&self) -> Vec<Finding> {
        let (Some(production), Some(pair)) = (self.rule(self.production), self.pair()) else {
            return Vec::new();
        };
        let mut found: Vec<Finding> = self.foreign_target_group(&production, pair).into_iter().collect();
        found.extend(self.traffic_to_both(&production, pair));
        found.extend(match self.view.any("testListenerRule") {
            Missing => self.no_test_rule(&production, pair),
            _ => self.unreached_target_group(&production, pair),
        });
        found
    }

    fn foreign_target_group(&self, rule: &Rule, pair: [&Node; 2]) -> Option<Finding> {
        let mut serving = rule.forwards.iter().filter(|forward| !forwards_nothing(forward.share));
        let third = serving.find(|forward| pair.iter().all(|node| are_certainly_two(node, forward.group)))?;
        Some(
            Finding::at(
                third.group,
                "the production rule forwards to a target group that does not belong to the service",
            )
            .label(pair[0], "the target group of the service")
            .label(pair[1], "the alternate target group of the service")
            .label(&self.production.value, "the production rule of the service")
            .help("forward only to the two target groups of the service"),
        )
    }

    /// Reports nothing if Terraform ignores changes to the actions, because then only ECS changes the weights.
    fn traffic_to_both(&self, rule: &Rule, pair: [&Node; 2]) -> Option<Finding> {
        if ["Actions", "DefaultActions"].iter().any(|member| rule.resource.ignores(member)) {
            return None;
        }
        let share = |node: &Node| {
            let forward = rule.forwards.iter().find(|forward| forward.group.certainly_equals(node))?;
            match forward.share?.int("Weight") {
                Known(weight, place) if weight > 0 => Some((weight, place)),
                _ => None,
            }
        };
        let ((first, first_at), (second, second_at)) = (share(pair[0])?, share(pair[1])?);
        Some(
            Finding::at(
                second_at,
                format!(
                    "the production rule sends traffic to both target groups, with the weights {first} and {second}"
                ),
            )
            .label(first_at, format!("weight {first}"))
            .label(&self.production.value, "the production rule of the service")
            .help("set one of the weights to 0; ECS changes the weights during a deployment"),
        )
    }

    fn no_test_rule(&self, rule: &Rule, pair: [&Node; 2]) -> Option<Finding> {
        if rule.resource.kind != Kind::ListenerRule {
            return None;
        }
        let absent = pair.into_iter().find(|node| never_forwards(node, rule))?;
        let test = self.view.field("testListenerRule");
        Some(
            Finding::at(
                &self.production.value,
                format!(
                    "the production rule does not forward to both target groups, and `{test}` is not set"
                ),
            )
            .label(absent, "the rule does not forward to this target group")
            .label(Place::header(rule.resource), "the production rule")
            .help(format!("forward to both target groups, one of them with weight 0, or set `{test}`")),
        )
    }

    fn unreached_target_group(&self, production: &Rule, pair: [&Node; 2]) -> Option<Finding> {
        let test = self.rule(self.test?)?;
        let absent =
            pair.into_iter().find(|node| never_forwards(node, production) && never_forwards(node, &test))?;
        Some(
            Finding::at(
                absent,
                "neither the production rule nor the test rule forwards to this target group",
            )
            .label(Place::header(production.resource), "the production rule")
            .label(Place::header(test.resource), "the test rule")
            .help("add the target group to one of the rules"),
        )
    }
}

/// Whether the rule certainly does not forward to the target group.
fn never_forwards(group: &Node, rule: &Rule) -> bool {
    rule.forwards.iter().all(|forward| are_certainly_two(group, forward.group))
}
