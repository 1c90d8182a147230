//! Values that only stand in for a credential.

/// Words in values that are only samples.
const SAMPLES: [&str; 18] = [
    "example",
    "changeme",
    "change_me",
    "change-me",
    "placeholder",
    "replace",
    "your-",
    "your_",
    "yourpass",
    "insert",
    "dummy",
    "sample",
    "redacted",
    "xxxx",
    "****",
    "not-a-",
    "fake",
    "secretpassword",
];

/// Whether a value is a sample.
pub(super) fn is_sample(value: &str) -> bool {
    let value = value.to_ascii_lowercase();
    SAMPLES.iter().any(|word| value.contains(word))
}
