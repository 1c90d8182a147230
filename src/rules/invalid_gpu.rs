//! See `rules/invalid-gpu.md`.

use super::prelude::*;

/// Reports GPUs and Neuron devices that are asked for in a way that says nothing.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.containers() {
        for requirement in container.view.list("resourceRequirements").objects() {
            let found = match requirement.str("type") {
                Known("GPU", _) => gpu(requirement),
                Known("NeuronDevice", _) => neuron(requirement),
                Known(kind, place) if kind != "InferenceAccelerator" => Some(
                    Finding::at(place, format!("`{kind}` is no kind of device that ECS has"))
                        .help("write `GPU` or `NeuronDevice`"),
                ),
                _ => None,
            };
            report.extend(found);
        }
    }
}

fn gpu(requirement: View) -> Option<Finding> {
    let help = "write the number of GPUs, such as `1`";
    match (requirement.scalar("value"), requirement.any("sharingStrategy")) {
        (Missing, Missing) => {
            Some(Finding::at(requirement.heading("type"), "a GPU is asked for without a number").help(help))
        }
        (Known(_, place), Known(_, sharing)) => Some(
            Finding::at(place, "a number of GPUs beside a way to share one")
                .label(sharing, "the way to share one")
                .help("keep one of the two"),
        ),
        (Known(text, place), _) if !is_number(text) && !text.eq_ignore_ascii_case("ALL") => {
            Some(Finding::at(place, format!("`{text}` is no number of GPUs")).help(help))
        }
        _ => None,
    }
}

/// A word without a digit is a template's, to be filled in.
fn is_number(text: &str) -> bool {
    let is_word = !text.contains(|letter: char| letter.is_ascii_digit());
    is_word || text.trim().parse::<i64>().is_ok_and(|number| number > 0)
}

fn neuron(requirement: View) -> Option<Finding> {
    let Known(text, place) = requirement.scalar("value") else { return None };
    let is_other = text != "ALL" && text.contains(|letter: char| letter.is_ascii_digit());
    is_other.then(|| {
        Finding::at(place, format!("`{text}` Neuron devices cannot be asked for"))
            .help("write `ALL`; a container has all of the instance's or none")
    })
}
