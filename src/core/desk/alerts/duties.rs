//! Duties of incidents: given once the hospital knows of one, told again until they are done, whatever becomes of the alert.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};

use super::{Alerts, OpenAlert};
use crate::alert::Alert;
use crate::alert::chain::{Outcome, Pace, PageKey, Step, StepKind};
use crate::alert::duty::{self, Awareness, Effect, Ended, From, Given, How, Keeping, Owner};
use crate::api::{DutyFact, Fact, Purpose};
use crate::base::id::{AlertId, ChainId, DutyId, PersonId};
use crate::base::level::Level;
use crate::base::realm::Realm;
use crate::core::context::Context;
use crate::core::event::{Event, Out};
use crate::store::{Change, DutyRow};

pub(super) type Key = (AlertId, DutyId);

/// The duties that are open, and those of alerts that are known.
#[derive(Debug, Default)]
pub(super) struct Duties {
    pub(super) all: BTreeMap<Key, Keeping>,
    changed: BTreeSet<Key>,
}

impl Duties {
    /// Takes up what was kept.
    pub(super) fn restore(&mut self, rows: Vec<DutyRow>, out: &mut Out) {
        for row in rows {
            let DutyRow { alert, duty, body, .. } = row;
            if let Ok(keeping) = serde_json::from_str::<Keeping>(&body) {
                self.all.insert((alert, duty), keeping);
            } else {
                out.keep(Realm::Live, Fact::Duty(DutyFact::Unreadable { alert, duty }));
            }
        }
    }

    pub(super) fn deadline(&self) -> Option<Timestamp> {
        self.all.values().filter_map(Keeping::deadline).min()
    }

    pub(super) fn shift(&mut self, by: SignedDuration) {
        for (key, keeping) in &mut self.all {
            keeping.shift(by);
            self.changed.insert(key.clone());
        }
    }

    pub(super) fn keep_all(&mut self) {
        self.changed.extend(self.all.keys().cloned());
    }

    /// Gives the rows of what changed. One that is over is forgotten with its alert.
    pub(super) fn rows(&mut self, is_known: impl Fn(AlertId) -> bool, change: &mut Change) {
        for key in std::mem::take(&mut self.changed) {
            let Some(keeping) = self.all.get(&key) else { continue };
            let body = serde_json::to_string(keeping).expect("a duty is plain data");
            let is_over = !keeping.given.is_open();
            change.duties.push(DutyRow { alert: key.0, duty: key.1.clone(), is_over, body });
        }
        self.all.retain(|key, keeping| keeping.given.is_open() || is_known(key.0));
    }

    pub(super) fn wants(&self, alert: AlertId, key: &PageKey) -> Option<Level> {
        let of_alert = self.of(alert).find(|keeping| keeping.wants(key))?;
        Some(of_alert.given.level)
    }

    pub(super) fn of(&self, alert: AlertId) -> impl Iterator<Item = &Keeping> {
        self.all.iter().filter(move |((of, _), _)| *of == alert).map(|(_, keeping)| keeping)
    }

    pub(super) fn keys(&self, which: impl Fn(&Given) -> bool) -> Vec<Key> {
        self.all.iter().filter(|(_, keeping)| which(&keeping.given)).map(|(key, _)| key.clone()).collect()
    }
}

impl Alerts {
    /// The hospital knows of an incident: what its chain says must be declared is in its owners' hands, each once.
    pub(super) fn aware(&mut self, context: Context<'_>, id: AlertId, how: How, out: &mut Out) {
        let Some(OpenAlert { alert, .. }) = self.open.get_mut(&id) else { return };
        let now = Awareness { at: context.now, how };
        // That nobody answered is no knowledge: whoever knows later is named then.
        if now.how != How::Unanswered && alert.aware.is_none() {
            alert.aware = Some(now.clone());
            self.changed.insert(id);
        }
        let aware = self.open.get(&id).and_then(|open| open.alert.aware.clone()).unwrap_or(now);
        self.give(context, id, &aware, out);
    }

