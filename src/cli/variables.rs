//! `--var` and `--var-file`: values of Terraform variables.

use std::path::PathBuf;

use clap::Args;

use crate::cli::exit::Failure;
use crate::discover;
use crate::source::{Sources, VariableInput};

#[derive(Clone, Debug, Args)]
pub(super) struct Variables {
    /// File that sets variables of Terraform root modules; can be repeated, later files take precedence.
    #[arg(long, value_name = "FILE")]
    var_file: Vec<PathBuf>,
    /// Variable of Terraform root modules; takes precedence over files.
    #[arg(long, value_name = "NAME=VALUE")]
    var: Vec<String>,
}

impl Variables {
    /// Adds the variables to a run. Fails if a file cannot be read or a variable has no value.
    pub(super) fn give(&self, sources: &mut Sources) -> Result<(), Failure> {
        for path in &self.var_file {
            sources.allow(&discover::root(&sources.absolute(path)));
            let file = sources
                .load(path)
                .map_err(|why| Failure::Usage(format!("--var-file {}: {why}", path.display())))?;
            sources.add_variable(VariableInput::File(file));
        }
        for given in &self.var {
            let Some((name, value)) = given.split_once('=') else {
                return Err(Failure::Usage("--var: expected NAME=VALUE".to_owned()));
            };
            let file = sources.keep(&format!("--var {name}"), value);
            sources.add_variable(VariableInput::Value(name.trim().into(), file));
        }
        Ok(())
    }
}
