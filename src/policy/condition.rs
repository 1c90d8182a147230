//! The conditions of a statement that the files decide. A condition whose key has an unknown value may be met.

use crate::policy::{Fit, Pattern, Selector};

/// A condition: a key of the request must have one of some values.
#[derive(Clone, Debug)]
pub struct Condition {
    /// The operator, such as `StringLike`.
    pub operator: String,
    /// The key, such as `iam:PassedToService`.
    pub key: String,
    /// The values.
    pub values: Selector,
}

/// The known keys of a request, each with its value.
pub type Context = [(&'static str, Pattern)];

impl Condition {
    /// A condition that nothing in the files decides.
    pub fn undecided() -> Condition {
        Condition { operator: String::new(), key: String::new(), values: Selector::everything() }
    }

    /// Whether a request meets the condition.
    pub fn fit(&self, context: &Context) -> Fit {
        let Some((_, value)) = context.iter().find(|(key, _)| key.eq_ignore_ascii_case(&self.key)) else {
            return Fit::Maybe;
        };
        let operator = self.operator.to_ascii_lowercase();
        let operator = operator.strip_suffix("ifexists").unwrap_or(&operator);
        let exact = || self.values.clone().map(Pattern::literal).fit(value);
        let in_lowercase =
            || self.values.clone().map(|it| it.literal().lowercase()).fit(&value.clone().lowercase());
        match operator {
            "stringequals" => exact(),
            "stringnotequals" => exact().negated(),
            "stringequalsignorecase" | "bool" => in_lowercase(),
            "stringnotequalsignorecase" => in_lowercase().negated(),
            "stringlike" | "arnlike" | "arnequals" => self.values.fit(value),
            "stringnotlike" | "arnnotlike" | "arnnotequals" => self.values.fit(value).negated(),
            _ => Fit::Maybe,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit(operator: &str, value: &str) -> Fit {
        let values = Selector::known([value]);
        let condition =
            Condition { operator: operator.to_owned(), key: "iam:passedtoservice".to_owned(), values };
        condition.fit(&[("iam:PassedToService", Pattern::text("ecs-tasks.amazonaws.com"))])
    }

    #[test]
    fn conditions_with_a_known_key_are_decided() {
        assert_eq!(fit("StringEquals", "ecs-tasks.amazonaws.com"), Fit::Always);
        assert_eq!(fit("StringLikeIfExists", "ecs-*"), Fit::Always);
        assert_eq!(fit("StringEquals", "ecs-*"), Fit::Never);
        assert_eq!(fit("StringNotEquals", "ecs.amazonaws.com"), Fit::Always);
        assert_eq!(fit("StringEquals", "ecs.amazonaws.com"), Fit::Never);
        assert_eq!(fit("ForAnyValue:StringEquals", "ecs.amazonaws.com"), Fit::Maybe);
        assert_eq!(Condition::undecided().fit(&[]), Fit::Maybe);
    }
}
