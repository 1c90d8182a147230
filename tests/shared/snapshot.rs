//! Expected outputs, in a test or in a file. `UPDATE=1 cargo test` writes what was found in their place.

use std::env;
use std::path::Path;

use snapbox::assert::Action;
use snapbox::data::DataFormat;
use snapbox::{Assert, Data, IntoData};

/// Compares an output with what is expected of it, or writes it there if `UPDATE` is set.
///
/// # Errors
/// The diff, or why it cannot be written.
pub fn compare(found: impl Into<String>, expected: impl IntoData) -> Result<(), String> {
    let action = if env::var_os("UPDATE").is_some() { Action::Overwrite } else { Action::Verify };
    // Nothing in an expected output stands for anything else.
    let expected = expected.into_data().raw();
    let found = Data::text(found.into());
    Assert::new().action(action).try_eq(Some(&"found"), found, expected).map_err(|diff| diff.to_string())
}

/// What a file says that holds an expected output.
pub fn file(path: &Path) -> Data {
    Data::read_from(path, Some(DataFormat::Text))
}
