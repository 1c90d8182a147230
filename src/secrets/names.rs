//! Names that reveal that their values are credentials, in several languages, and the values that are credentials under such
//! a name. An unnecessary star costs less than a missed credential, so this is less strict than the rules.

use crate::secrets::generated;
use crate::secrets::lexicon::{ENDS, OTHERS, Role, Roles, roles};
use crate::secrets::patterns::{is_plausible, mixes, points_elsewhere};
use crate::secrets::reference::{is_common, is_phrase, refers};
use crate::secrets::sample::is_sample;
use crate::secrets::split::words;

pub(super) use crate::secrets::lexicon::STEMS;

/// What a name reveals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reveals {
    /// A password, which may be any text.
    Password,
    /// A secret, a token, or a key, which is generated.
    Key,
    /// Perhaps a credential, because other words are in the name: a text that looks generated is one.
    About,
    /// The identifier or name of a credential: only random letters are a credential.
    Identifier,
}

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
    let roles = roles(last);
    (roles.has(Role::About) || roles.has(Role::Identifier)) && !["uri", "url", "urls"].contains(&last)
}

/// What a name reveals about its value; `None` for most names.
pub(super) fn reveals(name: &str) -> Option<Reveals> {
    if name.eq_ignore_ascii_case("key") {
        return None;
    }
    let words = words(name);
    let words: Vec<&str> = words.split_ascii_whitespace().collect();
    let roles: Vec<Roles> = words.iter().map(|word| roles(word)).collect();
    let any = |role| roles.iter().any(|word| word.has(role));
    let (has_kind_of_key, has_kind_of_code) = (any(Role::OfKey), any(Role::OfCode));
    let of_word = |(word, roles): (&&str, &Roles)| match () {
        () if roles.has(Role::Password) => Some(Reveals::Password),
        () if roles.has(Role::Secret) => Some(Reveals::Key),
        () if roles.has(Role::Key) && has_kind_of_key => Some(Reveals::Key),
        () if roles.has(Role::Code) && has_kind_of_code => Some(Reveals::Key),
        () if roles.has(Role::Hint) || roles.has(Role::Key) => Some(Reveals::About),
        () => roles.is_empty().then(|| of_end(word)).flatten(),
    };
    let found: Vec<Option<Reveals>> = words.iter().zip(&roles).map(of_word).collect();
    let is_certain = |found: &Option<Reveals>| found.is_some_and(|found| found != Reveals::About);
    let certain = found.iter().rposition(is_certain);
    let last = certain.or_else(|| found.iter().rposition(Option::is_some))?;
    let is_public = ["public", "publishable"].iter().any(|public| words.contains(public));
    if roles[last].has(Role::Key) && (is_public || (certain.is_none() && any(Role::Public))) {
        return None;
    }
    let behind = |role| roles[last + 1..].iter().any(|word| word.has(role));
    let is_password = found.contains(&Some(Reveals::Password));
    // HashiCorp Vault calls a credential the ID of a secret.
    let is_secret_id = words[last..] == ["secret", "id"];
    Some(match () {
        () if behind(Role::Identifier) && !is_secret_id => Reveals::Identifier,
        () if certain.is_none() || any(Role::Never) => Reveals::About,
        // `AUTH_DB`, `SALT_LAKE_CITY`: many things have such a name.
        () if ["auth", "salt", "pass"].contains(&words[last]) && last + 1 < words.len() => Reveals::About,
        // A key of something else, or keywords: `CLAVE_CATASTRAL`, `PAROLE_CHIAVE_SEO`.
        () if ["clave", "claves", "parole"].contains(&words[last])
            && roles[last + 1..].iter().any(|word| word.is_empty()) =>
        {
            Reveals::About
        }
        () if behind(Role::About) || behind(Role::Identifier) => Reveals::About,
        () if is_password => Reveals::Password,
        () => Reveals::Key,
    })
}

/// What the end of a word without a meaning of its own reveals.
fn of_end(word: &str) -> Option<Reveals> {
    let end = ENDS.iter().find(|end| word.ends_with(**end)).filter(|_| !OTHERS.contains(&word))?;
    Some(if roles(end).has(Role::Password) { Reveals::Password } else { Reveals::Key })
}

