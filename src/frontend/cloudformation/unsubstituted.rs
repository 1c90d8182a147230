//! Placeholders of `Fn::Sub` in texts that no `Fn::Sub` replaces.

use crate::cloudformation::Resource;
use crate::syntax::SyntaxError;
use crate::value::{Node, NodeKind};

/// The members of containers that ECS itself reads. The other texts are for the program in the container.
const READ: &[&str] = &["Image", "LogConfiguration", "Secrets", "EnvironmentFiles", "RepositoryCredentials"];

/// Pseudo parameters that stay in the request as text: nothing has such a name.
pub(super) fn refused(resource: &Resource) -> Vec<SyntaxError> {
    let mut found = Vec::new();
    if resource.address.resource.kind == "AWS::ECS::TaskDefinition" {
        let containers = resource.properties.get("ContainerDefinitions").and_then(Node::as_array);
        let containers = containers.map_or(&[][..], |list| list.items.as_slice());
        let members = containers.iter().flat_map(|one| READ.iter().filter_map(|name| one.get(name)));
        members.for_each(|member| search(member, &mut found));
    }
    found
}

fn search(node: &Node, found: &mut Vec<SyntaxError>) {
    match &node.kind {
        NodeKind::Array(list) => list.items.iter().for_each(|item| search(item, found)),
        NodeKind::Object(object) => object.entries.iter().for_each(|entry| search(&entry.value, found)),
        NodeKind::String(text) => {
            let Some(start) = text.find("${AWS::") else { return };
            let Some(end) = text[start..].find('}') else { return };
            let name = &text[start..=start + end];
            let message =
                format!("`{name}` is not replaced, because the text is not the argument of `Fn::Sub`");
            let help = Some("use `!Sub` (in JSON, `Fn::Sub`) for this text".to_owned());
            found.push(SyntaxError { help, ..SyntaxError::rejected(node.at, message) });
        }
        _ => {}
    }
}
