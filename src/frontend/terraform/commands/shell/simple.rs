//! Follows one command: an assignment, a change of the directory, a call of Terraform, or of a shell.

use std::ops::Range;

use smol_str::SmolStr;

use crate::frontend::terraform::commands::assignment::name_of_assignment;
use crate::frontend::terraform::commands::lexer::{Dialect, Piece, Word};
use crate::frontend::terraform::commands::parse::Simple;
use crate::frontend::terraform::commands::shell::{MAX_DEPTH, Reader, Script};
use crate::frontend::terraform::commands::state::State;
use crate::frontend::terraform::commands::{ANY, computed, terraform};
use crate::value::Mapped;

/// Programs that run the text in their arguments.
const SHELLS: &[&str] = &["bash", "bat", "cmd", "eval", "powershell", "pwsh", "sh", "ssh", "zsh"];

/// The files whose lines are variables of later commands.
const LATER: &[&str] = &["BASH_ENV", "GITHUB_ENV"];

/// Commands whose arguments are assignments.
const DECLARATIONS: &[&str] = &["declare", "def", "export", "local", "readonly", "set", "typeset"];

/// The names of variables that hold the program.
const PROGRAM_VARIABLES: &[&str] =
    &["TERRAFORM", "TERRAFORM_BIN", "TERRAFORM_CMD", "TF", "TF_BIN", "TF_BINARY", "TF_CMD", "TOFU"];

impl Reader {
    pub(super) fn simple(&mut self, script: Script, simple: &Simple, mut state: State) -> Option<State> {
        self.substitutions(script, simple, &mut state);
        let mut words: Vec<Mapped> = Vec::new();
        for word in &simple.words {
            words.extend(state.expanded(script.text, word));
        }
        self.write(script, simple, &words, &mut state);
        // Recipes of `make` begin with `@` or `-`.
        let Some(first) = words.first() else { return Some(state) };
        let first = first.text.trim_start_matches(['@', '-']).to_owned();
        if self.set_directory(&first, &words, script.dialect, &mut state) {
            return Some(state);
        }
        if simple.words.get(1).is_some_and(|word| is_assignment(&script.text.text[word.range.clone()])) {
            self.assign(script, &simple.words[0], &simple.words[2..], &mut state);
            return Some(state);
        }
        let declares = DECLARATIONS.contains(&first.as_str());
        let is_assigned =
            |word: &&Word| declares || name_of_assignment(&script.text.text[word.range.clone()]).is_some();
        let assigned = simple.words.iter().take_while(is_assigned).count();
        if assigned == simple.words.len() || declares {
            simple.words[..assigned].iter().for_each(|word| state.assign(script.text, word));
            return Some(state);
        }
        if simple.output.as_ref().is_some_and(|output| is_later(&script.text.text[output.file.range.clone()]))
        {
            state.set_later(&words[1..]);
            return Some(state);
        }
        match first.as_str() {
            "exit" => return None,
            "unset" => words.iter().skip(1).for_each(|word| state.unset(&word.text)),
            "stage" => state.label = words.get(1).map(|name| SmolStr::from(name.text.as_ref())),
            "withEnv" | "environment" => words.iter().skip(1).for_each(|word| state.assign_text(word)),
            _ if self.functions.contains_key(&first) => return self.function(script, &first, state),
            _ => {
                let mut inner = state.clone();
                simple.words[..assigned].iter().for_each(|word| inner.assign(script.text, word));
                // The words of a command that variables of its own precede.
                let mut words: Vec<Mapped> = simple.words[assigned..]
                    .iter()
                    .flat_map(|word| inner.expanded(script.text, word))
                    .collect();
                if let Some(program) = simple.words.get(assigned).and_then(|word| program(script.text, word))
                    && words[0].text == ANY.to_string()
                {
                    words[0] = program;
                }
                self.nested(script, &simple.words[assigned..], &first, &mut inner);
                state.keep_written(std::slice::from_ref(&inner));
                self.mentions += usize::from(terraform::is_called(&words));
                self.calls.extend(terraform::call(self.file, &words, &inner));
            }
        }
        Some(state)
    }

