//! What a ledger says of alerts and messages, counted month by month.
//!
//! Only what was real counts. A message counts when its peer took it: in the month, at the hour and for the person of its
//! receipt. An alert counts in the month in which it was raised, with whatever became of it later.

use std::collections::BTreeMap;

use jiff::civil::{Date, Time, Weekday, time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Zoned};

use super::figures::{Answers, Load, Month, Turns};
use crate::alert::Verdict;
use crate::alert::oncall::{Roster, Target};
use crate::api::{AlertFact, ChainFact, EntryView, Fact, PageEnd, PageFact, Purpose};
use crate::base::id::{AlertId, PersonId};
use crate::base::realm::Realm;

/// The night begins at this hour, and ends at the other one.
const NIGHT: (Time, Time) = (time(22, 0, 0, 0), time(7, 0, 0, 0));

/// The kinds of entries that are counted.
const COUNTED: [&str; 7] = [
    "alert.raised",
    "alert.split",
    "alert.qualified",
    "chain.step_reached",
    "chain.acked",
    "page.accepted",
    "page.failed",
];

/// Hours, days and turns as the site has them today.
pub(super) struct Calendar<'a> {
    pub(super) zone: TimeZone,
    pub(super) roster: &'a Roster,
}

/// What became of one alert.
#[derive(Debug, Clone)]
struct Course {
    month: Date,
    asked: Option<Timestamp>,
    answered: Option<(PersonId, SignedDuration)>,
    verdict: Option<Verdict>,
}

/// What was counted so far.
pub(super) struct Tally<'a> {
    calendar: Calendar<'a>,
    /// The first month that counts.
    since: Date,
    alerts: BTreeMap<AlertId, Course>,
    months: BTreeMap<Date, Month>,
}

impl<'a> Tally<'a> {
    /// Counts from this month on, the first day of which it is.
    pub(super) fn new(calendar: Calendar<'a>, since: Date) -> Self {
        Self { calendar, since, alerts: BTreeMap::new(), months: BTreeMap::new() }
    }

    /// Takes up the next entry of the ledger.
    pub(super) fn add(&mut self, entry: &EntryView) {
        let at = entry.at.to_zoned(self.calendar.zone.clone());
        let month = at.date().first_of_month();
        if entry.realm != Realm::Live || month < self.since || !COUNTED.contains(&&*entry.kind) {
            return;
        }
        match Fact::read(&entry.kind, &entry.body.to_string()) {
            Some(Fact::Alert(fact)) => self.alert(fact, entry.at, month),
            Some(Fact::Chain(ChainFact::StepReached { alert, .. })) => {
                if let Some(course) = self.alerts.get_mut(&alert) {
                    course.asked.get_or_insert(entry.at);
                }
            }
            Some(Fact::Chain(ChainFact::Acked { alert, by })) => self.answered(alert, by, entry.at),
            Some(Fact::Page(PageFact::Accepted(end))) => self.taken(&end, &at),
            Some(Fact::Page(PageFact::Failed(end))) => self.failed(end, month),
            // Erased, or written by another version.
            _ => self.month(month).unread += 1,
        }
    }

    fn month(&mut self, month: Date) -> &mut Month {
        self.months.entry(month).or_default()
    }

    fn alert(&mut self, fact: AlertFact, at: Timestamp, month: Date) {
        match fact {
            AlertFact::Raised { alert, .. } => {
                self.month(month);
                self.alerts.entry(alert).or_insert(Course { month, asked: None, answered: None, verdict: None });
            }
            // What is taken out of an alert that somebody has is theirs.
            AlertFact::Split { alert, into, .. } => {
                let before = self.alerts.get(&alert).map(|course| Course { verdict: None, ..course.clone() });
                let asked = before.as_ref().and_then(|course| course.asked).map(|_| at);
                let answered = before.and_then(|course| course.answered).map(|(by, _)| (by, SignedDuration::ZERO));
                self.month(month);
                self.alerts.entry(into).or_insert(Course { month, asked, answered, verdict: None });
            }
            AlertFact::Qualified { alert, said } => {
                if let Some(course) = self.alerts.get_mut(&alert) {
                    course.verdict = Some(said.verdict);
                }
            }
            _ => {}
        }
    }

    /// The first answer counts.
    fn answered(&mut self, alert: AlertId, by: PersonId, at: Timestamp) {
        if let Some(course) = self.alerts.get_mut(&alert)
            && let Some(asked) = course.asked
        {
            course.answered.get_or_insert_with(|| (by, at.duration_since(asked)));
        }
    }

