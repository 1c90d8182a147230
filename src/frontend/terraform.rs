//! Terraform: each directory that no other directory calls is a root module. It forms a unit with all modules that it
//! calls.

use std::ops::Range;
use std::path::Path;

use crate::address::{Address, ResourceName};
use crate::frontend::{Claim, CommentSyntax, FrontEnd, ReadContext};
use crate::resource::{Language, Links, RefKind, Traits};
use crate::syntax::{hcl, yaml};
use crate::terraform::{is_terraform, sets_variables};
use crate::terragrunt::is_terragrunt;

mod alternatives;
mod arguments;
mod commands;
mod containers;
pub(super) mod convert;
mod declared;
mod evaluated;
mod functions;
pub(super) mod mapping;
mod models;
mod naming;
pub(super) mod opaque;
mod provider_schema;
mod read;
mod references;
mod root;
mod scenarios;
mod scripts;
mod sensitive;

pub use arguments::{Argument, arguments};

/// Terraform's native syntax and its JSON syntax.
#[derive(Debug)]
pub(super) struct Terraform;

/// How `terraform apply` sends requests.
pub(super) const TRAITS: Traits = Traits {
    is_declarative: true,
    is_final: true,
    registers_revisions: true,
    adapts_requests: true,
    completes_requests: false,
    embeds_containers: true,
    matches_keys_loosely: false,
    retries_requests: true,
    is_reusable: false,
    can_ignore_changes: true,
    needs_forced_deployments: true,
    is_generated: false,
    links: Links::ByAddress,
    arn_of,
    language: Language::Terraform,
};

fn arn_of(address: &Address) -> String {
    let key = address.key.as_ref().map(ToString::to_string).unwrap_or_default();
    format!("{}{key}.arn", address.resource)
}

impl FrontEnd for Terraform {
    fn name(&self) -> &'static str {
        "terraform"
    }

    fn claims(&self, path: &Path) -> Claim {
        if is_terraform(path) || is_terragrunt(path) {
            Claim::Certain
        } else if sets_variables(path) {
            Claim::Companion
        } else {
            Claim::No
        }
    }

    fn reads_single_files(&self) -> bool {
        false
    }

    fn read(&self, context: &mut ReadContext) {
        read::read(context);
        context.inputs.retain(|input| self.claims(&context.sources.get(input.file).path) == Claim::No);
    }

    fn comments(&self, path: &Path) -> Option<&'static dyn CommentSyntax> {
        match path.extension()?.to_str()? {
            "hcl" | "tf" | "tofu" => Some(&HclComments),
            // Container definitions are often YAML that Terraform decodes.
            "yaml" | "yml" => Some(&YamlComments),
            _ => None,
        }
    }

    fn ref_kind(&self, resource: &ResourceName) -> Option<RefKind> {
        references::kind(resource)
    }

    fn without_port(&self, resource: &ResourceName, attribute: &str) -> Option<&'static str> {
        references::without_port(resource, attribute)
    }
}

struct HclComments;

impl CommentSyntax for HclComments {
    fn comments(&self, text: &str) -> Vec<Range<usize>> {
        hcl::comments(text)
    }

    fn extent(&self, text: &str, start: usize) -> usize {
        hcl::extent(text, start)
    }
}

struct YamlComments;

impl CommentSyntax for YamlComments {
    fn comments(&self, text: &str) -> Vec<Range<usize>> {
        yaml::comments(text)
    }

    fn extent(&self, text: &str, start: usize) -> usize {
        yaml::extent(text, start)
    }
}
