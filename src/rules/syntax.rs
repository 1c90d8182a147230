//! See `rules/syntax.md`.

use crate::diagnostic::Finding;
use crate::project::{Grade, Problem, Project};
use crate::rules::Report;

/// Reports what was met while the files were read.
pub fn check(project: &Project, report: &mut Report) {
    for problem in project.problems() {
        report.add(finding(problem));
    }
}

fn finding(problem: &Problem) -> Finding {
    let mut finding = Finding::at(problem.span, problem.message.clone());
    if let Some(help) = &problem.help {
        finding = finding.help(help.clone());
    }
    match problem.grade {
        Grade::Refused | Grade::Broken(_) => finding,
        Grade::Ignored => finding.warning(),
    }
}
