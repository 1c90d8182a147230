//! Lists that exceed a limit.

/// Returns the first item beyond the limit of `most` items, and the total number of items; `None` if the limit is not
/// exceeded.
pub fn first_beyond<T>(items: impl IntoIterator<Item = T>, most: usize) -> Option<(T, usize)> {
    let mut items = items.into_iter();
    let first = items.nth(most)?;
    Some((first, most + 1 + items.count()))
}

#[cfg(test)]
mod tests {
    use super::first_beyond;

    #[test]
    fn as_many_as_allowed_are_not_too_many() {
        assert_eq!(first_beyond([1, 2], 2), None);
        assert_eq!(first_beyond([1, 2, 3, 4], 2), Some((3, 4)));
    }
}
