//! Runs the command line and turns its outcome into an exit code.

use std::process::ExitCode;

/// Rules are many small texts, and lines many short-lived ones.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    vigie::cli::run().into()
}
