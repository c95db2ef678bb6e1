//! Hits become alerts, and alerts climb their chain.

use std::collections::VecDeque;

use jiff::Timestamp;
use serde_json::json;

use super::Core;
use super::entries::fact_entry;
use crate::alert::chain::{Climb, Effect, Input, Pace};
use crate::alert::raised::{Alert, FOLDED, STORM, STORM_SPAN, clean};
use crate::base::id::{AlertId, PersonId, SourceName};
use crate::base::language::{Language, Text};
use crate::base::level::Level;
use crate::base::realm::Realm;
use crate::base::redact::redact_words;
use crate::drill::play;
use crate::store::{AlertRow, JoinedRow};
use crate::watch::sigma::Match;

/// An alert and its climb.
#[derive(Debug)]
pub(super) struct Case {
    pub(super) alert: Alert,
    pub(super) climb: Option<Climb>,
}

impl Case {
    pub(super) fn deadline(&self) -> Option<Timestamp> {
        self.climb.as_ref()?.deadline()
    }
}

impl Core {
    /// A rule matched: the hit joins an open alert of the same rule and subject, or raises one. What did not come has no
    /// source.
    pub(super) fn hit(&mut self, now: Timestamp, source: Option<&SourceName>, realm: Realm, found: &Match) {
        if realm.drill().is_some_and(|drill| !self.plays(drill)) {
            // An earlier match of the same line brought the drill to its end.
            return;
        }
        let rule = &found.rule;
        let subject: Vec<_> = found.subject.iter().map(|(name, value)| clean(name, value)).collect();
        let grouping = Alert::grouping(&rule.id, &subject);
        let id = match self.groupings.get(&(realm, grouping.clone())).copied() {
            Some(id) => {
                self.absorb(id, found.time);
                id
            }
            None => match self.storm(now, realm, found) {
                Some(id) => {
                    self.absorb(id, found.time);
                    self.fold(now, realm, id, grouping);
                    id
                }
                None => self.raise_found(now, source, realm, subject, found),
            },
        };
        if let Realm::Drill(drill) = realm {
            self.play(now, drill, play::Input::Hit { rule: rule.id.clone(), alert: id });
        }
    }

    fn absorb(&mut self, id: AlertId, time: Timestamp) {
        if let Some(case) = self.cases.get_mut(&id) {
            case.alert.absorb(time);
            self.changed_cases.insert(id);
        }
    }

    /// A further subject joins an alert that stands for many. It is counted once, up to a bound: whoever attacks may
    /// choose the names.
    fn fold(&mut self, now: Timestamp, realm: Realm, id: AlertId, grouping: String) {
        let Some(case) = self.cases.get_mut(&id).filter(|case| case.alert.others < FOLDED) else { return };
        case.alert.others += 1;
        let (first, rule) = (case.alert.others == 1, case.alert.rule.clone());
        self.change.joined.push(JoinedRow { realm, grouping: grouping.clone(), alert: id });
        self.groupings.insert((realm, grouping), id);
        if first {
            self.enter(now, realm, "alert.stands_for_others", &json!({"alert": id.to_string(), "rule": rule}));
        }
    }

    fn raise_found(
        &mut self,
        now: Timestamp,
        source: Option<&SourceName>,
        realm: Realm,
        subject: Vec<(String, String)>,
        found: &Match,
    ) -> AlertId {
        let alert = alert_of(now, source, realm, subject, found);
        self.raise(now, alert)
    }

    /// The alert that takes in further subjects of a rule that already raised too many.
    fn storm(&self, now: Timestamp, realm: Realm, found: &Match) -> Option<AlertId> {
        let since = now.checked_sub(STORM_SPAN).ok()?;
        let of_rule = |case: &&Case| case.alert.realm == realm && case.alert.rule.as_ref() == Some(&found.rule.id);
        let recent = self.cases.values().filter(of_rule).filter(|case| case.alert.open() && case.alert.raised >= since);
        let recent: Vec<AlertId> = recent.map(|case| case.alert.id).collect();
        recent.last().copied().filter(|_| recent.len() >= STORM)
    }

