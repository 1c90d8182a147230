//! `--fix` and `--diff`: what becomes of the texts with fixes.

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

/// Writes every changed file but standard input, which is none.
pub(super) fn write_files(changes: &[Changed], stdin: Option<&Path>) -> Result<(), Failure> {
    for change in changes.iter().filter(|change| Some(change.path.as_path()) != stdin) {
        write::replace(&change.path, &change.before, &change.after).map_err(|error| {
            Failure::Usage(format!("{}: cannot be written: {error}", one_line(&change.name)))
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

/// Writes the changes as a patch. Where a credential stands beside them, the lines around are left out; where it stands
/// on a line that changes, it is starred, and the patch shows what `--fix` would do without applying there.
pub(super) fn write_diff(checked: &FixResult, style: Style, out: &mut dyn Write) -> io::Result<()> {
    // A patch is for programs too, which need every byte; a terminal must obey none.
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
