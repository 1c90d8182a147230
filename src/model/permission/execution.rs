//! What ECS does with an execution role before the containers start: it pulls images, creates log streams, and reads secrets and
//! environment files.

use super::{Needy, Permission, everything};
use crate::model::links::{any, arn, arn_in, field};
use crate::model::{Container, Image, Log, Project, Started, Stored, StoredKind, Task, without_key};
use crate::policy::{Pattern, Verdict};
use crate::resource::{Kind, Resource};
use crate::value::{Node, NodeKind, Part, Unknown};
use crate::view::Value;

/// What every execution role needs.
pub(super) fn needs<'a>(project: Project<'a>, started: &Started) -> Vec<Permission<'a>> {
    project.definitions().filter_map(|task| of_task(task, started)).flatten().collect()
}

fn of_task<'a>(task: Task<'a>, started: &Started) -> Option<Vec<Permission<'a>>> {
    let named = &task.view.entry("executionRoleArn")?.value;
    let role = task.project.role_of(named).known()?;
    let needy = Needy {
        role,
        noun: "execution role",
        named,
        is_certain: started.contains(task) && task.keeps_containers(),
    };
    let mut needs = Vec::new();
    for container in task.containers() {
        // On EC2, the role of the instance can pull images and send logs.
        if task.requires("FARGATE").is_some() {
            needs.extend(images(needy, container));
            needs.extend(logs(needy, container));
            let log = container.log().known().filter(|log| is_mute(needy, *log));
            needs.extend(log.and_then(|log| log_group(needy, log)));
        } else if task.requires("MANAGED_INSTANCES").is_some() && task.requires("EC2").is_none() {
            // The managed policy for the role of Managed Instances allows neither, but another may.
            let own = images(needy, container).into_iter().chain(logs(needy, container));
            needs.extend(own.map(Permission::uncertain));
        }
        for Stored { value, kind } in container.stored() {
            let secret = "secretsmanager:GetSecretValue";
            match kind {
                StoredKind::Secret => read(needy, container, secret, (value, "read this secret"), &mut needs),
                StoredKind::Credentials => {
                    let purpose = "read the credentials for this registry";
                    read(needy, container, secret, (value, purpose), &mut needs);
                }
                StoredKind::Parameter => {
                    read(needy, container, "ssm:GetParameters", (value, "read this parameter"), &mut needs);
                }
                StoredKind::EnvironmentFile => file(needy, container, value, &mut needs),
            }
        }
    }
    Some(needs)
}

/// The actions by which a private image in Amazon ECR is pulled.
pub(super) fn images<'a>(needy: Needy<'a>, container: Container<'a>) -> Vec<Permission<'a>> {
    let Some(at) = container.private_ecr_image() else { return Vec::new() };
    let (purpose, repository) = ("pull this image", container.repository());
    let pull =
        |action| needy.need(action, repository.clone(), purpose, at).on(container.declared_repository());
    let login = needy.need("ecr:GetAuthorizationToken", everything(), purpose, at);
    [login].into_iter().chain(["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"].map(pull)).collect()
}

/// The actions by which the log driver sends logs. A container does not start if its log stream cannot be created, but it runs if its
/// logs are refused.
pub(super) fn logs<'a>(needy: Needy<'a>, container: Container<'a>) -> Vec<Permission<'a>> {
    let Some(log) = container.log().known() else { return Vec::new() };
    let options = log.options().known().filter(|_| log.view.str("logDriver").known() == Some("awslogs"));
    let Some(group) = options.and_then(|options| options.entry("awslogs-group")) else { return Vec::new() };
    let stream = log_streams(container.task.project, &group.value);
    let need = |action| needy.need(action, stream.clone(), "send logs to this log group", &group.value);
    vec![need("logs:CreateLogStream"), need("logs:PutLogEvents").uncertain()]
}

/// The creation of the log groups that a log driver creates, unless the role may not even create log streams. On EC2, it can use the role
/// of the instance.
pub(super) fn log_groups<'a>(task: Task<'a>, started: &Started) -> Option<Vec<Permission<'a>>> {
    let named = &task.view.entry("executionRoleArn")?.value;
    let role = task.project.role_of(named).known()?;
    let is_certain = started.contains(task) && task.keeps_containers() && task.requires("FARGATE").is_some();
    let needy = Needy { role, noun: "execution role", named, is_certain };
    let all =
        task.logs_by("awslogs").filter(|log| task.requires("FARGATE").is_none() || !is_mute(needy, *log));
    Some(all.filter_map(|log| log_group(needy, log)).collect())
}

/// The creation of the log group of a log driver; `None` if it does not create the group, or if the group exists or may exist.
fn log_group<'a>(needy: Needy<'a>, log: Log<'a>) -> Option<Permission<'a>> {
    let (project, task) = (log.container.task.project, log.container.task);
    let options = log.options().known()?;
    let Value::Known(true, at) = options.bool("awslogs-create-group") else { return None };
    let group = &options.entry("awslogs-group")?.value;
    // What is called by an unknown name, such as the output of a module that is not read, may exist.
    let may_exist = group.known_start().is_empty();
    if may_exist || project.log_groups(group, task.resource.unit()).next().is_some() {
        return None;
    }
    let on = arn("logs", Pattern::text("log-group:").then(project.pattern(group)).then(any()));
    Some(needy.need("logs:CreateLogGroup", on, "create the log group", at))
}

