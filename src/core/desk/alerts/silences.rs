//! The silences of a site: made and ended by people, kept, over by themselves when their time has come.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::Alerts;
use crate::alert::silence::{AHEAD, LONGEST};
use crate::alert::{Maintenance, Matcher, MutedBy, Silence, WhyUnmuted};
use crate::api::{Done, Fact, Refusal, SilenceFact, SilenceView, Silences as Shown, WindowView};
use crate::base::id::{AlertId, PersonId, SilenceId};
use crate::base::level::Level;
use crate::base::realm::Realm;
use crate::base::redact::redact;
use crate::core::context::Context;
use crate::core::event::Out;
use crate::store::{Change, SilenceRow};

/// A silence that somebody asks for.
#[derive(Debug, Clone, Copy)]
pub(in crate::core) struct Quiet<'a> {
    pub(in crate::core) matcher: &'a Matcher,
    pub(in crate::core) up_to: Level,
    pub(in crate::core) reason: &'a str,
    /// At once where nothing is said.
    pub(in crate::core) from: Option<Timestamp>,
    pub(in crate::core) until: Timestamp,
    pub(in crate::core) by: &'a PersonId,
}

/// A maintenance window as it is shown.
fn view(window: &Maintenance, now: Timestamp) -> WindowView {
    let Maintenance { matcher, up_to, hours, reason, owner } = window;
    WindowView {
        matcher: matcher.clone(),
        up_to: *up_to,
        reason: reason.clone(),
        owner: owner.clone(),
        until: hours.end(now),
        next: hours.next(now).filter(|next| *next > now),
    }
}

/// The silences.
#[derive(Debug, Default)]
pub(super) struct Silences {
    /// Those that are not over, and those that were ended just now.
    all: BTreeMap<SilenceId, Silence>,
    /// The highest number given so far.
    last: u64,
    changed: BTreeSet<SilenceId>,
    /// When the next one, or a maintenance window, begins or ends.
    turn: Option<Timestamp>,
}

impl Silences {
    /// Those that run.
    pub(super) fn running(&self, now: Timestamp) -> impl Iterator<Item = &Silence> {
        self.all.values().filter(move |silence| silence.runs(now))
    }

    pub(super) fn deadline(&self) -> Option<Timestamp> {
        self.turn
    }

    /// What begins and ends with an hour on the wall is looked for again.
    pub(super) fn clock_moved(&mut self) {
        self.turn = self.turn.and(Some(Timestamp::MIN));
    }

    /// Looks when the next one begins or ends.
    pub(super) fn set_turn(&mut self, context: Context<'_>) {
        let windows = context.site().settings.maintenance.iter().filter_map(|window| window.turn(context.now));
        self.turn = self.all.values().filter_map(|silence| silence.turn(context.now)).chain(windows).min();
    }

    /// Takes up what was kept.
    pub(super) fn restore(&mut self, context: Context<'_>, rows: Vec<SilenceRow>, out: &mut Out) {
        for row in rows {
            self.last = self.last.max(row.id.0);
            match serde_json::from_str::<Silence>(&row.body) {
                Ok(silence) if silence.ended.is_none() => drop(self.all.insert(row.id, silence)),
                Ok(_) => {}
                // Nothing is silenced by what cannot be read.
                Err(_) => out.keep(Realm::Live, Fact::Silence(SilenceFact::Unreadable { silence: row.id })),
            }
        }
        self.set_turn(context);
    }

    pub(super) fn keep_all(&mut self) {
        self.changed.extend(self.all.keys());
    }

    pub(super) fn rows(&mut self, change: &mut Change) {
        for id in std::mem::take(&mut self.changed) {
            let Some(silence) = self.all.get(&id) else { continue };
            let is_over = silence.ended.is_some();
            let body = serde_json::to_string(silence).expect("a silence is plain data");
            change.silences.push(SilenceRow { id, is_over, body });
            if is_over {
                self.all.remove(&id);
            }
        }
    }
}

