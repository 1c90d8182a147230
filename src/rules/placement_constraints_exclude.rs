//! See `rules/placement-constraints-exclude.md`.

use super::prelude::*;
use super::support::placement::{self, Fact};

/// Reports placement constraints that no container instance can satisfy together.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks().filter(|task| task.requires("FARGATE").is_none()) {
        let facts = facts(task.view);
        let of_task = conflict(&facts, &facts);
        let services = project
            .services()
            .filter(|service| service.task().known().is_some_and(|found| found.resource.is(task.resource)));
        let finding = of_task.or_else(|| {
            services.into_iter().find_map(|service| {
                let own = self::facts(service.view);
                conflict(&own, &own).or_else(|| conflict(&facts, &own))
            })
        });
        report.extend(finding);
    }
}

fn conflict(some: &[Fact], others: &[Fact]) -> Option<Finding> {
    let excludes = |one: &Fact, other: &Fact| {
        one.attribute == other.attribute && !one.values.iter().any(|value| other.values.contains(value))
    };
    let (one, other) =
        some.iter().find_map(|one| Some((one, others.iter().find(|other| excludes(one, other))?)))?;
    Some(
        Finding::at(
            other.place,
            format!("no container instance satisfies both placement constraints on `{}`", one.attribute),
        )
        .label(one.place, format!("this one requires {}", spelled(&one.values)))
        .label(other.place, format!("this one requires {}", spelled(&other.values)))
        .help("remove one of the constraints, or change it to agree with the other"),
    )
}

fn spelled(values: &[String]) -> String {
    let quoted: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
    quoted.join(" or ")
}

/// What the constraints of a task definition or service require, with what follows from it.
fn facts(view: View) -> Vec<Fact> {
    let found = placement::facts(view).into_iter();
    found.flat_map(|fact| [system(&fact), Some(fact)]).flatten().collect()
}

/// The type of operating system that a family of operating systems implies.
fn system(fact: &Fact) -> Option<Fact> {
    if fact.attribute != "ecs.os-family" {
        return None;
    }
    let of = |family: &String| {
        ["linux", "windows"].into_iter().find(|system| family.starts_with(system)).map(str::to_owned)
    };
    let values = fact.values.iter().map(of).collect::<Option<Vec<_>>>()?;
    Some(Fact { attribute: "ecs.os-type".to_owned(), values, place: fact.place })
}
