//! What people ask of the core, checked and answered.

use jiff::Timestamp;
use serde_json::json;

use super::{Core, Order};
use crate::alert::chain::Input;
use crate::api::{Answer, Command, NotArmed, SourceStatus, Status};
use crate::base::id::{AlertId, PersonId};
use crate::base::realm::Realm;
use crate::check::{self, Heard};
use crate::text::diagnostic::suggest;

impl Core {
    /// Does what is asked, or says why not.
    pub(super) fn answer(&mut self, now: Timestamp, command: Command) -> Answer {
        let done = match command {
            // Only whoever can read files can do these: see `Core::step`.
            Command::Status => return Answer::Status(self.status(now, &Heard::new())),
            Command::Reload => Err("this cannot be reloaded".to_owned()),
            Command::Ack { alert, by } => self.answer_ack(now, alert, &by),
            Command::Escalate { alert } => self.open_alert(alert).map(|()| {
                self.enter(now, self.realm_of(alert), "chain.escalated", &json!({"alert": alert.to_string()}));
                self.climb(now, alert, Input::Escalate);
                format!("{alert}: the next step is paged")
            }),
            Command::Resolve { alert, by } => self.known(&by).and_then(|()| self.open_alert(alert)).map(|()| {
                self.resolve(now, alert, by.as_str());
                format!("{alert} is over")
            }),
            Command::Raise { title, level, by } => {
                return match self.known(&by) {
                    Ok(()) => Answer::Raised(self.raise_by_hand(now, &title, level, &by)),
                    Err(why) => Answer::Refused(why),
                };
            }
            Command::DrillStart { playbook, pace } => {
                return match self.start_drill(now, &playbook, pace) {
                    Ok(drill) => Answer::Started(drill),
                    Err(why) => Answer::Refused(why),
                };
            }
            Command::Drill { drill, act } => self.act(now, drill, act),
        };
        done.map_or_else(Answer::Refused, Answer::Done)
    }

    fn answer_ack(&mut self, now: Timestamp, alert: AlertId, by: &PersonId) -> Result<String, String> {
        self.known(by)?;
        self.open_alert(alert)?;
        self.ack(now, alert, by);
        let name = &self.house.site.roster.people[by].name;
        Ok(format!("{alert}: {name} has it; nobody else is paged"))
    }

    /// Refuses a name that is not in people.yaml.
    pub(super) fn known(&self, person: &PersonId) -> Result<(), String> {
        let people = &self.house.site.roster.people;
        if people.contains_key(person) {
            return Ok(());
        }
        let known: Vec<&str> = people.keys().map(PersonId::as_str).collect();
        let help = suggest(person.as_str(), known).unwrap_or_default();
        Err(format!("nobody called `{person}` is in people.yaml; {help}"))
    }

    fn open_alert(&self, alert: AlertId) -> Result<(), String> {
        let known = self.cases.get(&alert).map(|case| case.alert.open());
        if known == Some(true) {
            return Ok(());
        }
        Err(match self.store.alert(alert) {
            _ if known == Some(false) => format!("{alert} is over already"),
            Ok(Some(_)) => format!("{alert} is over already"),
            _ => format!("there is no alert {alert}; `vigie alert list` shows those that are open"),
        })
    }

    fn realm_of(&self, alert: AlertId) -> Realm {
        self.cases.get(&alert).map_or(Realm::Live, |case| case.alert.realm)
    }

    /// Whether rules are armed can depend on what is in the logs now, which somebody else has to look at first.
    pub(super) fn asked_for_status(&mut self, now: Timestamp, ticket: u64) {
        let sources = check::worth_hearing(&self.house.site, &self.engine);
        if sources.is_empty() {
            self.tell_status(now, ticket, &Heard::new());
        } else {
            self.orders.push(Order::Listen { ticket, sources });
        }
    }

    /// Says how it is going to whoever asked.
    pub(super) fn tell_status(&mut self, now: Timestamp, ticket: u64, heard: &Heard) {
        let answer = Answer::Status(self.status(now, heard));
        self.orders.push(Order::Reply { ticket, answer });
    }

    fn status(&self, now: Timestamp, heard: &Heard) -> Status {
        Status {
            site: self.house.site.settings.name.clone(),
            sources: self
                .readings
                .iter()
                .map(|(name, reading)| SourceStatus {
                    name: name.to_string(),
                    format: reading.format(),
                    lines: reading.lines,
                    malformed: reading.malformed,
                })
                .collect(),
            rules: self.engine.rules().filter(|rule| rule.emits).count(),
            rules_since: Some(self.rules_since),
            not_armed: check::by_reason(&check::Arming::at(&self.house.site, heard).not_armed(&self.engine))
                .into_iter()
                .map(|(why, rules)| NotArmed { why, rules })
                .collect(),
            open_alerts: self.cases.len(),
            owed_pages: self.pages.len(),
            drills: self.drills.iter().map(|(id, running)| running.status(*id, now)).collect(),
            store_trouble: self.trouble.as_ref().map(|(words, _)| words.clone()),
        }
    }
}
