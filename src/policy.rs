//! Policy documents of AWS, evaluated as IAM does, where any part may be unknown. No part of it knows the links between
//! resources: a caller says which ARN a reference stands for.

mod condition;
mod difference;
mod evaluate;
mod fit;
mod managed;
mod names;
mod pattern;
mod selector;
mod statement;

pub use condition::Condition;
pub use evaluate::{Action, Denial, Near, Policy, Request, Verdict, evaluate};
pub use fit::Fit;
pub use managed::managed;
pub use names::{NameFault, name_fault};
pub use pattern::{Expand, OWN_NAME, Pattern, Token};
pub use selector::{Listed, Selector};
pub use statement::{Effect, Statement};
