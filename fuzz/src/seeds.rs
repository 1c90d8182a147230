//! Seeds: the examples, the rule pages, the cases, and the expressions that were recorded with Terraform.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::files::MARK;
use crate::mutate::Dice;
use crate::{TARGETS, dictionary};

const EXPRESSIONS: &str = include_str!("../../crates/iac-eval/tests/oracle/results.tsv");

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The variable with the directory for [`write_and_exit`].
const DIRECTORY: &str = "FUZZ_SEEDS";

/// Writes the seeds of all targets to the directory that a variable names, and ends the process.
pub fn write_and_exit() {
    let directory = std::env::var_os(DIRECTORY).unwrap_or_default();
    let written = write(Path::new(&directory));
    written.unwrap_or_else(|error| panic!("{DIRECTORY} is {}: {error}", directory.display()));
    std::process::exit(0);
}

/// Writes the seeds of all targets, and the dictionary of libFuzzer.
fn write(directory: &Path) -> io::Result<()> {
    for (name, _, seeds) in TARGETS {
        let directory = directory.join(name);
        fs::create_dir_all(&directory)?;
        for (number, seed) in seeds().into_iter().enumerate() {
            fs::write(directory.join(format!("seed-{number}")), seed)?;
        }
        for (number, find) in finds(name)?.into_iter().enumerate() {
            fs::write(directory.join(format!("find-{number}")), find)?;
        }
    }
    fs::write(directory.join("words.dict"), dictionary::text())
}

/// The inputs for which a target once failed.
pub fn finds(target: &str) -> io::Result<Vec<Vec<u8>>> {
    let directory = root().join("fuzz/finds").join(target);
    let mut paths: Vec<_> = match fs::read_dir(directory) {
        Ok(entries) => entries.filter_map(Result::ok).map(|entry| entry.path()).collect(),
        Err(_) => Vec::new(),
    };
    paths.sort();
    paths.into_iter().map(fs::read).collect()
}

/// A language and a text.
type Piece = (String, String);

/// JSON texts.
pub fn json() -> Vec<Vec<u8>> {
    of_language("json").collect()
}

/// Terraform files, and expressions in a file.
pub fn hcl() -> Vec<Vec<u8>> {
    let values = expressions().map(|expression| format!("x = {expression}\n").into_bytes());
    of_language("hcl").chain(values).collect()
}

/// The examples, each with all its files.
pub fn wholes() -> Vec<Vec<u8>> {
    examples().into_values().map(|files| files.concat().into_bytes()).collect()
}

/// Several files in one input.
pub fn projects() -> Vec<Vec<u8>> {
    let values = expressions()
        .map(|value| format!("resource \"aws_ecs_task_definition\" \"x\" {{\n  family = {value}\n}}\n"));
    let pages = pages().into_iter().flatten().map(|pieces| pieces.1);
    wholes().into_iter().chain(pages.chain(values).map(String::into_bytes)).collect()
}

/// Templates.
pub fn templates() -> Vec<Vec<u8>> {
    let own = [
        "Hi ${name}\n%{ for item in list ~}\n- ${item}\n%{ endfor ~}\n",
        "%{ if flag }a%{ else }b%{ endif }$${x} %%{y}",
        "[{\"name\": \"${name}\", \"cpu\": ${port}, \"environment\": ${jsonencode([for k, v in object : { name = k, value = v }])}}]",
        "%{ for i, x in list }${i}=${x}%{ if i < 1 },%{ endif }%{ endfor }",
    ];
    let own = own.iter().map(|text| text.as_bytes().to_vec());
    own.chain(expressions().map(|value| format!("a ${{{value}}} b").into_bytes())).chain(json()).collect()
}

/// Settings files.
pub fn configs() -> Vec<Vec<u8>> {
    let all = "extends = \"base.toml\"\nexclude = [\"ecs/\"]\nselect = [\"correctness\"]\nvar_files = [\"prod.tfvars\"]\n\
               facts = [\"facts.json\"]\n[rules]\npedantic = \"warning\"\n[[overrides]]\npath = \"ecs/\"\n\
               rules = { reliability = \"off\" }\n[[ignore]]\npath = \"task.json\"\nrule = \"unknown-dependency\"\n\
               pointer = \"/containerDefinitions/0\"\nreason = \"x\"\nexpires = 2027-12-31\n";
    of_language("toml").chain([all.as_bytes().to_vec()]).collect()
}

