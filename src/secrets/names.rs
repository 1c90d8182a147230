//! Names that reveal that their values are credentials, in several languages, and the values that are credentials under such
//! a name. An unnecessary star costs less than a missed credential, so this is less strict than the rules.

use crate::secrets::patterns::{is_plausible, is_weak, mixes, points_elsewhere};

/// What a name reveals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reveals {
    /// A password, which may be any text.
    Password,
    /// A secret, a token, or a key, which is generated.
    Key,
}

/// Words for a password, in lower case and without accents: English, German, French, Spanish, Portuguese, Italian, Dutch,
/// Polish.
#[rustfmt::skip]
const PASSWORDS: &[&str] = &[
    "password", "passwords", "passwd", "passphrase", "passcode", "passwort", "passwoerter", "kennwort",
    "motdepasse", "motpasse", "passe", "mdp", "contrasena", "contrasenas", "contrasenya", "contrasenia",
    "clave", "claves", "senha", "senhas", "palavrapasse", "parola", "parolachiave", "wachtwoord",
    "wachtwoorden", "haslo", "hasla", "pass", "pwd", "pw", "psw", "pswd", "pword", "psk", "mnemonic",
];

/// Words for a secret or a token.
#[rustfmt::skip]
const SECRETS: &[&str] = &[
    "secret", "token", "tokens", "apikey", "apikeys", "authkey", "secretkey", "privatekey", "accesskey",
    "credential", "credentials", "creds", "cred", "salt", "pepper", "auth", "hmac", "totp", "geheim",
    "geheimnis", "geheimschluessel", "zugangsdaten", "anmeldedaten", "jeton", "secrete", "secreto",
    "secreta", "credenciales", "segredo", "credenciais", "segreto", "segreta", "gettone", "credenziali",
    "inloggegevens", "sekret", "tajny", "tajne", "zeton", "poswiadczenia", "authorization",
];

/// Words for a key, which is a secret only with one of [`OF_KEYS`].
#[rustfmt::skip]
const KEYS: &[&str] = &[
    "key", "keys", "schluessel", "schlussel", "cle", "clef", "llave", "chave", "chiave", "sleutel", "klucz",
];

#[rustfmt::skip]
const OF_KEYS: &[&str] = &[
    "api", "secret", "secrete", "secreta", "segreta", "private", "privater", "privat", "privee", "prive",
    "privada", "privata", "prywatny", "geheim", "geheimer", "signing", "encryption", "master", "auth",
    "access", "shared", "account", "session", "hmac", "jwt", "service", "consumer", "client", "storage",
    "deploy", "webhook", "cipher", "crypto", "aes", "rsa", "app", "application", "cookie", "license",
    "django", "flask", "rails", "subscription", "acceso", "acesso", "accesso", "acces", "dostepu",
    "toegang", "zugriffs", "zugangs", "sas", "preshared",
];

/// Words that end longer words: `PGPASSWORD`, `clientsecret`.
#[rustfmt::skip]
const ENDS: &[&str] = &[
    "password", "passwd", "passphrase", "passwort", "kennwort", "wachtwoord", "contrasena", "secret",
    "token", "apikey", "schluessel",
];

