//! See `rules/dependency-cycle.md`.

use super::prelude::*;
use crate::model::Dependency;
use crate::suggest::join_and;

/// Reports circular dependencies between containers.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.definitions() {
        let mut graph = Graph::of(task);
        while let Some(cycle) = graph.take_cycle() {
            if let Some((first, rest)) = cycle.split_first() {
                report.add(finding(*first, rest));
            }
        }
    }
}

/// The dependencies between the containers of a task. Containers that can start are removed from it.
struct Graph<'a> {
    needs: Vec<Vec<(usize, Dependency<'a>)>>,
    left: Vec<bool>,
}

impl<'a> Graph<'a> {
    fn of(task: Task<'a>) -> Graph<'a> {
        let containers: Vec<Container> = task.containers().collect();
        let names: Vec<Option<&str>> = containers.iter().map(|container| container.name().known()).collect();
        let target = |need: Dependency<'a>| {
            let index = names.iter().position(|name| *name == Some(need.name))?;
            Some((index, need))
        };
        let needs = containers.iter().map(|one| one.dependencies().into_iter().filter_map(target).collect());
        Graph { needs: needs.collect(), left: vec![true; containers.len()] }
    }

    /// Removes a cycle from the graph, and returns its dependencies in order; `None` if there is no cycle.
    fn take_cycle(&mut self) -> Option<Vec<Dependency<'a>>> {
        while let Some(ready) = (0..self.left.len()).find(|one| self.left[*one] && self.next(*one).is_none())
        {
            self.left[ready] = false;
        }
        // Each remaining container depends on a remaining one, so every walk returns to a container it has visited.
        let mut path = Vec::new();
        let mut walk = Vec::new();
        let mut at = self.left.iter().position(|left| *left)?;
        while !path.contains(&at) {
            path.push(at);
            let (next, need) = self.next(at)?;
            walk.push(need);
            at = next;
        }
        let start = path.iter().position(|one| *one == at)?;
        path[start..].iter().for_each(|one| self.left[*one] = false);
        Some(walk.split_off(start))
    }

    fn next(&self, one: usize) -> Option<(usize, Dependency<'a>)> {
        self.needs[one].iter().find(|(other, _)| self.left[*other]).copied()
    }
}

fn finding(first: Dependency, rest: &[Dependency]) -> Finding {
    let message = match rest {
        [] => format!("{} depends on itself", first.container.called()),
        _ => {
            let names = rest.iter().filter_map(|need| need.container.name().known());
            format!("{} depends on itself via {}", first.container.called(), join_and(names))
        }
    };
    let labels = rest
        .iter()
        .map(|need| (need.place, format!("{} depends on `{}`", need.container.called(), need.name)));
    Finding::at(first.place, message).labels(labels).help("remove one of the dependencies")
}