    /// Follows commands in `$(…)`, whose directory and variables end with them.
    fn substitutions(&mut self, script: Script, simple: &Simple, state: &mut State) {
        let words = simple.words.iter().flat_map(|word| std::iter::once(word).chain(&word.items));
        for piece in words.flat_map(|word| &word.pieces) {
            let Piece::Computed(range) = piece else { continue };
            if let Some(inner) = computed::commands(&script.text.text[range.clone()]) {
                self.inner(
                    script.text,
                    range.start + inner.start..range.start + inner.end,
                    Dialect::Shell,
                    state,
                );
            }
        }
    }

    /// Follows commands in the words of a command: `sh -c 'terraform apply'`.
    fn nested(&mut self, script: Script, words: &[Word], first: &str, state: &mut State) {
        if !SHELLS.contains(&first) {
            return;
        }
        for word in words.iter().skip(1).filter(|word| word.is_quoted) {
            let text = &script.text.text[word.range.clone()];
            let is_quote = |letter: char| matches!(letter, '"' | '\'');
            let start = text.find(is_quote).unwrap_or_default();
            let start = start + (text[start..].len() - text[start..].trim_start_matches(is_quote).len());
            let end = text.trim_end_matches(is_quote).len();
            if start < end {
                self.inner(
                    script.text,
                    word.range.start + start..word.range.start + end,
                    Dialect::Shell,
                    state,
                );
            }
        }
    }

    fn inner(&mut self, text: &Mapped, range: Range<usize>, dialect: Dialect, state: &mut State) {
        if self.depth < MAX_DEPTH {
            self.depth += 1;
            let after = self.run(text, range, dialect, vec![state.clone()]);
            state.keep_written(&after);
            self.depth -= 1;
        }
    }

    /// Changes the directory if the command does; returns `true` if it does.
    fn set_directory(&self, first: &str, words: &[Mapped], dialect: Dialect, state: &mut State) -> bool {
        let is_option = |word: &&Mapped| ["/d", "--", "-P", "-L", "-Path"].contains(&word.text.as_ref());
        let path =
            words.iter().skip(1).find(|word| !is_option(word)).map(|word| word.text.replace('\\', "/"));
        match first {
            "cd" | "chdir" | "Set-Location" => state.change_directory(path.as_deref().unwrap_or("~")),
            "pushd" | "Push-Location" => {
                state.pushed.push(state.directory.clone());
                state.change_directory(path.as_deref().unwrap_or("*"));
            }
            "popd" | "Pop-Location" => {
                let before = state.pushed.pop().unwrap_or_else(|| state.previous.clone());
                state.directory = before;
            }
            "dir" if dialect == Dialect::Plain => state.change_directory(path.as_deref().unwrap_or(".")),
            _ => return false,
        }
        true
    }

    /// `name = value`, in languages with spaces around `=`.
    fn assign(&self, script: Script, name: &Word, value: &[Word], state: &mut State) {
        let name = script.text.text[name.range.clone()].trim_start_matches("$env:").trim_start_matches('$');
        let Some(first) = value.first() else { return };
        let resolved = state.resolved(script.text, first);
        let at = resolved.span(0..resolved.text.len());
        state.set(name, resolved.text.into_owned(), at);
    }
}

/// The program that a variable holds whose value is unknown: `$TERRAFORM`.
fn program(text: &Mapped, word: &Word) -> Option<Mapped<'static>> {
    let [Piece::Computed(range)] = word.pieces.as_slice() else { return None };
    let name = computed::variable(&text.text[range.clone()])?;
    PROGRAM_VARIABLES.contains(&name).then(|| {
        let mut program = Mapped::empty();
        program.push("terraform", text.span(range.clone()));
        program
    })
}

fn is_assignment(operator: &str) -> bool {
    ["=", ":=", "?=", "::="].contains(&operator)
}

fn is_later(file: &str) -> bool {
    LATER.iter().any(|name| file.contains(name))
}
