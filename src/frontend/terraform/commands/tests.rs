use std::path::Path;

use super::*;
use crate::syntax::hcl::ExprKind;

/// The calls in a file, each as its directory, its arguments, and its label.
fn calls(path: &str, text: &str) -> Vec<String> {
    calls_with(path, text, &|_| None)
}

/// The same, in a repository with other files.
fn calls_with(path: &str, text: &str, read: &Read) -> Vec<String> {
    let script = script(FileId(0), Path::new(path), text, read);
    let value = |attribute: &Attribute| match &attribute.value.kind {
        ExprKind::String(value) => {
            if attribute.value.at.file == FileId(0) {
                let written = text[attribute.value.at.range()].trim_matches('"');
                assert_eq!(written, value, "the place of the value");
            }
            format!("{}={value}", attribute.name)
        }
        _ => format!("{}=?", attribute.name),
    };
    let shown = |call: &Call| {
        let mut parts =
            vec![call.directory.replace(START, "./").replace(OWN, "own/").replace(REPOSITORY, "repo/")];
        parts.extend(call.environment.iter().map(value));
        for file in &call.var_files {
            match file {
                Passed::File(path) => parts.push(path.replace(START, "./")),
                Passed::Values(values) => {
                    parts.push(format!("[{}]", values.iter().map(value).collect::<Vec<_>>().join(" ")))
                }
                Passed::Unknown(_) => parts.push("[?]".to_owned()),
            }
        }
        parts.extend(call.variables.iter().map(value));
        parts.extend(call.label.iter().map(|label| format!("({label})")));
        parts.join(" ")
    };
    script.iter().flat_map(|script| &script.calls).map(shown).collect()
}

#[test]
fn var_files_are_found_in_scripts() {
    let cases = [
        ("a.sh", "terraform plan -var-file=prod.tfvars", "./ prod.tfvars"),
        ("a.sh", "terraform plan --var-file prod.tfvars -out x", "./ prod.tfvars"),
        ("Makefile", "x:\n\tterraform apply -var-file=\"env/$(ENV).tfvars\"", "./ env/*.tfvars (x)"),
        ("a.yml", "run: tofu apply -var-file='envs/${{ inputs.env }}/main.tfvars'", "./ envs/*/main.tfvars"),
        ("a.sh", "terraform apply -var-file=\"${ENV}.tfvars\"", "./ *.tfvars"),
        ("a.sh", "terraform apply -var-file=$ENV.tfvars;", "./ *.tfvars"),
        ("a.sh", "for f in envs/*.tfvars; do\n  tofu plan -var-file=\"$f\"\ndone\n", "./ envs/*.tfvars"),
        ("a.sh", "args=(-var-file=a.tfvars -input=false)\nterraform plan \"${args[@]}\"\n", "./ a.tfvars"),
        ("a.bat", "cd infra\r\nterraform apply -var-file=env\\%ENV%.tfvars", "./infra env\\*.tfvars"),
        ("a.ps1", "terraform apply `\n  \"-var-file=$Env.tfvars\"", "./ *.tfvars"),
        ("Jenkinsfile", "dir('infra') { sh 'terraform plan -var-file=a.tfvars' }", "./infra a.tfvars"),
        ("package.json", "{\"plan\": \"cd infra && tofu plan -var-file=a.tfvars\"}", "./infra a.tfvars"),
        ("a.yml", "plan:\n  extra_args: [\"-var-file\", \"env/$X.tfvars\"]", "./ env/*.tfvars"),
        (
            "a.sh",
            "terraform apply \\\n  -var-file=a.tfvars \\\n  -var 'image=a:1' -var tag=2\n",
            "./ a.tfvars image=a:1 tag=2",
        ),
    ];
    for (path, text, found) in cases {
        assert_eq!(calls(path, text), [found], "{text}");
    }
}

#[test]
fn variables_with_the_path_of_a_var_file_are_replaced() {
    let cases = [
        (
            "Makefile",
            "VARS = env/$(ENV).tfvars\nplan:\n\tterraform plan -var-file=$(VARS)\n",
            "./ env/*.tfvars (plan)",
        ),
        (
            "a.yml",
            "env:\n  FILE: prod.tfvars\nrun: terraform plan -var-file=${{ env.FILE }}\n",
            "./ prod.tfvars",
        ),
        ("a.sh", "export FILE=\"x/$1.tfvars\"\nterraform plan -var-file \"${FILE}\"\n", "./ x/*.tfvars"),
        ("a.sh", "FILE=dev.tfvars\nFILE=prod.tfvars\nterraform plan -var-file $FILE\n", "./ prod.tfvars"),
    ];
    for (path, text, found) in cases {
        assert_eq!(calls(path, text), [found], "{text}");
    }
}