/// Bytes that a target decodes: they are short, because any bytes mean something.
pub fn bytes() -> Vec<Vec<u8>> {
    let mut dice = Dice::new(1);
    (8..72).map(|length| (0..length * 2).map(|_| dice.byte()).collect()).collect()
}

/// The expressions whose values in Terraform were recorded.
fn expressions() -> impl Iterator<Item = &'static str> {
    EXPRESSIONS.lines().filter_map(|row| row.split_once('\t')).map(|(expression, _)| expression)
}

fn of_language(language: &str) -> impl Iterator<Item = Vec<u8>> {
    let named =
        |name: &str| name.rsplit('.').next().map(|end| if end == "tf" { "hcl" } else { end }.to_owned());
    let from_examples = examples().into_values().flatten().filter_map(move |file| {
        let (name, text) = file.strip_prefix(MARK)?.split_once('\n')?;
        Some((named(name)?, text.to_owned()))
    });
    let language = language.to_owned();
    let all = from_examples.chain(pieces());
    all.filter(move |(of, _)| *of == language).map(|(_, text)| text.into_bytes())
}

/// The files of each example, each after its marker.
fn examples() -> BTreeMap<PathBuf, Vec<String>> {
    let mut found = Vec::new();
    walk(&root().join("examples"), &mut found);
    let mut examples: BTreeMap<PathBuf, Vec<String>> = BTreeMap::new();
    for path in found {
        let Ok(inside) = path.strip_prefix(root().join("examples")) else { continue };
        let example: PathBuf = inside.iter().take(1).collect();
        let Ok(name) = inside.strip_prefix(&example) else { continue };
        let is_read = name.extension().is_some_and(|end| end == "json" || end == "tf");
        if let Some(text) = fs::read_to_string(&path).ok().filter(|_| is_read) {
            examples.entry(example).or_default().push(format!("{MARK}{}\n{text}", name.display()));
        }
    }
    examples
}

fn walk(directory: &Path, found: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(directory).into_iter().flatten().filter_map(Result::ok);
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        match path.is_dir() {
            true => walk(&path, found),
            false => found.push(path),
        }
    }
}

/// The texts of all pages, each separately.
fn pieces() -> Vec<Piece> {
    let mut found = Vec::new();
    for (_, text) in pages().into_iter().flatten() {
        for file in text.split(MARK).filter(|file| !file.is_empty()) {
            let (name, text) = file.split_once('\n').unwrap_or((file, ""));
            let language = match name.rsplit('.').next() {
                Some("tf") => "hcl",
                Some(end) => end,
                None => continue,
            };
            found.push((language.to_owned(), text.to_owned()));
        }
    }
    found
}

/// The examples of each page, each with all its files.
fn pages() -> Vec<Vec<Piece>> {
    let mut found = Vec::new();
    ["rules", "tests/cases"].iter().for_each(|directory| walk(&root().join(directory), &mut found));
    found.iter().filter_map(|path| fs::read_to_string(path).ok()).map(|page| examples_of(&page)).collect()
}

fn examples_of(page: &str) -> Vec<Piece> {
    let mut examples: Vec<Piece> = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```").filter(|info| !info.is_empty() && *info != "text") else {
            continue;
        };
        let body: String =
            lines.by_ref().take_while(|line| *line != "```").map(|line| format!("{line}\n")).collect();
        let words: Vec<&str> = info.split(' ').collect();
        let usual = if words[0] == "hcl" { "main.tf" } else { "task.json" };
        let file = format!("{MARK}{}\n{body}", words.get(2).unwrap_or(&usual));
        match (words.get(1), examples.last_mut()) {
            (Some(&"and"), Some((_, text))) => text.push_str(&file),
            _ => examples.push((words[0].to_owned(), file)),
        }
    }
    examples
}
