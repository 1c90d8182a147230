//! What two patterns do not have in common, and whether they certainly mean two resources.

use crate::address::{ResourceRef, SOME_ITEM};
use crate::policy::pattern::{OWN_NAME, Token};
use crate::value::Unknown;

/// Both texts without the same letters at their ends; `None` if two letters there differ, so that no text matches both.
pub(super) fn without_same_letters<'t>(
    mut ours: &'t [Token],
    mut theirs: &'t [Token],
) -> Option<(&'t [Token], &'t [Token])> {
    while let ([Token::Char(one), our_rest @ ..], [Token::Char(other), their_rest @ ..]) = (ours, theirs) {
        if one != other {
            return None;
        }
        (ours, theirs) = (our_rest, their_rest);
    }
    while let ([our_rest @ .., Token::Char(one)], [their_rest @ .., Token::Char(other)]) = (ours, theirs) {
        if one != other {
            return None;
        }
        (ours, theirs) = (our_rest, their_rest);
    }
    Some((ours, theirs))
}

/// Both texts without the parts at their ends that certainly are the same.
pub(super) fn without_same<'t>(mut ours: &'t [Token], mut theirs: &'t [Token]) -> (&'t [Token], &'t [Token]) {
    while let ([one, our_rest @ ..], [other, their_rest @ ..]) = (ours, theirs)
        && (is_same(one, other) || are_fields(one, other))
    {
        (ours, theirs) = (our_rest, their_rest);
    }
    while let ([our_rest @ .., one], [their_rest @ .., other]) = (ours, theirs)
        && (is_same(one, other) || are_fields(one, other))
    {
        (ours, theirs) = (our_rest, their_rest);
    }
    (ours, theirs)
}

/// Fields end at the same colon, so the texts match only if the fields do, and so does the rest.
pub(super) fn are_fields(one: &Token, other: &Token) -> bool {
    is_field(one) && is_field(other)
}

pub(super) fn is_field(token: &Token) -> bool {
    matches!(token, Token::Field | Token::FieldOf(_))
}

/// Both texts without `arn` and the partition, if one of them is unknown: what an account can name is in its own partition.
pub(super) fn without_partition<'t>(ours: &'t [Token], theirs: &'t [Token]) -> (&'t [Token], &'t [Token]) {
    let (Some((one, our_rest)), Some((other, their_rest))) = (partition(ours), partition(theirs)) else {
        return (ours, theirs);
    };
    let is_name =
        |field: &[Token]| field.iter().all(|token| matches!(token, Token::Char(_)) || is_field(token));
    let is_unknown = |field: &[Token]| matches!(field, [only] if is_field(only));
    let is_same = is_name(one) && is_name(other) && (is_unknown(one) || is_unknown(other));
    if is_same { (our_rest, their_rest) } else { (ours, theirs) }
}

/// The partition of an ARN, and what follows it.
pub(super) fn partition(arn: &[Token]) -> Option<(&[Token], &[Token])> {
    let [Token::Char('a'), Token::Char('r'), Token::Char('n'), Token::Char(':'), rest @ ..] = arn else {
        return None;
    };
    let end = rest.iter().position(|token| *token == Token::Char(':'))?;
    Some((&rest[..end], &rest[end..]))
}

/// Returns `true` for the ARNs of two resources of one type that the files create.
pub(super) fn are_arns_of_two(ours: &[Token], theirs: &[Token]) -> bool {
    let of = |tokens: &[Token]| {
        tokens.iter().find_map(|token| match token {
            Token::FieldOf(of) => Some(of.clone()),
            _ => None,
        })
    };
    let is_exact = !ours.contains(&Token::Any) && !theirs.contains(&Token::Any);
    is_exact && of(ours).zip(of(theirs)).is_some_and(|(one, other)| are_two(&one, &other))
}

/// Returns `true` for the names of two resources that the files create and that have no name there: no name that AWS or Terraform
/// chooses is the start of another.
pub(super) fn are_names_of_two(ours: &[Token], theirs: &[Token]) -> bool {
    let own = |token: &Token| match token {
        Token::Hole(name @ Unknown::Attribute { of, attribute }) if attribute == OWN_NAME => {
            name.is_one_value().then(|| of.clone())
        }
        _ => None,
    };
    let pair = ours.first().and_then(own).zip(theirs.first().and_then(own));
    pair.is_some_and(|(one, other)| are_two(&one, &other))
}

/// Returns `true` for two different resources of one type. A resource whose index is unknown may be any of its block.
pub(super) fn are_two(one: &ResourceRef, other: &ResourceRef) -> bool {
    let is_same_type = one.resource.kind == other.resource.kind && one.root == other.root;
    is_same_type && !one.is_data() && !other.is_data() && one.is_certainly_other(other)
}

pub(super) fn is_same(one: &Token, other: &Token) -> bool {
    match (one, other) {
        (Token::Char(one), Token::Char(other)) => one == other,
        (Token::Hole(one), Token::Hole(other)) => one == other && one.is_one_value(),
        (Token::FieldOf(one), Token::FieldOf(other)) => one == other && !one.to_string().contains(SOME_ITEM),
        _ => false,
    }
}
