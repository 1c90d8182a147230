//! The conditions of a statement that the files decide. A condition whose key has an unknown value may be met.

use crate::policy::{Fit, Pattern, Request, Selector};

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

/// The condition keys that only requests of AWS services have. AWS (IAM user guide, global condition keys): "the `aws:SourceAccount`
/// condition key is only available when the call to your resource is made directly by an AWS service principal". The developer guide
/// of ECS recommends them in the policies of task roles too, so they decide nothing there.
const OF_SERVICES: [&str; 4] =
    ["aws:SourceArn", "aws:SourceAccount", "aws:SourceOrgID", "aws:SourceOrgPaths"];

/// The condition keys that requests of AWS services never have.
const OF_CALLERS: [&str; 1] = ["sts:ExternalId"];

impl Condition {
    /// A condition that nothing in the files decides.
    pub fn undecided() -> Condition {
        Condition { operator: String::new(), key: String::new(), values: Selector::everything() }
    }

    /// Whether a request meets the condition.
    pub fn fit(&self, request: &Request) -> Fit {
        let Some((_, value)) = request.context.iter().find(|(key, _)| key.eq_ignore_ascii_case(&self.key))
        else {
            let is_one_of = |keys: &[&str]| keys.iter().any(|key| key.eq_ignore_ascii_case(&self.key));
            let is_absent = (request.is_by_role() && is_one_of(&OF_SERVICES))
                || (request.is_by_service() && is_one_of(&OF_CALLERS));
            return if is_absent { self.fit_of_absence() } else { Fit::Maybe };
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
            "stringlike" => self.values.fit(value),
            "arnlike" | "arnequals" => self.values.fit_by(|pattern| pattern.fit_arn(value)),
            "stringnotlike" => self.values.fit(value).negated(),
            "arnnotlike" | "arnnotequals" => self.values.fit_by(|pattern| pattern.fit_arn(value)).negated(),
            "null" => self.says_null().negated(),
            _ => Fit::Maybe,
        }
    }

    /// Whether a request without the key meets the condition. AWS (IAM user guide, condition operators): "If the key that you specify
    /// in a policy condition is not present in the request context, the values do not match and the condition is false. If the policy
    /// condition requires that the key is not matched […], and the right key is not present, the condition is true."
    fn fit_of_absence(&self) -> Fit {
        let operator = self.operator.to_ascii_lowercase();
        let comparisons = ["string", "arn", "bool", "numeric", "date", "ipaddress", "notipaddress", "binary"];
        if operator == "null" {
            return self.says_null();
        }
        if operator.starts_with("foranyvalue:") {
            return Fit::Never;
        }
        if operator.starts_with("forallvalues:") || operator.ends_with("ifexists") {
            return Fit::Always;
        }
        match comparisons.iter().any(|start| operator.starts_with(start)) {
            true if operator.contains("not") => Fit::Always,
            true => Fit::Never,
            false => Fit::Maybe,
        }
    }

    /// Whether the operator `Null` requires that the key is absent.
    fn says_null(&self) -> Fit {
        self.values.clone().map(|value| value.literal().lowercase()).fit(&Pattern::text("true"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn condition(operator: &str, key: &str, value: &str) -> Condition {
        Condition { operator: operator.to_owned(), key: key.to_owned(), values: Selector::known([value]) }
    }

    fn request(principal: Option<Pattern>) -> Request<'static> {
        let context = vec![("iam:PassedToService", Pattern::text("ecs-tasks.amazonaws.com"))];
        Request { principal, action: "iam:PassRole".into(), resource: Pattern::text("*"), context }
    }

    fn fit(operator: &str, value: &str) -> Fit {
        condition(operator, "iam:passedtoservice", value).fit(&request(None))
    }

    fn fit_of_absent(operator: &str, value: &str) -> Fit {
        condition(operator, "aws:SourceAccount", value)
            .fit(&request(Some(Pattern::text("AWS arn:aws:iam::"))))
    }

    #[test]
    fn a_role_has_no_source_account() {
        assert_eq!(fit_of_absent("StringEquals", "111122223333"), Fit::Never);
        assert_eq!(fit_of_absent("StringNotEquals", "111122223333"), Fit::Always);
        assert_eq!(fit_of_absent("StringEqualsIfExists", "111122223333"), Fit::Always);
        assert_eq!(fit_of_absent("ForAnyValue:StringNotEquals", "111122223333"), Fit::Never);
        assert_eq!(fit_of_absent("ForAllValues:StringEquals", "111122223333"), Fit::Always);
        assert_eq!(fit_of_absent("Null", "true"), Fit::Always);
        assert_eq!(fit_of_absent("Null", "false"), Fit::Never);
        assert_eq!(fit_of_absent("Misspelt", "false"), Fit::Maybe);
        let by_service = request(Some(Pattern::text("Service events.amazonaws.com")));
        let of_account = condition("StringEquals", "aws:SourceAccount", "111122223333");
        assert_eq!(of_account.fit(&by_service), Fit::Maybe);
        assert_eq!(of_account.fit(&request(None)), Fit::Maybe);
    }

    #[test]
    fn conditions_with_a_known_key_are_decided() {
        assert_eq!(fit("StringEquals", "ecs-tasks.amazonaws.com"), Fit::Always);
        assert_eq!(fit("StringLikeIfExists", "ecs-*"), Fit::Always);
        assert_eq!(fit("StringEquals", "ecs-*"), Fit::Never);
        assert_eq!(fit("StringNotEquals", "ecs.amazonaws.com"), Fit::Always);
        assert_eq!(fit("StringEquals", "ecs.amazonaws.com"), Fit::Never);
        assert_eq!(fit("ForAnyValue:StringEquals", "ecs.amazonaws.com"), Fit::Maybe);
        assert_eq!(fit("Null", "false"), Fit::Always);
        assert_eq!(Condition::undecided().fit(&request(None)), Fit::Maybe);
    }
}
