//! `--fix` and `--diff`: writes the fixed texts or prints them as a patch.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use diffy::{DiffOptions, PatchFormatter};

use crate::cli::exit::Failure;
use crate::cli::write;
use crate::fix::{Changed, FixResult};
use crate::report::obeyed::{is_plain, one_line, visible};
use crate::report::style::{Role, Style};
use crate::secrets::{self, Redactor};
use crate::source::Sources;

/// Writes every changed file, except standard input.
pub(super) fn write_files(changes: &[Changed], stdin: Option<&Path>) -> Result<(), Failure> {
    for change in changes.iter().filter(|change| Some(change.path.as_path()) != stdin) {
        write::replace(&change.path, &change.before, &change.after)
            .map_err(|error| Failure::Usage(format!("{}: cannot write the file: {error}", change.name)))?;
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
///
/// A program that reads the patch needs every byte, so a file whose patch a terminal or a CI system would obey is left
/// out; on a terminal, the patch is escaped.
pub(super) fn write_diff(
    checked: &FixResult,
    style: Style,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<()> {
    let seen = io::stdout().is_terminal();
    for change in &checked.changes {
        let name = &change.name;
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
        if seen {
            diff.lines().try_for_each(|line| writeln!(out, "{}", coloured(&visible(line), style)))?;
        } else if is_plain(name) && diff.lines().all(is_plain_line) {
            out.write_all(diff.as_bytes())?;
        } else {
            let name = one_line(&secrets::redacted(name));
            writeln!(
                err,
                "ecslint: {name}: not in the patch, which would contain control characters or CI commands"
            )?;
        }
    }
    Ok(())
}

/// Whether nothing in a line of a patch is obeyed. Tabs and carriage returns are harmless; some CI systems read what
/// follows a carriage return as another line.
fn is_plain_line(line: &str) -> bool {
    line.split(['\t', '\r']).all(is_plain)
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
