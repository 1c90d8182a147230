//! See `rules/invalid-image.md`.

use super::prelude::*;
use crate::value::NodeKind;

/// The longest name of an image with a tag.
const MAX_LEN: usize = 255;

/// Reports images whose names ECS refuses.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.containers() {
        report
            .extend(no_image(container).or_else(|| empty_image(container)).or_else(|| malformed(container)));
    }
}

/// Whether Terraform sends the container as it is written. A JSON file may wait for a pipeline.
fn is_sent(container: Container) -> bool {
    container.task.resource.traits.is_final
}

/// A container without an image that is written beside its task definition: one in a file of its own may wait for a
/// pipeline, in Terraform too.
fn no_image(container: Container) -> Option<Finding> {
    let node = container.view.node;
    let is_beside = node.at.file == container.task.resource.header.file;
    let is_absent = is_beside && node.get("image").is_none() && container.image().is_missing();
    let message = format!("{} has no image", container.called());
    (is_absent && is_sent(container))
        .then(|| Finding::at(container.anchor(), message).help("name the image to run"))
}

/// In a JSON file an empty image waits for the pipeline, but Terraform sends what it has. One that comes of a variable's
/// default waits for whoever sets the variable.
fn empty_image(container: Container) -> Option<Finding> {
    let sent = is_sent(container);
    let node = container.view.node.get("image").filter(|node| sent && node.used.is_none())?;
    let blank =
        matches!(&node.kind, NodeKind::String(text) if text.is_empty()) || node.kind == NodeKind::Null;
    let message = format!("the image of {} is empty", container.called());
    blank.then(|| Finding::at(Place::from(node), message).help("name the image to run"))
}

fn malformed(container: Container) -> Option<Finding> {
    let Known(image, place) = container.image() else { return None };
    let fault = fault(image)?;
    let finding = Finding::at(place, format!("the image `{image}` {fault}"));
    Some(match image.trim() {
        trimmed if trimmed != image && !trimmed.is_empty() && self::fault(trimmed).is_none() => {
            let change = container.view.field("image").set(trimmed);
            finding.help("remove the blanks around it").fix(
                Safety::Safe,
                format!("write `{trimmed}`"),
                change,
            )
        }
        _ => finding.help("write it as `registry/repository:tag` or `registry/repository@sha256:…`"),
    })
}

/// What is wrong with the name of an image. Braces, dollars and the like are left of a template, not a mistake.
fn fault(image: &str) -> Option<String> {
    if image.contains(['{', '}', '<', '>', '$', '%', '[', ']', '*']) {
        return None;
    }
    let allowed = |c: &char| c.is_ascii_alphanumeric() || "-_.:/#@".contains(*c);
    if let Some(wrong) = image.chars().find(|c| !allowed(c)) {
        return Some(match wrong {
            ' ' => "has a blank in it".to_owned(),
            '\n' | '\r' | '\t' => "has a line break or a tab in it".to_owned(),
            _ => format!("has a `{wrong}` in it, which no image's name has"),
        });
    }
    let (name, digest) = image.split_once('@').map_or((image, None), |(name, digest)| (name, Some(digest)));
    match digest {
        Some(digest) if !is_digest(digest) => {
            Some("has no `sha256:` and 64 hexadecimal digits behind the `@`".to_owned())
        }
        None if name.len() > MAX_LEN => Some(format!("is longer than {MAX_LEN} characters")),
        _ => None,
    }
}

/// Whether it is a digest. Another algorithm than SHA-256 is left to the registry.
fn is_digest(digest: &str) -> bool {
    match digest.split_once(':') {
        Some(("sha256", hex)) => hex.len() == 64 && hex.chars().all(|c| c.is_ascii_hexdigit()),
        Some(_) => true,
        None => false,
    }
}
