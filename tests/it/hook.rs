//! The pre-commit hook, run by pre-commit itself.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const BROKEN: &str =
    "{ \"family\": \"web\", \"containerDefinitions\": [{ \"name\": \"web\", \"memory\": 128, }] }\n";

fn git(directory: &Path, arguments: &[&str]) {
    let identity =
        ["-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "init.defaultBranch=main"];
    let output = Command::new("git").current_dir(directory).args(identity).args(arguments).output().unwrap();
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// A repository with only the hook file of this project.
fn hook_repository(directory: &Path) {
    fs::create_dir(directory).unwrap();
    let hooks = Path::new(env!("CARGO_MANIFEST_DIR")).join(".pre-commit-hooks.yaml");
    fs::copy(hooks, directory.join(".pre-commit-hooks.yaml")).unwrap();
    git(directory, &["init", "-q"]);
    git(directory, &["add", "."]);
    git(directory, &["commit", "-q", "-m", "hook"]);
    git(directory, &["tag", "v1"]);
}

fn pre_commit(project: &Path, home: &Path) -> Output {
    let binaries = Path::new(env!("CARGO_BIN_EXE_ecslint")).parent().unwrap();
    let others = std::env::var_os("PATH").unwrap_or_default();
    let path = std::iter::once(binaries.to_owned()).chain(std::env::split_paths(&others));
    let path = std::env::join_paths(path).unwrap();
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/pre-commit/bin/pre-commit");
    let own = own.exists().then(|| own.into_os_string());
    let program = std::env::var_os("PRE_COMMIT").or(own).unwrap_or_else(|| "pre-commit".into());
    let mut command = Command::new(program);
    command.current_dir(project).args(["run", "--all-files"]).env("PATH", path).env("PRE_COMMIT_HOME", home);
    command.output().expect("pre-commit is installed: see README.md, or set PRE_COMMIT")
}

/// The names of files that are read, apart from those that `file()` reads.
const READ: &[&str] = &[
    "ecs/task.json",
    "service.yaml",
    "stack.yml",
    "web.template",
    "web.cfn",
    "web.cform",
    "main.tf",
    "main.tf.json",
    "main.tofu",
    "prod.tfvars",
    "prod.tfvars.json",
    "prod.tofuvars",
    "terragrunt.hcl",
    "containers.json.tpl",
    "containers.tftpl",
    "infra/ecslint.toml",
    "samconfig.toml",
    "Makefile",
    "ci/Justfile",
    "Jenkinsfile",
    "deploy.sh",
    ".github/workflows/deploy.yml",
];

#[test]
fn the_hook_runs_for_every_file_that_is_read() {
    for hooks in [".pre-commit-hooks.yaml", "packaging/pre-commit/.pre-commit-hooks.yaml"] {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(hooks)).unwrap();
        let patterns = text.lines().filter_map(|line| line.trim().strip_prefix("files: "));
        for pattern in patterns.map(|pattern| regex::Regex::new(pattern).unwrap()) {
            for name in READ {
                assert!(pattern.is_match(name), "{hooks}: {name}");
            }
            for name in ["README.md", "src/main.rs", "package.toml", "notmakefile"] {
                assert!(!pattern.is_match(name), "{hooks}: {name}");
            }
        }
    }
}

#[test]
fn a_commit_with_a_mistake_is_stopped_and_a_clean_one_is_not() {
    let directory = tempfile::tempdir().unwrap();
    let (hook, project, home) =
        (directory.path().join("hook"), directory.path().join("project"), directory.path().join("home"));
    hook_repository(&hook);
    fs::create_dir(&project).unwrap();
    git(&project, &["init", "-q"]);
    let config = format!("repos:\n- repo: {}\n  rev: v1\n  hooks:\n  - id: ecslint-system\n", hook.display());
    fs::write(project.join(".pre-commit-config.yaml"), config).unwrap();
    fs::write(project.join("task.json"), BROKEN).unwrap();
    git(&project, &["add", "."]);
    let stopped = pre_commit(&project, &home);
    let said = String::from_utf8_lossy(&stopped.stdout).into_owned();
    assert_eq!(stopped.status.code(), Some(1), "{said}");
    assert!(said.contains("trailing commas are not allowed in JSON"), "{said}");
    fs::write(project.join("task.json"), BROKEN.replace(", }", " }")).unwrap();
    git(&project, &["add", "."]);
    let passed = pre_commit(&project, &home);
    assert_eq!(passed.status.code(), Some(0), "{}", String::from_utf8_lossy(&passed.stdout));
}
