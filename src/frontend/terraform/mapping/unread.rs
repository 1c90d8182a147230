//! Arguments that no rule depends on. The tables of [`super`] map the others. An argument in neither table is unknown:
//! it may set any member of the request. Tests compare both with the arguments of the provider.

/// Stands for all arguments that are not mapped.
pub(in crate::frontend::terraform) const ALL_OTHERS: &str = "*";

/// Arguments of every resource.
const EVERYWHERE: &str = "id region tags_all timeouts";

/// Attributes that AWS assigns, which only a plan contains.
const ASSIGNED: &str = "\
    arn arn_suffix arn_without_revision assign_ipv6_address_on_creation attachment_count \
    availability_zone_id availability_zone_name available_ip_address_count cidr_blocks client_token \
    create_date current_deployment customer_owned_ipv4_pool deployment_arn dns_entry dns_name \
    enable_dns64 enable_lni_at_device_index enable_resource_name_dns_a_record_on_launch \
    enable_resource_name_dns_aaaa_record_on_launch file_system_arn has_value_wo ids ingress_paths \
    instance_lifecycle instance_owner_id instance_state ipv6_cidr_block_association_id ipv6_native \
    key_id latest_version load_balancer_arns map_customer_owned_ip_on_launch map_public_ip_on_launch \
    mount_target_dns_name name network_interface_id network_interface_ids number_of_mount_targets origin \
    original_route_table_id outpost_arn owner_id password_data policy_id predicted_capacity \
    prefix_list_id primary_network_interface primary_network_interface_id private_dns \
    private_dns_hostname_type_on_launch public_dns public_ip registry_id repository_url \
    requester_managed revision security_group_rule_id service_arn service_revision_arn size_in_bytes \
    spot_bid_status spot_instance_id spot_instance_request_id spot_request_state stability_status state \
    status task_set_id unique_id version vpc_id warm_pool_size zone_id";

