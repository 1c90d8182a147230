//! Tests of the program as a whole, from the outside.

#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

mod accepted_by_aws;
mod baseline;
#[path = "../shared/book.rs"]
mod book;
mod cdk;
mod choices;
mod cli;
mod cloudformation;
mod completions;
mod config;
#[cfg(unix)]
mod confinement;
mod credentials;
mod cycles;
mod decisions;
mod deployments;
mod docs;
mod evidence;
mod examples;
mod explain;
mod failures;
mod features;
mod fix;
#[cfg(unix)]
mod fixed_files;
mod forms;
mod graph;
mod hook;
mod hops;
mod hostile;
#[cfg(unix)]
mod injection;
#[cfg(target_os = "linux")]
mod isolation;
mod keys;
mod large;
mod links;
mod lsp;
mod members;
mod opentofu;
mod order;
mod packages;
mod peers;
#[cfg(unix)]
mod printed;
mod program;
mod prose;
#[cfg(unix)]
mod reading;
mod real_files;
mod recipes;
mod reports;
mod roles;
mod scenarios;
mod schemas;
mod since;
#[path = "../shared/snapshot.rs"]
mod snapshot;
mod suppress;
mod template_outputs;
mod terminal;
mod terraform;
mod terragrunt;
mod threads;
mod tidy;
mod watch;
mod written;
