//! Every error that AWS has returned is reported by a rule, or there is a reason why it cannot be detected in files.

use std::collections::BTreeMap;

use ecslint::error_lookup::{Row, matches, table};
use ecslint::rules::{self, RULES};
use rayon::prelude::*;

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

/// Errors as people paste them, each with the rules that find the cause, the best first; `-` if there is none. The sentences are
/// those of AWS and Terraform, with other names.
const PASTED: &str = include_str!("../data/aws-errors.tsv");

#[test]
fn a_pasted_error_leads_to_the_rule_that_finds_its_cause() {
    let rows: Vec<(&str, &str)> = PASTED.lines().skip(1).map(|line| line.split_once('\t').unwrap()).collect();
    let judged = rows.par_iter().map(|(text, expected)| {
        let matches = matches(text);
        let first =
            matches.first().map(|found| (found.rules.first().map_or("-", |rule| rule.name), found.is_exact));
        let is_right = first.is_some_and(|(rule, _)| expected.split('|').any(|name| name == rule));
        let is_misleading = first.is_some_and(|(_, is_exact)| is_exact) && !is_right;
        (*expected != "-", is_right, is_misleading, format!("{text}\n  {first:?}, expected {expected}\n"))
    });
    let judged: Vec<(bool, bool, bool, String)> = judged.collect();
    let misleading: String = judged.iter().filter(|row| row.2).map(|row| row.3.as_str()).collect();
    assert!(misleading.is_empty(), "presented as exact:\n{misleading}");
    let covered: Vec<_> = judged.iter().filter(|row| row.0).collect();
    let wrong: Vec<_> = covered.iter().filter(|row| !row.1).map(|row| row.3.as_str()).collect();
    assert!(
        covered.len() >= 60 && wrong.len() * 20 <= covered.len(),
        "{} of {}:\n{}",
        wrong.len(),
        covered.len(),
        wrong.concat()
    );
}
