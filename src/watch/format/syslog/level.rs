//! The level that a program writes between the time and its name: `info hostd[…]`, `In(166) Hostd[…]`, `<daemon.info> host`.

use super::first_word;
use crate::watch::format::header::{FACILITIES, SEVERITIES};

/// What was written there.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Level<'a> {
    /// As a word.
    pub(super) word: Option<&'a str>,
    /// As a priority.
    pub(super) priority: Option<u8>,
}

impl<'a> Level<'a> {
    /// The level that `text` begins with, where it does, and what follows it.
    pub(super) fn before(text: &'a str) -> (Self, &'a str) {
        let none = (Self::default(), text);
        // Nearly every line has the name of a machine here.
        let Some((word, rest)) = first_word(text).filter(|(word, rest)| !rest.is_empty() && word.len() <= 32) else {
            return none;
        };
        let level = match word.as_bytes() {
            [b'<', .., b'>'] => Self { word: None, priority: named(&word[1..word.len() - 1]) },
            [.., b')'] => Self { word: None, priority: lettered(word) },
            _ if is_level(word) => Self { word: Some(word), priority: None },
            _ => return none,
        };
        if level.word.or(level.priority.map(|_| "")).is_none() { none } else { (level, rest.trim_start_matches(' ')) }
    }

    /// Whether it is a word, behind which no machine is named.
    pub(super) fn is_named(self) -> bool {
        self.word.is_some()
    }
}

/// The words for levels, as programs write them before their name.
const WORDS: [&str; 18] = [
    "trace",
    "debug",
    "verbose",
    "info",
    "information",
    "notice",
    "warn",
    "warning",
    "err",
    "error",
    "crit",
    "critical",
    "severe",
    "fatal",
    "alert",
    "emerg",
    "emergency",
    "panic",
];

/// Whether a word is one for a level.
fn is_level(word: &str) -> bool {
    if !matches!(word.len(), 3..=11) || !word.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return false;
    }
    WORDS.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// `daemon.info`, or a number.
fn named(text: &str) -> Option<u8> {
    if let Ok(number) = text.parse::<u8>() {
        return Some(number).filter(|number| *number <= 191);
    }
    let (facility, severity) = text.split_once('.')?;
    let place = |words: &[&str], word: &str| words.iter().position(|known| known.eq_ignore_ascii_case(word));
    let severity = match severity {
        "error" => "err",
        "warn" => "warning",
        "panic" => "emerg",
        "critical" => "crit",
        other => other,
    };
    u8::try_from(place(&FACILITIES, facility)? * 8 + place(&SEVERITIES, severity)?).ok()
}

/// `In(166)`: two letters of the severity and the priority, as ESXi writes its files since version 8.
fn lettered(word: &str) -> Option<u8> {
    const LETTERS: [&str; 8] = ["Em", "Al", "Cr", "Er", "Wa", "No", "In", "Db"];
    let (letters, number) = word.strip_suffix(')')?.split_once('(')?;
    let number = number.parse::<u8>().ok().filter(|number| *number <= 191)?;
    LETTERS.contains(&letters).then_some(number)
}
