//! Any text to what takes patients and secrets out: what is left stands in the text in its order, nothing more has to go out
//! of it, and a number of social security between blanks is gone whatever stands around it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use vigie::base::redact::Clean;

const REMOVED: &str = "[…]";
const NUMBER: &str = "185057800608491";

fuzz_target!(|text: &str| {
    let clean = Clean::of(text);
    let mut rest = text;
    for left in clean.split(REMOVED) {
        let at = rest.find(left).unwrap_or_else(|| panic!("{left:?} is not in the text"));
        rest = &rest[at + left.len()..];
    }
    for at in [0, text.len() / 2, text.len()] {
        let Some((before, behind)) = text.split_at_checked(at) else { continue };
        let planted = Clean::of(&format!("{before} {NUMBER} {behind}"));
        // Unless it was there before, glued to what makes it something else.
        assert!(text.contains(NUMBER) || !planted.contains(NUMBER), "{planted}");
    }
});
