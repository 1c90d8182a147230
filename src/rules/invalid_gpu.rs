//! See `rules/invalid-gpu.md`.

use super::prelude::*;

/// Reports invalid requirements for GPUs and Neuron devices.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.containers() {
        for requirement in container.view.list("resourceRequirements").objects() {
            let found = match requirement.str("type") {
                Known("GPU", _) => gpu(requirement),
                Known("NeuronDevice", _) => neuron(requirement),
                Known(kind, place) if kind != "InferenceAccelerator" => {
                    let message = format!(
                        "invalid resource requirement type `{kind}`: expected `GPU` or `NeuronDevice`"
                    );
                    Some(Finding::at(place, message))
                }
                _ => None,
            };
            report.extend(found);
        }
    }
}

fn gpu(requirement: View) -> Option<Finding> {
    let [value, strategy] = requirement.fields(["value", "sharingStrategy"]);
    let help = format!("set `{value}` to the number of GPUs, such as `1`");
    match (value.scalar(), strategy.any()) {
        (Missing, Missing) => {
            let message = format!("`{value}` is required for a GPU requirement");
            Some(Finding::at(requirement.heading("type"), message).help(help))
        }
        (Known(_, place), Known(_, sharing)) => Some(
            Finding::at(place, format!("`{value}` and `{strategy}` cannot both be set"))
                .label(sharing, "the sharing strategy")
                .help(format!("remove `{value}` or `{strategy}`")),
        ),
        (Known(text, place), _) if !is_number(text) && !text.eq_ignore_ascii_case("ALL") => {
            let message = format!("invalid number of GPUs `{text}`: expected a positive whole number");
            Some(Finding::at(place, message).help(help))
        }
        _ => None,
    }
}

/// Whether the text is a positive whole number. A word without a digit is a placeholder in a template.
fn is_number(text: &str) -> bool {
    let is_word = !text.contains(|letter: char| letter.is_ascii_digit());
    is_word || text.trim().parse::<i64>().is_ok_and(|number| number > 0)
}

fn neuron(requirement: View) -> Option<Finding> {
    let Known(text, place) = requirement.scalar("value") else { return None };
    let is_other = text != "ALL" && text.contains(|letter: char| letter.is_ascii_digit());
    is_other.then(|| {
        Finding::at(place, format!("invalid number of Neuron devices `{text}`: expected `ALL`")).help(
            format!(
                "set `{}` to `ALL`; a container uses either all Neuron devices of the instance or none",
                requirement.field("value")
            ),
        )
    })
}
