//! The packages for other package managers agree with Cargo.toml.

use std::fs;
use std::path::Path;

use serde_json::Value;

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

#[test]
fn every_package_has_one_version() {
    let version = env!("CARGO_PKG_VERSION");
    let npm: Value = serde_json::from_str(&read("npm/ecslint/package.json")).unwrap();
    let platforms: Value = serde_json::from_str(&read("npm/platforms.json")).unwrap();
    assert_eq!(npm["version"], version);
    let wanted = npm["optionalDependencies"].as_object().unwrap();
    assert!(wanted.values().all(|wanted| wanted == version));
    let names: Vec<String> =
        platforms.as_object().unwrap().keys().map(|platform| format!("@ecslint/{platform}")).collect();
    assert_eq!(wanted.keys().collect::<Vec<_>>(), names.iter().collect::<Vec<_>>());
    assert!(read("packaging/pre-commit/pyproject.toml").contains(&format!("\"ecslint=={version}\"")));
    assert!(read("templates/ecslint.yml").contains(&format!("default: \"{version}\"")));
    assert!(read("action.yml").contains(&format!("default: {version}\n")));
}

#[test]
fn every_target_that_is_packed_is_built() {
    let release = read(".github/workflows/release.yml");
    let platforms: Value = serde_json::from_str(&read("npm/platforms.json")).unwrap();
    let action = read("action.yml");
    for target in platforms.as_object().unwrap().values() {
        let target = target.as_str().unwrap();
        assert!(release.contains(&format!("{{ target: {target}, system:")), "{target}");
        assert!(action.contains(&format!("target={target} ")), "{target}");
    }
}

#[test]
fn nothing_claims_to_be_published() {
    let readme = read("README.md");
    assert!(readme.contains("No release has been published yet."));
    for command in ["pip install ecslint", "npm install ecslint", "npm i ecslint", "brew install"] {
        assert!(!readme.contains(command), "{command}");
    }
    for page in ["docs/src/install.md", "docs/src/ci.md"] {
        let page = read(page).replace('\n', " ").to_lowercase();
        assert!(page.contains("no release has been published yet."), "{page}");
    }
}
