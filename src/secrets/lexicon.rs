//! The words of names, in lower case and without accents: English, German, French, Spanish, Portuguese, Italian, Dutch, Polish.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// What a word means in a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A password.
    Password,
    /// A secret or a token.
    Secret,
    /// A key, which is a secret only next to [`Role::OfKey`].
    Key,
    /// A kind of key that is a secret.
    OfKey,
    /// A code, which is a secret only next to [`Role::OfCode`].
    Code,
    /// A kind of code that is a secret.
    OfCode,
    /// Often a credential; its value decides.
    Hint,
    /// A kind of key whose value is public, or the name of something.
    Public,
    /// After the name of a credential: its value decides.
    About,
    /// Anywhere in the name: its value decides.
    Never,
    /// After the name of a credential: an identifier, which is not secret although it looks generated.
    Identifier,
    /// Only a part of compounds.
    Part,
}

/// All words. A word may have several meanings.
#[rustfmt::skip]
pub(super) const WORDS: &[(Role, &[&str])] = &[
    (Role::Password, &[
        "password", "passwords", "passwd", "passwrd", "passphrase", "passcode", "passwort", "passwoerter", "kennwort",
        "kennwoerter", "losungswort", "losung", "codewort", "geheimzahl", "motdepasse", "motpasse", "passe", "mdp", "contrasena",
        "contrasenas", "contrasenya", "contrasenia", "clave", "claves", "senha", "senhas", "palavrapasse",
        "parola", "parole", "parolachiave", "wachtwoord", "wachtwoorden", "wachtwoordzin", "wachtzin", "haslo", "hasla", "pass", "pwd", "pw",
        "psw", "pswd", "pword", "psk", "mnemonic", "requirepass", "masterauth",
    ]),
    (Role::Secret, &[
        "secret", "token", "tokens", "apikey", "apikeys", "authkey", "secretkey", "privatekey", "accesskey",
        "credential", "credentials", "creds", "cred", "salt", "pepper", "auth", "hmac", "totp", "geheim",
        "geheime", "geheimnis", "geheimnisse", "geheimen", "geheimschluessel", "zugangsdaten", "anmeldedaten", "jeton", "jetons",
        "secrete", "secretes", "secreto", "secretos", "secreta", "credencial", "credenciales", "segredo", "segredos", "credenciais", "segreto",
        "segreta", "segreti", "gettone", "credenziale", "credenziali", "identifiants", "inloggegevens", "aanmeldgegevens", "sekret",
        "sekrety", "sekretny", "tajny", "tajne", "tajna", "tajemnica", "zeton", "poswiadczenia", "authorization",
    ]),
    (Role::Key, &[
        "key", "keys", "schluessel", "schlussel", "cle", "cles", "clef", "llave", "llaves", "chave", "chaves", "chiave",
        "chiavi", "sleutel", "sleutels", "klucz", "klucze",
    ]),
    (Role::OfKey, &[
        "api", "secret", "secrete", "secreta", "segreta", "priv", "private", "privater", "privat", "privee", "prive",
        "privada", "privata", "prywatny", "geheim", "geheimer", "signing", "encryption", "decryption", "master", "auth",
        "access", "shared", "account", "session", "hmac", "jwt", "service", "consumer", "client", "storage",
        "deploy", "webhook", "cipher", "crypto", "crypt", "aes", "rsa", "app", "application", "cookie", "license",
        "django", "flask", "rails", "subscription", "acceso", "acesso", "accesso", "acces", "dostepu",
        "toegang", "toegangs", "zugriffs", "zugangs", "sas", "preshared", "unseal", "fernet", "sealing", "unlock",
        "recovery", "chiffrement", "signature", "maitre", "maitresse", "partagee", "cifrado", "firma", "maestra",
        "compartida", "cifra", "criptografia", "assinatura", "mestra", "mestre", "cifratura", "condivisa", "versleutelings",
        "versleuteling", "ondertekenings", "hoofd", "szyfrowania", "szyfrujacy", "glowny", "verschluesselungs", "signatur",
        "haupt", "palavra", "palabra",
    ]),
    (Role::Code, &["code", "codes", "codice", "codigo", "kod"]),
    (Role::OfCode, &[
        "access", "secret", "secrete", "geheim", "zugangs", "toegangs", "inlog", "unlock", "recovery", "backup", "otp", "mfa",
        "acces", "acceso", "acesso", "accesso", "segreto", "secreto", "dostepu", "pin", "verification", "security", "confidentiel",
    ]),
    (Role::Hint, &["secrets", "cookie", "jwt", "otp", "hotp", "seed", "bearer"]),
    (Role::Public, &[
        "public", "publishable", "pub", "partition", "sort", "primary", "foreign", "cache", "routing", "range", "hash",
        "object", "s", "kms", "host", "idempotency", "deduplication", "dedup", "group", "row", "index", "map", "shard", "lookup",
        "unique", "natural", "tag", "label", "feature", "lock", "site",
    ]),
    (Role::About, &[
        "age", "alg", "algo", "algorithm", "allowed", "attempts", "attribute", "backend", "bytes", "chars", "charset",
        "check", "claim", "class", "column", "cookie", "count", "days", "dir", "directory", "disabled", "domain",
        "driver", "duration", "enabled", "encoder", "encoding", "encryption", "endpoint", "engine", "env", "exp", "expiration",
        "expires", "expiry", "failure", "field", "file", "filename", "flow", "folder", "form", "format", "from", "grant",
        "hasher", "header", "headers", "help", "hint", "history", "host", "hostname", "hours", "in", "index", "interval",
        "label", "leeway", "length", "level", "lifetime", "limit", "limits", "link", "location", "login",
        "manager", "max", "method", "methods", "min", "minutes", "mode", "model", "namespace", "not",
        "optional", "page", "param", "parameter", "params", "path", "paths", "pattern", "per", "plugin", "port", "primaria", "primario",
        "prefix", "prompt", "property", "protocol", "provider", "query", "realm", "ref", "reference", "refresh",
        "regex", "region", "required", "requirements", "reset", "retention", "retries", "rotation", "rounds",
        "rule", "rules", "santa", "scanning", "scheme", "scope", "scopes", "seconds", "server", "service", "signing", "size", "source", "status",
        "storage", "store", "strategy", "stdin", "strength", "suffix", "template", "through", "timeout", "trigger",
        "ttl", "type", "types", "uri", "url", "urls", "usage", "use", "validation", "validator", "validators", "validity", "window",
    ]),
    (Role::Never, &[
        "public", "publishable", "csrf", "xsrf", "sample", "example", "min", "max", "num", "number", "enable",
        "enabled", "disable", "disabled", "allow", "allowed", "require", "required", "show", "hide", "reset",
        "forgot", "change", "next", "continuation", "count", "length", "expiry", "expires",
    ]),
    (Role::Identifier, &[
        "alias", "arn", "arns", "aud", "audience", "bucket", "cluster", "etag", "fingerprint", "group", "id", "ids",
        "image", "issuer", "kid", "name", "names", "policy", "queue", "role", "stream", "subject",
        "table", "thumbprint", "topic", "user", "username", "users", "uuid", "version",
    ]),
    (Role::Part, &[
        "admin", "aws", "azure", "base", "basic", "bd", "cluster", "crypto", "data", "database", "datenbank", "db", "default",
        "datos", "de", "dev", "ftp", "git", "http", "jdbc", "keystore", "ldap", "logowania", "mail", "mongo", "mq", "my", "mysql", "new", "old", "passport", "pem",
        "pg", "postgres", "prod", "rabbit", "rds", "redis", "root", "secure", "site", "smtp", "sql", "ssh", "ssl", "super",
        "sys", "system", "tls", "trust", "usuario", "value", "vault", "web", "wifi",
    ]),
];

