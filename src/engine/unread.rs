//! What a run did not see: the calls of modules whose sources are not on disk.

use crate::resource::{Content, Kind, Unit, UnreadCall};
use crate::source::{Sources, Span};
use crate::workspace::Workspace;

/// The calls of modules whose sources are not on disk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unread {
    /// The headers of the calls, without duplicates.
    pub calls: Vec<Span>,
    /// How many of them are replaced by models.
    pub modelled: usize,
    /// The directories of the root modules that probably have most of their ECS resources in such calls.
    pub mostly: Vec<String>,
}

impl Unread {
    /// The unread calls of all units.
    pub(super) fn of(workspace: &Workspace, sources: &Sources) -> Unread {
        let mut calls: Vec<&UnreadCall> =
            workspace.units.iter().flat_map(|unit| &unit.unread_calls).collect();
        calls.sort_unstable_by_key(|call| call.at);
        calls.dedup_by_key(|call| call.at);
        let directory = |unit: &Unit| {
            let path = &sources.get(unit.id.first_file()).path;
            let name = path.parent().map(|directory| sources.name_of(directory))?;
            Some(if name.is_empty() { ".".to_owned() } else { name })
        };
        let mostly = workspace.units.iter().filter(|unit| is_mostly_unread(unit));
        let mut mostly: Vec<String> = mostly.filter_map(|unit| directory(unit)).collect();
        mostly.sort_unstable();
        mostly.dedup();
        Unread {
            modelled: calls.iter().filter(|call| call.content == Content::Modelled).count(),
            calls: calls.into_iter().map(|call| call.at).collect(),
            mostly,
        }
    }
}

/// Returns `true` if the calls of unread ECS modules probably create more than half of the tasks and services: a module usually
/// creates one task definition and one service.
fn is_mostly_unread(unit: &Unit) -> bool {
    let calls = unit.unread_calls.iter().filter(|call| call.content == Content::Ecs).count();
    let is_read = |kind: Kind| matches!(kind, Kind::Task | Kind::Service);
    let read = unit.resources.iter().filter(|resource| is_read(resource.kind)).count();
    2 * calls > read
}
