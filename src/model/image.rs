//! A container's image: `[registry/]repository[:tag][@digest]`, as far as it is known.

use crate::diagnostic::Place;
use crate::model::Container;

/// As much of an image's name as is known.
#[derive(Clone, Debug)]
pub struct Image {
    /// Where it is written.
    pub place: Place,
    /// What it begins with; all of it where it is known.
    pub start: String,
    /// What it ends with.
    end: String,
    /// Whether it is known in full.
    pub whole: bool,
}

/// Registries on the internet, apart from Docker Hub.
const PUBLIC: &[&str] = &[
    "docker.elastic.co",
    "gcr.io",
    "ghcr.io",
    "mcr.microsoft.com",
    "nvcr.io",
    "public.ecr.aws",
    "quay.io",
    "registry.gitlab.com",
    "registry.k8s.io",
];

/// What an image's name says of its version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// A tag or a digest.
    Chosen,
    /// The tag `latest`.
    Latest,
    /// Nothing, which means `latest`.
    None,
}

impl Container<'_> {
    /// The image, if anything of its name is known.
    pub fn image_name(self) -> Option<Image> {
        let node = &self.view.entry("image")?.value;
        let (start, end) = (node.known_start(), node.known_end());
        let known = !start.is_empty() || !end.is_empty();
        known.then(|| Image { place: Place::from(node), start, end, whole: node.as_str().is_some() })
    }
}

impl Image {
    /// Which version it asks for, where that is certain.
    pub fn version(&self) -> Option<Version> {
        if self.end.ends_with(":latest") {
            return Some(Version::Latest);
        }
        let name = self.start.rsplit('/').next().filter(|_| self.whole)?;
        Some(if name.contains([':', '@']) { Version::Chosen } else { Version::None })
    }

    /// The repository of an image that is in a private registry of ECR, if its name is known to its end.
    pub fn ecr_repository(&self) -> Option<&str> {
        let texts = [self.start.as_str(), self.end.as_str()];
        texts.into_iter().find_map(|text| {
            let (_, path) =
                text.split_once(".amazonaws.com/").or_else(|| text.split_once(".amazonaws.com.cn/"))?;
            let end = path.find([':', '@']);
            let whole = self.whole || text == self.end;
            end.map(|end| &path[..end]).or_else(|| whole.then_some(path)).filter(|name| !name.is_empty())
        })
    }

    /// Whether it certainly comes from a registry on the internet.
    pub fn is_public(&self) -> bool {
        let host = self.start.split_once('/').map(|(host, _)| host);
        self.docker_hub().is_some() || host.is_some_and(|host| PUBLIC.contains(&host))
    }

    /// Whether it says which registry it comes from, as far as it is known.
    pub fn has_registry(&self) -> bool {
        self.whole || self.start.contains('/')
    }

    /// The image's name below Docker Hub, if it certainly comes from there.
    pub fn docker_hub(&self) -> Option<&str> {
        let start = self.start.as_str();
        for host in ["docker.io/", "index.docker.io/", "registry-1.docker.io/", "registry.hub.docker.com/"] {
            if let Some(name) = start.strip_prefix(host) {
                return Some(name);
            }
        }
        match start.split_once('/') {
            Some((first, _)) => (!first.contains(['.', ':']) && first != "localhost").then_some(start),
            // Without a slash it is a name, unless a slash is still to come.
            None => (!start.is_empty() && self.whole).then_some(start),
        }
    }
}
