//! See `rules/user-data-not-encoded.md`.

use super::prelude::*;
use crate::model::{Kind, is_not_encoded};

/// Reports user data that is not encoded as Base64.
pub fn check(project: &Project, report: &mut Report) {
    for kind in [Kind::LaunchTemplate, Kind::Instances] {
        for resource in project.of(kind) {
            let field = project.view(resource).field("UserData");
            let Some(entry) = field.entry().filter(|entry| is_not_encoded(&entry.value)) else { continue };
            report.add(
                Finding::at(Place::key(entry), format!("`{field}` is not encoded as Base64")).help(
                    "encode the script: `base64encode(…)` in Terraform, `Fn::Base64` in CloudFormation",
                ),
            );
        }
    }
}