/// Words after which a name is about a credential and does not hold one: `TOKEN_URL`, `PASSWORD_MIN_LENGTH`.
#[rustfmt::skip]
const ABOUT: &[&str] = &[
    "age", "alg", "algo", "algorithm", "alias", "allowed", "arn", "arns", "attempts", "attribute",
    "audience", "aud", "backend", "bucket", "bytes", "chars", "charset", "check", "claim", "class",
    "column", "cookie", "count", "days", "dir", "directory", "disabled", "domain", "driver", "duration",
    "enabled", "encoding", "encryption", "endpoint", "engine", "env", "exp", "expiration", "expires",
    "expiry", "failure", "field", "file", "filename", "flow", "folder", "form", "format", "grant", "hasher",
    "header", "headers", "help", "hint", "history", "host", "hours", "id", "ids", "image", "in", "index",
    "interval", "issuer", "kid", "label", "leeway", "length", "level", "lifetime", "limit", "limits",
    "link", "location", "login", "manager", "max", "method", "methods", "min", "minutes", "mode", "model",
    "name", "names", "namespace", "not", "optional", "page", "param", "parameter", "params", "path",
    "paths", "pattern", "per", "plugin", "policy", "port", "prefix", "prompt", "property", "protocol",
    "provider", "query", "realm", "ref", "reference", "refresh", "regex", "region", "required",
    "requirements", "reset", "retention", "retries", "role", "rotation", "rounds", "rule", "rules",
    "scheme", "scope", "scopes", "seconds", "server", "service", "size", "source", "status", "storage",
    "store", "strategy", "strength", "subject", "suffix", "table", "template", "timeout", "topic",
    "trigger", "ttl", "type", "types", "uri", "url", "urls", "usage", "use", "user", "username", "users",
    "uuid", "validation", "validity", "version", "window",
];

/// Words anywhere in a name that is about a credential or holds a public one.
#[rustfmt::skip]
const NEVER: &[&str] = &[
    "public", "publishable", "csrf", "xsrf", "sample", "example", "min", "max", "num", "number", "enable",
    "enabled", "disable", "disabled", "allow", "allowed", "require", "required", "show", "hide", "reset",
    "forgot", "change", "next", "continuation", "count", "length", "expiry", "expires",
];

/// Values of settings with such a name.
#[rustfmt::skip]
const SETTINGS: &[&str] = &[
    "required", "optional", "disabled", "enabled", "encrypted", "rotated", "generated", "random", "managed",
    "external", "internal", "automatic", "plaintext", "undefined", "unknown", "nothing", "missing",
    "string", "number", "integer", "object", "boolean", "sensitive", "hidden", "masked", "interactive",
    "inherited", "bearer", "basic", "digest", "negotiate", "kerberos", "anonymous", "scram", "bcrypt",
    "argon2", "pbkdf2", "oauth", "openid", "saml", "ldap", "cognito", "auth0", "header", "cookie",
    "session", "keychain", "keyring", "ssm-parameter", "environment", "refresh", "access",
];

/// Parts of the words above: every revealing name contains one of them in lower case, in upper case, or capitalized. Few of
/// them, with few first letters, are searched for quickly; `cle` is a part of too many other words.
#[rustfmt::skip]
pub(super) const STEMS: &[&str] = &[
    "pass", "pw", "psw", "psk", "cret", "kret", "ken", "key", "cred", "salt", "pepper", "auth", "hmac", "totp", "mdp",
    "monic", "geheim", "schl", "zugang", "melde", "contras", "clave", "llave", "senha", "segre", "chave", "parola",
    "chiave", "ttone", "wacht", "sleut", "gege", "sł", "hasl", "klucz", "tajn", "jeton", "zeton", "żeton", "wiadcz",
    "clef", "clé", "cle_", "cle-", "_cle", "-cle", "Cle",
];

/// The last words of names for which rules report a plausible value, and what it is.
const REPORTED: [(&str, &str); 17] = [
    ("password", "a password"),
    ("passwd", "a password"),
    (" pwd", "a password"),
    (" pass", "a password"),
    ("passphrase", "a password"),
    ("secret key base", "a secret key"),
    ("secret access key", "a secret key"),
    ("secret key", "a secret key"),
    ("private key", "a private key"),
    ("signing key", "a key"),
    ("encryption key", "a key"),
    ("master key", "a key"),
    ("auth key", "a key"),
    ("api key", "an API key"),
    ("apikey", "an API key"),
    ("secret", "a secret"),
    ("token", "a token"),
];

