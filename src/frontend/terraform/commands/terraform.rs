//! One call of Terraform: the var files and the variables that it passes.

use std::sync::Arc;

use smol_str::{SmolStr, format_smolstr};

use crate::frontend::terraform::commands::lexer::{Dialect, Token, tokens};
use crate::frontend::terraform::commands::state::State;
use crate::frontend::terraform::commands::{ANY, Call, Passed, literal};
use crate::source::{FileId, Span};
use crate::syntax::hcl::{Attribute, Expr, ExprKind};
use crate::value::{Mapped, Node, NodeKind, Part, Text, Unknown};

/// The programs.
const PROGRAMS: &[&str] = &["gitlab-terraform", "gitlab-tofu", "opentofu", "terraform", "terragrunt", "tofu"];

/// The commands that read the values of variables. `destroy` creates nothing with them.
const SUBCOMMANDS: &[&str] = &["apply", "console", "import", "plan", "plan-json", "refresh", "run-all", "up"];

/// All others with which a word is certainly the program and not, for example, a directory.
const OTHERS: &[&str] =
    &["destroy", "fmt", "get", "init", "output", "show", "state", "test", "validate", "version", "workspace"];

/// Programs that do not run their arguments.
const PRINTERS: &[&str] =
    &["alias", "cat", "echo", "error", "grep", "info", "log", "print", "printf", "sed", "warn"];

/// Options whose value is the next word.
const WITH_VALUE: &[&str] = &[
    "backup",
    "lock-timeout",
    "out",
    "parallelism",
    "replace",
    "state",
    "state-out",
    "target",
    "var",
    "var-file",
    "terragrunt-working-dir",
    "working-dir",
    "chdir",
];

/// Whether some words are a call of Terraform.
pub(super) fn is_called(words: &[Mapped]) -> bool {
    split(words).is_some()
}

/// Whether a command of Terraform reads no values of variables.
pub(super) fn reads_no_values(subcommand: &str) -> bool {
    OTHERS.contains(&subcommand)
}

/// The call in some words; `None` if Terraform does not read values of variables in it.
pub(super) fn call(file: FileId, words: &[Mapped], state: &State) -> Option<Call> {
    let (global, subcommand, rest) = split(words)?;
    if !SUBCOMMANDS.contains(&subcommand) {
        return None;
    }
    let of_environment = ["TF_CLI_ARGS".into(), format_smolstr!("TF_CLI_ARGS_{subcommand}")];
    let of_environment: Vec<Mapped> =
        of_environment.iter().flat_map(|name| arguments_in(state, name)).collect();
    let mut reader = Arguments::new(file, state);
    global.iter().for_each(|word| reader.add(word));
    of_environment.iter().for_each(|word| reader.add(word));
    rest.iter().for_each(|word| reader.add(word));
    // A saved plan has its values.
    let applies_plan = subcommand == "apply" && reader.has_plan;
    (!reader.destroys && !applies_plan).then(|| reader.call())
}

/// The call that an action or a task with some arguments makes.
pub(super) fn call_of_action(
    file: FileId,
    arguments: &[Mapped],
    var_files: Vec<String>,
    state: &State,
) -> Call {
    let names = ["TF_CLI_ARGS", "TF_CLI_ARGS_plan", "TF_CLI_ARGS_apply"];
    let mut reader = Arguments::new(file, state);
    reader.var_files = var_files.into_iter().map(Passed::File).collect();
    names.iter().flat_map(|name| arguments_in(state, name)).for_each(|word| reader.add(&word));
    arguments.iter().for_each(|word| reader.add(word));
    reader.call()
}

/// The words of a text that a variable or an input holds.
pub(super) fn words_of(text: &Mapped) -> Vec<Mapped<'static>> {
    let words = tokens(&text.text, 0..text.text.len(), Dialect::Plain);
    let words = words.iter().filter_map(|token| match token {
        Token::Word(word) => Some(State::default().resolved(text, word)),
        Token::Operator(_) | Token::Document(_) => None,
    });
    words.collect()
}

fn arguments_in(state: &State, name: &str) -> Vec<Mapped<'static>> {
    let Some(variable) = state.variables.get(name) else { return Vec::new() };
    let mut text = Mapped::empty();
    text.push(&variable.text, variable.at);
    words_of(&text)
}

/// The options before the subcommand, the subcommand, and what follows.
fn split<'w>(words: &'w [Mapped<'w>]) -> Option<(&'w [Mapped<'w>], &'w str, &'w [Mapped<'w>])> {
    let first = words.first()?.text.trim_start_matches(['@', '-']).to_owned();
    if PRINTERS.contains(&first.as_str()) {
        return None;
    }
    let programs = words.iter().enumerate().filter(|(_, word)| is_program(&word.text));
    for (at, _) in programs {
        let rest = &words[at + 1..];
        let mut index = 0;
        while let Some(word) = rest.get(index).filter(|word| word.text.starts_with('-')) {
            let name = word.text.trim_start_matches('-');
            index += if WITH_VALUE.contains(&name) { 2 } else { 1 };
        }
        let Some(subcommand) = rest.get(index) else { continue };
        // `terragrunt run -- plan`, `terragrunt run --all plan`.
        let skipped = ["run", "run-all"].contains(&subcommand.text.as_ref());
        let next = rest.iter().skip(index + 1).position(|word| !word.text.starts_with('-'));
        let index = next.filter(|_| skipped).map_or(index, |next| index + 1 + next);
        let subcommand = rest[index].text.as_ref();
        if SUBCOMMANDS.contains(&subcommand) || OTHERS.contains(&subcommand) || subcommand.contains(ANY) {
            // A computed command can be one that reads values.
            let subcommand = if subcommand.contains(ANY) { SUBCOMMANDS[0] } else { subcommand };
            return Some((&rest[..index], subcommand, &rest[index + 1..]));
        }
    }
    None
}

