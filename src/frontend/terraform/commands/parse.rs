//! The commands of a shell script, with the blocks that they are in.

use std::ops::Range;
use std::rc::Rc;

use crate::frontend::terraform::commands::lexer::{Dialect, Operator, Token, Word, tokens};

/// The nesting that is read.
const MAX_DEPTH: usize = 32;

#[derive(Clone, Debug)]
pub(super) enum Command {
    Simple(Simple),
    /// Commands whose directory and variables end with them.
    Subshell(Vec<Command>),
    /// Commands that run only if another one fails.
    Fallback(Vec<Command>),
    /// One of several lists of commands, each with the words of its condition.
    Branches {
        arms: Vec<(Vec<Word>, Vec<Command>)>,
        can_be_skipped: bool,
    },
    /// Commands that run for each word, with the word as a variable.
    Loop {
        variable: Option<Word>,
        words: Vec<Word>,
        body: Vec<Command>,
    },
    Function {
        name: Word,
        body: Rc<Vec<Command>>,
    },
}

/// A command without blocks.
#[derive(Clone, Debug, Default)]
pub(super) struct Simple {
    pub words: Vec<Word>,
    /// The file that its output goes to.
    pub output: Option<Output>,
    /// The here-document that it reads.
    pub document: Option<Word>,
    /// The command before `|`, whose output it reads.
    pub source: Option<Box<Simple>>,
}

/// A file that the output of a command goes to.
#[derive(Clone, Debug)]
pub(super) struct Output {
    pub file: Word,
    /// Whether it is written after what the file contains: `>>`.
    pub is_appended: bool,
}

/// The commands in some bytes of a text.
pub(super) fn parse(text: &str, range: Range<usize>, dialect: Dialect) -> Vec<Command> {
    let tokens = tokens(text, range, dialect);
    let mut parser = Parser { text, tokens: &tokens, at: 0, depth: 0, dialect };
    let mut commands = Vec::new();
    // What closes nothing is skipped.
    while parser.at < tokens.len() {
        commands.extend(parser.list(&[]));
        parser.at += 1;
    }
    commands
}

struct Parser<'t> {
    text: &'t str,
    tokens: &'t [Token],
    at: usize,
    depth: usize,
    dialect: Dialect,
}

