//! Which of many letters goes first.

use crate::base::level::Level;

/// How urgent a letter is: the least goes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Urgency {
    /// It may wait for what is new.
    waits: bool,
    /// It belongs to an exercise: what is real goes before it.
    exercise: bool,
    level: std::cmp::Reverse<Level>,
}

impl Urgency {
    /// Of a letter that `waits` for what is new or does not, about something of this level.
    pub(crate) fn new(waits: bool, exercise: bool, level: Level) -> Self {
        Self { waits, exercise, level: std::cmp::Reverse(level) }
    }

    /// Whether it may wait for what is new.
    pub(crate) fn waits(self) -> bool {
        self.waits
    }

    /// Whether an attack is very likely under way, and somebody does not know it yet.
    pub(crate) fn is_critical_news(self) -> bool {
        !self.waits && !self.exercise && self.level.0 == Level::Critical
    }
}
