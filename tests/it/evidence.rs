//! Every error in the table of AWS's errors is found by a rule, or there is a reason why files cannot show it.

use std::collections::BTreeMap;

use ecslint::error_lookup::{Row, table};
use ecslint::rules::{self, RULES};

fn rows() -> BTreeMap<u16, Row> {
    table().map(|row| (row.number, row)).collect()
}

fn claims(row: u16) -> impl Iterator<Item = &'static str> {
    RULES.iter().filter(move |rule| rule.evidence.contains(&row)).map(|rule| rule.name)
}

#[test]
fn every_row_has_a_condition_and_a_rule_or_a_reason() {
    let numbers: Vec<u16> = table().map(|row| row.number).collect();
    let lines = include_str!("../../rules/errors.tsv").lines().count() - 1;
    assert_eq!(numbers, (1..=u16::try_from(lines).unwrap()).collect::<Vec<_>>());
    for row in table() {
        assert!(!row.condition.is_empty(), "row {} has no condition", row.number);
        let is_covered =
            claims(row.number).next().is_some() || !row.rules.is_empty() || !row.reason.is_empty();
        assert!(is_covered, "row {} ({}) has neither a rule nor a reason", row.number, row.condition);
    }
}

#[test]
fn pages_claim_rows_of_the_table() {
    let rows = rows();
    for rule in RULES {
        for row in rule.evidence {
            assert!(rows.contains_key(row), "rules/{}.md claims row {row}, which does not exist", rule.name);
        }
    }
}

#[test]
fn every_row_is_found_by_a_rule_or_has_a_reason() {
    let open: Vec<String> = rows()
        .into_iter()
        .filter(|(number, row)| row.reason.is_empty() && claims(*number).next().is_none())
        .map(|(number, row)| {
            let there = row.rules.split_whitespace().filter(|name| rules::find(name).is_some());
            let there = there.collect::<Vec<_>>().join(" ");
            format!("{number}: {} ({}; there: {there})", row.condition, row.rules)
        })
        .collect();
    assert!(open.is_empty(), "{} rows are open:\n{}", open.len(), open.join("\n"));
}
