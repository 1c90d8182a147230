//! Documents that a defect has kept from being read, and a place for what is said of them.

use crate::defect::Defect;
use crate::project::Documents;
use crate::span::{FileId, Span};

impl Documents {
    /// Files that could not be read because of a defect.
    pub(crate) fn broken(files: Vec<FileId>, what: &str, defect: &Defect) -> Documents {
        let mut broken = Documents { files, ..Documents::default() };
        broken.defects.push(defect.finding(what, broken.place()));
        broken
    }

    /// A place in them, for what is about all of them.
    pub(crate) fn place(&self) -> Span {
        let documents = self.all.iter().map(|document| document.title);
        let problems = self.problems.iter().chain(&self.refusals).map(|problem| problem.span);
        let files = self.files.iter().map(|file| Span::new(*file, 0, 0));
        documents.chain(problems).chain(files).next().unwrap_or_else(|| Span::new(FileId(0), 0, 0))
    }
}
