//! Expressions in scripts that a shell, `make`, or a pipeline replaces.

/// The starts of expressions of CircleCI.
const PARAMETERS: &[&str] =
    &["<< matrix.", "<< parameters.", "<< pipeline.", "<<matrix.", "<<parameters.", "<<pipeline."];

/// The length of the expression at the start of a text; 0 if there is none.
pub(super) fn computed(text: &str) -> usize {
    let until = |end: &str| text.find(end).map_or(text.len(), |at| at + end.len());
    match text {
        _ if text.starts_with("${{") || text.starts_with("{{") => until("}}"),
        _ if PARAMETERS.iter().any(|start| text.starts_with(start)) => until(">>"),
        _ if text.starts_with("${") => balanced(text, ['{', '}']),
        _ if text.starts_with("$(") => balanced(text, ['(', ')']),
        _ if text.starts_with("$[") => until("]"),
        // `make` and Windows write one of two characters to the command.
        _ if text.starts_with("$$") => {
            let signs = text.len() - text.trim_start_matches('$').len() - 1;
            signs + computed(&text[signs..])
        }
        _ if text.starts_with("$env:") => "$env:".len() + name_length(&text["$env:".len()..]),
        _ if text.starts_with('$') => {
            let special = text[1..].starts_with(['@', '*', '<', '?', '#', '^', '!']);
            1 + if special { 1 } else { name_length(&text[1..]) }
        }
        _ if text.starts_with('%') => {
            let length = name_length(&text[1..]);
            let is_closed = length > 0 && text[1 + length..].starts_with('%');
            if is_closed { length + 2 } else { 0 }
        }
        _ => 0,
    }
}

fn name_length(text: &str) -> usize {
    text.find(|letter: char| !is_of_name(letter)).unwrap_or(text.len())
}

pub(super) fn is_of_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}

fn balanced(text: &str, [open, close]: [char; 2]) -> usize {
    let mut depth = 0;
    for (at, letter) in text.char_indices() {
        if letter == open {
            depth += 1;
        } else if letter == close {
            depth -= 1;
            if depth == 0 {
                return at + 1;
            }
        }
    }
    text.len()
}

/// The name of the variable that an expression is replaced by; `None` if it is something else.
pub(super) fn variable(text: &str) -> Option<&str> {
    let inner = text.trim_start_matches('$').trim_start_matches("env:").trim_start_matches(['{', '(', '%']);
    let inner = inner.trim_start().trim_start_matches("env.").trim_start_matches('.');
    if ["@", "*", "<"].contains(&inner) {
        return Some(inner);
    }
    // `${{ github.event.inputs.stage }}` is `${{ inputs.stage }}`.
    let inner = inner.strip_prefix("github.event.").unwrap_or(inner);
    let is_member = ["inputs.", "matrix."].iter().any(|object| inner.starts_with(object));
    let length = if is_member {
        inner.find(|letter: char| !is_of_name(letter) && !"-.".contains(letter)).unwrap_or(inner.len())
    } else {
        name_length(inner)
    };
    let (name, rest) = inner.split_at(length);
    let rest = rest.trim_start();
    let is_variable = rest.is_empty()
        || [":-", ":?", "?", "[@]", "[*]", "}", ")", "%"].iter().any(|end| rest.starts_with(end));
    let is_part = rest.starts_with("%/") || rest.starts_with("%.") || rest.starts_with("%%");
    (is_variable && !is_part && !name.is_empty()).then_some(name)
}

/// The commands of `$(commands)`, as bytes of the expression; `None` if it is the name of a variable.
pub(super) fn commands(text: &str) -> Option<std::ops::Range<usize>> {
    let is_substitution = text.starts_with("$(") && !text.starts_with("$((") && text.ends_with(')');
    let start = "$(".len();
    (is_substitution && variable(text).is_none()).then(|| start..text.len() - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_found_in_expressions() {
        let named = [
            "$X",
            "${X}",
            "$(X)",
            "${{ env.X }}",
            "{{ X }}",
            "{{.X}}",
            "%X%",
            "$$X",
            "$env:X",
            "${X:-y}",
            "${X[@]}",
        ];
        for text in named {
            assert_eq!((computed(text), variable(text)), (text.len(), Some("X")), "{text}");
        }
        for text in ["${{ vars.X }}", "$(cat X)", "${X%/*}", "$(cd \"$(dirname \"$0\")\" && pwd)"] {
            assert_eq!((computed(text), variable(text)), (text.len(), None), "{text}");
        }
        assert_eq!(variable("${{ github.event.inputs.my-x }}"), Some("inputs.my-x"));
        assert_eq!(variable("${{ matrix.x.y }}"), Some("matrix.x.y"));
        assert_eq!(commands("$(terraform plan)"), Some(2..16));
    }
}
