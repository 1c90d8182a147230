//! The limits of CloudFormation on the size of a template.

use crate::cloudformation::stack::Stack;
use crate::value::Entry;

/// The largest number of members of each section.
const SECTIONS: &[(&str, &str, usize)] = &[
    ("Resources", "resources", 500),
    ("Parameters", "parameters", 200),
    ("Outputs", "outputs", 200),
    ("Mappings", "maps", 200),
];

/// The largest length of the description, in bytes.
const MAX_DESCRIPTION: usize = 1_024;

impl Stack<'_> {
    /// Reports what the template has too much of; `resources` is the number of its resources, with those of loops.
    pub(super) fn reject_limits(&self, resources: usize) {
        for (section, what, most) in SECTIONS {
            let written = self.template.section(section).len();
            let count = if *section == "Resources" { resources } else { written };
            if count > *most
                && let Some(entry) = self.template.root.entry(section)
            {
                let message = format!("a template can have at most {most} {what} (got {count})");
                self.reject(entry.key_at, message, None);
            }
        }
        let description = self.template.root.entry("Description");
        let length = |entry: &Entry| entry.value.as_str().map_or(0, str::len);
        if let Some(entry) = description.filter(|entry| length(entry) > MAX_DESCRIPTION) {
            let message = format!("the description can have at most 1,024 bytes (got {})", length(entry));
            self.reject(entry.key_at, message, None);
        }
    }
}
