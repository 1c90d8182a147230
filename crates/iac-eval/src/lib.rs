//! Static evaluation of infrastructure as code, with unknown values and byte provenance. The crate reads files and runs
//! nothing. A value is either known or carries the reason why it is unknown, and each part of it carries the bytes
//! where it was written.
//!
//! # Example
//!
//! This example evaluates a root module from text. No file is read from disk, because [`Sources::allow`] was not
//! called.
//!
//! ```
//! use std::path::Path;
//!
//! use iac_eval::source::Sources;
//! use iac_eval::terraform::{NoProvider, evaluate};
//! use iac_eval::value::{NodeKind, Part, Unknown};
//!
//! let mut sources = Sources::new("/app");
//! let text = r#"variable "image" {}
//! variable "port" { default = 80 }
//! resource "aws_ecs_service" "web" {
//!   name  = "web-${var.port}"
//!   image = var.image
//! }
//! "#;
//! sources.add(Path::new("main.tf"), text);
//! let root = evaluate(&sources, Path::new("."), &NoProvider).expect("there is a .tf file");
//! let service = &root.resources[0];
//! assert_eq!(service.address.to_string(), "aws_ecs_service.web");
//!
//! // A value has the place where it was written, and so does each part of a string.
//! let name = service.body.get("name").expect("it has a name");
//! assert_eq!(name.as_str(), Some("web-80"));
//! assert_eq!(sources.text(name.at), r#""web-${var.port}""#);
//! let NodeKind::Text(parts) = &name.kind else { panic!("a string of parts") };
//! let Part::Known { text, at } = &parts.parts[1] else { panic!("a known part") };
//! assert_eq!((text.as_str(), sources.get(at.file).position(at.start).line), ("80", 2));
//!
//! // A value that no file defines is unknown, and has a name.
//! let image = service.body.get("image").expect("it has an image");
//! assert_eq!(image.kind, NodeKind::Unknown(Unknown::Reference("var.image".into())));
//! ```
//!
//! # Modules
//!
//! Each module depends only on the modules listed before it.
//!
//! * [`parallel`] and [`panic_guard`]: work on several threads, and panic isolation per file.
//! * [`source`]: texts, [spans](source::Span), and lines. [`Sources`] is the only component that reads files.
//! * [`address`]: typed [addresses](address::Address) of modules and resources, and [references](address::Reference).
//! * [`value`]: the value tree. A [`Node`] is a value with its place, [`Unknown`] is the reason why a value is not
//!   known, and [`Text`] is a string made of parts.
//! * [`choice`]: unknown values that select one of several values.
//! * [`syntax`]: parsers for [HCL](syntax::hcl), [JSON](syntax::json), [YAML](syntax::yaml), and [TOML](syntax::toml)
//!   that produce trees with places. They recover from syntax errors.
//! * [`terraform`]: configurations and plans. Its documentation describes how the evaluator works, and what *unknown*,
//!   *missing*, and *open* mean.
//! * [`terragrunt`]: the units of a Terragrunt configuration, and the values that they give to modules.
//!
//! [`Sources`]: source::Sources
//! [`Sources::allow`]: source::Sources::allow
//! [`Node`]: value::Node
//! [`Unknown`]: value::Unknown
//! [`Text`]: value::Text

pub mod address;
pub mod choice;
pub mod cloudformation;
pub mod panic_guard;
pub mod parallel;
mod similar;
pub mod source;
pub mod syntax;
pub mod terraform;
pub mod terragrunt;
pub mod value;

/// Runs the examples of the README as doc tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