impl Alerts {
    /// Somebody wants people not to be told of something for a while.
    pub(in crate::core) fn silence(
        &mut self,
        context: Context<'_>,
        quiet: Quiet<'_>,
        out: &mut Out,
    ) -> Result<Done, Refusal> {
        context.known(quiet.by)?;
        let (now, from) = (context.now, quiet.from.unwrap_or(context.now).max(context.now));
        let is_bounded = quiet.until.duration_since(from) <= LONGEST && from.duration_since(now) <= AHEAD;
        if quiet.until <= from || !is_bounded {
            return Err(Refusal::NoSuchTime { days: LONGEST.as_hours() / 24 });
        }
        if quiet.matcher.is_empty() {
            return Err(Refusal::SilencesAll);
        }
        let id = SilenceId(self.silences.last + 1);
        self.silences.last = id.0;
        let (matcher, reason) = (quiet.matcher.clone(), redact(quiet.reason).into_owned());
        let (owner, until, up_to) = (quiet.by.clone(), quiet.until, quiet.up_to);
        let silence = Silence { id, matcher, up_to, reason, owner, from, until, ended: None };
        out.keep(Realm::Live, Fact::Silence(SilenceFact::Added(silence.clone())));
        self.silences.all.insert(id, silence);
        self.silences.changed.insert(id);
        self.silences.set_turn(context);
        self.weigh_all(context, WhyUnmuted::Gone, out);
        let alerts = self.muted_by_silence(id).len();
        Ok(Done::Silenced { silence: id, from, until, up_to, alerts })
    }

    /// Somebody ends a silence.
    pub(in crate::core) fn end_silence(
        &mut self,
        context: Context<'_>,
        (id, by): (SilenceId, &PersonId),
        out: &mut Out,
    ) -> Result<Done, Refusal> {
        context.known(by)?;
        let alerts = self.muted_by_silence(id).len();
        let Some(silence) = self.silences.all.get_mut(&id).filter(|silence| silence.ended.is_none()) else {
            return Err(Refusal::UnknownSilence { silence: id });
        };
        silence.ended = Some(context.now);
        self.silences.changed.insert(id);
        out.keep(Realm::Live, Fact::Silence(SilenceFact::Ended { silence: id, by: Some(by.clone()) }));
        self.silences.set_turn(context);
        self.weigh_all(context, WhyUnmuted::Ended, out);
        Ok(Done::SilenceEnded { silence: id, alerts })
    }

    /// The site's maintenance windows are others than before.
    pub(in crate::core) fn weigh_again(&mut self, context: Context<'_>, out: &mut Out) {
        self.silences.set_turn(context);
        self.weigh_all(context, WhyUnmuted::Gone, out);
    }

    /// Ends silences whose time is over; says whether one, or a maintenance window, began or ended.
    pub(super) fn silences_turn(&mut self, context: Context<'_>, out: &mut Out) -> bool {
        if self.silences.turn.is_none_or(|turn| turn > context.now) {
            return false;
        }
        for silence in self.silences.all.values_mut() {
            if silence.ended.is_none() && silence.until <= context.now {
                silence.ended = Some(context.now);
                self.silences.changed.insert(silence.id);
                out.keep(Realm::Live, Fact::Silence(SilenceFact::Ended { silence: silence.id, by: None }));
            }
        }
        self.silences.set_turn(context);
        self.weigh_all(context, WhyUnmuted::Over, out);
        true
    }

    /// How many silences and maintenance windows run.
    pub(in crate::core) fn count_silences(&self, context: Context<'_>) -> usize {
        let windows = context.site().settings.maintenance.iter();
        let open = windows.filter(|window| window.hours.hold(context.now)).count();
        self.silences.running(context.now).count() + open
    }

    /// How many alerts people are not told of for now.
    pub(in crate::core) fn count_muted(&self) -> usize {
        self.open.values().filter(|open| open.alert.open() && open.alert.muted.is_some()).count()
    }

    /// The silences that run or are planned, and the maintenance windows, with the alerts that each keeps people from.
    pub(in crate::core) fn silences(&self, context: Context<'_>) -> Shown {
        let silences = self.silences.all.values().filter(|silence| silence.ended.is_none());
        let silences =
            silences.map(|silence| SilenceView { silence: silence.clone(), alerts: self.muted_by_silence(silence.id) });
        let windows = context.site().settings.maintenance.iter();
        Shown { silences: silences.collect(), windows: windows.map(|window| view(window, context.now)).collect() }
    }

    fn muted_by_silence(&self, id: SilenceId) -> Vec<AlertId> {
        let by = |muted: &MutedBy| matches!(muted, MutedBy::Silence { silence, .. } if *silence == id);
        let muted = self.open.values().filter(|open| open.alert.open());
        let muted = muted.filter(|open| open.alert.muted.as_ref().is_some_and(|muted| by(&muted.by)));
        muted.map(|open| open.alert.id).collect()
    }
}
