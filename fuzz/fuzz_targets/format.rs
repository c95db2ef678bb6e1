//! Any lines as those of the format that `FORMAT` names in the environment: `auto` where it names none.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use vigie::watch::format::Format;

#[path = "../format.rs"]
mod format;

static FORMAT: LazyLock<Format> = LazyLock::new(|| {
    let name = std::env::var("FORMAT").unwrap_or_else(|_| "auto".to_owned());
    name.parse().unwrap_or_else(|_| panic!("{name} is no format"))
});

fuzz_target!(|text: &str| format::lines(*FORMAT, text));
