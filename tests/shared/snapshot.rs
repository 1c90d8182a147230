//! Expected outputs, in a test or in a file. `UPDATE=1 cargo test` replaces them with the actual output.

use std::env;
use std::path::Path;

use snapbox::assert::Action;
use snapbox::data::DataFormat;
use snapbox::{Assert, Data, IntoData};

/// Compares an output with the expected one, or writes it if `UPDATE` is set.
///
/// # Errors
/// The diff, or why the output cannot be written.
pub fn compare(found: impl Into<String>, expected: impl IntoData) -> Result<(), String> {
    let action = if env::var_os("UPDATE").is_some() { Action::Overwrite } else { Action::Verify };
    // Expected outputs have no wildcards.
    let expected = expected.into_data().raw();
    let found = Data::text(found.into());
    Assert::new().action(action).try_eq(Some(&"found"), found, expected).map_err(|diff| diff.to_string())
}

/// Reads a file with an expected output.
pub fn file(path: &Path) -> Data {
    Data::read_from(path, Some(DataFormat::Text))
}
