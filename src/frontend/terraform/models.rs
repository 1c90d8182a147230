//! Models of published modules, for calls whose sources are not on disk. A model is a small module of our own: it creates the
//! same resources, with the arguments that rules read. What it leaves out is unknown, never missing.

use crate::terraform::Model;

/// A published module, and its models.
struct Published {
    /// The address in the registry: `terraform-aws-modules/ecs/aws`.
    address: &'static str,
    /// The name of its repository on GitHub.
    repository: &'static str,
    /// The part of the module: `modules/service`.
    part: &'static str,
    /// The models by major version, ascending. A version has the first model that is not older.
    models: &'static [(u32, Model)],
    /// The oldest major version with a model.
    oldest: u32,
    /// Arguments that only versions without a model have.
    former: &'static [&'static str],
}

/// The model in a file below `models`.
macro_rules! model {
    ($path:literal) => {
        Model { name: $path, text: include_str!(concat!("models/", $path, ".tf")) }
    };
}

const ECS: (&str, &str) = ("terraform-aws-modules/ecs/aws", "terraform-aws-modules/terraform-aws-ecs");

static PUBLISHED: &[Published] = &[
    Published {
        address: "terraform-aws-modules/vpc/aws",
        repository: "terraform-aws-modules/terraform-aws-vpc",
        part: "",
        models: &[(3, model!("terraform-aws-modules/vpc/3")), (6, model!("terraform-aws-modules/vpc/6"))],
        oldest: 2,
        former: &[],
    },
    Published {
        address: "terraform-aws-modules/alb/aws",
        repository: "terraform-aws-modules/terraform-aws-alb",
        part: "",
        models: &[
            (8, model!("terraform-aws-modules/alb/8")),
            (9, model!("terraform-aws-modules/alb/9")),
            (10, model!("terraform-aws-modules/alb/10")),
        ],
        oldest: 8,
        former: &[],
    },
    Published {
        address: "terraform-aws-modules/security-group/aws",
        repository: "terraform-aws-modules/terraform-aws-security-group",
        part: "",
        models: &[(5, model!("terraform-aws-modules/security-group/5"))],
        oldest: 4,
        former: &[],
    },
    Published {
        address: ECS.0,
        repository: ECS.1,
        part: "",
        models: &[
            (5, model!("terraform-aws-modules/ecs/5")),
            (6, model!("terraform-aws-modules/ecs/6")),
            (7, model!("terraform-aws-modules/ecs/7")),
        ],
        oldest: 5,
        former: &["name", "container_insights", "create_ecs"],
    },
    Published {
        address: ECS.0,
        repository: ECS.1,
        part: "modules/cluster",
        models: &[
            (5, model!("terraform-aws-modules/ecs/cluster/5")),
            (6, model!("terraform-aws-modules/ecs/cluster/6")),
            (7, model!("terraform-aws-modules/ecs/cluster/7")),
        ],
        oldest: 5,
        former: &[],
    },
    Published {
        address: ECS.0,
        repository: ECS.1,
        part: "modules/service",
        models: &[
            (5, model!("terraform-aws-modules/ecs/service/5")),
            (7, model!("terraform-aws-modules/ecs/service/6")),
        ],
        oldest: 5,
        former: &[],
    },
    Published {
        address: ECS.0,
        repository: ECS.1,
        part: "modules/container-definition",
        models: &[
            (5, model!("terraform-aws-modules/ecs/container-definition/5")),
            (7, model!("terraform-aws-modules/ecs/container-definition/6")),
        ],
        oldest: 5,
        former: &[],
    },
    Published {
        address: "cloudposse/ecs-container-definition/aws",
        repository: "cloudposse/terraform-aws-ecs-container-definition",
        part: "",
        models: &[(0, model!("cloudposse/ecs-container-definition/0"))],
        oldest: 0,
        former: &[],
    },
    Published {
        address: "cloudposse/ecs-alb-service-task/aws",
        repository: "cloudposse/terraform-aws-ecs-alb-service-task",
        part: "",
        models: &[(0, model!("cloudposse/ecs-alb-service-task/0"))],
        oldest: 0,
        former: &[],
    },
    Published {
        address: "cloudposse/ecs-web-app/aws",
        repository: "cloudposse/terraform-aws-ecs-web-app",
        part: "",
        models: &[(2, model!("cloudposse/ecs-web-app/2"))],
        oldest: 1,
        former: &[],
    },
    Published {
        address: "cloudposse/ecs-cluster/aws",
        repository: "cloudposse/terraform-aws-ecs-cluster",
        part: "",
        models: &[(2, model!("cloudposse/ecs-cluster/2"))],
        oldest: 1,
        former: &[],
    },
];

/// The model of the module that a call uses; `None` if there is none of its version.
pub(super) fn find(source: &str, version: Option<&str>, arguments: &[&str]) -> Option<&'static Model> {
    let (source, query) = source.split_once('?').unwrap_or((source, ""));
    let (repository, part) = parts(source);
    let is_it = |known: &&Published| {
        let is_registry =
            repository.strip_prefix("registry.terraform.io/").unwrap_or(repository) == known.address;
        (is_registry || is_github(repository, known.repository)) && part == known.part
    };
    let known = PUBLISHED.iter().find(is_it)?;
    let tag = query.split('&').find_map(|setting| setting.strip_prefix("ref="));
    let major = match tag.or(version) {
        Some(version) => newest_major(version)?,
        None => u32::MAX,
    };
    let is_covered = |(newest, _): &&(u32, Model)| major <= *newest;
    let is_any = major == u32::MAX;
    if is_any && arguments.iter().any(|argument| known.former.contains(argument)) {
        return None;
    }
    let model =
        if is_any { newest_with(known.models, arguments) } else { known.models.iter().find(is_covered) };
    model.filter(|_| major >= known.oldest).map(|(_, model)| model)
}

