//! Whatever a document came from, it is lowered to the request that AWS would be sent.

use rustc_hash::FxHashSet;

use crate::project::{Documents, Scope};
use crate::sources::{Asked, Sources};
use crate::span::FileId;
use crate::syntax::json;
use crate::terraform::{self, Defaults, Directory, Module};
use crate::text::Mapped;

mod aws_json;
mod mentions;
mod shapes;
mod terraform_resource;

/// Reads the files asked for, and all that they refer to, into documents.
pub fn read(sources: &Sources) -> Documents {
    let mut documents = Documents::default();
    read_terraform(sources, &mut documents);
    read_json(sources, &mut documents);
    documents
}

fn read_json(sources: &Sources, documents: &mut Documents) {
    let embedded: FxHashSet<FileId> = documents.files.iter().copied().collect();
    for input in sources.inputs() {
        let source = sources.get(input.file);
        let is_json = !terraform::is_terraform(&source.path);
        let worth_reading = input.asked == Asked::Named || aws_json::may_concern_ecs(&source.text);
        if !is_json || !worth_reading || embedded.contains(&input.file) {
            continue;
        }
        let parsed = json::parse(&Mapped::file(input.file, &source.text));
        let found = parsed.root.map(|root| aws_json::documents(&root, input.file)).unwrap_or_default();
        let is_ours = !found.is_empty();
        let named_json = input.asked == Asked::Named && !source.text.trim().is_empty();
        if is_ours || (named_json && !parsed.problems.is_empty()) {
            documents.files.push(input.file);
            documents.problems.extend(parsed.problems);
        }
        if let Some(parent) = source.path.parent().filter(|_| is_ours) {
            documents.directories.push((input.file, parent.to_owned()));
        }
        documents.all.extend(found);
    }
}

fn read_terraform(sources: &Sources, documents: &mut Documents) {
    let directories = terraform::directories(sources);
    let called: FxHashSet<_> = directories
        .iter()
        .flat_map(|(path, directory)| directory.called(path))
        .map(|path| sources.absolute(&path))
        .collect();
    for (index, (path, directory)) in directories.iter().enumerate() {
        if !directory.concerns_ecs() {
            report_broken(directory, sources, documents);
            continue;
        }
        let defaults = match called.contains(path) {
            true => Defaults::MayBeSet,
            false => Defaults::Count,
        };
        let scope = Scope::Terraform(u32::try_from(index).unwrap_or(u32::MAX));
        let module = Module::new(sources, path.clone(), directory, defaults);
        documents.problems.extend(directory.problems.iter().cloned());
        documents.files.extend(directory.bodies.iter().map(|(file, _)| *file));
        for resource in module.evaluate() {
            terraform_resource::lower(&resource, scope, sources, documents);
        }
        mentions::collect(directory, scope, &mut documents.mentions);
    }
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
