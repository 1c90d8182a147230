//! Words and operators of a shell script, and of languages that are like it.

use std::ops::Range;

use crate::frontend::terraform::commands::computed::computed;

/// How a text separates its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// A POSIX shell.
    Shell,
    /// A language that calls a shell or resembles one: Groovy, PowerShell, batch files. Parentheses, brackets, and commas only
    /// separate words.
    Plain,
}

/// A part of a script.
#[derive(Clone, Debug)]
pub(super) enum Token {
    Word(Word),
    /// The text of a here-document.
    Document(Word),
    Operator(Operator),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    /// The end of a command: a newline, `;`, or `&`.
    End,
    /// `|`.
    Pipe,
    /// `;;`.
    EndOfArm,
    /// `&&`.
    And,
    /// `||`.
    Or,
    /// `<`, before the word that names a file.
    Read,
    /// `>`, before the word that names a file.
    Write,
    /// `>>`, before the word that names a file.
    Append,
    Open,
    Close,
    OpenBrace,
    CloseBrace,
}

/// A word, without its quotes.
#[derive(Clone, Debug, Default)]
pub(super) struct Word {
    pub pieces: Vec<Piece>,
    /// Its bytes, with its quotes.
    pub range: Range<usize>,
    pub is_quoted: bool,
    /// The words of an array: `name=(a b)`.
    pub items: Vec<Word>,
}

#[derive(Clone, Debug)]
pub(super) enum Piece {
    /// Bytes that are what they are.
    Known(Range<usize>),
    /// Bytes that are replaced by something.
    Computed(Range<usize>),
}

/// The parts of some bytes of a text.
pub(super) fn tokens(text: &str, range: Range<usize>, dialect: Dialect) -> Vec<Token> {
    let mut lexer =
        Lexer { text: &text[..range.end], at: range.start, dialect, document_end: 0, is_in_array: false };
    std::iter::from_fn(|| lexer.token()).collect()
}

/// Some bytes of a text as one word, whatever it contains.
pub(super) fn whole(text: &str, range: Range<usize>) -> Word {
    let mut word = Word { range: range.clone(), is_quoted: true, ..Word::default() };
    let mut at = range.start;
    while let Some(letter) = text[at..range.end].chars().next() {
        match computed(&text[at..range.end]) {
            0 => {
                word.push(at, letter);
                at += letter.len_utf8();
            }
            length => {
                word.pieces.push(Piece::Computed(at..at + length));
                at += length;
            }
        }
    }
    word
}

impl Word {
    fn push(&mut self, at: usize, letter: char) {
        let end = at + letter.len_utf8();
        match self.pieces.last_mut() {
            Some(Piece::Known(range)) if range.end == at => range.end = end,
            _ => self.pieces.push(Piece::Known(at..end)),
        }
    }
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
    dialect: Dialect,
    /// The end of the last here-document, at which the commands continue after this line.
    document_end: usize,
    /// Whether the words are those of an array, which contains no other.
    is_in_array: bool,
}

