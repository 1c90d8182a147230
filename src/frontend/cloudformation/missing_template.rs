//! Paths of nested templates at which nothing is.

use crate::cloudformation::Template;
use crate::source::Sources;
use crate::suggest::nearest;
use crate::syntax::SyntaxError;
use crate::value::{Entry, Node};

/// The extensions of templates.
const EXTENSIONS: &[&str] = &[".yaml", ".yml", ".json", ".template"];

/// The shortest name that is taken for a misspelled one, in bytes.
const MIN_NAME: usize = 5;

/// The `TemplateURL`s of a template that are misspelled paths of files. Another path may be that of a file which a program makes.
pub(super) fn refused(template: &Template, sources: &Sources) -> Vec<SyntaxError> {
    let resources = template.section("Resources").iter();
    resources.filter_map(|entry| missing(entry, template, sources)).collect()
}

fn missing(entry: &Entry, template: &Template, sources: &Sources) -> Option<SyntaxError> {
    let kind = entry.value.get("Type").and_then(Node::as_str);
    let url = entry.value.get("Properties")?.get("TemplateURL")?;
    let path = url.as_str().filter(|_| kind == Some("AWS::CloudFormation::Stack"))?;
    let is_local = !path.contains("://") && !path.starts_with('/') && !path.contains(['$', '{', '%']);
    if !is_local || !EXTENSIONS.iter().any(|extension| path.ends_with(extension)) {
        return None;
    }
    let wanted = sources.absolute(&sources.get(template.file).path.parent()?.join(path));
    if sources.load(&wanted).is_ok() {
        return None;
    }
    let listed = sources.list(wanted.parent()?);
    let stem = wanted.file_stem()?.to_str().filter(|stem| stem.len() >= MIN_NAME)?;
    let stems: Vec<&str> = listed.iter().filter_map(|path| path.file_stem()?.to_str()).collect();
    let near = nearest(stem, stems)?;
    let near = listed.iter().find(|path| path.file_stem().is_some_and(|stem| stem == near))?;
    let help = Some(format!("did you mean `{}`?", near.file_name()?.to_string_lossy()));
    Some(SyntaxError { help, ..SyntaxError::rejected(url.at, format!("there is no file `{path}`")) })
}
