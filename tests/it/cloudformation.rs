//! CloudFormation templates: what a user sees of conditions, nested stacks, and exports.

use snapbox::str;

use crate::program::{assert_output, directory, run};

const TASK: &str = "
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: web
      NetworkMode: awsvpc
      RequiresCompatibilities: [FARGATE]
      Cpu: CPU
      Memory: MEMORY
      ContainerDefinitions:
        - { Name: web, Image: nginx }
";

fn task(cpu: &str, memory: &str) -> String {
    TASK.replace("CPU", cpu).replace("MEMORY", memory)
}

/// The findings of one rule, by file name and line.
fn findings(files: &[(&str, &str)], rule: &str) -> Vec<String> {
    let directory = directory(files);
    let (_, output, _) = run(directory.path(), &["check", "--select", rule, "--format", "concise"]);
    output.lines().filter(|line| line.contains(rule)).map(str::to_owned).collect()
}

fn sizes(files: &[(&str, &str)]) -> Vec<String> {
    let short = |line: String| {
        let (start, end) = line.split_once(": expected").unwrap();
        let condition = end.rfind(" (").map(|at| &end[at..]).unwrap_or_default();
        format!("{start}{condition}").replace("not a valid Fargate memory size for ", "")
    };
    findings(files, "fargate-cpu-memory").into_iter().map(short).collect()
}

#[test]
fn a_template_has_any_name() {
    let text = format!("Resources:{}", task("256", "4096"));
    for name in ["a.yaml", "b.yml", "c.template", "d.cfn", "dir/e.json"] {
        assert_eq!(sizes(&[(name, &text)]).len(), 1, "{name}");
    }
    let json = r#"{"Resources": {"Task": {"Type": "AWS::ECS::TaskDefinition", "Properties": {
      "Family": "web", "RequiresCompatibilities": ["FARGATE"], "Cpu": 256, "Memory": "4096"}}}}"#;
    assert_eq!(
        sizes(&[("a.template", json)]),
        ["a.template:2:86: error[fargate-cpu-memory] 4096 MiB is 256 CPU units"]
    );
}