#[test]
fn actions_pass_their_inputs() {
    let text = "steps:\n- uses: dflook/terraform-plan@v1\n  with:\n    path: infra\n    var_file: |\n      env/common.tfvars\n      env/${{ matrix.env }}.tfvars\n    label: x.tfvars\n";
    assert_eq!(calls("a.yml", text), ["./infra env/common.tfvars env/*.tfvars"]);
}

#[test]
fn only_terraform_is_followed() {
    let texts = [
        "packer build -var a=1 .",
        "helm install --var a=1",
        "echo terraform apply -var a=1",
        "echo \"Usage: terraform apply -var a=1\"",
        "cat <<EOF\nterraform apply -var a=1\nEOF\n",
        "# terraform apply -var a=1",
        "terraform apply; foo -var a=1",
        "terraform destroy -var a=1",
    ];
    for text in texts {
        assert!(calls("a.sh", text).is_empty(), "{text}");
    }
    let wrapped = [
        "sudo terraform apply -var a=1",
        "bash -c 'terraform apply -var a=1'",
        "x=$(terraform plan -var a=1)",
        "$TF plan -var a=1",
        "docker run -v $PWD:/w hashicorp/terraform:1.9 plan -var a=1",
        "bin/terraform -no-color apply -var=a=1 2>&1 | tee x",
    ];
    for text in wrapped {
        assert_eq!(calls("a.sh", text), ["./ a=1"], "{text}");
    }
}

#[test]
fn directories_are_followed() {
    let cases: [(&str, &[&str]); 8] = [
        ("cd a; terraform apply -var x=1; cd ../b; terraform apply -var x=2", &["./a x=1", "./b x=2"]),
        ("(cd a && terraform apply -var x=1)\n(cd b && terraform apply -var x=2)", &["./a x=1", "./b x=2"]),
        ("pushd a\ntofu apply -var x=1\npopd\ntofu apply -var x=2", &["./a x=1", "./ x=2"]),
        ("cd \"$(dirname \"$0\")/../infra\" || exit 1\ntofu apply -var x=1", &["own/../infra x=1"]),
        ("terraform -chdir=a plan -var x=1; terraform -chdir=b plan -var x=1", &["./a x=1", "./b x=1"]),
        ("R=$(git rev-parse --show-toplevel)\ncd $R/infra\ntofu plan -var x=1", &["repo/infra x=1"]),
        ("f() {\n  cd $1\n  tofu plan -var x=1\n}\nf a", &["* x=1 (f)"]),
        ("for d in a b; do (cd $d; tofu plan -var x=1); done", &["./a x=1 (a)", "./b x=1 (b)"]),
    ];
    for (text, found) in cases {
        assert_eq!(calls("a.sh", text), found, "{text}");
    }
}

#[test]
fn values_belong_to_their_branch() {
    let text = "case \"$1\" in\n  prod) export TF_VAR_x=1 ;;\n  staging) export TF_VAR_x=2 ;;\nesac\ncd infra\nterraform apply\n";
    assert_eq!(calls("a.sh", text), ["./infra x=1 (prod)", "./infra x=2 (staging)"]);
    let text = "if [ \"$1\" == prod ]; then\n  S=1\nelse\n  S=2\nfi\nterraform apply -var x=$S\n";
    assert_eq!(calls("a.sh", text).len(), 2);
    let text = "x:\n\tterraform apply -var x=1\ny:\n\tTF_VAR_x=$(X) terraform apply\n";
    assert_eq!(calls("Makefile", text), ["./ x=1 (x)", "./ x=? (y)"]);
}

#[test]
fn variables_of_the_environment_are_found() {
    let text = "env:\n  TF_VAR_env: prod\n  TF_VAR_tag: ${{ github.sha }}\nrun: export TF_VAR_cpu=256; terraform plan\n";
    assert_eq!(calls("a.yml", text), ["./ cpu=256 env=prod tag=?"]);
    let text = "jobs:\n  a:\n    steps:\n    - run: echo \"TF_VAR_x=1\" >> $GITHUB_ENV\n    - run: terraform apply\n      working-directory: infra\n";
    assert_eq!(calls("a.yml", text), ["./infra x=1 (a)"]);
    assert_eq!(calls("vars.sh", "export TF_VAR_x=1\n"), ["./ x=1"]);
}