    /// An alert that people know of follows another chain: what that one says must be declared as well.
    pub(super) fn more_to_declare(&mut self, context: Context<'_>, id: AlertId, out: &mut Out) {
        let aware = self.open.get(&id).and_then(|open| open.alert.aware.clone());
        if let Some(aware) = aware {
            self.give(context, id, &aware, out);
        }
    }

    fn give(&mut self, context: Context<'_>, id: AlertId, aware: &Awareness, out: &mut Out) {
        let Some(OpenAlert { alert, .. }) = self.open.get(&id) else { return };
        let chain = alert.chain.as_ref().and_then(|chain| context.site().chain(chain));
        let declared: Vec<DutyId> = chain.iter().flat_map(|chain| &chain.steps).filter_map(declares).cloned().collect();
        let pace = self.pace(alert.realm);
        for duty in declared.iter().filter_map(|duty| duty::find(duty.as_str())).filter(|duty| duty.status.binds()) {
            let key = (id, duty.id.clone());
            let known = self.duties.all.get(&key).map(|keeping| keeping.given.ended.clone());
            // Taken back as a false alarm, it is given anew where it turns out to be none.
            let since = match known {
                None => aware.at,
                Some(Some(Ended::Withdrawn { .. })) => context.now,
                Some(_) => continue,
            };
            let Some(OpenAlert { alert, .. }) = self.open.get(&id) else { return };
            let aware = Awareness { at: since, how: aware.how.clone() };
            let given = given(alert, duty, (aware, pace));
            let before = self.duties.all.insert(key.clone(), Keeping::new(given)).map(|before| before.given.told);
            let keeping = self.duties.all.get_mut(&key);
            if let (Some(keeping), Some(told)) = (keeping, before) {
                keeping.given.told = told;
            }
            self.duties.changed.insert(key.clone());
            if duty.clock.from == From::Awareness {
                self.begin(context, &key, since, out);
            }
        }
    }

    /// The clock of a duty begins.
    pub(super) fn begin(&mut self, context: Context<'_>, key: &Key, since: Timestamp, out: &mut Out) {
        let Some(keeping) = self.duties.all.get_mut(key) else { return };
        let owner = owner(context, &keeping.given);
        let effects = keeping.begin(since, owner, context.now);
        self.carry_out_duty(context, key, effects, out);
    }

    /// Says what a duty asks for.
    pub(super) fn carry_out_duty(&mut self, context: Context<'_>, key: &Key, effects: Vec<Effect>, out: &mut Out) {
        self.duties.changed.insert(key.clone());
        let Some(Keeping { given, .. }) = self.duties.all.get(key) else { return };
        let (alert, duty, realm, level) = (given.alert, given.duty.clone(), given.realm, given.level);
        for effect in effects {
            let duty = duty.clone();
            match effect {
                Effect::Page(key) => {
                    let draft = Box::new(super::words::duty(context, self.open.get(&alert), given, &key.person));
                    let (person, channel) = (key.person.clone(), key.channel.clone());
                    let purpose = Purpose::Duty { alert, key };
                    out.say(Event::PageWanted { realm, purpose, person, channel, level, draft });
                }
                Effect::Cancel(key) => out.say(Event::DutyUnwanted { alert, key }),
                Effect::Given(owner) => {
                    let (aware, deadline) = (Some(given.aware.clone()), given.deadline);
                    out.keep(realm, Fact::Duty(DutyFact::Given { alert, duty, owner, aware, deadline }));
                }
                Effect::Reminded(owner) => out.keep(realm, Fact::Duty(DutyFact::Reminded { alert, duty, owner })),
                Effect::Unheard => out.keep(realm, Fact::Duty(DutyFact::Unheard { alert, duty })),
            }
        }
    }

    /// Tells owners again whose time has come; says whether there was any.
    pub(super) fn remind_owners(&mut self, context: Context<'_>, out: &mut Out) -> bool {
        let is_due = |keeping: &Keeping| keeping.deadline().is_some_and(|deadline| deadline <= context.now);
        let due = self.duties.all.iter().filter(|(_, keeping)| is_due(keeping)).map(|(key, _)| key.clone());
        let due: Vec<Key> = due.collect();
        for key in &due {
            let Some(keeping) = self.duties.all.get_mut(key) else { continue };
            let given = keeping.given.clone();
            let effects = keeping.time_passed(|| owner(context, &given), context.now);
            self.carry_out_duty(context, key, effects, out);
        }
        !due.is_empty()
    }

