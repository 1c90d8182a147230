//! Kinds of credentials, each with a value of its own.

/// A credential, and the text that contains it.
pub struct Plant {
    pub secret: String,
    pub text: String,
    /// The name of the environment variable; a plain one unless only the name reveals the credential.
    pub name: String,
}

/// Characters that tokens consist of.
#[derive(Clone, Copy)]
enum Alphabet {
    Hex,
    Alnum,
    Lower,
    Upper,
    Letters,
    Digits,
}

/// A text of random characters that depends only on the number.
fn filler(alphabet: Alphabet, length: usize, seed: usize) -> String {
    let letters: &[u8] = match alphabet {
        Alphabet::Hex => b"0123456789abcdef",
        Alphabet::Alnum => b"abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789",
        Alphabet::Lower => b"abcdefghijklmnopqrstuvwxyz0123456789",
        Alphabet::Upper => b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
        Alphabet::Letters => b"bcdfghjklmnpqrstvwxz",
        Alphabet::Digits => b"0123456789",
    };
    let mut state = seed as u64 * 2_654_435_761 + 88_172_645_463_325_252;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        char::from(letters[(state >> 20) as usize % letters.len()])
    };
    (0..length).map(|_| next()).collect()
}

/// A word that nothing reveals, in lower case.
pub fn word(seed: usize) -> String {
    filler(Alphabet::Letters, 14, seed + 5_000)
}

/// The formats of tokens: in braces, the alphabet and the length of a random part.
const TOKENS: &[&str] = &[
    "ghp_{a36}",
    "gho_{a36}",
    "ghu_{a36}",
    "ghs_{a36}",
    "ghr_{a36}",
    "github_pat_{a82}",
    "glpat-{a20}",
    "gldt-{a20}",
    "glrt-{a20}",
    "glptt-{h40}",
    "glcbt-1_{a20}",
    "glft-{a20}",
    "glffct-{a20}",
    "glimt-{a25}",
    "glagent-{a50}",
    "gloas-{h64}",
    "glsoat-{a20}",
    "GR1348941{a20}",
    "xoxb-{d12}-{d12}-{a24}",
    "xoxp-{d12}-{d12}-{h32}",
    "xoxa-2-{a30}",
    "xoxr-{a30}",
    "xoxe.xoxp-1-{a60}",
    "xapp-1-A{u10}-{d12}-{h32}",
    "sk_live_{a24}",
    "sk_test_{a24}",
    "rk_live_{a24}",
    "rk_test_{a24}",
    "whsec_{a32}",
    "sk-ant-api03-{a93}AA",
    "sk-proj-{a48}",
    "sk-svcacct-{a48}",
    "sk-admin-{a48}",
    "sk-{a20}T3BlbkFJ{a20}",
    "sk-or-v1-{h64}",
    "gsk_{a52}",
    "xai-{a80}",
    "pplx-{a48}",
    "nvapi-{a64}",
    "r8_{a37}",
    "lsv2_pt_{h32}_{h10}",
    "hf_{a34}",
    "api_org_{a34}",
    "AIza{a35}",
    "GOCSPX-{a28}",
    "ya29.{a60}",
    "SG.{a22}.{a43}",
    "xkeysib-{h64}-{l16}",
    "key-{h32}",
    "npm_{a36}",
    "pypi-AgEIcHlwaS5vcmc{a60}",
    "rubygems_{h48}",
    "CLOJARS_{l60}",
    "dop_v1_{h64}",
    "doo_v1_{h64}",
    "dor_v1_{h64}",
    "shpat_{h32}",
    "shpca_{h32}",
    "shppa_{h32}",
    "shpss_{h32}",
    "shippo_live_{h40}",
    "NRAK-{u27}",
    "NRJS-{h19}",
    "NRII-{a32}",
    "dckr_pat_{a27}",
    "dckr_oat_{a32}",
    "lin_api_{a40}",
    "hvs.{a95}",
    "hvb.{a140}",
    "s.{a24}",
    "dp.pt.{a43}",
    "dp.st.prd.{a43}",
    "sq0csp-{a43}",
    "sq0atp-{a22}",
    "EAAA{a60}",
    "sntrys_eyJpYXQiO{a60}_{a43}",
    "sntryu_{h64}",
    "glsa_{a32}_{h8}",
    "glc_{a64}",
    "AGE-SECRET-KEY-1{u58}",
    "pul-{h40}",
    "dapi{h32}",
    "dt0c01.{u24}.{u64}",
    "duffel_test_{a43}",
    "EZAK{a54}",
    "FLWSECK_TEST-{h32}-X",
    "fio-u-{a64}",
    "fo1_{a43}",
    "HRKU-AA{a58}",
    "ico-{a32}",
    "pat-na1-{h8}-{h4}-{h4}-{h4}-{h12}",
    "ntn_{d11}{a35}",
    "nfp_{a36}",
    "figd_{a40}",
    "CFPAT-{a43}",
    "phx_{a43}",
    "PMAK-{h24}-{h34}",
    "pnu_{a36}",
    "pscale_pw_{a43}",
    "pscale_tkn_{a43}",
    "rdme_{l70}",
    "sbp_{h40}",
    "sgp_{h16}_{h40}",
    "squ_{h40}",
    "sqp_{h40}",
    "sm_aat_{a16}",
    "tfp_{a59}",
    "tk-us-{a48}",
    "sha256~{a43}",
    "access-sandbox-{h8}-{h4}-{h4}-{h4}-{h12}",
    "AKCp{a69}",
    "cmVmd{a59}",
    "ops_eyJ{a250}",
    "p8e-{l32}",
    "API-{u26}",
    "AQVN{a36}",
    "ABSK{a120}",
    "amzn.mws.{h8}-{h4}-{h4}-{h4}-{h12}",
    "LTAI{a20}",
    "4b1d{a38}",
    "AKIA{u16}",
    "ASIA{u16}",
    "{a14}.atlasv1.{a64}",
    "{d10}:AA{a33}",
    "abc8Q~{a34}",
    "SK{h32}",
    "{a6}_{a29}_mmk",
    "ATATT3{a186}",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIx{a30}.{a43}",
    "eyJrIjoi{a80}",
    "IQoJb3JpZ2lu{a120}",
    "secret_{a43}",
];

