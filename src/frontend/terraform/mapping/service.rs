//! The arguments of services, task sets, clusters, scalable targets, and Auto Scaling groups.

use super::Conversion::{Block, Blocks, Json, MapToList, Same, Switch};
use super::Mapping;
use super::task::PLACEMENT_CONSTRAINT;

pub(super) const SERVICE: Mapping = &[
    ("name", "serviceName", Same),
    ("cluster", "cluster", Same),
    ("task_definition", "taskDefinition", Same),
    ("desired_count", "desiredCount", Same),
    ("launch_type", "launchType", Same),
    ("platform_version", "platformVersion", Same),
    ("scheduling_strategy", "schedulingStrategy", Same),
    ("iam_role", "role", Same),
    ("propagate_tags", "propagateTags", Same),
    ("enable_ecs_managed_tags", "enableECSManagedTags", Same),
    ("enable_execute_command", "enableExecuteCommand", Same),
    ("force_new_deployment", "forceNewDeployment", Same),
    ("availability_zone_rebalancing", "availabilityZoneRebalancing", Same),
    ("health_check_grace_period_seconds", "healthCheckGracePeriodSeconds", Same),
    ("deployment_maximum_percent", "deploymentConfiguration/maximumPercent", Same),
    ("deployment_minimum_healthy_percent", "deploymentConfiguration/minimumHealthyPercent", Same),
    (
        "deployment_circuit_breaker",
        "deploymentConfiguration/deploymentCircuitBreaker",
        Block(&[("enable", "enable", Same), ("rollback", "rollback", Same)]),
    ),
    ("deployment_configuration", "deploymentConfiguration", Block(DEPLOYMENT)),
    (
        "alarms",
        "deploymentConfiguration/alarms",
        Block(&[
            ("alarm_names", "alarmNames", Same),
            ("enable", "enable", Same),
            ("rollback", "rollback", Same),
        ]),
    ),
    ("triggers", "triggers", Same),
    ("sigint_rollback", "sigintRollback", Same),
    ("wait_for_steady_state", "waitForSteadyState", Same),
    ("tags", "tags", MapToList("key")),
    ("deployment_controller", "deploymentController", Block(&[("type", "type", Same)])),
    ("network_configuration", "networkConfiguration/awsvpcConfiguration", Block(NETWORK)),
    ("load_balancer", "loadBalancers", Blocks(SERVICE_BALANCER)),
    ("service_registries", "serviceRegistries", Blocks(REGISTRY)),
    ("capacity_provider_strategy", "capacityProviderStrategy", Blocks(CAPACITY_PROVIDER)),
    ("ordered_placement_strategy", "placementStrategy", Blocks(PLACEMENT_STRATEGY)),
    ("placement_strategy", "placementStrategy", Blocks(PLACEMENT_STRATEGY)),
    ("placement_constraints", "placementConstraints", Blocks(PLACEMENT_CONSTRAINT)),
    ("service_connect_configuration", "serviceConnectConfiguration", Block(SERVICE_CONNECT)),
    ("vpc_lattice_configurations", "vpcLatticeConfigurations", Blocks(LATTICE)),
    ("volume_configuration", "volumeConfigurations", Blocks(LAUNCH_VOLUME)),
];

const PLACEMENT_STRATEGY: Mapping = &[("type", "type", Same), ("field", "field", Same)];

pub(super) const TASK_SET: Mapping = &[
    ("service", "service", Same),
    ("cluster", "cluster", Same),
    ("task_definition", "taskDefinition", Same),
    ("launch_type", "launchType", Same),
    ("platform_version", "platformVersion", Same),
    ("capacity_provider_strategy", "capacityProviderStrategy", Blocks(CAPACITY_PROVIDER)),
    ("service_registries", "serviceRegistries", Blocks(REGISTRY)),
    ("scale", "scale", Block(&[("unit", "unit", Same), ("value", "value", Same)])),
    ("tags", "tags", MapToList("key")),
    ("network_configuration", "networkConfiguration/awsvpcConfiguration", Block(NETWORK)),
    (
        "load_balancer",
        "loadBalancers",
        Blocks(&[
            ("target_group_arn", "targetGroupArn", Same),
            ("load_balancer_name", "loadBalancerName", Same),
            ("container_name", "containerName", Same),
            ("container_port", "containerPort", Same),
        ]),
    ),
];

