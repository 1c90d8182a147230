//! "Did you mean …?"

/// Whether the text can be a name. Comparing takes time quadratic in the length, so long texts are excluded.
fn is_name(text: &str) -> bool {
    text.len() <= 256
}

/// The maximum number of candidates that are compared.
const MAX_CANDIDATES: usize = 400;

/// The candidate most similar to `word`, if it is similar enough to suggest. Of very many candidates, only the first are compared.
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let lower = word.to_lowercase();
    let distance = |candidate: &str| strsim::osa_distance(&lower, &candidate.to_lowercase());
    let names = candidates.into_iter().take(MAX_CANDIDATES);
    let names = names.filter(|candidate| is_name(word) && is_name(candidate));
    let closest = names.map(|candidate| (distance(candidate), candidate)).min()?;
    let allowed = (word.chars().count() / 3).max(1);
    (closest.0 <= allowed).then_some(closest.1)
}

/// The candidate that was certainly meant: it differs only in separators, or in one letter of a long word.
pub fn certain_match<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let letters = |text: &str| text.to_lowercase().replace(['_', '-'], "");
    let ours = letters(word);
    let one_letter = |theirs: &str| theirs.len() >= 6 && strsim::osa_distance(&ours, theirs) <= 1;
    candidates.into_iter().filter(|candidate| is_name(word) && is_name(candidate)).find(|candidate| {
        let theirs = letters(candidate);
        ours == theirs || one_letter(&theirs)
    })
}

/// Whether one name is a misspelling of the other, or differs only in its separators: `pizza-servce`, `shop_api`,
/// `team/shop-api`. Names that differ in a number are distinct.
pub fn is_typo(one: &str, other: &str) -> bool {
    if !is_name(one) || !is_name(other) {
        return false;
    }
    let letters =
        |name: &str| name.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let numbers = |name: &str| name.chars().filter(char::is_ascii_digit).collect::<String>();
    let last = |name: &str| name.rsplit('/').next().map(str::to_owned);
    let cut = letters(one) == letters(other)
        || (one.contains('/') != other.contains('/') && last(one) == last(other));
    let misspelled = one.len() > 5 && numbers(one) == numbers(other) && strsim::osa_distance(one, other) == 1;
    one != other && (cut || misspelled)
}

/// A name in snake case, as the API spells it: `portMappings` for `port_mappings`.
pub fn camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |key, word| {
        let mut letters = word.chars();
        let capital = letters.next().map(|letter| letter.to_ascii_uppercase());
        key + &capital.into_iter().chain(letters).collect::<String>()
    })
}

/// Joins names for a sentence: "`a`, `b`, and `c`".
pub fn join_and<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    join(names, "and")
}

/// Joins alternatives for a sentence: "`a`, `b`, or `c`".
pub fn join_or<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    join(names, "or")
}

fn join<'n>(names: impl IntoIterator<Item = &'n str>, word: &str) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [one, other] => format!("{one} {word} {other}"),
        [first @ .., last] => format!("{}, {word} {last}", first.join(", ")),
    }
}
