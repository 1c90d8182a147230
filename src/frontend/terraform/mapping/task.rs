//! The arguments of task definitions.

use super::Conversion::{Block, Blocks, Containers, MapToList, Same};
use super::Mapping;

pub(super) const TASK: Mapping = &[
    ("family", "family", Same),
    ("container_definitions", "containerDefinitions", Containers),
    ("network_mode", "networkMode", Same),
    ("requires_compatibilities", "requiresCompatibilities", Same),
    ("cpu", "cpu", Same),
    ("memory", "memory", Same),
    ("task_role_arn", "taskRoleArn", Same),
    ("execution_role_arn", "executionRoleArn", Same),
    ("pid_mode", "pidMode", Same),
    ("ipc_mode", "ipcMode", Same),
    ("volume", "volumes", Blocks(VOLUME)),
    ("placement_constraints", "placementConstraints", Blocks(PLACEMENT_CONSTRAINT)),
    ("proxy_configuration", "proxyConfiguration", Block(PROXY)),
    ("inference_accelerator", "inferenceAccelerators", Blocks(ACCELERATOR)),
    ("ephemeral_storage", "ephemeralStorage", Block(&[("size_in_gib", "sizeInGiB", Same)])),
    ("runtime_platform", "runtimePlatform", Block(PLATFORM)),
    ("enable_fault_injection", "enableFaultInjection", Same),
    ("tags", "tags", MapToList("key")),
];

const PLATFORM: Mapping = &[
    ("operating_system_family", "operatingSystemFamily", Same),
    ("cpu_architecture", "cpuArchitecture", Same),
];

const PROXY: Mapping = &[
    ("type", "type", Same),
    ("container_name", "containerName", Same),
    ("properties", "properties", MapToList("name")),
];

const ACCELERATOR: Mapping = &[("device_name", "deviceName", Same), ("device_type", "deviceType", Same)];

pub(super) const PLACEMENT_CONSTRAINT: Mapping =
    &[("type", "type", Same), ("expression", "expression", Same)];

const VOLUME: Mapping = &[
    ("name", "name", Same),
    ("host_path", "host/sourcePath", Same),
    ("configure_at_launch", "configuredAtLaunch", Same),
    ("docker_volume_configuration", "dockerVolumeConfiguration", Block(DOCKER_VOLUME)),
    ("efs_volume_configuration", "efsVolumeConfiguration", Block(EFS_VOLUME)),
    (
        "fsx_windows_file_server_volume_configuration",
        "fsxWindowsFileServerVolumeConfiguration",
        Block(FSX_VOLUME),
    ),
    ("s3files_volume_configuration", "s3filesVolumeConfiguration", Block(S3FILES_VOLUME)),
];

const DOCKER_VOLUME: Mapping = &[
    ("scope", "scope", Same),
    ("autoprovision", "autoprovision", Same),
    ("driver", "driver", Same),
    ("driver_opts", "driverOpts", Same),
    ("labels", "labels", Same),
];

const EFS_VOLUME: Mapping = &[
    ("file_system_id", "fileSystemId", Same),
    ("root_directory", "rootDirectory", Same),
    ("transit_encryption", "transitEncryption", Same),
    ("transit_encryption_port", "transitEncryptionPort", Same),
    (
        "authorization_config",
        "authorizationConfig",
        Block(&[("access_point_id", "accessPointId", Same), ("iam", "iam", Same)]),
    ),
];

const FSX_VOLUME: Mapping = &[
    ("file_system_id", "fileSystemId", Same),
    ("root_directory", "rootDirectory", Same),
    (
        "authorization_config",
        "authorizationConfig",
        Block(&[("credentials_parameter", "credentialsParameter", Same), ("domain", "domain", Same)]),
    ),
];

const S3FILES_VOLUME: Mapping = &[
    ("file_system_arn", "fileSystemArn", Same),
    ("root_directory", "rootDirectory", Same),
    ("transit_encryption_port", "transitEncryptionPort", Same),
    ("access_point_arn", "accessPointArn", Same),
];
