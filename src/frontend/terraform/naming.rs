//! Maps API members back to the names of Terraform arguments.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::frontend::terraform::mapping::{self, Conversion, Mapping, RESOURCES};
use crate::resource::Kind;
use crate::value::Dialect;

/// The arguments and blocks of Terraform's AWS provider.
pub(in crate::frontend) static TERRAFORM: Dialect =
    Dialect { name: "Terraform", name_of: argument, is_switch, has_blocks: true, is_strict: false };

/// The argument of each API member, and its conversion. If resources use different names for the same member, the name
/// in the service wins.
static ARGUMENTS: LazyLock<FxHashMap<&str, (&str, Conversion)>> = LazyLock::new(|| {
    let mut found = FxHashMap::default();
    let is_service = |kind: Kind| kind == Kind::Service;
    let (first, rest): (Vec<_>, Vec<_>) = RESOURCES.iter().partition(|(_, kind, _)| is_service(*kind));
    first.into_iter().chain(rest).for_each(|(_, _, mapping)| collect(mapping, &mut found));
    found
});

fn collect(mapping: Mapping, found: &mut FxHashMap<&'static str, (&'static str, Conversion)>) {
    for (argument, path, conversion) in mapping {
        let member = path.rsplit('/').next().unwrap_or(path);
        found.entry(member).or_insert((argument, *conversion));
    }
    for inner in mapping.iter().filter_map(|(.., conversion)| mapping::block(*conversion)) {
        collect(inner, found);
    }
}

/// The argument of a member. The fallback is its name in snake case, as the provider is likely to spell future
/// arguments.
fn argument(member: &str) -> SmolStr {
    if let Some((argument, _)) = ARGUMENTS.get(member) {
        return SmolStr::new_static(argument);
    }
    let mut argument = String::with_capacity(member.len() + 4);
    for letter in member.chars() {
        if letter.is_ascii_uppercase() && !argument.is_empty() {
            argument.push('_');
        }
        argument.push(letter.to_ascii_lowercase());
    }
    argument.into()
}

fn is_switch(member: &str) -> bool {
    ARGUMENTS.get(member).is_some_and(|(_, conversion)| matches!(conversion, Conversion::Switch))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_has_the_name_of_its_argument() {
        for (member, name) in [
            ("loadBalancers", "load_balancer"),
            ("maximumPercent", "deployment_maximum_percent"),
            ("role", "iam_role"),
            ("serviceName", "name"),
            ("volumes", "volume"),
            ("HealthCheckPort", "port"),
            ("NewInstancesProtectedFromScaleIn", "protect_from_scale_in"),
            ("awsvpcConfiguration", "network_configuration"),
            ("clusterName", "name"),
            ("loadBalancerName", "elb_name"),
            ("sizeInGiB", "size_in_gb"),
            ("executionRoleArn", "execution_role_arn"),
            ("somethingNew", "something_new"),
        ] {
            assert_eq!(argument(member), name);
        }
    }

    #[test]
    fn a_switch_is_a_boolean() {
        assert!(is_switch("assignPublicIp"));
        assert!(!is_switch("availabilityZoneRebalancing"));
    }
}