/// The number of spellings of a stem.
pub(super) const SPELLINGS: usize = 3;

/// A stem in lower case, capitalized, and in upper case.
pub(super) fn spellings(stem: &str) -> [String; SPELLINGS] {
    let first = stem.chars().next().map_or(0, char::len_utf8);
    let capitalized = stem[..first].to_uppercase() + &stem[first..];
    [stem.to_owned(), capitalized, stem.to_uppercase()]
}

/// Minimum length of a password, and of another secret.
const MIN_PASSWORD: usize = 6;
const MIN_KEY: usize = 8;

/// Minimum length of a secret that has only letters, so that it could be a word.
const MIN_LETTERS: usize = 10;

/// Maximum number of words of a value that is not a sentence.
const MAX_ABOUT: usize = 2;

/// Longer values do not consist of common words.
const MAX_WEAK: usize = 64;

/// Whether a value without references is a credential under a name that reveals one. References to a stored credential,
/// samples, and settings are not.
pub(super) fn fits(value: &str, revealed: Reveals) -> bool {
    let value = value.trim();
    match revealed {
        Reveals::Password | Reveals::Key => {}
        Reveals::About => {
            let is_text = value.split_whitespace().count() > MAX_ABOUT;
            return !is_text && !points_elsewhere(value) && !is_host(value) && is_made(value);
        }
        Reveals::Identifier => return generated::is_random_letters(value) && is_made(value),
    }
    if value.len() < MIN_PASSWORD || refers(value) || (value.len() < MAX_WEAK && is_common(value)) {
        return false;
    }
    if SETTINGS.iter().any(|setting| value.eq_ignore_ascii_case(setting)) {
        return false;
    }
    let count = |test: fn(char) -> bool| value.chars().filter(|c| test(*c)).count();
    let (letters, digits) = (count(char::is_alphabetic), count(|c| c.is_ascii_digit()));
    let special = count(|c| c.is_ascii_punctuation() && !"-_./:".contains(c));
    let words = value.split_whitespace().count();
    let is_sentence = words > 1 && letters >= MIN_LETTERS;
    let is_word = letters == value.chars().count();
    match revealed {
        Reveals::Password => {
            is_sentence
                || is_word
                || is_phrase(value)
                || (letters > 0 && digits + special > 0 && words == 1)
                || digits >= 9
        }
        Reveals::Key if words > 1 => is_sentence && (words > 2 || is_phrase(value)),
        Reveals::Key | Reveals::About | Reveals::Identifier => {
            let is_mixed = || {
                value.split(['-', '_', '.', '/', ':']).any(|word| word.len() >= MIN_PASSWORD && mixes(word))
            };
            (letters >= MIN_LETTERS && (is_word || is_phrase(value)))
                || (value.len() >= MIN_KEY && letters > 0 && is_mixed())
                || is_plausible(value, "a secret")
        }
    }
}

/// Whether a value can be the name of a secret or a parameter.
pub(super) fn may_refer(value: &str) -> bool {
    let is_number = value.bytes().all(|byte| byte.is_ascii_digit());
    points_elsewhere(value) || !(is_number || value.contains(' ') || is_made(value))
}

/// Whether a value looks generated and is not a sample.
fn is_made(value: &str) -> bool {
    generated::is_generated(value) && !is_sample(value)
}

