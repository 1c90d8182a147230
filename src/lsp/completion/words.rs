//! The words that the API takes, by the key they are given for.

use crate::lsp::completion::Candidate;
use crate::lsp::tree::Located;
use crate::model::Kind;

/// Words, each with what it means.
type Words = &'static [(&'static str, &'static str)];

/// The words of a key; where other objects have a key of the same name, the key of the object around it too.
const WORDS: &[(Kind, &str, &str, Words)] = &[
    (Kind::Task, "", "networkMode", NETWORK_MODES),
    (Kind::Task, "", "requiresCompatibilities", LAUNCH_TYPES),
    (
        Kind::Task,
        "",
        "pidMode",
        &[
            ("task", "containers of the task see each other's processes"),
            ("host", "containers see the processes of the instance"),
        ],
    ),
    (
        Kind::Task,
        "",
        "ipcMode",
        &[
            ("task", "shared within the task"),
            ("host", "shared with the instance"),
            ("none", "shared with nobody"),
        ],
    ),
    (Kind::Task, "runtimePlatform", "operatingSystemFamily", SYSTEMS),
    (Kind::Task, "runtimePlatform", "cpuArchitecture", &[("X86_64", "Intel and AMD"), ("ARM64", "Graviton")]),
    (Kind::Task, "dependsOn", "condition", CONDITIONS),
    (Kind::Task, "portMappings", "protocol", &[("tcp", "the default"), ("udp", "")]),
    (
        Kind::Task,
        "portMappings",
        "appProtocol",
        &[("http", "HTTP/1.1"), ("http2", "HTTP/2"), ("grpc", "gRPC")],
    ),
    (Kind::Task, "logConfiguration", "logDriver", LOG_DRIVERS),
    (Kind::Task, "firelensConfiguration", "type", &[("fluentbit", "Fluent Bit"), ("fluentd", "Fluentd")]),
    (
        Kind::Task,
        "containerDefinitions",
        "versionConsistency",
        &[
            ("enabled", "the tag is resolved to a digest once a deployment"),
            ("disabled", "each task pulls what the tag names"),
        ],
    ),
    (
        Kind::Task,
        "resourceRequirements",
        "type",
        &[("GPU", "a number of GPUs"), ("InferenceAccelerator", "a device of the task definition")],
    ),
    (Kind::Task, "efsVolumeConfiguration", "transitEncryption", SWITCH),
    (Kind::Task, "authorizationConfig", "iam", SWITCH),
    (
        Kind::Task,
        "dockerVolumeConfiguration",
        "scope",
        &[("task", "gone with the task"), ("shared", "stays when the task stops")],
    ),
    (Kind::Task, "placementConstraints", "type", &[("memberOf", "on instances that an expression selects")]),
    (Kind::Service, "", "launchType", LAUNCH_TYPES),
    (
        Kind::Service,
        "",
        "schedulingStrategy",
        &[("REPLICA", "as many tasks as desired"), ("DAEMON", "one task on each instance")],
    ),
    (
        Kind::Service,
        "",
        "propagateTags",
        &[
            ("SERVICE", "tags of the service"),
            ("TASK_DEFINITION", "tags of the task definition"),
            ("NONE", "no tags"),
        ],
    ),
    (Kind::Service, "", "availabilityZoneRebalancing", SWITCH),
    (Kind::Service, "awsvpcConfiguration", "assignPublicIp", SWITCH),
    (
        Kind::Service,
        "deploymentController",
        "type",
        &[
            ("ECS", "the default"),
            ("CODE_DEPLOY", "AWS CodeDeploy"),
            ("EXTERNAL", "task sets that something else manages"),
        ],
    ),
    (
        Kind::Service,
        "placementStrategy",
        "type",
        &[
            ("spread", "evenly over a field"),
            ("binpack", "on as few instances as will do"),
            ("random", "anywhere"),
        ],
    ),
    (
        Kind::Service,
        "placementConstraints",
        "type",
        &[
            ("distinctInstance", "each task on an instance of its own"),
            ("memberOf", "on instances that an expression selects"),
        ],
    ),
];

const NETWORK_MODES: Words = &[
    ("awsvpc", "a network interface of the task's own; Fargate has only this"),
    ("bridge", "Docker's own network on the instance; the default on Linux"),
    ("host", "the instance's network"),
    ("none", "no network"),
];

const LAUNCH_TYPES: Words = &[
    ("FARGATE", "AWS Fargate"),
    ("EC2", "instances of the cluster"),
    ("EXTERNAL", "ECS Anywhere"),
    ("MANAGED_INSTANCES", "ECS Managed Instances"),
];

const SYSTEMS: Words = &[
    ("LINUX", "the default"),
    ("WINDOWS_SERVER_2025_CORE", ""),
    ("WINDOWS_SERVER_2025_FULL", ""),
    ("WINDOWS_SERVER_2022_CORE", ""),
    ("WINDOWS_SERVER_2022_FULL", ""),
    ("WINDOWS_SERVER_2019_CORE", ""),
    ("WINDOWS_SERVER_2019_FULL", ""),
];

const CONDITIONS: Words = &[
    ("START", "once it has started"),
    ("HEALTHY", "once its health check passes"),
    ("COMPLETE", "once it has ended, however"),
    ("SUCCESS", "once it has ended with status 0"),
];

const LOG_DRIVERS: Words = &[
    ("awslogs", "CloudWatch Logs"),
    ("awsfirelens", "a log router in the task"),
    ("splunk", "Splunk"),
    ("fluentd", "not on Fargate"),
    ("gelf", "not on Fargate"),
    ("journald", "not on Fargate"),
    ("json-file", "not on Fargate"),
    ("syslog", "not on Fargate"),
];

const SWITCH: Words = &[("ENABLED", ""), ("DISABLED", "")];

/// The words that fit a value. Terraform has true and false where the API switches by words.
pub(super) fn candidates(located: &Located) -> Vec<Candidate> {
    let dialect =
        located.ancestors.iter().rev().find_map(|node| node.as_object()).map(|object| object.dialect);
    let is_bool = |key: &str| dialect.is_some_and(|dialect| (dialect.is_switch)(key));
    let fits = |kind: Kind, parent: &str, key: &str| {
        kind == located.resource.kind
            && parent == located.parent_key()
            && key == located.key()
            && !is_bool(key)
    };
    let words = WORDS.iter().find(|(kind, parent, key, _)| fits(*kind, parent, key));
    let words = words.map_or(&[][..], |(.., words)| words);
    words.iter().map(|(word, detail)| Candidate::new(*word, *detail)).collect()
}
