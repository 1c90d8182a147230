//! See `rules/terraform-error.md`.

use super::prelude::*;
use crate::project::{Grade, Problem};

/// Reports what Terraform refuses when it evaluates the configuration.
pub fn check(project: &Project, report: &mut Report) {
    for problem in project.refusals() {
        report.add(finding(problem));
    }
}

fn finding(problem: &Problem) -> Finding {
    let mut finding = Finding::at(problem.span, problem.message.clone());
    for label in &problem.labels {
        finding = finding.label(label.span, label.message.clone());
    }
    match problem.grade {
        Grade::Refused | Grade::Broken(_) => finding,
        Grade::Ignored => finding.warning(),
    }
}
