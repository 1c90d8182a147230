//! `ecslint init`.

use std::io::{self, Write};
use std::path::Path;

use crate::cli::exit::{CLEAN, Failure};
use crate::cli::write;
use crate::config::FILE_NAME;

const TEMPLATE: &str = r#"#:schema https://raw.githubusercontent.com/ecslint/ecslint/main/schemas/ecslint.schema.json
# Settings of ecslint for the files in and below this directory. All of it is optional.

# Settings to build on; what stands here counts more.
#extends = "../ecslint.toml"

# Of these nothing is said. Patterns of paths are those of .gitignore.
#exclude = ["legacy/"]

# Only these rules and categories; without it, all but the category `pedantic`.
#select = ["correctness", "suspicious", "reliability", "security"]

# Files that set variables of Terraform roots, beside those that Terraform reads by itself; --var-file counts more.
#var_files = ["prod.tfvars"]

# What AWS knows: outputs of `aws ec2 describe-subnets`, `describe-route-tables`, `aws elbv2 describe-target-groups` ...
#facts = ["facts/subnets.json"]

# Levels of rules and categories: "off", "warning" or "error". `ecslint rules` lists them.
[rules]
#pedantic = "warning"
#load-balancer-without-grace-period = "off"

# Other levels for some paths, and other variables for the Terraform roots in them.
#[[overrides]]
#path = "staging/"
#rules = { reliability = "off" }
#var_files = ["staging/staging.tfvars"]

# A finding that is accepted. JSON has no comments, so this is where it is said; in Terraform, write
# `# ecslint: ignore[rule] reason` above what it is about.
#[[ignore]]
#path = "ecs/web.json"
#rule = "unknown-volume"
#pointer = "/containerDefinitions/0"
#reason = "the pipeline adds the volume"
#expires = 2027-12-31
"#;

pub(super) fn run(err: &mut dyn Write) -> Result<u8, Failure> {
    write::new(Path::new(FILE_NAME), TEMPLATE.as_bytes())
        .map_err(|error| Failure::Usage(format!("{FILE_NAME}: {}", refusal(&error))))?;
    writeln!(err, "Wrote {FILE_NAME}.")?;
    Ok(CLEAN)
}

fn refusal(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::AlreadyExists => "is there already, and stays as it is".to_owned(),
        _ => format!("cannot be written: {error}"),
    }
}
