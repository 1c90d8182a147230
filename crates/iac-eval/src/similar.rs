//! "Did you mean …?"

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

/// The maximum number of names that one name is compared with.
const MAX_COMPARED: usize = 400;

/// The name that differs least from another; `None` if all differ much. Of very many names, only the first are compared.
pub(crate) fn closest<'n>(name: &str, all: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let lower = name.to_ascii_lowercase();
    let distance = |other: &str| strsim::osa_distance(&lower, &other.to_ascii_lowercase());
    let allowed = 1 + name.len() / 4;
    let similar = all.take(MAX_COMPARED).filter(|other| other.len().abs_diff(name.len()) <= allowed * 4);
    let near = similar.map(|other| (distance(other), other)).min()?;
    (near.0 <= allowed).then_some(near.1)
}

/// Names that can be found by a misspelling, however many they are.
#[derive(Debug, Default)]
pub(crate) struct Names<'n> {
    /// By the hash of a name's letters, and of these without one letter: two names in which one letter differs have one in common.
    by_letters: FxHashMap<u64, Vec<&'n str>>,
}

impl<'n> Names<'n> {
    pub(crate) fn new(all: impl Iterator<Item = &'n str>) -> Names<'n> {
        let mut by_letters: FxHashMap<u64, Vec<&str>> = FxHashMap::default();
        for name in all {
            for variant in variants(name) {
                by_letters.entry(variant).or_default().push(name);
            }
        }
        Names { by_letters }
    }

    /// The name that was certainly meant: one letter differs, or only separators and capitals do, and the digits are the same.
    pub(crate) fn misspelled(&self, name: &str) -> Option<&'n str> {
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let is_meant = |other: &&&str| {
            let is_near = name.len() > 2 && strsim::osa_distance(name, other) == 1;
            digits(name) == digits(other) && (letters(name) == letters(other) || is_near)
        };
        let similar =
            variants(name).into_iter().filter_map(|variant| self.by_letters.get(&variant)).flatten();
        let mut meant = similar.filter(is_meant);
        let only = meant.next()?;
        meant.all(|other| other == only).then_some(*only)
    }
}

fn letters(name: &str) -> String {
    name.to_ascii_lowercase().replace(['_', '-'], "")
}

/// Hashes of the letters of a name, and of these without each. Nobody misspells a name of more than 256 bytes.
fn variants(name: &str) -> Vec<u64> {
    let letters = letters(name);
    let without = |(at, letter): (usize, char)| hash(&[&letters[..at], &letters[at + letter.len_utf8()..]]);
    let mut variants: Vec<u64> = letters.char_indices().filter(|_| name.len() <= 256).map(without).collect();
    variants.push(hash(&[&letters]));
    variants.sort_unstable();
    variants.dedup();
    variants
}

fn hash(parts: &[&str]) -> u64 {
    let mut hasher = FxHasher::default();
    parts.iter().flat_map(|part| part.bytes()).for_each(|byte| byte.hash(&mut hasher));
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_if_one_letter_differs() {
        let names = Names::new(["web_cluster", "queue", "subnet_1", "aa", "logs_a", "logs_b"].into_iter());
        for name in ["web_clustr", "web_clusters", "wbe_cluster", "web_clustex", "web-cluster", "webCluster"]
        {
            assert_eq!(names.misspelled(name), Some("web_cluster"), "{name}");
        }
        // Another number, too short, and two candidates.
        for name in ["subnet_2", "ab", "logs_c", "database", "que"] {
            assert_eq!(names.misspelled(name), None, "{name}");
        }
    }
}
