//! Words and numbers as people type them, read forgivingly and refused with a word on how to write them.

use std::ops::RangeInclusive;

use jiff::civil::Date;

use crate::base::duration;
use crate::base::id::{AlertId, DrillId, SilenceId};
use crate::base::seal::SHORT as SHORT_SEAL;
use crate::watch::format::Format;
use crate::words::argument as said;
use crate::words::failure::Failure;

/// Longer than this is no title: it has to fit a text message and the subject of a mail.
const LONGEST_TITLE: usize = 200;
/// A row of more alerts is more likely a slip of the keyboard.
const MOST_ALERTS: u64 = 1000;
/// Longer than this nobody types a question.
const LONGEST_QUESTION: usize = 8000;
/// Longer than this is no note but a document.
const LONGEST_NOTE: usize = 4000;

/// A log format, by its word.
pub(super) fn format(text: &str) -> Result<Format, Failure> {
    text.parse().map_err(|_| {
        let known: Vec<&str> = Format::ALL.iter().map(|format| format.word()).collect();
        Failure(said::formats(known.join(", ")))
    })
}

/// An alert: `A12`, `a12` or `12`.
pub(super) fn alert(text: &str) -> Result<AlertId, Failure> {
    number(text, 'A').map(AlertId).ok_or_else(|| Failure(said::alert()))
}

/// One alert or a row of them, from the first to the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Alerts {
    first: AlertId,
    last: AlertId,
}

impl Alerts {
    /// Each of them.
    pub(super) fn ids(&self) -> impl Iterator<Item = AlertId> {
        (self.first.0..=self.last.0).map(AlertId)
    }
}

/// Alerts: `A12`, or `A12-A15`.
pub(super) fn alerts(text: &str) -> Result<Alerts, Failure> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let (first, last) = (alert(first)?, alert(last)?);
    match last.0.checked_sub(first.0) {
        Some(more) if more < MOST_ALERTS => Ok(Alerts { first, last }),
        Some(_) => Err(Failure(said::too_many(MOST_ALERTS))),
        None => Err(Failure(said::backwards(last, first))),
    }
}

/// An exercise: `D1`, `d1` or `1`.
pub(super) fn drill(text: &str) -> Result<DrillId, Failure> {
    number(text, 'D').map(DrillId).ok_or_else(|| Failure(said::drill()))
}

/// A silence: `S3`, `s3` or `3`.
pub(super) fn silence(text: &str) -> Result<SilenceId, Failure> {
    number(text, 'S').map(SilenceId).ok_or_else(|| Failure(crate::words::silence::number()))
}

/// A number within bounds.
pub(super) fn within<T: TryFrom<u64>>(
    bounds: RangeInclusive<u64>,
) -> impl Fn(&str) -> Result<T, Failure> + Clone + Send + Sync + 'static {
    move |text| {
        let number = text.parse().ok().filter(|number| bounds.contains(number));
        let refused = match *bounds.end() {
            u64::MAX => said::at_least(bounds.start()),
            most => said::within(bounds.start(), most),
        };
        number.and_then(|number| T::try_from(number).ok()).ok_or(Failure(refused))
    }
}

fn number(text: &str, prefix: char) -> Option<u64> {
    let digits = text.strip_prefix([prefix, prefix.to_ascii_lowercase()]).unwrap_or(text);
    if digits.bytes().all(|digit| digit.is_ascii_digit()) { digits.parse().ok() } else { None }
}

/// A question in SQL: as long as anybody types.
pub(super) fn question(text: &str) -> Result<String, Failure> {
    let long = text.chars().count();
    if long > LONGEST_QUESTION { Err(Failure(said::too_long(LONGEST_QUESTION, long))) } else { Ok(text.to_owned()) }
}

/// A title: one line that says something.
pub(super) fn title(text: &str) -> Result<String, Failure> {
    words(text, LONGEST_TITLE)
}

/// A note: may be longer.
pub(super) fn note(text: &str) -> Result<String, Failure> {
    words(text, LONGEST_NOTE)
}

/// Pasted text brings tabs, line ends and worse: they become spaces.
fn words(text: &str, longest: usize) -> Result<String, Failure> {
    let spaced: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let words = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.chars().count() {
        0 => Err(Failure(said::nothing())),
        long if long > longest => Err(Failure(said::too_long(longest, long))),
        _ => Ok(words),
    }
}

/// How long, such as `30m`, in seconds.
pub(super) fn duration(text: &str) -> Result<u64, Failure> {
    let read = duration::parse(text).and_then(|read| u64::try_from(read.as_secs()).ok());
    read.filter(|seconds| *seconds > 0).ok_or_else(|| Failure(said::duration()))
}

/// `yes`, `no`, `oui`, `non`.
pub(super) fn yes(text: &str) -> Result<bool, Failure> {
    match text.to_lowercase().as_str() {
        "yes" | "y" | "oui" | "o" => Ok(true),
        "no" | "n" | "non" => Ok(false),
        _ => Err(Failure(said::yes_or_no())),
    }
}

/// A day, such as `2026-12-01`.
pub(super) fn date(text: &str) -> Result<Date, Failure> {
    text.trim().parse().map_err(|_| Failure(said::date()))
}

/// A seal as printed on a report, or at least its first digits, as every mail carries them.
pub(super) fn seal(text: &str) -> Result<String, Failure> {
    let text = text.trim().to_ascii_lowercase();
    let is_seal = (SHORT_SEAL..=64).contains(&text.len()) && text.bytes().all(|digit| digit.is_ascii_hexdigit());
    if is_seal { Ok(text) } else { Err(Failure(said::seal())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_alerts_are_read() {
        let ids = |text| alerts(text).map(|row| row.ids().map(|id| id.0).collect::<Vec<_>>()).unwrap_or_default();
        assert_eq!(
            (ids("A12"), ids("A1-A3"), ids("a1-3"), ids("7-7")),
            (vec![12], vec![1, 2, 3], vec![1, 2, 3], vec![7])
        );
        for text in ["A3-A1", "A1-", "-A1", "A1-A2-A3", "A1-B2", "A1-A99999999"] {
            assert!(alerts(text).is_err(), "{text}");
        }
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for text in ["A12", "a12", "12", "A012"] {
            assert_eq!(alert(text).ok(), Some(AlertId(12)), "{text}");
        }
        for text in ["", "A", "A-1", "A+1", "D12", "AA1", "A1 2", "A99999999999999999999"] {
            assert!(alert(text).is_err(), "{text}");
        }
        assert_eq!(drill("d3").ok(), Some(DrillId(3)));
    }

    #[test]
    fn a_title_says_something_on_one_line() {
        assert_eq!(title("  écran\tbloqué\r\n🚨 ").ok().as_deref(), Some("écran bloqué 🚨"));
        assert_eq!(title("a\u{1b}[31mb\u{9b}c").ok().as_deref(), Some("a [31mb c"));
        for text in ["", "  ", "\u{7}", &"x".repeat(201)] {
            assert!(title(text).is_err(), "{text}");
        }
        assert!(note(&"x".repeat(4000)).is_ok());
    }
}
