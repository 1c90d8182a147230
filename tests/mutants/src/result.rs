//! Values that a function can return instead of its own.

use syn::{GenericArgument, PathArguments, ReturnType, Type};

/// The values for a return type, as source text. There are none for a type that has no obvious ones.
pub fn values(output: &ReturnType) -> Vec<String> {
    match output {
        ReturnType::Default => vec![String::new()],
        ReturnType::Type(_, kind) => of(kind),
    }
}

fn of(kind: &Type) -> Vec<String> {
    let values: &[&str] = match kind {
        Type::Tuple(tuple) if tuple.elems.is_empty() => &["()"],
        Type::Reference(reference) if reference.mutability.is_none() => match &*reference.elem {
            Type::Slice(_) => &["&[]"],
            Type::Path(path) if path.path.is_ident("str") => &["\"\""],
            _ => &[],
        },
        Type::Path(path) => match path.path.segments.last() {
            Some(last) if last.ident == "Result" => {
                return first(last)
                    .map(of)
                    .unwrap_or_default()
                    .iter()
                    .map(|value| format!("Ok({value})"))
                    .collect();
            }
            Some(last) => named(&last.ident.to_string()),
            None => &[],
        },
        _ => &[],
    };
    values.iter().map(ToString::to_string).collect()
}

fn named(name: &str) -> &'static [&'static str] {
    match name {
        "bool" => &["true", "false"],
        "Option" => &["None"],
        "Vec" => &["Vec::new()"],
        "String" => &["String::new()"],
        "Cow" => &["\"\".into()"],
        "HashMap" | "HashSet" | "BTreeMap" | "BTreeSet" | "FxHashMap" | "FxHashSet" => {
            &["Default::default()"]
        }
        "u8" | "u16" | "u32" | "u64" | "u128" | "usize" | "i32" | "i64" | "i128" | "isize" => &["0", "1"],
        _ => &[],
    }
}

/// The first type argument.
fn first(segment: &syn::PathSegment) -> Option<&Type> {
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(kind) => Some(kind),
        _ => None,
    })
}
