//! When something happens in the script (`T+1:30`).

use std::fmt;

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

/// The longest duration, and the latest moment, a playbook may name.
pub(super) const LONGEST: SignedDuration = SignedDuration::from_hours(7 * 24);

/// A moment of the script, counted from its start; written and shown as `T+0:05` or `T+0:05:30`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Offset(pub SignedDuration);

impl Offset {
    /// Reads `T+H:MM` or `T+H:MM:SS`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
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
