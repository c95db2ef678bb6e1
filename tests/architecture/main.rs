//! Keeps the promises of the architecture true by reading the tree as text: which room may know which, which crate has
//! which door and what stays pure, how a file looks, in how many places a kind of thing is named, what goes together
//! or must not be in the tree at all. One file each.
//!
//! Each check is a function from text to offences, with cases beside it that show it failing; `rust` is what they
//! share. An offence reads `file:line: the offending line — why`.

mod additions;
mod doors;
mod figures;
mod findings;
mod glossary;
mod graph;
mod imports;
mod injects;
mod newcomer;
mod places;
mod rust;
mod sentences;
mod shape;
mod sources;
mod tree;

use std::fmt;

/// A line that breaks a rule of the house.
#[derive(Debug, PartialEq)]
struct Offence {
    place: String,
    line: usize,
    text: String,
    why: String,
}

impl Offence {
    fn new(place: &str, line: usize, text: &str, why: impl Into<String>) -> Self {
        Self { place: place.to_owned(), line, text: text.trim().to_owned(), why: why.into() }
    }
}

impl fmt::Display for Offence {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}: {} — {}", self.place, self.line, self.text, self.why)
    }
}

/// Fails with every offence on its own line.
#[track_caller]
fn refuse(offences: &[Offence]) {
    let lines: Vec<_> = offences.iter().map(Offence::to_string).collect();
    assert!(lines.is_empty(), "{} found:\n\n{}\n", lines.len(), lines.join("\n"));
}