    fn taken(&mut self, end: &PageEnd, at: &Zoned) {
        if !is_of_alert(end) {
            return;
        }
        let hour = self.calendar.hour(at);
        let turns = self.calendar.turns(&end.to, at.timestamp());
        let month = self.month(at.date().first_of_month());
        month.pages.add(hour);
        month.people.entry(end.to.clone()).or_default().load.add(hour);
        for turn in turns {
            month.turns.entry(turn).or_default().add(hour);
        }
    }

    fn failed(&mut self, end: PageEnd, month: Date) {
        if is_of_alert(&end) {
            let month = self.month(month);
            month.pages.failed += 1;
            month.people.entry(end.to).or_default().load.failed += 1;
        }
    }

    /// The months, from the first of which anything is known, those without anything too.
    pub(super) fn done(mut self, now: Timestamp) -> BTreeMap<Date, Month> {
        let mut asked: BTreeMap<Date, Vec<Course>> = BTreeMap::new();
        for course in std::mem::take(&mut self.alerts).into_values() {
            asked.entry(course.month).or_default().push(course);
        }
        for (at, courses) in asked {
            let month = self.month(at);
            month.answers = answers(&courses);
            for (by, _) in courses.into_iter().filter_map(|course| course.answered) {
                month.people.entry(by).or_default().answers += 1;
            }
        }
        let last = now.to_zoned(self.calendar.zone.clone()).date().first_of_month();
        let mut next = self.months.keys().next().copied();
        while let Some(month) = next.filter(|month| *month <= last) {
            self.month(month);
            next = month.last_of_month().tomorrow().ok();
        }
        self.months
    }
}

/// Whether it is a page of an alert: the digest of a day comes at its hour and asks for nothing.
fn is_of_alert(end: &PageEnd) -> bool {
    end.r#for.as_ref().is_none_or(|purpose| !matches!(purpose, Purpose::Digest { .. }))
}

fn answers(courses: &[Course]) -> Answers {
    let count = |holds: fn(&&Course) -> bool| courses.iter().filter(holds).count();
    let mut times: Vec<SignedDuration> =
        courses.iter().filter_map(|course| course.answered.as_ref().map(|(_, after)| *after)).collect();
    times.sort_unstable();
    Answers {
        alerts: courses.len(),
        asked: count(|course| course.asked.is_some()),
        answered: times.len(),
        half_within: share(&times, 50),
        nine_tenths_within: share(&times, 90),
        longest: times.last().copied(),
        qualified: count(|course| course.verdict.is_some()),
        false_alarms: count(|course| course.verdict == Some(Verdict::False)),
    }
}

/// The time within which so many of a hundred of them lie.
fn share(sorted: &[SignedDuration], percent: usize) -> Option<SignedDuration> {
    sorted.get((sorted.len() * percent).div_ceil(100).saturating_sub(1)).copied()
}

/// At what kind of hour somebody was paged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hour {
    /// In this night, named by the day on which it began.
    Night(Date),
    /// By day on a weekend or a holiday.
    Free,
    /// At any other time.
    Day,
}

impl Calendar<'_> {
    fn hour(&self, at: &Zoned) -> Hour {
        let (clock, today) = (at.time(), at.date());
        if clock >= NIGHT.0 {
            return Hour::Night(today);
        }
        if clock < NIGHT.1 {
            return Hour::Night(today.yesterday().unwrap_or(today));
        }
        match self.roster.holidays.weekday(today) {
            Weekday::Saturday | Weekday::Sunday => Hour::Free,
            _ => Hour::Day,
        }
    }

    /// The rotas in which it was this person's turn, and why.
    fn turns(&self, person: &PersonId, at: Timestamp) -> Vec<Turns> {
        let mut turns: Vec<Turns> = Vec::new();
        for rota in self.roster.rotas.keys() {
            let on_call = self.roster.on_call(&Target::Rota(rota.clone()), at);
            let own = on_call.filter(|on_call| on_call.person.id == *person);
            turns.extend(
                own.map(|on_call| Turns { rota: Some(rota.clone()), kind: on_call.why.word().unwrap_or("turn") }),
            );
        }
        if turns.is_empty() {
            turns.push(Turns { rota: None, kind: "none" });
        }
        turns
    }
}

impl Load {
    fn add(&mut self, hour: Hour) {
        self.pages += 1;
        match hour {
            Hour::Night(night) => *self.nights.entry(night).or_default() += 1,
            Hour::Free => self.free_days += 1,
            Hour::Day => {}
        }
    }
}
