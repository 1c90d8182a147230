//! Credentials in command lines: values of short options, and authentication headers.

use std::ops::Range;

use crate::secrets::patterns::{is_weak, mixes, points_elsewhere};
use crate::secrets::scan::{head, written};

/// The form of the value of an option.
#[derive(Clone, Copy)]
enum Form {
    /// The password.
    Password,
    /// The password, which follows the option without a space.
    Attached,
    /// The user, a separator, and the password.
    After(char),
}

/// Programs with options that contain a password.
const PROGRAMS: &[(&str, &[&str], Form)] = &[
    ("curl", &["-u", "--user", "-U", "--proxy-user"], Form::After(':')),
    ("mysql", &["-p"], Form::Attached),
    ("mysqldump", &["-p"], Form::Attached),
    ("mysqladmin", &["-p"], Form::Attached),
    ("mariadb", &["-p"], Form::Attached),
    ("mariadb-dump", &["-p"], Form::Attached),
    ("mariadb-admin", &["-p"], Form::Attached),
    ("sshpass", &["-p"], Form::Password),
    ("redis-cli", &["-a", "--pass"], Form::Password),
    ("valkey-cli", &["-a", "--pass"], Form::Password),
    ("mongo", &["-p"], Form::Password),
    ("mongosh", &["-p"], Form::Password),
    ("mongodump", &["-p"], Form::Password),
    ("mongorestore", &["-p"], Form::Password),
    ("cqlsh", &["-p"], Form::Password),
    ("rabbitmqadmin", &["-p"], Form::Password),
    ("sqlcmd", &["-P"], Form::Password),
    ("ldapsearch", &["-w"], Form::Password),
    ("ldapmodify", &["-w"], Form::Password),
    ("ldapadd", &["-w"], Form::Password),
    ("docker login", &["-p"], Form::Password),
    ("podman login", &["-p"], Form::Password),
    ("az login", &["-p"], Form::Password),
    ("smbclient", &["-U", "--user"], Form::After('%')),
];

/// Schemes before the credential in an authentication header.
const SCHEMES: &[&str] = &["Bearer ", "bearer ", "Basic ", "basic ", "Token ", "token ", "Bot ", "ApiKey "];

/// The ends of the schemes that are searched for without the name of the header.
const SEARCHED: &[&str] = &["earer ", "asic "];

/// The texts that are searched for; each program begins with one.
#[rustfmt::skip]
const STEMS: &[&str] = &[
    "curl", "mysql", "mariadb", "sshpass", "redis-cli", "valkey-cli", "mongo", "cqlsh", "rabbitmqadmin",
    "sqlcmd", "ldap", "docker login", "podman login", "az login", "smbclient",
];

/// Minimum lengths of a password, and of a credential after a scheme.
const MIN_PASSWORD: usize = 4;
const MIN_CREDENTIAL: usize = 16;

/// Maximum length of a command line in bytes.
const MAX_COMMAND: usize = 400;

/// All texts before such a credential.
pub(super) fn needles() -> impl Iterator<Item = &'static str> {
    STEMS.iter().chain(SEARCHED).copied()
}

/// The credentials after the needle at `needle`.
pub(super) fn after(text: &str, needle: &Range<usize>) -> Vec<Range<usize>> {
    let found = &text[needle.clone()];
    if SEARCHED.contains(&found) {
        return credential(text, needle.end).into_iter().collect();
    }
    let of_word = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let command = head(&text[needle.start..], MAX_COMMAND);
    let is_called =
        |program: &str| command.strip_prefix(program).is_some_and(|rest| !rest.starts_with(of_word));
    let called = PROGRAMS.iter().find(|(program, ..)| is_called(program));
    let Some((program, options, form)) = called.filter(|_| !text[..needle.start].ends_with(of_word)) else {
        return Vec::new();
    };
    let rest = &command[program.len()..];
    let rest = &rest[..rest.find(['|', ';', '&', '\n']).unwrap_or(rest.len())];
    let words = words(rest, needle.start + program.len());
    let value = |(index, word): (usize, &Range<usize>)| {
        let written = &text[word.clone()];
        let option = options.iter().find(|option| written.starts_with(**option))?;
        match form {
            Form::Attached => Some(word.start + option.len()..word.end),
            _ if written == *option => words.get(index + 1).cloned(),
            _ => written[option.len()..].starts_with('=').then(|| word.start + option.len() + 1..word.end),
        }
    };
    let password = |value: Range<usize>| match form {
        Form::After(separator) => {
            let at = text[value.clone()].find(*separator)?;
            Some(value.start + at + 1..value.end)
        }
        Form::Password | Form::Attached => Some(value),
    };
    let found = words.iter().enumerate().filter_map(value).filter_map(password);
    found.filter(|place| is_password(&text[place.clone()])).collect()
}

/// The words of a command line, or the strings of a list, that starts at `start`.
fn words(line: &str, start: usize) -> Vec<Range<usize>> {
    let separates = |c: char| c.is_whitespace() || "\"'\\,[]".contains(c);
    let at = |word: &str| word.as_ptr() as usize - line.as_ptr() as usize;
    let words = line.split(separates).filter(|word| !word.is_empty());
    words.map(|word| start + at(word)..start + at(word) + word.len()).collect()
}

fn is_password(text: &str) -> bool {
    text.len() >= MIN_PASSWORD && !text.starts_with(['$', '-']) && !points_elsewhere(text) && !is_weak(text)
}

/// The place of a value without the authentication scheme at its start.
pub(super) fn without_scheme(text: &str, value: Range<usize>) -> Range<usize> {
    let written = &text[value.clone()];
    let scheme = SCHEMES.iter().find(|scheme| written.starts_with(**scheme));
    value.start + scheme.map_or(0, |scheme| scheme.len())..value.end
}

/// The credential at an offset, after a scheme.
fn credential(text: &str, at: usize) -> Option<Range<usize>> {
    let word = written::word(text, at);
    let written = &text[word.clone()];
    (written.len() >= MIN_CREDENTIAL && mixes(written) && !points_elsewhere(written)).then_some(word)
}
