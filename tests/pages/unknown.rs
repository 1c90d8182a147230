//! No rule reports unknown values: in every bad example, each value that a finding points at or names as a reason is
//! replaced with a placeholder or a variable, and then the finding must be gone.

use std::fmt::Write as _;
use std::fs;

use ecslint::config::RunOptions;
use ecslint::diagnostic::Diagnostic;
use ecslint::source::{Sources, Span};

use super::{Example, check, examples, pages};

/// Pipeline placeholders, as JSON strings.
const PLACEHOLDERS: &[&str] = &[
    "<image>",
    "${X}",
    "{{ x }}",
    "__IMAGE__",
    "%IMAGE%",
    "$IMAGE",
    "REPLACE_ME",
    "#{x}",
    "@IMAGE@",
    "((x))",
];

/// A Terraform variable without a value.
const VARIABLE: &str = "${var.not_set}";

/// A value of a template that is not known, in YAML and in JSON. Strings of a template are exact: they have no placeholders.
const IMPORT: &str = "!ImportValue not-set";
const JSON_IMPORT: &str = r#"{ "Fn::ImportValue": "not-set" }"#;

/// Names that findings point at to identify a resource.
const TITLES: &[&str] = &["name", "family", "serviceName", "daemonName"];

/// Values that rules point at, by key, for a reason other than their content.
const EXEMPT: &[(&str, &[&str], &str)] = &[
    ("autoscaled-desired-count", &["DesiredCount"], "whatever the number"),
    (
        "blue-green-load-balancer",
        &["containerName", "container_name"],
        "it stands for a load balancer that lacks something",
    ),
    ("classic-load-balancer-unsupported", &["loadBalancerName"], "whatever its name"),
    ("daemon-unsupported", &["desiredCount"], "whatever the number"),
    ("cloudformation-error", &["*"], "what cannot be created has no values yet"),
    (
        "efs-transit-encryption-required",
        &["fileSystemId", "file_system_id"],
        "it stands for a volume that lacks something",
    ),
    ("efs-unencrypted-transit", &["fileSystemId"], "it stands for a volume that lacks something"),
    ("external-controller-unsupported", &["taskDefinition"], "whatever its name"),
    ("fargate-unsupported-parameter", &["Default"], "whatever the value of the parameter"),
    ("firelens-router-not-essential", &["logDriver"], "another container logs through the router too"),
    ("health-check-with-classic-load-balancer", &["loadBalancerName"], "whatever its name"),
    ("ignore-without-reason", &["rule"], "whatever the rule"),
    ("invalid-ebs-volume", &["iops", "throughput"], "whatever the number"),
    ("invalid-gateway", &[""], "one too few, whatever it is"),
    ("invalid-gateway-connector", &["grpcCode", "httpCode"], "one too many, whatever it is"),
    ("invalid-port", &["hostPort"], "it stands for a mapping that lacks something"),
    ("invalid-security-option", &[""], "one too many, whatever it is"),
    ("invalid-setting", &["*"], "settings have no placeholders"),
    ("launch-type-and-capacity-provider", &["capacityProvider"], "whatever its name"),
    ("load-balancer-kind-conflict", &["loadBalancerName", "targetGroupArn"], "whatever their names"),
    ("load-balancer-without-grace-period", &["container_name"], "whatever its name"),
    ("missing-execution-role", &["image", "logDriver", ""], "the secrets beside it need the role too"),
    ("network-acl-blocks-traffic", &["image"], "the instance needs the same packets to join the cluster"),
    ("no-route-to-registry", &["image"], "whatever the registry"),
    ("platform-version-launch-type", &["platformVersion"], "whatever the version"),
    ("port-range-network-mode", &["containerPortRange"], "whatever the range"),
    ("role-permissions", &["group", "value"], "the role may read and write nothing at all"),
    ("service-connect-timeout", &["containerPort"], "whatever the number"),
    ("role-trust-policy", &["ExternalId"], "AWS services send no external ID, whatever it is"),
    ("service-registry-port", &["containerName", "port"], "one too many, whatever it is"),
    ("single-task", &["targetGroupArn"], "whatever its name"),
    ("syntax", &["*"], "what cannot be read has no values yet"),
    ("too-many-environment-files", &["value"], "one too many, whatever it is"),
    ("too-many-load-balancers", &["loadBalancerName", "targetGroupArn"], "one too many, whatever it is"),
    ("too-many-security-groups", &[""], "one too many, whatever it is"),
    ("too-many-subnets", &[""], "one too many, whatever it is"),
    ("zero-capacity-provider-weights", &["capacityProvider", "capacity_provider"], "whatever its name"),
];

