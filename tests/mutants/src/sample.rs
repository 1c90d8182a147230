//! Which mutants are tested.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::find;
use crate::place::Place;

/// Another seed is another sample.
pub const SEED: u64 = 17;

/// The mutants that are tested, by their numbers.
pub type Sample = BTreeMap<u64, Place>;

/// A part of the code, and the number of its mutants that are tested. The first area that has a file counts it.
#[derive(Debug)]
pub struct Area {
    pub name: &'static str,
    pub directory: &'static str,
    pub wanted: usize,
}

pub const AREAS: &[Area] = &[
    Area { name: "evaluator", directory: "crates/iac-eval/src", wanted: 160 },
    Area { name: "links", directory: "src/model/links", wanted: 60 },
    Area { name: "model", directory: "src/model", wanted: 40 },
    Area { name: "settings", directory: "src/config", wanted: 30 },
    Area { name: "rules", directory: "src/rules", wanted: 90 },
    Area { name: "front ends", directory: "src/frontend", wanted: 40 },
    Area { name: "workspace", directory: "src/workspace", wanted: 15 },
    Area { name: "engine", directory: "src/engine", wanted: 20 },
];

pub fn area(file: &str) -> Option<usize> {
    let is_in =
        |area: &Area| file.strip_prefix(area.directory).is_some_and(|rest| rest.starts_with(['/', '.']));
    AREAS.iter().position(is_in)
}

/// The places of each area, those to test first. The order depends only on the seed and on the text of each place, so a change
/// of the code changes the sample little.
pub fn all(root: &Path, files: &[String]) -> Vec<Vec<Place>> {
    let mut areas: BTreeMap<usize, Vec<Place>> = BTreeMap::new();
    for file in files {
        let is_code = file.ends_with(".rs") && !file.ends_with("/tests.rs") && !file.contains("/tests/");
        if let (true, Some(area)) = (is_code, area(file)) {
            let text = fs::read_to_string(root.join(file)).expect("git lists the file");
            areas.entry(area).or_default().extend(find::places(file, &text));
        }
    }
    let mut places: Vec<Vec<Place>> = areas.into_values().collect();
    assert_eq!(places.len(), AREAS.len(), "an area has no files");
    for places in &mut places {
        places.sort_by_cached_key(Place::number);
    }
    places
}