impl Parser<'_> {
    fn operator(&self) -> Option<Operator> {
        match self.tokens.get(self.at)? {
            Token::Operator(operator) => Some(*operator),
            Token::Word(_) | Token::Document(_) => None,
        }
    }

    fn word(&self) -> Option<&Word> {
        match self.tokens.get(self.at)? {
            Token::Word(word) => Some(word),
            Token::Operator(_) | Token::Document(_) => None,
        }
    }

    /// The keyword at this place: a word without quotes.
    fn keyword(&self) -> Option<&str> {
        let word = self.word().filter(|word| !word.is_quoted)?;
        self.text.get(word.range.clone())
    }

    fn accept(&mut self, keyword: &str) -> bool {
        let found = self.keyword() == Some(keyword);
        self.at += usize::from(found);
        found
    }

    fn accept_operator(&mut self, operator: Operator) -> bool {
        let found = self.operator() == Some(operator);
        self.at += usize::from(found);
        found
    }

    /// Commands up to one of some keywords, the end of a block, or the end of the text.
    fn list(&mut self, ends: &[&str]) -> Vec<Command> {
        let mut commands = Vec::new();
        self.depth += 1;
        while self.at < self.tokens.len() {
            let is_end = self.keyword().is_some_and(|keyword| ends.contains(&keyword));
            match self.operator() {
                Some(Operator::Close | Operator::CloseBrace | Operator::EndOfArm) => break,
                Some(Operator::Open | Operator::OpenBrace) if self.depth > MAX_DEPTH => break,
                Some(Operator::End | Operator::And | Operator::Or | Operator::Pipe | Operator::Read) => {
                    self.at += 1
                }
                _ if is_end || self.depth > MAX_DEPTH => break,
                _ => commands.extend(self.conditional()),
            }
        }
        self.depth -= 1;
        commands
    }

    /// Commands with `&&` and `||` between them.
    fn conditional(&mut self) -> Vec<Command> {
        let mut commands = self.pipeline();
        let condition = match commands.as_slice() {
            [Command::Simple(simple)] if self.is_test(simple) => Some(simple.words.clone()),
            _ => None,
        };
        let (mut then, mut otherwise) = (Vec::new(), Vec::new());
        loop {
            let is_and = self.operator() == Some(Operator::And);
            if !is_and && self.operator() != Some(Operator::Or) {
                break;
            }
            self.at += 1;
            while self.accept_operator(Operator::End) {}
            let next = self.pipeline();
            match (is_and, &condition) {
                (true, Some(_)) if otherwise.is_empty() => then.extend(next),
                (true, None) => commands.extend(next),
                (false, None) => commands.push(Command::Fallback(next)),
                _ => otherwise.extend(next),
            }
        }
        if let Some(condition) = condition {
            let arms = match (then.is_empty(), otherwise.is_empty()) {
                (true, true) => return commands,
                (false, true) => vec![(condition, then)],
                (true, false) => vec![(Vec::new(), otherwise)],
                (false, false) => {
                    commands.push(Command::Branches {
                        arms: vec![(condition, then), (Vec::new(), otherwise)],
                        can_be_skipped: false,
                    });
                    return commands;
                }
            };
            commands.push(Command::Branches { arms, can_be_skipped: true });
        }
        commands
    }

    /// Commands with `|` between them.
    fn pipeline(&mut self) -> Vec<Command> {
        let mut commands: Vec<Command> = self.command().into_iter().collect();
        while self.accept_operator(Operator::Pipe) {
            while self.accept_operator(Operator::End) {}
            let mut next = self.command();
            if let (Some(Command::Simple(next)), Some(Command::Simple(source))) = (&mut next, commands.last())
            {
                next.source = Some(Box::new(source.clone()));
            }
            commands.extend(next);
        }
        commands
    }

    fn is_test(&self, simple: &Simple) -> bool {
        let first = simple.words.first().and_then(|word| self.text.get(word.range.clone()));
        self.dialect == Dialect::Shell && first.is_some_and(|first| ["[", "[[", "test"].contains(&first))
    }

    fn command(&mut self) -> Option<Command> {
        if self.accept_operator(Operator::Open) {
            let body = self.list(&[]);
            self.accept_operator(Operator::Close);
            return Some(Command::Subshell(body));
        }
        if self.dialect == Dialect::Shell {
            match self.keyword() {
                Some("if") => return Some(self.branches()),
                Some("case") => return Some(self.case()),
                Some("for" | "select") => return Some(self.loop_over_words()),
                Some("while" | "until") => {
                    self.at += 1;
                    let mut body = self.list(&["do"]);
                    body.extend(self.body());
                    return Some(Command::Branches { arms: vec![(Vec::new(), body)], can_be_skipped: true });
                }
                Some("{") => return Some(self.group()),
                Some("function") => {
                    self.at += 1;
                    let name = self.word()?.clone();
                    self.at += 1;
                    return Some(self.function(name));
                }
                Some("!" | "then" | "do" | "else" | "fi" | "done" | "esac" | "}" | "time") => {
                    self.at += 1;
                    return None;
                }
                _ => {}
            }
        }
        self.simple()
    }

    /// A command, a function, or, with braces around commands, a block after the words that name it.
    fn simple(&mut self) -> Option<Command> {
        let mut simple = Simple::default();
        loop {
            if let Some(word) = self.word() {
                simple.words.push(word.clone());
                self.at += 1;
                let is_function = simple.words.len() == 1 && self.operator() == Some(Operator::Open);
                if is_function && self.dialect == Dialect::Shell {
                    return Some(self.function(simple.words.remove(0)));
                }
            } else if let Some(Token::Document(document)) = self.tokens.get(self.at) {
                simple.document = Some(document.clone());
                self.at += 1;
            } else if self.accept_operator(Operator::Read) {
                self.at += usize::from(self.word().is_some());
            } else if let Some(operator @ (Operator::Write | Operator::Append)) = self.operator() {
                self.at += 1;
                let is_appended = operator == Operator::Append;
                simple.output = self.word().map(|file| Output { file: file.clone(), is_appended });
                self.at += usize::from(simple.output.is_some());
            } else {
                break;
            }
        }
        if self.operator() == Some(Operator::OpenBrace) {
            self.at += 1;
            let body = self.list(&[]);
            self.accept_operator(Operator::CloseBrace);
            let name = simple.words.first().and_then(|word| self.text.get(word.range.clone()));
            let lasts = name == Some("environment");
            let mut commands = vec![Command::Simple(simple)];
            commands.extend(body);
            return Some(if lasts {
                Command::Branches { arms: vec![(Vec::new(), commands)], can_be_skipped: false }
            } else {
                Command::Subshell(commands)
            });
        }
        if simple.words.is_empty() {
            // Whatever it is, it ends.
            self.at += usize::from(!matches!(
                self.operator(),
                None | Some(Operator::Close | Operator::CloseBrace | Operator::EndOfArm)
            ));
            return None;
        }
        Some(Command::Simple(simple))
    }

    fn group(&mut self) -> Command {
        self.at += 1;
        let body = self.list(&["}"]);
        self.accept("}");
        Command::Branches { arms: vec![(Vec::new(), body)], can_be_skipped: false }
    }

    fn function(&mut self, name: Word) -> Command {
        self.accept_operator(Operator::Open);
        self.accept_operator(Operator::Close);
        while self.accept_operator(Operator::End) {}
        self.depth += 1;
        let body = if self.depth > MAX_DEPTH { None } else { self.command() };
        self.depth -= 1;
        Command::Function { name, body: Rc::new(body.into_iter().collect()) }
    }

    fn branches(&mut self) -> Command {
        let mut arms = Vec::new();
        let mut can_be_skipped = true;
        self.at += 1;
        loop {
            let start = self.at;
            let mut commands = self.list(&["then", "fi"]);
            let condition = self.comparison_from(start);
            self.accept("then");
            commands.extend(self.list(&["elif", "else", "fi"]));
            arms.push((condition, commands));
            if self.accept("elif") {
                continue;
            }
            if self.accept("else") {
                arms.push((Vec::new(), self.list(&["fi"])));
                can_be_skipped = false;
            }
            self.accept("fi");
            return Command::Branches { arms, can_be_skipped };
        }
    }

    /// The words of a comparison since a place; none if it is something else.
    fn comparison_from(&self, start: usize) -> Vec<Word> {
        let words = self.words_from(start);
        let is_operator = |word: &Word| ["=", "=="].contains(&&self.text[word.range.clone()]);
        if words.iter().any(is_operator) { words } else { Vec::new() }
    }

    /// The words since a place.
    fn words_from(&self, start: usize) -> Vec<Word> {
        let tokens = self.tokens.get(start..self.at).unwrap_or_default();
        let words = tokens.iter().filter_map(|token| match token {
            Token::Word(word) => Some(word.clone()),
            Token::Operator(_) | Token::Document(_) => None,
        });
        words.collect()
    }

    fn case(&mut self) -> Command {
        self.at += 1;
        while self.at < self.tokens.len() && !self.accept("in") {
            self.at += 1;
        }
        let mut arms = Vec::new();
        loop {
            while self.accept_operator(Operator::End) || self.accept_operator(Operator::EndOfArm) {}
            if self.at >= self.tokens.len() || self.accept("esac") {
                break;
            }
            self.accept_operator(Operator::Open);
            let start = self.at;
            while self.at < self.tokens.len() && self.operator() != Some(Operator::Close) {
                self.at += 1;
            }
            let patterns = self.words_from(start);
            self.accept_operator(Operator::Close);
            let body = self.list(&["esac"]);
            arms.push((patterns, body));
            if !matches!(self.operator(), Some(Operator::EndOfArm)) && self.keyword() != Some("esac") {
                self.at += 1;
            }
        }
        // A script without an arm for a value does not support it.
        Command::Branches { can_be_skipped: arms.is_empty(), arms }
    }

    fn loop_over_words(&mut self) -> Command {
        self.at += 1;
        let variable = self.word().cloned();
        self.at += usize::from(variable.is_some());
        let start = self.at;
        while self.at < self.tokens.len() && self.keyword() != Some("do") {
            self.at += 1;
        }
        let words = self.words_from(start).into_iter().skip(1).collect();
        Command::Loop { variable, words, body: self.body() }
    }

    /// `do … done`.
    fn body(&mut self) -> Vec<Command> {
        self.accept("do");
        let body = self.list(&["done"]);
        self.accept("done");
        body
    }
}