#[test]
fn each_job_of_a_matrix_has_its_values() {
    let matrix = |matrix: &str| {
        let step = "    steps:\n    - run: terraform apply -var x=${{ matrix.x }} -var y=${{ matrix.y.z }}\n";
        calls("a.yml", &format!("jobs:\n  a:\n    strategy:\n      matrix: {matrix}\n{step}"))
    };
    assert_eq!(matrix("{x: [1, b], y: [{z: c}]}"), ["./ x=1 y=c (1)", "./ x=b y=c (b)"]);
    assert_eq!(matrix("{x: [1, 2], exclude: [{x: 1}], include: [{y: {z: 3}}]}"), ["./ x=2 y=3 (2)"]);
    assert_eq!(matrix("{include: [{x: 1, y: {z: 2}}, {x: 3}]}"), ["./ x=1 y=2 (1)", "./ x=3 y=? (3)"]);
    assert_eq!(matrix("${{ fromJSON(inputs.x) }}"), ["./ x=? y=? (a)"]);
    let many: Vec<String> = (0..100).map(|number| number.to_string()).collect();
    assert_eq!(matrix(&format!("{{x: [{}], y: [1]}}", many.join(", "))), ["./ x=? y=? (a)"]);
}

#[test]
fn each_value_that_a_person_can_choose_is_followed() {
    let text = "on:\n  workflow_dispatch:\n    inputs:\n      env: {type: choice, options: [a, b]}\n      tag: {type: string}\njobs:\n  j:\n    env: {TF_VAR_x: \"${{ inputs.env }}\", TF_VAR_y: \"${{ inputs.tag }}\"}\n    steps: [{run: terraform apply}]\n";
    assert_eq!(calls("a.yml", text), ["./ x=a y=? (j)", "./ x=b y=? (j)"]);
}

#[test]
fn jobs_of_gitlab_extend_others() {
    let text = "variables:\n  TF_ROOT: infra\n.tf:\n  script:\n    - cd $TF_ROOT\n    - terraform plan\nprod:\n  extends: .tf\n  variables: {TF_VAR_x: \"1\"}\nstaging:\n  extends: .tf\n  variables:\n    TF_VAR_x: 2\n";
    let found = calls("a.yml", text);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with("./infra x=1") && found[1].starts_with("./infra x=2"), "{found:?}");
}

#[test]
fn directories_and_environments_depend_on_a_matrix() {
    let text = "jobs:\n  a:\n    strategy:\n      matrix: {x: [a, b]}\n    env: {TF_VAR_x: \"${{ matrix.x }}\"}\n    defaults: {run: {working-directory: \"${{ matrix.x }}\"}}\n    steps: [{run: terraform apply}]\n";
    assert_eq!(calls("a.yml", text), ["./a x=a (a)", "./b x=b (b)"]);
    let text = "a:\n  variables: {TF_VAR_x: \"0\", D: in-$TF_VAR_x}\n  parallel:\n    matrix:\n      - TF_VAR_x: [a, b]\n        TF_VAR_y: c\n  script: [cd $D, terraform apply]\n";
    assert_eq!(calls("a.yml", text), ["./in-a x=a y=c (a)", "./in-b x=b y=c (b)"]);
}

#[test]
fn pipelines_include_files_of_the_repository() {
    let jobs = ".tf:\n  variables: {TF_VAR_y: \"2\"}\n  script:\n    - cd infra\n    - terraform apply\ninclude: ci/tf.yml\n";
    let read = |path: &str| (path == "ci/tf.yml").then(|| (FileId(1), jobs.into()));
    let job = "a:\n  extends: .tf\n  variables: {TF_VAR_x: \"1\"}\n";
    for include in ["include: /ci/tf.yml", "include:\n  - local: ci/tf.yml", "include: {local: ci/tf.yml}"] {
        let text = format!("{include}\n{job}");
        assert_eq!(calls_with(".gitlab-ci.yml", &text, &read), ["./infra x=1 y=2 (a)"], "{include}");
    }
    let without = format!("include: other.yml\n{job}");
    assert_eq!(calls_with(".gitlab-ci.yml", &without, &read), ["./ x=1"]);
}

#[test]
fn any_text_is_read() {
    let texts = [
        "terraform ( { case in esac fi done ) } ;; && || -var a=1",
        "if case for x in do while { ( \"",
        "case x in a) (b",
        "TF_VAR_",
        "a() { a; }; a -var",
        "$($($(",
        "'\\\n",
    ];
    for text in texts {
        for path in ["a.sh", "a.yml", "Makefile", "Jenkinsfile"] {
            calls(path, &format!("{text} -var"));
            calls(path, &format!("x:\n\t{text} -var"));
        }
    }
}