/// Whether a value is the name of a host, of which parts may be generated.
fn is_host(value: &str) -> bool {
    let host = value.split(':').next().unwrap_or_default();
    let of_host = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-".contains(&byte);
    let domain = host.rsplit_once('.').map(|(_, domain)| domain);
    let is_domain = |domain: &str| domain.len() > 1 && domain.bytes().all(|byte| byte.is_ascii_lowercase());
    domain.is_some_and(is_domain) && host.bytes().all(of_host)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secrets::lexicon::WORDS;

    /// Whether a name contains a stem, so that it is found in a text.
    fn has_stem(name: &str) -> bool {
        STEMS.iter().flat_map(|stem| spellings(stem)).any(|stem| name.contains(&stem))
    }

    #[test]
    fn every_word_contains_a_stem_in_every_spelling() {
        let reveal = [Role::Password, Role::Secret, Role::Key, Role::Hint];
        let words = WORDS.iter().filter(|(role, _)| reveal.contains(role)).flat_map(|(_, words)| *words);
        for word in words.chain(ENDS) {
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
            "S3_KEY", "COMPASS_MODE", "AUTHOR", "MONKEY", "SECRETARY", "KEY", "PARTITION_KEY", "TOKENIZER", "CACHE_KEY",
            "PUBLIC_KEY", "sshPublicKey", "KMS_KEY", "hash_key", "HOTKEY", "BYPASS", "PASSPORT",
        ];
        for name in names {
            assert_eq!(reveals(name), None, "{name}");
        }
    }

    #[test]
    fn compounds_are_split() {
        #[rustfmt::skip]
        let names = [
            "ADMINPASS", "DBPASS", "USERPASS", "PGPASS", "ROOTPW", "dbpw", "SMTPPASS", "storepass", "requirepass",
            "LOSUNGSWORT", "PALAVRA_PASSE_ADMIN",
        ];
        for name in names {
            assert_eq!(reveals(name), Some(Reveals::Password), "{name}");
            assert!(has_stem(name), "{name}");
        }
        #[rustfmt::skip]
        let names = [
            "ENCRYPTIONKEY", "SIGNINGKEY", "MASTERKEY", "SECRETKEYBASE", "VAULT_UNSEAL_KEY", "FERNET_KEY", "CRYPT_KEY",
            "CLE_DE_CHIFFREMENT", "LLAVE_DE_CIFRADO", "ZUGANGSCODE", "GEHEIMCODE", "GEHEIME_DATEN", "IDENTIFIANTS",
            "PALAVRA_CHAVE", "GEHEIME_SLEUTEL", "TOEGANGSCODE", "TOEGANGSSLEUTEL", "PRIVESLEUTEL", "SEKRETNY_KLUCZ",
            "TAJEMNICA", "UNLOCK_CODE", "KOD_DOSTEPU", "CODICE_SEGRETO",
        ];
        for name in names {
            assert_eq!(reveals(name), Some(Reveals::Key), "{name}");
            assert!(has_stem(name), "{name}");
        }
    }

    /// Under these names, the value decides.
    #[test]
    fn what_may_be_about_a_credential_is_one_if_it_looks_generated() {
        #[rustfmt::skip]
        let names = [
            "TOKEN_URL", "PASSWORD_MIN_LENGTH", "AUTH_ENABLED", "MAX_TOKENS", "nextToken", "PASSWORD_FILE",
            "SALT_ROUNDS", "PASS_COUNT", "secretsmanager", "CSRF_SECRET", "ENABLE_PASSWORD", "CHANGE_PASSWORD",
            "RESET_TOKEN", "SHOW_SECRET", "DB_PASSWORD_FIELD", "PASSWORD_TEMPLATE", "JWT_SIGNING", "SECRETS",
            "OTP_SEED", "RABBITMQ_ERLANG_COOKIE", "LICENCE_KEY", "SECRET_ID", "PASSWORD_STORE_KEY", "TLS_KEY",
        ];
        for name in names {
            assert_eq!(reveals(name), Some(Reveals::About), "{name}");
        }
        for name in
            ["SECRET_ARN", "LICENCE_KEY_ID", "ACCESS_KEY_ID", "SECRET_NAME", "API_KEY_ID", "TOKEN_BUCKET"]
        {
            assert_eq!(reveals(name), Some(Reveals::Identifier), "{name}");
        }
        let about = |value| fits(value, Reveals::About);
        for value in
            ["bqxkzvwpdgtrjm", "9f8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c", "0b6c1d2e-3f40-4a5b-8c6d-7e8f90a1b2c3"]
        {
            assert!(about(value) && fits("bqxkzvwpdgtrjm", Reveals::Identifier), "{value}");
        }
        for value in [
            "true",
            "86400",
            "15m",
            "app",
            "/run/secrets/x7q9",
            "https://a.example.com/x7q9zk2w",
            "x7q9zk2w.example.com",
        ] {
            assert!(!about(value), "{value}");
        }
        assert!(!fits("7f3k2j1h0g9f8e7d6c5b", Reveals::Identifier));
    }
}
