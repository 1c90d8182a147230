//! Every key that rules and views read is a member of a request: a misspelled key would read as missing and silence a
//! rule.
//!
//! A key is a literal where it is read (`view.int("cpu")`, `view.fields(["cpu", "memory"])`), or a variable `key`. The
//! value of such a variable is a literal too: an argument of a call if it is a parameter, or an item of a list before
//! `|key|`. Paths (`linuxParameters/devices`) are in constants of type `Paths`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use regex::Regex;
use serde_json::Value;

use crate::tidy::{code, sources};

/// Keys that are neither in a schema nor a Terraform argument, with a description.
const OTHER: &[(&str, &[&str])] = &[
    (
        "ECS `RunTask`, which is read from JSON alone",
        &["containerOverrides", "count", "overrides", "startedBy"],
    ),
    (
        "`LogConfiguration.options` of the awslogs driver",
        &[
            "awslogs-create-group",
            "awslogs-datetime-format",
            "awslogs-group",
            "awslogs-multiline-pattern",
            "awslogs-region",
            "max-buffer-size",
            "mode",
        ],
    ),
    ("`FirelensConfiguration.options`", &["config-file-type", "config-file-value"]),
    (
        "documents of cloud-init",
        &["append", "bootcmd", "content", "encoding", "packages", "path", "runcmd", "write_files"],
    ),
    (
        "`AWS::ApplicationAutoScaling::ScalingPolicy`, which can name its target by one id",
        &["ScalingTargetId"],
    ),
    (
        "the states of Step Functions, and their parameters",
        &[
            "Arguments",
            "AwsvpcConfiguration",
            "Branches",
            "Cluster",
            "ContainerOverrides",
            "ItemProcessor",
            "Iterator",
            "Overrides",
            "Parameters",
            "Resource",
            "States",
            "TaskDefinition",
        ],
    ),
    ("the configuration of an action of CodePipeline", &["ClusterName"]),
    ("options of Fluent Bit", &["delivery_stream", "log_group_name", "role_arn", "stream"]),
    (
        "policy documents of IAM",
        &[
            "Action",
            "Condition",
            "Effect",
            "NotAction",
            "NotPrincipal",
            "NotResource",
            "Principal",
            "Sid",
            "Statement",
        ],
    ),
    (
        "what ELBv2 and EC2 describe, and no request has",
        &[
            "CidrIp",
            "CidrIpv6",
            "Ipv6CidrBlockAssociationSet",
            "AvailabilityZones",
            "LoadBalancerArns",
            "Associations",
            "Main",
        ],
    ),
];

/// The schemas of requests.
pub const SCHEMAS: [&str; 7] = [
    "task-definition",
    "daemon-task-definition",
    "daemon",
    "service",
    "express-service",
    "gateway",
    "capacity-provider",
];

/// Reads with variables whose literals are not checked: the file, the argument, and the reason.
const VARIABLES: &[(&str, &str, &str)] = &[
    ("model/log.rs", "option", "the caller names an option of the driver, and a driver may have any"),
    ("rules/multiple_volume_types.rs", "path", "of a constant of the type `Paths`"),
    ("rules/support/unsupported.rs", "path", "of a constant of the type `Paths`"),
    ("rules/unknown_property.rs", "|key|", "the members that the schema has"),
];

/// The functions that read a member, with their opening brackets.
const READS: &str = r"\.(any|bool|certainly|entry|fields?|get|given|heading|int|list|object|option|scalar|set_or_insert_after|str)\(";

/// The members of requests: those of the schemas, of AWS responses, and of the table of Terraform arguments.
fn members() -> BTreeSet<String> {
    let mut members: BTreeSet<String> =
        OTHER.iter().flat_map(|(_, keys)| *keys).map(|key| (*key).to_owned()).collect();
    SCHEMAS.iter().for_each(|name| collect(&schema(name), &mut members));
    let row = Regex::new(r#"\(\s*"\w+",\s*"([\w/]+)","#).unwrap();
    let tables = sources().into_iter().filter(|(name, _)| name.starts_with("frontend/terraform/mapping"));
    for (_, table) in tables {
        let paths = row.captures_iter(&table).map(|found| found[1].to_owned());
        members.extend(paths.flat_map(|path| path.split('/').map(str::to_owned).collect::<Vec<_>>()));
    }
    members
}

/// A schema by its name.
pub fn schema(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("schemas/{name}.schema.json"));
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// The properties of all objects in a schema, and its `x-answers`.
fn collect(schema: &Value, members: &mut BTreeSet<String>) {
    match schema {
        Value::Object(object) => {
            let properties = object.get("properties").and_then(Value::as_object);
            members.extend(properties.into_iter().flat_map(|properties| properties.keys().cloned()));
            let answers = object.get("x-answers").and_then(Value::as_array);
            members.extend(answers.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned));
            object.values().for_each(|value| collect(value, members));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, members)),
        _ => {}
    }
}

