//! Many files, directories, and modules.

use crate::program::Case;

const CONTAINERS: &str = r#"[{"name":"a","image":"b","memory":128}]"#;

pub(crate) fn task(family: &str) -> String {
    format!("{{\"family\":\"{family}\",\"containerDefinitions\":{CONTAINERS}}}")
}

fn service(name: &str, family: &str) -> String {
    format!(
        "{{\"serviceName\":\"{name}\",\"taskDefinition\":\"{family}\",\"desiredCount\":1,\"loadBalancers\":[]}}"
    )
}

fn call(name: &str, source: &str) -> String {
    format!("module \"{name}\" {{\n  source = \"{source}\"\n}}\n")
}

const RESOURCE: &str = "resource \"aws_ecs_task_definition\" \"a\" {\n  family = \"a\"\n  container_definitions = jsonencode([{ name = \"a\", image = \"b\", memory = 128 }])\n}\n";

pub(crate) type Files = Vec<(String, String)>;

pub(crate) fn many(count: usize, file: impl Fn(usize) -> (String, String)) -> Files {
    (0..count).map(file).collect()
}

pub(crate) fn cases() -> Vec<Case> {
    let case = |name: &str, files: fn() -> Files| Case::new(format!("tree: {name}"), files);
    vec![
        case("deep directories", || {
            let deep = |levels: usize| ("d/".repeat(levels) + "main.tf", "locals {\n  a = 1\n}\n".to_owned());
            many(1_000, |at| deep(at + 1))
        }),
        case("deep directories of tasks", || many(700, |at| ("d/".repeat(at + 1) + "task.json", task("a")))),
        case("deep directories of resources", || {
            many(300, |at| ("d/".repeat(at + 1) + "main.tf", RESOURCE.to_owned()))
        }),
        case("tasks and services of one family", || {
            let tasks = many(1_000, |at| (format!("t{at}.json"), task("web")));
            tasks
                .into_iter()
                .chain(many(1_000, |at| (format!("s{at}.json"), service(&format!("s{at}"), "web"))))
                .collect()
        }),
        case("tasks and services of one family in directories", || {
            let tasks = many(1_000, |at| (format!("{at}/t.json"), task("web")));
            tasks
                .into_iter()
                .chain(many(1_000, |at| (format!("{at}/s.json"), service(&format!("s{at}"), "web"))))
                .collect()
        }),
        case("tasks and services of many families", || {
            let tasks = many(1_000, |at| (format!("t{at}.json"), task(&format!("f{at}"))));
            tasks
                .into_iter()
                .chain(many(1_000, |at| {
                    (format!("s{at}.json"), service(&format!("s{at}"), &format!("f{at}")))
                }))
                .collect()
        }),
        case("services of one name", || many(1_500, |at| (format!("s{at}.json"), service("web", "web")))),
        case("empty files", || many(8_000, |at| (format!("f{at}.json"), String::new()))),
        case("files of one directory", || {
            many(2_000, |at| (format!("f{at}.tf"), format!("locals {{\n  a{at} = {at}\n}}\n")))
        }),
        case("root modules", || many(1_000, |at| (format!("r{at}/main.tf"), RESOURCE.to_owned()))),
        case("roots of one module", || {
            let mut files = many(1_000, |at| (format!("r{at}/main.tf"), call("a", "../m")));
            files.push(("m/main.tf".to_owned(), RESOURCE.to_owned()));
            files
        }),
        case("calls of one module", || {
            let calls = (0..2_500).map(|at| call(&format!("a{at}"), "./m")).collect();
            vec![("main.tf".to_owned(), calls), ("m/main.tf".to_owned(), RESOURCE.to_owned())]
        }),
        case("modules in modules", || {
            let mut files =
                many(60, |at| (format!("m{at}/main.tf"), call("a", &format!("../m{}", at + 1)) + RESOURCE));
            files.push(("m60/main.tf".to_owned(), RESOURCE.to_owned()));
            files
        }),
        case("modules that double", || {
            let two =
                |at: usize| call("a", &format!("../m{}", at + 1)) + &call("b", &format!("../m{}", at + 1));
            let mut files = many(25, |at| (format!("m{at}/main.tf"), two(at)));
            files.push(("m25/main.tf".to_owned(), RESOURCE.to_owned()));
            files
        }),
        case("a module that calls itself", || vec![("main.tf".to_owned(), call("a", "./") + RESOURCE)]),
        case("modules with instances", || {
            let all = "module \"a\" {\n  source = \"../m\"\n  count = 900\n}\n".to_owned();
            vec![("r/main.tf".to_owned(), all), ("m/main.tf".to_owned(), RESOURCE.to_owned())]
        }),
        case("modules with instances of instances", || {
            let call =
                |source: &str| format!("module \"a\" {{\n  source = \"{source}\"\n  count = 100\n}}\n");
            vec![
                ("r/main.tf".to_owned(), call("../m")),
                ("m/main.tf".to_owned(), call("../n")),
                ("n/main.tf".to_owned(), RESOURCE.to_owned()),
            ]
        }),
        case("variables through modules", || {
            let pass = |at: usize| {
                format!(
                    "variable \"a\" {{}}\nmodule \"a\" {{\n  source = \"../m{}\"\n  a = [var.a, var.a]\n}}\n",
                    at + 1
                )
            };
            let mut files = many(15, |at| (format!("m{at}/main.tf"), pass(at)));
            files.push((
                "r/main.tf".to_owned(),
                "module \"a\" {\n  source = \"../m0\"\n  a = \"x\"\n}\n".to_owned(),
            ));
            files.push(("m15/main.tf".to_owned(), "variable \"a\" {}\n".to_owned() + RESOURCE));
            files
        }),
        case("templates of one file", || {
            let tasks = (0..1_000).map(|at| format!("resource \"aws_ecs_task_definition\" \"a{at}\" {{\n  family = \"a{at}\"\n  container_definitions = templatefile(\"t.json\", {{ x = {at} }})\n}}\n"));
            vec![("main.tf".to_owned(), tasks.collect()), ("t.json".to_owned(), CONTAINERS.to_owned())]
        }),
        case("settings in directories", || {
            let settings = many(1_000, |at| {
                (format!("d{at}/ecslint.toml"), "[rules]\nsyntax = \"warning\"\n".to_owned())
            });
            settings.into_iter().chain(many(1_000, |at| (format!("d{at}/task.json"), task("a")))).collect()
        }),
        case("settings that extend each other", || {
            let mut files =
                many(100, |at| (format!("{at}.toml"), format!("extends = \"{}.toml\"\n", at + 1)));
            files.push(("ecslint.toml".to_owned(), "extends = \"0.toml\"\n".to_owned()));
            files.push(("task.json".to_owned(), task("a")));
            files
        }),
        case("variable files", || {
            let mut files = many(2_000, |at| (format!("a{at}.auto.tfvars"), format!("v{at} = {at}\n")));
            files.push(("main.tf".to_owned(), RESOURCE.to_owned()));
            files
        }),
    ]
}
