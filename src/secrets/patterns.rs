//! Recognizes credentials: values with a known format, and high-entropy values with a revealing name.

use std::ops::Range;

use crate::secrets::names;
use crate::secrets::sample::is_sample;
use crate::secrets::tokens;

pub use crate::secrets::names::{described as names_secret, is_about_other};

/// Words that weak passwords consist of.
pub(super) const WEAK: [&str; 42] = [
    "passw0rd",
    "password",
    "passwd",
    "pass",
    "secret",
    "token",
    "admin",
    "root",
    "user",
    "testing",
    "test",
    "demo",
    "default",
    "local",
    "development",
    "dev",
    "production",
    "prod",
    "staging",
    "postgresql",
    "postgres",
    "mysql",
    "mariadb",
    "mongo",
    "redis",
    "rabbitmq",
    "guest",
    "foobar",
    "foo",
    "bar",
    "baz",
    "qwerty",
    "abcdef",
    "abc",
    "super",
    "key",
    "api",
    "app",
    "database",
    "db",
    "public",
    "private",
];

/// A description of the credential that a value with this name seems to be.
pub fn kind(name: &str, value: &str) -> Option<&'static str> {
    format(value).or_else(|| {
        let what = if value.len() < MIN_PASSWORD { None } else { names::described(name) };
        what.filter(|what| is_plausible(value, what))
    })
}

/// Minimum lengths of a plausible password, and of another plausible secret.
const MIN_PASSWORD: usize = 8;
const MIN_KEY: usize = 16;

/// A description of the credential in a text, by its format.
pub fn format(text: &str) -> Option<&'static str> {
    if text.contains("-----BEGIN ")
        && (text.contains("PRIVATE KEY-----") || text.contains("PRIVATE KEY BLOCK-----"))
    {
        return Some("a private key");
    }
    let breaks = |c: char| !(c.is_ascii_alphanumeric() || "_-.".contains(c));
    let known = text.split(breaks).find_map(tokens::form).or_else(|| tokens::infixed(text));
    known.or_else(|| {
        let mut urls = text.match_indices("://");
        let has_password = urls.any(|(at, sign)| url_password(&text[at + sign.len()..]).is_some());
        has_password.then_some("a URL with a password")
    })
}

/// Whether a word has the format of an AWS secret access key.
pub(super) fn is_secret_key(word: &str) -> bool {
    let has = |test: fn(&u8) -> bool| word.as_bytes().iter().any(test);
    word.len() == 40
        && has(u8::is_ascii_uppercase)
        && has(u8::is_ascii_lowercase)
        && has(u8::is_ascii_digit)
        && !is_sample(word)
}

/// The place of the password in a URL, given the text after `://`. A password that equals the user name, or a URL of
/// the local host, is for development and is excluded.
pub(super) fn url_password(rest: &str) -> Option<Range<usize>> {
    let end = rest.find(|c: char| c.is_whitespace() || "/?#\"'".contains(c)).unwrap_or(rest.len());
    let (userinfo, host) = rest[..end].rsplit_once('@')?;
    let (user, password) = userinfo.split_once(':')?;
    let local = ["localhost", "127.0.0.1", "0.0.0.0"].iter().any(|name| host.starts_with(name));
    let real = password.len() >= 4 && password != user && !points_elsewhere(password) && !is_weak(password);
    (real && !local).then_some(user.len() + 1..userinfo.len())
}

/// Whether a value with a revealing name is a credential, and neither a sample nor a reference to the place that
/// stores it.
pub(super) fn is_plausible(value: &str, what: &str) -> bool {
    let password = what == "a password";
    let least = if password { MIN_PASSWORD } else { MIN_KEY };
    if value.len() < least || value.contains(char::is_whitespace) || points_elsewhere(value) || is_weak(value)
    {
        return false;
    }
    let has = |test: fn(char) -> bool| value.chars().any(test);
    let (letter, digit) = (has(|c| c.is_ascii_alphabetic()), has(|c| c.is_ascii_digit()));
    if password {
        let special = has(|c| c.is_ascii_punctuation() && !"-_./:".contains(c));
        return letter && (digit || special) && entropy(value) >= 2.5;
    }
    let cases = has(|c| c.is_ascii_uppercase()) && has(|c| c.is_ascii_lowercase());
    let mixed =
        letter && digit && value.split(['-', '_', '.', '/', ':']).any(|word| word.len() >= 8 && mixes(word));
    (mixed && entropy(value) >= 3.0)
        || (cases && value.len() >= 20 && entropy(value) >= 4.2)
        || (letter && digit && is_uuid(value))
}

/// Whether letters and digits alternate more than in a word with a trailing number.
pub(super) fn mixes(word: &str) -> bool {
    let digits: Vec<bool> = word.chars().map(|c| c.is_ascii_digit()).collect();
    digits.windows(2).filter(|pair| pair[0] != pair[1]).count() >= 2
}

