//! How long something takes (`1h30m`) and when it happens in the script (`T+1:30`).

use std::fmt;

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

/// The longest duration a playbook may name.
const LONGEST: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Reads `40s`, `1m`, `2h`, `1h30m` or `1h30`. Nothing where it is none of these, or longer than a week.
pub fn parse_duration(text: &str) -> Option<SignedDuration> {
    let mut total = SignedDuration::ZERO;
    let mut rest = text.trim();
    let mut last = None;
    while !rest.is_empty() {
        let digits = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
        let amount: i64 = rest[..digits].parse().ok()?;
        let unit = match rest[digits..].chars().next() {
            Some('h') => 3600,
            Some('m') => 60,
            Some('s') => 1,
            None if last == Some(3600) && digits == 2 => 60,
            _ => return None,
        };
        if last.is_some_and(|last| unit >= last) {
            return None;
        }
        total = total.checked_add(SignedDuration::from_secs(amount.checked_mul(unit)?))?;
        last = Some(unit);
        rest = rest.get(digits + 1..).unwrap_or_default();
    }
    (last.is_some() && total <= LONGEST).then_some(total)
}

/// A moment of the script, counted from its start; written and shown as `T+0:05` or `T+0:05:30`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Offset(pub SignedDuration);

impl Offset {
    /// Reads `T+H:MM` or `T+H:MM:SS`.
    pub fn parse(text: &str) -> Option<Self> {
        let parts: Vec<_> = text.trim().strip_prefix("T+")?.split(':').collect();
        let number = |text: &str, width: usize| {
            let plain = text.len() <= width.max(3) && text.bytes().all(|byte| byte.is_ascii_digit());
            (plain && (width == 3 || text.len() == width)).then(|| text.parse::<i64>().ok()).flatten()
        };
        let (hours, minutes, seconds) = match parts[..] {
            [hours, minutes] => (number(hours, 3)?, number(minutes, 2)?, 0),
            [hours, minutes, seconds] => (number(hours, 3)?, number(minutes, 2)?, number(seconds, 2)?),
            _ => return None,
        };
        let moment = SignedDuration::from_secs(hours * 3600 + minutes * 60 + seconds);
        (minutes < 60 && seconds < 60 && moment <= LONGEST).then_some(Self(moment))
    }
}

impl fmt::Display for Offset {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.as_secs().max(0);
        let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        if seconds == 0 {
            return out.pad(&format!("T+{hours}:{minutes:02}"));
        }
        out.pad(&format!("T+{hours}:{minutes:02}:{seconds:02}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_as_people_write_them() {
        for (text, seconds) in [
            ("40s", 40),
            ("1m", 60),
            ("2h", 7200),
            ("1h30m", 5400),
            ("1h30", 5400),
            ("1h0m10s", 3610),
            (" 90m ", 5400),
            ("0s", 0),
        ] {
            assert_eq!(parse_duration(text), Some(SignedDuration::from_secs(seconds)), "{text}");
        }
        for text in ["", "10", "m", "1m1h", "1m1m", "1.5h", "-1m", "1 h", "1h3", "1h300", "9999h", "1d", "1h30m5", "é"]
        {
            assert_eq!(parse_duration(text), None, "{text}");
        }
    }

    #[test]
    fn moments_survive_their_own_text() {
        for (text, seconds) in [("T+0:05", 300), ("T+1:00", 3600), ("T+0:00:07", 7), ("T+12:34:56", 45_296)] {
            let moment = Offset::parse(text).unwrap();
            assert_eq!(moment.0.as_secs(), seconds);
            assert_eq!(moment.to_string(), text);
        }
        for text in
            ["", "0:05", "T+5", "T+0:60", "T+0:5", "T+:05", "T+0:05:5", "T-0:05", "T+-1:00", "T+1:2:3:4", "T+é:00"]
        {
            assert_eq!(Offset::parse(text), None, "{text}");
        }
    }
}
