//! Files that ecspresso deploys, which are named in its configuration.

use std::path::Path;

use crate::resource::Traits;
use crate::source::Sources;

/// The names of the configuration.
const CONFIGURATIONS: [&str; 3] = ["ecspresso.yml", "ecspresso.yaml", "ecspresso.json"];

/// The settings that name a file.
const SETTINGS: [&str; 2] = ["service_definition", "task_definition"];

/// ecspresso decodes JSON like Go: keys match regardless of their case, and unknown keys are ignored.
pub(super) static TRAITS: Traits = Traits { matches_keys_loosely: true, ..Traits::AS_WRITTEN };

/// Returns `true` if a configuration of ecspresso in the same directory names the file.
pub(super) fn names(sources: &Sources, path: &Path) -> bool {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return false };
    CONFIGURATIONS.iter().any(|configuration| {
        let file = sources.load(&path.with_file_name(configuration));
        file.is_ok_and(|file| sources.get(file).text.lines().any(|line| sets(line, name)))
    })
}

/// Returns `true` if a line of YAML or JSON sets one of the settings to a file.
fn sets(line: &str, name: &str) -> bool {
    let is_mark = |c: char| c.is_whitespace() || "\"',".contains(c);
    // JSON may have several settings on a line.
    line.split([',', '{', '}']).filter_map(|part| part.split_once(':')).any(|(setting, value)| {
        let value = value.trim_matches(is_mark).trim_start_matches("./");
        SETTINGS.contains(&setting.trim_matches(is_mark)) && value == name
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_in_yaml_and_json() {
        assert!(sets("service_definition: ecs-service-def.json", "ecs-service-def.json"));
        assert!(sets("  \"task_definition\": \"./task.json\",", "task.json"));
        assert!(!sets("cluster: task.json", "task.json"));
    }
}
