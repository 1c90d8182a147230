//! `ecslint completions`.

use std::io::Write;

use clap::ValueEnum;
use clap_complete::{Shell as Known, generate};

use crate::cli::exit::{CLEAN, Failure};

/// The shells that completions are available for.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Shell {
    Bash,
    Elvish,
    Fish,
    Nushell,

    Powershell,
    Zsh,
}

/// Writes the completions for a shell.
pub(super) fn write(shell: Shell, command: &mut clap::Command, out: &mut dyn Write) -> Result<u8, Failure> {
    let out = &mut Writer(out);
    match shell {
        Shell::Bash => generate(Known::Bash, command, "ecslint", out),
        Shell::Elvish => generate(Known::Elvish, command, "ecslint", out),
        Shell::Fish => generate(Known::Fish, command, "ecslint", out),
        Shell::Nushell => generate(clap_complete_nushell::Nushell, command, "ecslint", out),
        Shell::Powershell => generate(Known::PowerShell, command, "ecslint", out),
        Shell::Zsh => generate(Known::Zsh, command, "ecslint", out),
    }
    Ok(CLEAN)
}

/// A writer that wraps a reference, for libraries that take a writer by value.
pub(super) struct Writer<'w>(pub(super) &'w mut dyn Write);

impl Write for Writer<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.0.flush()
    }
}
