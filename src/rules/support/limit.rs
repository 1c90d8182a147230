//! Lists with more items than they may have.

/// The first item after the `most` that there may be, and the number of all; `None` if they are not too many.
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
