//! What people learn of an alert beside being asked about it: that it got graver, that there is more of it, that
//! somebody has it, that it is over.

use std::collections::{BTreeMap, BTreeSet};

use super::effect::{Effect, Fact, PageReason};
use super::escalation::{BEHIND, Context, Escalation, Status};
use crate::base::id::{ChannelName, PersonId};

impl Escalation {
    /// It got graver: whoever has it took something smaller. They are asked first; when they do not answer, or nobody
    /// has it, the chain of its new level is gone through from its first step, so that no attack hides behind a trifle.
    pub(super) fn graver(&mut self, context: Context<'_>, effects: &mut Vec<Effect>) {
        self.chain = context.chain.id.clone();
        effects.push(Effect::Fact(Fact::Graver { chain: self.chain.clone() }));
        self.attempts.give_up(PageReason::asks, effects);
        self.given_up = false;
        let held_by = match &self.status {
            Status::Acked { by, .. } => Some(by.clone()),
            _ => None,
        };
        // Where it stood was on another chain: whoever goes on from here begins with this one.
        self.step = BEHIND;
        // From here on it is news again, to whoever is told next.
        self.next_round(context);
        self.news = self.round;
        if let Some(by) = held_by {
            return self.ask(context, by, PageReason::Graver, effects);
        }
        self.open_again();
        self.advance(context, 0, context.now, effects);
    }

    /// There is more of it: whoever has it learns so, unless they are being asked anyway.
    pub(super) fn grew(&mut self, context: Context<'_>, effects: &mut Vec<Effect>) {
        let Status::Acked { by, .. } = &self.status else { return };
        let by = by.clone();
        if self.asked.as_ref() == Some(&by) {
            return;
        }
        let Some((step, groups)) = context.ways_to(&by, self.step) else { return };
        self.notices = self.notices.saturating_add(1);
        let about = self.about(step, by, PageReason::Update(self.notices));
        self.attempts.begin(about, groups, self.clock(context), effects);
    }

    /// Tells everybody who knows of it, but for whoever brought the news.
    pub(super) fn spread(
        &mut self,
        context: Context<'_>,
        but: Option<&PersonId>,
        news: fn(u32) -> PageReason,
        effects: &mut Vec<Effect>,
    ) {
        self.spread_to(context, (self.informed.clone(), but), news, effects);
    }

    /// Tells these people, and by what they are reached, but for whoever brought the news.
    pub(super) fn spread_to(
        &mut self,
        context: Context<'_>,
        (people, but): (BTreeMap<PersonId, BTreeSet<ChannelName>>, Option<&PersonId>),
        news: fn(u32) -> PageReason,
        effects: &mut Vec<Effect>,
    ) {
        self.notices = self.notices.saturating_add(1);
        for (person, by) in people {
            if Some(&person) == but {
                continue;
            }
            if let Some(channel) = context.reach.quiet_way(&person, &by) {
                let about = self.about(self.place(context), person, news(self.notices));
                self.attempts.begin(about, vec![vec![channel]], self.clock(context), effects);
            }
        }
    }

    /// What was told is wrong: it is taken back from exactly those who were told, by the channels that took it.
    pub(super) fn put_right(&mut self, context: Context<'_>, effects: &mut Vec<Effect>) {
        self.notices = self.notices.saturating_add(1);
        for (person, channels) in &self.informed {
            let about = self.about(self.place(context), person.clone(), PageReason::Erratum(self.notices));
            self.attempts.begin(about, vec![channels.iter().cloned().collect()], self.clock(context), effects);
        }
    }

    /// Whether somebody was told by a channel that leads to themselves.
    pub(super) fn was_told(&self, context: Context<'_>, person: &PersonId) -> bool {
        self.informed
            .get(person)
            .is_some_and(|channels| channels.iter().any(|channel| !context.reach.is_place(channel)))
    }
}
