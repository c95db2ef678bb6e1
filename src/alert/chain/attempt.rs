//! Telling one person one thing: by a group of channels at once, then by the next group where none of the first took
//! the page. Knows nothing of steps, turns and acknowledgements.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::definition::Pace;
use super::effect::{Effect, PageKey, PageReason};
use super::input::Outcome;
use crate::base::id::{ChannelName, PersonId};

/// How long a group of channels has to be accepted by its peers before the next group is tried.
pub const FALLBACK_AFTER: SignedDuration = SignedDuration::from_secs(60);

/// An instant on the clock of one escalation.
#[derive(Debug, Clone, Copy)]
pub(in crate::alert) struct Clock {
    pub(in crate::alert) now: Timestamp,
    pub(in crate::alert) pace: Pace,
}

impl Clock {
    /// The instant a scripted duration later, always later than now so that no machine can turn on the spot.
    pub(in crate::alert) fn after(self, scripted: SignedDuration) -> Timestamp {
        let real = self.pace.real(scripted).max(SignedDuration::from_millis(1));
        self.now.saturating_add(real).unwrap_or(Timestamp::MAX)
    }
}

/// What an attempt is about: a page's name but for the channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::alert) struct Notification {
    #[serde(rename = "lap")]
    pub(in crate::alert) round: u32,
    pub(in crate::alert) step: usize,
    pub(in crate::alert) person: PersonId,
    pub(in crate::alert) reason: PageReason,
}

impl Notification {
    fn page(&self, channel: ChannelName) -> PageKey {
        PageKey {
            round: self.round,
            step: self.step,
            person: self.person.clone(),
            channel,
            reason: self.reason.clone(),
        }
    }

    fn names(&self, page: &PageKey) -> bool {
        (self.round, self.step, &self.person, &self.reason) == (page.round, page.step, &page.person, &page.reason)
    }
}

/// One person being told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Attempt {
    about: Notification,
    /// The channels in use now.
    group: Vec<ChannelName>,
    /// The groups still to be tried.
    left: Vec<Vec<ChannelName>>,
    /// When the next of them is tried.
    next: Option<Timestamp>,
}

/// What became of a page so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Fate {
    Waiting,
    Accepted,
    Failed,
    Cancelled,
}

/// Every attempt of an escalation that is still open, and the pages they led to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::alert) struct Attempts {
    open: Vec<Attempt>,
    pages: Vec<(PageKey, Fate)>,
}

impl Attempts {
    /// Begins to tell somebody. A channel that stands in several groups is used with the first of them only, so that
    /// no page is asked for twice.
    pub(in crate::alert) fn begin(
        &mut self,
        about: Notification,
        groups: Vec<Vec<ChannelName>>,
        clock: Clock,
        effects: &mut Vec<Effect>,
    ) {
        let mut used: Vec<ChannelName> = Vec::new();
        let mut left: Vec<Vec<ChannelName>> = Vec::new();
        for group in groups {
            let mut fresh = Vec::new();
            for channel in group {
                if !used.contains(&channel) {
                    used.push(channel.clone());
                    fresh.push(channel);
                }
            }
            if !fresh.is_empty() {
                left.push(fresh);
            }
        }
        if about.reason.asks() {
            let (person, which) = (about.person.clone(), |reason: &PageReason| reason.asks() || reason.is_notice());
            self.open.retain(|attempt| attempt.about.person != person || !which(&attempt.about.reason));
        }
        let mut attempt = Attempt { about, group: Vec::new(), left, next: None };
        if self.next_group(&mut attempt, clock, effects) {
            // Most alerts have one at a time, and thousands may be open: room for more is taken when there are more.
            self.open.reserve_exact(1);
            self.open.push(attempt);
        }
    }

    /// Uses the next group of an attempt; `false` where there is none left.
    fn next_group(&mut self, attempt: &mut Attempt, clock: Clock, effects: &mut Vec<Effect>) -> bool {
        if attempt.left.is_empty() {
            return false;
        }
        let group = attempt.left.remove(0);
        for channel in &group {
            let page = attempt.about.page(channel.clone());
            if page.reason.is_turn() && paged_in(effects, &page) {
                continue;
            }
            if page.reason.is_notice() && self.is_being_told(&page) {
                continue;
            }
            self.replace(&page, effects);
            self.pages.reserve_exact(1);
            self.pages.push((page.clone(), Fate::Waiting));
            effects.push(Effect::Page(page));
        }
        attempt.group = group;
        attempt.next = (!attempt.left.is_empty()).then(|| clock.after(FALLBACK_AFTER));
        true
    }

    /// What waits to be told to somebody by a channel gives way to what is to be told now: after an outage of an hour
    /// nobody needs what was true at its beginning.
    fn replace(&mut self, page: &PageKey, effects: &mut Vec<Effect>) {
        let gives_way = |reason: &PageReason| reason.asks() || reason.is_notice();
        if !gives_way(&page.reason) {
            return;
        }
        for (older, fate) in &mut self.pages {
            let same = (&older.person, &older.channel) == (&page.person, &page.channel);
            if *fate == Fate::Waiting && same && gives_way(&older.reason) {
                *fate = Fate::Cancelled;
                effects.push(Effect::Cancel(older.clone()));
            }
        }
    }

    /// Whether somebody is being asked by this channel: they will see what is new there.
    fn is_being_told(&self, page: &PageKey) -> bool {
        let same = |other: &PageKey| (&other.person, &other.channel) == (&page.person, &page.channel);
        self.pages.iter().any(|(other, fate)| *fate == Fate::Waiting && same(other) && other.reason.asks())
    }

