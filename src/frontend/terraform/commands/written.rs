//! Var files that a script writes before it calls Terraform.

use std::path::Path;
use std::rc::Rc;

use crate::frontend::terraform::commands::lexer::{Piece, Word};
use crate::frontend::terraform::commands::parse::Simple;
use crate::frontend::terraform::commands::shell::{Reader, Script};
use crate::frontend::terraform::commands::state::State;
use crate::frontend::terraform::commands::terraform::unknown_reference;
use crate::frontend::terraform::commands::{ANY, BASES, Call, Passed, literal, place, terraform};
use crate::frontend::terraform::scenarios::is_example;
use crate::source::Span;
use crate::terraform::{is_automatic, sets_variables};
use crate::value::Mapped;

/// Programs whose last argument is the copy of the others.
const COPIES: &[&str] = &["copy", "Copy-Item", "cp", "install", "ln", "Move-Item", "move", "mv"];

/// Programs that write a file from somewhere else.
const DOWNLOADS: &[&str] =
    &["aws", "az", "azcopy", "gcloud", "gsutil", "oci", "rclone", "rsync", "s3cmd", "scp", "vault"];

/// Programs that write the files that they name, in languages without redirections.
const WRITERS: &[&str] = &["Add-Content", "Out-File", "Set-Content", "writeFile"];

/// Programs that change the files that they name, and the options with which they do.
const EDITORS: &[&str] = &["perl", "sed", "sops", "yq"];
const IN_PLACE: &[&str] = &["-i", "--in-place", "--inplace", "-pi"];

/// Options whose value is a file that the program writes, without their value.
const OUTPUTS: &[&str] = &[
    "--out",
    "--out-file",
    "--output",
    "--output-document",
    "--output-file",
    "-O",
    "-OutFile",
    "-o",
    "-out",
];

/// What a command prints.
type Printed = Vec<Passed>;

impl Reader {
    /// Adds the calls of other scripts, which read what this one writes and does not use.
    pub(super) fn add_unread(&mut self) {
        for (path, state) in std::mem::take(&mut self.unread) {
            let Some((directory, _)) = automatic(&path) else { continue };
            let is_read = |call: &Call| call.directory == directory && !call.var_files.is_empty();
            if !self.calls.iter().any(is_read) {
                let state = State { directory, variables: Rc::default(), ..state };
                self.calls.push(terraform::call_of_action(self.file, &[], Vec::new(), &state));
            }
        }
    }

    /// Follows the var files that a command writes.
    pub(super) fn write(&mut self, script: Script, simple: &Simple, words: &[Mapped], state: &mut State) {
        if let Some(output) = &simple.output {
            let path = state.resolved(script.text, &output.file);
            if sets_variables(Path::new(path.text.as_ref())) {
                let printed = self.printed(script, simple, &path.text, state);
                self.written(state, &path.text, printed, output.is_appended);
            }
        }
        let at = script.text.span(simple.words.first().map_or(0..0, |word| word.range.clone()));
        for (path, printed) in self.files(script, simple, words, at, state) {
            self.written(state, &path, printed, words.iter().any(|word| word.text == "-a"));
        }
    }

    /// Records that a file contains what a command printed.
    pub(super) fn written(&mut self, state: &mut State, path: &str, printed: Printed, is_appended: bool) {
        let path = place::joined(&state.directory, &path.replace('\\', "/"));
        // The state is kept for calls of other scripts, with all that is written in it.
        let kept = state.written.len() + state.written.get(&path).map_or(0, Vec::len);
        if !self.spend(1 + kept) {
            return;
        }
        let files = Rc::make_mut(&mut state.written);
        let before = match files.remove(&path).filter(|_| is_appended) {
            Some(before) => before,
            // Terraform also reads a file of the repository by itself, and the script only adds to it.
            None if is_appended && automatic(&path).is_none() => vec![Passed::File(path.clone())],
            None => Vec::new(),
        };
        files.insert(path.clone(), [before, printed].concat());
        self.unread.insert(path, state.clone());
    }