    /// Raises an alert somebody saw with their own eyes.
    pub(super) fn raise_by_hand(&mut self, now: Timestamp, title: &str, level: Level, by: &PersonId) -> AlertId {
        let title = redact_words(title);
        self.raise(
            now,
            Alert {
                id: AlertId(0),
                realm: Realm::Live,
                rule: None,
                title: Text::both(&title, &title),
                description: Text::both("Alerte donnée par une personne.", "Raised by a person."),
                level,
                subject: vec![("by".to_owned(), by.to_string())],
                source: None,
                hits: 1,
                others: 0,
                first: now,
                last: now,
                raised: now,
                chain: None,
                rounds: 0,
                author: None,
                references: Vec::new(),
                acks: Vec::new(),
                resolved: None,
            },
        )
    }

    /// Numbers a new alert and sends it up its chain.
    fn raise(&mut self, now: Timestamp, mut alert: Alert) -> AlertId {
        self.last_alert += 1;
        alert.id = AlertId(self.last_alert);
        let (id, realm) = (alert.id, alert.realm);
        let house = self.house.clone();
        let chain = house.site.chain_for(alert.level);
        alert.chain = chain.map(|chain| chain.id.clone());
        self.enter(
            now,
            realm,
            "alert.raised",
            &json!({
                "alert": id.to_string(), "rule": alert.rule, "level": alert.level, "title": alert.title,
                "subject": alert.subject, "source": alert.source, "chain": alert.chain,
            }),
        );
        if let Some(rule) = &alert.rule {
            self.groupings.insert((realm, Alert::grouping(rule, &alert.subject)), id);
        }
        let started =
            chain.map(|chain| Climb::start(chain, &house.site.roster, &self.reach(realm), self.pace(realm), now));
        let (climb, effects) = started.map_or((None, Vec::new()), |(climb, effects)| (Some(climb), effects));
        self.cases.insert(id, Case { alert, climb });
        self.changed_cases.insert(id);
        if realm == Realm::Live {
            self.tell_drills(now, id);
        }
        self.carry_out(now, id, effects);
        id
    }

    /// How fast the clock of a realm runs.
    pub(super) fn pace(&self, realm: Realm) -> Pace {
        realm.drill().and_then(|drill| self.drills.get(&drill)).map_or(Pace::REAL, |running| running.pace)
    }

    /// Gives an input to the climb of an alert and carries out what follows.
    pub(super) fn climb(&mut self, now: Timestamp, id: AlertId, input: Input) {
        let house = self.house.clone();
        let Some(case) = self.cases.get(&id) else { return };
        let reach = self.reach(case.alert.realm);
        let Some(case) = self.cases.get_mut(&id) else { return };
        let Some(climb) = &mut case.climb else { return };
        let Some(chain) = house.site.chain(&climb.chain) else { return };
        let effects = climb.step(chain, &house.site.roster, &reach, now, input);
        self.changed_cases.insert(id);
        self.carry_out(now, id, effects);
    }

    pub(super) fn carry_out(&mut self, now: Timestamp, id: AlertId, effects: Vec<Effect>) {
        let Some(realm) = self.cases.get(&id).map(|case| case.alert.realm) else { return };
        let mut failed = VecDeque::new();
        for effect in effects {
            match effect {
                Effect::Page(key) => {
                    if !self.owe(now, id, &key) {
                        failed.push_back(key);
                    }
                }
                Effect::Cancel(key) => self.cancel(now, id, &key),
                Effect::Fact(fact) => {
                    let (kind, body) = fact_entry(id, &fact);
                    self.enter(now, realm, kind, &body);
                }
            }
        }
        for page in failed {
            self.climb(now, id, Input::Receipt { page, outcome: crate::alert::chain::Outcome::Failed });
        }
    }

