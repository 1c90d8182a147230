//! A grammar decodes any bytes to a text of its language, so that each mutation of the bytes is a change of structure.
//!
//! In the text of a grammar, `# name` begins a rule, and each line after it is an alternative. `<name>` stands for an
//! alternative of a rule, `<name?>` for at most one, `<name*>` for any number, and `¶` for a line break. The first
//! alternative of a rule is used after the last byte and at the maximum depth, so it must be finite.

use std::collections::BTreeMap;

/// Depth at which only first alternatives are used. Limits of ecslint are below it.
const DEEPEST: usize = 200;

/// A piece of an alternative.
enum Piece {
    Text(String),
    Rule(usize, Times),
}

#[derive(Clone, Copy)]
enum Times {
    One,
    AtMostOne,
    Any,
}

/// The rules of a language. The first one is the start.
pub struct Grammar(Vec<Vec<Vec<Piece>>>);

impl Grammar {
    /// Reads a grammar.
    pub fn new(text: &str) -> Grammar {
        let mut names: BTreeMap<&str, usize> = BTreeMap::new();
        let mut rules: Vec<Vec<&str>> = Vec::new();
        for line in text.lines().filter(|line| !line.is_empty()) {
            match (line.strip_prefix("# "), rules.last_mut()) {
                (Some(name), _) => {
                    assert_eq!(names.insert(name, rules.len()), None, "{name} is defined twice");
                    rules.push(Vec::new());
                }
                (None, Some(rule)) => rule.push(line),
                (None, None) => panic!("{line} is in no rule"),
            }
        }
        let pieces = |rule: Vec<&str>| rule.into_iter().map(|line| pieces(line, &names)).collect();
        Grammar(rules.into_iter().map(pieces).collect())
    }

    /// The text that bytes stand for.
    pub fn expand(&self, data: &[u8]) -> String {
        let mut text = String::new();
        self.rule(0, &mut data.iter(), 0, &mut text);
        text
    }

    fn rule(&self, rule: usize, data: &mut std::slice::Iter<u8>, depth: usize, text: &mut String) {
        let alternatives = &self.0[rule];
        let chosen = match alternatives.len() {
            1 => 0,
            _ if depth > DEEPEST => 0,
            count => usize::from(next(data)) % count,
        };
        for piece in &alternatives[chosen] {
            match piece {
                Piece::Text(piece) => text.push_str(piece),
                Piece::Rule(rule, Times::One) => self.rule(*rule, data, depth + 1, text),
                Piece::Rule(rule, Times::AtMostOne) => {
                    if next(data) % 2 == 1 {
                        self.rule(*rule, data, depth + 1, text);
                    }
                }
                Piece::Rule(rule, Times::Any) => {
                    while depth < DEEPEST && !next(data).is_multiple_of(4) {
                        self.rule(*rule, data, depth + 1, text);
                    }
                }
            }
        }
    }
}

/// The next byte, or 0 after the last one.
fn next(data: &mut std::slice::Iter<u8>) -> u8 {
    data.next().copied().unwrap_or_default()
}

/// The pieces of an alternative. `<` and `>` around anything but a name are text.
fn pieces(line: &str, names: &BTreeMap<&str, usize>) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for (number, part) in line.replace('¶', "\n").split('<').enumerate() {
        let reference = part.split_once('>').and_then(|(name, rest)| {
            let times = match name.chars().last()? {
                '*' => Times::Any,
                '?' => Times::AtMostOne,
                _ => Times::One,
            };
            let rule = names.get(name.trim_end_matches(['*', '?']))?;
            Some((Piece::Rule(*rule, times), rest))
        });
        match reference.filter(|_| number > 0) {
            Some((rule, rest)) => pieces.extend([rule, Piece::Text(rest.to_owned())]),
            None => {
                let before = if number > 0 { "<" } else { "" };
                let is_name = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase());
                let unknown = part.split_once('>').is_some_and(|(name, _)| is_name(name));
                assert!(number == 0 || !unknown, "there is no rule for {part}");
                pieces.push(Piece::Text(format!("{before}{part}")));
            }
        }
    }
    pieces
}
