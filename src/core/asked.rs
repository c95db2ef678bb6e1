//! What is asked of the core: each command goes to the desk it concerns; what only somebody else can look up is ordered
//! to be looked up.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};

use super::context::Context;
use super::desk::{Beginning, Declared, Finding, Later, Quiet, Sighting, Ticked};
use super::record::{self, Erasing, Written};
use super::speaker::{Behind, behind};
use super::{Core, Order};
use crate::alert::silence::AILMENT;
use crate::alert::{Alert, Matcher};
use crate::api::{Answer, Ask, Caller, Command, Query, Refusal, SourceStatus, Status, Suffering};
use crate::base::id::{PersonId, RuleId, SourceName};
use crate::check::{self, Probed};
use crate::watch::sigma::Engine;

impl Core {
    /// Does or says what is asked, or has it looked up.
    pub(super) fn asked(&mut self, now: Timestamp, (ask, caller): (Ask, Option<Caller>), ticket: u64) {
        match ask {
            Ask::Do(command) => self.told_to(now, (command, caller.as_ref()), ticket),
            Ask::Say(Query::Status) => self.asked_for_status(now, ticket),
            Ask::Say(Query::Alerts { over: false }) => {
                let answer = Answer::Alerts(self.alerts.open());
                self.out.order(Order::Reply { ticket, answer });
            }
            Ask::Say(Query::Silences { over: false }) => {
                let context = Context { now, deployment: &self.deployment };
                let answer = Answer::Silences(self.alerts.silences(context));
                self.out.order(Order::Reply { ticket, answer });
            }
            Ask::Say(Query::Duties { over: false }) => {
                let open = self.alerts.duties().filter(|given| given.is_open()).cloned();
                let answer = Answer::Duties(open.collect());
                self.out.order(Order::Reply { ticket, answer });
            }
            // What is over is only on disk, where anybody may read beside the core.
            Ask::Say(query) => self.out.order(Order::LookUp { ticket, query }),
        }
    }

    /// Does what somebody wants done. Whatever the ledger says of it names their account.
    fn told_to(&mut self, now: Timestamp, (command, caller): (Command, Option<&Caller>), ticket: u64) {
        let answer = match behind(Context { now, deployment: &self.deployment }, &command, caller) {
            // Files are read beside the core; what came of it is an input.
            Ok(Behind { by, .. }) if command == Command::Reload => {
                return self.out.order(Order::Reread { ticket, by });
            }
            Ok(Behind { person, by }) => {
                self.out.done_by(by);
                let answer = self.done(now, command, &person);
                self.out.done_by(None);
                answer
            }
            Err(refusal) => Answer::Refused(refusal),
        };
        self.out.order(Order::Reply { ticket, answer });
    }

    fn done(&mut self, now: Timestamp, command: Command, by: &PersonId) -> Answer {
        let context = Context { now, deployment: &self.deployment };
        let (alerts, exercises, out) = (&mut self.alerts, &mut self.exercises, &mut self.out);
        let done = match command {
            Command::Ack { alert, .. } => alerts.ack(context, alert, by, out),
            Command::Hand { alert, to, .. } => alerts.hand_on(context, (alert, by, &to), out),
            Command::Snooze { alert, seconds, .. } => {
                let after = SignedDuration::from_secs(i64::try_from(seconds).unwrap_or(i64::MAX));
                alerts.snooze(context, (alert, Later { by, after }), out)
            }
            Command::Qualify { alert, verdict, personal_data, care, note, .. } => {
                let finding = Finding { verdict, personal_data, care, note: note.as_deref(), by };
                alerts.qualify(context, (alert, finding), out)
            }
            Command::Split { alert, parts, .. } => alerts.split(context, (alert, &parts, by), out),
            Command::Tick { alert, gestures, done, .. } => {
                alerts.tick(context, (alert, Ticked { numbers: &gestures, done, by }), out)
            }
            Command::Erratum { alert, text, .. } => alerts.put_right(context, (alert, by, &text), out),
            Command::Escalate { alert, to } => alerts.escalate(context, (alert, to), out),
            Command::Resolve { alert, reason, .. } => alerts.resolved(context, (alert, by, reason.as_deref()), out),
            Command::Raise { title, level, told_by, .. } => {
                let seen = Sighting { title: &title, level, by, told_by: told_by.as_deref() };
                alerts.raise_by_hand(context, seen, out)
            }
            Command::Silence { .. } if !self.journal.is_kept() => Err(Refusal::SilenceNotKept),
            Command::Silence { matcher, up_to, reason, from, until, .. } => {
                let quiet = Quiet { matcher: &matcher, up_to, reason: &reason, from, until, by };
                let names_known = all_known(context, self.lines.engine(), &matcher);
                names_known.and_then(|()| alerts.silence(context, quiet, out))
            }
            Command::EndSilence { silence, .. } => alerts.end_silence(context, (silence, by), out),
            Command::Note { text, alert, happened, .. } => {
                let realm = |alert| alerts.realm_of(alert).or_else(|| self.journal.realm(alert));
                record::note(context, Written { text: &text, alert, happened, by }, realm, out)
            }
            Command::Erase { alert, before, reason, .. } => {
                let erasing = Erasing { alert, before, reason: &reason, by };
                record::erase(context, erasing, &mut self.journal, out)
            }
            Command::Declared { alert, duty, proof, at, .. } => {
                alerts.declared(context, (alert, Declared { duty: &duty, proof: &proof, at, by }), out)
            }
            Command::DrillStart { playbook, pace } => {
                exercises.start(context, Beginning { playbook: &playbook, pace, is_kept: self.journal.is_kept() }, out)
            }
            Command::Drill { drill, act } => exercises.act(context, (drill, act, by), out),
            Command::Reload => {
                out.inconsistent("a command that is ordered elsewhere", "reload");
                Err(crate::api::Refusal::Stopping)
            }
        };
        done.map_or_else(Answer::Refused, Answer::Done)
    }