/// The literals in an argument or a list.
pub fn literals(text: &str) -> Vec<String> {
    let literal = Regex::new(r#""([^"\\]*)""#).unwrap();
    literal.captures_iter(text).map(|found| found[1].to_owned()).collect()
}

/// The arguments in a text after the opening bracket of a call.
fn arguments(text: &str) -> Vec<&str> {
    let (mut depth, mut start, mut found) = (0, 0, Vec::new());
    for (at, letter) in text.char_indices() {
        match letter {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth == 0 => {
                found.push(text[start..at].trim());
                break;
            }
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => {
                found.push(text[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    found
}

/// The arguments of all reads. For functions that maps and iterators have too, only literals count.
fn read(code: &str) -> Vec<String> {
    let reads = Regex::new(READS).unwrap();
    let read = reads.captures_iter(code).filter_map(|found| {
        let argument = arguments(&code[found.get(0).unwrap().end()..])[0].trim_start_matches(['&', '*']);
        let is_literal = argument.starts_with(['"', '[']);
        (is_literal || !["any", "get", "entry"].contains(&&found[1])).then(|| argument.to_owned())
    });
    read.collect()
}

/// The lists of keys that are iterated, and the constants with paths.
fn listed(code: &str) -> Vec<String> {
    let through =
        r"\[[^\[\]]*\]\s*(\.iter\(\)|\.into_iter\(\))?\s*\.\w+\((move )?\|&?key\||for key in \[[^\]]*\]";
    let lists = Regex::new(through).unwrap();
    let mut lists: Vec<String> = lists.find_iter(code).map(|found| found.as_str().to_owned()).collect();
    let variables = Regex::new(&format!(r"\|&?key\| [^|;]*{READS}key\)|for key in")).unwrap();
    if variables.find_iter(code).count() > lists.len() {
        lists.push("|key|".to_owned());
    }
    let paths = Regex::new(r"(: Paths =|Given::of_\w+\(\w+,) &(\[[^\]]*\])").unwrap();
    lists.extend(paths.captures_iter(code).map(|found| found[2].to_owned()));
    lists
}

/// A function with a parameter `key`.
struct Taker<'a> {
    /// Its file, if it is private.
    file: Option<&'a str>,
    name: String,
    /// Whether it is a method.
    is_method: bool,
    /// The index of the key argument.
    at: usize,
}

impl Taker<'_> {
    /// The key arguments of its calls in a source file.
    fn keys(&self, code: &str) -> Vec<String> {
        let call = format!("{}(", self.name);
        let calls = code.match_indices(&call).filter(|(start, _)| {
            let before = &code[..*start];
            let last = before.chars().next_back().unwrap_or(' ');
            let is_longer = last.is_alphanumeric() || last == '_';
            !is_longer && (last == '.') == self.is_method && !before.ends_with("fn ")
        });
        let keys =
            calls.filter_map(|(start, _)| arguments(&code[start + call.len()..]).get(self.at).copied());
        keys.map(str::to_owned).collect()
    }
}

fn takers(codes: &[(String, String)]) -> Vec<Taker<'_>> {
    let function = Regex::new(r"(pub [^\n]*)?fn (\w+)(?:<[^(]*>)?\(([^)]*\bkey: &[^)]*)\)").unwrap();
    let found = codes.iter().flat_map(|(file, code)| {
        function.captures_iter(code).filter_map(|found| {
            let mut parameters = found[3].split(',').map(str::trim).peekable();
            let is_method = parameters.next_if(|parameter| parameter.ends_with("self")).is_some();
            let at = parameters.position(|parameter| parameter.starts_with("key:"))?;
            let file = found.get(1).is_none().then_some(file.as_str());
            Some(Taker { file, name: found[2].to_owned(), is_method, at })
        })
    });
    found.collect()
}

/// The errors in how some source files read keys.
fn mistakes(codes: &[(String, String)], members: &BTreeSet<String>) -> Vec<String> {
    let takers = takers(codes);
    let mut mistakes = Vec::new();
    for (name, code) in codes {
        let callable = takers.iter().filter(|taker| taker.file.is_none_or(|file| file == name));
        let passed = callable.flat_map(|taker| taker.keys(code));
        for argument in read(code).into_iter().chain(listed(code)).chain(passed) {
            let keys = literals(&argument);
            let is_known = |(file, known, _): &(&str, &str, &str)| file == name && *known == argument;
            if keys.is_empty() && !["", "key"].contains(&argument.as_str()) && !VARIABLES.iter().any(is_known)
            {
                mistakes
                    .push(format!("src/{name}: a member is read by `{argument}`, which is not a literal"));
            }
            let unknown = keys.iter().flat_map(|key| key.split('/')).filter(|key| !members.contains(*key));
            mistakes.extend(unknown.map(|key| format!("src/{name}: no request has a member `{key}`")));
        }
    }
    mistakes
}

#[test]
fn every_key_that_is_read_is_a_member_of_a_request() {
    let readers = ["rules/", "model/", "model.rs"];
    let read =
        sources().into_iter().filter(|(name, _)| readers.iter().any(|reader| name.starts_with(reader)));
    let codes: Vec<(String, String)> = read.map(|(name, text)| (name, code(&text))).collect();
    let mistakes = mistakes(&codes, &members());
    assert!(mistakes.is_empty(), "{}", mistakes.join("\n"));
}

#[test]
fn a_typo_in_a_key_is_found_wherever_it_stands() {
    let found = |code: &str| mistakes(&[("rules/x.rs".to_owned(), code.to_owned())], &members());
    assert_eq!(found(r#"view.int("startPeriod"); view.fields(["cpu", "memory"])"#), Vec::<String>::new());
    for typo in [
        r#"health.int("startPeriode")"#,
        r#"view.fields(["cpu", "memmory"])"#,
        r#"view.given("linuxParameters/device")"#,
        r#"["cpu", "memmory"].iter().all(|key| view.any(key).is_missing())"#,
        r#"for key in ["cpu", "memmory"] { view.int(key); }"#,
        r#"fn outside(view: View, key: &'static str) {} fn check() { outside(view, "startPeriode") }"#,
        r#"const OF_TASK: Paths = &["ipcMode", "pidMod"];"#,
    ] {
        assert_eq!(found(typo).len(), 1, "{typo}: {:?}", found(typo));
    }
    for hidden in ["view.int(name)", "KEYS.iter().any(|key| view.int(key).is_missing())"] {
        assert_eq!(found(hidden).len(), 1, "{hidden}");
    }
}
