//! The scenarios in `ecslint.toml`.

use crate::frontend::terraform::scenarios::{Scenarios, VarFiles};
use crate::frontend::{RootSettings, ScenarioSettings};
use crate::source::{Sources, VariableInput};
use crate::syntax::hcl::{Attribute, Expr, ExprKind, Item};
use crate::terraform::variable_attributes;
use crate::value::{Entry, Node, NodeKind};

/// The scenarios that the settings define.
pub(in crate::frontend::terraform) fn of_settings(sources: &Sources, settings: &RootSettings) -> Scenarios {
    let set = |scenario: &ScenarioSettings| {
        let files = settings.var_files.iter().chain(&scenario.var_files);
        let files = files.map(|file| VariableInput::File(*file));
        let of_files = files.flat_map(|file| variable_attributes(&file, sources));
        let variable = |entry: &Entry| {
            Some(Attribute {
                name: entry.key.clone(),
                name_at: entry.key_at,
                value: expression(&entry.value)?,
            })
        };
        VarFiles {
            name: scenario.name.clone(),
            files: scenario.var_files.clone(),
            values: of_files.chain(scenario.variables.iter().filter_map(variable)).collect(),
        }
    };
    Scenarios { sets: settings.scenarios.iter().map(set).collect(), ..Scenarios::default() }
}

/// A value in the settings as an expression.
fn expression(value: &Node) -> Option<Expr> {
    let kind = match &value.kind {
        NodeKind::Null => ExprKind::Null,
        NodeKind::Bool(value) => ExprKind::Bool(*value),
        NodeKind::Number(text) => ExprKind::Number(text.clone()),
        NodeKind::Array(array) => ExprKind::Array(array.items.iter().map(expression).collect::<Option<_>>()?),
        NodeKind::Object(object) => {
            let item = |entry: &Entry| {
                let key = Expr { kind: ExprKind::String(entry.key.clone()), at: entry.key_at };
                Some(Item { key, value: expression(&entry.value)? })
            };
            ExprKind::Object(object.entries.iter().map(item).collect::<Option<_>>()?)
        }
        _ => ExprKind::String(value.as_str()?.into()),
    };
    Some(Expr { kind, at: value.at })
}