    /// Wakes the climbs whose deadline has come; says whether there were any.
    pub(super) fn wake_climbs(&mut self, now: Timestamp) -> bool {
        let due: Vec<AlertId> = self
            .cases
            .iter()
            .filter(|(_, case)| case.deadline().is_some_and(|deadline| deadline <= now))
            .map(|(id, _)| *id)
            .collect();
        for id in &due {
            self.climb(now, *id, Input::Clock);
        }
        !due.is_empty()
    }

    /// Somebody said "I have it".
    pub(super) fn ack(&mut self, now: Timestamp, id: AlertId, by: &PersonId) {
        let Some(case) = self.cases.get_mut(&id).filter(|case| case.alert.open()) else { return };
        case.alert.acks.push((by.clone(), now));
        let (realm, chain) = (case.alert.realm, case.alert.chain.clone());
        self.changed_cases.insert(id);
        if case.climb.is_none() {
            self.enter(now, realm, "chain.acked", &json!({"alert": id.to_string(), "by": by}));
        }
        self.climb(now, id, Input::Acked { by: by.clone() });
        if let (Realm::Drill(drill), Some(chain)) = (realm, chain) {
            self.play(now, drill, play::Input::Acked { chain, alert: id, by: by.clone() });
        }
    }

    /// The alert is over.
    pub(super) fn resolve(&mut self, now: Timestamp, id: AlertId, by: &str) {
        self.climb(now, id, Input::Resolved);
        let Some(case) = self.cases.get_mut(&id) else { return };
        case.alert.resolved = Some(now);
        let realm = case.alert.realm;
        if case.alert.others > 0 {
            self.groupings.retain(|_, of| *of != id);
        } else if let Some(rule) = &case.alert.rule {
            self.groupings.remove(&(realm, Alert::grouping(rule, &case.alert.subject)));
        }
        self.enter(now, realm, "alert.resolved", &json!({"alert": id.to_string(), "by": by}));
        self.changed_cases.insert(id);
    }

    /// Makes the row of a changed alert; forgets it where it is over.
    pub(super) fn collect_case(&mut self, id: AlertId) {
        let Some(case) = self.cases.get(&id) else { return };
        let alert = &case.alert;
        self.change.alerts.push(AlertRow {
            id,
            realm: alert.realm,
            rule: alert.rule.clone(),
            grouping: alert.rule.as_ref().map(|rule| Alert::grouping(rule, &alert.subject)).unwrap_or_default(),
            open: alert.open(),
            body: serde_json::to_string(alert).expect("an alert is plain data"),
            climb: case.climb.as_ref().map(|climb| serde_json::to_string(climb).expect("a climb is plain data")),
            changed: alert.resolved.unwrap_or(alert.last.max(alert.raised)),
        });
        if !alert.open() {
            self.cases.remove(&id);
        }
    }
}

/// What a rule says of its matches, and what is to be said of this one.
fn described(found: &Match) -> Text {
    let Some(note) = &found.note else { return found.rule.description.clone() };
    let both = |language| [found.rule.description.get(language), note.get(language)].join("\n").trim().to_owned();
    Text::both(&both(Language::Fr), &both(Language::En))
}

/// The alert that a hit raises, before it has a number and a chain. `subject` is the hit's, without identifiers.
pub fn alert_of(
    now: Timestamp,
    source: Option<&SourceName>,
    realm: Realm,
    subject: Vec<(String, String)>,
    found: &Match,
) -> Alert {
    let rule = &found.rule;
    Alert {
        id: AlertId(0),
        realm,
        rule: Some(rule.id.clone()),
        title: rule.title.clone(),
        description: described(found),
        level: rule.level,
        subject,
        source: source.cloned(),
        hits: 1,
        others: 0,
        first: found.time,
        last: found.time,
        raised: now,
        chain: None,
        rounds: 0,
        author: rule.author.clone(),
        references: rule.references.clone(),
        acks: Vec::new(),
        resolved: None,
    }
}
