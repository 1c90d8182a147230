//! Completions, in the shells themselves. Shells that are not installed are reported; `.ci/run` installs those that are
//! available.

use std::fs;
use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::program::{directory, run, skipped};

/// The completions that a shell offers for `line`, whose last word is unfinished; `None` if the shell is not
/// installed. `script` is run by the shell with the completion file and the line as arguments.
fn offered(shell: &str, arguments: &[&str], script: &str, line: &str) -> Option<String> {
    let directory = directory(&[("script.ps1", script)]);
    let completions = completions(directory.path(), shell);
    let program = match shell {
        "nushell" => "nu",
        "powershell" => "pwsh",
        shell => shell,
    };
    let done = Command::new(program)
        .current_dir(directory.path())
        .env("HOME", directory.path())
        .args(arguments)
        .arg("script.ps1")
        .args([completions.to_str().unwrap(), line])
        .output();
    match done {
        Ok(done) => {
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            Some(text(&done.stdout) + &text(&done.stderr))
        }
        Err(error) => {
            missing(program, &error);
            None
        }
    }
}

/// Reports a shell that cannot be run.
fn missing(program: &str, error: &Error) {
    assert_eq!(error.kind(), ErrorKind::NotFound, "{program}: {error}");
    skipped("completions", &format!("`{program}` is not installed"));
}

fn completions(directory: &Path, shell: &str) -> PathBuf {
    let (code, out, err) = run(directory, &["completions", shell]);
    assert_eq!((code, err.as_str()), (0, ""), "{shell}");
    let path = directory.join("completions.ps1");
    fs::write(&path, out).unwrap();
    path
}

/// A line whose last word is unfinished, and a word that it can be completed to.
type Unfinished = (&'static str, &'static str);

const COMMAND: Unfinished = ("ecslint expl", "explain");
const OPTION: Unfinished = ("ecslint check --write-b", "--write-baseline");
const VALUE: Unfinished = ("ecslint check --format gitl", "gitlab");
const RULE: Unfinished = ("ecslint explain unknown-vol", "unknown-volume");

fn holds(shell: &str, arguments: &[&str], script: &str, lines: &[Unfinished]) {
    for (line, word) in lines {
        let Some(offered) = offered(shell, arguments, script, line) else { return };
        assert!(offered.contains(word), "{shell}: {line}: {offered}");
    }
}

#[cfg(unix)]
#[test]
fn bash() {
    let script = r#"
        source "$1"
        read -ra COMP_WORDS <<< "$2"
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _ecslint ecslint "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
        printf '%s\n' "${COMPREPLY[@]}"
    "#;
    holds("bash", &["--norc"], script, &[COMMAND, OPTION, VALUE, RULE]);
}

#[cfg(unix)]
#[test]
fn elvish() {
    // `edit:` exists only in an interactive shell, so this one gets the parts that are used.
    let script = r"
        use str
        var completion: = (ns [&arg-completer=[&]])
        var edit: = (ns [&completion:=$completion: &complex-candidate~={|word &display=''| put $word }])
        eval (slurp < $args[0]) &ns=(ns [&edit:=$edit:]) &on-end={|ns|
            $ns[edit:][completion:][arg-completer][ecslint] (str:split ' ' $args[1]) | to-lines
        }
    ";
    holds("elvish", &["-norc"], script, &[COMMAND, OPTION]);
}

#[cfg(unix)]
#[test]
fn fish() {
    let script = "source $argv[1]; complete --do-complete $argv[2]";
    holds("fish", &["--no-config"], script, &[COMMAND, OPTION, VALUE]);
}

#[test]
fn nushell() {
    for (line, word) in [COMMAND, OPTION, VALUE, RULE] {
        let directory = directory(&[]);
        let path = completions(directory.path(), "nushell");
        let text = format!("{}\n{line}", fs::read_to_string(&path).unwrap());
        fs::write(&path, &text).unwrap();
        let end = text.len().to_string();
        let done = Command::new("nu").args(["--no-config-file", "--ide-complete", &end]).arg(&path).output();
        match done {
            Ok(done) => {
                let offered = String::from_utf8_lossy(&done.stdout);
                assert!(offered.contains(word), "{line}: {offered}");
            }
            Err(error) => return missing("nu", &error),
        }
    }
}

#[test]
fn powershell() {
    let script = "param($file, $line) . $file; (TabExpansion2 $line).CompletionMatches.CompletionText";
    holds("powershell", &["-NoProfile", "-File"], script, &[COMMAND, OPTION]);
}

#[cfg(unix)]
#[test]
fn zsh() {
    // A shell in a pseudoterminal, in which the tab key is pressed; the command then prints its arguments.
    let script = r#"
        zmodload zsh/zpty
        zpty shell zsh -f -i
        zpty -w shell "autoload -U compinit; compinit -u -D; source $1"
        zpty -w shell 'ecslint() { print -r -- "given: $*"; exit }'
        zpty -w -n shell "$2"$'\t\n'
        while zpty -r shell text; do print -rn -- "$text"; done
    "#;
    for (line, word) in [COMMAND, OPTION, VALUE, RULE] {
        let Some(said) = offered("zsh", &["-f"], script, line) else { return };
        let given = said.rsplit("given: ").next().unwrap_or_default();
        assert!(given.trim_end().ends_with(word), "{line}: {said}");
    }
}
