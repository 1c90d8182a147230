//! See `rules/blue-green-listener-rule.md`.

use super::prelude::*;
use crate::model::{Forward, Kind, Resource, are_certainly_two, forwards_nothing};
use crate::value::{Entry, Node};

/// Reports listener rules that a blue/green deployment cannot shift traffic by.
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

/// What a load balancer of the service says of how its traffic is shifted.
struct Shift<'a> {
    project: Project<'a>,
    view: View<'a>,
    balancer: LoadBalancer<'a>,
    production: &'a Entry,
    test: Option<&'a Entry>,
}

/// What a rule forwards to, where all of it is known.
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

    /// An application load balancer's traffic is shifted by a rule, a network load balancer's by its listener.
    fn wrong_kind(&self, entry: &Entry) -> Option<Finding> {
        let help =
            "name a rule of an application load balancer's listener, or a network load balancer's listener";
        let at = Place::from(&entry.value);
        if let Some(arn) = entry.value.as_str() {
            let fits = [":listener-rule/app/", ":listener/net/"].iter().any(|part| arn.contains(part));
            let is_arn = arn.starts_with("arn:") && !arn.contains('$') && !arn.contains('<');
            let message = format!(
                "`{}` is neither the ARN of a rule nor of a network load balancer's listener",
                entry.written
            );
            return (is_arn && !fits).then(|| Finding::at(at, message).help(help));
        }
        let listener = self.resource(entry).filter(|resource| resource.kind == Kind::Listener)?;
        let balancer = Balancer::new(self.project, self.project.balancer_of(listener)?);
        let Known("application", kind_at) = balancer.kind() else { return None };
        let message = format!(
            "`{}` is a listener of an application load balancer, and must be a rule of one",
            entry.written
        );
        Some(
            Finding::at(at, message)
                .label(Place::from(listener.header), "the listener")
                .label(kind_at, balancer.kind_reason())
                .help(help),
        )
    }

    fn same_rule_twice(&self) -> Option<Finding> {
        let test = self.test.filter(|test| test.value.certainly_equals(&self.production.value))?;
        let message = format!("one rule is both `{}` and `{}`", self.production.written, test.written);
        Some(
            Finding::at(&test.value, message)
                .label(&self.production.value, "production traffic comes by it")
                .help("name a second rule for test traffic, or leave it out"),
        )
    }

    fn rule(&self, entry: &Entry) -> Option<Rule<'a>> {
        let resource = self.resource(entry)?;
        Some(Rule { resource, forwards: self.project.forward_targets(resource)? })
    }

    /// The two target groups that traffic is shifted between.
    fn pair(&self) -> Option<[&'a Node; 2]> {
        let group = &self.balancer.view.entry("targetGroupArn")?.value;
        Some([group, &self.view.entry("alternateTargetGroupArn")?.value])
    }

    /// What the rules forward to, against the two target groups.
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
                "the production rule forwards to a target group that is not the service's",
            )
            .label(pair[0], "the service's target group")
            .label(pair[1], "the one that new tasks are put into")
            .label(&self.production.value, "the service takes production traffic by this rule")
            .help("forward to the two target groups of the service only"),
        )
    }

    /// Terraform leaves the weights alone where it ignores the actions, for ECS changes them.
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
                format!("the production rule sends traffic to both target groups, `{first}` to `{second}`"),
            )
            .label(first_at, "the other share")
            .label(&self.production.value, "the service takes production traffic by this rule")
            .help("let one target group have the weight 0; ECS changes it when it deploys"),
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
                    "the production rule does not forward to both target groups, and there is no `{test}`"
                ),
            )
            .label(absent, "it does not forward to this one")
            .label(Place::from(rule.resource.header), "the rule")
            .help(format!("forward to both, one of them with the weight 0, or add `{test}`")),
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
            .label(Place::from(production.resource.header), "the production rule")
            .label(Place::from(test.resource.header), "the test rule")
            .help("forward to it by one of the rules"),
        )
    }
}

/// Whether a rule certainly does not forward to a target group.
fn never_forwards(group: &Node, rule: &Rule) -> bool {
    rule.forwards.iter().all(|forward| are_certainly_two(group, forward.group))
}
