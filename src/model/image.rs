//! Container images: `[registry/]repository[:tag][@digest]`, as far as they are known.

use crate::diagnostic::Place;
use crate::model::Container;

/// The known parts of an image name.
#[derive(Clone, Debug)]
pub struct Image {
    /// The place of the image.
    pub place: Place,
    /// The known start; the whole image if it is known.
    pub start: String,
    /// The known end.
    end: String,
    /// Whether the whole image is known.
    pub whole: bool,
}

/// Public registries other than Docker Hub.
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

/// How an image name selects a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// By a tag or a digest.
    Chosen,
    /// By the tag `latest`.
    Latest,
    /// Not at all, which implies `latest`.
    None,
}

impl Container<'_> {
    /// The image; `None` if no part of its name is known.
    pub fn image_name(self) -> Option<Image> {
        let node = &self.view.entry("image")?.value;
        let (start, end) = (node.known_start(), node.known_end());
        let known = !start.is_empty() || !end.is_empty();
        known.then(|| Image { place: Place::from(node), start, end, whole: node.as_str().is_some() })
    }
}

impl Image {
    /// How the image selects its version; `None` if that is uncertain.
    pub fn version(&self) -> Option<Version> {
        if self.end.ends_with(":latest") {
            return Some(Version::Latest);
        }
        let name = self.start.rsplit('/').next().filter(|_| self.whole)?;
        Some(if name.contains([':', '@']) { Version::Chosen } else { Version::None })
    }

    /// The repository of an image in a private Amazon ECR registry; `None` unless its name is fully known.
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

    /// The Region of an image in a private Amazon ECR registry.
    pub fn ecr_region(&self) -> Option<&str> {
        let texts = [self.start.as_str(), self.end.as_str()];
        texts.into_iter().find_map(|text| {
            let (_, rest) = text.split_once(".dkr.ecr.")?;
            let (region, _) = rest.split_once(".amazonaws.com")?;
            Some(region)
        })
    }

    /// Returns `true` if the image certainly comes from a public registry.
    pub fn is_public(&self) -> bool {
        let host = self.start.split_once('/').map(|(host, _)| host);
        self.docker_hub().is_some() || host.is_some_and(|host| PUBLIC.contains(&host))
    }

    /// Returns `true` if the image specifies a registry, as far as it is known.
    pub fn has_registry(&self) -> bool {
        self.whole || self.start.contains('/')
    }

    /// The image name within Docker Hub; `None` unless the image certainly comes from there.
    pub fn docker_hub(&self) -> Option<&str> {
        let start = self.start.as_str();
        for host in ["docker.io/", "index.docker.io/", "registry-1.docker.io/", "registry.hub.docker.com/"] {
            if let Some(name) = start.strip_prefix(host) {
                return Some(name);
            }
        }
        // Repository names have no capital letters, so this stands for an image that is set elsewhere: `REPOSITORY_URI:TAG`.
        let repository = start.split([':', '@']).next().unwrap_or_default();
        if repository.contains(|letter: char| letter.is_ascii_uppercase()) {
            return None;
        }
        match start.split_once('/') {
            Some((first, _)) => (!first.contains(['.', ':']) && first != "localhost").then_some(start),
            // Without a slash, this is an image name, unless the unknown rest contains a slash.
            None => (!start.is_empty() && self.whole).then_some(start),
        }
    }
}
