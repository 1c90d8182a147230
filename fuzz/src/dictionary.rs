//! The words that inputs are composed of: those of the API, of Terraform, and of ecslint's settings.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use crate::seeds;

/// Words that are in no table.
const WORDS: &[&str] = &[
    "=== main.tf\n",
    "=== task.json\n",
    "=== modules/m/main.tf\n",
    "=== ecslint.toml\n",
    "=== t.tftpl\n",
    "=== terraform.tfvars\n",
    "=== main.tf.json\n",
    "${",
    "%{",
    "$${",
    "%%{",
    "%{ if ",
    "%{ else }",
    "%{ endif }",
    "%{ for x in ",
    "%{ endfor }",
    "~}",
    "<<EOT\n",
    "<<-EOT\n",
    "\nEOT\n",
    "for_each = ",
    "count = ",
    "dynamic \"",
    "each.value",
    "each.key",
    "count.index",
    "var.",
    "local.",
    "module.",
    "data.",
    "path.module",
    "path.root",
    "terraform.workspace",
    "self.",
    "variable \"",
    "resource \"",
    "locals {",
    "output \"",
    "module \"",
    "source = \"./m\"",
    "default = ",
    "lifecycle {",
    "ignore_changes",
    "depends_on = [",
    "[for k, v in ",
    "{for k, v in ",
    " => ",
    "...",
    "[*]",
    ".*.",
    "? ",
    " : ",
    "&&",
    "||",
    "!=",
    "==",
    "<=",
    ">=",
    "null",
    "true",
    "false",
    "1e309",
    "-0",
    "9223372036854775808",
    "0x10",
    "\\u0000",
    "\\ud800",
    "\u{feff}",
    "\r\n",
    "/*",
    "*/",
    "//",
    "# ecslint: ignore[",
    "]",
    "<IMAGE>",
    "{{ x }}",
    "<<<<<<< HEAD\n",
    "=======\n",
    ">>>>>>> x\n",
    "provider::aws::arn_parse(",
    "extends = ",
    "exclude = [",
    "[[ignore]]",
    "[[overrides]]",
    "expires = 2027-12-31",
    "pointer = ",
    "$ref",
    "/* ",
    "'",
    "\"\"\"",
    "= {",
    "}",
    "\"containerDefinitions\": [",
    "\"Subnets\": [",
    "\"taskDefinition\": {",
    "\"services\": [",
];

/// The words, without duplicates.
pub fn words() -> BTreeSet<String> {
    let mut words: BTreeSet<String> = WORDS.iter().map(|word| (*word).to_owned()).collect();
    for schema in ["task-definition", "service", "ecslint"] {
        let path = seeds::root().join(format!("schemas/{schema}.schema.json"));
        let text = fs::read_to_string(path).unwrap_or_default();
        of_schema(&serde_json::from_str(&text).unwrap_or_default(), &mut words);
    }
    words.extend(functions().into_iter().map(|name| format!("{name}(")));
    words.extend(arguments());
    words
}

/// The words in the format of a libFuzzer dictionary.
pub fn text() -> String {
    words().iter().map(|word| format!("{}\n", quoted(word))).collect()
}

fn quoted(word: &str) -> String {
    let byte = |byte: u8| match byte {
        b'"' | b'\\' => format!("\\{}", byte as char),
        b' '..=b'~' => (byte as char).to_string(),
        _ => format!("\\x{byte:02X}"),
    };
    format!("\"{}\"", word.bytes().map(byte).collect::<String>())
}

/// The members and enum values in a schema.
fn of_schema(schema: &Value, words: &mut BTreeSet<String>) {
    match schema {
        Value::Object(members) => {
            for (key, value) in members {
                match (key.as_str(), value) {
                    ("properties", Value::Object(properties)) => {
                        words.extend(properties.keys().map(|name| format!("\"{name}\"")));
                    }
                    ("enum", Value::Array(values)) => {
                        words.extend(values.iter().filter_map(Value::as_str).map(str::to_owned))
                    }
                    _ => {}
                }
                of_schema(value, words);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| of_schema(item, words)),
        _ => {}
    }
}

/// The Terraform functions in the recorded evaluations.
fn functions() -> BTreeSet<String> {
    let text = String::from_utf8_lossy(&seeds::hcl().concat()).into_owned();
    let name = |before: &str| {
        before.rsplit(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).next().map(str::to_owned)
    };
    text.split('(').filter_map(name).filter(|name| name.len() > 2).collect()
}

/// The arguments, blocks, and resource types in the rule pages.
fn arguments() -> BTreeSet<String> {
    let text = String::from_utf8_lossy(&seeds::hcl().concat()).into_owned();
    let first = |line: &str| line.split_whitespace().next().map(str::to_owned);
    let is_name = |word: &String| word.len() > 3 && word.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    let resources =
        text.split('"').filter(|word| word.starts_with("aws_") && word.len() < 60).map(str::to_owned);
    text.lines().filter_map(first).filter(is_name).chain(resources.filter(is_name)).collect()
}
