//! Any lines as `samba-audit`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use vigie::watch::format::Format;

#[path = "../format.rs"]
mod format;

fuzz_target!(|text: &str| format::lines(Format::SambaAudit, text));
