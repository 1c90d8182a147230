use super::*;

/// Assembled at run time, because other tools search for such values too.
fn access_key() -> String {
    ["AKIA", "Z3M7QK2VX9TB4WHP"].concat()
}

#[test]
fn what_a_telling_name_has_is_found_in_any_language() {
    for text in [
        r#"{"name": "DB_PASSWORD", "value": "SECRET"}"#,
        r#"{"value": "SECRET", "name": "DB_PASSWORD"}"#,
        r#"{ name = "DB_PASSWORD", value = "SECRET" }"#,
        "{\n  name  = \"DB_PASSWORD\"\n  value = \"SECRET\"\n}",
        r#""[{\"name\":\"DB_PASSWORD\",\"value\":\"SECRET\"}]""#,
        r#""{\\\"password\\\":\\\"SECRET\\\"}""#,
        "- name: DB_PASSWORD\n  value: SECRET\n",
        "password: SECRET\n",
        "db_password = \"SECRET\"",
        "password = <<-EOT\n  SECRET\nEOT\n",
        "password: |\n  ok\n# password: SECRET",
        "variable \"db_password\" {\n  type = string\n  validation {\n  }\n  default = \"SECRET\"\n}",
        r#"{"variable": {"db_password": {"type": "string", "default": "SECRET"}}}"#,
        r#"{"variables": {"db_password": {"value": "SECRET"}}}"#,
        "resource \"aws_ssm_parameter\" \"db_password\" {\n  value = \"SECRET\"\n}",
        "secret_string = \"SECRET\"",
        "export PGPASSWORD=SECRET; run",
        "run --db-password SECRET --x",
        "run --db-password=SECRET --x",
        r#"["--password", "SECRET"]"#,
        r#"env["password"] = "SECRET""#,
        "Server=db;Password=SECRET;Port=1",
        "https://x?password=SECRET&y=1",
        "a://app:SECRET@db.internal/app",
        "b://localhost a://app:SECRET@${var.host}/app",
        "password = \"SECRET",
        "{\"masterUserPassword\": \"SECRET\"",
        "secret_key = 'SECRET'",
    ] {
        let text = text.replace("SECRET", "tr0mb0ne-71");
        let shown = redacted(&text);
        assert!(!shown.contains("tr0mb") && shown.contains("***********"), "{text}\n{shown}");
        assert_eq!(shown.matches('*').count(), "tr0mb0ne-71".len(), "{text}\n{shown}");
    }
}

#[test]
fn the_credential_among_the_arguments_of_a_program_is_found() {
    for text in [
        r#"["curl", "-u", "admin:SECRET"]"#,
        "[\n  \"mysql\",\n  \"-u\", \"root\",\n  \"-pSECRET\"\n]",
        "command:\n  - curl\n  - -u\n  - admin:SECRET\n",
        "command:\n  - --db-password\n  - \"SECRET\"\n",
        "printf \"%s\" SECRET | docker login --password-stdin",
        "machine x\nlogin y\npassword SECRET\n",
        "CREATE ROLE app LOGIN PASSWORD 'SECRET'",
        "lftp -u user,SECRET ftp://x",
        r#"curl -H "Authorization: Splunk SECRET" https://x"#,
        r#""mysql -uroot -p\"SECRET\" app""#,
        r#"{ "name": "DB_PASSWORD", "valueFrom": "SECRET" }"#,
        r#"{ "Smtp:Password": "SECRET" }"#,
        "DSN=x;Uid=u;Pwd={SECRET};",
    ] {
        let text = text.replace("SECRET", "qh8Zr2LmXv5T");
        let shown = redacted(&text);
        assert!(
            !shown.contains("qh8Zr") && shown.matches('*').count() == "qh8Zr2LmXv5T".len(),
            "{text}\n{shown}"
        );
    }
}

#[test]
fn a_value_that_is_too_long_to_be_read_is_hidden() {
    for length in [490, 500, 510, 9_990, 10_000, 10_010] {
        let long = format!("{}qh8Zr2LmXv5T", "x7".repeat(length / 2));
        for text in [format!("password={long} end"), format!("password = \"{long}\" end")] {
            assert!(!redacted(&text).contains("qh8Zr2"), "{length}");
        }
    }
}

#[test]
fn a_credential_that_is_only_a_part_of_a_value_is_found() {
    let text = "password = \"tr0mb0ne-71${var.more}\"";
    assert_eq!(redacted(text), "password = \"**********************\"");
}

#[test]
fn what_has_the_form_of_a_credential_is_found_whatever_it_is_called() {
    let token = format!("ghp_{}", "a1B2".repeat(9));
    let signed = format!("eyJhbGciOiJIUzI1NiJ9.{}.c2ln", "eyJzdWIiOiIx".repeat(3));
    let secret = "q7RzB1mT/x9Kd4Wv+Lp2Hs8NcYf0GjUeAo3iXb5Q";
    for (text, value) in [
        (format!("x = \"{token}\""), &token),
        (format!("a\\n{token}\\n"), &token),
        (format!("Authorization: {signed}"), &signed),
        (format!("{} {secret}", access_key()), &secret.to_owned()),
        (format!("\"{}:{secret}\"", access_key()), &access_key()),
    ] {
        assert!(!redacted(&text).contains(value.as_str()), "{text}");
    }
    assert_eq!(redacted(secret), secret, "alone it may be anything");
}

