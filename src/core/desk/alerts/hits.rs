//! Hits become detections, and detections alerts: a hit is counted where its rule and subject are known, joins an open
//! alert with which it shares something, or raises one.

use jiff::Timestamp;

use super::{Alerts, OpenAlert};
use crate::alert::chain::Input;
use crate::alert::gestures::filled;
use crate::alert::grouping::{Belongs, FOLDED, Place, Sign};
use crate::alert::{Alert, Detection, Why, WhyUnmuted};
use crate::api::{AlertFact, Fact};
use crate::base::id::{AlertId, PersonId, SourceName};
use crate::base::language::{Language, Text};
use crate::base::realm::Realm;
use crate::base::tie::{Tie, TieKind};
use crate::core::context::Context;
use crate::core::event::{Event, Out};
use crate::watch::label::CopyOf;
use crate::watch::line::LinePlace;
use crate::watch::sigma::Match;

/// A rule that matched, and its line. What did not come has neither source nor place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit<'a> {
    pub(super) source: Option<&'a SourceName>,
    pub(super) realm: Realm,
    pub(super) found: &'a Match,
    pub(super) place: Option<&'a LinePlace>,
    pub(super) copy_of: Option<CopyOf>,
}

impl Alerts {
    /// A rule matched, or goes on matching.
    pub(super) fn hit(&mut self, context: Context<'_>, hit: Hit<'_>, out: &mut Out) {
        let Hit { source, realm, found, .. } = hit;
        let rule = &found.rule.id;
        let key = key_of(found);
        let ties = ties(source, found);
        let sign = Sign { realm, rule, key: &key, ties: &ties, at: context.now };
        let alert = match self.grouping.find(sign) {
            Belongs::To(alert, number) => {
                self.counted_on(context, (alert, number), (source, found, &ties), out);
                if found.goes_on {
                    return;
                }
                alert
            }
            Belongs::Among(alert, why) => {
                let detection = Detection { joined: Some(why), ..detection_of(hit) };
                self.join(context, alert, detection, out);
                alert
            }
            Belongs::Nowhere => {
                let detection = detection_of(hit);
                self.raise(context, Alert::of(realm, &detection, context.now), (detection, None), out)
            }
        };
        out.say(Event::Joined { realm, alert, rule: rule.clone() });
    }

    /// A detection that is known was seen again. One whose alert is over goes on: so does the alert.
    fn counted_on(
        &mut self,
        context: Context<'_>,
        (id, number): (AlertId, u64),
        (source, found, ties): (Option<&SourceName>, &Match, &[Tie]),
        out: &mut Out,
    ) {
        let Some(open) = self.open.get_mut(&id) else {
            return out.inconsistent("a hit joins an alert that is not there", id);
        };
        open.alert.absorb(found.events, found.time);
        let mut strays = false;
        if let Some(detection) = open.detections.get_mut(&number) {
            detection.absorb(found.events, found.time);
            strays = detection.seen_with(source, ties);
            self.grouping.seen(open.alert.realm, id, detection, context.now);
            self.counted.insert((id, number));
        }
        self.changed.insert(id);
        if strays {
            self.weigh(context, id, WhyUnmuted::Uncovered, out);
        }
        if self.is_open(id) { self.grew(context, id, out) } else { self.reopen(context, id, out) }
    }

    /// A new detection joins an alert.
    fn join(&mut self, context: Context<'_>, id: AlertId, detection: Detection, out: &mut Out) {
        let Some(OpenAlert { alert, detections, rules, .. }) = self.open.get_mut(&id) else {
            return out.inconsistent("a detection joins an alert that is not open", id);
        };
        self.changed.insert(id);
        if detections.len() > FOLDED {
            // Its name is one of too many to be told apart, but how grave it is counts.
            let graver = alert.level < detection.level;
            if graver {
                alert.join(&detection, false);
            } else {
                // Seen again it would be counted as another: it is known by no name here.
                alert.absorb(detection.hits, detection.last);
            }
            return self.has_joined(context, id, graver, out);
        }
        let number = detections.keys().next_back().map_or(1, |last| last + 1);
        let is_sign = rules.insert(detection.rule.clone());
        let graver = alert.join(&detection, is_sign);
        out.keep(alert.realm, Fact::Alert(AlertFact::joined(id, number, &detection)));
        self.hold(context.now, Place { realm: self.realm(id), alert: id, number }, detection);
        self.has_joined(context, id, graver, out);
    }

    fn has_joined(&mut self, context: Context<'_>, id: AlertId, graver: bool, out: &mut Out) {
        let uncovered = self.is_uncovered(context, id);
        if graver && uncovered && self.muted_now(context, id).is_none() {
            // The chain of its new level is gone through at once; the old one need not be.
            self.lift(context, id, WhyUnmuted::Uncovered, out);
        } else if uncovered {
            self.weigh(context, id, WhyUnmuted::Uncovered, out);
        }
        if graver { self.rise(context, id, out) } else { self.grew(context, id, out) }
    }

