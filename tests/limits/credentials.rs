//! Texts that are made to cost much to search for credentials, or that are one long credential.

use crate::program::Case;

/// A name, and the text that its credential, comment, or heredoc repeats.
const REPEATED: [(&str, &str, usize); 8] = [
    ("a short word", "a1b2", 20_000),
    ("a word and a blank", "ab9 ", 20_000),
    ("a word and a sign", "abc123XYZ; ", 20_000),
    ("first lines of private keys", "-----BEGIN RSA PRIVATE KEY----- ", 20_000),
    ("marks of private keys", "-----X RSA xk9 KEY----- ", 20_000),
    ("names and values", "password=abc123XYZ; ", 200_000),
    ("names", "password: token= secret ", 100_000),
    ("URLs", "a://b:c9xkq@", 100_000),
];

pub(crate) fn cases() -> Vec<Case> {
    let of_text = |(name, text, many): (&'static str, &'static str, usize)| {
        let value = move |variable: &str| {
            let value = text.repeat(many);
            format!(
                "{{\"family\":\"a\",\"networkMode\":\"wrong\",\"containerDefinitions\":[{{\"name\":\"a\",\"image\":\"b\",\
                 \"memory\":128,\"environment\":[{{\"name\":\"{variable}\",\"value\":\"{value}\"}}]}}]}}"
            )
        };
        let heredoc = move || {
            let lines = format!("{text}\n").repeat(many.min(20_000));
            format!("locals {{\n  a = <<EOT\n{lines}EOT\n}}\n{SERVICE}")
        };
        [
            Case::file(format!("credentials: a password of {name}"), "task.json", move || {
                value("DB_PASSWORD")
            }),
            Case::file(format!("credentials: a value of {name}"), "task.json", move || value("VALUE")),
            Case::file(format!("credentials: a comment of {name}"), "main.tf", move || {
                format!("# {}\n{SERVICE}", text.repeat(many))
            }),
            Case::file(format!("credentials: a heredoc of {name}"), "main.tf", heredoc),
        ]
    };
    let all = REPEATED.into_iter().flat_map(of_text);
    let lines = [98_000, 110_000].map(|many| {
        Case::file(format!("credentials: {many} lines with a password"), "main.tf", move || {
            format!("/*\n{}*/\n{SERVICE}", "password = qz9xkcdpw1\n".repeat(many))
        })
    });
    let prefixes = Case::file("credentials: each is the start of the next", "main.tf", || {
        let line = |at: usize| format!("  a{at}_password = \"{}\"\n", "q7".repeat(at));
        format!("locals {{\n{}}}\n{SERVICE}", (10..900).map(line).collect::<String>())
    });
    let long = Case::file("credentials: a password of 4 MB", "task.json", || {
        let value = "qh8Zr2LmXv5T".repeat(350_000);
        format!("{{\"family\":\"a\",\"containerDefinitions\":[],\"password\":\"{value}\"}}")
    });
    all.chain(lines).chain([prefixes, long.reporting("[limit-reached]")]).collect()
}

const SERVICE: &str = "resource \"aws_ecs_service\" \"s\" {\n  name = \"a b\"\n}\n";
