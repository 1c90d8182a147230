//! Hostile CloudFormation templates.

use crate::program::Case;
use crate::trees::many;

fn lines(many: usize, line: impl Fn(usize) -> String) -> String {
    (0..many).map(|at| line(at) + "\n").collect()
}

const TASK: &str = "Resources:\n  T:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n      Family: a\n";

fn template(name: &str, text: impl Fn() -> String + Send + Sync + 'static) -> Case {
    Case::file(format!("template: {name}"), "stack.yaml", text)
}

pub(crate) fn cases() -> Vec<Case> {
    let mut cases = vec![
        template("placeholders", || {
            let sub = "${A}".repeat(20_000);
            let default = "x".repeat(2_000);
            format!(
                "Parameters: {{ A: {{ Type: String, Default: {default} }} }}\n{TASK}      P: !Sub '{sub}'\n"
            )
        }),
        template("choices", || {
            let parameters =
                lines(300, |at| format!("  P{at}: {{ Type: String, AllowedValues: [a, b, c] }}"));
            let conditions = lines(300, |at| format!("  C{at}: !Equals [!Ref P{at}, a]"));
            let tasks = lines(300, |at| {
                format!(
                    "  T{at}: {{ Type: AWS::ECS::TaskDefinition, Condition: C{at}, Properties: {{ Family: !If [C{}, a, b] }} }}",
                    (at + 1) % 300
                )
            });
            format!("Parameters:\n{parameters}Conditions:\n{conditions}Resources:\n{tasks}")
        }),
        template("loops in loops", || {
            let list = |name: &str| (0..300).map(|at| format!("{name}{at}")).collect::<Vec<_>>().join(",");
            format!(
                "Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::A:\n    - X\n    - [{}]\n    - Fn::ForEach::B${{X}}:\n        - Y\n        - [{}]\n        - T${{X}}${{Y}}: {{ Type: AWS::ECS::TaskDefinition, Properties: {{ Family: !Sub '${{X}}${{Y}}' }} }}\n",
                list("a"),
                list("b")
            )
        }),
        template("a chain of dependencies", || {
            let services = lines(2_000, |at| {
                format!(
                    "  T{at}: {{ Type: AWS::ECS::Service, DependsOn: [T{}], Properties: {{ ServiceName: a{at} }} }}",
                    at + 1
                )
            });
            format!("Resources:\n{services}  T2000: {{ Type: AWS::ECS::Service }}\n")
        }),
        template("a chain of conditions", || {
            let conditions = lines(3_000, |at| {
                format!("  C{at}: !And [!Condition C{next}, !Condition C{next}]", next = at + 1)
            });
            format!("Conditions:\n{conditions}  C3000: !Equals [a, b]\n{TASK}    Condition: C0\n")
        }),
        template("a template that nests itself", || {
            let stacks = lines(20, |at| {
                format!(
                    "  S{at}: {{ Type: AWS::CloudFormation::Stack, Properties: {{ TemplateURL: stack.yaml }} }}"
                )
            });
            format!("{TASK}{stacks}")
        }),
    ];
    let parts = [
        ("brackets", "["),
        ("items", "- "),
        ("anchors", "&a "),
        ("quotes", "\""),
        ("tags", "!a "),
        ("keys", "a:\n"),
    ];
    for (name, part) in parts {
        for bytes in [1_000_000, 8_000_000] {
            cases.push(template(&format!("{bytes} bytes of {name}"), move || {
                format!("{TASK}      P: {}", part.repeat(bytes / part.len()))
            }));
        }
    }
    cases.extend(directories());
    cases
}

/// Directories with many templates.
fn directories() -> Vec<Case> {
    let case =
        |name: &str, files: fn() -> Vec<(String, String)>| Case::new(format!("templates: {name}"), files);
    fn template(at: usize, parameters: &str) -> (String, String) {
        (format!("t{at}.yaml"), format!("Parameters: {{ {parameters} }}\n{TASK}"))
    }
    vec![
        case("with parameters", || many(4_000, |at| template(at, "P: { Type: String }"))),
        case("with files of parameters", || {
            let templates =
                many(1_500, |at| template(at, &format!("P: {{ Type: String }}, P{at}: {{ Type: String }}")));
            let values = |at: usize| {
                let values = format!("{{ \"Parameters\": {{ \"P\": \"a\", \"P{at}\": \"b\" }} }}");
                (format!("v{at}.json"), values)
            };
            templates.into_iter().chain(many(1_500, values)).collect()
        }),
        case("in commands", || {
            let mut files = many(1_500, |at| template(at, "P: { Type: String }"));
            let deploy = |at| {
                format!("aws cloudformation deploy --template-file t{at}.yaml --parameter-overrides P=a")
            };
            files.push(("deploy.sh".to_owned(), lines(1_500, deploy)));
            files
        }),
        case("with exports", || {
            many(2_000, |at| {
                let export = format!("Outputs: {{ O: {{ Value: a, Export: {{ Name: e{at} }} }} }}");
                let import = format!("      TaskRoleArn: !ImportValue e{}", at + 1);
                (format!("t{at}.yaml"), format!("{TASK}{import}\n{export}\n"))
            })
        }),
        case("var files that a script writes", || {
            let write = |at| format!("echo x=1 > a{at}.tfvars");
            let script = lines(10_000, write) + "terraform apply -var-file=a1.tfvars\n";
            vec![("deploy.sh".to_owned(), script), ("main.tf".to_owned(), "variable \"x\" {}\n".to_owned())]
        }),
        case("a var file to which a script appends", || {
            let script =
                lines(12_000, |_| "echo x=1 >> a.tfvars".to_owned()) + "terraform apply -var-file=a.tfvars\n";
            vec![("deploy.sh".to_owned(), script), ("main.tf".to_owned(), "variable \"x\" {}\n".to_owned())]
        }),
        case("scripts with computed directories", || {
            let script = "terraform -chdir=".to_owned() + &"$A-".repeat(60) + "x apply -var-file=a.tfvars\n";
            let root = format!("{}/main.tf", "-".repeat(200));
            vec![("deploy.sh".to_owned(), script), (root, "locals {\n  a = 1\n}\n".to_owned())]
        }),
    ]
}