/// A description of the credential that a name announces, for rules.
pub fn described(name: &str) -> Option<&'static str> {
    // Most names end in other letters, which is faster to find out.
    let last = |name: &str| name.trim_end_matches(|c: char| !c.is_alphabetic()).bytes().last();
    let letter = last(name)?;
    if !REPORTED.iter().any(|(end, _)| last(end).is_some_and(|end| end.eq_ignore_ascii_case(&letter))) {
        return None;
    }
    let words = words(name);
    if ["public", "publishable", "csrf", "sample", "example"].iter().any(|word| words.contains(word)) {
        return None;
    }
    let words = words.trim_end();
    REPORTED.iter().find(|(end, _)| words.ends_with(end)).map(|(_, what)| *what)
}

/// Whether a name is about something else than a credential: a user, a host, or a reference. A URL may contain one.
pub fn is_about_other(name: &str) -> bool {
    let words = words(name);
    let last = words.split_whitespace().last().unwrap_or_default();
    ABOUT.contains(&last) && !["uri", "url", "urls"].contains(&last)
}

/// What a name reveals about its value; `None` for most names.
pub(super) fn reveals(name: &str) -> Option<Reveals> {
    if name.eq_ignore_ascii_case("key") {
        return None;
    }
    let words = words(name);
    let all: Vec<&str> = words.split_ascii_whitespace().collect();
    let is_in = |list: &[&str]| all.iter().any(|word| list.contains(word));
    let keys = if is_in(OF_KEYS) { KEYS } else { &[] };
    let found: Vec<Option<Reveals>> = all.iter().map(|word| of_word(word, keys)).collect();
    let last = found.iter().rposition(Option::is_some).filter(|_| !is_in(NEVER))?;
    if all[last + 1..].iter().any(|word| ABOUT.contains(word)) {
        return None;
    }
    let is_password = found.contains(&Some(Reveals::Password));
    Some(if is_password { Reveals::Password } else { Reveals::Key })
}

/// What a word reveals; `keys` are the words for keys that are secrets next to the other words.
fn of_word(word: &str, keys: &[&str]) -> Option<Reveals> {
    if PASSWORDS.contains(&word) {
        return Some(Reveals::Password);
    }
    if SECRETS.contains(&word) || keys.contains(&word) {
        return Some(Reveals::Key);
    }
    let end = ENDS.iter().find(|end| word.ends_with(**end))?;
    Some(if PASSWORDS.contains(end) { Reveals::Password } else { Reveals::Key })
}

/// The number of spellings of a stem.
pub(super) const SPELLINGS: usize = 3;

/// A stem in lower case, capitalized, and in upper case.
pub(super) fn spellings(stem: &str) -> [String; SPELLINGS] {
    let first = stem.chars().next().map_or(0, char::len_utf8);
    let capitalized = stem[..first].to_uppercase() + &stem[first..];
    [stem.to_owned(), capitalized, stem.to_uppercase()]
}

