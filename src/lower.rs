//! Whatever a document came from, it is lowered to the request that AWS would be sent.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::format_smolstr;

use crate::config::{self, Settings};
use crate::node::Node;
use crate::project::{Document, Documents, Mention, ModuleCall, Problem, Root, Scope};
use crate::sources::{Asked, Input, Sources};
use crate::span::FileId;
use crate::syntax::hcl::{Attribute, Block};
use crate::syntax::json;
use crate::terraform::{self, Configuration, Defaults, Directories, Directory, Given, plan};
use crate::text::Mapped;

mod aws_json;
mod mentions;
mod shapes;
mod terraform_resource;

/// What was read of JSON files, for reading only those again whose texts have changed. Good for one line of
/// [`Sources::with_texts`], whose files keep their ids.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    json: FxHashMap<FileId, Arc<ReadJson>>,
}

/// What a JSON file holds.
#[derive(Debug)]
struct ReadJson {
    text: Arc<str>,
    asked: Asked,
    documents: Vec<Document>,
    problems: Vec<Problem>,
}

/// Reads the files asked for, and all that they refer to, into documents.
pub fn read(sources: &Sources) -> Documents {
    read_again(sources, &mut Memory::default())
}

/// Reads the files as [`read`] does, those that are remembered from memory.
pub fn read_again(sources: &Sources, memory: &mut Memory) -> Documents {
    let mut documents = Documents::default();
    let mut settings = Settings::default();
    read_terraform(sources, &mut settings, &mut documents);
    read_json(sources, sources.inputs(), memory, &mut documents);
    settings.find(sources, &documents.files);
    let asked: FxHashSet<FileId> = sources.inputs().iter().map(|input| input.file).collect();
    let facts = settings.facts().filter(|file| !asked.contains(file));
    let facts: Vec<Input> = facts.map(|file| Input { file, asked: Asked::Found }).collect();
    read_json(sources, &facts, memory, &mut documents);
    let mut seen = FxHashSet::default();
    documents.files.retain(|file| seen.insert(*file));
    settings.find(sources, &documents.files);
    documents.settings = settings;
    documents
}

fn read_json(sources: &Sources, inputs: &[Input], memory: &mut Memory, documents: &mut Documents) {
    let mut embedded: FxHashSet<FileId> = documents.files.iter().copied().collect();
    for input in inputs {
        if !embedded.insert(input.file) {
            continue;
        }
        let source = sources.get(input.file);
        let is_settings = source.path.file_name().is_some_and(|name| name == config::FILE_NAME);
        if terraform::is_terraform(&source.path) || terraform::sets_variables(&source.path) || is_settings {
            continue;
        }
        let remembered = memory.json.get(&input.file);
        let same = |read: &&Arc<ReadJson>| Arc::ptr_eq(&read.text, &source.text) && read.asked == input.asked;
        let read =
            remembered.filter(same).map_or_else(|| Arc::new(ReadJson::of(sources, *input)), Arc::clone);
        let is_ours = !read.documents.is_empty();
        let named_json = input.asked == Asked::Named && !source.text.trim().is_empty();
        if is_ours || (named_json && !read.problems.is_empty()) {
            documents.files.push(input.file);
            documents.problems.extend(read.problems.iter().cloned());
        }
        if let Some(parent) = source.path.parent().filter(|_| is_ours) {
            documents.directories.push((input.file, parent.to_owned()));
        }
        // What a plan does not show of the configuration may refer to any resource.
        let planned = read.documents.iter().filter(|document| document.scope.is_plan());
        let mention =
            |document: &Document| Some(Mention { scope: document.scope, address: document.address.clone()? });
        documents.mentions.extend(planned.filter_map(mention));
        documents.all.extend(read.documents.iter().cloned());
        memory.json.insert(input.file, read);
    }
}

impl ReadJson {
    fn of(sources: &Sources, Input { file, asked }: Input) -> ReadJson {
        let source = sources.get(file);
        let text = Arc::clone(&source.text);
        if asked == Asked::Found && !aws_json::may_concern_ecs(&text) {
            return ReadJson { text, asked, documents: Vec::new(), problems: Vec::new() };
        }
        let parsed = json::parse(&Mapped::file(file, &text));
        let documents = match &parsed.root {
            Some(root) if plan::is_plan(root) => planned(root, file, sources),
            Some(root) => aws_json::documents(root, file),
            None => Vec::new(),
        };
        ReadJson { text, asked, documents, problems: parsed.problems }
    }
}

/// The documents of a Terraform plan.
fn planned(root: &Node, file: FileId, sources: &Sources) -> Vec<Document> {
    let mut documents = Documents::default();
    for resource in plan::resources(root) {
        terraform_resource::lower(&resource, Scope::of_plan(file), sources, &mut documents);
    }
    documents.all
}