    /// Tries the next group of every attempt whose time has come.
    pub(in crate::alert) fn fall_back(&mut self, clock: Clock, effects: &mut Vec<Effect>) {
        for mut attempt in std::mem::take(&mut self.open) {
            if attempt.next.is_some_and(|next| next <= clock.now) {
                self.next_group(&mut attempt, clock, effects);
            }
            self.open.push(attempt);
        }
    }

    /// Notes what became of a page. Gives back what the attempt was about where this was the last hope of it: every
    /// channel of every group refused.
    pub(in crate::alert) fn receipt(
        &mut self,
        page: &PageKey,
        outcome: Outcome,
        clock: Clock,
        effects: &mut Vec<Effect>,
    ) -> Option<Notification> {
        let (_, fate) = self.pages.iter_mut().find(|(known, _)| known == page)?;
        match (outcome, *fate) {
            // A peer that once took the page has it, whatever is said later; and nobody waits for a cancelled one.
            (_, Fate::Accepted) | (Outcome::Failed, Fate::Cancelled) => return None,
            (Outcome::Accepted, _) => *fate = Fate::Accepted,
            (Outcome::Failed, _) => *fate = Fate::Failed,
        }
        let place = self.open.iter().position(|attempt| attempt.about.names(page))?;
        if outcome == Outcome::Accepted {
            self.open.remove(place);
            self.open.shrink_to_fit();
            return None;
        }
        let mut attempt = self.open.remove(place);
        if !self.failed(&attempt.about, Some(&attempt.group)) || self.next_group(&mut attempt, clock, effects) {
            self.open.push(attempt);
            return None;
        }
        if self.failed(&attempt.about, None) {
            return Some(attempt.about);
        }
        self.open.push(attempt);
        None
    }

    /// Whether every page of an attempt (by the channels given, or by any) was refused.
    fn failed(&self, about: &Notification, channels: Option<&[ChannelName]>) -> bool {
        self.pages
            .iter()
            .filter(|(page, _)| about.names(page) && channels.is_none_or(|channels| channels.contains(&page.channel)))
            .all(|(_, fate)| *fate == Fate::Failed)
    }

    /// Gives up every attempt, and every page not yet taken, for which `which` says so.
    pub(in crate::alert) fn give_up(&mut self, which: impl Fn(&PageReason) -> bool, effects: &mut Vec<Effect>) {
        self.give_up_where(|_, reason| which(reason), effects);
    }

    /// The same of what asks one person.
    pub(super) fn give_up_on(&mut self, person: &PersonId, effects: &mut Vec<Effect>) {
        self.give_up_where(|of, reason| of == person && reason.is_turn(), effects);
    }

    fn give_up_where(&mut self, which: impl Fn(&PersonId, &PageReason) -> bool, effects: &mut Vec<Effect>) {
        self.open.retain(|attempt| !which(&attempt.about.person, &attempt.about.reason));
        for (page, fate) in &mut self.pages {
            if *fate == Fate::Waiting && which(&page.person, &page.reason) {
                *fate = Fate::Cancelled;
                effects.push(Effect::Cancel(page.clone()));
            }
        }
    }

    /// The next instant at which [`Attempts::fall_back`] has something to do.
    pub(in crate::alert) fn deadline(&self) -> Option<Timestamp> {
        self.open.iter().filter_map(|attempt| attempt.next).min()
    }

    /// Whether `person` was told their turn at this step by `channel`, as far as is known.
    pub(in crate::alert) fn told(&self, round: u32, step: usize, person: &PersonId, channel: &ChannelName) -> bool {
        self.pages.iter().any(|(page, fate)| {
            (page.round, page.step, &page.person, &page.channel) == (round, step, person, channel)
                && page.reason.is_turn()
                && *fate != Fate::Failed
        })
    }

    /// Whether no page was ever asked for.
    pub(in crate::alert) fn are_none(&self) -> bool {
        self.pages.is_empty()
    }

    /// Whether a page was asked for.
    pub(in crate::alert) fn knows(&self, page: &PageKey) -> bool {
        self.pages.iter().any(|(known, _)| known == page)
    }

    /// Whether a page was asked for and is neither taken, refused nor given up.
    pub(in crate::alert) fn waits_for(&self, page: &PageKey) -> bool {
        self.waiting().any(|waiting| waiting == page)
    }

    /// The pages that were asked for and are neither taken, refused nor given up.
    pub(in crate::alert) fn waiting(&self) -> impl Iterator<Item = &PageKey> {
        self.pages.iter().filter(|(_, fate)| *fate == Fate::Waiting).map(|(page, _)| page)
    }

    /// Puts every deadline off, or forward where `by` is negative.
    pub(in crate::alert) fn shift(&mut self, by: SignedDuration) {
        for next in self.open.iter_mut().filter_map(|attempt| attempt.next.as_mut()) {
            *next = next.saturating_add(by).unwrap_or(*next);
        }
    }

    /// Forgets pages that are settled, so that an alert open for months does not grow without end. Their names cannot
    /// come again: rounds and questions are only ever counted up.
    pub(in crate::alert) fn forget_settled(&mut self) {
        let open = &self.open;
        self.pages
            .retain(|(page, fate)| *fate == Fate::Waiting || open.iter().any(|attempt| attempt.about.names(page)));
    }
}

/// Whether the same person is already being paged for their turn, by the same channel, in this very step.
fn paged_in(effects: &[Effect], page: &PageKey) -> bool {
    effects.iter().any(|effect| match effect {
        Effect::Page(other) => {
            (&other.person, &other.channel) == (&page.person, &page.channel) && other.reason.is_turn()
        }
        _ => false,
    })
}
