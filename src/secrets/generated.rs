//! Recognizes texts that look generated: they consist of something else than words, abbreviations, and numbers.

/// The letters that follow each letter of the alphabet in common words: those of the documentation of this program, of the
/// names in configurations, and of Polish, which has pairs of its own. Half of all pairs are in words, and a few of the
/// others.
const FOLLOWERS: [&str; 26] = [
    "abcdefgiklmnprstuvwxyz",
    "abcdeilnorstuy",
    "acehikloprstuyz",
    "abcdefgijlmnoprsuvwyz",
    "abcdefghijklmnopqrstuvwxyz",
    "aefilorstuy",
    "aeghilnorstuwy",
    "aeimnortuy",
    "abcdefgiklmnopqrstuvxz",
    "aeosu",
    "aeilnosu",
    "abcdefiklmopstuvyz",
    "abeilmopqsuy",
    "abcdefghijklmnoprstuvyz",
    "abcdefgijklmnoprstuvwxy",
    "acdeghiloprstuy",
    "lu",
    "abcdefghiklmnoprstuvwyz",
    "acdefghiklmnopqrstuwyz",
    "abcdefghilmnoprstuwy",
    "abcdefgiklmnoprstvx",
    "aeio",
    "aehilnorsy",
    "aceimpt",
    "abcdefilmnoprst",
    "aceiknosyw",
];

/// The same as bits, one for each letter.
static PAIRS: [u32; 26] = {
    let mut pairs = [0; 26];
    let mut letter = 0;
    while letter < 26 {
        let bytes = FOLLOWERS[letter].as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            pairs[letter] |= 1 << (bytes[at] - b'a');
            at += 1;
        }
        letter += 1;
    }
    pairs
};

/// Minimum lengths of a word that looks generated, of one in capitals, which is otherwise an abbreviation, of one with many
/// short parts, of one of these in lower case, and of a hexadecimal number.
const MIN_LEN: usize = 6;
const MIN_CAPITALS: usize = 8;
const MIN_PARTS: usize = 8;
const MIN_LOWER: usize = 10;
const MIN_HEX: usize = 16;

/// The start of the name of an algorithm for passwords, which no word resembles.
const PBKDF: &str = "pbkdf";

/// Whether a part of a text looks generated.
pub(super) fn is_generated(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_alphanumeric()).any(is_word)
}

/// Whether a text is one word of letters that looks generated. Identifiers have digits.
pub(super) fn is_random_letters(text: &str) -> bool {
    text.len() >= MIN_LOWER && text.bytes().all(|byte| byte.is_ascii_alphabetic()) && is_word(text)
}

/// Whether a word of letters and digits looks generated.
fn is_word(word: &str) -> bool {
    let has = |test: fn(&u8) -> bool| word.as_bytes().iter().any(test);
    let (has_lower, has_upper) = (has(u8::is_ascii_lowercase), has(u8::is_ascii_uppercase));
    let least = if has_lower { MIN_LEN } else { MIN_CAPITALS };
    if word.len() < least || !(has_lower || has_upper) || word.to_ascii_lowercase().starts_with(PBKDF) {
        return false;
    }
    let (pairs, rare) = letter_pairs(word);
    let parts = parts(word);
    let least = if has_lower && has_upper { MIN_PARTS } else { MIN_LOWER };
    let is_hex = || word.len() >= MIN_HEX && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    rare >= 3
        || lacks_vowels(word)
        || (rare >= 2 && rare * 4 > pairs)
        || (word.len() >= least && parts >= 4 && word.len() * 2 < parts * 5)
        || (is_hex() && has(u8::is_ascii_digit))
}

/// Minimum lengths of letters without a vowel, and with few of them, that are not a word or an abbreviation.
const MIN_WITHOUT: usize = 8;
const MIN_FEW: usize = 12;

/// Whether a part of a word has too few vowels for its length.
fn lacks_vowels(word: &str) -> bool {
    let lacks = |letters: &str| {
        let vowels = letters.bytes().filter(|byte| b"aeiouyAEIOUY".contains(byte)).count();
        (vowels == 0 && letters.len() >= MIN_WITHOUT)
            || (vowels * 6 < letters.len() && letters.len() >= MIN_FEW)
    };
    word.split(|c: char| c.is_ascii_digit()).any(lacks)
}

/// The number of pairs of letters, and of those that are rare in words.
fn letter_pairs(word: &str) -> (usize, usize) {
    let letters = word.as_bytes().windows(2).filter(|pair| pair.iter().all(u8::is_ascii_alphabetic));
    letters.fold((0, 0), |(pairs, rare), pair| {
        let [first, second] = [pair[0], pair[1]].map(|byte| byte.to_ascii_lowercase() - b'a');
        (pairs + 1, rare + usize::from(PAIRS[usize::from(first)] & (1 << second) == 0))
    })
}

/// The number of numbers, abbreviations, and words, capitalized or not, of which a word consists.
fn parts(word: &str) -> usize {
    let class = |byte: u8| match byte {
        b'0'..=b'9' => 0,
        b'a'..=b'z' => 1,
        _ => 2,
    };
    let classes: Vec<u8> = word.bytes().map(class).collect();
    // A capital letter begins a word, and does not end one.
    let ends = |pair: &&[u8]| pair[0] != pair[1] && !(pair[0] == 2 && pair[1] == 1);
    // The last letter of several capitals begins the next word.
    let begins = |three: &&[u8]| *three == [2, 2, 1];
    1 + classes.windows(2).filter(ends).count() + classes.windows(3).filter(begins).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_abbreviations_and_numbers_are_not_generated() {
        for text in [
            "strict-and-long",
            "django.contrib.auth.hashers.PBKDF2",
            "X-Forwarded-Access-Token",
            "page2of10",
            "createdAt2024",
            "customerId2region",
            "utf8mb4_unicode_520_ci",
            "RS256-with-rotation",
            "AmazonECSTaskExecutionRolePolicy",
            "PBKDF2WithHmacSHA256",
            "Geburtstagsgeschenk",
            "schwierigkeiten",
            "mot_de_passe_oublie",
            "desenvolvimento",
            "wysokosc-przedsiebiorstwa",
            "kubernetes",
            "cloudwatchlogs",
            "2024-01-31T12:34:56Z",
            "1700000000",
            "15m",
            "x86_64-unknown-linux-gnu",
        ] {
            assert!(!is_generated(text), "{text}");
        }
    }

    #[test]
    fn random_letters_and_digits_are_generated() {
        for text in [
            "bqxkzvwpdgtrjm",
            "vkzqmwt",
            "qh8Zr2LmXv5T",
            "9f8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c",
            "0b6c1d2e-3f40-4a5b-8c6d-7e8f90a1b2c3",
            "p7r2k9x4m1w8",
            "JBSWY3DPEHPK3PXPJBSW",
            "prefix-QxWvTzKpLmNb",
        ] {
            assert!(is_generated(text), "{text}");
        }
    }
}
