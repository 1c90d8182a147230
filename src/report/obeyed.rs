//! The characters of a text that must not be printed as they are, because a terminal or a CI system would obey them.
//!
//! A terminal obeys control characters and bidirectional controls. CI systems read commands from the log of a job:
//!
//! - GitHub Actions: `::command::` at the start of a line, and `##[command]` anywhere
//! - Azure Pipelines: `##vso[command]` and `##[command]`; TeamCity and Octopus Deploy: `##teamcity[…]`, `##octopus[…]`
//! - GitLab: `section_start:0:name`
//!
//! Escaping one character of a command is enough. Each output escapes in its own way: see [`replaced`].

/// The obeyed characters of a text, with their offsets.
pub fn obeyed(text: &str) -> impl Iterator<Item = (usize, char)> {
    text.char_indices().filter(|(at, c)| controls_terminal(*c) || is_command(text, *at, *c))
}

/// Whether nothing in a text is obeyed.
pub fn is_plain(text: &str) -> bool {
    obeyed(text).next().is_none()
}

/// Returns the text with what `write` writes for each obeyed character.
pub fn replaced(text: &str, mut write: impl FnMut(char, &mut String)) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = 0;
    for (at, c) in obeyed(text) {
        shown.push_str(&text[rest..at]);
        write(c, &mut shown);
        rest = at + c.len_utf8();
    }
    shown.push_str(&text[rest..]);
    shown
}

/// Formats text on one line, with escapes such as `\n` and `\u{1b}`.
pub fn one_line(text: &str) -> String {
    replaced(text, escape)
}

/// Writes the escape of a character.
pub fn escape(c: char, shown: &mut String) {
    if is_mark(c) {
        shown.extend(c.escape_unicode());
    } else {
        shown.extend(c.escape_default());
    }
}

/// Replaces each obeyed character of a source line with one other character, so that columns stay the same. Tabs are
/// kept.
pub fn visible(line: &str) -> String {
    replaced(line, |c, shown| {
        shown.push(match c {
            '\t' => c,
            // As long in bytes as it was: whether a character is part of a command depends on what follows it, and a
            // part of a line must be as long alone as it is in the line.
            c if is_mark(c) => '?',
            _ => char::REPLACEMENT_CHARACTER,
        });
    })
}

/// Whether an obeyed character belongs to a CI command; the others control a terminal.
pub fn is_mark(c: char) -> bool {
    matches!(c, '#' | ':')
}

/// Control characters, line separators, and bidirectional controls.
fn controls_terminal(c: char) -> bool {
    let is_bidirectional =
        matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{206F}');
    c.is_control() || is_bidirectional || matches!(c, '\u{2028}' | '\u{2029}')
}

/// Whether `c`, at `at`, is the character to escape in the mark of a CI command.
fn is_command(text: &str, at: usize, c: char) -> bool {
    let (before, behind) = (&text[..at], &text[at..][c.len_utf8()..]);
    match c {
        '#' => {
            let command = behind.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
            before.ends_with('#') && command.starts_with('[')
        }
        // A sentence can be wrapped at every space, so a command can follow any of them.
        ':' if behind.starts_with(':') => before.chars().next_back().is_none_or(char::is_whitespace),
        ':' => {
            let is_section = before.ends_with("section_start") || before.ends_with("section_end");
            is_section && behind.starts_with(|c: char| c.is_ascii_digit())
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_one_line_that_no_terminal_obeys() {
        assert_eq!(one_line("a\nb\t\u{1b}[31m\u{202e}\u{61c}ü"), r"a\nb\t\u{1b}[31m\u{202e}\u{61c}ü");
    }

    #[test]
    fn ci_commands_are_broken_where_they_start() {
        for (text, shown) in [
            ("::error::x", r"\u{3a}:error::x"),
            ("a ::error::x", r"a \u{3a}:error::x"),
            ("##[group]x", r"#\u{23}[group]x"),
            ("a###[group]x", r"a##\u{23}[group]x"),
            ("a##vso[task.setvariable]", r"a#\u{23}vso[task.setvariable]"),
            ("##teamcity[x]", r"#\u{23}teamcity[x]"),
            ("section_start:0:x", r"section_start\u{3a}0:x"),
        ] {
            assert_eq!(one_line(text), shown);
            assert_eq!(visible(text).len(), text.len());
        }
    }

    #[test]
    fn what_is_no_command_is_left_alone() {
        for text in ["AWS::ECS::Service", "`::/0`", "## Ports [8080]", "#[x]", "section_start: 0", "a:b::c"] {
            assert_eq!(one_line(text), text);
        }
    }
}