    /// The files that the words of a command name as those that it writes.
    fn files(
        &self,
        script: Script,
        simple: &Simple,
        words: &[Mapped],
        at: Span,
        state: &State,
    ) -> Vec<(String, Printed)> {
        let texts: Vec<&str> = words.iter().map(|word| word.text.as_ref()).collect();
        let Some((first, rest)) = texts.split_first() else { return Vec::new() };
        let (first, rest) = match (first.trim_start_matches(['@', '-']), rest.split_first()) {
            ("sudo", Some((first, rest))) => (*first, rest),
            (first, _) => (first, rest),
        };
        let plain: Vec<&str> = rest.iter().copied().filter(|word| !word.starts_with('-')).collect();
        let var_files = || plain.iter().copied().filter(|word| sets_variables(Path::new(word)));
        let unknown = |path: &str| (path.to_owned(), vec![Passed::Unknown(at)]);
        match first {
            "tee" => {
                let printed = |path: &str| match &simple.source {
                    Some(source) => self.printed(script, source, path, state),
                    None => vec![Passed::Unknown(at)],
                };
                var_files().map(|path| (path.to_owned(), printed(path))).collect()
            }
            _ if COPIES.contains(&first) => copies(&plain, at, state),
            _ if DOWNLOADS.contains(&first) => {
                let last = plain.last().filter(|last| sets_variables(Path::new(last)) && !last.contains(':'));
                last.into_iter().chain(&outputs(rest)).map(|path| unknown(path)).collect()
            }
            _ if WRITERS.contains(&first) => var_files().map(unknown).collect(),
            _ if EDITORS.contains(&first) && rest.iter().any(|word| is_in_place(word)) => {
                var_files().map(unknown).collect()
            }
            _ => outputs(rest).into_iter().map(unknown).collect(),
        }
    }

    /// What a command prints, as the text of a var file.
    fn printed(&self, script: Script, simple: &Simple, path: &str, state: &State) -> Printed {
        let at = script.text.span(simple.words.first().map_or(0..0, |word| word.range.clone()));
        let words: Vec<Mapped> =
            simple.words.iter().flat_map(|word| state.expanded(script.text, word)).collect();
        let Some((first, rest)) = words.split_first() else { return vec![Passed::Unknown(at)] };
        let text = match (first.text.trim_start_matches(['@', '-']), &simple.document) {
            ("cat", Some(document)) if rest.is_empty() => Some(state.content(script.text, document)),
            ("cat", None) if !rest.is_empty() && rest.iter().all(|word| !word.text.starts_with('-')) => {
                return rest.iter().map(|word| copied(&word.text, at, state)).collect();
            }
            ("echo", None) => Some(state.echoed(script.text, &simple.words[1..])),
            ("printf", None) => state.formatted(script.text, &simple.words[1..]),
            _ => None,
        };
        let set = text.and_then(|text| literal::variables(self.file, &text, path.ends_with(".json")));
        vec![set.map_or(Passed::Unknown(at), Passed::Values)]
    }
}

/// The copies that a command makes: of one file to another one, or of files to a directory.
fn copies(words: &[&str], at: Span, state: &State) -> Vec<(String, Printed)> {
    let Some((target, sources)) = words.split_last() else { return Vec::new() };
    if sets_variables(Path::new(target)) {
        let source = sources.first().copied().unwrap_or_default();
        return vec![((*target).to_owned(), vec![copied(source, at, state)])];
    }
    let into = |source: &&str| {
        let name = source.rsplit('/').next().filter(|name| sets_variables(Path::new(name)))?;
        Some((format!("{target}/{name}"), vec![copied(source, at, state)]))
    };
    sources.iter().filter_map(into).filter(|_| !target.contains(ANY)).collect()
}

/// The content of a var file that a script copies.
fn copied(source: &str, at: Span, state: &State) -> Passed {
    let path = Path::new(source);
    if sets_variables(path) && !is_example(path) {
        let path = place::joined(&state.directory, &source.replace('\\', "/"));
        let before = state.written.get(&path).map(Vec::as_slice);
        return match before {
            None => Passed::File(path),
            Some([only]) => only.clone(),
            Some(_) => Passed::Unknown(at),
        };
    }
    Passed::Unknown(at)
}

/// The var files that are the values of options.
fn outputs<'w>(words: &[&'w str]) -> Vec<&'w str> {
    let next = words.iter().zip(words.iter().skip(1)).filter(|(option, _)| OUTPUTS.contains(option));
    let joined =
        words.iter().filter_map(|word| word.split_once('=')).filter(|(option, _)| OUTPUTS.contains(option));
    let values = next.map(|(_, value)| *value).chain(joined.map(|(_, value)| value));
    values.filter(|value| sets_variables(Path::new(value))).collect()
}

fn is_in_place(word: &str) -> bool {
    IN_PLACE.contains(&word) || word.starts_with("-i.") || word.starts_with("--in-place=")
}

/// The directory and the name of a file that Terraform reads by itself there; `None` for other files.
fn automatic(path: &str) -> Option<(String, &str)> {
    let start =
        path.rfind('/').map_or_else(|| path.len() - path.trim_start_matches(BASES).len(), |at| at + 1);
    let (directory, name) = path.split_at(start);
    is_automatic(Path::new(name)).then(|| (place::joined(directory, ""), name))
}