/// The newest model with all of the arguments that some model has: a call without a version can be written for an older one.
fn newest_with(models: &'static [(u32, Model)], arguments: &[&str]) -> Option<&'static (u32, Model)> {
    let has = |model: &Model, argument: &str| model.text.contains(&format!("variable \"{argument}\" "));
    let distinct: Vec<&str> =
        arguments.iter().copied().filter(|name| models.iter().any(|(_, model)| has(model, name))).collect();
    let fits = |(_, model): &&(u32, Model)| distinct.iter().all(|name| has(model, name));
    models.iter().rev().find(fits).or(models.last())
}

/// The repository or the address of a source, and the part of it.
fn parts(source: &str) -> (&str, &str) {
    let start = source.find("://").map_or(0, |scheme| scheme + "://".len());
    match source[start..].find("//") {
        Some(part) => (&source[..start + part], &source[start + part + "//".len()..]),
        None => (source, ""),
    }
}

/// Returns `true` if a source is a repository on GitHub, in any of the forms that Terraform accepts.
fn is_github(source: &str, repository: &str) -> bool {
    let source = source.strip_suffix(".git").unwrap_or(source);
    let host = source.strip_suffix(repository).and_then(|host| host.strip_suffix(['/', ':']));
    host.is_some_and(|host| host.ends_with("github.com"))
}

/// The newest major version that a version constraint or a tag allows, `u32::MAX` if it has no upper limit. `None` if it is not
/// a version.
fn newest_major(version: &str) -> Option<u32> {
    let limits = version.split(',').map(|part| {
        let part = part.trim();
        let number = part.trim_start_matches(|c: char| !c.is_ascii_digit());
        let operator = part[..part.len() - number.len()].trim().trim_end_matches('v');
        let mut numbers = number.split('.').map(|number| number.parse::<u32>());
        let major = numbers.next()?.ok()?;
        let is_whole = numbers.all(|number| number == Ok(0));
        match operator {
            "" | "=" | "<=" => Some(major),
            // `~> 5` allows 6; `~> 5.0` and `~> 5.1.2` do not.
            "~>" => Some(if number.contains('.') { major } else { u32::MAX }),
            "<" => Some(if is_whole { major.saturating_sub(1) } else { major }),
            ">=" | ">" | "!=" => Some(u32::MAX),
            _ => None,
        }
    });
    limits.collect::<Option<Vec<u32>>>()?.into_iter().min()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(source: &str, version: Option<&str>) -> Option<&'static str> {
        find(source, version, &[]).map(|model| model.name)
    }

    #[test]
    fn sources_in_all_forms_lead_to_the_model() {
        let ecs = Some("terraform-aws-modules/ecs/service/5");
        let git =
            "git::https://github.com/terraform-aws-modules/terraform-aws-ecs.git//modules/service?ref=v5.1.0";
        assert_eq!(name("terraform-aws-modules/ecs/aws//modules/service", Some("~> 5.0")), ecs);
        assert_eq!(
            name("registry.terraform.io/terraform-aws-modules/ecs/aws//modules/service", Some("5.1")),
            ecs
        );
        assert_eq!(name(git, None), ecs);
        let ssh = "git@github.com:terraform-aws-modules/terraform-aws-ecs.git//modules/service?ref=v5.1.0";
        assert_eq!(name(ssh, None), ecs);
        assert_eq!(name("terraform-aws-modules/ecs/aws//modules/other", None), None);
        assert_eq!(name("example.com/terraform-aws-modules/ecs/aws", None), None);
    }

    #[test]
    fn a_version_selects_the_model() {
        let vpc = |version| name("terraform-aws-modules/vpc/aws", version);
        assert_eq!(vpc(Some("2.77.0")), Some("terraform-aws-modules/vpc/3"));
        assert_eq!(vpc(Some(">= 3.0, < 4.0")), Some("terraform-aws-modules/vpc/3"));
        assert_eq!(vpc(Some("~> 5.0")), Some("terraform-aws-modules/vpc/6"));
        assert_eq!(vpc(None), Some("terraform-aws-modules/vpc/6"));
        assert_eq!(vpc(Some("1.60.0")), None);
        assert_eq!(vpc(Some("7.0.0")), None);
        assert_eq!(name("github.com/terraform-aws-modules/terraform-aws-vpc?ref=573f574c", None), None);
    }

    #[test]
    fn the_arguments_of_a_call_without_a_version_select_the_model() {
        let ecs = |arguments| find("terraform-aws-modules/ecs/aws", None, arguments).map(|model| model.name);
        assert_eq!(ecs(&["cluster_name"]), Some("terraform-aws-modules/ecs/7"));
        assert_eq!(ecs(&["cluster_name", "fargate_capacity_providers"]), Some("terraform-aws-modules/ecs/5"));
        assert_eq!(ecs(&["name", "capacity_providers"]), None);
    }

    #[test]
    fn models_have_no_syntax_errors() {
        for model in PUBLISHED.iter().flat_map(|known| known.models).map(|(_, model)| model) {
            let parsed = crate::syntax::hcl::parse(crate::source::FileId(0), model.text);
            assert_eq!(parsed.errors, [], "{}", model.name);
        }
    }
}