fn is_uuid(value: &str) -> bool {
    let lengths: Vec<usize> = value.split('-').map(str::len).collect();
    lengths == [8, 4, 4, 4, 12] && value.chars().all(|c| c.is_ascii_hexdigit() || c == '-')
}

/// Whether a value that is marked as a secret is a sample, or refers to a credential stored elsewhere.
pub(crate) fn is_harmless(value: &str) -> bool {
    value.len() < 4 || points_elsewhere(value) || is_weak(value)
}

/// Whether a value refers to a credential stored elsewhere, or is a placeholder.
pub(super) fn points_elsewhere(value: &str) -> bool {
    let elsewhere =
        ["arn:", "/", "./", "~", "file:", "ssm:", "vault:", "op:", "sm:", "env:", "secretsmanager", "kms:"];
    let file = [".pem", ".key", ".json", ".txt", ".crt", ".env", ".yml", ".yaml"];
    let to_fill = ["${", "{{", "$(", "}}", "<", "%("];
    elsewhere.iter().any(|start| value.starts_with(start))
        || file.iter().any(|end| value.ends_with(end))
        || to_fill.iter().any(|mark| value.contains(mark))
        || (value.starts_with('{') && value.ends_with('}'))
        || value.contains("://")
}

/// Whether a value is a sample, or consists of common words.
pub(super) fn is_weak(value: &str) -> bool {
    if is_sample(value) {
        return true;
    }
    let mut rest = value.to_ascii_lowercase();
    for word in WEAK {
        if rest.contains(word) {
            rest = rest.replace(word, " ");
        }
    }
    let letters = rest.chars().filter(char::is_ascii_alphabetic).count();
    let digits = rest.chars().filter(char::is_ascii_digit).count();
    letters < 4 && digits < 9
}

/// Shannon entropy in bits per character.
fn entropy(value: &str) -> f64 {
    let mut counts = [0_u32; 256];
    value.bytes().for_each(|byte| counts[usize::from(byte)] += 1);
    #[expect(clippy::cast_precision_loss, reason = "lengths are small")]
    let length = value.len() as f64;
    let share = |count: &u32| f64::from(*count) / length;
    -counts.iter().filter(|count| **count > 0).map(share).map(|share| share * share.log2()).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_told_by_their_form() {
        let token = format!("ghp_{}", "a1B2c3D4e5".repeat(4));
        let key = format!("AKIA{}", "QWERTYUIOPASDFGH");
        for text in [token.as_str(), key.as_str(), "postgres://app:tr0mb0ne7@db.internal:5432/app"] {
            assert!(format(text).is_some(), "{text}");
        }
    }

    #[test]
    fn credentials_are_told_by_their_names_and_their_entropy() {
        let found = [
            ("DB_PASSWORD", "tr0mb0ne-71"),
            ("dbPassword", "Xk3!kkq92"),
            ("API_KEY", "9f8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c"),
            ("SECRET_KEY_BASE", "k3J9xQ2mP8vL5nR7tY1wZ4aB6cD0eF"),
            ("CLIENT_SECRET", "0b6c1d2e-3f40-4a5b-8c6d-7e8f90a1b2c3"),
        ];
        for (name, value) in found {
            assert!(kind(name, value).is_some(), "{name}={value}");
        }
    }

    #[test]
    fn samples_references_and_words_are_none() {
        let silent = [
            ("DB_PASSWORD", "changeme123"),
            ("DB_PASSWORD", "password123"),
            ("DB_PASSWORD", "Passw0rd!"),
            ("DB_PASSWORD", "wordpress"),
            ("DB_PASSWORD", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-a1b2c3"),
            ("DB_PASSWORD", "/run/secrets/db_password_1"),
            ("DB_PASSWORD", "<your-password-1>"),
            ("JWT_SECRET", "my-service-jwt-secret-v2"),
            ("API_KEY", "your-api-key-0123456789"),
            ("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
            ("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"),
            ("NEXT_PUBLIC_MAP_TOKEN", "9f8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c"),
            ("DB_PASSWORD_FILE", "tr0mb0ne-71"),
            ("PWD", "/usr/src/app1"),
            ("DATABASE_URL", "postgres://postgres:postgres@db:5432/app"),
            ("DATABASE_URL", "postgres://app:s3cr3t-9x@localhost:5432/app"),
            ("DATABASE_URL", "postgres://db:5432/app"),
            ("IMAGE", "public.ecr.aws/x/y@sha256:9f8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c"),
            ("TOKEN_URL", "https://example.com/oauth2/token"),
            ("NEXT_TOKEN", "12345"),
        ];
        for (name, value) in silent {
            assert_eq!(kind(name, value), None, "{name}={value}");
        }
    }
}
