//! `ecslint init`.

use std::io::{self, Write};
use std::path::Path;

use crate::cli::exit::{CLEAN, Failure};
use crate::cli::write;
use crate::config::FILE_NAME;

const TEMPLATE: &str = r#"#:schema https://raw.githubusercontent.com/ecslint/ecslint/main/schemas/ecslint.schema.json
# Settings of ecslint for the files in and below this directory. All settings are optional.

# A settings file to extend; settings in this file take precedence.
#extends = "../ecslint.toml"

# Files whose findings are not reported. Path patterns have the syntax of .gitignore.
#exclude = ["legacy/"]

# Run only these rules and categories. Default: all categories except `pedantic`.
#select = ["correctness", "suspicious", "reliability", "security"]

# Files that set variables of Terraform root modules, in addition to those that Terraform loads automatically.
# --var-file takes precedence.
#var_files = ["prod.tfvars"]

# Facts from AWS: the output of `aws ec2 describe-subnets`, `describe-route-tables`, `aws elbv2 describe-target-groups` ...
#facts = ["facts/subnets.json"]

# Levels of rules and categories: "off", "warning", or "error". `ecslint rules` lists the rules.
[rules]
#pedantic = "warning"
#load-balancer-without-grace-period = "off"

# Levels for some paths, and variables for the Terraform root modules in them.
#[[overrides]]
#path = "staging/"
#rules = { reliability = "off" }
#var_files = ["staging/staging.tfvars"]

# A set of values for Terraform root modules. Without such entries, each var file of the repository is one.
#[[scenario]]
#name = "prod"
#path = "infra/"
#var_files = ["prod.tfvars"]
#vars = { image_tag = "1.4.2" }

# A suppressed finding. Use this for JSON, which has no comments. In Terraform, write the comment
# `# ecslint: ignore[rule] reason` on the line above the finding.
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
        io::ErrorKind::AlreadyExists => "already exists, not overwritten".to_owned(),
        _ => format!("cannot write the file: {error}"),
    }
}
