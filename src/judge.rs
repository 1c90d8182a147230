//! Runs the rules, island by island. An island that was judged before is not judged again while its files stay as they
//! are.

use std::num::NonZero;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use rustc_hash::FxHashMap;

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::model;
use crate::project::{Around, Documents, Looked, islands};
use crate::rules::{self, Judged, RULES, Undecided};
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

/// From this many documents on the work is shared out among threads; less is done before a thread has started.
const MANY: usize = 64;

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
    let mut judged =
        Work { islands: &new, around: &around, sources, runs: &verdicts.runs }.done().into_iter();
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

/// Islands to be judged.
struct Work<'w> {
    islands: &'w [Arc<Documents>],
    around: &'w Around,
    sources: &'w Sources,
    runs: &'w [bool],
}

impl Work<'_> {
    /// Does it; each thread takes the next piece that nobody has taken.
    fn done(&self) -> Vec<Island> {
        let threads = match self.islands.iter().map(|documents| documents.all.len()).sum::<usize>() < MANY {
            true => 1,
            false => thread::available_parallelism().map_or(1, NonZero::get),
        };
        let next = AtomicUsize::new(0);
        let work = || {
            let mut done: Vec<(usize, Piece)> = Vec::new();
            loop {
                let index = next.fetch_add(1, Ordering::Relaxed);
                let Some(documents) = self.islands.get(index / STEPS) else { return done };
                done.extend(self.piece(documents, index % STEPS).map(|piece| (index, piece)));
            }
        };
        let mut done = thread::scope(|scope| {
            let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
            let mut done = work();
            for other in others {
                done.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            }
            done
        });
        // The order is that of the islands, and in each of the rules, whoever did what.
        done.sort_by_key(|(index, _)| *index);
        let mut islands: Vec<Island> = self.islands.iter().map(|_| Island::default()).collect();
        for (index, piece) in done {
            islands[index / STEPS].take(piece);
        }
        islands
    }

    /// What one rule finds in an island, or what is hidden there.
    fn piece(&self, documents: &Documents, step: usize) -> Option<Piece> {
        let Some(rule) = RULES.get(step) else { return Some(Piece::Hidden(model::hidden(documents))) };
        self.runs[step].then(|| Piece::Judged(rules::judge(rule, documents, self.around, self.sources)))
    }
}

/// The pieces of work of an island: each rule, and what is hidden.
const STEPS: usize = RULES.len() + 1;

/// What comes of one piece of work.
enum Piece {
    Judged(Judged),
    Hidden(Vec<Span>),
}

impl Island {
    fn take(&mut self, piece: Piece) {
        match piece {
            Piece::Judged(judged) => {
                self.looked = self.looked.or(judged.looked);
                self.diagnostics.extend(judged.diagnostics);
                self.undecided.extend(judged.undecided);
            }
            Piece::Hidden(spans) => self.hidden = spans,
        }
    }
}
