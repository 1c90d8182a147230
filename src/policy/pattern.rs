//! Texts with wildcards and unknown parts: what policies contain, and what they are compared with.

use crate::address::ResourceRef;
use crate::policy::Fit;
use crate::policy::difference::{
    are_arns_of_two, are_names_of_two, is_field, is_same, without_partition, without_same,
    without_same_letters,
};
use crate::value::{Node, NodeKind, Part, Unknown};

/// The attribute that stands for the name of a resource that the files do not name.
pub const OWN_NAME: &str = "its own name";

/// A part of a pattern.
#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    /// This character.
    Char(char),
    /// Any one character: `?`, or one of the random characters that AWS appends to the name of a secret.
    One,
    /// A field of an ARN whose value is unknown, without a colon.
    Field,
    /// Such a field of the ARN of a resource in the files: its Region, its account, or its partition.
    FieldOf(ResourceRef),
    /// Any text: `*`.
    Any,
    /// One text that is unknown.
    Hole(Unknown),
}

/// A text with wildcards and unknown parts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pattern {
    /// The parts, in order.
    pub tokens: Vec<Token>,
}

/// What an unknown value stands for, such as the ARN of a resource in the files; `None` if nothing of it is known.
pub type Expand<'f> = &'f dyn Fn(&Unknown) -> Option<Pattern>;

impl Pattern {
    /// A known text without wildcards.
    pub fn text(text: &str) -> Pattern {
        Pattern { tokens: text.chars().map(Token::Char).collect() }
    }

    /// A known text with the wildcards `*` and `?`, and with policy variables, whose values are unknown.
    pub fn glob(text: &str) -> Pattern {
        let mut tokens = Vec::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            rest = &rest[first.len_utf8()..];
            let variable =
                rest.strip_prefix('{').filter(|_| first == '$').and_then(|rest| rest.split_once('}'));
            if let Some((name, after)) = variable {
                tokens.push(match name {
                    "*" | "?" | "$" => Token::Char(name.chars().next().unwrap_or_default()),
                    _ => Token::Hole(Unknown::Placeholder(name.into())),
                });
                rest = after;
                continue;
            }
            tokens.push(match first {
                '*' => Token::Any,
                '?' => Token::One,
                letter => Token::Char(letter),
            });
        }
        Pattern { tokens }
    }

    /// A text of which only the start and the end are known. The unknown part has one value, and the end is followed by more.
    pub fn unknown_between(start: &str, end: &str) -> Pattern {
        let unknown = || Pattern { tokens: vec![Token::Hole(Unknown::Placeholder("unknown".into()))] };
        Pattern::text(start).then(unknown()).then(Pattern::text(end)).then(unknown())
    }

    /// A string of a policy. An unknown part of it may contain wildcards.
    pub fn of(node: &Node, expand: Expand) -> Pattern {
        Pattern::read(node, expand, Pattern::glob)
    }

    /// A string without wildcards, such as the ARN of a request. `${…}` is a part that something replaces.
    pub fn exact(node: &Node, expand: Expand) -> Pattern {
        Pattern::read(node, expand, |text| Pattern::glob(text).literal())
    }

    fn read(node: &Node, expand: Expand, known: fn(&str) -> Pattern) -> Pattern {
        let unknown = |why: &Unknown| {
            expand(why).unwrap_or_else(|| Pattern { tokens: vec![Token::Hole(why.clone())] }).tokens
        };
        let tokens = match &node.kind {
            NodeKind::Unknown(why) => unknown(why),
            NodeKind::Text(text) if text.known().is_none() => {
                let part = |part: &Part| match part {
                    Part::Known { text, .. } => known(text).tokens,
                    Part::Unknown(why, _) => unknown(why),
                    Part::Json(_) | Part::Base64(_) => vec![Token::Any],
                };
                text.parts.iter().flat_map(part).collect()
            }
            _ => node.as_str().map_or_else(|| vec![Token::Any], |text| known(text).tokens),
        };
        Pattern { tokens: with_fields(tokens) }
    }

    /// The pattern followed by another.
    #[must_use]
    pub fn then(mut self, other: Pattern) -> Pattern {
        self.tokens.extend(other.tokens);
        self
    }

    /// The same text, in which `*` and `?` are characters.
    #[must_use]
    pub fn literal(mut self) -> Pattern {
        for token in &mut self.tokens {
            match token {
                Token::Any => *token = Token::Char('*'),
                Token::One => *token = Token::Char('?'),
                Token::Char(_) | Token::Field | Token::FieldOf(_) | Token::Hole(_) => {}
            }
        }
        self
    }

    /// The same text, in which the unknown fields are those of the ARN of a resource.
    #[must_use]
    pub fn with_fields_of(mut self, of: &ResourceRef) -> Pattern {
        for token in self.tokens.iter_mut().filter(|token| **token == Token::Field) {
            *token = Token::FieldOf(of.clone());
        }
        self
    }

    /// The pattern in lower case, for names that IAM compares without regard to case.
    #[must_use]
    pub fn lowercase(mut self) -> Pattern {
        for token in &mut self.tokens {
            if let Token::Char(letter) = token {
                letter.make_ascii_lowercase();
            }
        }
        self
    }

    /// Returns `true` if the pattern matches every text: `*`.
    pub fn is_any(&self) -> bool {
        !self.tokens.is_empty() && self.tokens.iter().all(|token| *token == Token::Any)
    }

    /// The known text before the first wildcard or unknown part.
    pub fn known_start(&self) -> String {
        let letter = |token: &Token| match token {
            Token::Char(letter) => Some(*letter),
            _ => None,
        };
        self.tokens.iter().map_while(letter).collect()
    }

    /// Whether this pattern matches a text that may have unknown parts.
    pub fn fit(&self, text: &Pattern) -> Fit {
        let (ours, theirs) = without_partition(&self.tokens, &text.tokens);
        let Some((ours, theirs)) = without_same_letters(ours, theirs) else {
            return Fit::Never;
        };
        if covers(ours, theirs) {
            return Fit::Always;
        }
        let (ours, theirs) = without_same(ours, theirs);
        let are_two = are_names_of_two(ours, theirs) || are_arns_of_two(&self.tokens, &text.tokens);
        if !are_two && meets(ours, theirs) { Fit::Maybe } else { Fit::Never }
    }
}

