//! The machine that keeps a duty in somebody's hands until it is done: its owner is told, told again at half and nine
//! tenths of the time, at its end and each day after that, by the channels of the declaration. Pure, and it knows no
//! authority: it says which person to page.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::given::{Ended, Given};
use crate::alert::chain::{self, AttemptClock, Attempts, Notification, Outcome, PageKey, PageReason};
use crate::base::id::{ChannelName, PersonId};

/// What could not be told is tried again after this long.
const TRY_AGAIN: SignedDuration = SignedDuration::from_mins(30);

/// A duty in somebody's hands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Keeping {
    pub(crate) given: Given,
    attempts: Attempts,
}

/// Who can be told now, and by which groups of channels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Owner {
    pub(crate) person: PersonId,
    pub(crate) step: usize,
    pub(crate) groups: Vec<Vec<ChannelName>>,
}

/// What a duty asks of the world.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Page somebody.
    Page(PageKey),
    /// Do not send this page any more if it is still waiting.
    Cancel(PageKey),
    /// It is in somebody's hands from now on.
    Given(PersonId),
    /// They were told again.
    Reminded(PersonId),
    /// Nobody could be told; it is tried again.
    Unheard,
}

impl Keeping {
    /// One whose clock does not run yet.
    pub(crate) fn new(given: Given) -> Self {
        Self { given, attempts: Attempts::default() }
    }

    /// Its clock begins, and its owner is told.
    pub(crate) fn begin(&mut self, since: Timestamp, owner: Option<Owner>, now: Timestamp) -> Vec<Effect> {
        self.given.since = Some(since);
        self.given.deadline = self.given.clock.within.deadline(since, self.given.pace);
        self.given.ended = None;
        self.tell(owner, now)
    }

    /// Does what is due. `owner` says who can be told now.
    pub(crate) fn time_passed(&mut self, owner: impl FnOnce() -> Option<Owner>, now: Timestamp) -> Vec<Effect> {
        let mut effects = Vec::new();
        if self.given.is_open() && self.given.next.is_some_and(|next| next <= now) {
            effects = self.tell(owner(), now);
        }
        let mut pages = Vec::new();
        self.attempts.fall_back(self.clock(now), &mut pages);
        effects.extend(pages.into_iter().filter_map(of_page));
        effects
    }

    /// Its owner is told, for the first time or again. What they were told before says less.
    fn tell(&mut self, owner: Option<Owner>, now: Timestamp) -> Vec<Effect> {
        let Some(since) = self.given.since else { return Vec::new() };
        let reminder = self.given.clock.within.reminder(since, self.given.pace, now);
        let Some(Owner { person, step, groups }) = owner.filter(|owner| !owner.groups.is_empty()) else {
            self.given.next = Some(reminder.min(self.clock(now).after(TRY_AGAIN)));
            return vec![Effect::Unheard];
        };
        let mut pages = Vec::new();
        self.attempts.give_up(|_| true, &mut pages);
        self.attempts.forget_settled();
        let reason = PageReason::Duty(self.given.duty.clone());
        let about = Notification { round: self.given.told, step, person: person.clone(), reason };
        self.attempts.begin(about, groups, self.clock(now), &mut pages);
        self.given.told = self.given.told.saturating_add(1);
        self.given.next = Some(reminder);
        let is_theirs = self.given.owner.replace(person.clone()).as_ref() == Some(&person);
        let said = if is_theirs { Effect::Reminded(person) } else { Effect::Given(person) };
        std::iter::once(said).chain(pages.into_iter().filter_map(of_page)).collect()
    }

    /// A page reached its peer, or never will.
    pub(crate) fn receipt(&mut self, page: &PageKey, outcome: Outcome, now: Timestamp) -> Vec<Effect> {
        let mut pages = Vec::new();
        let lost = self.attempts.receipt(page, outcome, self.clock(now), &mut pages).is_some();
        let mut effects: Vec<Effect> = pages.into_iter().filter_map(of_page).collect();
        if lost && self.given.is_open() {
            let soon = self.clock(now).after(TRY_AGAIN);
            self.given.next = Some(self.given.next.map_or(soon, |next| next.min(soon)));
            effects.push(Effect::Unheard);
        }
        effects
    }

    /// It is done, or need not be: nobody is told any more.
    pub(crate) fn end(&mut self, ended: Ended) -> Vec<Effect> {
        self.given.ended = Some(ended);
        self.given.next = None;
        let mut pages = Vec::new();
        self.attempts.give_up(|_| true, &mut pages);
        pages.into_iter().filter_map(of_page).collect()
    }

    /// When to come back if nothing happens before.
    pub(crate) fn deadline(&self) -> Option<Timestamp> {
        self.given.next.into_iter().chain(self.attempts.deadline()).min()
    }

    /// Whether a page asked for earlier is still wanted.
    pub(crate) fn wants(&self, page: &PageKey) -> bool {
        self.attempts.waits_for(page)
    }

    /// Moves every instant, because the clock they were set by was itself moved.
    pub(crate) fn shift(&mut self, by: SignedDuration) {
        let Given { aware, since, deadline, next, .. } = &mut self.given;
        for instant in [Some(&mut aware.at), since.as_mut(), deadline.as_mut(), next.as_mut()].into_iter().flatten() {
            *instant = instant.saturating_add(by).unwrap_or(*instant);
        }
        self.attempts.shift(by);
    }

    fn clock(&self, now: Timestamp) -> AttemptClock {
        AttemptClock { now, pace: self.given.pace }
    }
}