    /// Whether rules are armed can depend on what is in the logs now, which somebody else has to look at first.
    fn asked_for_status(&mut self, now: Timestamp, ticket: u64) {
        let sources = check::worth_probing(&self.deployment.site, self.lines.engine());
        if sources.is_empty() {
            self.tell_status(now, ticket, &Probed::new());
        } else {
            self.out.order(Order::Listen { ticket, sources });
        }
    }

    /// Says how it is going to whoever asked.
    pub(super) fn tell_status(&mut self, now: Timestamp, ticket: u64, heard: &Probed) {
        let answer = Answer::Status(Box::new(self.status(now, heard)));
        self.out.order(Order::Reply { ticket, answer });
    }

    fn status(&self, now: Timestamp, heard: &Probed) -> Status {
        let engine = self.lines.engine();
        let unarmed = check::Readiness::at(&self.deployment.site, heard).not_armed(engine);
        let sources = self.source_status(now, &unarmed);
        let not_armed = check::by_reason(&unarmed);
        Status {
            site: self.deployment.site.settings.name.clone(),
            sources,
            rules: engine.rules().filter(|rule| rule.emits).count(),
            rules_since: Some(self.lines.since()),
            not_armed: not_armed.into_iter().map(|(why, rules)| crate::api::NotArmed { why, rules }).collect(),
            open_alerts: self.alerts.count(),
            silences: self.alerts.count_silences(Context { now, deployment: &self.deployment }),
            muted_alerts: self.alerts.count_muted(),
            duties: self.alerts.duties().filter(|given| given.is_open()).count(),
            overdue_duties: self.alerts.duties().filter(|given| given.is_overdue(now)).count(),
            owed_pages: self.outbox.count(),
            drills: self.exercises.status(now),
            store_trouble: self.journal.trouble().map(|(_, why)| why.to_owned()),
            store_cause: self.journal.trouble().map(|(cause, _)| cause),
            ledger_broken: self.journal.broken(),
            ailing: self.alerts.open().into_iter().filter_map(suffering).collect(),
        }
    }

    /// How sources are, with where they are and how many rules look at them.
    fn source_status(&self, now: Timestamp, unarmed: &[check::NotArmed]) -> Vec<SourceStatus> {
        let site = &self.deployment.site;
        let unarmed: BTreeSet<&RuleId> = unarmed.iter().map(|lacking| &lacking.rule.id).collect();
        let mut looking: BTreeMap<&str, u64> = BTreeMap::new();
        for rule in self.lines.engine().rules().filter(|rule| rule.emits && !unarmed.contains(&rule.id)) {
            for source in check::sources_of(site, rule) {
                *looking.entry(source.as_str()).or_default() += 1;
            }
        }
        let mut sources = self.lines.status(now);
        for source in &mut sources {
            let settings = site.settings.sources.iter().find(|known| known.name.as_str() == source.name);
            source.place = settings.map(|settings| settings.lines.place()).unwrap_or_default();
            source.rules = looking.get(source.name.as_str()).copied().unwrap_or_default();
        }
        sources
    }
}

/// Refuses rules and sources that are not there: what they name would be told all the same.
fn all_known(context: Context<'_>, engine: &Engine, matcher: &Matcher) -> Result<(), Refusal> {
    let rules: BTreeSet<&RuleId> = engine.rules().filter(|rule| rule.emits).map(|rule| &rule.id).collect();
    let is_known = |rule: &&RuleId| rules.contains(rule) || rule.as_str().starts_with(AILMENT);
    if let Some(name) = matcher.rules.iter().find(|rule| !is_known(rule)) {
        let known = rules.iter().map(ToString::to_string).collect();
        return Err(Refusal::UnknownRule { name: name.clone(), known });
    }
    let sources: Vec<&SourceName> = context.site().settings.sources.iter().map(|source| &source.name).collect();
    if let Some(name) = matcher.sources.iter().find(|source| !sources.contains(source)) {
        let known = sources.iter().map(ToString::to_string).collect();
        return Err(Refusal::UnknownSource { name: name.clone(), known });
    }
    Ok(())
}

/// What of vigie itself an open alert is about.
fn suffering(alert: Alert) -> Option<Suffering> {
    Some(Suffering { alert: alert.id, of: alert.ailing?, title: alert.title, since: alert.raised })
}
