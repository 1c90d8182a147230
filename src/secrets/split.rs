//! Splits names into words.

use crate::secrets::lexicon::roles;

/// Maximum length of the words that compounds consist of.
const MAX_PART: usize = 18;

/// The words of a name in lower case, without accents and numbers: `dbPassword`, `DB-PASSWORD-2`, `db.password`, and `DBPASSWORD`
/// all have the words `db password`.
pub(super) fn words(name: &str) -> String {
    let written = written(name);
    let mut words = String::with_capacity(written.len() + 4);
    for word in written.split_ascii_whitespace() {
        match parts(word).filter(|_| roles(word).is_empty()) {
            Some(parts) => parts.iter().for_each(|part| add(part, &mut words)),
            None => add(word, &mut words),
        }
    }
    words
}

fn add(word: &str, words: &mut String) {
    if !words.is_empty() {
        words.push(' ');
    }
    words.push_str(word);
}

/// The fewest known words that a compound consists of; `None` if it has other parts.
fn parts(word: &str) -> Option<Vec<&str>> {
    if !word.is_ascii() {
        return None;
    }
    // For each length, the number of parts of the start of the word, and where the last of them begins.
    let mut starts = vec![Some((0, 0))];
    for end in 1..=word.len() {
        let of_last = |start: usize| {
            let (count, _) = starts[start]?;
            (end - start > 1 && !roles(&word[start..end]).is_empty()).then_some((count + 1, start))
        };
        let fewest = (end.saturating_sub(MAX_PART)..end).filter_map(of_last).min();
        starts.push(fewest);
    }
    let mut found = Vec::new();
    let mut end = word.len();
    while end > 0 {
        let (_, start) = starts[end]?;
        found.push(&word[start..end]);
        end = start;
    }
    found.reverse();
    Some(found)
}

/// The words of a name as they are written, in lower case, without accents and numbers.
fn written(name: &str) -> String {
    let mut words = String::with_capacity(name.len() + 4);
    let mut before = ' ';
    let mut letters = name.chars().peekable();
    while let Some(letter) = letters.next() {
        let mut ends_capitals =
            || before.is_uppercase() && letters.peek().is_some_and(|next| next.is_lowercase());
        if letter.is_uppercase() && (before.is_lowercase() || ends_capitals()) {
            words.push(' ');
        }
        if letter.is_ascii_alphabetic() {
            words.push(letter.to_ascii_lowercase());
        } else if letter.is_alphabetic() || ('\u{300}'..='\u{36F}').contains(&letter) {
            letter.to_lowercase().for_each(|letter| fold(letter, &mut words));
        } else {
            words.push(' ');
        }
        before = letter;
    }
    words
}

/// Adds a letter without its accent.
fn fold(letter: char, word: &mut String) {
    match letter {
        'ä' => word.push_str("ae"),
        'ö' => word.push_str("oe"),
        'ü' => word.push_str("ue"),
        'ß' => word.push_str("ss"),
        'á' | 'à' | 'â' | 'ã' | 'ą' => word.push('a'),
        'ç' | 'ć' => word.push('c'),
        'é' | 'è' | 'ê' | 'ë' | 'ę' => word.push('e'),
        'í' | 'ì' | 'î' | 'ï' => word.push('i'),
        'ł' => word.push('l'),
        'ñ' | 'ń' => word.push('n'),
        'ó' | 'ò' | 'ô' | 'õ' => word.push('o'),
        'ś' => word.push('s'),
        'ú' | 'ù' | 'û' => word.push('u'),
        'ź' | 'ż' => word.push('z'),
        // A combining accent.
        '\u{300}'..='\u{36F}' => {}
        letter => word.push(letter),
    }
}
