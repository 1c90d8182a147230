//! Whatever a document came from, it is lowered to the request that AWS would be sent.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::address::{Address, ModulePath, UnitId};
use crate::config::{self, Settings};
use crate::defect;
use crate::parallel;
use crate::project::{Documents, ModuleCall, Root, Scope};
use crate::sources::{Asked, Input, Sources};
use crate::span::FileId;
use crate::syntax::hcl::{Attribute, Block};
use crate::syntax::json;
use crate::terraform::{
    self, Configuration, Defaults, Directories, Directory, Given, ModuleId, Remembered, States, Texts, plan,
};
use crate::text::Mapped;

mod arguments;
mod aws_json;
mod bound;
mod mentions;
mod planned;
mod provider;
mod shapes;
mod terraform_resource;

pub(crate) use arguments::{Argument, arguments};

/// What was read of files, for reading only that again whose texts have changed. Good for one line of
/// [`Sources::with_texts`], whose files keep their ids.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    json: FxHashMap<FileId, Arc<ReadJson>>,
    directories: Remembered,
    /// What sets the variables of roots beside their own files.
    given: Option<BTreeMap<PathBuf, Vec<Attribute>>>,
    roots: FxHashMap<(PathBuf, Wanted), Arc<ReadRoot>>,
}

/// What a JSON file holds.
#[derive(Debug)]
struct ReadJson {
    text: Arc<str>,
    asked: Asked,
    part: Arc<Documents>,
}

/// What a Terraform root holds, with the files that it was read from.
#[derive(Debug)]
struct ReadRoot {
    texts: Texts,
    /// Where all roots keep their states, if that was asked.
    states: Option<States>,
    part: Arc<Documents>,
    /// The other roots that its values come from; none where it is not one that was wanted.
    external: Option<Vec<UnitId>>,
}

/// Reads the files asked for, and all that they refer to, into documents.
pub fn read(sources: &Sources) -> Documents {
    read_again(sources, &mut Memory::default())
}

/// Reads the files as [`read`] does, those that are remembered from memory.
pub fn read_again(sources: &Sources, memory: &mut Memory) -> Documents {
    let mut settings = Settings::default();
    let (mut parts, mut rest) = read_terraform(sources, &mut settings, memory);
    let files = |parts: &[Arc<Documents>], rest: &Documents| -> Vec<FileId> {
        let mut seen = FxHashSet::default();
        let files = parts.iter().flat_map(|part| &part.files).chain(&rest.files).copied();
        files.filter(|file| seen.insert(*file)).collect()
    };
    let mut embedded: FxHashSet<FileId> = files(&parts, &rest).into_iter().collect();
    parts.extend(read_json(sources, sources.inputs(), memory, &mut embedded));
    settings.find(sources, &files(&parts, &rest));
    let asked: FxHashSet<FileId> = sources.inputs().iter().map(|input| input.file).collect();
    let facts = settings.facts().filter(|file| !asked.contains(file));
    let facts: Vec<Input> = facts.map(|file| Input { file, asked: Asked::Found }).collect();
    parts.extend(read_json(sources, &facts, memory, &mut embedded));
    let files = files(&parts, &rest);
    settings.find(sources, &files);
    rest.settings = Arc::new(settings);
    parts.push(Arc::new(rest));
    let mut documents = Documents::join(parts);
    documents.files = files;
    documents
}

/// What each JSON file holds that is ours.
fn read_json(
    sources: &Sources,
    inputs: &[Input],
    memory: &mut Memory,
    embedded: &mut FxHashSet<FileId>,
) -> Vec<Arc<Documents>> {
    let may_be_json = |path: &Path| {
        let is_settings = path.file_name().is_some_and(|name| name == config::FILE_NAME);
        !terraform::is_terraform(path) && !terraform::sets_variables(path) && !is_settings
    };
    let mut inputs: Vec<Input> = inputs.to_vec();
    inputs.retain(|input| embedded.insert(input.file) && may_be_json(&sources.get(input.file).path));
    let read = parallel::map(&inputs, |input| {
        let text = &sources.get(input.file).text;
        let same = |read: &&Arc<ReadJson>| Arc::ptr_eq(&read.text, text) && read.asked == input.asked;
        let known = memory.json.get(&input.file).filter(same);
        known.map_or_else(|| Arc::new(ReadJson::or_broken(sources, *input)), Arc::clone)
    });
    memory.json.extend(inputs.iter().zip(&read).map(|(input, read)| (input.file, Arc::clone(read))));
    let ours = read.iter().filter(|read| !read.part.files.is_empty());
    ours.map(|read| Arc::clone(&read.part)).collect()
}

