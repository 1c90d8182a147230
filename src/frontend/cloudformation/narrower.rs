//! Values of the API that CloudFormation's own schemas do not have.

use crate::cloudformation;
use crate::syntax::SyntaxError;
use crate::value::Entry;

/// The type, the property, the value, and what is expected instead.
const REFUSED: &[(&str, &str, &str, &str)] = &[
    ("AWS::ECS::Service", "LaunchType", "MANAGED_INSTANCES", "`EC2`, `FARGATE`, or `EXTERNAL`"),
    ("AWS::ECS::Service", "PropagateTags", "NONE", "`SERVICE` or `TASK_DEFINITION`"),
];

/// The values of a resource that CloudFormation refuses before it sends a request.
pub(super) fn refused(resource: &cloudformation::Resource) -> Vec<SyntaxError> {
    let kind = &resource.address.resource.kind;
    let of_type = REFUSED.iter().filter(|(known, ..)| known == kind);
    let found = of_type.filter_map(|(_, property, value, expected)| {
        let entry: &Entry = resource.properties.entry(property)?;
        let is_refused = entry.value.as_str() == Some(value);
        let message =
            || format!("CloudFormation does not support `{property}` `{value}`: expected {expected}");
        let help = (*property == "PropagateTags").then(|| "remove `PropagateTags`".to_owned());
        is_refused.then(|| SyntaxError { help, ..SyntaxError::rejected(entry.value.at, message()) })
    });
    found.collect()
}