/// The arguments of resource types and data sources, with the blocks around them: `subnet_mapping/allocation_id`. A
/// block stands for all of its arguments, and `*` for all other arguments of the resource.
pub(in crate::frontend::terraform) const UNREAD: &[(&str, &str)] = &[
    // How Terraform waits, and what it deletes or reads.
    ("aws_ecs_task_definition", "skip_destroy track_latest"),
    ("aws_ecs_service", "force_delete"),
    ("aws_ecs_express_gateway_service", "wait_for_steady_state"),
    ("aws_ecs_task_set", "external_id force_delete wait_until_stable wait_until_stable_timeout"),
    // What a load balancer does with requests and connections, and its logs.
    (
        "aws_lb aws_alb",
        "access_logs client_keep_alive connection_logs customer_owned_ipv4_pool desync_mitigation_mode \
         dns_record_client_routing_policy drop_invalid_header_fields enable_cross_zone_load_balancing \
         enable_deletion_protection enable_http2 enable_prefix_for_ipv6_source_nat \
         enable_tls_version_and_cipher_suite_headers enable_waf_fail_open enable_xff_client_port \
         enable_zonal_shift enforce_security_group_inbound_rules_on_private_link_traffic \
         health_check_logs ip_address_type ipam_pools minimum_load_balancer_capacity \
         preserve_host_header secondary_ips_auto_assigned_per_subnet \
         subnet_mapping/allocation_id subnet_mapping/ipv6_address subnet_mapping/private_ipv4_address \
         tags xff_header_processing_mode",
    ),
    // How a target group distributes requests, and when it considers itself healthy.
    (
        "aws_lb_target_group aws_alb_target_group",
        "connection_termination lambda_multi_value_headers_enabled \
         load_balancing_anomaly_mitigation load_balancing_cross_zone_enabled preserve_client_ip \
         proxy_protocol_v2 stickiness/cookie_duration tags target_control_port target_failover \
         target_group_health target_health_state",
    ),
    // Headers, certificates, and actions that do not forward. A listener rule forwards whatever its conditions are.
    (
        "aws_lb_listener aws_alb_listener",
        "alpn_policy default_action/forward/stickiness default_action/jwt_validation default_action/order \
         mutual_authentication \
         routing_http_request_x_amzn_mtls_clientcert_header_name \
         routing_http_request_x_amzn_mtls_clientcert_issuer_header_name \
         routing_http_request_x_amzn_mtls_clientcert_leaf_header_name \
         routing_http_request_x_amzn_mtls_clientcert_serial_number_header_name \
         routing_http_request_x_amzn_mtls_clientcert_subject_header_name \
         routing_http_request_x_amzn_mtls_clientcert_validity_header_name \
         routing_http_request_x_amzn_tls_cipher_suite_header_name \
         routing_http_request_x_amzn_tls_version_header_name \
         routing_http_response_access_control_allow_credentials_header_value \
         routing_http_response_access_control_allow_headers_header_value \
         routing_http_response_access_control_allow_methods_header_value \
         routing_http_response_access_control_allow_origin_header_value \
         routing_http_response_access_control_expose_headers_header_value \
         routing_http_response_access_control_max_age_header_value \
         routing_http_response_content_security_policy_header_value routing_http_response_server_enabled \
         routing_http_response_strict_transport_security_header_value \
         routing_http_response_x_content_type_options_header_value \
         routing_http_response_x_frame_options_header_value ssl_policy tags tcp_idle_timeout_seconds",
    ),
    (
        "aws_lb_listener_rule aws_alb_listener_rule",
        "action/forward/stickiness action/jwt_validation action/order condition/host_header/regex_values \
         condition/http_header/http_header_name condition/http_header/regex_values \
         condition/path_pattern/regex_values condition/source_ip/ip_address_type tags transform",
    ),
    // IPv6 and the range of addresses.
    (
        "aws_vpc",
        "assign_generated_ipv6_cidr_block enable_classiclink enable_classiclink_dns_support \
         enable_network_address_usage_metrics instance_tenancy ipv4_ipam_pool_id ipv4_netmask_length \
         ipv6_cidr_block ipv6_cidr_block_network_border_group ipv6_ipam_pool_id ipv6_netmask_length tags",
    ),
    // Addresses of gateways, and types of ICMP messages.
    ("aws_internet_gateway", "tags"),
    (
        "aws_nat_gateway",
        "allocation_id availability_zone_address private_ip secondary_allocation_ids \
         secondary_private_ip_address_count secondary_private_ip_addresses tags",
    ),
    ("aws_network_interface aws_vpc_peering_connection", ALL_OTHERS),
    (
        "aws_db_subnet_group aws_docdb_subnet_group aws_neptune_subnet_group aws_redshift_subnet_group \
         aws_elasticache_subnet_group aws_memorydb_subnet_group \
         aws_service_discovery_private_dns_namespace",
        ALL_OTHERS,
    ),
    (
        "aws_network_acl",
        "egress/icmp_code egress/icmp_type ingress/icmp_code ingress/icmp_type subnet_id tags",
    ),
    ("aws_network_acl_rule", "icmp_code icmp_type"),
    ("aws_vpc_endpoint_security_group_association", "replace_default_association"),
    (
        "aws_route53_zone",
        "comment delegation_set_id enable_accelerated_recovery force_destroy tags vpc/vpc_region vpc_id vpc_region",
    ),
    (
        "aws_route53_record aws_route53_zone_association aws_route53_resolver_rule_association \
         aws_route53profiles_association",
        ALL_OTHERS,
    ),
    // Everything about a database apart from where it is, its port, and its security groups.
    (
        "aws_db_instance aws_rds_cluster aws_docdb_cluster aws_neptune_cluster aws_redshift_cluster \
         aws_elasticache_cluster aws_elasticache_replication_group aws_elasticache_serverless_cache \
         aws_memorydb_cluster aws_db_proxy aws_mq_broker aws_msk_cluster aws_opensearch_domain aws_elasticsearch_domain \
         aws_rds_cluster_instance aws_docdb_cluster_instance aws_neptune_cluster_instance",
        ALL_OTHERS,
    ),
    // IPv6 of other instances, and DNS names.
    (
        "aws_subnet",
        "assign_ipv6_address_on_creation customer_owned_ipv4_pool enable_dns64 \
         enable_lni_at_device_index enable_resource_name_dns_a_record_on_launch \
         enable_resource_name_dns_aaaa_record_on_launch ipv4_ipam_pool_id ipv4_netmask_length \
         ipv6_netmask_length map_customer_owned_ip_on_launch \
         private_dns_hostname_type_on_launch",
    ),
    // Targets of routes that are neither an internet gateway nor a NAT gateway.
    (
        "aws_route_table",
        "route/carrier_gateway_id route/core_network_arn route/egress_only_gateway_id \
         route/local_gateway_id route/odb_network_arn \
         route/transit_gateway_id route/vpc_endpoint_id tags",
    ),
    (
        "aws_default_route_table",
        "route/core_network_arn route/egress_only_gateway_id route/transit_gateway_id route/vpc_endpoint_id tags",
    ),
    (
        "aws_route",
        "carrier_gateway_id core_network_arn egress_only_gateway_id local_gateway_id odb_network_arn transit_gateway_id vpc_endpoint_id",
    ),
    ("aws_route_table_association", "gateway_id"),
    // Names and descriptions.
    ("aws_security_group", "egress/description ingress/description name_prefix revoke_rules_on_delete tags"),
    ("aws_default_security_group aws_vpc_dhcp_options_association", ALL_OTHERS),
    ("aws_security_group_rule", "description"),
    ("aws_vpc_security_group_ingress_rule aws_vpc_security_group_egress_rule", "description tags"),
    ("aws_cloudwatch_event_rule aws_vpc_ipv4_cidr_block_association", ALL_OTHERS),
    // What an endpoint is for.
    (
        "aws_vpc_endpoint",
        "auto_accept dns_options ip_address_type resource_configuration_arn service_network_arn \
         subnet_configuration tags",
    ),
    ("aws_acm_certificate_validation", "validation_record_fqdns"),
    // Addresses.
    ("aws_efs_mount_target", "ip_address ip_address_type ipv6_address"),
    // Names, descriptions, and limits.
    ("aws_iam_role", "description force_detach_policies max_session_duration name_prefix tags"),
    ("aws_iam_role_policy", "name_prefix"),
    ("aws_iam_policy_attachment", "groups name users"),
    ("aws_iam_instance_profile", "name_prefix path tags"),
    ("aws_iam_policy", "delay_after_policy_creation_in_ms description name_prefix path tags"),
    // What starts the tasks, and targets other than ECS.
    (
        "aws_cloudwatch_event_target",
        "appsync_target batch_target dead_letter_config ecs_target/enable_ecs_managed_tags \
         ecs_target/enable_execute_command ecs_target/group ecs_target/ordered_placement_strategy \
         ecs_target/placement_constraint event_bus_name \
         force_destroy http_target input_path input_transformer kinesis_target redshift_target \
         retry_policy rule run_command_targets sagemaker_pipeline_target sqs_target target_id",
    ),
    (
        "aws_scheduler_schedule",
        "action_after_completion description end_date flexible_time_window group_name kms_key_arn name \
         name_prefix schedule_expression_timezone start_date state \
         target/dead_letter_config target/ecs_parameters/enable_ecs_managed_tags \
         target/ecs_parameters/enable_execute_command target/ecs_parameters/group \
         target/ecs_parameters/placement_constraints target/ecs_parameters/placement_strategy \
         target/ecs_parameters/reference_id \
         target/eventbridge_parameters target/kinesis_parameters \
         target/retry_policy target/sagemaker_pipeline_parameters target/sqs_parameters",
    ),
    (
        "aws_sfn_state_machine",
        "encryption_configuration logging_configuration name_prefix publish tags \
         tracing_configuration type",
    ),
    // Instances apart from their image, type, script, and security groups.
    (
        "aws_launch_template",
        "block_device_mappings capacity_reservation_specification cpu_options credit_specification \
         default_version description disable_api_stop disable_api_termination ebs_optimized \
         elastic_gpu_specifications elastic_inference_accelerator enclave_options hibernation_options \
         instance_initiated_shutdown_behavior instance_market_options kernel_id \
         key_name license_specification maintenance_options metadata_options monitoring name_prefix \
         network_interfaces/associate_carrier_ip_address \
         network_interfaces/connection_tracking_specification network_interfaces/delete_on_termination \
         network_interfaces/description network_interfaces/device_index \
         network_interfaces/ena_queue_count network_interfaces/ena_srd_specification \
         network_interfaces/interface_type network_interfaces/ipv4_address_count \
         network_interfaces/ipv4_addresses network_interfaces/ipv4_prefix_count \
         network_interfaces/ipv4_prefixes network_interfaces/ipv6_address_count \
         network_interfaces/ipv6_addresses network_interfaces/ipv6_prefix_count \
         network_interfaces/ipv6_prefixes network_interfaces/network_card_index \
         network_interfaces/network_interface_id network_interfaces/primary_ipv6 \
         network_interfaces/private_ip_address network_interfaces/subnet_id network_performance_options \
         placement private_dns_name_options ram_disk_id secondary_interfaces security_group_names \
         tag_specifications tags update_default_version",
    ),
    (
        "aws_launch_configuration",
        "ebs_block_device ebs_optimized enable_monitoring \
         ephemeral_block_device key_name metadata_options name_prefix \
         placement_tenancy root_block_device spot_price vpc_classic_link_id \
         vpc_classic_link_security_groups",
    ),
    // Who scales.
    ("aws_appautoscaling_target", "role_arn suspended_state tags"),
    // When a policy scales, and by how much.
    (
        "aws_appautoscaling_policy",
        "adjustment_type cooldown metric_aggregation_type min_adjustment_magnitude \
         predictive_scaling_policy_configuration step_adjustment step_scaling_policy_configuration \
         target_tracking_scaling_policy_configuration/customized_metric_specification \
         target_tracking_scaling_policy_configuration/disable_scale_in \
         target_tracking_scaling_policy_configuration/scale_in_cooldown \
         target_tracking_scaling_policy_configuration/scale_out_cooldown \
         target_tracking_scaling_policy_configuration/target_value",
    ),
    // How CodeDeploy deploys.
    ("aws_codedeploy_app", "tags unique_id"),
    (
        "aws_codedeploy_deployment_group",
        "alarm_configuration auto_rollback_configuration \
         blue_green_deployment_config deployment_group_name deployment_style ec2_tag_filter ec2_tag_set \
         load_balancer_info/elb_info load_balancer_info/target_group_info \
         on_premises_instance_tag_filter outdated_instances_strategy tags \
         termination_hook_enabled trigger_configuration",
    ),
    // Health checks and routing.
    (
        "aws_service_discovery_service",
        "description dns_config/routing_policy force_destroy health_check_config/failure_threshold \
         health_check_config/resource_path health_check_config/type \
         health_check_custom_config/failure_threshold tags type",
    ),
    // How a group replaces and places instances.
    (
        "aws_autoscaling_group",
        "mixed_instances_policy/instances_distribution \
         mixed_instances_policy/launch_template/override/weighted_capacity \
         availability_zone_distribution availability_zones capacity_rebalance \
         capacity_reservation_specification context default_cooldown default_instance_warmup \
         desired_capacity_type enabled_metrics force_delete force_delete_warm_pool \
         health_check_grace_period health_check_type ignore_failed_scaling_activities \
         initial_lifecycle_hook instance_lifecycle_policy instance_maintenance_policy instance_refresh \
         load_balancers max_instance_lifetime metrics_granularity \
         min_elb_capacity name_prefix placement_group service_linked_role_arn suspended_processes tag \
         tags target_group_arns termination_policies traffic_source \
         wait_for_capacity_timeout wait_for_elb_capacity warm_pool",
    ),
    (
        "aws_instance",
        "availability_zone capacity_reservation_specification cpu_core_count \
         cpu_options cpu_threads_per_core credit_specification disable_api_stop disable_api_termination \
         ebs_block_device ebs_optimized enable_primary_ipv6 enclave_options ephemeral_block_device \
         force_destroy get_password_data hibernation host_id host_resource_group_arn \
         instance_initiated_shutdown_behavior instance_market_options \
         ipv6_address_count ipv6_addresses key_name maintenance_options \
         metadata_options monitoring placement_group placement_group_id \
         placement_partition_number private_dns_name_options private_ip \
         root_block_device secondary_network_interface secondary_private_ips security_groups \
         tags tenancy user_data_replace_on_change \
         volume_tags",
    ),
    // Retention, rotation, and replicas; secret values are not read.
    ("aws_cloudwatch_log_group", "deletion_protection_enabled log_group_class name_prefix skip_destroy tags"),
    (
        "aws_secretsmanager_secret",
        "description force_overwrite_replica_secret name_prefix recovery_window_in_days replica \
         rotation_lambda_arn rotation_rules tags type",
    ),
    (
        "aws_ssm_parameter",
        "allowed_pattern arn data_type description insecure_value overwrite tags tier value_wo \
         value_wo_version with_decryption",
    ),
    (
        "aws_kms_key",
        "bypass_policy_lockout_safety_check custom_key_store_id customer_master_key_spec \
         deletion_window_in_days description enable_key_rotation is_enabled key_usage multi_region \
         rotation_period_in_days tags xks_key_id",
    ),
    (
        "aws_secretsmanager_secret_version",
        "secret_binary secret_string_wo secret_string_wo_version version_id version_stage version_stages",
    ),
    ("aws_efs_access_point", "posix_user/secondary_gids tags"),
    ("aws_kms_key_policy", "bypass_policy_lockout_safety_check"),
    ("aws_kms_grant", "grant_creation_tokens name retire_on_delete retiring_principal"),
    ("aws_secretsmanager_secret_rotation aws_codepipeline", ALL_OTHERS),
    (
        "aws_efs_file_system",
        "availability_zone_name creation_token encrypted kms_key_id lifecycle_policy performance_mode protection \
         provisioned_throughput_in_mibps reference_name tags throughput_mode",
    ),
    (
        "aws_s3_bucket",
        "acceleration_status arn bucket_namespace bucket_prefix cors_rule force_destroy hosted_zone_id lifecycle_rule logging \
         object_lock_configuration object_lock_enabled replication_configuration request_payer \
         server_side_encryption_configuration tags versioning website website_domain website_endpoint",
    ),
    ("aws_efs_file_system_policy", "bypass_policy_lockout_safety_check"),
    ("aws_secretsmanager_secret_policy", "block_public_policy"),
    (
        "aws_ecr_repository",
        "encryption_configuration force_delete image_scanning_configuration image_tag_mutability \
         image_tag_mutability_exclusion_filter tags",
    ),
    ("data.aws_ami", "allow_unsafe_filter executable_users include_deprecated most_recent tags uefi_data"),
    ("data.aws_ami_ids", "executable_users include_deprecated sort_ascending"),
    ("data.aws_ssm_parameter", "with_decryption"),
    (
        "data.aws_subnet",
        "availability_zone availability_zone_id cidr_block default_for_az ipv6_cidr_block state",
    ),
];

/// The arguments of a resource or data source that no rule depends on.
pub(super) fn of(kind: &str) -> Vec<&'static str> {
    let own = UNREAD.iter().filter(|(kinds, _)| kinds.split(' ').any(|one| one == kind));
    own.flat_map(|(_, names)| names.split(' ')).chain(EVERYWHERE.split(' ')).collect()
}

/// Returns `true` for an attribute that AWS assigns.
pub(in crate::frontend::terraform) fn is_assigned(attribute: &str) -> bool {
    ASSIGNED.split(' ').any(|name| name == attribute)
}
