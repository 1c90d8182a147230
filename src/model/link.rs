//! The result of resolving a reference to a resource.

/// The target of a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link<T> {
    /// This target.
    To(T),
    /// An unknown target: it is not in the files, or not with certainty.
    Unknown,
    /// There is no reference.
    None,
}

impl<T> Link<T> {
    /// The target; `None` unless it is known.
    pub fn known(self) -> Option<T> {
        match self {
            Link::To(to) => Some(to),
            Link::Unknown | Link::None => None,
        }
    }

    /// Converts the target.
    pub fn map<U>(self, form: impl FnOnce(T) -> U) -> Link<U> {
        match self {
            Link::To(to) => Link::To(form(to)),
            Link::Unknown => Link::Unknown,
            Link::None => Link::None,
        }
    }
}
