//! Every error that AWS has returned is reported by a rule, or there is a reason why it cannot be detected in files.

use std::collections::BTreeMap;

use ecslint::error_lookup::{Row, table};
use ecslint::rules::{self, RULES};

fn rows() -> BTreeMap<u16, Row> {
    table().map(|row| (row.number, row)).collect()
}

#[test]
fn every_row_has_its_number_and_a_condition() {
    let numbers: Vec<u16> = table().map(|row| row.number).collect();
    let lines = include_str!("../../rules/errors.tsv").lines().count() - 1;
    assert_eq!(numbers, (1..=u16::try_from(lines).unwrap()).collect::<Vec<_>>());
    for row in table() {
        assert!(!row.condition.is_empty(), "row {} has no condition", row.number);
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
fn rules_that_rows_name_exist() {
    for row in table() {
        for name in row.rules.split_whitespace() {
            assert!(rules::find(name).is_some(), "row {} names {name}, which does not exist", row.number);
        }
    }
}

#[test]
fn every_row_is_found_by_a_rule_or_has_a_reason() {
    let is_open = |row: &Row| row.reason.is_empty() && row.rules().is_empty();
    let open: Vec<String> =
        table().filter(is_open).map(|row| format!("{}: {}", row.number, row.condition)).collect();
    assert!(open.is_empty(), "{} rows are open:\n{}", open.len(), open.join("\n"));
}
