//! "Did you mean …?"

/// The name that differs least from another; `None` if all differ much.
pub(crate) fn closest<'n>(name: &str, all: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let distance =
        |other: &str| strsim::osa_distance(&name.to_ascii_lowercase(), &other.to_ascii_lowercase());
    let near = all.map(|other| (distance(other), other)).min()?;
    (near.0 <= 1 + name.len() / 4).then_some(near.1)
}
