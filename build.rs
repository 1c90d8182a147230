//! Pairs every page `rules/<name>.md` with its check `src/rules/<name>.rs` and writes the rule registry.
//! Also writes the names of managed policies that the target knows. The build fails for a page without a check, a check without a page, or a page with invalid front matter.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

const CATEGORIES: [(&str, &str); 5] = [
    ("correctness", "Correctness"),
    ("suspicious", "Suspicious"),
    ("reliability", "Reliability"),
    ("security", "Security"),
    ("pedantic", "Pedantic"),
];

/// The schema that names the version of the API model.
const SCHEMA: &str = "schemas/task-definition.schema.json";

/// The names of the managed policies of AWS.
const POLICIES: &str = "src/policy/names.tsv";

/// What the names of the policies contain that the playground knows: those of services that ECS works with. The whole list would exceed
/// its size.
const NEAR_ECS: [&str; 13] = [
    "AutoScal",
    "CloudWatch",
    "CodeDeploy",
    "EC2Container",
    "ECS",
    "ElasticContainer",
    "ElasticFileSystem",
    "ElasticLoad",
    "EventBridge",
    "Lambda",
    "S3",
    "SSM",
    "SecretsManager",
];

fn main() {
    let root = env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
    let out = env::var("OUT_DIR").expect("cargo sets it");
    println!("cargo::rerun-if-changed=rules");
    println!("cargo::rerun-if-changed=src/rules");
    println!("cargo::rerun-if-changed={SCHEMA}");
    let schema = fs::read_to_string(Path::new(&root).join(SCHEMA)).expect("the schema is UTF-8");
    let (_, model) = schema.split_once("from botocore ").expect("the schema names its source");
    println!("cargo::rustc-env=BOTOCORE={}", model.split_whitespace().next().unwrap_or_default());
    write_policies(Path::new(&root), Path::new(&out));
    let pages = stems(&Path::new(&root).join("rules"), "md");
    let checks = stems(&Path::new(&root).join("src/rules"), "rs");
    let paired: BTreeSet<String> = checks.iter().map(|stem| stem.replace('_', "-")).collect();
    if let Some(page) = pages.difference(&paired).next() {
        panic!("rules/{page}.md has no check: create src/rules/{}.rs", page.replace('-', "_"));
    }
    if let Some(check) = paired.difference(&pages).next() {
        panic!("src/rules/{}.rs has no page: create rules/{check}.md", check.replace('-', "_"));
    }
    let mut modules = String::new();
    let mut entries = String::new();
    let mut checked = String::new();
    let mut texts = String::new();
    for name in &pages {
        let module = name.replace('-', "_");
        let page = Path::new(&root).join(format!("rules/{name}.md"));
        let text = fs::read_to_string(&page).expect("the page is UTF-8");
        writeln!(
            modules,
            "#[path = {:?}]\nmod {module};",
            Path::new(&root).join(format!("src/rules/{module}.rs"))
        )
        .expect("a string takes all");
        entries.push_str(&entry(name, &text));
        writeln!(checked, "    {module}::check,").expect("a string takes all");
        writeln!(texts, "    include_str!({page:?}),").expect("a string takes all");
    }
    let registry = format!(
        "{modules}\n/// Every rule, by name.\npub static RULES: &[Rule] = &[\n{entries}];\n\n\
         /// The check of every rule, in the same order.\nstatic CHECKS: &[Check] = &[\n{checked}];\n\n\
         /// The page of every rule, in the same order.\nstatic PAGES: &[&str] = &[\n{texts}];\n"
    );
    fs::write(Path::new(&out).join("rules.rs"), registry).expect("cargo's directory can be written");
}

/// Writes the names of the managed policies that the program knows.
fn write_policies(root: &Path, out: &Path) {
    println!("cargo::rerun-if-changed={POLICIES}");
    let all = fs::read_to_string(root.join(POLICIES)).expect("the names are UTF-8");
    let is_small = env::var("CARGO_CFG_TARGET_FAMILY").is_ok_and(|family| family == "wasm");
    let is_known = |line: &&str| !is_small || NEAR_ECS.iter().any(|part| line.contains(part));
    let known: Vec<&str> = all.lines().skip(1).filter(is_known).collect();
    fs::write(out.join("policies.tsv"), known.join("\n")).expect("cargo's directory can be written");
}

fn stems(directory: &Path, extension: &str) -> BTreeSet<String> {
    let files = fs::read_dir(directory).expect("the directory is there");
    files
        .map(|file| file.expect("the directory can be read").path())
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .collect()
}

fn entry(name: &str, text: &str) -> String {
    let wrong = |what: &str| -> ! { panic!("rules/{name}.md: {what}") };
    let Some((front, body)) = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")) else {
        wrong("missing front matter between two `---` lines");
    };
    let field = |key: &str| front.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(": "));
    let Some(category) = field("category") else { wrong("no `category: …`") };
    let Some((_, category)) = CATEGORIES.iter().find(|(word, _)| *word == category) else {
        wrong("a category that does not exist");
    };
    let Some(since) = field("since") else { wrong("no `since: …`") };
    let evidence = field("evidence").unwrap_or_default();
    if evidence.split(',').any(|row| !row.trim().is_empty() && row.trim().parse::<u16>().is_err()) {
        wrong("`evidence` is not a list of row numbers");
    }
    let Some(title) = body.trim_start().lines().next().and_then(|line| line.strip_prefix("# ")) else {
        wrong("the first line below the front matter is no `# title`");
    };
    let fix = surest_fix(body);
    format!(
        "    Rule {{ name: {name:?}, category: Category::{category}, since: {since:?}, evidence: &[{evidence}], \
         fix: {fix}, title: {title:?} }},\n"
    )
}

/// The safest fix that the findings on a page offer. `tests/pages.rs` compares these findings with those of the rule.
fn surest_fix(page: &str) -> &'static str {
    let offers = |fix: &str| page.lines().any(|line| line.starts_with(fix));
    match (offers("  fix: "), offers("  unsafe fix: ")) {
        (true, _) => "Some(Safety::Safe)",
        (false, true) => "Some(Safety::Unsafe)",
        (false, false) => "None",
    }
}
