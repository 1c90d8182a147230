//! How the requests of a unit reach AWS: facts about the tool that sends them. Rules ask these, never which tool it is.

/// The facts about one way of deployment. Every unit of a front end shares them.
#[derive(Debug)]
pub struct Traits {
    /// Every deployment makes AWS equal to the files again: what is changed live is set back, and all that a resource has
    /// is in the files.
    pub is_declarative: bool,
    /// What the files say is what is sent. Otherwise a pipeline or the command line may still fill in the rest.
    pub is_final: bool,
    /// A change of a task definition registers a new revision, and the files can refer to it.
    pub registers_revisions: bool,
    /// The tool fits requests to what the API accepts: it sends defaults, and leaves out what would be refused.
    pub adapts_requests: bool,
    /// Containers are JSON within a string of the tool's own language, whose unknown keys are dropped.
    pub embeds_containers: bool,
    /// A change of capacity providers is refused unless a new deployment is forced.
    pub needs_forced_deployments: bool,
    /// Findings name the resource they are about, since the file itself is generated.
    pub is_generated: bool,
    /// How the resources of a unit know others.
    pub links: Links,
}

/// How resources know each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Links {
    /// By their addresses, within one unit.
    ByAddress,
    /// By what AWS calls them, across all files.
    ByName,
}

impl Traits {
    /// The facts about a request that is sent as it is written, once something else has filled in the rest; and about a file
    /// that cannot be read, of which nothing is claimed.
    pub const AS_WRITTEN: Traits = Traits {
        is_declarative: false,
        is_final: false,
        registers_revisions: false,
        adapts_requests: false,
        embeds_containers: false,
        needs_forced_deployments: false,
        is_generated: false,
        links: Links::ByName,
    };
}
