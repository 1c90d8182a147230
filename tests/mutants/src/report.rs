//! The results: a file of all mutants, the figures of each area, and the survivors without an explanation.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::place::Place;
use crate::sample::{AREAS, SEED, Sample, area};

/// The word of a mutant that no test notices.
pub const SURVIVED: &str = "survived";

/// What happened to each mutant, by its key: the test that failed, or [`SURVIVED`].
pub type Results = BTreeMap<String, String>;

pub fn read(path: &Path) -> Results {
    let text = fs::read_to_string(path).unwrap_or_default();
    let row = |line: &str| {
        let (rest, verdict) = line.rsplit_once('\t')?;
        Some((rest.split_once('\t')?.1.to_owned(), verdict.to_owned()))
    };
    text.lines().filter_map(row).collect()
}

/// Each line has the line of the mutant, its key, and the verdict.
pub fn write(path: &Path, sample: &Sample, results: &Results) {
    let rows = sample.values().filter_map(|place| {
        let verdict = results.get(&place.key())?;
        Some(format!("{}\t{}\t{verdict}\n", place.line, place.key()))
    });
    fs::write(path, rows.collect::<String>()).expect("`target` can be written");
}

/// Prints the figures. Returns whether every survivor is explained, and at most 5 % survived.
pub fn print(sample: &Sample, results: &Results, explained: &str) -> bool {
    let explained: BTreeMap<&str, &str> =
        explained.lines().filter_map(|line| line.rsplit_once('\t')).collect();
    let survived = |place: &&Place| results.get(&place.key()).is_some_and(|verdict| verdict == SURVIVED);
    let survivors: Vec<&Place> = sample.values().filter(survived).collect();
    let (known, new): (Vec<&Place>, Vec<&Place>) =
        survivors.iter().partition(|place| explained.contains_key(place.key().as_str()));
    for place in &new {
        println!("survived: {}:{}: {}", place.file, place.line, place.key());
    }
    for key in explained.keys().filter(|key| !known.iter().any(|place| place.key() == **key)) {
        println!("no longer in the sample, or killed: {key}");
    }
    println!(
        "seed {SEED}\n{:<12} {:>8} {:>8} {:>10} {:>10}",
        "area", "mutants", "killed", "survived", "explained"
    );
    let row = |name: &str, is_in: &dyn Fn(&Place) -> bool| {
        let count = |places: &mut dyn Iterator<Item = &Place>| places.filter(|place| is_in(place)).count();
        let all = count(&mut sample.values());
        let (left, known) = (count(&mut survivors.iter().copied()), count(&mut known.iter().copied()));
        println!("{name:<12} {all:>8} {:>8} {left:>10} {known:>10}", all - left);
    };
    for (index, one) in AREAS.iter().enumerate() {
        row(one.name, &|place| area(&place.file) == Some(index));
    }
    row("all", &|_| true);
    new.is_empty() && survivors.len() * 20 <= sample.len()
}
