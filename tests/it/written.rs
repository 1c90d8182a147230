//! Var files that a script writes before it calls Terraform: what is not known of them is unknown, not a default.

use crate::program::{directory, run};

/// A root module whose default is wrong.
const ROOT: &str = "variable \"cpu\" { default = 1024 }
variable \"memory\" { default = 512 }
variable \"tags\" {
  type    = map(string)
  default = { a = \"b\" }
}
resource \"aws_ecs_task_definition\" \"web\" {
  family                   = \"web\"
  requires_compatibilities = [\"FARGATE\"]
  network_mode             = \"awsvpc\"
  cpu                      = var.cpu
  memory                   = lookup(var.tags, \"memory\", var.memory)
  container_definitions    = jsonencode([{ name = \"web\", image = \"nginx\" }])
}
";

/// The places of the findings about the size of a task, with their severity.
fn found(files: &[(&str, &str)]) -> Vec<String> {
    let directory = directory(files);
    let arguments = ["check", "--select", "fargate-cpu-memory", "--format", "concise"];
    let (_, output, _) = run(directory.path(), &arguments);
    let lines = output.lines().filter(|line| line.contains("fargate-cpu-memory"));
    lines.map(|line| line.split('[').next().unwrap_or_default().to_owned()).collect()
}

fn of_script(path: &str, script: &str) -> Vec<String> {
    let files = [
        ("main.tf", ROOT),
        ("data/ops/good.tfvars", "memory = 2048\n"),
        ("data/ops/bad.tfvars", "memory = 1024\n"),
        ("x.tpl", "memory = ${MEMORY}\n"),
        (path, script),
    ];
    found(&files)
}

#[test]
fn what_a_script_writes_is_not_the_default() {
    let before = [
        "echo \"$SECRET\" > terraform.tfvars",
        "echo \"$SECRET\" >> terraform.tfvars",
        "cat > prod.auto.tfvars <<EOF\n$VALUES\nEOF",
        "printf '%s' \"$SECRET\" | tee x.auto.tfvars",
        "envsubst < x.tpl > terraform.tfvars",
        "sed s/a/b/ x.tpl > terraform.tfvars",
        "aws s3 cp s3://bucket/prod.tfvars terraform.tfvars",
        "gpg --quiet --decrypt --output terraform.tfvars secrets.gpg",
        "curl -sSf https://example.com/x -o terraform.tfvars",
        "cp terraform.tfvars.example terraform.tfvars",
        "cp \"$TFVARS_FILE\" terraform.tfvars",
        "( echo \"$SECRET\" > terraform.tfvars )",
        "write() {\n  echo \"$SECRET\" > terraform.tfvars\n}\nwrite",
        "if [ -n \"$SECRET\" ]; then\n  echo \"$SECRET\" > terraform.tfvars\nelse\n  exit 1\nfi",
        "python values.py > values.auto.tfvars.json",
        "echo \"memory = $MEMORY\" > terraform.tfvars",
        "echo \"memory = $MEMORY\" > a.tfvars\ncp a.tfvars terraform.tfvars",
    ];
    assert_eq!(of_script("deploy.sh", "terraform apply\n"), ["main.tf:2:31: error"]);
    for before in before {
        let script = format!("{before}\nterraform apply\n");
        assert_eq!(of_script("deploy.sh", &script), [""; 0], "{before}");
        let indented = before.replace('\n', "\n          ");
        let workflow = format!(
            "jobs:\n  a:\n    steps:\n      - run: |\n          {indented}\n      - run: terraform apply\n"
        );
        assert_eq!(of_script(".github/workflows/x.yml", &workflow), [""; 0], "{before}");
    }
}

#[test]
fn what_a_script_writes_is_known() {
    let before = [
        ("echo 'memory = 1024' > terraform.tfvars", "deploy.sh:1:16: error"),
        ("cat > x.auto.tfvars <<EOF\nmemory = 1024\nEOF", "deploy.sh:2:10: error"),
        ("cat <<-'EOF' | tee x.auto.tfvars\n  memory = \"1024\"\nEOF", "deploy.sh:2:12: error"),
        (
            "cat > x.auto.tfvars.json <<EOF\n{\"memory\": 1024, \"other\": \"$X\"}\nEOF",
            "deploy.sh:2:12: error",
        ),
        ("printf 'memory = %s\\n' 1024 > terraform.tfvars", "deploy.sh:1:24: error"),
        ("printf 'cpu = 1024\\nmemory = 1024' > terraform.tfvars", "deploy.sh:1:30: error"),
        ("echo \"memory = 1024\" > a.tfvars\nmv a.tfvars terraform.tfvars", "deploy.sh:1:16: error"),
        (
            "cat > terraform.tfvars <<EOF\ntags = {\n  memory = 1024\n  x = \"$X\"\n}\nEOF",
            "deploy.sh:3:12: error",
        ),
        ("cp data/ops/bad.tfvars terraform.tfvars", "data/ops/bad.tfvars:1:10: error"),
        (
            "cat data/ops/good.tfvars data/ops/bad.tfvars > terraform.tfvars",
            "data/ops/bad.tfvars:1:10: error",
        ),
        ("cp data/ops/bad.tfvars ./terraform.tfvars", "data/ops/bad.tfvars:1:10: error"),
        // Of what is not written, the default is certain.
        ("echo \"tags = { a = \\\"$TAG\\\" }\" > terraform.tfvars", "main.tf:2:31: error"),
        ("echo cpu = 1024 > terraform.tfvars; echo x = $X >> terraform.tfvars", "main.tf:2:31: error"),
    ];
    for (before, place) in before {
        let script = format!("{before}\nterraform apply\n");
        assert_eq!(of_script("deploy.sh", &script), [place], "{before}");
    }
    for good in ["echo 'memory = 2048' > terraform.tfvars", "cp data/ops/good.tfvars terraform.tfvars"] {
        let files = [("main.tf", ROOT), ("data/ops/good.tfvars", "memory = 2048\n")];
        let script = format!("{good}\nterraform apply\n");
        assert_eq!(found(&[files[0], files[1], ("deploy.sh", &script)]), [""; 0], "{good}");
    }
}

#[test]
fn a_file_belongs_to_the_directory_and_the_call_that_read_it() {
    let files = |script| [("a/main.tf", ROOT), ("b/main.tf", ROOT), ("deploy.sh", script)];
    let scripts = [
        ("echo \"$S\" > a/terraform.tfvars\ncd a && terraform apply\ncd ../b && terraform apply\n", "b"),
        ("cd b\necho \"$S\" > terraform.tfvars\nterraform apply\nterraform -chdir=../a apply\n", "a"),
        ("echo \"$S\" > a/prod.tfvars\nterraform -chdir=a apply -var-file=prod.tfvars\n", "b"),
    ];
    for (script, left) in scripts {
        assert_eq!(found(&files(script)), [format!("{left}/main.tf:2:31: error")], "{script}");
    }
    // Another script can call Terraform.
    let apart = [
        ("Makefile", "apply: vars\n\tterraform apply\nvars:\n\tenvsubst < x.tpl > terraform.tfvars\n"),
        ("vars.sh", "envsubst < x.tpl > terraform.tfvars\n"),
        (
            ".github/workflows/x.yml",
            "jobs:\n  a:\n    steps:\n      - uses: some/create-file@v1\n        with: {file: terraform.tfvars}\n      - run: terraform apply\n",
        ),
    ];
    for script in apart {
        assert_eq!(found(&[("main.tf", ROOT), script]), [""; 0], "{script:?}");
    }
    // Nobody reads this file.
    assert_eq!(found(&[("main.tf", ROOT), ("x.sh", "echo \"$S\" > x.tfvars\nterraform apply\n")]).len(), 1);
}

#[test]
fn a_script_passes_lists_and_objects() {
    let passed = [
        ("terraform apply -var 'tags={memory=1024}'", "deploy.sh:1:36: error"),
        ("terraform apply -var='tags={\"memory\":\"1024\"}'", "deploy.sh:1:38: error"),
        ("export TF_VAR_tags='{\"memory\": 1024}'\nterraform apply", "deploy.sh:1:32: error"),
        ("terraform apply -var \"tags={ a = \\\"$TAG\\\" }\"", "main.tf:2:31: error"),
    ];
    for (script, place) in passed {
        assert_eq!(of_script("deploy.sh", script), [place], "{script}");
    }
    let unknown = [
        "terraform apply -var \"tags={memory=$MEMORY}\"",
        "terraform apply -var \"tags=$TAGS\"",
        "terraform apply -var \"tags={$KEY=1024}\"",
        "terraform apply -var 'tags={memory=2048}'",
        "terraform apply -var 'tags={memory=max(1, 2048)}'",
    ];
    for script in unknown {
        assert_eq!(of_script("deploy.sh", script), [""; 0], "{script}");
    }
    // A text of JSON stays a text if the variable is one.
    let text = ROOT.replace("map(string)", "string").replace("{ a = \"b\" }", "\"{}\"");
    let text = text.replace("lookup(var.tags,", "lookup(jsondecode(var.tags),");
    let script = ("deploy.sh", "export TF_VAR_tags='{\"memory\": 2048}'\nterraform apply\n");
    assert_eq!(found(&[("main.tf", &text), script]), [""; 0]);
}