impl ReadJson {
    /// What a file holds; of one that a defect keeps from being read, that.
    fn or_broken(sources: &Sources, input: Input) -> ReadJson {
        defect::caught(|| ReadJson::of(sources, input)).unwrap_or_else(|defect| {
            let part = Documents::broken(vec![input.file], "reading this file", &defect).into();
            ReadJson { text: Arc::clone(&sources.get(input.file).text), asked: input.asked, part }
        })
    }

    fn of(sources: &Sources, Input { file, asked }: Input) -> ReadJson {
        let source = sources.get(file);
        let text = Arc::clone(&source.text);
        let mut part = Documents::default();
        if asked == Asked::Found && !aws_json::may_concern_ecs(&source.path, &text) {
            return ReadJson { text, asked, part: part.into() };
        }
        let parsed = json::parse(&Mapped::file(file, &text));
        match &parsed.root {
            Some(root) if plan::is_plan(root) => planned::read(root, file, sources, &mut part),
            Some(root) => part.all = aws_json::documents(root, file),
            None => {}
        }
        let is_ours = !part.all.is_empty();
        let named_json = asked == Asked::Named && !text.trim().is_empty();
        if is_ours || (named_json && !parsed.problems.is_empty()) {
            part.files.push(file);
            part.problems = parsed.problems;
        }
        bound::bound(&mut part);
        if let Some(parent) = source.path.parent().filter(|_| is_ours) {
            part.directories.push((file, parent.to_owned()));
        }
        ReadJson { text, asked, part: part.into() }
    }
}

/// What each Terraform root holds, and what is wrong with files whichever root they belong to.
fn read_terraform(
    sources: &Sources,
    settings: &mut Settings,
    memory: &mut Memory,
) -> (Vec<Arc<Documents>>, Documents) {
    let before = std::mem::take(&mut memory.directories);
    let directories = Directories::new(sources, &before);
    let asked = directories.asked_for();
    let called: FxHashSet<PathBuf> =
        asked.iter().flat_map(|directory| directory.called()).map(|path| sources.absolute(&path)).collect();
    let roots: Vec<&Directory> =
        asked.iter().copied().filter(|directory| !called.contains(&directory.path)).collect();
    let given = roots.iter().map(|root| (root.path.clone(), given(sources, settings, root)));
    directories.give(given.collect());
    // What is given may reach any root, by way of another one.
    if memory.given.as_ref() != directories.all_given() {
        memory.roots.clear();
        memory.given = directories.all_given().cloned();
    }
    let mut parts = Vec::new();
    let (mut read, mut external) = (BTreeSet::<UnitId>::new(), BTreeSet::<UnitId>::new());
    for (directory, root) in roots.iter().zip(memory.roots(sources, &directories, &roots, Wanted::Ecs)) {
        if let Some(others) = &root.external {
            read.insert(directory.unit());
            external.extend(others);
            parts.push(Arc::clone(&root.part));
        }
    }
    // What the values of a root come from in another one is part of the whole, with or without ECS in it.
    while !external.is_empty() {
        let named = std::mem::take(&mut external);
        let is_new = |root: &&Directory| named.contains(&root.unit()) && read.insert(root.unit());
        let new: Vec<&Directory> = asked.iter().copied().filter(is_new).collect();
        for root in memory.roots(sources, &directories, &new, Wanted::All) {
            external.extend(root.external.iter().flatten());
            parts.push(Arc::clone(&root.part));
        }
    }
    let files: FxHashSet<FileId> = parts.iter().flat_map(|part| &part.files).copied().collect();
    let mut rest = Documents::default();
    for directory in asked {
        rest.defects.extend(directory.defects.iter().cloned());
        if directory.bodies.iter().any(|(file, _)| files.contains(file)) {
            rest.problems.extend(directory.problems.iter().cloned());
        } else {
            report_broken(directory, sources, &mut rest);
        }
    }
    memory.directories = directories.remembered();
    (parts, rest)
}

/// What sets the variables of a root beside its own files: the settings, and what counts more, the command line.
fn given(sources: &Sources, settings: &mut Settings, root: &Directory) -> Vec<Attribute> {
    let files = settings.var_files(sources, &root.path).into_iter().map(Given::File);
    let all = files.chain(sources.variables().iter().cloned());
    all.flat_map(|given| given.attributes(sources)).collect()
}

/// Which roots are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Wanted {
    /// Those with something of ECS.
    Ecs,
    /// Any.
    All,
}

