//! How values are written in the picture: without credentials, and on one line.

use crate::report::obeyed::one_line;
use crate::secrets::Redactor;
use crate::value::{Node, NodeKind, Part, Unknown};
use crate::view::View;

/// The most characters of one text. Longer names say nothing in a picture.
const MAX_LENGTH: usize = 120;

/// Writes values.
#[derive(Clone, Copy)]
pub(super) struct Pen<'r> {
    /// The credentials of the run.
    pub redactor: &'r Redactor,
}

impl Pen<'_> {
    /// A text.
    pub fn text(&self, text: &str) -> String {
        let shown = one_line(&self.redactor.redact(text));
        match shown.char_indices().nth(MAX_LENGTH) {
            Some((end, _)) => format!("{}…", &shown[..end]),
            None => shown,
        }
    }

    /// A value: its text, or the name of what defines it.
    pub fn value(&self, node: &Node) -> String {
        let text = match &node.kind {
            NodeKind::Null => "null".to_owned(),
            NodeKind::Bool(value) => value.to_string(),
            NodeKind::Number(number) => number.to_string(),
            NodeKind::String(text) => text.to_string(),
            NodeKind::Text(text) => text.parts.iter().map(part).collect(),
            NodeKind::Unknown(why) => node.called().unwrap_or_else(|| why.name()).to_string(),
            NodeKind::Array(_) | NodeKind::Object(_) => "…".to_owned(),
        };
        let text = self.redactor.redact_about(&text, [node.at].into_iter()).into_owned();
        self.text(&text)
    }

    /// A member of an object; `None` if it certainly is not there.
    pub fn member(&self, view: View, key: &str) -> Option<String> {
        let entry = view.entry(key).filter(|entry| !entry.value.is_missing())?;
        Some(self.value(&entry.value))
    }
}

fn part(part: &Part) -> String {
    match part {
        Part::Known { text, .. } | Part::Unknown(Unknown::Placeholder(text), _) => text.to_string(),
        Part::Unknown(why, _) => format!("${{{}}}", why.name()),
        Part::Json(_) | Part::Base64(_) => "…".to_owned(),
    }
}

/// An amount of memory for people: 512 MiB, 1 GiB.
pub(super) fn memory(mib: i64) -> String {
    match mib % 512 {
        0 if mib >= 1024 => format!("{} GiB", thousandths(mib * 1000 / 1024)),
        _ => format!("{mib} MiB"),
    }
}

/// CPU units for people: 0.25 vCPU.
pub(super) fn cpu(units: i64) -> String {
    format!("{} vCPU", thousandths(units.saturating_mul(1000) / 1024))
}

/// A number of thousandths, without zeros at the end.
fn thousandths(number: i64) -> String {
    let text = format!("{}.{:03}", number / 1000, number % 1000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_written_as_in_the_console() {
        let sizes = [memory(512), memory(1024), memory(2560), memory(700), cpu(256), cpu(4096), cpu(2)];
        assert_eq!(sizes, ["512 MiB", "1 GiB", "2.5 GiB", "700 MiB", "0.25 vCPU", "4 vCPU", "0.001 vCPU"]);
    }
}