    /// A page about a duty came to its end.
    pub(super) fn duty_page_ended(
        &mut self,
        context: Context<'_>,
        (alert, page): (AlertId, &PageKey),
        outcome: Outcome,
        out: &mut Out,
    ) {
        let crate::alert::chain::PageReason::Duty(duty) = &page.reason else { return };
        let key = (alert, duty.clone());
        let Some(keeping) = self.duties.all.get_mut(&key) else { return };
        let effects = keeping.receipt(page, outcome, context.now);
        let (realm, chain) = (keeping.given.realm, keeping.given.chain.clone());
        self.carry_out_duty(context, &key, effects, out);
        if let (Some(drill), Outcome::Accepted) = (realm.drill(), outcome) {
            let (person, channel) = (page.person.clone(), page.channel.clone());
            out.say(Event::Paged { drill, chain, person, channel });
        }
    }

    /// What a version before gave goes on: it noted that, and no more.
    pub(super) fn take_up_duties(&mut self, context: Context<'_>, id: AlertId) {
        let Some(OpenAlert { alert, escalation: Some(escalation), .. }) = self.open.get(&id) else { return };
        let how = alert.acks.first().map_or(How::Unanswered, |(by, _)| How::Acked(by.clone()));
        let at = alert.acks.first().map_or(alert.raised, |(_, at)| *at);
        let pace = self.pace(alert.realm);
        for duty in escalation.given_before().filter_map(|duty| duty::find(duty.as_str())) {
            let key = (id, duty.id.clone());
            if self.duties.all.contains_key(&key) {
                continue;
            }
            let mut given = given(alert, duty, (Awareness { at, how: how.clone() }, pace));
            given.owner = owner(context, &given).map(|owner| owner.person);
            given.since = Some(at);
            given.deadline = duty.clock.within.deadline(at, pace);
            given.told = 1;
            given.next = Some(duty.clock.within.reminder(at, pace, context.now));
            self.duties.all.insert(key.clone(), Keeping::new(given));
            self.duties.changed.insert(key);
        }
    }

    /// The duties that are open, and those of alerts that are.
    pub(in crate::core) fn duties(&self) -> impl Iterator<Item = &Given> {
        self.duties.all.values().map(|keeping| &keeping.given)
    }
}

fn declares(step: &Step) -> Option<&DutyId> {
    match &step.kind {
        StepKind::Declare(duty) => Some(duty),
        StepKind::Notify => None,
    }
}

/// A duty of an alert, before its clock begins.
fn given(alert: &Alert, duty: &duty::Duty, (aware, pace): (Awareness, Pace)) -> Given {
    Given {
        alert: alert.id,
        duty: duty.id.clone(),
        realm: alert.realm,
        title: alert.title.clone(),
        level: alert.level,
        chain: alert.chain.clone().unwrap_or_else(|| ChainId(String::new())),
        clock: duty.clock.clone(),
        pace,
        aware,
        since: None,
        deadline: None,
        owner: None,
        told: 0,
        next: None,
        ended: None,
    }
}

/// Who can be told of a duty now: its owner as long as they can be reached, else whoever the declaration means today, by the
/// chain it came from or, where that is gone, by any that declares the same.
fn owner(context: Context<'_>, given: &Given) -> Option<Owner> {
    let site = context.site();
    let chains = site.chain(&given.chain).into_iter().chain(&site.chains);
    let steps = chains.flat_map(|chain| chain.steps.iter().enumerate());
    let (number, step) = steps.into_iter().find(|(_, step)| declares(step) == Some(&given.duty))?;
    let reach = context.reach(given.realm);
    let to = |person: &PersonId| {
        let groups = step.ways(&reach, person);
        (!groups.is_empty()).then(|| Owner { person: person.clone(), step: number, groups })
    };
    let has_it = given.owner.as_ref().filter(|person| site.roster.people.contains_key(person));
    has_it.and_then(to).or_else(|| to(&site.roster.who(&step.to, context.now)?.id))
}
