//! "Did you mean …?"

/// Whether somebody may have meant to write it. Comparing what is longer takes the square of its length.
fn is_name(text: &str) -> bool {
    text.len() <= 256
}

/// The candidate most like `word`, if one is like enough that it may have been meant.
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let distance = |candidate: &str| strsim::osa_distance(&word.to_lowercase(), &candidate.to_lowercase());
    let names = candidates.into_iter().filter(|candidate| is_name(word) && is_name(candidate));
    let closest = names.map(|candidate| (distance(candidate), candidate)).min()?;
    let allowed = (word.chars().count() / 3).max(1);
    (closest.0 <= allowed).then_some(closest.1)
}

/// The candidate that was certainly meant: the same but for how words are set apart, or but for one letter of many.
pub fn certain_match<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let letters = |text: &str| text.to_lowercase().replace(['_', '-'], "");
    let ours = letters(word);
    let one_letter = |theirs: &str| theirs.len() >= 6 && strsim::osa_distance(&ours, theirs) <= 1;
    candidates.into_iter().filter(|candidate| is_name(word) && is_name(candidate)).find(|candidate| {
        let theirs = letters(candidate);
        ours == theirs || one_letter(&theirs)
    })
}

/// Whether two names are one that was misspelled once, or cut up otherwise: `pizza-servce`, `shop_api`, `team/shop-api`.
/// Names that differ in a number are two.
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

/// A list of names as a sentence has it: "`a`, `b` and `c`".
pub fn join_and<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    join(names, "and")
}

/// A choice of names as a sentence has it: "`a`, `b` or `c`".
pub fn join_or<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    join(names, "or")
}

fn join<'n>(names: impl IntoIterator<Item = &'n str>, word: &str) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {word} {last}", first.join(", ")),
    }
}
