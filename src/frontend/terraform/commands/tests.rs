use super::*;

fn read(text: &str) -> Script {
    script(FileId(0), text).unwrap_or_default()
}

fn values(variables: &[Attribute]) -> Vec<String> {
    let value = |attribute: &Attribute| match &attribute.value.kind {
        ExprKind::String(text) => format!("{}={text}", attribute.name),
        _ => format!("{}=?", attribute.name),
    };
    variables.iter().map(value).collect()
}

#[test]
fn var_files_are_found_in_scripts() {
    let cases = [
        ("terraform plan -var-file=prod.tfvars", "prod.tfvars"),
        ("terraform plan --var-file prod.tfvars -out x", "prod.tfvars"),
        ("\tterraform apply -var-file=\"env/$(ENV).tfvars\"", "env/*.tfvars"),
        ("  run: tofu apply -var-file='envs/${{ inputs.env }}/main.tfvars'", "envs/*/main.tfvars"),
        ("terraform apply -var-file=\"${ENV}.tfvars\"", "*.tfvars"),
        ("terraform apply -var-file=$ENV.tfvars;", "*.tfvars"),
        ("terraform apply -var-file=env\\%ENV%.tfvars", "env\\*.tfvars"),
        ("    \"plan\": \"cd infra && terraform plan -var-file=prod.tfvars\",", "prod.tfvars"),
        ("        extra_args: [\"-var-file\", \"env/$WORKSPACE.tfvars\"]", "env/*.tfvars"),
        ("terraform apply `\n  \"-var-file=$Env.tfvars\"", "*.tfvars"),
    ];
    for (text, path) in cases {
        assert_eq!(read(text).calls[0].var_files, [path], "{text}");
    }
}

#[test]
fn variables_with_the_path_of_a_var_file_are_replaced() {
    let cases = [
        ("VARS = env/$(ENV).tfvars\nplan:\n\tterraform plan -var-file=$(VARS)\n", "env/*.tfvars"),
        ("env:\n  FILE: prod.tfvars\nrun: terraform plan -var-file=${{ env.FILE }}\n", "prod.tfvars"),
        ("export FILE=\"x/$1.tfvars\"\nterraform plan -var-file \"${FILE}\"\n", "x/*.tfvars"),
        ("FILE=dev.tfvars\nFILE=prod.tfvars\nterraform plan -var-file $FILE\n", "*"),
    ];
    for (text, path) in cases {
        assert_eq!(read(text).calls[0].var_files, [path], "{text}");
    }
}

#[test]
fn var_files_in_a_loop_are_found() {
    let text = "for file in envs/*.tfvars; do\n  terraform plan -var-file=\"$file\"\ndone\n";
    assert_eq!(read(text).calls[0].var_files, ["envs/*.tfvars"]);
}

#[test]
fn inputs_of_actions_are_found() {
    let text = "- uses: dflook/terraform-plan@v1\n  with:\n    path: infra\n    var_file: |\n      env/common.tfvars\n      env/${{ matrix.env }}.tfvars\n    label: x.tfvars\n";
    let script = read(text);
    assert_eq!(script.calls.len(), 1);
    assert_eq!(script.calls[0].var_files, ["env/common.tfvars", "env/*.tfvars"]);
    assert_eq!(script.directories, ["infra"]);
    assert_eq!(read("with:\n  var-file: prod.tfvars\n").calls[0].var_files, ["prod.tfvars"]);
}

#[test]
fn the_options_of_a_call_belong_together() {
    let text = "terraform apply \\\n  -var-file=common.tfvars \\\n  -var-file=prod.tfvars -var 'image=a:1' -var tag=2\n";
    let script = read(text);
    assert_eq!(script.calls.len(), 1);
    assert_eq!(script.calls[0].var_files, ["common.tfvars", "prod.tfvars"]);
    assert_eq!(values(&script.calls[0].variables), ["image=a:1", "tag=2"]);
    let at = script.calls[0].variables[0].value.at.range();
    assert_eq!(&text[at], "a:1");
}

#[test]
fn variables_of_the_environment_are_found() {
    let text = "env:\n  TF_VAR_env: prod\n  TF_VAR_tag: ${{ github.sha }}\n  TF_VAR_name: \"web\"\nrun: export TF_VAR_cpu=256\n";
    assert_eq!(values(&read(text).variables), ["env=prod", "tag=?", "name=web", "cpu=256"]);
}

#[test]
fn working_directories_are_found() {
    let text = "  working-directory: ./infra\n  - cd deploy/prod && terraform apply -var-file=x.tfvars\nterraform -chdir=app plan\n";
    assert_eq!(read(text).directories, ["./infra", "deploy/prod", "app"]);
    let text = "dir: deploy/dev\n\"plan\": \"cd infra && terraform apply -var-file=x.tfvars\"\nSet-Location stack\n\tdir('app') {\n";
    assert_eq!(read(text).directories, ["deploy/dev", "infra", "stack", "app"]);
    let text = "cd \"$(dirname \"$0\")/../infra\"\ncd $(dirname ${BASH_SOURCE[0]})\nterraform apply -var-file=x.tfvars\n";
    assert_eq!(read(text).from_own, ["../infra", ""]);
}
