//! By when something must be declared, counted from when, and when its owner is reminded. All of it is on absolute time:
//! seventy-two hours are that long over a night in which clocks change, too.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::base::duration;
use crate::base::id::DutyId;
use crate::base::language::Text;
use crate::words::duty as words;

/// By when, counted from when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Clock {
    /// From when.
    pub(crate) from: From,
    /// How long.
    pub(crate) within: Within,
}

/// From when a clock runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum From {
    /// From the moment the hospital knows.
    Awareness,
    /// From the moment this other duty was done.
    Done(DutyId),
}

/// How long there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Within {
    /// At once: the law gives no number.
    WithoutDelay,
    /// So many hours.
    Hours(u32),
    /// So many months, to the same day and hour.
    Months(u8),
}

impl Within {
    /// `without_delay`, `72h`, `60 days` or `1 month`.
    pub(super) fn read(written: &str) -> Option<Self> {
        let counted = |unit: &str| written.strip_suffix(unit).map(str::trim_end);
        if written == "without_delay" {
            return Some(Self::WithoutDelay);
        }
        if let Some(months) = counted("months").or(counted("month")) {
            return months.parse().ok().filter(|months| (1..=12).contains(months)).map(Self::Months);
        }
        let hours = match counted("days") {
            Some(days) => days.parse::<u32>().ok()?.checked_mul(24)?,
            None => u32::try_from(duration::parse(written)?.as_hours()).ok()?,
        };
        (hours > 0).then_some(Self::Hours(hours))
    }

    /// In words.
    pub(crate) fn said(self) -> Text {
        match self {
            Self::WithoutDelay => words::without_delay(),
            Self::Hours(hours) if hours > 72 => words::days(u64::from(hours / 24)),
            Self::Hours(hours) => words::hours(u64::from(hours)),
            Self::Months(months) => words::months(u64::from(months)),
        }
    }
}

impl Clock {
    /// In words, with what it counts from.
    pub(crate) fn said(&self) -> Text {
        match &self.from {
            From::Awareness => words::from_awareness(self.within.said()),
            From::Done(duty) => words::from_done(self.within.said(), duty),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for (written, read) in [
            ("without_delay", Some(Within::WithoutDelay)),
            ("72h", Some(Within::Hours(72))),
            ("60 days", Some(Within::Hours(1440))),
            ("1 month", Some(Within::Months(1))),
            ("2 months", Some(Within::Months(2))),
            ("0h", None),
            ("0 months", None),
            ("13 months", None),
            ("soon", None),
            ("-3 days", None),
        ] {
            assert_eq!(Within::read(written), read, "{written}");
        }
    }
}