/// Texts with a credential at `{…}!`, in shells, headers, and URLs.
const TEXTS: &[&str] = &[
    "curl -u admin:{a12}! https://example.com",
    "curl --user admin:{l12}! https://example.com",
    "mysql -uroot -p{l12}! app",
    "mysqldump -h db -p{a12}! app",
    "sshpass -p {a12}! ssh host",
    "redis-cli -a {a12}! ping",
    "mongosh -u app -p {a12}!",
    "docker login -u app -p {a12}! registry.example.com",
    "ldapsearch -D cn=app -w {a12}!",
    "smbclient -U app%{a12}! //host/share",
    "curl -H 'Authorization: Bearer {a32}!' https://example.com",
    "curl -H 'Authorization: Basic {a32}!' https://example.com",
    "curl -H \\\"Authorization: token {a32}!\\\" https://example.com",
    "wget --header='X-Api-Key: {a32}!' https://example.com",
    "run --password {x14}!",
    "run --db-password={x14}!",
    "export PGPASSWORD={x14}!",
    "DB_PASSWORD={x14}! run",
    "https://{a40}!@github.com/org/repo.git",
    "https://x-access-token:{a40}!@github.com/org/repo",
    "postgres://app:{x14}!@db.internal/app",
    "redis://:{a14}!@cache:6379/0",
    "amqp://app:{a14}!@localhost:5672",
    "mongodb+srv://app:{a14}!@cluster.example.net/app",
    "Server=db;User Id=app;Password={x14}!;",
    "Server=db;Uid=app;Pwd={a14}!;",
    "DefaultEndpointsProtocol=https;AccountName=app;AccountKey={a86}!==;EndpointSuffix=core.windows.net",
    "Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=root;SharedAccessKey={a43}!=",
    "https://x.blob.core.windows.net/c?sv=2022-11-02&sig={a43}!%3D",
    "https://hooks.slack.com/services/T{u8}/B{u8}/{a24}!",
    "https://discord.com/api/webhooks/{d18}/{a68}!",
    "https://x.webhook.office.com/webhookb2/{h8}@{h8}/IncomingWebhook/{h32}!",
    "https://hooks.zapier.com/hooks/catch/{d7}/{l7}!",
    "https://api.example.com/v1?api_key={a32}!",
    "https://api.example.com/v1?access_token={a32}!",
    "-----BEGIN RSA PRIVATE KEY-----\\n{a64}!\\n-----END RSA PRIVATE KEY-----",
    "-----BEGIN OPENSSH PRIVATE KEY-----\\n{a64}!\\n-----END OPENSSH PRIVATE KEY-----",
    "-----BEGIN PGP PRIVATE KEY BLOCK-----\\n\\n{a64}!\\n-----END PGP PRIVATE KEY BLOCK-----",
    "//registry.npmjs.org/:_authToken={a36}!",
];

