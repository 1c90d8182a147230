//! What a role needs that starts tasks: EventBridge, schedules, state machines, CodeDeploy, and pipelines.

use super::{Needy, Permission};
use crate::model::links::{any, arn};
use crate::model::run::Run;
use crate::model::{Project, Release, RoleUse, Task};
use crate::policy::{Pattern, Token};
use crate::resource::Kind;

/// The rule that Step Functions manages to learn that a task has ended.
const RULE: &str = "rule/StepFunctionsGetEventsForECSTaskRule";

/// What CodeDeploy does with its role in every deployment of a service.
const DEPLOY: [(&str, &str); 4] = [
    ("ecs:DescribeServices", "deploy this service"),
    ("ecs:CreateTaskSet", "deploy this service"),
    ("ecs:UpdateServicePrimaryTaskSet", "deploy this service"),
    ("elasticloadbalancing:DescribeTargetGroups", "shift traffic to new tasks"),
];

/// What CodePipeline does when it deploys to a service.
const RELEASE: [(&str, &str); 4] = [
    ("ecs:DescribeServices", "deploy to this service"),
    ("ecs:DescribeTaskDefinition", "deploy to this service"),
    ("ecs:RegisterTaskDefinition", "deploy to this service"),
    ("ecs:UpdateService", "deploy to this service"),
];

/// What every role needs that starts tasks.
pub(super) fn needs(project: Project) -> Vec<Permission> {
    let mut needs: Vec<Permission> =
        project.runs().filter_map(|run| of_run(project, run)).flatten().collect();
    let deploying = |used: &RoleUse| used.user.kind == Kind::DeploymentGroup;
    let pipelines = project.of(Kind::Pipeline).flat_map(|pipeline| project.releases(pipeline));
    needs.extend(pipelines.filter_map(|release| released(project, release)).flatten());
    needs.extend(project.role_uses().into_iter().filter(deploying).flat_map(|used| deploy(project, used)));
    needs
}

fn of_run<'a>(project: Project<'a>, run: Run<'a>) -> Option<Vec<Permission<'a>>> {
    let role = project.role_of(run.role).known()?;
    let noun = match run.resource.kind {
        Kind::EventTarget => "role of the target",
        Kind::Schedule => "role of the schedule",
        _ => "role of the state machine",
    };
    let needy = Needy { role, noun, named: run.role, is_certain: true };
    let definition = run.task_definition;
    let start =
        needy.need("ecs:RunTask", task_definition(project, run), "run this task definition", definition);
    let cluster = run.cluster.map_or_else(any, |cluster| cluster_arn(project.pattern(cluster)));
    let mut needs = vec![start.with("ecs:cluster", cluster)];
    needs.extend(passed(project, needy, run));
    if let Some(tags) = run.tags {
        let on = arn("ecs", Pattern::text("task/").then(any()));
        let tag = needy.need("ecs:TagResource", on, "give tags to the task", tags).uncertain();
        needs.push(tag.with("ecs:CreateAction", Pattern::text("RunTask")));
    }
    if let Some(at) = run.waits {
        let on = arn("events", Pattern::text(RULE));
        let wait = |action| needy.need(action, on.clone(), "wait for the task to end", at);
        needs.extend(["events:PutTargets", "events:PutRule", "events:DescribeRule"].map(wait));
    }
    Some(needs)
}

/// The roles of the task definition that the caller passes to ECS.
fn passed<'a>(project: Project<'a>, needy: Needy<'a>, run: Run<'a>) -> Vec<Permission<'a>> {
    let task = run.task(project).known().filter(|_| !run.overrides_roles);
    task.map_or_else(Vec::new, |task| roles_of(needy, task))
}

/// The roles of a task definition that are passed to ECS. The AWS CDK lets a caller pass the task role only if the task runs on Fargate.
fn roles_of<'a>(needy: Needy<'a>, task: Task<'a>) -> Vec<Permission<'a>> {
    let project = task.project;
    let service = Pattern::text("ecs-tasks.amazonaws.com");
    let pass = |(key, purpose): (&'static str, &'static str)| {
        let named = &task.view.entry(key)?.value;
        let by_name = || role_arn(project.pattern(named));
        let on = project.role_of(named).known().map_or_else(by_name, |role| project.arn_of_role(role));
        let need = needy.need("iam:PassRole", on, purpose, named);
        Some(need.with("iam:PassedToService", service.clone()))
    };
    let roles = [
        ("executionRoleArn", "pass this execution role to ECS"),
        ("taskRoleArn", "pass this task role to ECS"),
    ];
    let count = if task.requires("FARGATE").is_some() { 2 } else { 1 };
    roles.into_iter().take(count).filter_map(pass).collect()
}

/// The ARN of a role that is given by its ARN or by its name.
fn role_arn(role: Pattern) -> Pattern {
    match role.tokens.first() {
        Some(Token::Char(_)) if !role.known_start().starts_with("arn:") => {
            any().then(Pattern::text("/")).then(role)
        }
        _ => role,
    }
}

fn cluster_arn(cluster: Pattern) -> Pattern {
    if cluster.known_start().starts_with("arn:") { cluster } else { any() }
}

/// The task definition that is run: a family stands for its newest revision.
fn task_definition<'a>(project: Project<'a>, run: Run<'a>) -> Pattern {
    let named = project.pattern(run.task_definition);
    let start = named.known_start();
    if named.tokens.is_empty() || start.is_empty() {
        return any();
    }
    let is_arn = start.starts_with("arn:");
    let arn = if is_arn { named } else { arn("ecs", Pattern::text("task-definition/").then(named)) };
    let colons = arn.tokens.iter().filter(|token| **token == Token::Char(':')).count();
    if colons > 5 { arn } else { arn.then(any()) }
}

/// What CodeDeploy needs to replace the tasks of a service. It passes the roles of the task definition to ECS, as the managed policies for
/// it allow.
fn deploy<'a>(project: Project<'a>, used: RoleUse<'a>) -> Vec<Permission<'a>> {
    let needy = Needy::of(used);
    let need = |(action, purpose)| needy.need(action, any(), purpose, used.named);
    let task = project.deployed_by(used.user).and_then(|service| service.task().known());
    let passed = task.map_or_else(Vec::new, |task| roles_of(needy, task));
    DEPLOY.into_iter().map(need).chain(passed).collect()
}

/// What CodePipeline needs to register a revision of the task definition of a service, whose roles it passes to ECS, and to deploy it.
fn released<'a>(project: Project<'a>, release: Release<'a>) -> Option<Vec<Permission<'a>>> {
    let role = project.role_of(release.role).known()?;
    let needy = Needy { role, noun: "role of the pipeline", named: release.role, is_certain: true };
    let need = |(action, purpose)| needy.need(action, any(), purpose, release.place);
    let task = release.service(project).and_then(|service| service.task().known());
    let passed = task.map_or_else(Vec::new, |task| roles_of(needy, task));
    Some(RELEASE.into_iter().map(need).chain(passed).collect())
}
