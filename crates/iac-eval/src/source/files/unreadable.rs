//! Why a file could not be read.

/// Why a file could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// There is none.
    Missing,
    /// It is not a regular file.
    NotAFile,
    /// It holds more than [`MAX_FILE_BYTES`](crate::source::MAX_FILE_BYTES) bytes.
    TooLarge,
    /// Its bytes are not UTF-8.
    NotText,
    /// It is UTF-16, as some shells of Windows write it, which neither the AWS CLI nor Terraform reads.
    Wide,
    /// It lies outside of the directories being checked.
    Outside,
    /// Whoever runs this may not read it.
    Forbidden,
    /// The system refused.
    Refused,
}

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Unreadable::Missing => "no such file",
            Unreadable::NotAFile => "not a regular file",
            Unreadable::TooLarge => "larger than 64 MiB",
            Unreadable::NotText => "not UTF-8 text",
            Unreadable::Wide => "UTF-16 text; save it as UTF-8",
            Unreadable::Outside => "outside of the directories being checked",
            Unreadable::Forbidden => "permission denied",
            Unreadable::Refused => "cannot be read",
        })
    }
}
