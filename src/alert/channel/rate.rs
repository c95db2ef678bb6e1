//! How many letters a channel takes in how much time.

use std::str::FromStr;

use jiff::SignedDuration;

/// How many letters in how much time, written `20/min`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    count: u32,
    per: SignedDuration,
}

/// Text that is not a rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a rate")]
pub struct NotARate;

impl Rate {
    /// How much time there is for one letter.
    pub(crate) fn spacing(self) -> SignedDuration {
        self.per / self.count()
    }

    /// How many letters the time named holds.
    pub(crate) fn count(self) -> i32 {
        i32::try_from(self.count).unwrap_or(i32::MAX)
    }
}

impl FromStr for Rate {
    type Err = NotARate;

    fn from_str(text: &str) -> Result<Self, NotARate> {
        let (count, per) = text.split_once('/').ok_or(NotARate)?;
        let count = count.trim().parse().ok().filter(|count| *count > 0).ok_or(NotARate)?;
        let per = match per.trim() {
            "s" => SignedDuration::from_secs(1),
            "min" => SignedDuration::from_mins(1),
            "h" => SignedDuration::from_hours(1),
            _ => return Err(NotARate),
        };
        Ok(Self { count, per })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_gives_each_letter_its_time() {
        let rate = |text: &str| text.parse().map(Rate::spacing);
        assert_eq!(rate("20/min"), Ok(SignedDuration::from_secs(3)));
        assert_eq!(rate("1 / h"), Ok(SignedDuration::from_hours(1)));
        for wrong in ["0/min", "20", "20/day", "-1/s", "x/min"] {
            assert_eq!(rate(wrong), Err(NotARate), "{wrong}");
        }
    }
}
