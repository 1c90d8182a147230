//! Whether output uses colors (decided by the option, then the environment, then the terminal) and hyperlinks (decided
//! by the terminal).

use std::env;
use std::io::{self, IsTerminal};

use clap::ValueEnum;
use terminal_size::terminal_size_of;

use crate::report::style::Style;

/// When output uses colors.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(super) enum Color {
    /// If standard output is a terminal and NO_COLOR is not set, or if FORCE_COLOR or CLICOLOR_FORCE is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Color {
    /// The style of standard output.
    pub(super) fn style(self) -> Style {
        Style {
            colour: self.colour(),
            links: supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout),
            // A terminal of unknown size reports 0.
            width: terminal_size_of(io::stdout()).map(|(width, _)| width.0.into()).filter(|width| *width > 0),
        }
    }

    /// The style of a file: plain, unless colors are always used.
    pub(super) fn file_style(self) -> Style {
        Style { colour: matches!(self, Color::Always), links: false, width: None }
    }

    fn colour(self) -> bool {
        let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
        let forced = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
        match self {
            Color::Always => true,
            Color::Never => false,
            Color::Auto if set("NO_COLOR") => false,
            Color::Auto if forced("FORCE_COLOR") || forced("CLICOLOR_FORCE") => true,
            Color::Auto => {
                io::stdout().is_terminal() && env::var_os("TERM").is_none_or(|term| term != "dumb")
            }
        }
    }
}
