//! The form of a template: logical ids, the members of resources, the types of parameters, and the arguments of functions.

use crate::cloudformation::stack::Stack;
use crate::cloudformation::template::is_generator;
use crate::similar::closest;
use crate::value::{Entry, More, Node, NodeKind};

/// The members of a resource.
const MEMBERS: &[&str] = &[
    "Type",
    "Properties",
    "DependsOn",
    "Condition",
    "Metadata",
    "CreationPolicy",
    "UpdatePolicy",
    "DeletionPolicy",
    "UpdateReplacePolicy",
];

/// The types of parameters; those of AWS are not listed.
const PARAMETERS: &[&str] = &["String", "Number", "List<Number>", "List<String>", "CommaDelimitedList"];

/// The resource types of ECS.
const ECS: &[&str] = &[
    "AWS::ECS::CapacityProvider",
    "AWS::ECS::Cluster",
    "AWS::ECS::ClusterCapacityProviderAssociations",
    "AWS::ECS::Daemon",
    "AWS::ECS::DaemonTaskDefinition",
    "AWS::ECS::ExpressGatewayService",
    "AWS::ECS::PrimaryTaskSet",
    "AWS::ECS::Service",
    "AWS::ECS::TaskDefinition",
    "AWS::ECS::TaskSet",
];

/// The number of arguments of functions.
const ARITY: &[(&str, std::ops::RangeInclusive<usize>, &str)] = &[
    ("Fn::If", 3..=3, "a condition and two values"),
    ("Fn::Equals", 2..=2, "two values"),
    ("Fn::Join", 2..=2, "a delimiter and a list"),
    ("Fn::Split", 2..=2, "a delimiter and a text"),
    ("Fn::Select", 2..=2, "an index and a list"),
    ("Fn::FindInMap", 3..=4, "a map and two keys"),
    ("Fn::Not", 1..=1, "one condition"),
];

impl Stack<'_> {
    /// Reports what CloudFormation refuses in any template.
    pub(super) fn reject_structure(&self) {
        let template = self.template;
        if template.has_macros() {
            return;
        }
        for entry in template.section("Parameters") {
            self.check_parameter(entry);
        }
        for entry in template.section("Resources").iter().filter(|entry| !is_generator(&entry.key)) {
            self.check_resource(entry);
        }
        for section in ["Resources", "Outputs", "Conditions"] {
            template.section(section).iter().for_each(|entry| self.check_arguments(&entry.value));
        }
        template.section("Conditions").iter().for_each(|entry| self.check_condition(&entry.value));
    }

    fn check_parameter(&self, entry: &Entry) {
        let Some(kind) = entry.value.get("Type") else { return };
        if let Some(text) = kind.as_str()
            && !text.contains("::")
            && !PARAMETERS.contains(&text)
        {
            let near = closest(text, PARAMETERS.iter().copied());
            let help = near.map(|near| format!("did you mean `{near}`?"));
            self.reject(kind.at, format!("`{text}` is not a type of parameters"), help);
        }
    }

    fn check_resource(&self, entry: &Entry) {
        let id = entry.key.as_str();
        // Other characters may belong to a placeholder.
        let is_possible = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
        if id.contains(['-', '_', '.']) && id.chars().all(is_possible) {
            self.reject(entry.key_at, format!("logical ID `{id}` must consist of letters and digits"), None);
        }
        let members = entry.value.as_object().map_or(&[][..], |object| object.entries.as_slice());
        for member in members.iter().filter(|member| !MEMBERS.contains(&member.key.as_str())) {
            if let Some(near) = closest(&member.key, MEMBERS.iter().copied()) {
                self.reject(
                    member.key_at,
                    format!("a resource has no member `{}`", member.key),
                    Some(format!("did you mean `{near}`?")),
                );
            }
        }
        let Some(kind) = entry.value.get("Type") else { return };
        if let Some(text) = kind.as_str()
            && text.starts_with("AWS::ECS::")
            && !ECS.contains(&text)
            && let Some(near) = closest(text, ECS.iter().copied())
        {
            let help = format!("did you mean `{near}`?");
            self.reject(kind.at, format!("there is no resource type `{text}`"), Some(help));
        }
    }

    /// Reports functions with a wrong number of arguments.
    fn check_arguments(&self, node: &Node) {
        match &node.kind {
            NodeKind::Array(list) => list.items.iter().for_each(|item| self.check_arguments(item)),
            NodeKind::Object(object) => {
                if let [call] = object.entries.as_slice() {
                    self.check_call_arguments(call);
                }
                let macros = object.entries.iter().filter(|entry| entry.key != "Fn::Transform");
                macros.for_each(|entry| self.check_arguments(&entry.value));
            }
            _ => {}
        }
    }

    fn check_call_arguments(&self, call: &Entry) {
        let Some((name, many, what)) = ARITY.iter().find(|(name, ..)| call.key == *name) else { return };
        let Some(list) = call.value.as_array().filter(|list| list.more == More::No) else { return };
        let count = list.items.len();
        if !many.contains(&count) {
            let message = format!("`{name}` needs {what}, and it has {count} arguments");
            self.reject(call.value.at, message, None);
        }
    }

    /// Reports conditions that are not declared, and references to resources, which do not exist yet when conditions are evaluated.
    fn check_condition(&self, node: &Node) {
        match &node.kind {
            NodeKind::Array(list) => list.items.iter().for_each(|item| self.check_condition(item)),
            NodeKind::Object(object) => {
                for entry in &object.entries {
                    match (entry.key.as_str(), entry.value.as_str()) {
                        ("Condition", Some(name)) => self.check_condition_name(name, &entry.value),
                        ("Ref", Some(name)) if self.is_only_resource(name) => {
                            let message = format!("a condition cannot refer to the resource `{name}`");
                            self.reject(entry.value.at, message, None);
                        }
                        _ => self.check_condition(&entry.value),
                    }
                }
            }
            _ => {}
        }
    }

    fn check_condition_name(&self, name: &str, at: &Node) {
        if self.template.is_whole("Conditions") && self.template.member("Conditions", name).is_none() {
            self.reject_with(at.at, || {
                let all = self.template.section("Conditions").iter().map(|entry| entry.key.as_str());
                let help = closest(name, all).map(|near| format!("did you mean `{near}`?"));
                (format!("condition `{name}` is not declared in `Conditions`"), help)
            });
        }
    }

    fn is_only_resource(&self, name: &str) -> bool {
        self.template.member("Resources", name).is_some()
            && self.template.member("Parameters", name).is_none()
    }
}
