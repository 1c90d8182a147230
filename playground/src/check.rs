//! Checks files, and answers requests about them.

use ecslint::diagnostic::Safety;
use ecslint::inspect;
use serde::{Deserialize, Serialize};

use crate::project::{File, Project};

/// What the page requests.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", tag = "request")]
enum Request {
    /// The findings in these files; later requests are about the same files.
    Check { files: Vec<File>, today: i64 },
    /// What is at a place: a line and a column of a file, both from 1.
    Hover { file: String, line: u32, column: u32 },
    /// The picture of the services, as SVG; `null` if there are none.
    Picture,
    /// The files with all fixes applied, except those that are less safe.
    Fix { least: Least },
}

/// The least safety of the fixes to apply.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Least {
    Safe,
    Unsafe,
}

/// The changed files.
#[derive(Serialize)]
struct Fixed {
    count: usize,
    files: Vec<File>,
}

/// What is at a place, with its offsets in UTF-16 units, as JavaScript counts them.
#[derive(Serialize)]
struct Shown {
    from: usize,
    to: usize,
    markdown: String,
}

/// The files of the page, and what was found in them.
#[derive(Debug, Default)]
pub struct Playground {
    project: Option<Project>,
}

impl Playground {
    /// Answers a request. The answer is `null` if there is nothing to say, or if the request is not valid.
    pub fn answer(&mut self, request: &str) -> String {
        match serde_json::from_str(request) {
            Ok(Request::Check { files, today }) => self.check(files, today),
            Ok(Request::Hover { file, line, column }) => json(&self.hover(&file, line, column)),
            Ok(Request::Picture) => json(&self.project.as_ref().and_then(Project::picture)),
            Ok(Request::Fix { least }) => json(&self.fix(least)),
            Err(_) => json(&()),
        }
    }

    fn check(&mut self, files: Vec<File>, today: i64) -> String {
        let project = Project::new(files, today, self.project.as_ref());
        let report = project.report();
        self.project = Some(project);
        report
    }

    fn hover(&self, file: &str, line: u32, column: u32) -> Option<Shown> {
        let project = self.project.as_ref()?;
        let point = project.point(file, line, column)?;
        let (place, said) = inspect::describe(project.snapshot(), point);
        let place = place.filter(|place| place.file == point.file)?;
        let text = &project.snapshot().sources.get(point.file).text;
        let units = |end: u32| text.get(..end as usize).map_or(0, |text| text.encode_utf16().count());
        Some(Shown { from: units(place.start), to: units(place.end), markdown: said.join("\n\n---\n\n") })
    }

    fn fix(&self, least: Least) -> Option<Fixed> {
        let least = match least {
            Least::Safe => Safety::Safe,
            Least::Unsafe => Safety::Unsafe,
        };
        self.project.as_ref().map(|project| {
            let (count, files) = project.fixed(least);
            Fixed { count, files }
        })
    }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

#[cfg(test)]
mod tests;
