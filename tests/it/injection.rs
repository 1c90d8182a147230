//! Nothing from files, their names, or arguments acts as a command of a CI system or a terminal, in any output.

use std::fs;
use std::process::Stdio;

use crate::program::{CLEAN, directory, ecslint, text};

/// What runners and terminals obey.
const PAYLOADS: &[&str] = &[
    "::error file=a::x",
    "::add-mask::x",
    " ::set-output name=a::x",
    "a ::stop-commands::x",
    "\u{a0}::debug::x",
    "a\r::error::x",
    "a\n::error::x",
    "a\u{2028}::error::x",
    "##[group]x",
    "###[error]x",
    "a##vso[task.setvariable variable=PATH]x",
    "##VSO[task.complete]x",
    "##teamcity[message text='x']",
    "section_start:0:x\r\u{1b}[0K",
    "section_end:0:x",
    "\u{1b}[31mx",
    "\u{1b}]8;;a\u{7}x",
    "\u{9b}31mx",
    "\u{9d}0;x\u{9c}",
    "\u{202e}x",
    "\u{61c}x",
    "\u{2066}x",
    "x\u{8}\u{7f}",
];

/// The lines of a log that a runner would obey, as it reads them.
fn commands(log: &str) -> Vec<&str> {
    let is_obeyed = |rest: &str| {
        let word = |rest: &str| rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        let section = rest.strip_prefix("section_start:").or(rest.strip_prefix("section_end:"));
        rest.strip_prefix("##").is_some_and(|rest| rest[word(rest)..].starts_with('['))
            || section.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    let is_command = |line: &&str| {
        line.trim().starts_with("::") || line.char_indices().any(|(at, _)| is_obeyed(&line[at..]))
    };
    log.split(['\n', '\r']).filter(is_command).collect()
}

/// The characters of a log that control a terminal.
fn controls(log: &str) -> Vec<char> {
    let is_bidirectional = |c: char| matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{206f}');
    log.chars().filter(|c| (c.is_control() && *c != '\n') || is_bidirectional(*c)).collect()
}

#[track_caller]
fn assert_calm(about: &str, log: &str) {
    assert!(commands(log).is_empty(), "{about}: {:#?}", commands(log));
    assert!(controls(log).is_empty(), "{about}: {:?} in {log:?}", controls(log));
}

/// A task definition with a payload in its values and keys, as escapes and as it is.
fn task(payload: &str) -> String {
    let long = "x".repeat(70);
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    format!(
        "{{\n  \"family\": {name},\n  {name}: 1, \"networkMode\": {name}, \"volumes\": [{{ \"name\": {raw} }}],\n  \
         \"containerDefinitions\": [\n{payload}\n{{ \"name\": {wide}, \"image\": {raw}, \"memory\": {raw}, \"essential\": false, \"x\": {name},\n  \
         \"mountPoints\": [{{ \"sourceVolume\": {wide}, \"containerPath\": \"/\" }}],\n\"portMappings\": [{{ \"containerPort\": 80, \"hostPort\": 81 }}] }}]\n}}\n",
        name = quoted(payload),
        raw = format!("\"{payload}\""),
        wide = quoted(&format!("{long} {payload}")),
    )
}

fn main_tf(payload: &str) -> String {
    let line: String = payload.chars().map(|c| if c == '\n' { ' ' } else { c }).collect();
    let long = "x".repeat(70);
    format!(
        "# {line}\nresource \"aws_ecs_task_definition\" \"a\" {{\n  family = \"{line}\" # {line}\n  network_mode = \"{line}\"\n  \
         cpu = var.unknown # {line}\n  \"{line}\" = 1\n  container_definitions = <<EOF\n[{{ \"name\": \"{long} {line}\",\n{line}\n\"memory\": \"x\" }}]\n{line}\nEOF\n}}\n\
         resource \"aws_ecs_service\" \"{line}\" {{\n  name = \"{line}\"\n  task_definition = \"{line}\"\n  launch_type = \"{line}\"\n}}\n\
         module \"{line}\" {{\n  source = \"../{line}\"\n}}\n"
    )
}

/// A directory with every payload in every place: names of files and directories, keys, values, comments, and lines.
fn planted() -> tempfile::TempDir {
    let directory = directory(&[]);
    for (number, payload) in PAYLOADS.iter().enumerate() {
        let root = directory.path().join(format!("{payload}-{number}"));
        fs::create_dir(&root).unwrap();
        fs::write(root.join(format!("{payload}.json")), task(payload)).unwrap();
        fs::write(root.join("main.tf"), main_tf(payload)).unwrap();
        fs::write(
            root.join(format!("{payload}.tf")),
            "resource \"aws_ecs_service\" \"b\" {\n  name = 1 + \n}\n",
        )
        .unwrap();
        fs::write(directory.path().join(format!("{payload}.json")), task(payload)).unwrap();
        fs::write(
            directory.path().join(format!("{number}.json")),
            task("v")
                .replacen("{\n", "{ \"executionRoleArn\": \"${x}\",\n", 1)
                .replace("\nv\n", "\n")
                .replace('v', &payload.replace('\n', " ")),
        )
        .unwrap();
    }
    directory
}

#[test]
fn the_check_of_commands_sees_them() {
    for payload in PAYLOADS {
        // A sentence can be wrapped at a space.
        let wrapped = payload.replacen(' ', "\n", 1);
        assert!(!commands(&wrapped).is_empty() || !controls(payload).is_empty(), "{payload:?}");
    }
}

#[test]
fn no_report_holds_a_command() {
    let directory = planted();
    for format in crate::reports::FORMATS {
        let arguments = ["check", "--format", format, "--show-unknown"];
        let (code, mut out, err) = text(&ecslint(directory.path(), &arguments).output().unwrap());
        assert_eq!(code, 1, "{err}");
        let own: &[&str] = match format {
            "github" => &["::error ", "::warning "],
            "azure" => &["##vso[task.logissue type=error;", "##vso[task.logissue type=warning;"],
            "teamcity" => &["##teamcity[inspection typeId=", "##teamcity[inspectionType id="],
            _ => &[],
        };
        if !own.is_empty() {
            // The only commands are the annotations.
            let lines = out.lines().map(|line| own.iter().find_map(|own| line.strip_prefix(own)));
            out = lines.map(|line| format!("{}\n", line.unwrap_or(":: "))).collect();
        }
        assert!(out.lines().count() > 100, "{format}: {out}");
        assert_calm(format, &out);
        assert_calm(format, &err);
    }
}

#[test]
fn no_other_output_holds_a_command() {
    let directory = planted();
    let run = |arguments: &[&str]| text(&ecslint(directory.path(), arguments).output().unwrap());
    let (_, colored, _) = run(&["check", "--color", "always"]);
    assert!(commands(&colored).is_empty(), "{:#?}", commands(&colored));
    for arguments in
        [&["show"][..], &["check", "--write-baseline", "known"], &["check", "--baseline", "known"]]
    {
        let (_, out, err) = run(arguments);
        assert_calm(&arguments.join(" "), &out);
        assert_calm(&arguments.join(" "), &err);
    }
    for format in ["svg", "html", "mermaid", "dot", "text", "json"] {
        let (_, out, err) = run(&["graph", "--format", format]);
        assert!(commands(&out).is_empty(), "graph {format}: {:#?}", commands(&out));
        assert_calm(format, &err);
    }
    assert_calm("known", &fs::read_to_string(directory.path().join("known")).unwrap());
    let (_, patch, err) = run(&["check", "--diff", "--unsafe-fixes"]);
    assert!(commands(&patch).is_empty(), "{:#?}", commands(&patch));
    assert_calm("--diff", &err);
    assert!(err.contains("not in the patch"), "{err}");
    let (_, out, err) = run(&["check", "--fix", "--unsafe-fixes", "--format", "concise"]);
    assert_calm("--fix", &out);
    assert_calm("--fix", &err);
}

#[test]
fn no_argument_comes_back_as_a_command() {
    let directory = directory(&[("task.json", CLEAN)]);
    for payload in PAYLOADS {
        let option = format!("--{payload}");
        let two = format!("{payload} two words");
        fs::write(directory.path().join("known"), format!("{{{}: 1}}", serde_json::Value::from(*payload)))
            .unwrap();
        fs::write(
            directory.path().join("ecslint.toml"),
            format!("'{}' = 1\n", payload.replace(['\n', '\''], "")),
        )
        .unwrap();
        for arguments in [
            &["check", payload][..],
            &["show", payload],
            &["explain", payload],
            &["explain", &two],
            &["man", payload],
            &["completions", payload],
            &[payload],
            &["check", &option],
            &["check", "--select", payload],
            &["check", "--format", payload],
            &["check", "--config", payload],
            &["check", "--var-file", payload],
            &["check", "--var", payload],
            &["check", "--since", payload],
            &["check", "--baseline", payload],
            &["check", "--baseline", "known"],
            &["check", "--format", &format!("json=task.json/{payload}")],
        ] {
            let (code, out, err) = text(&ecslint(directory.path(), arguments).output().unwrap());
            let about = format!("{arguments:?}");
            assert_calm(&about, &out);
            assert_calm(&about, &err);
            // The words of a command can be those of a page.
            assert!(code == 2 || arguments[1] == "--var" || arguments[0] == "explain", "{about}: {code}");
        }
    }
}

#[test]
fn watching_says_no_command() {
    for payload in PAYLOADS {
        let directory = directory(&[("task.json", CLEAN)]);
        fs::create_dir(directory.path().join(payload)).unwrap();
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = ecslint(directory.path(), &["check", "--watch", payload]);
        let output = command.stdout(writer).stderr(Stdio::piped()).output().unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        assert!(err.contains("Watching"), "{err}");
        assert_calm("--watch", &err);
    }
}

/// Machine formats keep the exact name, which their reader decodes.
#[test]
fn machine_formats_keep_the_name_of_a_file() {
    let name = "##vso[task.complete]&.json";
    let directory = directory(&[(name, crate::program::BROKEN)]);
    let report =
        |format: &str| text(&ecslint(directory.path(), &["check", "--format", format]).output().unwrap()).1;
    for format in ["json", "gitlab", "rdjson"] {
        let read: serde_json::Value = serde_json::from_str(&report(format)).unwrap();
        assert!(read.to_string().contains(name), "{format}: {read}");
    }
    for format in ["checkstyle", "junit"] {
        let report = report(format);
        assert!(report.contains("name=\"#&#35;vso[task.complete]&amp;.json\""), "{report}");
    }
    assert!(report("sarif").contains("%23%23vso%5Btask.complete%5D%26.json"));
}