/// Names that reveal credentials, in several languages, whose values have only letters.
const NAMES: &[&str] = &[
    "DB_PASSWORD",
    "PASSWORD_DB",
    "dbPassword",
    "DB_PW",
    "DB_PWD",
    "DB_PASS",
    "PGPASSWORD",
    "ROOT_PASSPHRASE",
    "DB_PASSWORT",
    "KENNWORT",
    "PASSWORT_DATENBANK",
    "MOT_DE_PASSE",
    "MOTDEPASSE_BD",
    "MDP_ADMIN",
    "CONTRASENA",
    "CONTRASEÑA_BD",
    "contraseña",
    "CLAVE_ADMIN",
    "SENHA",
    "SENHA_BANCO",
    "PALAVRA_PASSE",
    "PAROLA_CHIAVE",
    "WACHTWOORD",
    "DB_WACHTWOORD",
    "HASLO",
    "HASŁO_BAZY",
    "CLIENT_SECRET",
    "SECRET_CLIENT",
    "AUTH_TOKEN",
    "TOKEN_AUTH",
    "API_KEY",
    "KEY_API",
    "apiKey",
    "SECRET_KEY_BASE",
    "SIGNING_KEY",
    "AWS_CREDENTIALS",
    "DB_CREDENTIALS",
    "REDIS_AUTH",
    "HASHIDS_SALT",
    "SALT_HASHIDS",
    "API_SCHLUESSEL",
    "GEHEIMNIS",
    "ZUGANGSDATEN",
    "JETON_API",
    "CLE_SECRETE",
    "SECRETO",
    "LLAVE_PRIVADA",
    "SEGREDO",
    "CHAVE_API",
    "SEGRETO",
    "CHIAVE_API",
    "SLEUTEL_API",
    "SEKRET",
    "KLUCZ_API",
    "TAJNY_TOKEN",
    "ENCRYPTION_KEY",
    "JWT_SECRET",
    "SESSION_SECRET",
    "COOKIE_SECRET",
    "WEBHOOK_SECRET",
    "x-api-key",
];

/// Inserts random parts; the secret is the part before `!`, or all of the text.
fn plant(pattern: &str, seed: usize) -> (String, String) {
    let (mut text, mut secret) = (String::new(), String::new());
    let mut rest = pattern;
    while let Some((before, behind)) = rest.split_once('{') {
        let (part, behind) = behind.split_once('}').unwrap();
        let alphabet = match &part[..1] {
            "a" => Alphabet::Alnum,
            "h" => Alphabet::Hex,
            "l" => Alphabet::Lower,
            "u" => Alphabet::Upper,
            "d" => Alphabet::Digits,
            _ => Alphabet::Letters,
        };
        let random = filler(alphabet, part[1..].parse().unwrap(), seed * 31 + text.len());
        text.push_str(before);
        text.push_str(&random);
        rest = match behind.strip_prefix('!') {
            Some(behind) => {
                secret = random;
                behind
            }
            None => behind,
        };
    }
    text.push_str(rest);
    if secret.is_empty() { (text.clone(), text) } else { (secret, text) }
}

/// All of them.
pub fn plants() -> Vec<Plant> {
    let mut found = Vec::new();
    for (seed, pattern) in TOKENS.iter().chain(TEXTS).enumerate() {
        let (secret, text) = plant(pattern, seed + 1);
        found.push(Plant { secret, text, name: "VALUE".to_owned() });
    }
    for (seed, name) in NAMES.iter().enumerate() {
        let (secret, _) = plant("{x16}", seed + 1_000);
        found.push(Plant { text: secret.clone(), secret, name: (*name).to_owned() });
    }
    for (seed, name) in ["DB_PASSWORD", "PASSPHRASE", "CONTRASEÑA", "KENNWORT"].iter().enumerate() {
        let (secret, _) = plant("{x7} {x6} {x8} {x5}", seed + 2_000);
        found.push(Plant { text: secret.clone(), secret, name: (*name).to_owned() });
    }
    found
}
