//! See `rules/invalid-setting.md`.

use super::prelude::*;
use crate::project::Grade;

/// Reports what is wrong with settings.
pub fn check(project: &Project, report: &mut Report) {
    for problem in project.setting_problems() {
        let mut finding = Finding::at(problem.span, problem.message.clone());
        if let Some(help) = &problem.help {
            finding = finding.help(help.clone());
        }
        report.add(match problem.grade {
            Grade::Refused | Grade::Broken(_) => finding,
            Grade::Ignored => finding.warning(),
        });
    }
}
