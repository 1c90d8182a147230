//! Whether output has colours: the option, then the environment, then whether a terminal is there.

use std::env;
use std::io::IsTerminal;

use clap::ValueEnum;

use crate::report::human::Style;

/// When output has colours.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless NO_COLOR is set; anywhere if FORCE_COLOR or CLICOLOR_FORCE is.
    #[default]
    Auto,
    /// Everywhere.
    Always,
    /// Nowhere.
    Never,
}

impl Color {
    /// The style of standard output.
    pub(super) fn style(self) -> Style {
        let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
        let colour = match self {
            Color::Always => true,
            Color::Never => false,
            Color::Auto if set("NO_COLOR") => false,
            Color::Auto if set("FORCE_COLOR") || set("CLICOLOR_FORCE") => true,
            Color::Auto => {
                std::io::stdout().is_terminal() && env::var_os("TERM").is_none_or(|term| term != "dumb")
            }
        };
        if colour { Style::Colour } else { Style::Plain }
    }
}
