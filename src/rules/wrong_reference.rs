//! See `rules/wrong-reference.md`.

use super::prelude::*;
use crate::model::{Form, Identity, Kind, Language, Resource, identity, not_a_role, with_article};
use crate::value::{Entry, Node};

use Form::{Arn, Id, Name};

/// A member that refers to resources: its path, in which the name of a list ends with `[]`, the kinds of resources, and how it
/// identifies them.
type Member = (&'static str, &'static [Kind], &'static [Form]);

const SUBNET: &[Kind] = &[Kind::Subnet];
const SECURITY_GROUP: &[Kind] = &[Kind::SecurityGroup];
const VPC: Member = ("VpcId", &[Kind::Vpc], &[Id]);
const TARGET_GROUP: &[Kind] = &[Kind::TargetGroup];
const CLUSTER: Member = ("cluster", &[Kind::Cluster], &[Arn, Name]);
const TASK: Member = ("taskDefinition", &[Kind::Task], &[Arn, Name]);
const ROLE: &[Kind] = &[Kind::Role];
const POLICY: &[Kind] = &[Kind::Policy];
const NAMES: &[Form] = &[Name];
const IDS: &[Form] = &[Id];
const ARNS: &[Form] = &[Arn];

const SUBNETS: Member = ("networkConfiguration/awsvpcConfiguration/subnets[]", SUBNET, IDS);
const GROUPS: Member = ("networkConfiguration/awsvpcConfiguration/securityGroups[]", SECURITY_GROUP, IDS);
const GROUP_OF_RULE: Member = ("GroupId", SECURITY_GROUP, IDS);
const ROUTE_TABLE: Member = ("RouteTableId", &[Kind::RouteTable], IDS);
const ACL: Member = ("NetworkAclId", &[Kind::NetworkAcl], IDS);
const FILE_SYSTEM: Member = ("FileSystemId", &[Kind::FileSystem], &[Id, Arn]);
const GATEWAYS: &[Kind] = &[Kind::InternetGateway, Kind::NatGateway, Kind::VpcEndpoint];

/// The members of each request that refer to resources of one kind.
const MEMBERS: &[(Kind, &[Member])] = &[
    (
        Kind::Service,
        &[
            CLUSTER,
            TASK,
            SUBNETS,
            GROUPS,
            ("loadBalancers[]/targetGroupArn", TARGET_GROUP, ARNS),
            ("loadBalancers[]/advancedConfiguration/alternateTargetGroupArn", TARGET_GROUP, ARNS),
            ("loadBalancers[]/advancedConfiguration/roleArn", ROLE, ARNS),
            ("serviceRegistries[]/registryArn", &[Kind::DiscoveryService], ARNS),
            ("volumeConfigurations[]/managedEBSVolume/roleArn", ROLE, ARNS),
        ],
    ),
    (
        Kind::TaskSet,
        &[CLUSTER, TASK, SUBNETS, GROUPS, ("loadBalancers[]/targetGroupArn", TARGET_GROUP, ARNS)],
    ),
    (Kind::ClusterCapacity, &[CLUSTER]),
    (
        Kind::Task,
        &[
            ("volumes[]/efsVolumeConfiguration/fileSystemId", &[Kind::FileSystem], IDS),
            ("volumes[]/efsVolumeConfiguration/authorizationConfig/accessPointId", &[Kind::AccessPoint], IDS),
            ("containerDefinitions[]/logConfiguration/options/awslogs-group", &[Kind::LogGroup], NAMES),
            (
                "containerDefinitions[]/repositoryCredentials/credentialsParameter",
                &[Kind::Secret],
                &[Arn, Name],
            ),
        ],
    ),
    (
        Kind::Daemon,
        &[
            ("clusterArn", &[Kind::Cluster], &[Arn, Name]),
            ("daemonTaskDefinitionArn", &[Kind::DaemonTask], ARNS),
        ],
    ),
    (
        Kind::LoadBalancer,
        &[
            ("Subnets[]", SUBNET, IDS),
            ("SubnetMappings[]/SubnetId", SUBNET, IDS),
            ("SecurityGroups[]", SECURITY_GROUP, IDS),
        ],
    ),
    (Kind::TargetGroup, &[VPC]),
    (
        Kind::Listener,
        &[
            ("LoadBalancerArn", &[Kind::LoadBalancer], ARNS),
            ("DefaultActions[]/TargetGroupArn", TARGET_GROUP, ARNS),
            ("DefaultActions[]/ForwardConfig/TargetGroups[]/TargetGroupArn", TARGET_GROUP, ARNS),
        ],
    ),
    (
        Kind::ListenerRule,
        &[
            ("ListenerArn", &[Kind::Listener], ARNS),
            ("Actions[]/TargetGroupArn", TARGET_GROUP, ARNS),
            ("Actions[]/ForwardConfig/TargetGroups[]/TargetGroupArn", TARGET_GROUP, ARNS),
        ],
    ),
    (Kind::Subnet, &[VPC]),
    (Kind::SecurityGroup, &[VPC]),
    (Kind::RouteTable, &[VPC]),
    (Kind::InternetGateway, &[VPC]),
    (Kind::GatewayAttachment, &[VPC, ("InternetGatewayId", &[Kind::InternetGateway], IDS)]),
    (Kind::NetworkAcl, &[VPC, ("SubnetIds[]", SUBNET, IDS)]),
    (Kind::NetworkAclEntry, &[ACL]),
    (Kind::NetworkAclAssociation, &[ACL, ("SubnetId", SUBNET, IDS)]),
    (Kind::NatGateway, &[("SubnetId", SUBNET, IDS)]),
    (Kind::Route, &[ROUTE_TABLE, ("GatewayId", GATEWAYS, IDS), ("NatGatewayId", &[Kind::NatGateway], IDS)]),
    (Kind::RouteTableAssociation, &[ROUTE_TABLE, ("SubnetId", SUBNET, IDS)]),
    (Kind::SecurityGroupRule, &[GROUP_OF_RULE]),
    (Kind::IngressRule, &[GROUP_OF_RULE]),
    (Kind::EgressRule, &[GROUP_OF_RULE]),
    (
        Kind::VpcEndpoint,
        &[
            VPC,
            ("SubnetIds[]", SUBNET, IDS),
            ("SecurityGroupIds[]", SECURITY_GROUP, IDS),
            ("RouteTableIds[]", &[Kind::RouteTable], IDS),
        ],
    ),
    (Kind::MountTarget, &[FILE_SYSTEM, ("SubnetId", SUBNET, IDS), ("SecurityGroups[]", SECURITY_GROUP, IDS)]),
    (Kind::AccessPoint, &[FILE_SYSTEM]),
    (Kind::SubnetGroup, &[("SubnetIds[]", SUBNET, IDS)]),
    (Kind::Database, &[("SecurityGroupIds[]", SECURITY_GROUP, IDS), ("SubnetIds[]", SUBNET, IDS)]),
    (
        Kind::Instances,
        &[
            ("SubnetId", SUBNET, IDS),
            ("VPCZoneIdentifier[]", SUBNET, IDS),
            ("SecurityGroupIds[]", SECURITY_GROUP, IDS),
        ],
    ),
    (Kind::LaunchTemplate, &[("SecurityGroupIds[]", SECURITY_GROUP, IDS)]),
    (Kind::Role, &[("PermissionsBoundary", POLICY, ARNS), ("ManagedPolicyArns[]", POLICY, ARNS)]),
    (Kind::RolePolicy, &[("RoleName", ROLE, NAMES), ("Roles[]", ROLE, NAMES)]),
    (
        Kind::PolicyAttachment,
        &[("RoleName", ROLE, NAMES), ("Roles[]", ROLE, NAMES), ("PolicyArn", POLICY, ARNS)],
    ),
    (Kind::InstanceProfile, &[("Roles[]", ROLE, NAMES)]),
    (Kind::EventTarget, &[("RoleArn", ROLE, ARNS), ("EcsParameters/TaskDefinitionArn", &[Kind::Task], ARNS)]),
    (
        Kind::Schedule,
        &[("Target/RoleArn", ROLE, ARNS), ("Target/EcsParameters/TaskDefinitionArn", &[Kind::Task], ARNS)],
    ),
    (Kind::StateMachine, &[("RoleArn", ROLE, ARNS)]),
    (
        Kind::DeploymentGroup,
        &[
            ("serviceRoleArn", ROLE, ARNS),
            (
                "loadBalancerInfo/targetGroupPairInfoList[]/prodTrafficRoute/listenerArns[]",
                &[Kind::Listener],
                ARNS,
            ),
            (
                "loadBalancerInfo/targetGroupPairInfoList[]/testTrafficRoute/listenerArns[]",
                &[Kind::Listener],
                ARNS,
            ),
            ("loadBalancerInfo/targetGroupPairInfoList[]/targetGroups[]/name", TARGET_GROUP, NAMES),
        ],
    ),
    (
        Kind::CapacityProvider,
        &[
            ("managedInstancesProvider/infrastructureRoleArn", ROLE, ARNS),
            (
                "managedInstancesProvider/instanceLaunchTemplate/ec2InstanceProfileArn",
                &[Kind::InstanceProfile],
                ARNS,
            ),
            ("managedInstancesProvider/instanceLaunchTemplate/networkConfiguration/subnets[]", SUBNET, IDS),
            (
                "managedInstancesProvider/instanceLaunchTemplate/networkConfiguration/securityGroups[]",
                SECURITY_GROUP,
                IDS,
            ),
        ],
    ),
    (
        Kind::DiscoveryService,
        &[
            ("NamespaceId", &[Kind::PrivateNamespace], &[Id, Arn]),
            ("DnsConfig/NamespaceId", &[Kind::PrivateNamespace], &[Id, Arn]),
        ],
    ),
];

/// The members that only Terraform's provider requires to be ARNs.
const MEMBERS_OF_TERRAFORM: &[(Kind, &[Member])] =
    &[(Kind::Task, &[("taskRoleArn", ROLE, ARNS), ("executionRoleArn", ROLE, ARNS)])];

/// Reports references to resources of another kind, or by another attribute, than the member requires.
pub fn check(project: &Project, report: &mut Report) {
    let of_terraform = |resource: &Resource| resource.traits.language == Language::Terraform;
    report_wrong(project, report, MEMBERS, is_written);
    report_wrong(project, report, MEMBERS_OF_TERRAFORM, |it| is_written(it) && of_terraform(it));
}

fn report_wrong(
    project: &Project,
    report: &mut Report,
    members: &[(Kind, &[Member])],
    applies: impl Fn(&Resource) -> bool,
) {
    for (kind, members) in members {
        for resource in project.of(*kind).filter(|resource| applies(resource)) {
            for member in *members {
                visit(project.view(resource), member.0, &mut |entry, value| {
                    report.extend(wrong(entry, value, member));
                });
            }
        }
    }
}

/// Returns `true` if the references of a resource are those of its author. A plan only lists what an expression refers to, not
/// what it makes of that.
fn is_written(resource: &Resource) -> bool {
    match resource.traits.language {
        Language::Terraform => !resource.traits.is_generated,
        Language::CloudFormation => true,
        Language::Api => false,
    }
}

/// Calls `found` with each value at a path, and with the member that has it.
fn visit(view: View, path: &str, found: &mut dyn FnMut(&Entry, &Node)) {
    let (first, rest) = path.split_once('/').map_or((path, None), |(first, rest)| (first, Some(rest)));
    let key = first.strip_suffix("[]").unwrap_or(first);
    let Some(entry) = view.entry(key) else { return };
    let items = match entry.value.as_array() {
        Some(array) if key != first => array.items.as_slice(),
        _ => std::slice::from_ref(&entry.value),
    };
    for item in items {
        view.reads.step(1);
        match rest {
            Some(rest) => visit(view.at(item), rest, found),
            None => found(entry, item),
        }
    }
}

fn wrong(entry: &Entry, value: &Node, member: &Member) -> Option<Finding> {
    wrong_attribute(entry, value, member).or_else(|| not_an_arn(entry, value, member))
}

/// Reports a text that is not an ARN where only an ARN is accepted.
fn not_an_arn(entry: &Entry, value: &Node, (_, kinds, forms): &Member) -> Option<Finding> {
    let text = value.as_str().filter(|text| *forms == ARNS && is_meant(text))?;
    let is_reported_as_role = *kinds == ROLE && not_a_role(value).is_some();
    let message = format!("`{}` must be {} (got `{text}`)", entry.written, in_words(kinds, forms));
    (!is_reported_as_role).then(|| Finding::at(value, message))
}

/// Returns `true` if a text is not a placeholder such as `ROLE`, `__role__`, `<role>`, or `your-role-arn`.
fn is_meant(text: &str) -> bool {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./:".contains(letter);
    text.starts_with(|first: char| first.is_ascii_alphanumeric())
        && text.contains(|letter: char| letter.is_ascii_lowercase())
        && text.chars().all(is_plain)
        && !text.contains("arn")
}

fn wrong_attribute(entry: &Entry, value: &Node, member: &Member) -> Option<Finding> {
    let (_, kinds, forms) = member;
    let got = identity(value)?;
    // A name can be that of several resources, so only the other forms are certain to be of another kind.
    let may_be_name = got.form.is_none_or(|form| form == Name);
    let is_right = match got.form {
        Some(form) if kinds.contains(&got.kind) => forms.contains(&form),
        None if kinds.contains(&got.kind) => true,
        _ => may_be_name && forms.contains(&Name),
    };
    if is_right {
        return None;
    }
    let message = format!("`{}` must be {} (got {got})", entry.written, in_words(kinds, forms));
    let finding = Finding::at(value, message);
    Some(match help(got, member) {
        Some(help) => finding.help(help),
        None => finding,
    })
}

/// What a member requires: "the name or ARN of a cluster".
fn in_words(kinds: &[Kind], forms: &[Form]) -> String {
    let forms: Vec<&str> = forms.iter().map(|form| form.noun()).collect();
    let kinds: Vec<String> = kinds.iter().map(|kind| with_article(*kind)).collect();
    format!("the {} of {}", forms.join(" or "), kinds.join(" or "))
}

/// The attribute to use instead, if it is the right resource.
fn help(got: Identity, (_, kinds, forms): &Member) -> Option<String> {
    let form = forms.first().filter(|_| kinds.contains(&got.kind))?;
    Some(format!("use the {} of the {}", form.noun(), got.kind.noun()))
}