impl<'t> Lexer<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn token(&mut self) -> Option<Token> {
        loop {
            let rest = self.rest();
            let letter = rest.chars().next()?;
            if let Some(length) = continuation(rest) {
                self.at += length;
                continue;
            }
            let is_plain = self.dialect == Dialect::Plain;
            let (operator, length) = match letter {
                '\n' => (Operator::End, 1),
                '#' => {
                    self.skip_line();
                    continue;
                }
                '/' if is_plain && rest.starts_with("//") => {
                    self.skip_line();
                    continue;
                }
                ',' | '[' | ']' | '(' | ')' if is_plain => {
                    self.at += 1;
                    continue;
                }
                _ if letter.is_whitespace() => {
                    self.at += letter.len_utf8();
                    continue;
                }
                '{' if is_plain && computed(rest) == 0 => (Operator::OpenBrace, 1),
                '}' if is_plain => (Operator::CloseBrace, 1),
                ';' if rest.starts_with(";;") => (Operator::EndOfArm, 2),
                '&' if rest.starts_with("&&") => (Operator::And, 2),
                '|' if rest.starts_with("||") => (Operator::Or, 2),
                '|' => (Operator::Pipe, 1),
                ';' | '&' => (Operator::End, 1),
                '(' => (Operator::Open, 1),
                ')' => (Operator::Close, 1),
                '<' if rest.starts_with("<<") && !rest.starts_with("<<<") => match self.document() {
                    Some(document) => return Some(Token::Document(document)),
                    None => continue,
                },
                '<' | '>' => {
                    let after = rest.trim_start_matches(['<', '>']);
                    let after = after.strip_prefix(['&', '|']).unwrap_or(after);
                    let operator = match letter {
                        '<' => Operator::Read,
                        _ if rest.starts_with(">>") => Operator::Append,
                        _ => Operator::Write,
                    };
                    (operator, rest.len() - after.len())
                }
                _ => match self.word() {
                    Some(word) => return Some(Token::Word(word)),
                    None => continue,
                },
            };
            self.at += length;
            if letter == '\n' {
                self.at = self.at.max(self.document_end);
            }
            return Some(Token::Operator(operator));
        }
    }

    fn skip_line(&mut self) {
        self.at += self.rest().find('\n').unwrap_or(self.rest().len());
    }

    /// Reads `<<END`, and the text that follows this line, which is not read as commands.
    fn document(&mut self) -> Option<Word> {
        self.at += "<<".len();
        self.at += self.rest().len() - self.rest().trim_start_matches(['-', '~', ' ']).len();
        let word = self.word()?;
        let end = self.text[word.range.clone()].trim_matches(['"', '\'', '\\']);
        let line = self.rest().find('\n').map_or(self.text.len(), |length| self.at + length + 1);
        let start = self.document_end.max(line);
        let mut text = start..start;
        self.document_end = start;
        for line in self.text[start..].split_inclusive('\n') {
            self.document_end += line.len();
            if line.trim() == end {
                break;
            }
            text.end = self.document_end;
        }
        let is_literal = word.is_quoted || self.text[word.range].starts_with('\\');
        let pieces = vec![Piece::Known(text.clone())];
        let literal = Word { pieces, range: text.clone(), is_quoted: true, items: Vec::new() };
        Some(if is_literal { literal } else { whole(self.text, text) })
    }

    /// Reads a word; `None` if it is the number of a stream, or if nothing could be read.
    fn word(&mut self) -> Option<Word> {
        let start = self.at;
        let mut word = Word::default();
        let mut quote = None;
        while let Some(letter) = self.rest().chars().next() {
            let rest = self.rest();
            let length = letter.len_utf8();
            if let Some(length) = continuation(rest) {
                if quote.is_none() {
                    break;
                }
                self.at += length;
                continue;
            }
            let computed = computed(rest);
            if computed > 0 {
                word.pieces.push(Piece::Computed(self.at..self.at + computed));
                self.at += computed;
                continue;
            }
            match quote {
                Some(open) if letter == open => quote = None,
                None if matches!(letter, '"' | '\'') && rest[length..].contains(letter) => {
                    quote = Some(letter);
                    word.is_quoted = true;
                }
                None if self.is_end(letter) => break,
                _ if letter == '\\' && escapes(rest) => {
                    let escaped = rest[length..].chars().next().unwrap_or_default();
                    word.push(self.at + length, escaped);
                    self.at += escaped.len_utf8();
                }
                _ => word.push(self.at, letter),
            }
            self.at += length;
        }
        if self.at == start {
            self.at += self.rest().chars().next().map_or(0, char::len_utf8);
            return None;
        }
        word.range = start..self.at;
        let text = &self.text[word.range.clone()];
        let is_array = text.ends_with('=') && self.rest().starts_with('(');
        if is_array && self.dialect == Dialect::Shell && !self.is_in_array {
            word.items = self.items();
        }
        let is_stream = text.bytes().all(|byte| byte.is_ascii_digit()) && self.rest().starts_with(['<', '>']);
        (!is_stream).then_some(word)
    }

    /// Reads the words of an array.
    fn items(&mut self) -> Vec<Word> {
        self.at += 1;
        self.is_in_array = true;
        let mut items = Vec::new();
        while let Some(token) = self.token() {
            match token {
                Token::Word(word) => items.push(word),
                Token::Operator(Operator::Close) => break,
                Token::Operator(_) | Token::Document(_) => {}
            }
        }
        self.is_in_array = false;
        items
    }

    fn is_end(&self, letter: char) -> bool {
        let is_separator = self.dialect == Dialect::Plain && ",[]{}".contains(letter);
        letter.is_whitespace() || ";&|()<>".contains(letter) || is_separator
    }
}

/// Whether a backslash at the start of a text escapes the next character. In a path of Windows, it does not.
fn escapes(text: &str) -> bool {
    text[1..].starts_with(|next: char| !next.is_alphanumeric() && next != '%')
}

/// The length of the end of a line that continues on the next one: with a backslash, or as in PowerShell or a batch file.
fn continuation(text: &str) -> Option<usize> {
    let rest = text.strip_prefix(['\\', '`', '^'])?;
    let rest = rest.trim_start_matches([' ', '\t', '\r']).strip_prefix('\n')?;
    Some(text.len() - rest.len())
}
