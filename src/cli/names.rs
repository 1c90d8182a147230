//! Names of rules and categories as arguments. The parser accepts any text, so that the run can suggest similar names;
//! shells complete the existing names.

use std::ffi::OsStr;

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};

use crate::cli::exit::{Failure, nothing_named};
use crate::rules::{self, Category, RULES};

/// The names of all rules.
pub(super) fn rules() -> Vec<&'static str> {
    RULES.iter().map(|rule| rule.name).collect()
}

/// The names of all rules and categories.
pub(super) fn rules_and_categories() -> Vec<&'static str> {
    Category::ALL.iter().map(|category| category.name()).chain(rules()).collect()
}

/// An error if there is no rule and no category of that name.
pub(super) fn expect_rule_or_category(name: &str) -> Result<(), Failure> {
    if rules::find(name).is_some() || Category::parse(name).is_some() {
        return Ok(());
    }
    Err(nothing_named("rule or category", name, rules_and_categories(), "ecslint rules"))
}

/// Accepts any text, and offers names for completion.
#[derive(Clone, Debug)]
pub(super) struct Offered(pub fn() -> Vec<&'static str>);

impl TypedValueParser for Offered {
    type Value = String;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<String, clap::Error> {
        StringValueParser::new().parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new((self.0)().into_iter().map(PossibleValue::new)))
    }
}
