//! The values that a repository holds for a root module: each var file is checked.

use serde_json::{Value, json};

use crate::program::{directory, run};

const ROOT: &str = "variable \"env\" {}
variable \"cpu\" {
  type = number
}
variable \"memory\" {
  type    = number
  default = 512
}
resource \"aws_ecs_task_definition\" \"web\" {
  family                   = \"web-${var.env}\"
  requires_compatibilities = [\"FARGATE\"]
  network_mode             = \"awsvpc\"
  cpu                      = var.cpu
  memory                   = var.memory
  container_definitions    = jsonencode([{ name = \"web\", image = \"nginx\" }])
}
";

const DEV: &str = "env = \"dev\"\ncpu = 256\n";
const PROD: &str = "env = \"prod\"\ncpu = 1024\n";

/// The findings about the size of a task, without what is common to all.
fn sizes(files: &[(&str, &str)]) -> Vec<String> {
    let directory = directory(files);
    let arguments = ["check", "--select", "fargate-cpu-memory", "--format", "concise"];
    let (_, output, _) = run(directory.path(), &arguments);
    let lines = output.lines().filter(|line| line.contains("fargate-cpu-memory"));
    let short = |line: &str| {
        let (start, end) = line.split_once(": expected").unwrap();
        let scenario = end.rfind(" (").map(|at| &end[at..]).unwrap_or_default();
        format!("{start}{scenario}")
    };
    lines.map(short).collect()
}

#[test]
fn each_var_file_is_a_scenario() {
    let found = sizes(&[("main.tf", ROOT), ("env/dev.tfvars", DEV), ("env/prod.tfvars", PROD)]);
    assert_eq!(
        found,
        [
            "main.tf:7:13: error[fargate-cpu-memory] 512 MiB is not a valid Fargate memory size for 1024 CPU units (in prod)"
        ]
    );
}

#[test]
fn a_script_that_may_mean_a_file_below_a_file_is_no_failure() {
    let makefile = "apply:\n\tterraform -chdir=\"roots/$(root)\" apply --var-file=\"$(dir)/prod.tfvars\"\n";
    let files =
        [("Makefile", makefile), ("prod.tfvars", PROD), ("roots/README.md", ""), ("roots/a/main.tf", ROOT)];
    let directory = directory(&files);
    let (code, _, err) = run(directory.path(), &["check"]);
    assert_eq!(code, 0, "{err}");
    assert!(err.starts_with("Checked 1 file: 0 errors"), "{err}");
}

#[test]
fn what_is_wrong_in_all_scenarios_names_none() {
    let files = [("main.tf", ROOT), ("a.tfvars", PROD), ("b.tfvars", PROD)];
    assert_eq!(
        sizes(&files),
        [
            "main.tf:7:13: error[fargate-cpu-memory] 512 MiB is not a valid Fargate memory size for 1024 CPU units"
        ]
    );
}

#[test]
fn a_file_that_sets_other_variables_belongs_to_something_else() {
    let other = "env = \"prod\"\ncpu = 1024\nregion = \"eu-west-1\"\n";
    let files = [("main.tf", ROOT), ("env/dev.tfvars", DEV), ("env/prod.tfvars", other)];
    assert!(sizes(&files).is_empty());
    let directory = directory(&files);
    let (_, _, said) = run(directory.path(), &["check", "--show-unknown"]);
    let note = "env/prod.tfvars:3:1: this file is not used: no root module declares `region`";
    assert!(said.lines().any(|line| line == note), "{said}");
}

#[test]
fn a_file_that_no_root_module_uses_is_named_once() {
    let other = "cpu = 1024\nregion = \"eu-west-1\"\n";
    let files =
        [("a/main.tf", ROOT), ("b/main.tf", ROOT), ("env/dev.tfvars", other), ("env/prod.tfvars", other)];
    let directory = directory(&files);
    let (_, _, said) = run(directory.path(), &["check", "--show-unknown"]);
    assert_eq!(said.matches("this file is not used").count(), 2, "{said}");
}

#[test]
fn examples_are_not_used() {
    for name in ["prod.tfvars.example", "example.tfvars", "prod.sample.tfvars"] {
        let script = format!("apply:\n\tterraform apply -var-file={name}\n");
        let files = [("main.tf", ROOT), ("dev.tfvars", DEV), (name, PROD), ("Makefile", script.as_str())];
        assert!(sizes(&files).is_empty(), "{name}");
    }
}

#[test]
fn files_that_all_environments_share_are_read_first() {
    let files = [
        ("main.tf", ROOT),
        ("vars/common.tfvars", "memory = 3072\ncpu = 256\n"),
        ("vars/dev.tfvars", "env = \"dev\"\n"),
        ("vars/prod.tfvars", PROD),
    ];
    assert_eq!(
        sizes(&files),
        [
            "vars/common.tfvars:1:10: error[fargate-cpu-memory] 3072 MiB is not a valid Fargate memory size for 256 CPU units (in dev)"
        ]
    );
}

#[test]
fn the_files_of_an_environment_belong_together() {
    let files = [
        ("main.tf", ROOT),
        ("environments/prod/app.tfvars", "cpu = 1024\n"),
        ("environments/prod/terraform.tfvars", "env = \"prod\"\n"),
    ];
    assert_eq!(
        sizes(&files),
        [
            "main.tf:7:13: error[fargate-cpu-memory] 512 MiB is not a valid Fargate memory size for 1024 CPU units"
        ]
    );
}

#[test]
fn defaults_are_not_checked_if_each_environment_has_a_file() {
    let root =
        ROOT.replace("type = number\n}\nvariable \"memory\"", "default = 1024\n}\nvariable \"memory\"");
    let files = [("main.tf", root.as_str()), ("dev.tfvars", DEV), ("test.tfvars", DEV)];
    assert!(sizes(&files).is_empty());
}

#[test]
fn a_file_that_is_given_is_the_only_scenario() {
    let directory = directory(&[("main.tf", ROOT), ("dev.tfvars", DEV), ("prod.tfvars", PROD)]);
    let arguments = ["check", "--select", "fargate-cpu-memory", "--var-file", "dev.tfvars"];
    assert_eq!(run(directory.path(), &arguments).0, 0);
}

#[test]
fn var_files_that_a_script_passes_are_scenarios() {
    let scripts = [
        ("Makefile", "apply:\n\tterraform apply -var-file=settings/$(ENV)/values.tfvars\n"),
        (
            ".github/workflows/deploy.yml",
            "run: terraform apply -var-file=settings/${{ inputs.env }}/values.tfvars\n",
        ),
        (".gitlab-ci.yml", "script:\n  - tofu apply -var-file=\"settings/${ENV}/values.tfvars\"\n"),
        ("scripts/deploy.sh", "cd .\nterraform apply \\\n  -var-file=settings/$1/values.tfvars\n"),
    ];
    for script in scripts {
        let files = [
            ("main.tf", ROOT),
            ("settings/dev/values.tfvars", DEV),
            ("settings/prod/values.tfvars", PROD),
            script,
        ];
        assert_eq!(
            sizes(&files),
            [
                "main.tf:7:13: error[fargate-cpu-memory] 512 MiB is not a valid Fargate memory size for 1024 CPU units (in prod)"
            ],
            "{script:?}"
        );
    }
}

#[test]
fn var_files_in_a_directory_of_the_root_module_are_scenarios() {
    let found = [
        "main.tf:7:13: error[fargate-cpu-memory] 512 MiB is not a valid Fargate memory size for 1024 CPU units (in prod)",
    ];
    let of_environments = [("dev/terraform.tfvars", DEV), ("prod/terraform.tfvars", PROD)];
    let in_one = [("stages/dev.tfvars", DEV), ("stages/prod.tfvars", PROD)];
    for files in [of_environments, in_one] {
        assert_eq!(sizes(&[[("main.tf", ROOT)].as_slice(), &files].concat()), found, "{files:?}");
    }
    // Values next to another root module are those of that one.
    let other =
        [("main.tf", ROOT), ("dev.tfvars", DEV), ("prod/main.tf", ROOT), ("prod/terraform.tfvars", PROD)];
    let place = "prod/main.tf:7:13: error[fargate-cpu-memory] ";
    assert_eq!(
        sizes(&other),
        [format!("{place}512 MiB is not a valid Fargate memory size for 1024 CPU units")]
    );
}

#[test]
fn var_files_that_other_programs_pass_are_scenarios() {
    let scripts = [
        (
            ".github/workflows/deploy.yml",
            "- uses: dflook/terraform-apply@v1\n  with:\n    path: infra\n    var_file: |\n      infra/settings/${{ matrix.env }}/values.tfvars\n",
        ),
        (
            "deploy.ps1",
            "Set-Location infra\nterraform apply `\n  \"-var-file=settings/$Env/values.tfvars\"\n",
        ),
        ("deploy.cmd", "cd /d infra\nterraform apply ^\n  -var-file=settings/%ENV%/values.tfvars\n"),
        (
            "package.json",
            "{\n  \"scripts\": {\n    \"apply\": \"cd infra && terraform apply -var-file=settings/$ENV/values.tfvars\"\n  }\n}\n",
        ),
        (
            "atlantis.yaml",
            "projects:\n- dir: infra\n  workflow: env\nworkflows:\n  env:\n    plan:\n      steps:\n      - plan:\n          extra_args: [\"-var-file\", \"settings/$WORKSPACE/values.tfvars\"]\n",
        ),
        (
            "Taskfile.yml",
            "tasks:\n  apply:\n    dir: infra\n    cmds:\n      - terraform apply -var-file=settings/{{.ENV}}/values.tfvars\n",
        ),
        (
            "justfile",
            "apply env:\n    cd infra && terraform apply -var-file=settings/{{env}}/values.tfvars\n",
        ),
        (
            "deploy.sh",
            "cd infra\nfor file in settings/*/values.tfvars; do\n  terraform plan -var-file=\"$file\"\ndone\n",
        ),
        (
            "Makefile",
            "VARS = settings/$(ENV)/values.tfvars\napply:\n\tcd infra && terraform apply -var-file $(VARS)\n",
        ),
    ];
    for script in scripts {
        let files = [
            ("infra/main.tf", ROOT),
            ("infra/settings/dev/values.tfvars", DEV),
            ("infra/settings/prod/values.tfvars", PROD),
            script,
        ];
        assert_eq!(
            sizes(&files),
            [
                "infra/main.tf:7:13: error[fargate-cpu-memory] 512 MiB is not a valid Fargate memory size for 1024 CPU units (in prod)"
            ],
            "{script:?}"
        );
    }
}

#[test]
fn each_job_and_each_call_of_a_script_is_a_scenario() {
    let memory = "variable \"cpu\" { default = 1024 }\n";
    let root =
        format!("{memory}{}", &ROOT[ROOT.find("variable \"memory\"").unwrap()..].replace("-${var.env}", ""));
    let job = |name: &str, memory: &str| format!("  {name}:\n    env:\n      TF_VAR_memory: {memory}\n");
    let found = |script: (&str, &str)| sizes(&[("main.tf", root.as_str()), script]);
    let jobs = [job("prod", "512"), job("staging", "2048")];
    for workflow in [jobs.concat(), [jobs[1].as_str(), &jobs[0]].concat()] {
        let workflow = format!("jobs:\n{workflow}");
        assert_eq!(found((".github/workflows/deploy.yml", &workflow)).len(), 1, "{workflow}");
    }
    let makefile = "prod:\n\tterraform apply -var memory=512\nstaging:\n\tterraform apply -var memory=2048\n";
    assert_eq!(found(("Makefile", makefile)).len(), 1);
    // What a script sets to an unknown value does not have its default.
    assert!(found(("deploy.sh", "terraform apply -var \"memory=$MEMORY\"\n")).is_empty());
    assert!(found((".github/workflows/deploy.yml", &job("prod", "${{ vars.MEMORY }}"))).is_empty());
    // A var file that is not in the repository may set any variable.
    let found = found(("deploy.sh", "terraform apply -var-file=$FILE\n"));
    assert!(found[0].contains(": warning["), "{found:?}");
}

#[test]
fn a_script_of_another_directory_does_not_matter() {
    let files = [
        ("app/main.tf", ROOT),
        ("app/a/settings/prod.tfvars", PROD),
        ("other/main.tf", ""),
        (".gitlab-ci.yml", "script:\n  - cd other\n  - terraform apply -var-file=a/settings/prod.tfvars\n"),
    ];
    assert!(sizes(&files).is_empty());
    let named = ".gitlab-ci.yml";
    let script = "script:\n  - cd app\n  - terraform apply -var-file=a/settings/prod.tfvars\n";
    assert_eq!(sizes(&[files[0], files[1], files[2], (named, script)]).len(), 1);
}

/// A root module whose memory is right if it is 2,048 MiB.
const APP: &str = "variable \"memory\" {}
resource \"aws_ecs_task_definition\" \"web\" {
  family                   = \"web\"
  requires_compatibilities = [\"FARGATE\"]
  network_mode             = \"awsvpc\"
  cpu                      = 1024
  memory                   = var.memory
  container_definitions    = jsonencode([{ name = \"web\", image = \"nginx\" }])
}
";

/// The scripts pass 2,048 MiB for `a`, and 512 MiB for `b`.
const TWO_ROOTS: &[(&str, &str)] = &[
    (
        ".github/workflows/jobs.yml",
        "jobs:\n  a:\n    env:\n      TF_VAR_memory: 2048\n    steps:\n      - run: terraform apply\n        working-directory: a\n  b:\n    env:\n      TF_VAR_memory: 512\n    steps:\n      - run: terraform apply\n        working-directory: b\n",
    ),
    (
        ".github/workflows/steps.yml",
        "jobs:\n  all:\n    steps:\n      - run: |\n          cd a\n          terraform apply -var memory=2048\n      - run: terraform apply\n        working-directory: b\n        env: {TF_VAR_memory: 512}\n",
    ),
    (
        ".gitlab-ci.yml",
        "a:\n  script:\n    - cd a\n    - tofu apply -var memory=2048\nb:\n  before_script:\n    - cd b\n  script:\n    - tofu apply -var memory=512\n",
    ),
    (
        "Makefile",
        "a:\n\tcd a && terraform apply -var memory=2048\nb:\n\tcd b && terraform apply -var memory=512\n",
    ),
    ("cd.sh", "cd a; terraform apply -var memory=2048; cd ../b\nterraform apply -var memory=512\n"),
    ("sub.sh", "(cd a && terraform apply -var memory=2048)\n(cd b && terraform apply -var memory=512)\n"),
    ("push.sh", "pushd a\nTF_VAR_memory=2048 tofu apply\npopd\npushd b\ntofu apply -var memory=512\npopd\n"),
    ("chdir.sh", "terraform -chdir=a apply -var memory=2048\nterraform -chdir=b apply -var memory=512\n"),
];

#[test]
fn a_value_belongs_to_the_root_module_of_its_call() {
    let small = APP.replace("1024", "256");
    for script in TWO_ROOTS {
        let roots = [("a/main.tf", APP), ("b/main.tf", small.as_str())];
        assert!(sizes(&[roots[0], roots[1], *script]).is_empty(), "{script:?}");
        let found = sizes(&[roots[0], ("b/main.tf", APP), *script]);
        assert_eq!(found.len(), 1, "{script:?}: {found:?}");
        assert!(found[0].contains("512 MiB"), "{found:?}");
    }
}

#[test]
fn calls_with_other_values_are_other_scenarios() {
    let job = |name: &str, memory: u32| {
        format!("  {name}:\n    env: {{TF_VAR_memory: {memory}}}\n    steps:\n      - run: terraform apply\n")
    };
    let jobs = [job("prod", 512), job("staging", 2048)];
    let scripts = [
        (".github/workflows/x.yml", format!("jobs:\n{}{}", jobs[0], jobs[1])),
        (".github/workflows/x.yml", format!("jobs:\n{}{}", jobs[1], jobs[0])),
        ("Makefile", "prod:\n\ttofu apply -var memory=512\nstaging:\n\ttofu apply -var memory=2048\n".into()),
        (
            "deploy.sh",
            "case \"$1\" in\n  prod) export TF_VAR_memory=512 ;;\n  staging) export TF_VAR_memory=2048 ;;\nesac\nterraform apply\n".into(),
        ),
        (
            "deploy.sh",
            "if [ \"$1\" = prod ]; then\n  memory=512\nelif [ \"$1\" = staging ]; then\n  memory=2048\nelse\n  exit 1\nfi\ntofu apply -var memory=$memory\n".into(),
        ),
        (
            ".github/workflows/x.yml",
            "jobs:\n  a:\n    strategy:\n      matrix:\n        include: [{env: prod, memory: 512}, {env: staging, memory: 2048}]\n    steps:\n      - run: terraform apply -var memory=${{ matrix.memory }}\n".into(),
        ),
        (
            ".gitlab-ci.yml",
            ".tf:\n  script: [terraform apply]\nprod:\n  extends: .tf\n  variables: {TF_VAR_memory: \"512\"}\nstaging:\n  extends: .tf\n  variables: {TF_VAR_memory: \"2048\"}\n".into(),
        ),
    ];
    for (path, script) in &scripts {
        let found = sizes(&[("main.tf", APP), (path, script)]);
        assert_eq!(found.len(), 1, "{script}: {found:?}");
        assert!(found[0].ends_with("for 1024 CPU units (in prod)"), "{script}: {found:?}");
    }
}

#[test]
fn only_calls_of_terraform_pass_values() {
    let others = [
        ("x.sh", "packer build -var memory=512 .\n"),
        ("x.sh", "terraform apply -var memory=2048\npacker build -var memory=512 .\n"),
        ("x.sh", "nomad job run -var memory=512 x.nomad\nhelm install --var memory=512\n"),
        ("x.sh", "usage() {\n  echo \"Usage: terraform apply -var memory=512\"\n}\nterraform apply\n"),
        ("x.sh", "cat <<EOF\nterraform apply -var memory=512\nEOF\n# terraform apply -var memory=512\n"),
        (
            ".github/workflows/x.yml",
            "jobs:\n  a:\n    steps:\n      - name: terraform apply -var memory=512\n        run: terraform apply\n",
        ),
        (".github/workflows/x.yml", "jobs:\n  a:\n    steps:\n      - run: packer build -var memory=512 .\n"),
    ];
    for script in others {
        assert!(sizes(&[("main.tf", APP), script]).is_empty(), "{script:?}");
    }
}

#[test]
fn a_value_that_a_script_computes_is_unknown() {
    let root = APP.replace("\"memory\" {}", "\"memory\" {\n  default = 512\n}");
    let scripts = [
        ("x.sh", "terraform apply -var \"memory=$MEMORY\"\n", "x.sh:1:30"),
        (
            ".github/workflows/x.yml",
            "jobs:\n  a:\n    env:\n      TF_VAR_memory: ${{ vars.MEMORY }}\n    steps:\n      - run: terraform apply\n",
            ".github/workflows/x.yml:4:22",
        ),
    ];
    for (path, script, place) in scripts {
        let files = [("main.tf", root.as_str()), (path, script)];
        assert!(sizes(&files).is_empty(), "{script}");
        let directory = directory(&files);
        let (_, _, said) = run(directory.path(), &["check", "--show-unknown"]);
        assert!(said.contains("var.memory") && said.contains(place), "{script}: {said}");
    }
    assert_eq!(sizes(&[("main.tf", &root), ("x.sh", "terraform apply\n")]).len(), 1);
    for script in ["terraform apply -var-file=\"$FILE\"\n", "terraform apply -var-file=secret.tfvars\n"] {
        let found = sizes(&[("main.tf", &root), ("x.sh", script)]);
        assert!(found.len() == 1 && found[0].contains(": warning["), "{script}: {found:?}");
    }
}

#[test]
fn a_script_that_passes_a_file_shows_how_it_is_used() {
    let files = [
        ("main.tf", APP),
        ("c/common.tfvars", "memory = 2048\n"),
        ("c/prod.tfvars", "memory = 512\n"),
        ("x.sh", "terraform apply -var-file=c/prod.tfvars -var-file=c/common.tfvars\n"),
    ];
    assert!(sizes(&files).is_empty());
}

#[test]
fn only_the_first_commands_of_a_long_script_are_followed() {
    let root = APP.replace("\"memory\" {}", "\"memory\" {\n  default = 512\n}");
    let branch = |number| format!("if [ \"$1\" = {number} ]; then x{number}=1; fi\n");
    let script = (0..3_000).map(branch).collect::<String>() + "terraform apply -var memory=2048\n";
    let directory = directory(&[("main.tf", root.as_str()), ("x.sh", &script)]);
    let (_, output, _) = run(directory.path(), &["check", "--format", "concise"]);
    let warning = "x.sh:1:1: warning[limit-reached] this script has too many commands";
    assert!(output.contains(warning) && !output.contains("error["), "{output}");
}

#[test]
fn a_var_file_that_a_script_names_may_set_other_variables() {
    let script = ("x.sh", "terraform apply -var-file=settings/prod.tfvars\n");
    let values = ("settings/prod.tfvars", "memory = 512\nregion = \"eu-west-1\"\n");
    assert_eq!(sizes(&[("main.tf", APP), script, values]).len(), 1);
    assert!(sizes(&[("main.tf", APP), values]).is_empty());
}

#[test]
fn variables_of_a_workflow_are_a_scenario() {
    let workflow = "env:\n  TF_VAR_env: prod\n  TF_VAR_cpu: \"1024\"\njobs:\n  run: terraform apply\n";
    assert_eq!(
        sizes(&[("main.tf", ROOT), (".github/workflows/deploy.yml", workflow)]),
        [
            "main.tf:7:13: error[fargate-cpu-memory] 512 MiB is not a valid Fargate memory size for 1024 CPU units"
        ]
    );
}

#[test]
fn defaults_are_not_checked_if_a_script_passes_a_var_file() {
    let root = ROOT
        .replace("type = number\n}\nvariable \"memory\"", "default = 1024\n}\nvariable \"memory\"")
        .replace("variable \"env\" {}", "variable \"env\" {\n  default = \"x\"\n}");
    let files = [("main.tf", root.as_str()), ("dev.tfvars", DEV)];
    assert_eq!(sizes(&files).len(), 1, "the defaults are a scenario");
    let script = ("Makefile", "apply:\n\tterraform apply -var-file=dev.tfvars\n");
    assert!(sizes(&[files[0], files[1], script]).is_empty());
}

#[test]
fn settings_define_scenarios() {
    let settings = "[[scenario]]\nname = \"blue\"\nvar_files = [\"x/base.vars.tfvars\"]\nvars = { cpu = 1024 }\n\n[[scenario]]\nname = \"green\"\nvars = { env = \"green\", cpu = 256 }\n";
    let files = [
        ("ecslint.toml", settings),
        ("main.tf", ROOT),
        ("x/base.vars.tfvars", "env = \"blue\"\ncpu = 256\n"),
        ("prod.tfvars", "env = \"prod\"\ncpu = 100\n"),
    ];
    assert_eq!(
        sizes(&files),
        [
            "main.tf:7:13: error[fargate-cpu-memory] 512 MiB is not a valid Fargate memory size for 1024 CPU units (in blue)"
        ]
    );
}

#[test]
fn a_scenario_can_be_selected() {
    let directory = directory(&[("main.tf", ROOT), ("dev.tfvars", DEV), ("prod.tfvars", PROD)]);
    let check =
        |name: &str| run(directory.path(), &["check", "--select", "fargate-cpu-memory", "--scenario", name]);
    assert_eq!(check("dev").0, 0);
    assert_eq!(check("prod").0, 1);
    let (code, _, error) = check("qa");
    assert_eq!(code, 2);
    assert_eq!(error, "ecslint: --scenario qa: there is no such scenario; the scenarios are dev, prod\n");
}

#[test]
fn the_workspace_belongs_to_the_var_file_with_its_name() {
    let root = ROOT.replace("= var.memory", "= { dev = 512, prod = 2048 }[terraform.workspace]");
    let files = [("main.tf", root.as_str()), ("dev.tfvars", DEV), ("prod.tfvars", PROD)];
    assert!(sizes(&files).is_empty(), "{:?}", sizes(&files));
}

#[test]
fn another_workspace_does_not_use_the_var_file() {
    let selections = [
        "terraform.workspace == \"prod\" ? 2048 : 512",
        "contains([\"prod\", \"production\"], terraform.workspace) ? 2048 : 512",
        "lookup({ prod = 2048 }, terraform.workspace, 512)",
        "terraform.workspace != \"dev\" ? 2048 : 512",
    ];
    for selection in selections {
        let root = ROOT.replace("= var.memory", &format!("= {selection}"));
        let files = [("main.tf", root.as_str()), ("dev.tfvars", DEV), ("prod.tfvars", PROD)];
        assert!(sizes(&files).is_empty(), "{selection}: {:?}", sizes(&files));
        let swapped = [("main.tf", root.as_str()), ("dev.tfvars", PROD), ("prod.tfvars", DEV)];
        let found = sizes(&swapped);
        let [only] = found.as_slice() else { panic!("{selection}: {found:?}") };
        assert!(
            only.ends_with("512 MiB is not a valid Fargate memory size for 1024 CPU units (in dev)"),
            "{only}"
        );
    }
}

#[test]
fn what_is_wrong_in_a_workspace_is_an_error() {
    let root = ROOT
        .replace("= var.memory", "= { dev = 512, prod = 512 }[terraform.workspace]")
        .replace("= var.cpu", "= { dev = 256, prod = 1024 }[terraform.workspace]");
    assert_eq!(
        sizes(&[("main.tf", &root)]),
        [
            "main.tf:14:50: error[fargate-cpu-memory] 512 MiB is not a valid Fargate memory size for 1024 CPU units (when `terraform.workspace` is `prod`)"
        ]
    );
}

#[test]
fn each_scenario_is_shown() {
    let directory = directory(&[("main.tf", ROOT), ("dev.tfvars", DEV), ("prod.tfvars", PROD)]);
    let (_, output, _) = run(directory.path(), &["show"]);
    let shown: Vec<Value> = serde_json::from_str(&output).unwrap();
    let short: Vec<_> = shown.iter().map(|task| (&task["scenario"], &task["request"]["family"])).collect();
    assert_eq!(short, [(&json!("dev"), &json!("web-dev")), (&json!("prod"), &json!("web-prod"))]);
}

#[test]
fn var_files_in_the_usual_folders_are_scenarios() {
    let folders =
        ["", "config/", "env/", "environments/", "envs/", "tfvars/", "vars/", "../env/", "../tfvars/"];
    let files = ["NAME.tfvars", "NAME.tfvars.json", "NAME/terraform.tfvars", "NAME/app.auto.tfvars"];
    for (folder, file) in folders.iter().flat_map(|folder| files.iter().map(move |file| (folder, file))) {
        // In the directory of the root module itself, only its files belong to it.
        if folder.is_empty() && file.contains('/') {
            continue;
        }
        let path = |name: &str| match folder.strip_prefix("../") {
            Some(folder) => format!("{folder}{file}").replace("NAME", name),
            None => format!("app/{folder}{file}").replace("NAME", name),
        };
        let values = |name: &str, cpu: u32| {
            let json = || json!({ "env": name, "cpu": cpu }).to_string();
            file.ends_with("json").then(json).unwrap_or_else(|| format!("env = \"{name}\"\ncpu = {cpu}\n"))
        };
        let (dev, prod) = (path("dev"), path("prod"));
        let (of_dev, of_prod) = (values("dev", 256), values("prod", 1024));
        let found = sizes(&[("app/main.tf", ROOT), (&dev, &of_dev), (&prod, &of_prod)]);
        assert_eq!(found.len(), 1, "{prod}: {found:?}");
        assert!(found[0].ends_with("for 1024 CPU units (in prod)"), "{prod}: {found:?}");
    }
}

#[test]
fn variables_that_a_script_passes_are_a_scenario() {
    let scripts = [
        ("deploy.sh", "terraform apply -var env=prod -var 'cpu=1024'\n"),
        (
            "scripts/deploy.sh",
            "cd \"$(dirname \"$0\")/..\"\nexport TF_VAR_env=prod\nexport TF_VAR_cpu=1024\nterraform apply\n",
        ),
        (
            ".gitlab-ci.yml",
            "deploy:\n  variables:\n    TF_VAR_env: prod\n    TF_VAR_cpu: 1024\n  script:\n    - terraform apply\n",
        ),
        ("Makefile", "SIZE = settings/$(ENV).tfvars\napply:\n\tterraform apply -var-file=$(SIZE)\n"),
        (
            ".github/actions/apply/action.yml",
            "runs:\n  using: composite\n  steps:\n    - run: terraform apply -var-file=settings/prod.tfvars\n",
        ),
        (".github/workflows/apply.yml", "env:\n  TF_CLI_ARGS_apply: \"-var-file=settings/prod.tfvars\"\n"),
    ];
    for (path, script) in scripts {
        let files = [("main.tf", ROOT), ("settings/prod.tfvars", PROD), (path, script)];
        assert_eq!(
            sizes(&files),
            [
                "main.tf:7:13: error[fargate-cpu-memory] 512 MiB is not a valid Fargate memory size for 1024 CPU units"
            ],
            "{path}"
        );
    }
}
