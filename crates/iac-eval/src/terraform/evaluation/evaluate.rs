//! Evaluates one root module in one call.

use std::path::Path;

use crate::source::{FileId, Sources, Span};
use crate::syntax::SyntaxError;
use crate::terraform::{
    Configuration, Defaults, Directories, DirectoryCache, ModuleId, Provider, Resource, Scenario,
    is_terraform,
};
use crate::value::Node;

/// The result of evaluating a root module and the modules that it calls.
#[derive(Debug)]
pub struct Evaluated {
    /// The resources and data sources, those of the root module first.
    pub resources: Vec<Resource>,
    /// The outputs of the root module, as one object.
    pub outputs: Node,
    /// The syntax errors of the files that were read.
    pub syntax_errors: Vec<SyntaxError>,
    /// Errors in declarations and expressions that Terraform certainly rejects, and evaluation limits that were
    /// reached.
    pub errors: Vec<SyntaxError>,
    /// The module calls whose sources are not among the files.
    pub unread_calls: Vec<Span>,
}

/// Evaluates the root module in a directory, with the variables that its `.tfvars` files set; `None` if there are no
/// `.tf` files. Files that the sources do not contain are read from disk where [`Sources::allow`] permits it.
///
/// [`Configuration`] does the same in steps: it keeps what was read for the next run, and accepts more variables.
///
/// ```
/// use std::path::Path;
///
/// use iac_eval::source::Sources;
/// use iac_eval::terraform::{NoProvider, evaluate};
///
/// let mut sources = Sources::new("/app");
/// sources.add(Path::new("main.tf"), r#"output "port" { value = 8000 + 80 }"#);
/// let root = evaluate(&sources, Path::new("."), &NoProvider).expect("there is a .tf file");
/// assert_eq!(root.outputs.to_json().to_string(), r#"{"port":8080}"#);
/// ```
pub fn evaluate(sources: &Sources, root: &Path, provider: &dyn Provider) -> Option<Evaluated> {
    // Another root module in the sources may own the state that this one reads.
    let files: Vec<FileId> = sources.files().filter(|file| is_terraform(&sources.get(*file).path)).collect();
    let cache = DirectoryCache::new();
    let directories = Directories::new(sources, &cache, &files);
    let directory = directories.get(root)?;
    let scenario = Scenario::default();
    let configuration =
        Configuration::new(sources, &directories, provider, directory, &scenario, Defaults::Count);
    let resources = configuration.resources();
    let (file, _) = directory.bodies.first()?;
    let outputs = configuration.outputs(ModuleId::ROOT, Span::new(*file, 0, 0));
    let syntax_errors = configuration.read_from().flat_map(|directory| directory.errors.iter().cloned());
    Some(Evaluated {
        resources,
        outputs,
        syntax_errors: syntax_errors.collect(),
        errors: configuration.errors(),
        unread_calls: configuration.unread_calls().into_iter().map(|call| call.at).collect(),
    })
}
