//! How the requests of a unit are sent to AWS: facts about the deployment tool. Rules depend on these facts, never on
//! the tool itself.

use crate::address::Address;

/// Facts about one deployment tool, shared by all units of a front end.
#[derive(Debug)]
pub struct Traits {
    /// Every deployment resets AWS to the state in the files: live changes are reverted, and the files define
    /// everything that a resource has.
    pub is_declarative: bool,
    /// Requests are sent as written. Otherwise, a pipeline or the command line may fill in values.
    pub is_final: bool,
    /// A change to a task definition registers a new revision, which the files can refer to.
    pub registers_revisions: bool,
    /// The tool adapts requests to the API: it sends defaults, and omits members that would be rejected.
    pub adapts_requests: bool,
    /// The tool generates names that are not set, and keeps or defaults what the API requires otherwise.
    pub completes_requests: bool,
    /// Container definitions are JSON within a string, and unknown keys in it are dropped.
    pub embeds_containers: bool,
    /// The tool matches keys regardless of their case, and ignores keys that it does not know.
    pub matches_keys_loosely: bool,
    /// A request that fails because something else does not exist yet is repeated for a while.
    pub retries_requests: bool,
    /// The same files can be deployed any number of times with different parameters, or not at all, so that the resources of
    /// two units need not exist at the same time.
    pub is_reusable: bool,
    /// The files can exclude a live value from updates.
    pub can_ignore_changes: bool,
    /// A change to capacity providers is rejected unless a new deployment is forced.
    pub needs_forced_deployments: bool,
    /// The file is generated, so findings name the resource.
    pub is_generated: bool,
    /// How the resources of a unit refer to others.
    pub links: Links,
    /// How a file refers to the ARN of a resource of the same module.
    pub arn_of: fn(&Address) -> String,
    /// The language of the unit, whose own errors are reported by a rule of their own.
    pub language: Language,
}

/// The language that a unit is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Data, as the AWS API has it.
    Api,
    /// Terraform's language.
    Terraform,
    /// Templates of CloudFormation.
    CloudFormation,
}

impl Language {
    /// The name of the tool that deploys files in this language.
    pub fn tool(self) -> &'static str {
        match self {
            Language::Api => "the AWS CLI",
            Language::Terraform => "Terraform",
            Language::CloudFormation => "CloudFormation",
        }
    }
}

/// How resources refer to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Links {
    /// By their addresses, within one unit.
    ByAddress,
    /// By their AWS names, across all files.
    ByName,
}

impl Traits {
    /// The facts about a request that is sent as written, after its placeholders are filled in, and about a file that
    /// cannot be read, for which nothing is assumed.
    pub const AS_WRITTEN: Traits = Traits {
        is_declarative: false,
        is_final: false,
        registers_revisions: false,
        adapts_requests: false,
        completes_requests: false,
        embeds_containers: false,
        matches_keys_loosely: false,
        retries_requests: false,
        is_reusable: false,
        can_ignore_changes: false,
        needs_forced_deployments: false,
        is_generated: false,
        links: Links::ByName,
        arn_of: |address| format!("{address}"),
        language: Language::Api,
    };
}