#[test]
fn no_rule_blames_what_is_unknown() {
    let (mut wrong, mut tried) = (String::new(), 0);
    for page in pages("rules").into_iter().chain(pages("tests/cases")) {
        let rule = page.file_stem().unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(&page).unwrap();
        for example in examples(&text).into_iter().filter(|example| example.verdict == "bad") {
            tried += put_off(&example, &rule, &mut wrong);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(tried > 1000, "{tried}");
}

/// Replaces each value that the findings of an example refer to. Returns the number of replacements.
fn put_off(example: &Example, rule: &str, wrong: &mut String) -> usize {
    let options = RunOptions { select: vec![rule.to_owned()], ..RunOptions::default() };
    let (sources, outcome) = check(&example.files, &options);
    let mut tried = 0;
    for found in &outcome.diagnostics {
        let places = [found.span].into_iter().chain(found.labels.iter().map(|label| label.span));
        for place in places {
            let Some((key, value)) = scalar(&sources, place) else { continue };
            let is_key = |known: &&str| known.eq_ignore_ascii_case(&key) || *known == "*";
            let is_exempt =
                |(exempt, keys, _): &(&str, &[&str], &str)| *exempt == rule && keys.iter().any(is_key);
            if TITLES.iter().any(is_key) || EXEMPT.iter().any(is_exempt) {
                continue;
            }
            for unknown in unknowns(&sources, place) {
                let mut files = example.files.clone();
                let name = sources.name(place.file);
                let (_, text) = files.iter_mut().find(|(known, _)| *known == name).unwrap();
                text.replace_range(value.range(), &unknown);
                let (_, after) = check(&files, &options);
                tried += 1;
                let longer = unknown.len();
                let moved =
                    |at: usize| if at > value.range().start { at + longer - value.range().len() } else { at };
                let is_same = |other: &Diagnostic| {
                    other.rule == found.rule
                        && other.span.file == found.span.file
                        && (other.span.range().start
                            == if found.span.file == place.file {
                                moved(found.span.range().start)
                            } else {
                                found.span.range().start
                            }
                            || other.message == found.message)
                };
                if after.diagnostics.iter().any(is_same) {
                    let message = &found.message;
                    writeln!(
                        wrong,
                        "{rule}: {message}\n    `{key}`: {} is now {unknown}",
                        sources.text(value)
                    )
                    .unwrap();
                }
            }
        }
    }
    tried
}

/// The string, number, or boolean at a place, including its quotes; `None` if it is a key or something else.
fn scalar(sources: &Sources, place: Span) -> Option<(String, Span)> {
    let all = &sources.get(place.file).text;
    let (mut start, mut end) = (place.range().start, place.range().end);
    if all[..start].ends_with('"') && all[end..].starts_with('"') {
        (start, end) = (start - 1, end + 1);
    }
    let is_template = sources.name(place.file).ends_with(".yaml");
    let line = all[..start].rsplit('\n').next()?;
    let is_plain = is_template
        && line.ends_with([' ', '['])
        && !line.contains('#')
        && !all[start..end].contains(['!', '\n']);
    let is_scalar = match serde_json::from_str::<serde_json::Value>(&all[start..end]) {
        Ok(value) => value.is_string() || value.is_number() || value.is_boolean(),
        Err(_) => is_plain,
    };
    let is_key = all[end..].trim_start().starts_with([':', '=']);
    if !is_scalar || is_key || all[start..end].contains("${") {
        return None;
    }
    let is_item = is_template && line.trim() == "-";
    let before = if is_item { "" } else { &all[..start] };
    let before = before.trim_end().trim_end_matches([':', '=']).trim_end().trim_end_matches('"');
    let key = before.rsplit(|letter: char| !letter.is_alphanumeric() && letter != '_').next()?;
    Some((key.to_owned(), Span::new(place.file, start, end)))
}

fn unknowns(sources: &Sources, place: Span) -> Vec<String> {
    let quoted = |text: &&str| format!("\"{text}\"");
    let is_template = sources.get(place.file).text.contains("\"Resources\"");
    match sources.name(place.file) {
        name if name.ends_with(".tf") => vec![quoted(&VARIABLE)],
        name if name.ends_with(".yaml") => vec![IMPORT.to_owned()],
        _ if is_template => vec![JSON_IMPORT.to_owned()],
        _ => PLACEHOLDERS.iter().map(quoted).collect(),
    }
}
