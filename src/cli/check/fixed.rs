//! `--fix` and `--diff`: writes the fixed texts or prints them as a patch.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use diffy::{DiffOptions, PatchFormatter};

use crate::cli::exit::Failure;
use crate::cli::write;
use crate::fix::{Changed, FixResult};
use crate::report::human::visible;
use crate::report::plain::one_line;
use crate::report::style::{Role, Style};
use crate::secrets::Redactor;
use crate::source::Sources;

/// Writes every changed file, except standard input.
pub(super) fn write_files(changes: &[Changed], stdin: Option<&Path>) -> Result<(), Failure> {
    for change in changes.iter().filter(|change| Some(change.path.as_path()) != stdin) {
        write::replace(&change.path, &change.before, &change.after).map_err(|error| {
            Failure::Usage(format!("{}: cannot write the file: {error}", one_line(&change.name)))
        })?;
    }
    Ok(())
}

/// Writes the text of one file.
pub(super) fn write_text(path: &Path, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    match sources.load(path) {
        Ok(file) => out.write_all(sources.get(file).text.as_bytes()),
        Err(_) => Ok(()),
    }
}

/// Writes the changes as a patch. Context lines that contain a credential are left out. A credential on a changed line
/// is replaced with stars: the patch then shows what `--fix` would do, but does not apply.
pub(super) fn write_diff(checked: &FixResult, style: Style, out: &mut dyn Write) -> io::Result<()> {
    // A program that reads the patch needs every byte; on a terminal, control characters must be escaped.
    let seen = io::stdout().is_terminal();
    for change in &checked.changes {
        let name = one_line(&change.name);
        let patch = |around: usize| {
            let mut options = DiffOptions::new();
            options.set_context_len(around);
            options.set_original_filename(format!("a/{name}")).set_modified_filename(format!("b/{name}"));
            let patch = options.create_patch(&change.before, &change.after);
            PatchFormatter::new().suppress_blank_empty(false).fmt_patch(&patch).to_string()
        };
        let before = Redactor::values_of(&change.before);
        let star = |text: &str| before.redact(&checked.outcome.redactor.redact(text)).into_owned();
        let whole = patch(3);
        let diff = if star(&whole) == whole { whole } else { star(&patch(0)) };
        for line in diff.split_inclusive('\n') {
            if seen {
                writeln!(out, "{}", coloured(&visible(line.trim_end_matches(['\r', '\n'])), style))?
            } else {
                out.write_all(line.as_bytes())?
            }
        }
    }
    Ok(())
}

fn coloured(line: &str, style: Style) -> String {
    let role = match line.as_bytes().first() {
        Some(b'+') => Role::Added,
        Some(b'-') => Role::Removed,
        Some(b'@') => Role::Other,
        _ => return line.to_owned(),
    };
    style.paint(role, line)
}
