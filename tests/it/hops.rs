//! A stack in which each hop and each permission is needed: without one of them there is exactly one error, at the resource that
//! would have to hold it.

use std::fs;

use ecslint::config::RunOptions;
use ecslint::diagnostic::Severity;
use ecslint::source::Sources;
use ecslint::{check, discover};

/// Private subnets behind a NAT gateway and a network ACL, and private subnets with VPC endpoints only.
const STACKS: [&str; 2] = [include_str!("hops/stack.tf"), include_str!("hops/endpoints.tf")];

/// The types of resources that are removed, and the type of the resource that lacks what they give.
const HOLDERS: [(&str, &str); 11] = [
    ("aws_internet_gateway", "aws_route_table."),
    ("aws_nat_gateway", "aws_route_table."),
    ("aws_route", "aws_route_table."),
    ("aws_route_table_association", "aws_subnet"),
    // A default route would do as well.
    ("aws_vpc_endpoint", "aws_route_table."),
    ("aws_network_acl_rule", "aws_network_acl."),
    ("aws_vpc_security_group_ingress_rule", "aws_security_group."),
    ("aws_vpc_security_group_egress_rule", "aws_security_group."),
    ("aws_efs_mount_target", "aws_efs_file_system"),
    // The role, or another policy of it that allows other actions of the same service.
    ("aws_iam_role_policy", "aws_iam_role"),
    ("aws_lb_listener", "aws_lb_target_group"),
];

/// What nothing in a stack needs, as far as AWS or the tasks are concerned.
const REDUNDANT: [&[&str]; 2] = [
    &[
        // Only clients need it, which may come from elsewhere.
        "aws_vpc_security_group_ingress_rule.clients",
        // No NAT gateway is in this subnet, and clients can connect through the other one.
        "aws_route_table_association.public_b",
        // The rule for answers allows the same packets.
        "aws_network_acl_rule.from_vpc",
    ],
    // Only clients need them.
    &[
        "aws_vpc_security_group_ingress_rule.clients",
        "aws_internet_gateway.main",
        "aws_route.public",
        "aws_route_table_association.public_a",
        "aws_route_table_association.public_b",
    ],
];

/// The address of a block: its type and its name.
fn address(block: &str) -> String {
    block.split('"').skip(1).step_by(2).take(2).collect::<Vec<_>>().join(".")
}

/// The blocks without one of them, and without the blocks whose only purpose is to use it. Items of lists that refer to it are removed.
fn without(stack: &str, address_of_removed: &str) -> Vec<String> {
    let mut removed = vec![address_of_removed.to_owned()];
    let mut blocks: Vec<String> = stack.split("\n\nresource").map(|block| block.trim().to_owned()).collect();
    for block in blocks.iter_mut().skip(1) {
        block.insert_str(0, "resource ");
    }
    blocks.retain(|block| address(block) != address_of_removed);
    while let Some(gone) = removed.pop() {
        let reference = format!("{gone}.");
        let mut kept = Vec::new();
        for block in blocks {
            let text = block.replace(&format!(", {gone}]"), "]").replace(&format!("{gone}, "), "");
            let text = text.replace(&format!("\n  depends_on = [{gone}]"), "");
            if text.contains(&reference) {
                removed.push(address(&text));
            } else {
                kept.push(text);
            }
        }
        blocks = kept;
    }
    blocks
}

/// The errors in a stack, each with the address of the block at its place.
fn errors(blocks: &[String]) -> Vec<(String, String)> {
    let directory = tempfile::tempdir().unwrap();
    let text = blocks.join("\n\n");
    fs::write(directory.path().join("main.tf"), &text).unwrap();
    let mut sources = Sources::new(directory.path());
    assert_eq!(discover::collect(&mut sources, &[directory.path().to_owned()]), []);
    let outcome = check(&sources, &RunOptions::default());
    let found = outcome.diagnostics.into_iter().filter(|found| found.severity == Severity::Error);
    let place = |at: usize| {
        // The place can be the first byte of the header.
        let start = text[..at + "resource \"".len()].rfind("resource \"").unwrap();
        address(&text[start..])
    };
    found
        .map(|found| (place(found.span.range().start), format!("{}: {}", found.rule, found.message)))
        .collect()
}

#[test]
fn the_whole_stack_has_no_error() {
    for stack in STACKS {
        assert_eq!(errors(&[stack.to_owned()]), []);
    }
}

#[test]
fn a_missing_hop_is_one_error_at_the_resource_that_would_have_to_hold_it() {
    let mut complaints = Vec::new();
    for (stack, redundant) in STACKS.into_iter().zip(REDUNDANT) {
        for gone in stack.split("\n\nresource ").map(address) {
            let Some((_, holder)) = HOLDERS.iter().find(|(kind, _)| gone.split('.').next() == Some(kind))
            else {
                continue;
            };
            let found = errors(&without(stack, &gone));
            let is_expected = match found.as_slice() {
                [] => redundant.contains(&gone.as_str()),
                [(place, _)] => !redundant.contains(&gone.as_str()) && place.starts_with(holder),
                _ => false,
            };
            if !is_expected {
                complaints.push(format!("without {gone}: {found:#?}"));
            }
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}
