//! Tests of the program as a whole, from outside.

#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

mod baseline;
mod cli;
mod completions;
mod config;
mod credentials;
mod docs;
mod evidence;
mod examples;
mod failures;
mod fix;
mod flow;
mod hook;
mod hostile;
mod keys;
mod large;
mod links;
mod lsp;
mod oracle;
mod packages;
mod peers;
#[cfg(unix)]
mod printed;
#[cfg(unix)]
mod reading;
mod reports;
mod schemas;
mod shapes;
mod suppress;
mod terraform;
mod threads;
mod tidy;
mod traps;