impl Pattern {
    /// Whether this pattern matches an ARN. AWS (IAM user guide, condition operators): "Each of the six colon-delimited components of
    /// the ARN is checked separately".
    pub fn fit_arn(&self, arn: &Pattern) -> Fit {
        let fields = |pattern: &Pattern| -> Vec<Pattern> {
            let fields = pattern.tokens.splitn(6, |token| *token == Token::Char(':'));
            fields.map(|tokens| Pattern { tokens: tokens.to_vec() }).collect()
        };
        let (ours, theirs) = (fields(self), fields(arn));
        if ours.len() < 6 || theirs.len() < 6 {
            return self.fit(arn);
        }
        let fits = ours.iter().zip(&theirs).map(|(ours, theirs)| ours.fit(theirs));
        fits.min().unwrap_or(Fit::Maybe)
    }
}

/// The same tokens, in which an unknown part that is a whole field of an ARN is a [`Token::Field`], and so is an account or a Region
/// that is not one: somebody has to replace it.
fn with_fields(tokens: Vec<Token>) -> Vec<Token> {
    let colon = Token::Char(':');
    let is_arn = tokens.iter().take(4).eq(&Pattern::text("arn:").tokens);
    if !is_arn || tokens.iter().filter(|token| **token == colon).count() < 5 {
        return tokens;
    }
    let mut fields: Vec<Vec<Token>> = tokens.splitn(6, |token| *token == colon).map(<[_]>::to_vec).collect();
    let is_digit = |token: &Token| matches!(token, Token::Char(letter) if letter.is_ascii_digit());
    for (index, field) in fields.iter_mut().enumerate().take(5).skip(1) {
        let is_hole = matches!(field.as_slice(), [Token::Hole(_)]);
        let is_text = !field.is_empty() && field.iter().all(|token| matches!(token, Token::Char(_)));
        let is_value = match index {
            3 => field.iter().any(is_digit),
            4 => field.iter().all(is_digit) || field == &Pattern::text("aws").tokens,
            _ => true,
        };
        if is_hole || (is_text && !is_value) {
            *field = vec![Token::Field];
        }
    }
    fields.join(&colon)
}

/// Returns `true` if `pattern` matches `text` whatever the unknown parts of the text are.
fn covers(pattern: &[Token], text: &[Token]) -> bool {
    let (mut ours, mut theirs) = (0, 0);
    // The token after the last `*`, and the token of the text that follows what the `*` stands for. If the rest does not match, the
    // `*` stands for one token more; an earlier `*` need not change.
    let mut wildcard = None;
    while let Some(token) = text.get(theirs) {
        match (pattern.get(ours), wildcard) {
            (Some(Token::Any), _) => {
                ours += 1;
                wildcard = Some((ours, theirs));
            }
            (Some(one), _) if covers_one(one, token) => (ours, theirs) = (ours + 1, theirs + 1),
            (_, Some((after, end))) => {
                (ours, theirs) = (after, end + 1);
                wildcard = Some((after, theirs));
            }
            (_, None) => return false,
        }
    }
    pattern[ours..].iter().all(|token| *token == Token::Any)
}

/// Returns `true` if a token other than `*` matches another, whatever that is.
fn covers_one(ours: &Token, theirs: &Token) -> bool {
    match (ours, theirs) {
        (Token::One, Token::Char(_) | Token::One) => true,
        _ => is_same(ours, theirs),
    }
}

