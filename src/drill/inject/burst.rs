//! Lines that appear in a log over time. Knows no inject and no clock.

use jiff::SignedDuration;

use crate::base::id::SourceName;
use crate::drill::playbook::template::{LogLine, Template};

/// Lines that appear in a log over time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::drill) struct Burst {
    /// The source in which they appear.
    pub(in crate::drill) source: SourceName,
    /// The lines, once through; never empty.
    pub(in crate::drill) lines: Vec<Template>,
    /// How many times they are written.
    pub(in crate::drill) repeat: u32,
    /// The time over which all of them are spread, in script time: the first at once, the last at the end of it.
    pub(in crate::drill) over: SignedDuration,
}

impl Burst {
    /// How many lines are written in all.
    pub(in crate::drill) fn count(&self) -> usize {
        self.lines.len() * self.repeat as usize
    }

    /// The line written after `index` others.
    pub(in crate::drill) fn line(&self, index: usize) -> Option<LogLine> {
        let round = index.checked_div(self.lines.len())?;
        let number = u32::try_from(round).ok().filter(|round| *round < self.repeat)? + 1;
        Some(LogLine { template: self.lines[index % self.lines.len()].clone(), number })
    }

    /// How long after the first line this one is written, in script time.
    pub(in crate::drill) fn due(&self, index: usize) -> SignedDuration {
        let gaps = self.count().saturating_sub(1).max(1) as u128;
        let total = self.over.as_nanos().unsigned_abs();
        let nanos = i128::try_from(total * index as u128 / gaps).unwrap_or(i128::MAX);
        SignedDuration::from_nanos_i128(nanos.min(self.over.as_nanos()))
    }
}
