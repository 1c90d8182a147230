//! The inputs of a run: files to check, and values of variables.

use smol_str::SmolStr;

use crate::source::FileId;

/// A value for root module variables that comes from outside the module's directory; later values override earlier
/// ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VariableInput {
    /// A `.tfvars` or `.tfvars.json` file.
    File(FileId),
    /// The name of a variable, and the kept text of its value.
    Value(SmolStr, FileId),
}

/// A file that the run was asked to check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Input {
    /// The file.
    pub file: FileId,
    /// How the file came to be checked.
    pub requested: Requested,
}

/// How a file came to be checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Requested {
    /// Its path was given explicitly.
    Explicit,
    /// It was found in a directory.
    Discovered,
}
