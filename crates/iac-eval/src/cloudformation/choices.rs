//! The choices that evaluation met, and the assumptions that it follows.

use std::cell::RefCell;

use crate::choice::{Assumed, Assumption, Choice, Subject, of_subject};
use crate::value::Node;

/// The largest number of values of one subject that are followed; beyond it, a map is a table of facts, such as the images of each
/// Region.
const MAX_ALTERNATIVES: usize = 12;

/// The assumptions of an evaluation, and the choices that it met.
#[derive(Debug, Default)]
pub(super) struct Choices {
    assumptions: Vec<Assumption>,
    offered: RefCell<Vec<(Subject, Offers)>>,
    promised: RefCell<Vec<Choice>>,
}

/// The values of a subject that a template distinguishes.
#[derive(Debug, Default)]
pub(super) struct Offers {
    /// All values that it can have; `None` if it can have others than those it is compared with.
    pub closed: Option<Vec<Node>>,
    /// The values that it is compared with.
    pub open: Vec<Node>,
}

impl Choices {
    pub(super) fn new(assumptions: Vec<Assumption>) -> Choices {
        Choices { assumptions, offered: RefCell::default(), promised: RefCell::default() }
    }

    pub(super) fn assumptions(&self) -> &[Assumption] {
        &self.assumptions
    }

    pub(super) fn assumed(&self, subject: &Subject) -> Option<&Assumed> {
        self.assumptions.iter().find(|known| known.subject == *subject).map(|known| &known.value)
    }

    /// Records values of a subject.
    pub(super) fn offer(&self, subject: Subject, add: impl FnOnce(&mut Offers)) {
        add(of_subject(&mut self.offered.borrow_mut(), subject));
    }

    /// Records all values of a subject whose default is used.
    pub(super) fn promise(&self, subject: Subject, values: Vec<Node>) {
        let mut promised = self.promised.borrow_mut();
        let is_new = promised.iter().all(|known| known.subject != subject);
        if is_new && (2..=MAX_ALTERNATIVES).contains(&values.len()) {
            let alternatives = values.into_iter().map(Assumed::Value).collect();
            promised.push(Choice { subject, alternatives, reads: None, default: None });
        }
    }

    pub(super) fn promised(&self) -> Vec<Choice> {
        self.promised.borrow().clone()
    }

    /// The choices that were met and about which nothing is assumed.
    pub(super) fn met(&self) -> Vec<Choice> {
        let offered = self.offered.borrow();
        let new = offered.iter().filter(|(subject, _)| self.assumed(subject).is_none());
        let choice = |(subject, offers): &(Subject, Offers)| {
            let alternatives = offers.alternatives();
            let is_followed = (2..=MAX_ALTERNATIVES).contains(&alternatives.len());
            is_followed.then(|| Choice { subject: subject.clone(), alternatives, reads: None, default: None })
        };
        new.filter_map(choice).collect()
    }
}

impl Offers {
    /// Adds a value that the subject is compared with.
    pub(super) fn compare(&mut self, value: &Node) {
        if self.open.iter().all(|known| !known.is_same(value)) {
            self.open.push(value.clone());
        }
    }

    fn alternatives(&self) -> Vec<Assumed> {
        match &self.closed {
            Some(values) => values.iter().cloned().map(Assumed::Value).collect(),
            None => {
                let values = self.open.iter().cloned().map(Assumed::Value);
                values.chain([Assumed::Other(self.open.clone())]).collect()
            }
        }
    }
}
