//! Runs the rules, island by island. An island that was judged before is not judged again while its files stay as they
//! are.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::config::Config;
use crate::defect;
use crate::diagnostic::Diagnostic;
use crate::model;
use crate::parallel;
use crate::project::{Around, Documents, Looked, islands};
use crate::rules::{self, Judged, RULES, Rule, Undecided};
use crate::sources::Sources;
use crate::span::Span;

/// What was found in the islands of an earlier run. Good for the files that it was found in: the parts of an island are
/// told by where they lie, which stays theirs while they are held here.
#[derive(Clone, Debug, Default)]
pub(crate) struct Verdicts {
    /// By the place of the first part.
    islands: FxHashMap<usize, Arc<Island>>,
    around: Around,
    runs: Vec<bool>,
}

/// What was found in an island.
#[derive(Debug, Default)]
pub(crate) struct Island {
    parts: Vec<Arc<Documents>>,
    looked: Looked,
    /// By rule.
    pub diagnostics: Vec<Diagnostic>,
    /// By rule.
    pub undecided: Vec<Undecided>,
    /// Where credentials stand.
    pub hidden: Vec<Span>,
}

/// Judges all documents; what is known from before is taken over, and what is found now is kept.
pub(crate) fn judge(
    sources: &Sources,
    documents: &Documents,
    config: &Config,
    verdicts: &mut Verdicts,
) -> Vec<Arc<Island>> {
    let runs: Vec<bool> = RULES.iter().map(|rule| config.runs(rule, &documents.settings)).collect();
    if runs != verdicts.runs {
        *verdicts = Verdicts { runs, ..Verdicts::default() };
    }
    let before = std::mem::take(&mut verdicts.islands);
    let around = Around::of(documents);
    let all = islands(&documents.parts);
    let find = |parts: &Vec<Arc<Documents>>| {
        let known = before.get(&key(parts))?;
        known.still_holds(parts, &verdicts.around, &around).then(|| Arc::clone(known))
    };
    let known: Vec<Option<Arc<Island>>> = all.iter().map(find).collect();
    let new: Vec<Arc<Documents>> =
        all.iter().zip(&known).filter(|(_, known)| known.is_none()).map(|(parts, _)| whole(parts)).collect();
    let work = Work { rules: RULES, around: &around, sources, runs: &verdicts.runs };
    let mut judged = parallel::map(&new, |documents| work.judge(documents)).into_iter();
    let mut islands = Vec::new();
    for (parts, known) in all.into_iter().zip(known) {
        islands.extend(known.or_else(|| judged.next().map(|judged| Arc::new(Island { parts, ..judged }))));
    }
    verdicts.islands = islands.iter().map(|island| (key(&island.parts), Arc::clone(island))).collect();
    verdicts.around = around;
    islands
}

/// Where the first part lies; no other island has it.
fn key(parts: &[Arc<Documents>]) -> usize {
    parts.first().map_or(0, |part| Arc::as_ptr(part).addr())
}

/// The documents of an island.
fn whole(parts: &[Arc<Documents>]) -> Arc<Documents> {
    match parts {
        [only] => Arc::clone(only),
        several => Arc::new(Documents::join(several.to_vec())),
    }
}

impl Island {
    fn still_holds(&self, parts: &[Arc<Documents>], before: &Around, around: &Around) -> bool {
        let is_same = self.parts.len() == parts.len()
            && self.parts.iter().zip(parts).all(|(ours, theirs)| Arc::ptr_eq(ours, theirs));
        is_same && before.is_same(around, self.looked)
    }
}

/// What islands are judged by.
struct Work<'w> {
    rules: &'static [Rule],
    around: &'w Around,
    sources: &'w Sources,
    runs: &'w [bool],
}

impl Work<'_> {
    /// What is found in an island: by rule, whichever thread ran it.
    fn judge(&self, documents: &Documents) -> Island {
        let rules: Vec<&'static Rule> =
            self.rules.iter().zip(self.runs).filter(|(_, runs)| **runs).map(|(rule, _)| rule).collect();
        let judge = |rule: &&'static Rule| rules::judge(rule, documents, self.around, self.sources);
        // An island alone may be all there is: its rules are shared out too.
        let judged: Vec<Judged> = match documents.all.len() < MANY {
            true => rules.iter().map(judge).collect(),
            false => parallel::map(&rules, judge),
        };
        let mut island = Island::default();
        judged.into_iter().chain([hidden(documents, self.sources)]).for_each(|judged| island.take(judged));
        island
    }
}

/// From this many documents on the rules of an island are shared out among threads.
const MANY: usize = 64;

/// What no report may show of an island. Where that cannot be told, it is all of its files.
fn hidden(documents: &Documents, sources: &Sources) -> Judged {
    match defect::caught(|| model::hidden(documents)) {
        Ok(mut hidden) => {
            hidden.extend(&documents.left_out);
            Judged { hidden, ..Judged::default() }
        }
        Err(defect) => {
            let all = documents.files.iter().map(|file| Span::new(*file, 0, sources.get(*file).text.len()));
            let found = defect.finding("the search for credentials", documents.place());
            Judged { hidden: all.collect(), diagnostics: vec![found], ..Judged::default() }
        }
    }
}

impl Island {
    fn take(&mut self, judged: Judged) {
        self.looked = self.looked.or(judged.looked);
        self.diagnostics.extend(judged.diagnostics);
        self.undecided.extend(judged.undecided);
        self.hidden.extend(judged.hidden);
    }
}

#[cfg(test)]
mod tests;
