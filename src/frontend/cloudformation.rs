//! CloudFormation: each template that no other template nests is a unit, with all stacks that it nests.

use std::ops::Range;
use std::path::Path;

use crate::address::ResourceName;
use crate::cloudformation::{self, NameKind};
use crate::frontend::{Claim, CommentSyntax, FrontEnd, LocalName, ReadContext};
use crate::resource::{Language, Links, RefKind, Traits};
use crate::source::{FileId, Sources};
use crate::syntax::yaml;

mod asked;
mod cdk;
mod convert;
mod environment;
mod foreign;
mod ignored;
mod mapping;
mod missing_template;
mod naming;
mod narrower;
mod nesting;
mod properties;
mod read;
mod required;
mod types;
mod unit;
mod units;
mod unsubstituted;
mod values;

/// CloudFormation templates in YAML and JSON.
#[derive(Debug)]
pub(super) struct CloudFormation;

/// How CloudFormation sends requests.
pub(super) static TRAITS: Traits = PLAIN;

const PLAIN: Traits = Traits {
    is_declarative: true,
    is_final: true,
    registers_revisions: true,
    adapts_requests: false,
    completes_requests: true,
    embeds_containers: false,
    matches_keys_loosely: false,
    retries_requests: false,
    is_reusable: true,
    can_ignore_changes: false,
    needs_forced_deployments: false,
    is_generated: false,
    links: Links::ByAddress,
    arn_of: |address| format!("!Ref {}", address.resource.name),
    language: Language::CloudFormation,
};

/// How the output of the AWS CDK is sent.
pub(super) static GENERATED: Traits = Traits { is_generated: true, ..PLAIN };

/// The extensions that templates usually have.
const EXTENSIONS: &[&str] = &["yaml", "yml", "json", "template", "cform", "cfn"];

impl FrontEnd for CloudFormation {
    fn name(&self) -> &'static str {
        "cloudformation"
    }

    fn claims(&self, path: &Path) -> Claim {
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        if EXTENSIONS.contains(&extension) { Claim::Maybe } else { Claim::No }
    }

    fn words(&self) -> &'static [&'static str] {
        &["AWS::ECS::"]
    }

    fn reads_single_files(&self) -> bool {
        false
    }

    fn read(&self, context: &mut ReadContext) {
        read::read(context);
    }

    fn local_names(&self, sources: &Sources, file: FileId) -> Vec<LocalName> {
        let template = read::template(sources, file);
        let names = template.iter().flat_map(|template| cloudformation::names(template, sources));
        let local = |name: cloudformation::Name| LocalName {
            namespace: match name.kind {
                NameKind::Logical => "parameter or resource",
                NameKind::Condition => "condition",
                NameKind::Map => "map",
            },
            built_in: cloudformation::pseudo_parameter(&name.text),
            text: name.text,
            at: name.at,
            declared: name.declared,
        };
        names.map(local).collect()
    }

    fn comments(&self, path: &Path) -> Option<&'static dyn CommentSyntax> {
        match path.extension()?.to_str()? {
            "yaml" | "yml" | "template" | "cform" | "cfn" => Some(&YamlComments),
            _ => None,
        }
    }

    fn ref_kind(&self, resource: &ResourceName) -> Option<RefKind> {
        types::ref_kind(&resource.kind)
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
