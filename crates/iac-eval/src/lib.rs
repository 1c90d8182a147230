//! Static evaluation of infrastructure as code, with unknown values and byte provenance. It reads files as they are, and runs
//! nothing. A value is known, or it says why it is not, and each part of it has the bytes where it was written.
//!
//! # Example
//!
//! A root module is evaluated from text. No file on the disk is read, since [`Sources::allow`] names no directory.
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
//! // A value has the place where it was written; so has each part of a string.
//! let name = service.body.get("name").expect("it has a name");
//! assert_eq!(name.as_str(), Some("web-80"));
//! assert_eq!(sources.text(name.at), r#""web-${var.port}""#);
//! let NodeKind::Text(parts) = &name.kind else { panic!("a string of parts") };
//! let Part::Known { text, at } = &parts.parts[1] else { panic!("a known part") };
//! assert_eq!((text.as_str(), sources.get(at.file).position(at.start).line), ("80", 2));
//!
//! // A value that no file gives is unknown, and has a name.
//! let image = service.body.get("image").expect("it has an image");
//! assert_eq!(image.kind, NodeKind::Unknown(Unknown::Reference("var.image".into())));
//! ```
//!
//! # Modules
//!
//! Each module uses only those before it.
//!
//! * [`parallel`] and [`panic_guard`]: work on several threads, and a panic that ends only the work on one file.
//! * [`source`]: texts, [spans](source::Span), lines. [`Sources`] is the only reader of files.
//! * [`address`]: typed [addresses](address::Address) of modules and resources, and [references](address::Reference).
//! * [`value`]: the tree of values. [`Node`] is a value with its place, [`Unknown`] says why it is not known, and
//!   [`Text`] is a string that knows its parts.
//! * [`syntax`]: [HCL](syntax::hcl), [JSON](syntax::json), [YAML](syntax::yaml) and [TOML](syntax::toml) to trees with places.
//!   A syntax error does not end the reading.
//! * [`terraform`]: configurations and plans. Its documentation says how the evaluator works, and what *unknown*, *missing* and
//!   *open* mean.
//!
//! [`Sources`]: source::Sources
//! [`Sources::allow`]: source::Sources::allow
//! [`Node`]: value::Node
//! [`Unknown`]: value::Unknown
//! [`Text`]: value::Text

pub mod address;
pub mod panic_guard;
pub mod parallel;
pub mod source;
pub mod syntax;
pub mod terraform;
pub mod value;

/// The examples of the README are tested.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