    /// A detection is in an alert from now on.
    pub(super) fn hold(&mut self, at: Timestamp, place: Place, detection: Detection) {
        if let Some(key) = detection.key() {
            self.grouping.holds(place, key, &detection, at);
        }
        if let Some(open) = self.open.get_mut(&place.alert) {
            open.rules.insert(detection.rule.clone());
            if !detection.explains.is_empty() {
                self.explainers.insert(place.alert);
                self.reweigh = true;
            }
            open.detections.insert(place.number, Box::new(detection));
            self.counted.insert((place.alert, place.number));
        }
    }

    /// An alert got graver: it goes up the chain of its new level, and whoever has it is asked anew.
    fn rise(&mut self, context: Context<'_>, id: AlertId, out: &mut Out) {
        let Some(OpenAlert { alert, escalation, .. }) = self.open.get_mut(&id) else { return };
        out.keep(alert.realm, Fact::Alert(AlertFact::Graver { alert: id, level: alert.level }));
        let Some(chain) = context.site().chain_for(alert.level) else { return };
        alert.chain = Some(chain.id.clone());
        if escalation.is_some() {
            self.drive(context, id, Input::Graver, out);
        } else {
            self.set_out(context, id, None, out);
        }
        self.more_to_declare(context, id, out);
    }

    /// Numbers a new alert and sends it up its chain; whoever raised it is passed over there.
    pub(super) fn raise(
        &mut self,
        context: Context<'_>,
        mut alert: Alert,
        (detection, raiser): (Detection, Option<PersonId>),
        out: &mut Out,
    ) -> AlertId {
        self.last += 1;
        alert.id = AlertId(self.last);
        let (id, realm) = (alert.id, alert.realm);
        alert.chain = context.site().chain_for(alert.level).map(|chain| chain.id.clone());
        out.keep(realm, Fact::Alert(AlertFact::raised(&alert, None)));
        self.open.insert(id, OpenAlert::new(alert));
        self.hold(context.now, Place { realm, alert: id, number: 1 }, detection);
        self.changed.insert(id);
        out.say(Event::Raised { realm, alert: id });
        self.set_out(context, id, raiser, out);
        id
    }
}

/// What a rule says of its matches, and what is to be said of this one.
fn described(found: &Match) -> Text {
    let Some(note) = &found.note else { return found.rule.description.clone() };
    let both = |language| [found.rule.description.get(language), note.get(language)].join("\n").trim().to_owned();
    Text::both(&both(Language::Fr), &both(Language::En))
}

/// The detection that a hit begins.
fn detection_of(hit: Hit<'_>) -> Detection {
    let Hit { source, found, place, copy_of, .. } = hit;
    let remark = copy_of.map(|copy| match copy {
        CopyOf::Exercise(drill) => crate::words::alert::copy_of_exercise(drill),
        CopyOf::Unproven => crate::words::alert::unproven_exercise(),
    });
    Detection { place: place.map(place_of), remark, ..seen(source, found) }
}

/// What hits must share with this one to be the same detection.
pub(crate) fn key_of(found: &Match) -> String {
    Alert::grouping(&found.rule.id, &found.subject, whose(found).as_deref())
}

/// What stands for a subject of which not all may be shown.
fn whose(found: &Match) -> Option<String> {
    found.whose.map(|number| format!("{number:032x}"))
}

/// What ties a match to others. Lines that name no machine are those of one: the log's own.
pub(crate) fn ties(source: Option<&SourceName>, found: &Match) -> Vec<Tie> {
    let mut ties = found.ties.clone();
    if ties.iter().all(|tie| tie.kind != TieKind::Machine) {
        ties.extend(source.and_then(|source| Tie::of(TieKind::Machine, source.as_str())));
    }
    ties
}

/// Where a line stands, for whoever looks for it.
fn place_of(place: &LinePlace) -> String {
    match &place.log {
        Some(log) => format!("{log}@{}", place.offset),
        None => format!("@{}", place.offset),
    }
}

/// The detection that a match begins.
pub(crate) fn seen(source: Option<&SourceName>, found: &Match) -> Detection {
    let rule = &found.rule;
    Detection {
        rule: Some(rule.id.clone()),
        title: rule.title.clone(),
        description: described(found),
        level: rule.level,
        subject: found.subject.to_vec(),
        whose: whose(found),
        source: source.cloned(),
        hits: found.events,
        first: found.began,
        last: found.time,
        fields: found.fields.clone(),
        line: found.line.clone(),
        place: None,
        ties: ties(source, found),
        strayed: Vec::new(),
        roams: false,
        explains: rule.explains.clone(),
        joined: None::<Why>,
        gestures: rule.gestures.iter().map(|gesture| filled(gesture, &found.ties)).collect(),
        remark: None,
        author: rule.author.clone(),
        references: rule.references.clone(),
    }
}