fn read_terraform(sources: &Sources, settings: &mut Settings, documents: &mut Documents) {
    let directories = Directories::new(sources);
    let asked = directories.asked_for();
    let called: FxHashSet<PathBuf> =
        asked.iter().flat_map(|directory| directory.called()).map(|path| sources.absolute(&path)).collect();
    let is_root = |index: &usize| !called.contains(&asked[*index].path);
    let roots = (0..asked.len()).filter(is_root).map(|index| asked[index]);
    directories.give(roots.map(|root| (root.path.clone(), given(sources, settings, root))).collect());
    let (mut read, mut foreign) = (BTreeSet::new(), BTreeSet::new());
    for index in (0..asked.len()).filter(is_root) {
        if let Some(others) = read_root(sources, &directories, asked[index], (index, Wanted::Ecs), documents)
        {
            read.insert(index);
            foreign.extend(others);
        }
    }
    // What the values of a root come from in another one is part of the whole, with or without ECS in it.
    while let Some(index) = foreign.pop_first() {
        if read.insert(index) {
            let others = read_root(sources, &directories, asked[index], (index, Wanted::All), documents);
            foreign.extend(others.into_iter().flatten());
        }
    }
    for directory in asked {
        let is_read = directory.bodies.iter().any(|(file, _)| documents.files.contains(file));
        if is_read {
            documents.problems.extend(directory.problems.iter().cloned());
        } else {
            report_broken(directory, sources, documents);
        }
    }
}

/// What sets the variables of a root beside its own files: the settings, and what counts more, the command line.
fn given(sources: &Sources, settings: &mut Settings, root: &Directory) -> Vec<Attribute> {
    let files = settings.var_files(sources, &root.path).into_iter().map(Given::File);
    let all = files.chain(sources.variables().iter().cloned());
    all.flat_map(|given| given.attributes(sources)).collect()
}

/// Which roots are read.
#[derive(Clone, Copy, PartialEq)]
enum Wanted {
    /// Those with something of ECS.
    Ecs,
    /// Any.
    All,
}

/// Adds the documents of a root and of the modules that it calls, if they are wanted. Gives back the numbers of the other
/// roots that its values come from.
fn read_root(
    sources: &Sources,
    directories: &Directories,
    root: &Directory,
    (index, wanted): (usize, Wanted),
    documents: &mut Documents,
) -> Option<Vec<usize>> {
    let scope = Scope::Terraform(u32::try_from(index).unwrap_or(u32::MAX));
    let calls_modules = root.blocks().any(|block| block.kind == "module");
    if wanted == Wanted::Ecs && !root.concerns_ecs() && !calls_modules {
        return None;
    }
    let configuration = Configuration::new(sources, directories, root, Defaults::Count);
    let resources = configuration.resources(terraform_resource::wanted);
    let has_ecs =
        root.concerns_ecs() || resources.iter().any(|resource| resource.kind.starts_with("aws_ecs_"));
    if wanted == Wanted::Ecs && !has_ecs {
        return None;
    }
    documents.files.extend(configuration.files());
    documents.refusals.extend(configuration.refusals());
    documents.unread.extend(configuration.unread());
    let ours =
        resources.iter().filter(|resource| !resource.is_elsewhere && !resource.address.contains("module."));
    documents.roots.push(Root {
        scope,
        region: configuration.region(),
        in_region: ours.map(|resource| resource.address.clone()).collect(),
        is_whole: configuration.is_whole(),
        vpc_modules: configuration.vpc_modules(),
    });
    for resource in &resources {
        terraform_resource::lower(resource, scope, sources, documents);
    }
    documents.calls.extend(calls(&configuration, scope));
    mentions::collect(&configuration, scope, &mut documents.mentions);
    Some(configuration.foreign())
}

/// Every call of a module, in every instance of the module that it stands in.
fn calls(configuration: &Configuration, scope: Scope) -> Vec<ModuleCall> {
    let in_module = |(_, prefix, directory): (usize, &str, &Directory)| -> Vec<ModuleCall> {
        let blocks = directory.blocks().filter(|block| block.kind == "module");
        let call = |block: &Block| {
            let prefix = format_smolstr!("{prefix}module.{}", block.labels.first()?);
            Some(ModuleCall { scope, prefix, at: block.at })
        };
        blocks.filter_map(call).collect()
    };
    configuration.modules().flat_map(in_module).collect()
}

/// The problems of files that nothing of ECS could be read from, where they were named or speak of ECS.
fn report_broken(directory: &Directory, sources: &Sources, documents: &mut Documents) {
    for problem in &directory.problems {
        let file = problem.span.file;
        let named = sources.inputs().iter().any(|input| input.file == file && input.asked == Asked::Named);
        if named || sources.get(file).text.contains("aws_ecs_") {
            documents.problems.push(problem.clone());
            documents.files.push(file);
        }
    }
}
