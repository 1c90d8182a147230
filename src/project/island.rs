//! Which documents can know of each other. What is found in one island depends on nothing outside of it, since its rules
//! see nothing else, so that it need not be judged again while its files stay as they are.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::address::UnitId;
use crate::project::Documents;

/// The parts of a run, those together that name each other.
pub(crate) fn islands(parts: &[Arc<Documents>]) -> Vec<Vec<Arc<Documents>>> {
    let mut bridges = Bridges { leads: (0..parts.len()).collect() };
    bridges.join_answers(parts);
    bridges.join_families(parts);
    bridges.join_ids(parts);
    bridges.join_roots(parts);
    let mut islands: FxHashMap<usize, Vec<Arc<Documents>>> = FxHashMap::default();
    let mut order = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let island = bridges.end(index);
        let members = islands.entry(island).or_insert_with(|| {
            order.push(island);
            Vec::new()
        });
        members.push(Arc::clone(part));
    }
    order.iter().filter_map(|island| islands.remove(island)).collect()
}

/// Which part each part leads to; one that leads to itself is the end.
struct Bridges {
    leads: Vec<usize>,
}

impl Bridges {
    fn end(&mut self, mut part: usize) -> usize {
        while self.leads[part] != part {
            self.leads[part] = self.leads[self.leads[part]];
            part = self.leads[part];
        }
        part
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.end(one), self.end(other));
        self.leads[one.max(other)] = one.min(other);
    }

    /// AWS's answers know each other by names of many kinds.
    fn join_answers(&mut self, parts: &[Arc<Documents>]) {
        let mut answers = (0..parts.len()).filter(|index| parts[*index].kinship().is_answer);
        if let Some(first) = answers.next() {
            answers.for_each(|other| self.join(first, other));
        }
    }

    fn join_families(&mut self, parts: &[Arc<Documents>]) {
        let mut known: FxHashMap<u64, usize> = FxHashMap::default();
        for (index, part) in parts.iter().enumerate() {
            for family in &part.kinship().families {
                let first = *known.entry(*family).or_insert(index);
                self.join(first, index);
            }
        }
        for (index, part) in parts.iter().enumerate() {
            for family in &part.kinship().named {
                if let Some(first) = known.get(family) {
                    self.join(*first, index);
                }
            }
        }
    }

    fn join_ids(&mut self, parts: &[Arc<Documents>]) {
        let mut known: FxHashMap<u64, usize> = FxHashMap::default();
        for (index, part) in parts.iter().enumerate() {
            for id in &part.kinship().ids {
                let first = *known.entry(*id).or_insert(index);
                self.join(first, index);
            }
        }
        if known.is_empty() {
            return;
        }
        for (index, part) in parts.iter().enumerate() {
            for said in &part.kinship().said {
                if let Some(first) = known.get(said) {
                    self.join(*first, index);
                }
            }
        }
    }
}

impl Bridges {
    /// Terraform roots of which one takes values of the other's resources.
    fn join_roots(&mut self, parts: &[Arc<Documents>]) {
        let mut known: FxHashMap<UnitId, usize> = FxHashMap::default();
        for (index, part) in parts.iter().enumerate() {
            known.extend(part.roots.iter().map(|root| (root.scope.unit(), index)));
        }
        for (index, part) in parts.iter().enumerate() {
            for root in &part.kinship().external {
                if let Some(other) = known.get(root) {
                    self.join(*other, index);
                }
            }
        }
    }
}

impl Documents {
    /// All that some parts hold.
    pub(crate) fn join(parts: Vec<Arc<Documents>>) -> Documents {
        let mut joined = Documents::default();
        for part in &parts {
            joined.all.extend(part.all.iter().cloned());
            joined.problems.extend(part.problems.iter().cloned());
            joined.refusals.extend(part.refusals.iter().cloned());
            joined.mentions.extend(part.mentions.iter().cloned());
            joined.roots.extend(part.roots.iter().cloned());
            joined.directories.extend(part.directories.iter().cloned());
            joined.calls.extend(part.calls.iter().cloned());
            joined.unread.extend(part.unread.iter().copied());
            joined.strays.extend(part.strays.iter().cloned());
            joined.defects.extend(part.defects.iter().cloned());
            joined.left_out.extend(part.left_out.iter().copied());
            // Only one part has any: what belongs to no file of its own.
            if part.settings.is_set() {
                joined.settings = Arc::clone(&part.settings);
            }
        }
        joined.parts = parts;
        joined
    }
}