impl Memory {
    /// Some of the directories that were asked for as roots, each read again only if something has changed that it was
    /// read from.
    fn roots(
        &mut self,
        sources: &Sources,
        directories: &Directories,
        roots: &[&Directory],
        wanted: Wanted,
    ) -> Vec<Arc<ReadRoot>> {
        let same = |read: &&Arc<ReadRoot>| {
            terraform::are_same(&read.texts, sources)
                && read.states.as_ref().is_none_or(|states| states == directories.states())
        };
        let key = |root: &Directory| (root.path.clone(), wanted);
        let read = parallel::map(roots, |root| match self.roots.get(&key(root)).filter(same) {
            Some(read) => Arc::clone(read),
            None => Arc::new(ReadRoot::or_broken(sources, directories, root, wanted)),
        });
        self.roots.extend(roots.iter().zip(&read).map(|(root, read)| (key(root), Arc::clone(read))));
        read
    }
}

impl ReadRoot {
    /// What a root holds; of one that a defect keeps from being read, that.
    fn or_broken(sources: &Sources, directories: &Directories, root: &Directory, wanted: Wanted) -> ReadRoot {
        let read = defect::caught(|| ReadRoot::of(sources, directories, root, wanted));
        read.unwrap_or_else(|defect| {
            let files = root.bodies.iter().map(|(file, _)| *file).collect();
            let part = Documents::broken(files, "reading this root module", &defect).into();
            ReadRoot { texts: root.texts.clone(), states: None, part, external: Some(Vec::new()) }
        })
    }

    fn of(sources: &Sources, directories: &Directories, root: &Directory, wanted: Wanted) -> ReadRoot {
        let mut part = Documents::default();
        let configuration = Configuration::new(sources, directories, root, Defaults::Count);
        let external = read_root(&configuration, root, wanted, &mut part);
        part.all.shrink_to_fit();
        ReadRoot { texts: configuration.texts(), states: configuration.states(), part: part.into(), external }
    }
}

/// Adds the documents of a root and of the modules that it calls, if they are wanted. Gives back the other roots that its
/// values come from.
fn read_root(
    configuration: &Configuration,
    root: &Directory,
    wanted: Wanted,
    documents: &mut Documents,
) -> Option<Vec<UnitId>> {
    let scope = Scope::Terraform(root.unit());
    let calls_modules = root.blocks().any(|block| block.kind == "module");
    if wanted == Wanted::Ecs && !root.concerns_ecs() && !calls_modules {
        return None;
    }
    let resources = configuration.resources(terraform_resource::wanted);
    let is_ecs = |address: &Address| address.resource.kind.starts_with("aws_ecs_");
    let has_ecs = root.concerns_ecs() || resources.iter().any(|resource| is_ecs(&resource.address));
    if wanted == Wanted::Ecs && !has_ecs {
        return None;
    }
    documents.files.extend(configuration.files());
    documents.refusals.extend(configuration.refusals());
    let unread = configuration.unread();
    documents.roots.push(Root {
        scope,
        regions: configuration.regions(),
        is_whole: unread.is_empty(),
        vpc_modules: configuration.vpc_modules(),
    });
    for resource in &resources {
        terraform_resource::lower(resource, scope, configuration.sources(), documents);
    }
    documents.strays.extend(provider::strays(configuration));
    bound::bound(documents);
    documents.unread.extend(unread);
    documents.calls.extend(calls(configuration, scope));
    mentions::collect(configuration, scope, &mut documents.mentions);
    Some(configuration.external())
}

/// Every call of a module, in every instance of the module that it stands in.
fn calls(configuration: &Configuration, scope: Scope) -> Vec<ModuleCall> {
    let in_module = |(_, around, directory): (ModuleId, &ModulePath, &Directory)| -> Vec<ModuleCall> {
        let blocks = directory.blocks().filter(|block| block.kind == "module");
        let call = |block: &Block| {
            let path = around.child(block.labels.first()?.clone(), None);
            Some(ModuleCall { scope, path, at: block.at })
        };
        blocks.filter_map(call).collect()
    };
    configuration.modules().flat_map(in_module).collect()
}

/// The problems of files that nothing of ECS could be read from, where they were named or speak of ECS.
fn report_broken(directory: &Directory, sources: &Sources, documents: &mut Documents) {
    for problem in &directory.problems {
        let file = problem.span.file;
        if sources.asked(file) == Some(Asked::Named) || sources.get(file).text.contains("aws_ecs_") {
            documents.problems.push(problem.clone());
            documents.files.push(file);
        }
    }
}