const DEPLOYMENT: Mapping = &[
    ("strategy", "strategy", Same),
    ("bake_time_in_minutes", "bakeTimeInMinutes", Same),
    ("lifecycle_hook", "lifecycleHooks", Blocks(HOOK)),
    (
        "linear_configuration",
        "linearConfiguration",
        Block(&[
            ("step_percent", "stepPercent", Same),
            ("step_bake_time_in_minutes", "stepBakeTimeInMinutes", Same),
        ]),
    ),
    (
        "canary_configuration",
        "canaryConfiguration",
        Block(&[
            ("canary_percent", "canaryPercent", Same),
            ("canary_bake_time_in_minutes", "canaryBakeTimeInMinutes", Same),
        ]),
    ),
];

const HOOK: Mapping = &[
    ("target_type", "targetType", Same),
    ("hook_target_arn", "hookTargetArn", Same),
    ("role_arn", "roleArn", Same),
    ("lifecycle_stages", "lifecycleStages", Same),
    ("hook_details", "hookDetails", Json),
    (
        "timeout_configuration",
        "timeoutConfiguration",
        Block(&[("timeout_in_minutes", "timeoutInMinutes", Same), ("action", "action", Same)]),
    ),
];

const LAUNCH_VOLUME: Mapping =
    &[("name", "name", Same), ("managed_ebs_volume", "managedEBSVolume", Block(EBS_VOLUME))];

const EBS_VOLUME: Mapping = &[
    ("role_arn", "roleArn", Same),
    ("encrypted", "encrypted", Same),
    ("kms_key_id", "kmsKeyId", Same),
    ("file_system_type", "filesystemType", Same),
    ("iops", "iops", Same),
    ("throughput", "throughput", Same),
    ("size_in_gb", "sizeInGiB", Same),
    ("snapshot_id", "snapshotId", Same),
    ("volume_type", "volumeType", Same),
    ("volume_initialization_rate", "volumeInitializationRate", Same),
    (
        "tag_specifications",
        "tagSpecifications",
        Blocks(&[
            ("resource_type", "resourceType", Same),
            ("propagate_tags", "propagateTags", Same),
            ("tags", "tags", MapToList("key")),
        ]),
    ),
];

const NETWORK: Mapping = &[
    ("subnets", "subnets", Same),
    ("security_groups", "securityGroups", Same),
    ("assign_public_ip", "assignPublicIp", Switch),
];

const SERVICE_BALANCER: Mapping = &[
    ("target_group_arn", "targetGroupArn", Same),
    ("elb_name", "loadBalancerName", Same),
    ("container_name", "containerName", Same),
    ("container_port", "containerPort", Same),
    (
        "advanced_configuration",
        "advancedConfiguration",
        Block(&[
            ("alternate_target_group_arn", "alternateTargetGroupArn", Same),
            ("production_listener_rule", "productionListenerRule", Same),
            ("test_listener_rule", "testListenerRule", Same),
            ("role_arn", "roleArn", Same),
        ]),
    ),
];

const REGISTRY: Mapping = &[
    ("registry_arn", "registryArn", Same),
    ("port", "port", Same),
    ("container_name", "containerName", Same),
    ("container_port", "containerPort", Same),
];

pub(super) const CAPACITY_PROVIDER: Mapping =
    &[("capacity_provider", "capacityProvider", Same), ("weight", "weight", Same), ("base", "base", Same)];

const SERVICE_CONNECT: Mapping = &[
    ("enabled", "enabled", Same),
    ("namespace", "namespace", Same),
    (
        "log_configuration",
        "logConfiguration",
        Block(&[
            ("log_driver", "logDriver", Same),
            ("options", "options", Same),
            (
                "secret_option",
                "secretOptions",
                Blocks(&[("name", "name", Same), ("value_from", "valueFrom", Same)]),
            ),
        ]),
    ),
    (
        "access_log_configuration",
        "accessLogConfiguration",
        Block(&[("format", "format", Same), ("include_query_parameters", "includeQueryParameters", Same)]),
    ),
    ("service", "services", Blocks(CONNECTED)),
];