/// Whether a word is the name or the path of one of the programs, or a container image with it.
pub(super) fn is_program(word: &str) -> bool {
    let name = word.trim_start_matches(['@', '-', '&']).rsplit(['/', '\\']).next().unwrap_or(word);
    // `hashicorp/terraform:1.9` in `docker run`.
    let name = name.split(':').next().unwrap_or(name);
    PROGRAMS.contains(&name.trim_end_matches(".exe"))
}

/// The arguments of a call.
struct Arguments<'s> {
    file: FileId,
    state: &'s State,
    directory: String,
    var_files: Vec<Passed>,
    environment: Vec<Attribute>,
    variables: Vec<Attribute>,
    /// The option whose value is the next word.
    expected: Option<String>,
    has_plan: bool,
    destroys: bool,
}

impl<'s> Arguments<'s> {
    fn new(file: FileId, state: &'s State) -> Arguments<'s> {
        let set = state.variables.iter().filter_map(|(name, variable)| {
            Some(attribute(file, name.strip_prefix("TF_VAR_")?, &variable.text, variable.at))
        });
        Arguments {
            file,
            state,
            directory: state.directory.clone(),
            var_files: Vec::new(),
            environment: set.flatten().collect(),
            variables: Vec::new(),
            expected: None,
            has_plan: false,
            destroys: false,
        }
    }

    fn add(&mut self, word: &Mapped) {
        let text = word.text.as_ref();
        if let Some(option) = self.expected.take() {
            return self.set(&option, word, 0);
        }
        if !text.starts_with('-') {
            self.has_plan = true;
            return;
        }
        let name = text.trim_start_matches('-');
        let dashes = text.len() - name.len();
        match name.split_once('=') {
            Some((option, _)) => {
                let option = option.to_owned();
                self.set(&option, word, dashes + option.len() + 1);
            }
            None if WITH_VALUE.contains(&name) => self.expected = Some(name.to_owned()),
            None => self.destroys |= name == "destroy",
        }
    }

    fn set(&mut self, option: &str, word: &Mapped, start: usize) {
        let value = word.text[start..].trim_matches(['"', '\'']);
        let start = start + word.text[start..].find(value).unwrap_or_default();
        match option {
            "var-file" => {
                self.var_files.push(Passed::File(value.to_owned()));
            }
            "var" => {
                let Some((name, text)) = value.split_once('=') else { return };
                let from = start + name.len() + 1;
                let at = word.span(from..from + text.len());
                self.variables.extend(attribute(self.file, name.trim(), text, at));
            }
            "chdir" | "working-dir" | "terragrunt-working-dir" => {
                let mut state = self.state.clone();
                state.change_directory(&value.replace('\\', "/"));
                self.directory = state.directory;
            }
            _ => {}
        }
    }

    fn call(self) -> Call {
        // Tools that run jobs know the directory by this variable.
        let root = self.state.variables.get("TF_ROOT").filter(|root| !root.text.contains(ANY));
        let mut state = State::default();
        let directory = match root {
            Some(root) if self.directory == state.directory => {
                state.change_directory(&root.text);
                state.directory
            }
            _ => self.directory,
        };
        let var_files = self.state.read_in(&directory, &self.var_files);
        Call {
            var_files,
            directory,
            environment: self.environment,
            variables: self.variables,
            label: self.state.label.clone(),
        }
    }
}

/// A variable with a text as its value. What is computed in it is unknown.
fn attribute(file: FileId, name: &str, value: &str, at: Span) -> Option<Attribute> {
    let inner = value.trim_matches(['"', '\'']);
    let start = value.find(inner).unwrap_or_default();
    let at = if at.range().len() == value.len() { at.slice(start..start + inner.len()) } else { at };
    let value = inner;
    let is_name =
        !name.is_empty() && name.chars().all(|letter| letter.is_alphanumeric() || "_-".contains(letter));
    is_name.then(|| {
        let collection = || literal::collection(file, &literal::with_holes(value, at));
        let value = match value.starts_with(['[', '{']) {
            true => collection().map_or_else(
                || unknown(name, at),
                |value| {
                    // The type of the variable decides whether it is a text or what the text says.
                    let text = NodeKind::Text(Arc::new(Text::new(vec![Part::Json(value)])));
                    Expr { kind: ExprKind::Value(Box::new(Node::new(text, at))), at }
                },
            ),
            false if !value.is_empty() && !value.contains([ANY, '\n']) => {
                Expr { kind: ExprKind::String(SmolStr::from(value)), at }
            }
            _ => unknown(name, at),
        };
        Attribute { name: name.into(), name_at: at, value }
    })
}

/// The value of a variable that a script sets to something that no file defines.
pub(in crate::frontend::terraform) fn unknown(name: &str, at: Span) -> Expr {
    let value = Node::unknown(unknown_reference(&format_smolstr!("var.{name}")), at);
    Expr { kind: ExprKind::Value(Box::new(value)), at }
}

/// The reason why a value that a script computes is unknown.
pub(super) fn unknown_reference(name: &str) -> Unknown {
    Unknown::Reference(name.into())
}