/// Returns `true` if the role certainly lacks permission to create the streams of a log.
fn is_mute<'a>(needy: Needy<'a>, log: Log<'a>) -> bool {
    let grants = log.container.task.project.grants(needy.role);
    let stream = logs(needy, log.container).into_iter().next();
    let verdict = grants.zip(stream).map(|(grants, stream)| grants.verdict(&stream.request));
    matches!(verdict, Some(Verdict::Denied(_)))
}

/// The ARNs of the log streams in a log group.
pub(super) fn log_streams(project: Project, group: &Node) -> Pattern {
    let name = Pattern::text("log-group:").then(project.pattern(group));
    arn("logs", name.then(Pattern::text(":log-stream:")).then(field()))
}

fn read<'a>(
    needy: Needy<'a>,
    container: Container<'a>,
    action: &'static str,
    (value, purpose): (&'a Node, &'static str),
    needs: &mut Vec<Permission<'a>>,
) {
    let project = container.task.project;
    let secret = without_key(value);
    let declared = project.declared(&[Kind::Secret, Kind::Parameter], &secret);
    let need = needy.need(action, project.secret_arn(value), purpose, value).on(declared);
    // A policy of a secret in another unit can allow it. Parameters have no policies.
    let may_have_policy = action.starts_with("secretsmanager") && declared.is_none();
    needs.push(if may_have_policy { need.uncertain() } else { need });
    if let Some((named, key)) = project.key_of(&secret) {
        let on = project.key_arn(named);
        let decrypt = needy.need("kms:Decrypt", on, "decrypt this secret with its key", value);
        needs.push(decrypt.on(Some(key)));
    }
}

fn file<'a>(needy: Needy<'a>, container: Container<'a>, value: &'a Node, needs: &mut Vec<Permission<'a>>) {
    let project = container.task.project;
    let object = project.pattern(value);
    let bucket = bucket(container.task, value).filter(|bucket| !project.has_opaque_refs(bucket));
    let need = needy.need("s3:GetObject", object, "read this environment file", value).on(bucket);
    // The policy of a bucket in another unit can allow it.
    needs.push(if bucket.is_none() { need.uncertain() } else { need });
    if let Some(on) = project.bucket_arn(value, bucket) {
        let purpose = "find the Region of this environment file";
        let location = needy.need("s3:GetBucketLocation", on, purpose, value).on(bucket);
        needs.push(location.uncertain());
    }
}

impl Project<'_> {
    /// The ARN of the bucket of an object.
    fn bucket_arn(self, object: &Node, bucket: Option<&Resource>) -> Option<Pattern> {
        if let Some((start, path)) = object.as_str().and_then(|arn| arn.split_once(":::")) {
            return Some(Pattern::text(&format!("{start}:::{}", path.split('/').next()?)));
        }
        let own = Unknown::attribute(bucket?.address.clone()?, "arn");
        Some(self.pattern(&Node::unknown(own, object.at)))
    }
}

/// The bucket of an object, if the files define it.
fn bucket<'a>(task: Task<'a>, object: &Node) -> Option<&'a Resource> {
    if let Some((_, path)) = object.as_str().and_then(|arn| arn.split_once(":s3:::")) {
        let name = path.split('/').next();
        let mut buckets = task.project.in_unit_of(task.resource, Kind::Bucket);
        let is_it = |bucket: &Resource| bucket.request.get("Name").and_then(Node::as_str) == name;
        return buckets.find(|bucket| is_it(bucket)).filter(|bucket| bucket.is_declared());
    }
    let NodeKind::Text(text) = &object.kind else { return None };
    let of_part = |part: &Part| match part {
        Part::Unknown(why, at) => task.project.declared(&[Kind::Bucket], &Node::unknown(why.clone(), *at)),
        _ => None,
    };
    text.parts.iter().find_map(of_part)
}

impl<'a> Container<'a> {
    /// The value that the name of its image begins with, such as a reference to a repository.
    fn image_start(self) -> Option<Node> {
        self.view.entry("image").map(|entry| without_key(&entry.value))
    }

    /// The repository of its image, if the files define it.
    fn declared_repository(self) -> Option<&'a Resource> {
        self.task.project.declared(&[Kind::Repository], &self.image_start()?)
    }

    /// The ARN of the repository of its image in Amazon ECR.
    fn repository(self) -> Pattern {
        let Some(start) = self.image_start() else { return any() };
        if let Some(of) = start.resource() {
            return self
                .task
                .project
                .pattern(&Node::unknown(Unknown::attribute(of.clone(), "arn"), start.at));
        }
        let image = self.image_name();
        let Some(name) = image.as_ref().and_then(Image::ecr_repository) else { return any() };
        let host: Vec<&str> = image.as_ref().map_or("", |image| &image.start).split('.').collect();
        let known = match host.as_slice() {
            [account, "dkr", "ecr", region, ..] if account.len() == 12 => Some((*account, *region)),
            _ => None,
        };
        let name = Pattern::text("repository/").then(Pattern::text(name));
        known.map_or_else(|| arn("ecr", name.clone()), |known| arn_in("ecr", known, name.clone()))
    }
}
