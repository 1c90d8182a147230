//! The images of EC2 instances (AMIs): whether they contain the ECS agent, and their platform.
//!
//! Names of parameters and images are those of
//! <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/retrieve-ecs-optimized_AMI.html>,
//! <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/retrieve-ecs-optimized_windows_AMI.html>,
//! <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-bottlerocket-retrieve-ami.html>, and
//! <https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters-ami.html>.

use crate::diagnostic::Place;
use crate::model::Project;
use crate::resource::{Kind, Resource};
use crate::value::{Node, NodeKind, Unknown};

/// The image of an instance.
#[derive(Clone, Debug)]
pub struct MachineImage {
    /// What it contains.
    pub system: System,
    /// Its architecture, as `runtimePlatform.cpuArchitecture` names it; `None` if unknown.
    pub architecture: Option<&'static str>,
    /// The name by which it is found.
    pub name: String,
    /// The place of that name.
    pub place: Place,
}

/// The operating system of an image, and its agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum System {
    /// Amazon Linux with the ECS agent.
    AmazonLinux,
    /// Amazon Linux with the ECS agent and the NVIDIA driver.
    Gpu,
    /// Bottlerocket for ECS.
    Bottlerocket,
    /// Windows Server with the ECS agent, and its release: `2019`.
    Windows(&'static str),
    /// A system without the ECS agent.
    WithoutAgent,
}

impl System {
    /// Returns `true` if the image contains the ECS agent.
    pub fn has_agent(self) -> bool {
        self != System::WithoutAgent
    }
}

/// The owners of the images that AWS, Canonical, and Debian publish.
const PUBLISHERS: &[&str] = &[
    "amazon",
    "aws-marketplace",
    "099720109477",
    "136693071363",
    "137112412989",
    "591542846629",
    "801119661308",
];

/// The beginnings of the names of images without an agent. No image with an agent has such a name.
const PLAIN_NAMES: &[&str] = &[
    "al2023-ami-2023",
    "al2023-ami-kernel",
    "al2023-ami-minimal",
    "amazon-eks-",
    "amzn-ami-hvm",
    "amzn-ami-minimal",
    "amzn2-ami-hvm",
    "amzn2-ami-kernel",
    "amzn2-ami-minimal",
    "bottlerocket-aws-k8s",
    "debian-1",
    "ubuntu/images/",
    "ubuntu-minimal/images/",
];

/// The beginnings of the names of images with an agent, before their architecture.
const AGENT_NAMES: &[(&str, System)] = &[
    ("al2023-ami-ecs-gpu-", System::Gpu),
    ("al2023-ami-ecs-hvm-", System::AmazonLinux),
    ("al2023-ami-ecs-kernel-", System::AmazonLinux),
    ("al2023-ami-ecs-neuron-", System::AmazonLinux),
    ("amzn2-ami-ecs-gpu-hvm-", System::Gpu),
    ("amzn2-ami-ecs-hvm-", System::AmazonLinux),
    ("amzn2-ami-ecs-inf-hvm-", System::AmazonLinux),
    ("amzn2-ami-ecs-kernel-", System::AmazonLinux),
    ("amzn2-ami-ecs-neuron-hvm-", System::AmazonLinux),
    ("bottlerocket-aws-ecs-", System::Bottlerocket),
];

/// The beginnings of public parameters for images without an agent.
const PLAIN_PARAMETERS: &[&str] = &[
    "/aws/service/ami-amazon-linux-latest/",
    "/aws/service/canonical/",
    "/aws/service/debian/",
    "/aws/service/eks/",
    "/aws/service/bottlerocket/aws-k8s",
];

const WINDOWS_PARAMETERS: &str = "/aws/service/ami-windows-latest/";

/// The releases of Windows Server.
const RELEASES: &[&str] = &["2016", "2019", "2022", "2025"];

impl<'a> Project<'a> {
    /// The image that the member `ImageId` of a request selects; `None` if nothing certain is known about it.
    pub(crate) fn machine_image(self, node: &'a Node) -> Option<MachineImage> {
        let name = match &node.kind {
            NodeKind::Unknown(Unknown::Reference(name)) => Some(name.as_str()),
            _ => node.as_str(),
        };
        if let Some(name) = name {
            return of_parameter(parameter_name(name)?, Place::from(node));
        }
        let query = self.resolve(&[Kind::ImageQuery, Kind::ParameterQuery], node).known()?;
        match query.kind {
            Kind::ParameterQuery => {
                let name = query.request.get("Name")?;
                of_parameter(name.as_str()?, Place::from(name))
            }
            _ => self.of_query(query),
        }
    }

