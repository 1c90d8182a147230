//! Evaluates a template once for each configuration that it can be, and converts the results to units.

use std::sync::Arc;

use smol_str::SmolStr;

use crate::address::Address;
use crate::choice::Assumption;
use crate::cloudformation::{Given, Stack, Template};
use crate::frontend::cache::indexed;
use crate::frontend::choices::{self, Evaluated, Room};
use crate::frontend::cloudformation::asked::Asking;
use crate::frontend::cloudformation::types::{AwsTypes, is_ecs};
use crate::frontend::cloudformation::values::ValueSet;
use crate::frontend::cloudformation::{
    GENERATED, TRAITS, convert, foreign, missing_template, narrower, properties, required, unsubstituted,
};
use crate::frontend::limit;
use crate::resource::{Content, Unit, UnreadCall};
use crate::source::Sources;
use crate::syntax::SyntaxError;
use crate::value::Node;
use crate::workspace::{Alternative, IndexedUnit, ScenarioUnit};

/// What a template is evaluated with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Evaluation<'e> {
    pub template: &'e Template,
    pub sources: &'e Sources,
    pub templates: &'e Asking<'e>,
    /// The sets of values that the repository holds for it.
    pub sets: &'e [ValueSet],
}

impl Evaluation<'_> {
    fn stack(&self, given: &Given, assumptions: Vec<Assumption>) -> Stack<'_> {
        Stack::new(self.template, self.sources, &AwsTypes, self.templates, given.clone(), assumptions)
    }

    /// The names of the exports of the template, and of the stacks that it nests, with their values.
    pub(super) fn exports(&self) -> Vec<(Node, Node)> {
        let own = Given::new();
        let given = self.sets.first().map_or(&own, |set| &set.given);
        self.stack(given, Vec::new()).exported()
    }

    /// The unit of the template, with all that it can be.
    pub(super) fn unit(&self, errors: &[SyntaxError]) -> Option<IndexedUnit> {
        let own = [ValueSet {
            name: SmolStr::default(),
            given: Given::new(),
            files: Vec::new(),
            errors: Vec::new(),
        }];
        let sets = if self.sets.is_empty() { &own } else { self.sets };
        let scenarios = sets.iter().filter_map(|set| {
            let (mut unit, groups) = self.within(&set.given)?;
            unit.unit.files.extend(&set.files);
            for error in &set.errors {
                if !unit.unit.rejections.contains(error) {
                    unit.unit.rejections.push(error.clone());
                }
            }
            let name = Some(set.name.clone()).filter(|name| !name.is_empty());
            Some((unit, ScenarioUnit { name, unit: None, groups, without_defaults: None }))
        });
        let mut first = IndexedUnit::of_scenarios(scenarios.collect())?;
        first.unit.syntax_errors.extend(errors.iter().cloned());
        Some(first)
    }

    /// The unit with some values, and what it can be where others are unknown, and with the other values that the template offers.
    fn within(&self, given: &Given) -> Option<(IndexedUnit, Vec<Vec<Alternative>>)> {
        let mut room = Room::default();
        let stack = self.stack(given, Vec::new()).within_rules()?;
        let Evaluated { mut unit, choices, spent } = self.converted(&stack);
        room.spend(spent);
        let groups = room.plan(&choices);
        let all_default = choices::defaults(&choices, &groups);
        let mut evaluate = |assumptions: &[Assumption]| {
            let stack = self.stack(given, assumptions.to_vec()).within_rules()?;
            Some(self.converted(&stack))
        };
        let mut groups: Vec<Vec<Alternative>> =
            groups.into_iter().map(|group| room.alternatives(group, &mut evaluate)).collect();
        let mut with_one = |assumptions: &[Assumption]| {
            let stack = self.stack(given, assumptions.to_vec()).without_defaults();
            let evaluated = self.converted(&stack);
            Some(Evaluated { choices: Vec::new(), ..evaluated })
        };
        for choice in stack.promised() {
            let planned = room.plan(&[choice]);
            groups.extend(planned.into_iter().map(|group| room.alternatives(group, &mut with_one)));
        }
        groups.extend(all_default.and_then(|assumptions| self.by_default(given, assumptions)));
        unit.unit.unfollowed = room.unfollowed();
        Some((unit, groups.into_iter().filter(|group| !group.is_empty()).collect()))
    }

    /// The unit with all defaults, and the one in which nothing is assumed, for the other values.
    fn by_default(&self, given: &Given, assumptions: Vec<Assumption>) -> Option<Vec<Alternative>> {
        let alternative = |assumptions: Vec<Assumption>| {
            let stack = self.stack(given, assumptions.clone()).within_rules()?;
            Some(Alternative { assumptions, unit: Arc::new(self.converted(&stack).unit) })
        };
        Some(vec![alternative(assumptions)?, alternative(Vec::new())?])
    }

    fn converted(&self, stack: &Stack) -> Evaluated {
        let is_generated = self.templates.is_generated(self.template.file);
        let traits = if is_generated { &GENERATED } else { &TRAITS };
        let mut unit = Unit::new(stack.unit(), traits);
        let mut resources = stack.resources();
        for resource in &mut resources {
            foreign::make_unknown(&mut resource.properties, self.template);
        }
        unit.resources.reserve_exact(resources.len());
        for resource in &resources {
            let origin = self.templates.origin(resource.header.file, &resource.address.resource.name);
            unit.missing_arguments.extend(required::missing(resource));
            unit.unknown_arguments.extend(properties::unknown(resource));
            convert::convert(resource, origin.as_ref(), self.sources, &mut unit);
        }
        unit.files = stack.files();
        unit.is_complete = stack.is_complete();
        unit.rejections = stack.errors();
        unit.rejections.extend(resources.iter().flat_map(narrower::refused));
        unit.rejections.extend(resources.iter().flat_map(unsubstituted::refused));
        unit.rejections.extend(missing_template::refused(self.template, self.sources));
        unit.opaque_refs = stack.opaque().iter().map(Address::block).collect();
        let unread = |at| UnreadCall { at, content: Content::Unknown };
        unit.unread_calls = stack.unread().into_iter().map(unread).collect();
        unit.secrets = Some(stack.secrets());
        if stack.reached_limit() {
            limit::mark_incomplete(&mut unit);
        }
        let (choices, spent) = (stack.choices(), stack.spent());
        Evaluated { unit: indexed(unit), choices, spent }
    }
}

/// Returns `true` if a text may be a template that concerns ECS, or that provides something to one.
pub(super) fn may_be_template(text: &str) -> bool {
    text.contains("Resources") && (text.contains("::") || text.contains("Fn::ForEach"))
}

/// A unit in each of its configurations.
pub(super) fn parts(unit: &IndexedUnit) -> impl Iterator<Item = &Unit> {
    let groups = unit.scenarios.iter().flat_map(|scenario| &scenario.groups).flatten();
    groups.map(|alternative| &alternative.unit.unit).chain([&unit.unit])
}

/// Whether a unit has resources of ECS, in some configuration.
pub(super) fn has_ecs(unit: &IndexedUnit) -> bool {
    let mut resources = parts(unit).flat_map(|unit| &unit.resources);
    resources.any(|resource| resource.address.as_ref().is_some_and(|address| is_ecs(&address.resource.kind)))
}
