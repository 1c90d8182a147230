//! The formats for other programs, each parsed like its consumer would.

use std::fs;
use std::path::Path;

use quick_xml::events::Event;
use serde_json::Value;
use snapbox::str;

use crate::program::{BROKEN, CLEAN, assert_output, directory, run, session};
use crate::snapshot;

/// A port that is a string, after multi-byte characters, with a name that every format must escape.
const TASK: &str = r#"{
  "family": "web", "networkMode": "awsvpc",
  "containerDefinitions": [
    { "name": "w\u0007%,:<&\"", "user":  "ü", "memory": 128, "portMappings": [{ "containerPort": 80, "hostPort": 81 }] }
  ]
}
"#;

/// Other rules may report something too in the future.
const RULES: &str = "awsvpc-port-mismatch,unknown-volume,syntax";

/// All formats.
pub(crate) const FORMATS: [&str; 16] = [
    "human",
    "concise",
    "grouped",
    "markdown",
    "html",
    "json",
    "jsonl",
    "sarif",
    "github",
    "gitlab",
    "azure",
    "teamcity",
    "junit",
    "checkstyle",
    "rdjson",
    "sonarqube",
];

fn report(directory: &Path, format: &str) -> String {
    let (code, out, err) = run(directory, &["check", "-q", "--select", RULES, "--format", format]);
    assert_eq!((code, err.as_str()), (1, ""), "{out}");
    out
}

fn json(directory: &Path, format: &str) -> Value {
    serde_json::from_str(&report(directory, format)).unwrap()
}

/// Files with every kind of error, and names and values that every format must escape.
fn mistakes() -> tempfile::TempDir {
    let mount = r#""mountPoints": [{ "sourceVolume": "<\u0007\n&\"", "containerPath": "/" }], "memory""#;
    let task = TASK.replace("\"memory\"", mount);
    directory(&[("a, b <&.json", &task), ("broken.json", BROKEN), ("clean.json", CLEAN)])
}

/// A SARIF report without the rule pages and the version.
fn without_rules(report: &str) -> String {
    let mut report: Value = serde_json::from_str(report).unwrap();
    let run = &mut report["runs"][0];
    let driver = run["tool"]["driver"].as_object_mut().unwrap();
    driver.retain(|key, _| key != "rules" && key != "semanticVersion");
    for found in run["results"].as_array_mut().unwrap() {
        found.as_object_mut().unwrap().remove("ruleIndex");
    }
    serde_json::to_string_pretty(&report).unwrap() + "\n"
}

#[test]
fn each_format_says_of_the_same_run_what_it_has_room_for() {
    let directory = mistakes();
    for format in FORMATS {
        let report = report(directory.path(), format);
        let report = if format == "sarif" { without_rules(&report) } else { report };
        let name = format!("tests/it/reports/{format}.txt");
        assert_output(report, snapshot::file(&Path::new(env!("CARGO_MANIFEST_DIR")).join(name)));
    }
}

