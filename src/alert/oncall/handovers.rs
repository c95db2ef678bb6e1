//! When the turn of a rota passes on. Turns are numbered from the calendar alone, so that both clock changes leave the
//! numbers as they are.

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

/// A Monday, so that turns can be counted from it.
const EPOCH: Date = Date::constant(1969, 12, 29);

const WEEK: i64 = 7;

/// Moments of the week at which a turn passes on, on the clocks of a zone. In the night in which the clock jumps over such an
/// hour the turn passes on later by as much as it jumped (02:30 becomes 03:30); where the hour comes twice, at its first
/// coming.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Handovers {
    zone: TimeZone,
    /// Days behind a Monday, and the hour; in order, each once.
    moments: Vec<(i64, Time)>,
}

impl Handovers {
    /// Hand-overs on these days at these hours; without a day, every day.
    pub(crate) fn new(zone: TimeZone, moments: impl IntoIterator<Item = (Option<Weekday>, Time)>) -> Self {
        let days = |day: Option<Weekday>| match day {
            Some(day) => vec![i64::from(day.to_monday_zero_offset())],
            None => (0..WEEK).collect(),
        };
        let all = moments.into_iter().flat_map(|(day, time)| days(day).into_iter().map(move |day| (day, time)));
        let mut moments: Vec<_> = all.collect();
        moments.sort_unstable();
        moments.dedup();
        Self { zone, moments }
    }

    /// The zone of the hours.
    pub(crate) fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The number of the turn that holds `instant`: that of the last hand-over not after it.
    pub(crate) fn turn_of(&self, instant: Timestamp) -> Option<i64> {
        let near = self.near(instant)?;
        near.rev().find(|turn| self.begin(*turn).is_some_and(|begin| begin <= instant))
    }

    /// The last hand-over not after `instant`.
    pub(crate) fn last(&self, instant: Timestamp) -> Option<Timestamp> {
        self.begin(self.turn_of(instant)?)
    }

    /// The first hand-over after `instant`.
    pub(crate) fn next(&self, instant: Timestamp) -> Option<Timestamp> {
        self.near(instant)?.filter_map(|turn| self.begin(turn)).find(|begin| *begin > instant)
    }

    /// The instant at which a turn begins.
    fn begin(&self, turn: i64) -> Option<Timestamp> {
        let count = i64::try_from(self.moments.len()).ok().filter(|count| *count > 0)?;
        let (day, time) = self.moments.get(usize::try_from(turn.rem_euclid(count)).ok()?)?;
        let days = turn.div_euclid(count).checked_mul(WEEK)?.checked_add(*day)?;
        let date = EPOCH.checked_add(Span::new().try_days(days).ok()?).ok()?;
        self.zone.to_timestamp(date.to_datetime(*time)).ok()
    }

    /// The turns of the week before `instant`, of its own and of the next.
    fn near(&self, instant: Timestamp) -> Option<std::ops::Range<i64>> {
        let date = self.zone.to_datetime(instant).date();
        let week = i64::from(date.since(EPOCH).ok()?.get_days()).div_euclid(WEEK);
        let count = i64::try_from(self.moments.len()).ok()?;
        Some((week - 1) * count..(week + 2) * count)
    }

    /// The first night, within two years of `from`, on which the clock passes such an hour twice or not at all.
    pub(crate) fn unclear(&self, from: Timestamp) -> Option<Date> {
        let first = self.zone.to_datetime(from).date();
        (0..2 * 366).filter_map(|days| first.checked_add(Span::new().days(days)).ok()).find(|date| {
            let day = i64::from(date.weekday().to_monday_zero_offset());
            let hours = self.moments.iter().filter(|(of, _)| *of == day);
            hours.into_iter().any(|(_, time)| self.zone.to_ambiguous_timestamp(date.to_datetime(*time)).is_ambiguous())
        })
    }

    /// The first hand-over on `date` or behind it.
    pub(crate) fn first_from(&self, date: Date) -> Option<Timestamp> {
        let midnight = self.zone.to_timestamp(date.to_datetime(Time::midnight())).ok()?;
        self.near(midnight)?.filter_map(|turn| self.begin(turn)).find(|begin| *begin >= midnight)
    }
}
