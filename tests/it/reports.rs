//! The formats for other programs, each read back as its reader would.

use std::fs;
use std::path::Path;

use quick_xml::events::Event;
use serde_json::Value;

use crate::cli::{BROKEN, CLEAN, directory, run};

/// A port that is a string, behind letters of more than one byte, with a name that every format has to escape.
const TASK: &str = r#"{
  "family": "web", "networkMode": "awsvpc",
  "containerDefinitions": [
    { "name": "w\u0007%,:<&\"", "user":  "ü", "memory": 128, "portMappings": [{ "containerPort": 80, "hostPort": 81 }] }
  ]
}
"#;

/// Other rules may come to find something too.
const RULES: &str = "awsvpc-port-mismatch,unknown-volume,syntax";

fn report(directory: &Path, format: &str) -> String {
    let (code, out, err) = run(directory, &["check", "-q", "--select", RULES, "--format", format]);
    assert_eq!((code, err.as_str()), (1, ""), "{out}");
    out
}

fn json(directory: &Path, format: &str) -> Value {
    serde_json::from_str(&report(directory, format)).unwrap()
}

#[test]
fn sarif_is_what_its_schema_says() {
    let directory = directory(&[("a b/task.json", TASK), ("broken.json", BROKEN), ("clean.json", CLEAN)]);
    let report = json(directory.path(), "sarif");
    let schema = include_str!("../data/sarif-2.1.0.schema.json");
    let validator = jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap();
    let errors: Vec<String> = validator.iter_errors(&report).map(|error| error.to_string()).collect();
    assert_eq!(errors, [] as [&str; 0]);
    let run = &report["runs"][0];
    let found = &run["results"][0];
    assert_eq!(found["ruleId"], "awsvpc-port-mismatch");
    let index = usize::try_from(found["ruleIndex"].as_u64().unwrap()).unwrap();
    assert_eq!(run["tool"]["driver"]["rules"][index]["id"], "awsvpc-port-mismatch");
    let place = &found["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "a%20b/task.json");
    assert_eq!(place["region"]["startColumn"], 114);
    assert_eq!(found["relatedLocations"].as_array().unwrap().len(), 2);
    let edit = &found["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(edit["insertedContent"]["text"], "80");
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

#[test]
fn github_gets_one_command_a_finding() {
    let directory = directory(&[("a,b.json", TASK)]);
    assert_eq!(
        report(directory.path(), "github"),
        "::error file=a%2Cb.json,line=4,endLine=4,col=114,endColumn=116,title=ecslint awsvpc-port-mismatch::\
         host port 81 is not container port 80, and in `awsvpc` mode the two must be equal\
         %0Ahelp: remove `hostPort`, or set it to 80\n"
    );
}

#[test]
fn gitlab_and_reviewdog_get_what_their_formats_have() {
    let directory = directory(&[("task.json", TASK)]);
    let gitlab = json(directory.path(), "gitlab");
    assert_eq!(gitlab[0]["location"]["lines"]["begin"], 4);
    assert_eq!(gitlab[0]["severity"], "major");
    let found = &json(directory.path(), "rdjson")["diagnostics"][0];
    assert_eq!(found["severity"], "ERROR");
    assert_eq!(found["location"]["range"]["start"]["column"], 115);
    assert_eq!(found["suggestions"][0]["text"], "80");
}

/// The names of the elements of an XML document, which must be well formed, and all its attributes and texts.
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
    let volume = TASK.replace(
        "\"memory\"",
        "\"mountPoints\": [{ \"sourceVolume\": \"<\\u0007\\n&\\\"\", \"containerPath\": \"/\" }], \"memory\"",
    );
    let directory = directory(&[("<&.json", &volume), ("clean.json", CLEAN)]);
    let (names, held) = xml(&report(directory.path(), "junit"));
    let suites =
        ["testsuites", "testsuite", "testcase", "failure", "testcase", "failure", "testsuite", "testcase"];
    assert_eq!(names, suites);
    assert!(held.contains(r"&lt;\u{7}\n&amp;"), "{held}");
    let (names, held) = xml(&report(directory.path(), "checkstyle"));
    assert_eq!(names, ["checkstyle", "file", "error", "error"]);
    assert!(held.contains(r"&lt;\u{7}\n&amp;"), "{held}");
}

#[test]
fn one_run_writes_several_reports() {
    let directory = directory(&[("task.json", BROKEN)]);
    let rules = ["check", "-q", "--select", "awsvpc-port-mismatch,syntax"];
    let check = |arguments: &[&str]| run(directory.path(), &[&rules, arguments].concat());
    let (code, out, _) =
        check(&["--format", "sarif=out.sarif", "--format", "concise", "--format", "json=o=1.json"]);
    assert_eq!((code, out.as_str()), (1, "task.json:4:37: error[syntax] a comma with nothing behind it\n"));
    for file in ["out.sarif", "o=1.json"] {
        let text = fs::read_to_string(directory.path().join(file)).unwrap();
        assert!(serde_json::from_str::<Value>(&text).is_ok(), "{file}");
    }
    let (code, out, err) = check(&["--format", "sarif=none/out.sarif"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(
        err.starts_with("ecslint: none/out.sarif: cannot be written: ") && err.lines().count() == 1,
        "{err}"
    );
    assert_eq!(check(&["--format", "sarif", "--format", "json"]).0, 2);
    assert_eq!(check(&["--format", "sarif="]).0, 2);
    assert_eq!(check(&["--format", "nothing=x"]).0, 2);
}
