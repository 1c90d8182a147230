//! What a value that names a resource leads to.

/// What a reference leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link<T> {
    /// To this.
    To(T),
    /// To something the files do not hold, or not for certain.
    Unknown,
    /// Nothing is referred to.
    None,
}

impl<T> Link<T> {
    /// What it leads to, where that is known.
    pub fn known(self) -> Option<T> {
        match self {
            Link::To(to) => Some(to),
            Link::Unknown | Link::None => None,
        }
    }

    /// The same link, to another form of what it leads to.
    pub fn map<U>(self, form: impl FnOnce(T) -> U) -> Link<U> {
        match self {
            Link::To(to) => Link::To(form(to)),
            Link::Unknown => Link::Unknown,
            Link::None => Link::None,
        }
    }
}