#[test]
fn strings_of_templates_in_json_are_what_they_say() {
    let template = |kind: &str, memory: &str| {
        let text = format!(
            r#"{{ "Parameters": {{ "Size": {{ "Type": "{kind}", "Default": "4096" }} }},
  "Resources": {{ "Task": {{ "Type": "AWS::ECS::TaskDefinition", "Properties": {{
    "Family": "web", "RequiresCompatibilities": ["FARGATE"], "Cpu": 256, "Memory": {memory} }} }} }} }}"#
        );
        sizes(&[("a.json", &text)])
    };
    let found = ["a.json:1:58: error[fargate-cpu-memory] 4096 MiB is 256 CPU units"];
    assert_eq!(template("String", r#"{ "Fn::Sub": "${Size}" }"#), found);
    assert_eq!(template("List<Number>", r#"{ "Fn::Select": [0, { "Ref": "Size" }] }"#).len(), 1);
    // The default is the name of a parameter of Systems Manager.
    assert_eq!(template("AWS::SSM::Parameter::Value<String>", r#"{ "Ref": "Size" }"#), [""; 0]);
    assert_eq!(template("String", r#""{{resolve:ssm:4096}}""#), [""; 0]);
    assert_eq!(template("String", r#""{{ memory }}""#), [""; 0]);
}

#[test]
fn values_that_one_parameter_selects_change_together() {
    let text = format!(
        "Parameters:
  Env: {{ Type: String, AllowedValues: [dev, prod] }}
Mappings:
  Sizes:
    dev: {{ Cpu: 256, Memory: 512 }}
    prod: {{ Cpu: 256, Memory: 4096 }}
Resources:{}",
        task("!FindInMap [Sizes, !Ref Env, Cpu]", "!FindInMap [Sizes, !Ref Env, Memory]")
    );
    assert_eq!(
        sizes(&[("a.yaml", &text)]),
        ["a.yaml:6:31: error[fargate-cpu-memory] 4096 MiB is 256 CPU units (when `Env` is `prod`)"]
    );
}

#[test]
fn both_branches_of_a_condition_are_checked() {
    let text = format!(
        "Parameters:
  Env: {{ Type: String }}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
Resources:{}",
        task("!If [IsProd, 1024, 256]", "!If [IsProd, 2048, 4096]")
    );
    assert_eq!(
        sizes(&[("a.yaml", &text)]),
        ["a.yaml:13:34: error[fargate-cpu-memory] 4096 MiB is 256 CPU units (when `Env` is not `prod`)"]
    );
}

#[test]
fn rules_of_the_template_exclude_values() {
    let text = format!(
        "Parameters:
  Cpu: {{ Type: Number, AllowedValues: [256, 1024] }}
Conditions:
  IsLarge: !Equals [!Ref Cpu, 1024]
Rules:
  Large:
    Assertions: [{{ Assert: !Not [!Equals [!Ref Cpu, 256]] }}]
Resources:{}",
        task("!Ref Cpu", "!If [IsLarge, 2048, 4096]")
    );
    assert_eq!(sizes(&[("a.yaml", &text)]), [""; 0]);
}

#[test]
fn a_nested_stack_has_the_values_of_its_parent() {
    let child = format!(
        "Parameters:\n  Memory: {{ Type: Number, Default: 512 }}\nResources:{}",
        task("256", "!Ref Memory")
    );
    let parent = "Resources:
  Web:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: ./stacks/web.yaml
      Parameters:
        Memory: 4096
";
    let found = sizes(&[("parent.yaml", parent), ("stacks/web.yaml", &child)]);
    assert_eq!(found, ["parent.yaml:7:17: error[fargate-cpu-memory] 4096 MiB is 256 CPU units"]);
}

#[test]
fn an_export_links_two_templates() {
    let network = "Resources:
  Group:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: { Port: 80, Protocol: HTTP, VpcId: vpc-0123456789abcdef0, TargetType: instance }
Outputs:
  Group: { Value: !Ref Group, Export: { Name: EXPORT } }
";
    let service = format!(
        "Parameters:
  Network: {{ Type: String }}
Resources:{}
  Service:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: !Ref Task
      LoadBalancers: [{{ ContainerName: web, ContainerPort: 80, TargetGroupArn: IMPORT }}]
",
        task("256", "512")
    );
    for (export, import) in [
        ("web-group", "!ImportValue web-group"),
        ("!Sub '${AWS::StackName}-Group'", "{ Fn::ImportValue: !Sub '${Network}-Group' }"),
        ("!Sub '${AWS::StackName}-Group'", "!ImportValue network-Group"),
    ] {
        let network = network.replace("EXPORT", export);
        let service = service.replace("IMPORT", import);
        let found = findings(&[("a.yaml", &network), ("b.yaml", &service)], "target-type-mismatch");
        assert_eq!(found.len(), 1, "{export}: {found:?}");
        assert!(found[0].starts_with("a.yaml:4:"), "{found:?}");
    }
}

#[test]
fn no_echo_hides_a_default() {
    let text = "Parameters:
  Password: { Type: String, NoEcho: true, Default: hunter2hunter2 }
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: web
      ContainerDefinitions:
        - Name: web
          Image: nginx
          Environment: [{ Name: A, Value: !Ref Password }]
          Bogus: !Ref Password
";
    let directory = directory(&[("a.yaml", text)]);
    for format in ["human", "json", "sarif"] {
        let (_, output, _) = run(directory.path(), &["check", "--format", format]);
        assert!(output.contains("Bogus") && !output.contains("hunter2"), "{output}");
    }
}

const SIZED: &str = "Parameters:
  Cpu: { Type: Number }
  Memory: { Type: Number, Default: 512 }
Resources:";

/// The sizes that are found with values in other files.
fn sizes_with(others: &[(&str, &str)]) -> Vec<String> {
    let text = format!("{SIZED}{}", task("!Ref Cpu", "!Ref Memory"));
    let files: Vec<(&str, &str)> =
        [("web.yaml", text.as_str())].into_iter().chain(others.iter().copied()).collect();
    sizes(&files)
}

#[test]
fn files_next_to_a_template_are_its_values() {
    let list = r#"[{ "ParameterKey": "Cpu", "ParameterValue": "256" }, { "ParameterKey": "Memory", "ParameterValue": "4096" }]"#;
    let found = ["prod.json:1:100: error[fargate-cpu-memory] 4096 MiB is 256 CPU units"];
    assert_eq!(sizes_with(&[("prod.json", list)]), found);
    let found = ["params/prod.json:1:100: error[fargate-cpu-memory] 4096 MiB is 256 CPU units (in prod)"];
    let small = r#"["Cpu=256", "Memory=512"]"#;
    assert_eq!(sizes_with(&[("params/dev.json", small), ("params/prod.json", list)]), found);
    let pipeline = r#"{ "Parameters": { "Cpu": "256", "Memory": "4096" } }"#;
    assert_eq!(sizes_with(&[("prod.json", pipeline)]).len(), 1);
    let sync = "template-file-path: ./web.yaml\nparameters:\n  Cpu: 256\n  Memory: 4096\n";
    assert_eq!(sizes_with(&[("deployment.yaml", sync)]).len(), 1);
}

#[test]
fn files_of_several_templates_are_not_values() {
    let list = r#"["Cpu=256", "Memory=4096"]"#;
    let other = format!("{SIZED}{}", task("!Ref Cpu", "!Ref Memory"));
    assert_eq!(sizes_with(&[("prod.json", list), ("other.yaml", &other)]), [""; 0]);
    assert_eq!(sizes_with(&[("prod.json", r#"["Cpu=256", "Memory=4096", "Other=1"]"#)]), [""; 0]);
}

#[test]
fn values_in_scripts_are_scenarios() {
    let scripts = [
        (
            "deploy.sh",
            "aws cloudformation deploy --template-file web.yaml \\\n  --stack-name web \\\n  --parameter-overrides Cpu=256 'Memory=4096' Image=$IMAGE\n",
        ),
        (
            ".github/workflows/deploy.yml",
            "    with:\n      name: web\n      template: web.yaml\n      parameter-overrides: \"Cpu=256,Memory=4096\"\n",
        ),
        (
            "Makefile",
            "deploy:\n\tsam deploy --template-file=web.yaml --parameter-overrides \"ParameterKey=Cpu,ParameterValue=256\" ParameterKey=Memory,ParameterValue=4096\n",
        ),
        (
            "samconfig.toml",
            "[prod.deploy.parameters]\ntemplate_file = \"web.yaml\"\nparameter_overrides = \"Cpu=256 Memory=4096\"\n",
        ),
        (
            "samconfig.yaml",
            "version: 0.1\nprod:\n  deploy:\n    parameters:\n      template_file: web.yaml\n      parameter_overrides: [Cpu=256, Memory=4096]\n",
        ),
    ];
    for (name, text) in scripts {
        let found = sizes_with(&[(name, text), (".git/HEAD", "")]);
        assert_eq!(found.len(), 1, "{name}: {found:?}");
        assert!(found[0].starts_with(name), "{found:?}");
    }
    let elsewhere =
        "aws cloudformation deploy --template-file api.yaml --parameter-overrides Cpu=256 Memory=4096\n";
    assert_eq!(sizes_with(&[("deploy.sh", elsewhere)]), [""; 0]);
}

#[test]
fn values_of_the_command_line_win() {
    let text = format!("{SIZED}{}", task("!Ref Cpu", "!Ref Memory"));
    let directory = directory(&[("web.yaml", &text), ("prod.json", r#"["Cpu=256", "Memory=4096"]"#)]);
    let check = |arguments: &[&str]| {
        let all =
            [&["check", "--select", "fargate-cpu-memory", "--format", "concise", "web.yaml"], arguments]
                .concat();
        run(directory.path(), &all).1
    };
    assert!(!check(&["--var", "Memory=1024"]).contains("error"));
    assert!(check(&["--var", "Cpu=512", "--var", "Memory=8192"]).contains("8192 MiB"));
    assert!(check(&["--var-file", "prod.json"]).contains("4096 MiB"));
}

#[test]
fn requests_for_the_cli_are_read_in_yaml() {
    let text = "family: web
networkMode: awsvpc
containerDefinitions:
  - name: web
    image: nginx
    portMappings: [{ containerPort: 80, hostPort: 8080 }]
";
    let found = findings(&[("task.yaml", text)], "awsvpc-port-mismatch");
    assert_eq!(
        found,
        [
            "task.yaml:6:51: error[awsvpc-port-mismatch] host port 8080 must be equal to container port 80 in `awsvpc` network mode"
        ]
    );
}

#[test]
fn placeholders_in_yaml_are_unknown_in_whole_or_in_part() {
    let text = "# Written by `envsubst`.
family: $SERVICE
networkMode: awsvpc
cpu: {{ cpu }}
executionRoleArn: ${ROLE}
containerDefinitions:
  - name: <NAME>
    image: \"nginx:$TAG\"
    command: [web, --port=$PORT]
    memory: $MEMORY
    logConfiguration: { logDriver: $DRIVER }
    portMappings: [{ containerPort: $PORT }, { containerPort: 80, hostPort: 8080 }]
";
    let directory = directory(&[("task.yml", text)]);
    let (_, found, _) = run(directory.path(), &["check", "--format", "concise", "--quiet"]);
    assert_eq!(
        found,
        "task.yml:12:77: error[awsvpc-port-mismatch] host port 8080 must be equal to container port 80 in `awsvpc` network mode\n"
    );
    let (_, shown, _) = run(directory.path(), &["show"]);
    assert!(shown.contains("nginx:$TAG") && shown.contains("$SERVICE"), "{shown}");
}

#[test]
fn the_output_of_the_cdk_leads_to_its_source() {
    let template = r#"{ "Resources": { "Task1": { "Type": "AWS::ECS::TaskDefinition", "Properties": {
      "Family": "web", "RequiresCompatibilities": ["FARGATE"], "Cpu": "256", "Memory": "4096" } } } }"#;
    let manifest = r#"{ "version": "55.0.0", "artifacts": { "Web": { "type": "aws:cloudformation:stack",
      "properties": { "templateFile": "Web.template.json" },
      "metadata": { "/Web/Task/Resource": [
        { "type": "aws:cdk:logicalId", "data": "Task1" },
        { "type": "aws:cdk:creationStack", "data": ["...new TaskDefinition in aws-cdk-lib...", "new X (/build/node_modules/x/index.ts:1:1)", "<anonymous> (/build/lib/app.ts:2:12)"] }
      ] } } } }"#;
    let source =
        "const x = 1;\nconst task=new ecs.FargateTaskDefinition(stack, 'Task', { memoryLimitMiB: 4096 });\n";
    let files = [
        (".git/HEAD", ""),
        (".gitignore", "cdk.out\n"),
        ("cdk.json", "{}"),
        ("lib/app.ts", source),
        ("node_modules/x/index.ts", source),
        ("cdk.out/manifest.json", manifest),
        ("cdk.out/Web.template.json", template),
    ];
    let directory = directory(&files);
    let arguments = ["check", "--select", "fargate-cpu-memory", "--format", "json"];
    let (code, output, _) = run(directory.path(), &arguments);
    let report: serde_json::Value = serde_json::from_str(&output).unwrap();
    let found = &report["diagnostics"][0];
    assert_eq!((code, found["path"].as_str()), (1, Some("lib/app.ts")), "{output}");
    assert_eq!(found["range"]["start"], serde_json::json!({ "line": 2, "column": 12 }));
    assert_eq!(found["labels"][0]["path"], "cdk.out/Web.template.json");
    assert_eq!(found["labels"][0]["message"], "in `Web/Task`");
}

#[test]
fn findings_are_suppressed_by_comments_and_by_metadata() {
    let text = format!("Resources:{}", task("256", "4096"));
    let commented = text.replace("4096", "4096 # ecslint: ignore[fargate-cpu-memory] tested by hand");
    assert_eq!(sizes(&[("a.yaml", &commented)]), [""; 0]);
    let described = text.replace(
        "    Properties:",
        "    Metadata: { ecslint: { ignore: [fargate-cpu-memory] } }\n    Properties:",
    );
    assert_eq!(sizes(&[("a.yaml", &described)]), [""; 0]);
    assert_eq!(sizes(&[("a.yaml", &described.replace("[fargate-cpu-memory]", "[no-logging]"))]).len(), 1);
}

#[test]
fn checks_of_cfn_lint_that_metadata_ignores_suppress_the_same_rules() {
    let text = format!("Resources:{}", task("256", "4096"));
    let with = |check: &str| {
        let metadata = format!("Metadata: {{ cfn-lint: {{ config: {{ ignore_checks: [{check}] }} }} }}");
        let of_resource = text.replace("    Properties:", &format!("    {metadata}\n    Properties:"));
        [of_resource, format!("{metadata}\n{text}")].map(|text| sizes(&[("a.yaml", &text)]).len())
    };
    assert_eq!(with("E3047"), [0, 0]);
    // cfn-lint compares the beginning.
    assert_eq!(with("E30"), [0, 0]);
    assert_eq!(with("E3046"), [1, 1]);
    // An id of cfn-lint says nothing about what is left here.
    let metadata = "Metadata: { cfn-lint: { config: { ignore_checks: [E3046] } } }\n";
    assert_eq!(findings(&[("a.yaml", &format!("{metadata}{text}"))], "unused-ignore"), [""; 0]);
}

#[test]
fn an_unused_rule_in_metadata_is_reported() {
    let template = |rules: &str| {
        format!(
            r#"{{"Resources": {{"Task": {{"Type": "AWS::ECS::TaskDefinition",
  "Metadata": {{"ecslint": {{"ignore": [{rules}]}}}}, "Properties": {{
  "Family": "web", "RequiresCompatibilities": ["FARGATE"], "Cpu": 256, "Memory": 4096}}}}}}}}"#
        )
    };
    let found = |rules: &str| {
        let directory = directory(&[("a.json", &template(rules))]);
        let (_, output, _) = run(directory.path(), &["check", "--format", "concise"]);
        let ours = output.lines().filter(|line| line.contains("unused-ignore"));
        ours.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(found(r#""fargate-cpu-memory""#), [""; 0]);
    let unused =
        ["a.json:2:61: warning[unused-ignore] `no-logging` reports nothing here, so this ignore is unused"];
    assert_eq!(found(r#""fargate-cpu-memory", "no-logging""#), unused);
    assert_eq!(found(r#""fargate-cpu-memory", "fargate-cpu""#).len(), 1);
}

#[test]
fn what_sam_adds_is_named_like_the_serverless_resources() {
    let text = "Transform: AWS::Serverless-2016-10-31
Resources:
  Api: { Type: 'AWS::Serverless::Function', Properties: { CodeUri: ./src } }
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: web
      TaskRoleArn: !GetAtt NAME.Arn
      ContainerDefinitions: [{ Name: web, Image: nginx, Memory: 128, Environment: [{ Name: A, Value: !Ref Api.Version }] }]
";
    let found =
        |name: &str| findings(&[("a.yaml", &text.replace("NAME", name))], "cloudformation-error").len();
    assert_eq!(["ApiRole", "ServerlessRestApi", "Role", "Aip"].map(found), [0, 0, 1, 1]);
}

#[test]
fn what_another_program_makes_a_template_of_is_not_read() {
    let task = task("256", "4096");
    let line = |line: &str| format!("Resources:\n{line}\n  {task}");
    for made in
        [line("{{#with}}"), line("{% if web %}"), format!("Resources:{task}      Family: {{{{ name }}}}\n")]
    {
        assert_eq!(findings(&[("stack.yaml", &made)], "syntax"), [""; 0], "{made}");
    }
}

#[test]
fn a_comma_before_a_bracket_is_accepted() {
    let json = r#"{"Resources": {"Task": {"Type": "AWS::ECS::TaskDefinition", "Properties": {
      "Family": "web", "RequiresCompatibilities": ["FARGATE",], "Cpu": 256, "Memory": 512,}}}}"#;
    assert_eq!(findings(&[("a.template", json)], "syntax"), [""; 0]);
}

#[test]
fn a_template_does_not_nest_itself() {
    let with = |url: &str| {
        let stack = format!("{{ Type: AWS::CloudFormation::Stack, Properties: {{ TemplateURL: {url} }} }}");
        format!("Resources:\n  Stack: {stack}{}", task("256", "4096"))
    };
    for url in ["'https://b.s3.amazonaws.com/canary/template.yaml'", "./template.yaml"] {
        assert_eq!(sizes(&[("template.yaml", &with(url))]).len(), 1, "{url}");
    }
    // A template of two that nest each other is checked with what it nests.
    let (one, other) = (with("./b.yaml"), with("./a.yaml"));
    let found = sizes(&[("a.yaml", &one), ("b.yaml", &other)]);
    let starts: Vec<&str> = found.iter().map(|line| &line[..6]).collect();
    assert_eq!(starts, ["a.yaml", "b.yaml"]);
}

#[test]
fn a_nested_template_is_found_by_the_end_of_its_address() {
    let child = format!(
        "Parameters:\n  Memory: {{ Type: Number, Default: 512 }}\nResources:{}",
        task("256", "!Ref Memory")
    );
    for host in ["${Bucket}", "${Bucket}.s3.us-east-1.amazonaws.com", "s3.${AWS::Region}.amazonaws.com"] {
        let parent = format!(
            "Parameters: {{ Bucket: {{ Type: String }} }}
Resources:
  Web:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: !Sub 'https://{host}/templates/ecs.yaml'
      Parameters: {{ Memory: 4096 }}
"
        );
        let found = sizes(&[("root.yaml", &parent), ("templates/ecs.yaml", &child)]);
        assert_eq!(found.len(), 1, "{host}: {found:?}");
        assert!(found[0].starts_with("root.yaml:"), "{host}: {found:?}");
    }
}

#[test]
fn a_template_that_no_evaluation_reads_is_checked_on_its_own() {
    let child = format!("Resources:{}", task("256", "4096"));
    let with = |condition: &str, url: &str| {
        format!(
            "Parameters:
  Env: {{ Type: String, Default: dev }}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
Resources:
  Web: {{ Type: AWS::CloudFormation::Stack, {condition}Properties: {{ TemplateURL: {url} }} }}
"
        )
    };
    let parents = [
        with("Condition: IsProd, ", "./templates/ecs.yaml"),
        with("", "!Select [0, !Split ['|', !Sub '${Env}|templates/ecs.yaml']]"),
    ];
    for parent in parents {
        let found = sizes(&[("root.yaml", &parent), ("templates/ecs.yaml", &child)]);
        assert_eq!(
            found,
            ["templates/ecs.yaml:9:15: error[fargate-cpu-memory] 4096 MiB is 256 CPU units"],
            "{parent}"
        );
    }
}

#[test]
fn a_default_that_a_rule_refuses_is_unknown() {
    let text = |license: &str| {
        format!(
            "Parameters:
  License: {{ Type: String, Default: {license} }}
  Memory: {{ Type: Number, Default: 4096 }}
Rules:
  Accepted:
    Assertions: [{{ Assert: !Equals [!Ref License, accepted] }}]
  Small:
    Assertions: [{{ Assert: !Not [!Equals [!Ref Memory, '8192']] }}]
Resources:{}",
            task("256", "!Ref Memory")
        )
    };
    let found = ["a.yaml:3:36: error[fargate-cpu-memory] 4096 MiB is 256 CPU units"];
    assert_eq!(sizes(&[("a.yaml", &text("_"))]), found);
    assert_eq!(sizes(&[("a.yaml", &text("accepted"))]), found);
    // No finding depends on a value that cannot be.
    assert_eq!(sizes(&[("a.yaml", &text("_").replace("4096", "8192"))]), [""; 0]);
}

#[test]
fn a_template_without_any_possible_resource_is_named() {
    let text = format!(
        "Parameters:\n  Env: {{ Type: String, Default: dev }}
Conditions:\n  Never: !Equals [a, b]\nResources:{}",
        task("256", "4096").replace("    Properties:", "    Condition: Never\n    Properties:")
    );
    let directory = directory(&[("a.yaml", &text)]);
    let (_, _, said) = run(directory.path(), &["check"]);
    assert_output(
        said,
        str![[r#"
No ECS configuration found: nothing was checked (1 file searched).
Not read: a.yaml; its rules or conditions exclude all its ECS resources.

"#]],
    );
}

#[test]
fn a_name_that_leads_to_nothing_is_refused_also_where_nothing_exists() {
    let text = "HEADParameters: { A: { Type: String, Default: '' } }
Conditions:
  Never: !Not [!Equals [!Ref A, '']]
  Other: !Equals [!Ref None1, a]
Resources:
  Cluster: { Type: 'AWS::ECS::Cluster', Properties: { ClusterName: !If [Never, !Ref None2, a] } }
  Topic:
    Type: AWS::SNS::Topic
    Condition: Never
    Properties: { TopicName: !Sub ['${A}-${AWS::Region}-${Own}-${None3}-${!Text}', { Own: !Ref Cluster }] }
Outputs:
  Arn: { Condition: Never, Value: !GetAtt None4.Arn }
  List: { Value: !GetAtt [None5, Arn] }
";
    let lines = |head: &str| {
        let found = findings(&[("a.yaml", &text.replace("HEAD", head))], "cloudformation-error");
        let line = |line: &String| line.rsplit('`').nth(1).unwrap().to_owned();
        found.iter().map(line).collect::<Vec<_>>()
    };
    assert_eq!(lines(""), ["None1", "None2", "None3", "None4", "None5"]);
    // A macro can declare anything.
    assert_eq!(lines("Transform: Macro\n"), [""; 0]);
}

#[test]
fn a_circumstance_is_what_decides_also_if_not_all_combinations_are_checked() {
    let text = format!(
        "Parameters:
  Env: {{ Type: String, AllowedValues: [a, b, c, d, e, prod] }}
  One: {{ Type: String }}
  Two: {{ Type: String }}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
  HasOne: !Equals [!Ref One, x]
  HasTwo: !Equals [!Ref Two, y]
Resources:{}
  First: {{ Type: 'AWS::ECS::Cluster', Condition: HasOne }}
  Second: {{ Type: 'AWS::ECS::Cluster', Condition: HasTwo }}
",
        task("256", "!If [IsProd, 4096, 512]")
    );
    let found = "a.yaml:17:28: error[fargate-cpu-memory] 4096 MiB is 256 CPU units (when `Env` is `prod`)";
    assert_eq!(sizes(&[("a.yaml", &text)]), [found]);
    let swapped = sizes(&[("a.yaml", &text.replace("4096, 512", "512, 4096"))]);
    let condition = swapped[0].split_once("when ").unwrap().1;
    assert!(!condition.contains("One") && !condition.contains("Two"), "{condition}");
}

#[test]
fn each_value_that_a_parameter_offers_is_checked() {
    let text = |values: &str| {
        format!(
            "Parameters:
  Cpu: {{ Type: Number, AllowedValues: [{values}], Default: 256 }}
  Memory: {{ Type: Number, Default: 512 }}
Resources:{}",
            task("!Ref Cpu", "!Ref Memory")
        )
    };
    let found = findings(&[("a.yaml", &text("256, 1028"))], "fargate-cpu-memory");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("1028") && found[0].contains("error"), "{found:?}");
    // Who selects more CPU units selects more memory, too.
    assert_eq!(findings(&[("a.yaml", &text("256, 4096"))], "fargate-cpu-memory"), [""; 0]);
}
