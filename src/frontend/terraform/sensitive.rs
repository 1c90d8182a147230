//! Arguments that the AWS provider's schema declares as sensitive, and attributes of other providers that are secrets. Names that
//! reveal a secret, such as `master_password`, are known without this table. Source: `Sensitive: true` in the schemas of
//! hashicorp/aws 6, as @pulumi/aws 6.83 publishes it (`additionalSecretOutputs`), and the documentation of hashicorp/random and
//! hashicorp/tls.

use crate::address::ResourceName;
use crate::value::Node;

/// The types whose argument is sensitive, and the arguments.
const SENSITIVE: &[(&str, &[&str])] = &[
    ("aws_acm_certificate", &["private_key"]),
    ("aws_amplify_app", &["access_token", "basic_auth_credentials", "oauth_token"]),
    ("aws_amplify_branch", &["basic_auth_credentials"]),
    ("aws_api_gateway_api_key", &["value"]),
    ("aws_api_gateway_domain_name", &["certificate_private_key"]),
    ("aws_appconfig_hosted_configuration_version", &["content"]),
    ("aws_appsync_api_key", &["key"]),
    ("aws_codebuild_source_credential", &["token"]),
    ("aws_codebuild_webhook", &["secret"]),
    ("aws_cognito_user", &["password", "temporary_password"]),
    ("aws_cognito_user_pool_client", &["client_secret"]),
    ("aws_db_instance", &["password"]),
    ("aws_directory_service_directory", &["password"]),
    ("aws_directory_service_radius_settings", &["shared_secret"]),
    ("aws_dms_certificate", &["certificate_pem", "certificate_wallet"]),
    ("aws_dms_endpoint", &["password"]),
    ("aws_docdb_cluster", &["master_password"]),
    ("aws_docdbelastic_cluster", &["admin_user_password"]),
    ("aws_elasticache_replication_group", &["auth_token"]),
    ("aws_elasticache_user", &["passwords"]),
    ("aws_fsx_ontap_file_system", &["fsx_admin_password"]),
    ("aws_glue_connection", &["athena_properties", "connection_properties"]),
    ("aws_grafana_workspace_api_key", &["key"]),
    ("aws_grafana_workspace_service_account_token", &["key"]),
    ("aws_iam_access_key", &["secret", "ses_smtp_password_v4"]),
    ("aws_iam_server_certificate", &["private_key"]),
    ("aws_iam_service_specific_credential", &["service_password", "service_credential_secret"]),
    ("aws_iam_user_login_profile", &["password"]),
    ("aws_iot_certificate", &["ca_pem", "certificate_pem", "private_key"]),
    ("aws_kms_ciphertext", &["plaintext"]),
    ("aws_kms_external_key", &["key_material_base64"]),
    ("aws_kms_grant", &["grant_token"]),
    ("aws_kms_replica_external_key", &["key_material_base64"]),
    ("aws_lightsail_database", &["master_password"]),
    ("aws_memorydb_user", &["passwords"]),
    ("aws_mq_broker", &["password"]),
    ("aws_mwaa_environment", &["airflow_configuration_options"]),
    ("aws_opsworks_rds_db_instance", &["db_password"]),
    ("aws_pinpoint_adm_channel", &["client_id", "client_secret"]),
    ("aws_pinpoint_apns_channel", &["bundle_id", "certificate", "private_key", "team_id", "token_key"]),
    ("aws_pinpoint_gcm_channel", &["api_key", "service_json"]),
    ("aws_rds_cluster", &["master_password"]),
    ("aws_redshift_cluster", &["master_password"]),
    ("aws_redshift_hsm_configuration", &["hsm_partition_password"]),
    ("aws_redshiftserverless_namespace", &["admin_user_password"]),
    ("aws_s3_object_copy", &["customer_key", "source_customer_key"]),
    ("aws_secretsmanager_random_password", &["random_password"]),
    ("aws_secretsmanager_secret_version", &["secret_binary", "secret_string"]),
    ("aws_sns_platform_application", &["platform_credential", "platform_principal"]),
    ("aws_ssm_parameter", &["value", "secure_value"]),
    ("aws_storagegateway_gateway", &["smb_guest_password"]),
    ("aws_timestreaminfluxdb_db_instance", &["password"]),
    ("aws_transfer_server", &["host_key"]),
    ("aws_vpn_connection", &["tunnel1_preshared_key", "tunnel2_preshared_key"]),
    ("aws_wafv2_api_key", &["api_key"]),
    ("random_bytes", &["base64", "hex"]),
    ("random_password", &["bcrypt_hash", "result"]),
    ("tls_cert_request", &["private_key_pem"]),
    ("tls_locally_signed_cert", &["ca_private_key_pem"]),
    ("tls_private_key", &["private_key_openssh", "private_key_pem", "private_key_pem_pkcs8"]),
    ("tls_self_signed_cert", &["private_key_pem"]),
];

/// The arguments and attributes of a resource type that can be sensitive.
pub(super) fn arguments(kind: &str) -> &'static [&'static str] {
    let index = SENSITIVE.binary_search_by_key(&kind, |(kind, _)| kind);
    index.map_or(&[], |index| SENSITIVE[index].1)
}

/// Returns `true` if an argument or attribute of a resource is sensitive. A parameter is a secret unless its type is one in plain
/// text.
pub(super) fn is_sensitive(
    resource: &ResourceName,
    name: &str,
    argument: &dyn Fn(&str) -> Option<Node>,
) -> bool {
    let is_declared = arguments(&resource.kind).contains(&name);
    let is_plain = || {
        let kind = argument("type");
        kind.is_some_and(|kind| matches!(kind.as_str(), Some("String" | "StringList")))
    };
    is_declared && (resource.kind != "aws_ssm_parameter" || !is_plain())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_types_are_sorted() {
        assert!(SENSITIVE.is_sorted());
    }
}