    /// The image that a query finds by owner and name.
    fn of_query(self, query: &'a Resource) -> Option<MachineImage> {
        let view = self.view(query);
        let owners = view.list("Owners");
        let is_published = owners.is_complete()
            && owners.iter().next().is_some()
            && owners.iter().all(|owner| owner.node.as_str().is_some_and(|id| PUBLISHERS.contains(&id)));
        if !is_published || view.entry("NameRegex").is_some() {
            return None;
        }
        let values = |filter: &str| {
            let mut filters = view.list("Filters").objects();
            let found = filters.find(|it| it.str("Name").known() == Some(filter))?;
            let values = found.list("Values");
            values
                .is_complete()
                .then(|| values.iter().filter_map(|it| Some((it.node.as_str()?, it.place()))).collect())
        };
        let names: Vec<(&str, Place)> = values("name")?;
        let asked: Option<Vec<(&str, Place)>> = values("architecture");
        let asked = asked.as_deref().and_then(|all| match all {
            [("x86_64", _)] => Some("X86_64"),
            [("arm64", _)] => Some("ARM64"),
            _ => None,
        });
        let [(name, place)] = names.as_slice() else { return None };
        let system = system_of_name(name)?;
        let architecture = asked.or_else(|| architecture(name));
        Some(MachineImage { system, architecture, name: (*name).to_owned(), place: *place })
    }
}

/// The parameter in `resolve:ssm:…` or `{{resolve:ssm:…}}`, without its version.
fn parameter_name(text: &str) -> Option<&str> {
    let text = text.strip_prefix("{{").and_then(|text| text.strip_suffix("}}")).unwrap_or(text);
    let name =
        text.strip_prefix("resolve:ssm:").or_else(|| text.starts_with("/aws/service/").then_some(text))?;
    name.split(':').next()
}

/// The image that a public parameter names.
fn of_parameter(name: &str, place: Place) -> Option<MachineImage> {
    let image = |system: System, architecture: Option<&'static str>| {
        Some(MachineImage { system, architecture, name: name.to_owned(), place })
    };
    let words = || name.split(['/', '-', '_']);
    if let Some(rest) = name.strip_prefix("/aws/service/ecs/optimized-ami/") {
        if let Some(release) = rest.strip_prefix("windows_server/") {
            let release = RELEASES.iter().find(|known| release.starts_with(**known))?;
            return image(System::Windows(release), Some("X86_64"));
        }
        let has = |word: &str| words().any(|other| other == word);
        let system = if has("gpu") { System::Gpu } else { System::AmazonLinux };
        return image(system, Some(if has("arm64") { "ARM64" } else { "X86_64" }));
    }
    if name.starts_with("/aws/service/bottlerocket/aws-ecs-") {
        return image(System::Bottlerocket, architecture(name));
    }
    if let Some(rest) = name.strip_prefix(WINDOWS_PARAMETERS) {
        if !rest.contains("ECS_Optimized") {
            return image(System::WithoutAgent, Some("X86_64"));
        }
        let release = RELEASES.iter().find(|known| words().any(|word| word == **known))?;
        return image(System::Windows(release), Some("X86_64"));
    }
    let is_plain = PLAIN_PARAMETERS.iter().any(|start| name.starts_with(start));
    if is_plain { image(System::WithoutAgent, architecture(name)) } else { None }
}

/// The system of the images whose names match a pattern.
fn system_of_name(pattern: &str) -> Option<System> {
    let known = pattern.split(['*', '?']).next().unwrap_or_default();
    if let Some((_, system)) = AGENT_NAMES.iter().find(|(start, _)| known.starts_with(start)) {
        return Some(*system);
    }
    if known.starts_with("Windows_Server-") {
        if pattern.ends_with("Full-Base-*") || pattern.ends_with("Core-Base-*") {
            return Some(System::WithoutAgent);
        }
        let release =
            RELEASES.iter().find(|release| known.starts_with(&format!("Windows_Server-{release}-")))?;
        return pattern.contains("ECS_Optimized").then_some(System::Windows(release));
    }
    PLAIN_NAMES.iter().any(|start| known.starts_with(start)).then_some(System::WithoutAgent)
}

/// The architecture in the name of an image or parameter.
fn architecture(name: &str) -> Option<&'static str> {
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    match (has(&["x86_64", "amd64"]), has(&["arm64", "aarch64"])) {
        (true, false) => Some("X86_64"),
        (false, true) => Some("ARM64"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_that_no_image_with_an_agent_has_are_plain() {
        assert_eq!(system_of_name("al2023-ami-2023.*-x86_64"), Some(System::WithoutAgent));
        assert_eq!(system_of_name("al2023-ami-*-x86_64"), None);
        assert_eq!(system_of_name("amzn2-ami-*-hvm-*"), None);
        assert_eq!(system_of_name("amzn2-ami-ecs-hvm-*-x86_64-ebs"), Some(System::AmazonLinux));
        assert_eq!(system_of_name("amzn-ami-*-amazon-ecs-optimized"), None);
        assert_eq!(
            system_of_name("ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-*"),
            Some(System::WithoutAgent)
        );
        assert_eq!(
            system_of_name("Windows_Server-2019-English-Full-ECS_Optimized-*"),
            Some(System::Windows("2019"))
        );
    }
}
