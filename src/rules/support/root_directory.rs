//! Root directories of volumes in a shared file system.

use super::prelude::*;
use crate::value::Entry;

/// Reports a root directory of a volume that is mounted through an access point, unless it is `/`.
pub fn with_access_point(root: Field, point: &Entry) -> Option<Finding> {
    let (directory, place) = root.str().known_at().filter(|(directory, _)| *directory != "/")?;
    let remove = format!("remove `{root}`");
    Some(
        Finding::at(
            place,
            format!(
                "root directory `{directory}` cannot be combined with an access point, which has its own"
            ),
        )
        .label(&point.value, "the access point")
        .help(format!("{remove}, or set it to `/`"))
        .fix(Safety::Unsafe, remove, root.remove()),
    )
}
