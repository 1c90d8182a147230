//! Whether the service that uses a role can assume it.

use crate::diagnostic::Place;
use crate::model::links::{any, arn_in, arn_of};
use crate::model::role_place::values;
use crate::model::{Project, RoleUse};
use crate::policy::{Denial, Effect, Fit, Near, Pattern, Policy, Request, Statement, Verdict};
use crate::resource::Resource;
use crate::value::Node;
use crate::view::View;

/// Why a trust policy does not let a service assume a role.
#[derive(Clone, Debug)]
pub enum Distrust {
    /// It allows only these other principals, with their texts and places.
    Others(Vec<(Option<String>, Place)>),
    /// It allows only other actions, at this place.
    Action(Place),
    /// It allows the service under a condition that the service never meets. The other place shows the account of the service, if that
    /// decides it.
    Condition(Place, Option<Place>),
}

impl<'a> Project<'a> {
    /// Why a trust policy certainly does not let a service assume the role; `None` if it may. Service principals have other suffixes
    /// in other AWS partitions.
    pub fn distrust(self, document: View, used: RoleUse<'a>) -> Option<Distrust> {
        let trust = self.policy(document);
        let service = used.place.principal;
        let principal = Pattern::text(&format!("Service {service}")).then(any());
        let request = |context| Request {
            principal: Some(principal.clone()),
            action: "sts:AssumeRole".into(),
            resource: Pattern::text("*"),
            context,
        };
        let known = self.account_of(used);
        let accounts = match &known {
            Some((account, _)) => vec![account.clone()],
            None => possible_accounts(&trust),
        };
        let region = self.region(used.user).and_then(Node::as_str);
        let contexts = accounts.iter().flat_map(|account| contexts(service, account, region));
        let denial = |context| match self.evaluate(std::slice::from_ref(&trust), &request(context)) {
            Verdict::Denied(denial) => Some(denial),
            Verdict::Allowed | Verdict::Unknown(_) => None,
        };
        match contexts.map(denial).collect::<Option<Vec<Denial>>>()?.first()? {
            Denial::Nothing(Some(Near::Condition(place))) => {
                Some(Distrust::Condition(*place, known.map(|(_, shown)| shown)))
            }
            Denial::Nothing(Some(Near::Action(place))) => Some(Distrust::Action(*place)),
            Denial::Nothing(_) => Some(Distrust::Others(trusted(&trust, &request(Vec::new())))),
            Denial::By(_) | Denial::Boundary(_) => None,
        }
    }

    /// The account in which a role is used, as the ARNs of what is in the same account say, and the place of the first of them.
    fn account_of(self, used: RoleUse<'a>) -> Option<(String, Place)> {
        let mut nodes: Vec<&Node> = Vec::new();
        let mut read = |resource: &'a Resource, paths: &[&str]| {
            paths.iter().for_each(|path| values(self.view(resource), path, &mut nodes));
        };
        read(used.role, &["PermissionsBoundary", "ManagedPolicyArns[]"]);
        read(used.user, OWN);
        self.services_of(used.user).for_each(|service| read(service.resource, OWN));
        let mut found =
            nodes.into_iter().filter_map(|node| Some((account(node.as_str()?)?, Place::from(node))));
        let first = found.next()?;
        found.all(|(other, _)| other == first.0).then_some(first)
    }
}

/// The members of what uses a role whose values are ARNs in its own account.
const OWN: &[&str] = &[
    "executionRoleArn",
    "taskRoleArn",
    "infrastructureRoleArn",
    "cluster",
    "taskDefinition",
    "role",
    "loadBalancers[]/targetGroupArn",
    "Arn",
    "Target/Arn",
];

/// The account in an ARN.
fn account(text: &str) -> Option<String> {
    let account = text.strip_prefix("arn:")?.split(':').nth(3)?;
    is_account(account).then(|| account.to_owned())
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The accounts that the conditions of a policy name, and another one.
fn possible_accounts(trust: &Policy) -> Vec<String> {
    let conditions = trust.statements.iter().flat_map(|statement| &statement.conditions);
    let written =
        conditions.flat_map(|condition| &condition.values.listed).filter_map(|listed| listed.written.clone());
    let named = |text: String| if is_account(&text) { Some(text) } else { account(&text) };
    let mut accounts: Vec<String> = written.filter_map(named).collect();
    let other = (0..).map(|number| format!("{number:012}")).find(|account| !accounts.contains(account));
    accounts.extend(other);
    accounts
}

/// The condition keys of the requests that a service in an account may send.
fn contexts(service: &str, account: &str, region: Option<&str>) -> Vec<Vec<(&'static str, Pattern)>> {
    let of_account = ("aws:SourceAccount", Pattern::text(account));
    let (sender, sources) = match service {
        "ecs-tasks." => ("ecs", sources_of_tasks()),
        "events." => ("events", vec![Pattern::glob("rule/*")]),
        "scheduler." => ("scheduler", ["schedule/*", "schedule-group/*"].map(Pattern::glob).into()),
        "states." => ("states", ["stateMachine:*", "express:*"].map(Pattern::glob).into()),
        // An instance assumes its role for itself.
        "ec2." => return vec![Vec::new()],
        _ => return vec![vec![of_account]],
    };
    let source = |source: Pattern| match region {
        Some(region) => arn_in(sender, (account, region), source),
        None => arn_of(sender, account, source),
    };
    let sources = sources.into_iter().map(source);
    sources.map(|source| vec![("aws:SourceArn", source), of_account.clone()]).collect()
}

/// What the source of a request for the role of a task can be: something in ECS, but never one cluster. AWS (developer guide, task IAM
/// role): "Using the `aws:SourceArn` condition key to specify a specific cluster is not currently supported, you should use the wildcard
/// to specify all clusters."
fn sources_of_tasks() -> Vec<Pattern> {
    let known = ["*", "cluster/*"].map(Pattern::text);
    let others =
        ["task*", "service*", "daemon*", "container-instance*", "capacity-provider*"].map(Pattern::glob);
    known.into_iter().chain(others).collect()
}

/// The principals that a trust policy allows.
fn trusted(trust: &Policy, request: &Request) -> Vec<(Option<String>, Place)> {
    let allowing = |statement: &&Statement| {
        statement.effect == Effect::Allow && statement.fit_of_action(request) > Fit::Never
    };
    let statements = trust.statements.iter().filter(allowing);
    let listed = statements.flat_map(|statement| &statement.principals.listed);
    listed.filter_map(|listed| Some((listed.written.clone(), listed.at?))).collect()
}
