//! The arguments of daemons and their task definitions, whose containers are blocks.

use super::Conversion::{Block, Blocks, MapToList, Same};
use super::Mapping;

pub(super) const DAEMON: Mapping = &[
    ("name", "daemonName", Same),
    ("cluster_arn", "clusterArn", Same),
    ("daemon_task_definition_arn", "daemonTaskDefinitionArn", Same),
    ("capacity_provider_arns", "capacityProviderArns", Same),
    (
        "deployment_configuration",
        "deploymentConfiguration",
        Block(&[
            ("drain_percent", "drainPercent", Same),
            ("bake_time_in_minutes", "bakeTimeInMinutes", Same),
            ("alarms", "alarms", Block(&[("alarm_names", "alarmNames", Same), ("enable", "enable", Same)])),
        ]),
    ),
    ("propagate_tags", "propagateTags", Same),
    ("enable_ecs_managed_tags", "enableECSManagedTags", Same),
    ("enable_execute_command", "enableExecuteCommand", Same),
    ("tags", "tags", MapToList("key")),
];

pub(super) const DAEMON_TASK: Mapping = &[
    ("family", "family", Same),
    ("container_definition", "containerDefinitions", Blocks(CONTAINER)),
    ("cpu", "cpu", Same),
    ("memory", "memory", Same),
    ("task_role_arn", "taskRoleArn", Same),
    ("execution_role_arn", "executionRoleArn", Same),
    (
        "volume",
        "volumes",
        Blocks(&[("name", "name", Same), ("host", "host", Block(&[("source_path", "sourcePath", Same)]))]),
    ),
    ("tags", "tags", MapToList("key")),
];

const CONTAINER: Mapping = &[
    ("name", "name", Same),
    ("image", "image", Same),
    ("cpu", "cpu", Same),
    ("memory", "memory", Same),
    ("memory_reservation", "memoryReservation", Same),
    ("essential", "essential", Same),
    ("entry_point", "entryPoint", Same),
    ("command", "command", Same),
    ("working_directory", "workingDirectory", Same),
    ("user", "user", Same),
    ("privileged", "privileged", Same),
    ("readonly_root_filesystem", "readonlyRootFilesystem", Same),
    ("interactive", "interactive", Same),
    ("pseudo_terminal", "pseudoTerminal", Same),
    ("start_timeout", "startTimeout", Same),
    ("stop_timeout", "stopTimeout", Same),
    ("environment", "environment", Blocks(&[("name", "name", Same), ("value", "value", Same)])),
    ("environment_file", "environmentFiles", Blocks(&[("type", "type", Same), ("value", "value", Same)])),
    ("secret", "secrets", Blocks(SECRET)),
    (
        "depends_on",
        "dependsOn",
        Blocks(&[("container_name", "containerName", Same), ("condition", "condition", Same)]),
    ),
    ("mount_point", "mountPoints", Blocks(MOUNT_POINT)),
    ("health_check", "healthCheck", Block(HEALTH_CHECK)),
    ("log_configuration", "logConfiguration", Block(LOG)),
    (
        "firelens_configuration",
        "firelensConfiguration",
        Block(&[("type", "type", Same), ("options", "options", Same)]),
    ),
    (
        "repository_credentials",
        "repositoryCredentials",
        Block(&[("credentials_parameter", "credentialsParameter", Same)]),
    ),
    ("restart_policy", "restartPolicy", Block(RESTART_POLICY)),
    ("linux_parameters", "linuxParameters", Block(LINUX)),
    (
        "system_control",
        "systemControls",
        Blocks(&[("namespace", "namespace", Same), ("value", "value", Same)]),
    ),
    (
        "ulimit",
        "ulimits",
        Blocks(&[
            ("name", "name", Same),
            ("soft_limit", "softLimit", Same),
            ("hard_limit", "hardLimit", Same),
        ]),
    ),
];

const SECRET: Mapping = &[("name", "name", Same), ("value_from", "valueFrom", Same)];

const MOUNT_POINT: Mapping = &[
    ("source_volume", "sourceVolume", Same),
    ("container_path", "containerPath", Same),
    ("read_only", "readOnly", Same),
];

const HEALTH_CHECK: Mapping = &[
    ("command", "command", Same),
    ("interval", "interval", Same),
    ("timeout", "timeout", Same),
    ("retries", "retries", Same),
    ("start_period", "startPeriod", Same),
];

const LOG: Mapping = &[
    ("log_driver", "logDriver", Same),
    ("options", "options", Same),
    ("secret_option", "secretOptions", Blocks(SECRET)),
];

const RESTART_POLICY: Mapping = &[
    ("enabled", "enabled", Same),
    ("ignored_exit_codes", "ignoredExitCodes", Same),
    ("restart_attempt_period", "restartAttemptPeriod", Same),
];

const LINUX: Mapping = &[
    ("capabilities", "capabilities", Block(&[("add", "add", Same), ("drop", "drop", Same)])),
    (
        "device",
        "devices",
        Blocks(&[
            ("host_path", "hostPath", Same),
            ("container_path", "containerPath", Same),
            ("permissions", "permissions", Same),
        ]),
    ),
    ("init_process_enabled", "initProcessEnabled", Same),
    (
        "tmpfs",
        "tmpfs",
        Blocks(&[
            ("container_path", "containerPath", Same),
            ("size", "size", Same),
            ("mount_options", "mountOptions", Same),
        ]),
    ),
];
