//! The inputs of a run: files to check, and values of variables.

use smol_str::SmolStr;

use crate::source::FileId;

/// A value of a root module's variables that is given from outside of its directory; later ones count before earlier ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VariableInput {
    /// A `.tfvars` or `.tfvars.json` file.
    File(FileId),
    /// The name of a variable, and a kept text that is its value.
    Value(SmolStr, FileId),
}

/// A file the run was asked to check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Input {
    /// The file.
    pub file: FileId,
    /// How it came to be one.
    pub requested: Requested,
}

/// How a file came to be checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Requested {
    /// Its own path was given.
    Explicit,
    /// It was met in a directory.
    Discovered,
}
