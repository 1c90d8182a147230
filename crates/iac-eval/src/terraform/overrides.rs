//! Override files: `override.tf`, `*_override.tf`, and the same of OpenTofu change the declarations in the other files of a directory.

use crate::source::FileId;
use crate::syntax::hcl::{Block, Body};

/// Merges an override file into the declarations. A block that is not declared elsewhere is added.
pub(super) fn apply(bodies: &mut Vec<(FileId, Body)>, file: FileId, overrides: Body) {
    let mut rest = Body::default();
    for block in overrides.blocks {
        match block.kind.as_str() {
            "locals" => override_locals(bodies, &mut rest, block),
            _ => match declared(bodies, &block) {
                Some(found) => merge(found, block),
                None => rest.blocks.push(block),
            },
        }
    }
    bodies.push((file, rest));
}

fn declared<'b>(bodies: &'b mut [(FileId, Body)], block: &Block) -> Option<&'b mut Block> {
    let mut blocks = bodies.iter_mut().flat_map(|(_, body)| &mut body.blocks);
    blocks.find(|known| known.kind == block.kind && known.labels == block.labels)
}

/// Replaces arguments with the same name, and all blocks of the same type.
fn merge(known: &mut Block, change: Block) {
    for attribute in change.body.attributes {
        match known.body.attributes.iter_mut().find(|known| known.name == attribute.name) {
            Some(known) => *known = attribute,
            None => known.body.attributes.push(attribute),
        }
    }
    known.body.blocks.retain(|inner| !change.body.blocks.iter().any(|new| new.kind == inner.kind));
    known.body.blocks.extend(change.body.blocks);
}

/// Replaces locals with the same name, in whichever block they are declared.
fn override_locals(bodies: &mut [(FileId, Body)], rest: &mut Body, mut block: Block) {
    for attribute in std::mem::take(&mut block.body.attributes) {
        let blocks =
            bodies.iter_mut().flat_map(|(_, body)| &mut body.blocks).filter(|known| known.kind == "locals");
        let mut known = blocks.flat_map(|known| &mut known.body.attributes);
        match known.find(|known| known.name == attribute.name) {
            Some(known) => *known = attribute,
            None => block.body.attributes.push(attribute),
        }
    }
    rest.blocks.push(block);
}