#[test]
fn sarif_is_what_its_schema_says() {
    let directory = mistakes();
    let report = json(directory.path(), "sarif");
    let schema = include_str!("../data/sarif-2.1.0.schema.json");
    let validator = jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap();
    let errors: Vec<String> = validator.iter_errors(&report).map(|error| error.to_string()).collect();
    assert_eq!(errors, [] as [&str; 0]);
    let run = &report["runs"][0];
    for found in run["results"].as_array().unwrap() {
        let index = usize::try_from(found["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(run["tool"]["driver"]["rules"][index]["id"], found["ruleId"]);
    }
    for rule in run["tool"]["driver"]["rules"].as_array().unwrap() {
        assert!(!rule["fullDescription"]["text"].as_str().unwrap().is_empty(), "{}", rule["id"]);
    }
}

#[test]
fn a_fingerprint_stays_when_its_line_moves_and_no_two_are_alike() {
    let twice = TASK.replace("}\n  ]", "}, { \"name\": \"b\", \"image\": \"b\", \"memory\": 128,\n\"portMappings\": [{ \"containerPort\": 90, \"hostPort\": 91 }] }\n  ]");
    let prints = |task: &str| -> Vec<String> {
        let directory = directory(&[("task.json", task)]);
        let report = json(directory.path(), "gitlab");
        let entries = report.as_array().unwrap();
        entries.iter().map(|entry| entry["fingerprint"].as_str().unwrap().to_owned()).collect()
    };
    let before = prints(&twice);
    assert_eq!(before.len(), 2);
    assert_ne!(before[0], before[1]);
    assert_eq!(prints(&format!("\n\n{twice}")), before);
    assert_eq!(prints(TASK), before[..1]);
}

/// The names of the elements in an XML document, which must be well formed, and all its attributes and texts.
fn xml(text: &str) -> (Vec<String>, String) {
    let mut reader = quick_xml::Reader::from_str(text);
    let (mut names, mut held) = (Vec::new(), String::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Start(element) | Event::Empty(element) => {
                names.push(element.name().as_ref().to_owned());
                for attribute in element.attributes() {
                    held.push_str(&attribute.unwrap().value);
                    held.push('\n');
                }
            }
            Event::Text(text) => held.push_str(&text),
            Event::Eof => return (names, held),
            _ => {}
        }
    }
}

#[test]
fn junit_and_checkstyle_are_xml() {
    let directory = mistakes();
    let (names, held) = xml(&report(directory.path(), "junit"));
    let suites = "testsuites testsuite testcase failure testcase failure testsuite testcase failure testsuite testcase";
    assert_eq!(names.join(" "), suites);
    assert!(held.contains(r"&lt;\u{7}\n&amp;"), "{held}");
    let (names, held) = xml(&report(directory.path(), "checkstyle"));
    assert_eq!(names, ["checkstyle", "file", "error", "error", "file", "error"]);
    assert!(held.contains(r"&lt;\u{7}\n&amp;"), "{held}");
}

#[test]
fn every_format_has_its_report_here() {
    let (_, help, _) = run(Path::new(env!("CARGO_MANIFEST_DIR")), &["check", "--help"]);
    let (_, listed) = help.split_once("--format").unwrap();
    let (_, listed) = listed.split_once("Possible values:\n").unwrap();
    let names = listed.lines().map_while(|line| line.trim().strip_prefix("- ")?.split(':').next());
    assert_eq!(names.collect::<Vec<_>>(), FORMATS);
}

#[test]
fn each_line_of_jsonl_is_a_finding_of_json() {
    let directory = mistakes();
    let lines: Vec<Value> =
        report(directory.path(), "jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(json(directory.path(), "json")["diagnostics"], Value::from(lines));
}

/// The conditions that the scanner of SonarQube checks when it imports a report.
#[test]
fn sonarqube_imports_the_report() {
    let directory = mistakes();
    let report = json(directory.path(), "sonarqube");
    let rules = report["rules"].as_array().unwrap();
    for rule in rules {
        for member in ["id", "name", "engineId", "cleanCodeAttribute"] {
            assert!(!rule[member].as_str().unwrap().is_empty(), "{rule}");
        }
        assert!(
            ["SECURITY", "RELIABILITY"].contains(&rule["impacts"][0]["softwareQuality"].as_str().unwrap())
        );
        assert!(["HIGH", "MEDIUM"].contains(&rule["impacts"][0]["severity"].as_str().unwrap()));
    }
    for issue in report["issues"].as_array().unwrap() {
        assert!(rules.iter().any(|rule| rule["id"] == issue["ruleId"]), "{issue}");
        let others = issue["secondaryLocations"].as_array().unwrap();
        for place in others.iter().chain([&issue["primaryLocation"]]) {
            let text =
                fs::read_to_string(directory.path().join(place["filePath"].as_str().unwrap())).unwrap();
            let number = |key: &str| place["textRange"][key].as_u64().map(|number| number as usize);
            let line = |number: usize| text.lines().nth(number - 1).unwrap().encode_utf16().count();
            let (start, end) = (number("startLine").unwrap(), number("endLine"));
            if let (Some(end), Some(from), Some(to)) = (end, number("startColumn"), number("endColumn")) {
                assert!(from <= line(start) && to <= line(end) && (start, from) < (end, to), "{place}");
            }
        }
    }
}

#[test]
fn one_run_writes_several_reports() {
    let directory = directory(&[("task.json", BROKEN)]);
    let rules = ["check", "-q", "--select", "awsvpc-port-mismatch,syntax"];
    let formats = ["--format", "sarif=out.sarif", "--format", "concise", "--format", "json=o=1.json"];
    assert_output(
        session(directory.path(), &[&rules[..], &formats].concat()),
        str![[r#"
$ ecslint check -q --select awsvpc-port-mismatch,syntax --format sarif=out.sarif --format concise --format json=o=1.json
task.json:4:37: error[syntax] trailing commas are not allowed in JSON
status 1

"#]],
    );
    for file in ["out.sarif", "o=1.json"] {
        let text = fs::read_to_string(directory.path().join(file)).unwrap();
        assert!(serde_json::from_str::<Value>(&text).is_ok(), "{file}");
    }
    let check = |arguments: &[&str]| run(directory.path(), &[&rules, arguments].concat());
    assert_eq!(check(&["--format", "sarif=new/deep/out.sarif"]).0, 1);
    assert!(directory.path().join("new/deep/out.sarif").exists());
    let (code, out, err) = check(&["--format", "sarif=task.json/out.sarif"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert_eq!(err.lines().count(), 1, "{err}");
    // The rest is the operating system's message.
    assert_output(
        err.rsplit_once(": ").unwrap().0,
        str!["ecslint: task.json/out.sarif: cannot write the file"],
    );
    assert_eq!(check(&["--format", "sarif", "--format", "json"]).0, 2);
    assert_eq!(check(&["--format", "sarif="]).0, 2);
    assert_eq!(check(&["--format", "nothing=x"]).0, 2);
}

#[test]
fn the_json_report_is_what_its_schema_says() {
    let terraform = r#"
resource "aws_ecs_task_definition" "web" {
  family                = "web"
  network_mode          = var.mode
  container_definitions = file("containers.json")
}
"#;
    let containers =
        r#"[{ "user": "ü", "memory": 8, "portMappings": [{ "containerPort": 80, "hostPort": "80" }] }]"#;
    let directory =
        directory(&[("main.tf", terraform), ("containers.json", containers), ("task.json", BROKEN)]);
    let (code, out, err) = run(directory.path(), &["check", "--format", "json"]);
    let report: Value = serde_json::from_str(&out).unwrap();
    let schema: Value = serde_json::from_str(include_str!("../../schemas/report.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = validator.iter_errors(&report).map(|error| error.to_string()).collect();
    assert_eq!(errors, [] as [&str; 0]);
    let rules: Vec<&str> = report["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|found| found["rule"].as_str().unwrap())
        .collect();
    assert_eq!(rules, ["wrong-type", "syntax"]);
    let wrong = &report["diagnostics"][0];
    assert_eq!(wrong["range"]["start"]["column"], 82);
    assert_eq!(wrong["fix"]["edits"][0]["text"], "80");
    assert_eq!(report["summary"]["files"], 3);
    assert!(report["summary"]["undecided"].as_u64().unwrap() > 0);
    assert_eq!((code, err.as_str()), (1, ""));
}
