//! See `rules/syntax.md`.

use super::prelude::*;
use crate::project::{Grade, Problem};

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
    if problem.is_superfluous {
        finding = finding.fix(Safety::Safe, "remove the comma", [Change::Strike(problem.span)]);
    }
    match problem.grade {
        Grade::Refused | Grade::Broken(_) => finding,
        Grade::Ignored => finding.warning(),
    }
}