const CONNECTED: Mapping = &[
    ("port_name", "portName", Same),
    ("discovery_name", "discoveryName", Same),
    ("ingress_port_override", "ingressPortOverride", Same),
    ("client_alias", "clientAliases", Blocks(CLIENT_ALIAS)),
    (
        "timeout",
        "timeout",
        Block(&[
            ("idle_timeout_seconds", "idleTimeoutSeconds", Same),
            ("per_request_timeout_seconds", "perRequestTimeoutSeconds", Same),
        ]),
    ),
    (
        "tls",
        "tls",
        Block(&[
            (
                "issuer_cert_authority",
                "issuerCertificateAuthority",
                Block(&[("aws_pca_authority_arn", "awsPcaAuthorityArn", Same)]),
            ),
            ("kms_key", "kmsKey", Same),
            ("role_arn", "roleArn", Same),
        ]),
    ),
];

const CLIENT_ALIAS: Mapping = &[
    ("port", "port", Same),
    ("dns_name", "dnsName", Same),
    (
        "test_traffic_rules",
        "testTrafficRules",
        Block(&[(
            "header",
            "header",
            Block(&[("name", "name", Same), ("value", "value", Block(&[("exact", "exact", Same)]))]),
        )]),
    ),
];

const LATTICE: Mapping = &[
    ("role_arn", "roleArn", Same),
    ("target_group_arn", "targetGroupArn", Same),
    ("port_name", "portName", Same),
];

pub(super) const CLUSTER: Mapping = &[
    ("name", "clusterName", Same),
    ("tags", "tags", MapToList("key")),
    ("setting", "settings", Blocks(&[("name", "name", Same), ("value", "value", Same)])),
    (
        "configuration",
        "configuration",
        Block(&[
            ("execute_command_configuration", "executeCommandConfiguration", Block(EXEC)),
            ("managed_storage_configuration", "managedStorageConfiguration", Block(MANAGED_STORAGE)),
        ]),
    ),
    ("service_connect_defaults", "serviceConnectDefaults", Block(&[("namespace", "namespace", Same)])),
    ("capacity_providers", "capacityProviders", Same),
    ("default_capacity_provider_strategy", "defaultCapacityProviderStrategy", Blocks(CAPACITY_PROVIDER)),
];

const MANAGED_STORAGE: Mapping = &[
    ("fargate_ephemeral_storage_kms_key_id", "fargateEphemeralStorageKmsKeyId", Same),
    ("kms_key_id", "kmsKeyId", Same),
];

const EXEC: Mapping = &[
    ("kms_key_id", "kmsKeyId", Same),
    ("logging", "logging", Same),
    (
        "log_configuration",
        "logConfiguration",
        Block(&[
            ("cloud_watch_encryption_enabled", "cloudWatchEncryptionEnabled", Same),
            ("cloud_watch_log_group_name", "cloudWatchLogGroupName", Same),
            ("s3_bucket_name", "s3BucketName", Same),
            ("s3_bucket_encryption_enabled", "s3EncryptionEnabled", Same),
            ("s3_key_prefix", "s3KeyPrefix", Same),
        ]),
    ),
];

pub(super) const CLUSTER_CAPACITY: Mapping = &[
    ("cluster_name", "cluster", Same),
    ("capacity_providers", "capacityProviders", Same),
    ("default_capacity_provider_strategy", "defaultCapacityProviderStrategy", Blocks(CAPACITY_PROVIDER)),
];

pub(super) const DISCOVERY: Mapping = &[
    ("name", "Name", Same),
    ("namespace_id", "NamespaceId", Same),
    (
        "dns_config",
        "DnsConfig",
        Block(&[
            ("namespace_id", "NamespaceId", Same),
            ("dns_records", "DnsRecords", Blocks(&[("type", "Type", Same), ("ttl", "TTL", Same)])),
        ]),
    ),
    ("health_check_config", "HealthCheckConfig", Block(&[])),
    ("health_check_custom_config", "HealthCheckCustomConfig", Block(&[])),
];