/// Returns `true` if some text matches both.
fn meets(ours: &[Token], theirs: &[Token]) -> bool {
    let (mut row, mut below) = (vec![false; theirs.len() + 1], vec![false; theirs.len() + 1]);
    // From the end: `row[j]` says whether the rest of ours and the rest of theirs from `j` meet.
    for i in (0..=ours.len()).rev() {
        std::mem::swap(&mut row, &mut below);
        for j in (0..=theirs.len()).rev() {
            row[j] = match (ours.get(i), theirs.get(j)) {
                (None, None) => true,
                (Some(one), None) => is_many(one) && below[j],
                (None, Some(other)) => is_many(other) && row[j + 1],
                (Some(one), Some(other)) => match (is_many(one), is_many(other)) {
                    (true, true) => below[j] || row[j + 1],
                    (true, false) => below[j] || (may_contain(one, other) && row[j + 1]),
                    (false, true) => row[j + 1] || (may_contain(other, one) && below[j]),
                    (false, false) => may_be(one, other) && below[j + 1],
                },
            };
        }
    }
    row[0]
}

fn is_many(token: &Token) -> bool {
    matches!(token, Token::Any | Token::Hole(_)) || is_field(token)
}

fn may_contain(many: &Token, one: &Token) -> bool {
    !is_field(many) || *one != Token::Char(':')
}

fn may_be(one: &Token, other: &Token) -> bool {
    *one == Token::One || *other == Token::One || one == other
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hole(name: &str) -> Pattern {
        Pattern { tokens: vec![Token::Hole(Unknown::Reference(name.into()))] }
    }

    fn fit(pattern: &str, text: &str) -> Fit {
        Pattern::glob(pattern).fit(&Pattern::text(text))
    }

    /// The ARN of a secret with an unknown account and the six random characters.
    fn secret(name: &str) -> Pattern {
        let start = Pattern {
            tokens: with_fields(Pattern::text("arn:aws:secretsmanager:eu-west-1:ACCOUNT:secret:").tokens),
        };
        start.then(Pattern::text(name)).then(Pattern::glob("-??????"))
    }

    #[test]
    fn known_texts_are_matched_as_iam_does() {
        assert_eq!(fit("*", "ssm:GetParameters"), Fit::Always);
        assert_eq!(fit("ssm:Get*", "ssm:GetParameters"), Fit::Always);
        assert_eq!(fit("ssm:GetParameter?", "ssm:GetParameters"), Fit::Always);
        assert_eq!(fit("ssm:GetParameter", "ssm:GetParameters"), Fit::Never);
        assert_eq!(fit("a*b*c", "aXbYbc"), Fit::Always);
        assert_eq!(fit("a*b*c", "aXbYbd"), Fit::Never);
        assert_eq!(fit("${*}", "*"), Fit::Always);
        assert_eq!(fit("${aws:username}", "x"), Fit::Maybe);
    }

    #[test]
    fn a_secret_ends_in_six_characters_that_nobody_knows() {
        let arn =
            |end: &str| Pattern::glob(&format!("arn:aws:secretsmanager:eu-west-1:123456789012:secret:{end}"));
        assert_eq!(arn("shop/db").fit(&secret("shop/db")), Fit::Never);
        assert_eq!(arn("shop/db-Ab12Cd").fit(&secret("shop/db")), Fit::Maybe);
        assert_eq!(arn("shop/db-??????").fit(&secret("shop/db")), Fit::Maybe);
        assert_eq!(arn("shop/*").fit(&secret("shop/db")), Fit::Maybe);
        assert_eq!(arn("shop/api-*").fit(&secret("shop/db")), Fit::Never);
        assert_eq!(Pattern::glob("*:secret:shop/db-??????").fit(&secret("shop/db")), Fit::Always);
    }

    #[test]
    fn a_field_of_an_arn_has_no_colon() {
        let need = Pattern {
            tokens: with_fields(Pattern::text("arn:aws:ssm:eu-west-1:X:parameter/shop/key").tokens),
        };
        assert_eq!(Pattern::glob("arn:aws:ssm:*:*:parameter//shop/*").fit(&need), Fit::Never);
        assert_eq!(
            Pattern::glob("arn:aws:ssm:eu-west-1:123456789012:parameter/shop/*").fit(&need),
            Fit::Maybe
        );
    }

    #[test]
    fn the_same_unknown_part_is_the_same_text() {
        let named = |end: &str| hole("var.stage").then(Pattern::text(end));
        assert_eq!(named("-db").fit(&named("-db")), Fit::Always);
        assert_eq!(named("-api").fit(&named("-db")), Fit::Never);
        assert_eq!(hole("var.other").then(Pattern::text("-api")).fit(&named("-api")), Fit::Maybe);
        assert_eq!(Pattern::glob("*-db").fit(&named("-db")), Fit::Always);
    }
}