#[test]
fn a_private_key_is_found_in_lines_and_in_one() {
    let key = |line: &str| {
        format!("x -----BEGIN RSA PRIVATE KEY-----{line}MIIEow{line}-----END RSA PRIVATE KEY----- y")
    };
    for text in [key("\n"), key("\\n"), key(" "), key("\n").replace("-----END", "")] {
        let shown = redacted(&text);
        assert!(!shown.contains("MIIEow") && shown.starts_with("x *"), "{shown}");
        assert!(!text.contains("-----END") || shown.ends_with("* y"), "{shown}");
    }
    assert!(redacted(&key("\n")).ends_with("* y"));
    let begun = "{ \"key\": \"-----BEGIN PRIVATE KEY-----\\nMIIE…\" }, { \"name\": \"b\" }";
    assert!(redacted(begun).ends_with("*\" }, { \"name\": \"b\" }"), "{}", redacted(begun));
    let list = key("\", \"");
    assert!(!redacted(&list).contains("MIIEow") && redacted(&list).ends_with("* y"), "{}", redacted(&list));
    let public = "-----BEGIN PUBLIC KEY-----\nMIIBIj\n-----END PUBLIC KEY-----";
    assert_eq!(redacted(public), public);
}

#[test]
fn what_is_encoded_is_found() {
    // #!/bin/sh, export DB_PASSWORD=tr0mb0ne-71, run
    let script = "IyEvYmluL3NoCmV4cG9ydCBEQl9QQVNTV09SRD10cjBtYjBuZS03MQpydW4=";
    let shown = redacted(&format!("user_data_base64 = \"{script}\""));
    assert!(!shown.contains("cjBtYjBuZS03MQ"), "{shown}");
}

#[test]
fn references_samples_and_what_only_sounds_so_stay() {
    for text in [
        "password = var.db_password2x",
        "password = \"${var.db_password2x}\"",
        "password = random_password.db1x.result",
        "password = jsondecode(data.x.y1)[\"password\"]",
        "password = local.passw1rds[0]",
        "{ \"name\": \"DB_PASSWORD\", \"valueFrom\": \"arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-Ab12Cd\" }",
        "{ name = \"DB_PASSWORD\", valueFrom = \"/prod/db1/password2\" },\n{ name = \"COLOUR\", value = \"tr0mb0ne-71\" }",
        "password = \"changeme123\"",
        "POSTGRES_PASSWORD=postgres",
        "\"password\": \"{{resolve:secretsmanager:db:SecretString:password}}\"",
        "secret_arn = \"arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-Ab12Cd\"",
        "key = \"value-123\"\nname = \"s3-credentials-v2\"",
        "secret = \"prod/web/s3-credentials-v2\"",
        "token_url: https://login.example.com/oauth2/v2/token",
        "the `DB_PASSWORD` of container `web1x` is given a password in plain text",
        "variable \"db_password\" {\n  type = string\n  sensitive = true\n}\nvariable \"c\" {\n  default = \"tr0mb0ne-71\"\n}",
        "postgres://postgres:postgres@localhost:5432/app",
        "password == \"tr0mb0ne-71\"",
        "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "{ \"nextToken\": null, \"password\": true }",
    ] {
        assert_eq!(redacted(text), text);
    }
}

/// The time for each text is linear in the number of names.
#[test]
fn what_is_made_to_be_read_again_and_again_is_not() {
    for piece in [
        "PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----",
        "password=",
        "password=x1!",
        "token=<<A\n",
        "password {",
        "password=\"\\",
        "ghp_xxxx",
        "ghp_1234",
        "eyJ.",
        "://a:b",
        "name=password ",
        "AKIA",
        "$2a$",
        "Private-Lines:",
        "mysql -p",
        "echo | chpasswd ",
        "login x password ",
        "\"a:key\":",
        "- --password\n",
        "IDENTIFIED BY ",
        "https://a?key=",
    ] {
        let text = piece.repeat(50_000 / piece.len());
        assert_eq!(redacted(&text).chars().count(), text.chars().count(), "{piece}");
    }
}

#[test]
fn places_are_cut_between_letters() {
    for text in [
        "pässwörd=ü{",
        "password=\u{1F511}",
        "\u{1F511}://\u{1F511}:\u{1F511}abc@x",
        "token=\\\"ü",
        "-----BEGIN ü PRIVATE KEY-----ü",
    ] {
        assert_eq!(redacted(text).chars().count(), text.chars().count());
    }
}