/// Endings of words for a password or a secret, whatever is before them: `PGPASSWORD`, `clientsecret`, `storepass`.
#[rustfmt::skip]
pub(super) const ENDS: &[&str] = &[
    "password", "passwd", "passphrase", "passwort", "kennwort", "wachtwoord", "contrasena", "secret",
    "token", "apikey", "schluessel", "pass", "pwd", "pw", "sleutel",
];

/// Words with such an ending and another meaning.
#[rustfmt::skip]
pub(super) const OTHERS: &[&str] = &[
    "allpass", "bandpass", "bypass", "compass", "encompass", "highpass", "lowpass", "multipass", "overpass", "singlepass",
    "surpass", "trespass", "underpass", "cwpw",
];

/// Parts of the words above: every revealing name contains one of them in lower case, in upper case, or capitalized. Few of
/// them, with few first letters, are searched for quickly; `cle` and `code` are parts of too many other words.
#[rustfmt::skip]
pub(crate) const STEMS: &[&str] = &[
    "pass", "pw", "psw", "psk", "cret", "kret", "ken", "key", "cred", "salt", "pepper", "auth", "hmac", "otp", "mdp",
    "monic", "geheim", "schl", "zugang", "melde", "kennw", "losung", "contras", "clave", "llave", "senha", "segre", "chav", "parol",
    "chiav", "ttone", "wacht", "sleut", "gege", "sł", "hasl", "klucz", "taj", "jeton", "zeton", "żeton", "wiadcz",
    "clef", "clé", "cle_", "cle-", "_cle", "-cle", "Cle", "cles", "dentifiant", "ookie", "jwt", "seed", "earer",
    "_code", "-code", "code_", "code-", "Code", "sscode", "scode", "mcode", "codewort", "odice", "odigo", "ódigo", "kod_", "_kod", "-kod", "kod-",
];

/// The meanings of a word, as one bit for each.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Roles(u16);

impl Roles {
    pub(super) fn has(self, role: Role) -> bool {
        self.0 & (1 << role as u16) != 0
    }

    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }
}

static ROLES: LazyLock<FxHashMap<&'static str, Roles>> = LazyLock::new(|| {
    let mut roles: FxHashMap<&str, Roles> = FxHashMap::default();
    for (role, words) in WORDS {
        words.iter().for_each(|word| roles.entry(word).or_default().0 |= 1 << *role as u16);
    }
    roles
});

/// The meanings of a word; none for most words.
pub(super) fn roles(word: &str) -> Roles {
    ROLES.get(word).copied().unwrap_or_default()
}
