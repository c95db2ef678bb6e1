//! Any line as JSON: it is read or not, and what was read has only names and values that the line holds.
#![no_main]

use libfuzzer_sys::fuzz_target;
use vigie::watch::event::Value;

#[path = "../event.rs"]
mod event;

fn depth(value: &Value) -> usize {
    match value {
        Value::List(items) => 1 + items.iter().map(depth).max().unwrap_or_default(),
        _ => 0,
    }
}

fuzz_target!(|line: &str| {
    let Some(event) = event::json(line) else { return };
    assert!(event.text.len() <= line.len() * 8 + 64, "cleaning makes a line that much longer");
    for (name, value) in &event.fields {
        assert!(depth(value) <= 64, "{name} is that deep");
    }
    // The clean line says the same once more.
    let again = event::json(&event.text).expect("a clean line is still JSON");
    assert_eq!((again.fields, again.text), (event.fields, event.text));
});
