//! Every error that AWS has returned is reported by a rule, or there is a reason why it cannot be detected in files.

use std::collections::BTreeMap;

use ecslint::rules::{self, RULES};

/// One row of `tests/evidence.tsv`.
struct Row {
    condition: &'static str,
    /// The rules that report it, or will report it once they exist.
    rules: Vec<&'static str>,
    /// Why no rule can report it.
    reason: &'static str,
}

fn rows() -> BTreeMap<u16, Row> {
    let lines = include_str!("../evidence.tsv").lines().skip(1);
    let rows = lines.map(|line| {
        let [number, condition, rules, reason] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("not four columns: {line}");
        };
        (number.parse().unwrap(), Row { condition, rules: rules.split_whitespace().collect(), reason })
    });
    rows.collect()
}

fn claims(row: u16) -> impl Iterator<Item = &'static str> {
    RULES.iter().filter(move |rule| rule.evidence.contains(&row)).map(|rule| rule.name)
}

#[test]
fn every_row_has_a_condition_and_a_rule_or_a_reason() {
    let rows = rows();
    assert_eq!(rows.keys().copied().collect::<Vec<_>>(), (1..=335).collect::<Vec<_>>());
    for (number, row) in rows {
        assert!(!row.condition.is_empty(), "row {number} has no condition");
        let told = claims(number).next().is_some() || !row.rules.is_empty() || !row.reason.is_empty();
        assert!(told, "row {number} ({}) has neither a rule nor a reason", row.condition);
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
fn every_row_is_claimed_or_cannot_be_told() {
    let open: Vec<String> = rows()
        .into_iter()
        .filter(|(number, row)| row.reason.is_empty() && claims(*number).next().is_none())
        .map(|(number, row)| {
            let there = row.rules.iter().filter(|name| rules::find(name).is_some()).copied();
            let there = there.collect::<Vec<_>>().join(" ");
            format!("{number}: {} ({}; there: {there})", row.condition, row.rules.join(" "))
        })
        .collect();
    assert!(open.is_empty(), "{} rows are open:\n{}", open.len(), open.join("\n"));
}