fn of_page(effect: chain::Effect) -> Option<Effect> {
    match effect {
        chain::Effect::Page(key) => Some(Effect::Page(key)),
        chain::Effect::Cancel(key) => Some(Effect::Cancel(key)),
        chain::Effect::Fact(_) | chain::Effect::RoundOver => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alert::chain::Pace;
    use crate::alert::duty::find;
    use crate::alert::duty::given::{Awareness, How};
    use crate::base::language::Text;
    use crate::base::level::Level;
    use crate::base::realm::Realm;

    fn at(hours: f64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_secs_f64(hours * 3600.0)
    }

    fn keeping(duty: &str) -> Keeping {
        Keeping::new(Given {
            alert: crate::base::id::AlertId(3),
            duty: duty.into(),
            realm: Realm::Live,
            title: Text::quoted("x"),
            level: Level::Critical,
            chain: "grave".into(),
            clock: find(duty).expect("a duty").clock.clone(),
            pace: Pace::REAL,
            aware: Awareness { at: at(0.0), how: How::Acked("ann".into()) },
            since: None,
            deadline: None,
            owner: None,
            told: 0,
            next: None,
            ended: None,
        })
    }

    #[expect(clippy::unnecessary_wraps, reason = "as the machine is asked")]
    fn owner(person: &str) -> Option<Owner> {
        let groups = vec![vec!["mail".into()], vec!["paper".into()]];
        Some(Owner { person: person.into(), step: 2, groups })
    }

    /// The pages asked for and taken back, in short.
    fn pages(effects: &[Effect]) -> Vec<String> {
        let short = |effect: &Effect| match effect {
            Effect::Page(key) => Some(format!("{} {} {}", key.person, key.channel, key.round)),
            Effect::Cancel(key) => Some(format!("not {} {} {}", key.person, key.channel, key.round)),
            _ => None,
        };
        effects.iter().filter_map(short).collect()
    }

    #[test]
    fn its_owner_is_told_until_it_is_done() {
        let mut duty = keeping("cnil");
        let effects = duty.begin(at(0.0), owner("chief"), at(0.0));
        assert_eq!(
            (pages(&effects), effects[0].clone()),
            (vec!["chief mail 0".to_owned()], Effect::Given("chief".into()))
        );
        assert_eq!(duty.given.deadline, Some(at(72.0)));
        let key = |effects: &[Effect]| {
            effects.iter().find_map(|effect| match effect {
                Effect::Page(key) => Some(key.clone()),
                _ => None,
            })
        };
        duty.receipt(&key(&effects).expect("a page"), Outcome::Accepted, at(0.0));
        for (round, hours) in [36.0, 64.8, 72.0, 96.0].into_iter().enumerate() {
            assert_eq!(duty.deadline(), Some(at(hours)));
            assert_eq!(duty.time_passed(|| owner("chief"), at(hours - 0.01)), []);
            let effects = duty.time_passed(|| owner("chief"), at(hours));
            assert_eq!(effects[0], Effect::Reminded("chief".into()));
            assert_eq!(pages(&effects).last(), Some(&format!("chief mail {}", round + 1)), "at {hours} h");
            if round < 3 {
                duty.receipt(&key(&effects).expect("a page"), Outcome::Accepted, at(hours));
            }
        }
        let done = Ended::Done { by: "chief".into(), at: at(97.0), receipt: "42".to_owned() };
        assert_eq!(pages(&duty.end(done)), ["not chief mail 4"]);
        assert_eq!((duty.deadline(), duty.time_passed(|| owner("chief"), at(999.0))), (None, vec![]));
    }

    #[test]
    fn what_no_channel_takes_goes_the_next_way_and_is_tried_again() {
        let mut duty = keeping("cert-sante");
        let first = duty.begin(at(0.0), owner("chief"), at(0.0));
        let Effect::Page(key) = &first[1] else { panic!("{first:?}") };
        let second = duty.receipt(key, Outcome::Failed, at(0.1));
        assert_eq!(pages(&second), ["chief paper 0"]);
        let Effect::Page(key) = &second[0] else { panic!("{second:?}") };
        assert_eq!(duty.receipt(key, Outcome::Failed, at(0.1)), [Effect::Unheard]);
        assert_eq!(duty.deadline(), Some(at(0.5)), "the first reminder comes before that");
        assert_eq!(pages(&duty.time_passed(|| owner("chief"), at(0.5))), ["chief mail 1"]);
    }

    #[test]
    fn what_nobody_could_be_told_is_not_forgotten() {
        let mut duty = keeping("cnil");
        assert_eq!(duty.begin(at(0.0), None, at(0.0)), [Effect::Unheard]);
        assert_eq!((duty.deadline(), duty.given.deadline), (Some(at(0.5)), Some(at(72.0))));
        let effects = duty.time_passed(|| owner("chief"), at(0.5));
        assert_eq!(effects[0], Effect::Given("chief".into()));
        // Whoever has it may be gone: somebody else has it then.
        let effects = duty.time_passed(|| owner("bob"), at(36.0));
        assert_eq!((effects[0].clone(), pages(&effects).len()), (Effect::Given("bob".into()), 2));
    }

    #[test]
    fn it_is_kept_whole_and_goes_on_from_there() {
        let mut duty = keeping("cnil");
        duty.begin(at(0.0), owner("chief"), at(0.0));
        let kept = serde_json::to_string(&duty).expect("plain data");
        let mut again: Keeping = serde_json::from_str(&kept).expect("what was kept");
        assert_eq!(again, duty);
        assert_eq!(again.time_passed(|| owner("chief"), at(36.0)), duty.time_passed(|| owner("chief"), at(36.0)));
        duty.shift(SignedDuration::from_hours(1));
        assert_eq!((duty.given.deadline, duty.given.next), (Some(at(73.0)), Some(at(65.8))));
    }
}