/// The words of a name in lower case, without accents and numbers: `dbPassword`, `DB-PASSWORD-2`, and `db.password` all have
/// the words `db password`.
fn words(name: &str) -> String {
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

/// Minimum length of a password, and of another secret.
const MIN_PASSWORD: usize = 6;
const MIN_KEY: usize = 8;

/// Minimum length of a secret that has only letters, so that it could be a word.
const MIN_LETTERS: usize = 10;

/// Longer values do not consist of common words.
const MAX_WEAK: usize = 64;

/// Whether a value without references is a credential under a name that reveals one. References to a stored credential,
/// samples, and settings are not.
pub(super) fn fits(value: &str, revealed: Reveals) -> bool {
    let value = value.trim();
    if value.len() < MIN_PASSWORD || points_elsewhere(value) || (value.len() < MAX_WEAK && is_weak(value)) {
        return false;
    }
    if SETTINGS.iter().any(|setting| value.eq_ignore_ascii_case(setting)) {
        return false;
    }
    let count = |test: fn(char) -> bool| value.chars().filter(|c| test(*c)).count();
    let (letters, digits) = (count(char::is_alphabetic), count(|c| c.is_ascii_digit()));
    let special = count(|c| c.is_ascii_punctuation() && !"-_./:".contains(c));
    let words = value.split_whitespace().count();
    let is_phrase = words > 1 && letters >= MIN_LETTERS;
    let is_word = letters == value.chars().count();
    match revealed {
        Reveals::Password => {
            is_phrase || is_word || (letters > 0 && digits + special > 0 && words == 1) || digits >= 9
        }
        Reveals::Key if words > 1 => is_phrase && words > 2,
        Reveals::Key => {
            let is_mixed = || {
                value.split(['-', '_', '.', '/', ':']).any(|word| word.len() >= MIN_PASSWORD && mixes(word))
            };
            (is_word && letters >= MIN_LETTERS)
                || (value.len() >= MIN_KEY && letters > 0 && is_mixed())
                || is_plausible(value, "a secret")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a name contains a stem, so that it is found in a text.
    fn has_stem(name: &str) -> bool {
        STEMS.iter().flat_map(|stem| spellings(stem)).any(|stem| name.contains(&stem))
    }

    #[test]
    fn every_word_contains_a_stem_in_every_spelling() {
        for word in [PASSWORDS, SECRETS, KEYS, ENDS].concat() {
            for spelling in spellings(word) {
                assert!(
                    has_stem(&format!("X_{spelling}")) && has_stem(&format!("{spelling}_X")),
                    "{spelling}"
                );
            }
        }
    }

    #[test]
    fn every_reported_name_reveals() {
        for (end, _) in REPORTED {
            let name = format!("db {}", end.trim());
            assert!(reveals(&name).is_some() && has_stem(&name), "{name}");
        }
    }

    #[test]
    fn names_reveal_in_any_language_and_order() {
        #[rustfmt::skip]
        let names = [
            "DB_PASSWORD", "dbPassword", "PASSWORD_DB", "DB_PW", "DB_PASSWORT", "contraseña",
            "CONTRASENA_BD", "MOT_DE_PASSE", "motDePasse", "senhaDoBanco", "hasło", "HASLO_BAZY",
            "wachtwoord", "PGPASSWORD", "db-pass", "ADMIN_PWD_2", "password1", "Kennwort", "DBPassword",
            "mysql.password",
        ];
        for name in names {
            assert_eq!(reveals(name), Some(Reveals::Password), "{name}");
            assert!(has_stem(name), "{name}");
        }
        #[rustfmt::skip]
        let names = [
            "AWS_CREDENTIALS", "REDIS_AUTH", "HASHIDS_SALT", "TOKEN", "API_KEY", "SECRET_KEY_BASE",
            "API_SCHLUESSEL", "apiSchlüssel", "CLE_API", "chave_secreta", "chiaveApi", "klucz_prywatny",
            "clientsecret", "JETON_API", "AccountKey", "segredo", "SEKRET", "geheim", "authToken",
            "_authToken", "x-api-key", "SECRET_CLIENT",
        ];
        for name in names {
            assert_eq!(reveals(name), Some(Reveals::Key), "{name}");
            assert!(has_stem(name), "{name}");
        }
        #[rustfmt::skip]
        let names = [
            "TOKEN_URL", "PASSWORD_MIN_LENGTH", "SECRET_ARN", "AUTH_ENABLED", "MAX_TOKENS", "KMS_KEY_ID",
            "S3_KEY", "COMPASS_MODE", "AUTHOR", "MONKEY", "nextToken", "PASSPORT", "SECRETARY",
            "PASSWORD_FILE", "KEY", "ACCESS_KEY_ID", "SECRET_NAME", "SALT_ROUNDS", "PARTITION_KEY",
            "PASS_COUNT", "TOKENIZER", "secretsmanager",
        ];
        for name in names {
            assert_eq!(reveals(name), None, "{name}");
        }
    }
}
