//! Colors for JSON and HCL.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::report::style::{Role, Style};

/// What has a color in a line of code. Placeholders in strings stay in the color of the string.
static TOKENS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r##"(?<key>"(?:[^"\\]|\\.)*"\s*:)|(?<string>"(?:[^"\\]|\\.)*")|(?<comment>#.*|//.*)|(?<literal>\b(?:true|false|null|\d+)\b)"##,
    )
    .ok()
});

/// A line of code in color.
pub(super) fn coloured(line: &str, style: Style) -> String {
    let Some(tokens) = TOKENS.as_ref().filter(|_| style.colour) else { return line.to_owned() };
    let paint = |token: &Captures<'_>| {
        let role = [("string", Role::Added), ("comment", Role::Quiet), ("literal", Role::Other)]
            .into_iter()
            .find_map(|(name, role)| token.name(name).map(|_| role));
        role.map_or(token[0].to_owned(), |role| style.paint(role, &token[0]))
    };
    tokens.replace_all(line, paint).into_owned()
}
