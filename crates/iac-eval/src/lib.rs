//! Static evaluation of infrastructure as code. It reads files as they stand, runs nothing and asks nobody: a value is known,
//! or it says why it is not, and every byte of it knows where it was written.

pub mod address;
pub mod panic_guard;
pub mod parallel;
pub mod source;
pub mod syntax;
pub mod terraform;
pub mod value;
