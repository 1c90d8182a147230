//! The arguments of capacity providers.

use super::Conversion::{Block, MapToList, Same};
use super::Mapping;

pub(super) const PROVIDER: Mapping = &[
    ("name", "name", Same),
    ("cluster", "cluster", Same),
    ("auto_scaling_group_provider", "autoScalingGroupProvider", Block(GROUP_PROVIDER)),
    ("managed_instances_provider", "managedInstancesProvider", Block(INSTANCES_PROVIDER)),
    ("tags", "tags", MapToList("key")),
];

const GROUP_PROVIDER: Mapping = &[
    ("auto_scaling_group_arn", "autoScalingGroupArn", Same),
    ("managed_termination_protection", "managedTerminationProtection", Same),
    ("managed_draining", "managedDraining", Same),
    (
        "managed_scaling",
        "managedScaling",
        Block(&[
            ("status", "status", Same),
            ("target_capacity", "targetCapacity", Same),
            ("minimum_scaling_step_size", "minimumScalingStepSize", Same),
            ("maximum_scaling_step_size", "maximumScalingStepSize", Same),
            ("instance_warmup_period", "instanceWarmupPeriod", Same),
        ]),
    ),
];

const INSTANCES_PROVIDER: Mapping = &[
    ("infrastructure_role_arn", "infrastructureRoleArn", Same),
    ("propagate_tags", "propagateTags", Same),
    ("instance_launch_template", "instanceLaunchTemplate", Block(INSTANCE_TEMPLATE)),
    (
        "infrastructure_optimization",
        "infrastructureOptimization",
        Block(&[("scale_in_after", "scaleInAfter", Same)]),
    ),
    (
        "auto_repair_configuration",
        "autoRepairConfiguration",
        Block(&[("actions_status", "actionsStatus", Same)]),
    ),
];

const INSTANCE_TEMPLATE: Mapping = &[
    ("ec2_instance_profile_arn", "ec2InstanceProfileArn", Same),
    ("capacity_option_type", "capacityOptionType", Same),
    ("monitoring", "monitoring", Same),
    (
        "network_configuration",
        "networkConfiguration",
        Block(&[("subnets", "subnets", Same), ("security_groups", "securityGroups", Same)]),
    ),
    ("storage_configuration", "storageConfiguration", Block(&[("storage_size_gib", "storageSizeGiB", Same)])),
    (
        "local_storage_configuration",
        "localStorageConfiguration",
        Block(&[("use_local_storage", "useLocalStorage", Same)]),
    ),
    ("instance_requirements", "instanceRequirements", Block(REQUIREMENTS)),
    (
        "capacity_reservations",
        "capacityReservations",
        Block(&[
            ("reservation_group_arn", "reservationGroupArn", Same),
            ("reservation_preference", "reservationPreference", Same),
        ]),
    ),
];

const REQUIREMENTS: Mapping = &[
    ("accelerator_count", "acceleratorCount", Block(RANGE)),
    ("accelerator_manufacturers", "acceleratorManufacturers", Same),
    ("accelerator_names", "acceleratorNames", Same),
    ("accelerator_total_memory_mib", "acceleratorTotalMemoryMiB", Block(RANGE)),
    ("accelerator_types", "acceleratorTypes", Same),
    ("allowed_instance_types", "allowedInstanceTypes", Same),
    ("bare_metal", "bareMetal", Same),
    ("baseline_ebs_bandwidth_mbps", "baselineEbsBandwidthMbps", Block(RANGE)),
    ("burstable_performance", "burstablePerformance", Same),
    ("cpu_manufacturers", "cpuManufacturers", Same),
    ("excluded_instance_types", "excludedInstanceTypes", Same),
    ("instance_generations", "instanceGenerations", Same),
    ("local_storage", "localStorage", Same),
    ("local_storage_types", "localStorageTypes", Same),
    (
        "max_spot_price_as_percentage_of_optimal_on_demand_price",
        "maxSpotPriceAsPercentageOfOptimalOnDemandPrice",
        Same,
    ),
    ("memory_gib_per_vcpu", "memoryGiBPerVCpu", Block(RANGE)),
    ("memory_mib", "memoryMiB", Block(RANGE)),
    ("network_bandwidth_gbps", "networkBandwidthGbps", Block(RANGE)),
    ("network_interface_count", "networkInterfaceCount", Block(RANGE)),
    ("on_demand_max_price_percentage_over_lowest_price", "onDemandMaxPricePercentageOverLowestPrice", Same),
    ("require_hibernate_support", "requireHibernateSupport", Same),
    ("spot_max_price_percentage_over_lowest_price", "spotMaxPricePercentageOverLowestPrice", Same),
    ("total_local_storage_gb", "totalLocalStorageGB", Block(RANGE)),
    ("vcpu_count", "vCpuCount", Block(RANGE)),
];

const RANGE: Mapping = &[("min", "min", Same), ("max", "max", Same)];
