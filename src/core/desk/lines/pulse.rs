//! Whether a source lives: when its last line came, what keeps it from being read, and when people must hear of that. A
//! log that says nothing looks like a quiet night, and is what an attacker would want it to look like.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::alert::{Ailment, OF_SOURCE};
use crate::base::id::SourceName;
use crate::base::level::Level;
use crate::core::context::Context;
use crate::core::event::Event;
use crate::store::PositionRow;
use crate::watch::source::trouble::{Gravity, Trouble};
use crate::words::source as words;
use crate::words::time::{At, Lasted};

/// What a sign of life is called among the positions of a source, where it is kept.
pub(in crate::core) const ALIVE: &str = "alive";

/// A trouble that is over sooner is none: files are rotated, shares are mounted anew.
const LASTS: SignedDuration = SignedDuration::from_mins(1);
/// After a start, what was written meanwhile comes first.
const GRACE: SignedDuration = SignedDuration::from_mins(1);
/// A sign of life is kept again after this long: a start forgets no more.
const KEEP: SignedDuration = SignedDuration::from_secs(30);

/// The last sign of life, as it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Sign {
    /// When the last line came, or since when it is waited for.
    at: Timestamp,
    /// Whether a line ever came.
    heard: bool,
}

/// Whether a source lives.
#[derive(Debug)]
pub(super) struct Pulse {
    sign: Sign,
    /// What of that is kept.
    kept: Option<Timestamp>,
    /// How long it may say nothing.
    allowed: Option<SignedDuration>,
    troubles: Vec<Trouble>,
    /// Since when it cannot be read.
    blind: Option<Timestamp>,
    /// Nothing is said of it before this instant.
    from: Timestamp,
    /// What was said of it last; nothing before anything was.
    said: Option<bool>,
    /// Whether people hear of its silence with that of many others.
    folded: bool,
}

/// Why people must look at a source.
enum Illness<'a> {
    Blind(&'a Trouble),
    Silent(SignedDuration),
}

impl Pulse {
    pub(super) fn new(allowed: Option<SignedDuration>, now: Timestamp) -> Self {
        let from = now.saturating_add(GRACE).unwrap_or(now);
        let sign = Sign { at: now, heard: false };
        Self { sign, kept: None, allowed, troubles: Vec::new(), blind: None, from, said: None, folded: false }
    }

    /// Takes up what was kept.
    pub(super) fn remember(&mut self, state: &str) {
        if let Ok(sign) = serde_json::from_str::<Sign>(state) {
            (self.sign, self.kept) = (sign, Some(sign.at));
        }
    }

    /// Goes on where the pulse of the same source, allowed something else, stands.
    pub(super) fn go_on(&mut self, before: Self) {
        *self = Self { allowed: self.allowed, ..before };
    }

    /// What is to be said where a source is read no more.
    pub(super) fn over(&self, source: &SourceName) -> Option<Event> {
        (self.said == Some(true)).then(|| Event::Well { of: format!("{OF_SOURCE}{source}") })
    }

    /// A line came.
    pub(super) fn hear(&mut self, at: Timestamp) {
        self.sign = Sign { at: at.max(self.sign.at), heard: true };
    }

    /// What keeps it from being read from now on.
    pub(super) fn lasting(&mut self, troubles: Vec<Trouble>, now: Timestamp) {
        let blind = troubles.iter().any(is_grave);
        self.blind = blind.then(|| self.blind.unwrap_or(now));
        self.troubles = troubles;
    }

    pub(super) fn shift(&mut self, by: SignedDuration) {
        let moved = |at: Timestamp| at.saturating_add(by).unwrap_or(at);
        (self.sign.at, self.from) = (moved(self.sign.at), moved(self.from));
        (self.blind, self.kept) = (self.blind.map(moved), None);
    }

    /// When its last line came.
    pub(super) fn last(&self) -> Option<Timestamp> {
        self.sign.heard.then_some(self.sign.at)
    }

    /// What keeps it from being read.
    pub(super) fn troubles(&self) -> &[Trouble] {
        &self.troubles
    }

    /// Whether there is an end to how long it may say nothing.
    pub(super) fn may_not_be_silent(&self) -> bool {
        self.allowed.is_some()
    }

    /// Whether people hear of its silence with that of many others. What was said of it alone stays said.
    pub(super) fn fold(&mut self, folded: bool) {
        self.folded = folded;
    }

    /// Whether it said nothing for longer than it may.
    pub(super) fn is_silent(&self, now: Timestamp) -> bool {
        now >= self.from && self.silent_from().is_some_and(|from| from <= now)
    }

    /// What is to be kept of it.
    pub(super) fn row(&mut self, source: &SourceName) -> Option<PositionRow> {
        let new = self.kept.is_none_or(|kept| self.sign.at.duration_since(kept) >= KEEP);
        let wanted = self.sign.heard || self.allowed.is_some();
        (new && wanted).then(|| {
            self.kept = Some(self.sign.at);
            let state = serde_json::to_string(&self.sign).expect("an instant is plain data");
            PositionRow { source: source.clone(), file: ALIVE.to_owned(), state: Some(state) }
        })
    }

    /// When to look again if nothing happens before.
    pub(super) fn deadline(&self) -> Option<Timestamp> {
        match self.said {
            None => Some(self.from),
            Some(true) => None,
            Some(false) => {
                let silent = self.silent_from().filter(|_| !self.folded);
                let next = [self.blind_from(), silent].into_iter().flatten().min();
                next.map(|next| next.max(self.from))
            }
        }
    }

    /// What is to be said of it now, where that is not what was said last.
    pub(super) fn judge(&mut self, context: Context<'_>, source: &SourceName) -> Option<Event> {
        if context.now < self.from {
            return None;
        }
        let illness = self.illness(context.now);
        if self.said == Some(illness.is_some()) {
            return None;
        }
        let of = format!("{OF_SOURCE}{source}");
        let event = match &illness {
            None => Event::Well { of },
            Some(illness) => Event::Ailing(Box::new(self.ailment(context, of, source, illness))),
        };
        self.said = Some(illness.is_some());
        Some(event)
    }

    fn illness(&self, now: Timestamp) -> Option<Illness<'_>> {
        let trouble = self.troubles.iter().find(|trouble| is_grave(trouble));
        let blind = trouble.filter(|_| self.blind_from().is_some_and(|from| from <= now));
        let silent = || self.allowed.filter(|_| self.is_silent(now) && (!self.folded || self.said == Some(true)));
        blind.map(Illness::Blind).or_else(|| silent().map(Illness::Silent))
    }

    fn ailment(&self, context: Context<'_>, of: String, source: &SourceName, illness: &Illness<'_>) -> Ailment {
        let (title, description) = match illness {
            Illness::Blind(Trouble { file, what, remedy, .. }) => {
                (words::blind(source), words::what_blind_means(file, what, remedy))
            }
            Illness::Silent(allowed) => {
                let at = At(self.sign.at, &context.site().settings.zone);
                let meaning =
                    if self.sign.heard { words::what_silence_means(at) } else { words::what_no_line_means(at) };
                (words::silent(source, Lasted(*allowed)), meaning)
            }
        };
        Ailment { of, level: Level::High, title, description }
    }

    fn blind_from(&self) -> Option<Timestamp> {
        self.blind?.checked_add(LASTS).ok()
    }

    fn silent_from(&self) -> Option<Timestamp> {
        self.sign.at.checked_add(self.allowed?).ok()
    }
}

/// A log that was never there may come later; everything else keeps lines away that are written.
fn is_grave(trouble: &Trouble) -> bool {
    trouble.gravity == Gravity::Warning
}