impl State {
    /// The var files of a call in a directory: those that the script wrote and that Terraform reads by itself, and those that the call
    /// passes.
    pub(super) fn read_in(&self, directory: &str, passed: &[Passed]) -> Vec<Passed> {
        let directory = place::joined(directory, "");
        let automatic = self.written.keys().filter_map(|path| {
            let (of, name) = automatic(path)?;
            (of == directory).then_some((!name.starts_with("terraform."), name, path))
        });
        let mut automatic: Vec<(bool, &str, &String)> = automatic.collect();
        automatic.sort();
        let written = automatic.iter().flat_map(|(.., path)| &self.written[*path]).cloned();
        let named = passed.iter().flat_map(|passed| {
            let path = passed.path().map(|path| place::joined(&directory, path));
            let written = path.and_then(|path| self.written.get(&path));
            written.map_or(std::slice::from_ref(passed), Vec::as_slice)
        });
        let relative = |passed| match passed {
            Passed::File(path) => Passed::File(place::from(&directory, &path)),
            other => other,
        };
        written.chain(named.cloned()).map(relative).collect()
    }

    /// Keeps the files that commands wrote whose directory and variables end with them.
    pub(super) fn keep_written(&mut self, after: &[State]) {
        for state in after {
            if !Rc::ptr_eq(&state.written, &self.written) {
                let written = state.written.iter().map(|(path, passed)| (path.clone(), passed.clone()));
                Rc::make_mut(&mut self.written).extend(written);
            }
        }
    }

    /// The text of a word that is written to a file. What is computed is unknown.
    fn content(&self, text: &Mapped, word: &Word) -> Mapped<'static> {
        let mut content = Mapped::empty();
        for piece in &word.pieces {
            let (Piece::Known(range) | Piece::Computed(range)) = piece;
            let part = Word { pieces: vec![piece.clone()], range: range.clone(), ..Word::default() };
            let resolved = self.resolved(text, &part);
            let at = text.span(range.clone());
            match piece {
                Piece::Known(range) => content.push(&text.text[range.clone()], at),
                Piece::Computed(_) if resolved.text.contains(ANY) => {
                    content.push_hole(unknown_reference("script"), at);
                }
                Piece::Computed(_) => content.push(&resolved.text, resolved.span(0..resolved.text.len())),
            }
        }
        content
    }

    /// The text that `echo` prints.
    fn echoed(&self, text: &Mapped, words: &[Word]) -> Mapped<'static> {
        let mut printed = Mapped::empty();
        let is_option = |word: &Word| ["-e", "-n", "-en", "-ne"].contains(&&text.text[word.range.clone()]);
        let words: Vec<&Word> = words.iter().skip_while(|word| is_option(word)).collect();
        for word in words {
            add(&mut printed, &self.content(text, word));
            printed.push(" ", text.span(word.range.clone()));
        }
        printed
    }

    /// The text that `printf` prints; `None` if its format has more than texts.
    fn formatted(&self, text: &Mapped, words: &[Word]) -> Option<Mapped<'static>> {
        let (format, words) = words.split_first()?;
        let format = self.content(text, format);
        let mut arguments = words.iter();
        let mut printed = Mapped::empty();
        loop {
            let mut start = 0;
            while let Some(length) = format.text[start..].find('%') {
                let sign = start + length;
                add(&mut printed, &part(&format, start..sign));
                if !format.text[sign..].starts_with("%s") && !format.text[sign..].starts_with("%d") {
                    return None;
                }
                add(&mut printed, &self.content(text, arguments.next()?));
                start = sign + "%s".len();
            }
            add(&mut printed, &part(&format, start..format.text.len()));
            // The format is used again for the arguments that are left.
            if arguments.len() == 0 || start == 0 {
                return Some(printed);
            }
        }
    }
}

/// A part of a text that has the same places.
fn part(text: &Mapped, range: std::ops::Range<usize>) -> Mapped<'static> {
    let mut part = Mapped::empty();
    text.slice(range).iter().for_each(|slice| part.push_part(slice));
    part
}

/// Adds a text, in which `\n` is the end of a line.
fn add(printed: &mut Mapped<'static>, text: &Mapped) {
    let mut start = 0;
    for (at, _) in text.text.match_indices("\\n") {
        text.slice(start..at).iter().for_each(|part| printed.push_part(part));
        printed.push("\n", text.span(at..at + "\\n".len()));
        start = at + "\\n".len();
    }
    text.slice(start..text.text.len()).iter().for_each(|part| printed.push_part(part));
}
