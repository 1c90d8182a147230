//! `--fix` and `--diff`: writes the fixed texts or prints them as a patch.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use diffy::{DiffOptions, PatchFormatter};

use crate::cli::exit::Failure;
use crate::cli::write;
use crate::fix::{Changed, FixResult};
use crate::report::obeyed::{is_plain, visible};
use crate::report::plain;
use crate::report::style::{Role, Style};
use crate::secrets::Redactor;
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

/// Why a file is not in the patch.
const SHOWS_CREDENTIAL: &str = "not in the patch, which would show a credential; use `--fix`";
const IS_OBEYED: &str = "not in the patch, which would contain control characters or CI commands";

/// The numbers of context lines of a patch, best first.
const CONTEXTS: [usize; 3] = [3, 2, 1];

/// Writes the changes as a patch that applies. Context lines that contain a credential are left out, and so is a file that
/// has one next to a change or in its path; `err` reports it.
///
/// A program that reads the patch needs every byte, so a file whose patch a terminal or a CI system would obey is left
/// out; on a terminal, and in color, the patch is escaped.
pub(super) fn write_diff(
    checked: &FixResult,
    style: Style,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<()> {
    let seen = style.colour || io::stdout().is_terminal();
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
        let star =
            |text: &str| before.redact_strictly(&checked.outcome.redactor.redact_strictly(text)).into_owned();
        let left_out = |why: &str| format!("ecslint: {}: {why}", plain::path(&star(name)));
        let Some(diff) = CONTEXTS.into_iter().map(patch).find(|patch| star(patch) == *patch) else {
            writeln!(err, "{}", left_out(SHOWS_CREDENTIAL))?;
            continue;
        };
        if seen {
            diff.lines().try_for_each(|line| writeln!(out, "{}", coloured(&visible(line), style)))?;
        } else if is_plain(name) && diff.lines().all(is_plain_line) {
            out.write_all(diff.as_bytes())?;
        } else {
            writeln!(err, "{}", left_out(IS_OBEYED))?;
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
