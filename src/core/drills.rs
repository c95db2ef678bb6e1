//! Exercises in the core: what a drill orders goes the real path, labelled, and what comes back is measured.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::labels::Labels;
use super::{Core, Order};
use crate::alert::chain::Pace;
use crate::api::{Act, DrillStatus, Seen};
use crate::base::id::{AlertId, DrillId, InjectId, PlaybookId, SourceName};
use crate::base::language::{Language, Text};
use crate::base::realm::Realm;
use crate::check::{Script, read_script};
use crate::drill::play::{self, Done, Effect, Ignored, Phase, Play, Stage};
use crate::drill::playbook::Offset;
use crate::store::DrillRow;
use crate::text::diagnostic::suggest;
use crate::text::source::Source;
use crate::words::drill as said;

/// A drill that runs.
#[derive(Debug)]
pub(super) struct Running {
    pub(super) script: Arc<Script>,
    pub(super) play: Play,
    pub(super) pace: Pace,
    pub(super) labels: Labels,
    /// Lines ordered but not yet known to be written, by inject; ordered again after a crash.
    pub(super) unwritten: BTreeMap<InjectId, (SourceName, Vec<String>)>,
}

/// A drill as it is kept: everything needed to go on, or to write its report, even where its files were changed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct KeptDrill {
    /// The name of the playbook's file.
    pub name: String,
    /// The playbook's text.
    pub text: String,
    /// The files beside it that it uses.
    pub files: BTreeMap<String, String>,
    /// The exercise machine.
    pub play: Play,
    /// How fast the script runs.
    pub pace: Pace,
    pub(super) labels: Labels,
    pub(super) unwritten: BTreeMap<InjectId, (SourceName, Vec<String>)>,
}

impl KeptDrill {
    /// The playbook as it was when the drill started.
    pub fn script(&self) -> Option<Script> {
        let beside = |name: &str| {
            let text = self.files.get(name).cloned();
            text.ok_or_else(|| std::io::Error::from(std::io::ErrorKind::NotFound))
        };
        read_script(&Source::new(self.name.clone(), self.text.clone()), &beside, &mut Vec::new())
    }
}

impl Running {
    fn kept(&self) -> KeptDrill {
        KeptDrill {
            name: self.script.name.clone(),
            text: self.script.text.clone(),
            files: self.script.files.clone(),
            play: self.play.clone(),
            pace: self.pace,
            labels: self.labels.clone(),
            unwritten: self.unwritten.clone(),
        }
    }

    pub(super) fn deadline(&self) -> Option<Timestamp> {
        self.play.deadline()
    }

    pub(super) fn status(&self, id: DrillId, now: Timestamp) -> DrillStatus {
        let timeline = &self.script.playbook.timeline;
        let lines = timeline.iter().filter_map(|inject| {
            let stage = match &self.play.stimulus(&inject.id)?.stage {
                Stage::WaitsForChoice => "waits for a decision".to_owned(),
                Stage::WaitsForHand => format!("waits for you: vigie drill fire {id} {}", inject.id),
                Stage::Due(at) => format!("at {}", Offset(*at)),
                Stage::Sending(_) => "its lines are being written".to_owned(),
                Stage::Played => "played".to_owned(),
                Stage::Skipped => "left out".to_owned(),
                Stage::Failed(why) => format!("failed: {why}"),
            };
            Some(format!("{:<24} {stage}", inject.id.as_str()))
        });
        DrillStatus {
            id,
            playbook: self.script.playbook.id.clone(),
            at: Offset(self.play.clock().script(now)).to_string(),
            paused: matches!(self.play.phase(), Phase::Paused),
            lines: lines.collect(),
        }
    }
}

impl Core {
    /// Starts a drill of a playbook of this site, or says why not.
    pub(super) fn start_drill(&mut self, now: Timestamp, playbook: &PlaybookId, pace: u32) -> Result<DrillId, String> {
        let house = self.house.clone();
        let Some(script) = house.playbooks.get(playbook) else {
            let known: Vec<&str> = house.playbooks.keys().map(PlaybookId::as_str).collect();
            let help = suggest(playbook.as_str(), known).unwrap_or_default();
            return Err(format!("there is no playbook `{playbook}` here; {help}"));
        };
        if let Some(running) = self.running_drills().first() {
            return Err(format!("{running} is running; one drill at a time: `vigie drill stop {running}` ends it"));
        }
        // Its number would be given again after a crash, and the lines of two drills could not be told apart.
        if self.trouble.is_some() {
            return Err("the state folder cannot be written; a drill can start when it can (vigie status)".to_owned());
        }
        let pace = Pace::new(pace).ok_or_else(|| format!("the pace is a number from 1 to {}", Pace::MAX))?;
        self.last_drill += 1;
        let id = DrillId(self.last_drill);
        let (play, effects) = Play::start(&script.playbook, id, pace, now);
        let running =
            Running { script: script.clone(), play, pace, labels: Labels::default(), unwritten: BTreeMap::new() };
        self.drills.insert(id, running);
        self.carry_out_drill(now, id, effects);
        Ok(id)
    }

    /// Does what a facilitator asks in a running drill.
    pub(super) fn act(&mut self, now: Timestamp, id: DrillId, act: Act) -> Result<String, String> {
        if !self.plays(id) {
            return Err(format!("{id} is not running; `vigie drill status` shows what runs"));
        }
        if let Act::Decide { by, .. } | Act::Note { by, .. } = &act {
            self.known(by)?;
        }
        let facilitator = "facilitator";
        let input = match act {
            Act::Fire { inject } => play::Input::Fire(inject),
            Act::Skip { inject } => play::Input::Skip(inject),
            Act::Called { inject } => play::Input::Injected { inject, lines: 0 },
            Act::Observe { inject, expectation, seen, note } => play::Input::Observe {
                inject,
                expectation: expectation.map(|number| number.saturating_sub(1)),
                done: match seen {
                    Seen::Done => Done::Done,
                    Seen::Partly => Done::Partly,
                    Seen::NotDone => Done::NotDone,
                },
                at: None,
                by: facilitator.to_owned(),
                note: note.unwrap_or_default(),
            },
            Act::Decide { inject, option, by } => play::Input::Decide { inject, option, by: by.to_string() },
            Act::Note { text, by } => play::Input::Note { by: by.to_string(), text },
            Act::Pause => play::Input::Pause,
            Act::Resume => play::Input::Resume,
            Act::Stop { why } => play::Input::Stop { why },
        };
        match self.play(now, id, input) {
            None => Ok(format!("{id}: done")),
            Some(why) => Err(format!("{id}: {why}")),
        }
    }

    /// Gives an input to a drill and carries out what follows. Returns why the input had no effect, if it had none.
    pub(super) fn play(&mut self, now: Timestamp, id: DrillId, input: play::Input) -> Option<String> {
        let running = self.drills.get_mut(&id)?;
        let script = running.script.clone();
        let effects = running.play.step(&script.playbook, now, input);
        let ignored = effects.iter().find_map(|effect| match effect {
            Effect::Fact(play::Fact::Ignored { why, inject }) => {
                let of = inject.as_ref().map(|inject| format!(" ({inject})")).unwrap_or_default();
                Some(format!("{}{of}", words(*why).get(Language::En)))
            }
            _ => None,
        });
        self.carry_out_drill(now, id, effects);
        ignored
    }

    /// The drills that run.
    pub fn running_drills(&self) -> Vec<DrillId> {
        self.drills.keys().copied().filter(|id| self.plays(*id)).collect()
    }

    /// Whether a drill runs. One that ended is still remembered up to the next commit.
    pub(super) fn plays(&self, id: DrillId) -> bool {
        self.drills.contains_key(&id) && !self.ended_drills.contains(&id)
    }

    /// A real alert was raised: every running drill shows it as real and goes on waiting for nobody.
    pub(super) fn tell_drills(&mut self, now: Timestamp, alert: AlertId) {
        for id in self.running_drills() {
            self.play(now, id, play::Input::RealAlert { alert });
        }
    }

    /// Wakes the drills whose deadline has come; says whether there were any.
    pub(super) fn wake_drills(&mut self, now: Timestamp) -> bool {
        let due: Vec<DrillId> = self
            .drills
            .iter()
            .filter(|(_, running)| running.deadline().is_some_and(|deadline| deadline <= now))
            .map(|(id, _)| *id)
            .collect();
        for id in &due {
            self.play(now, *id, play::Input::Clock);
        }
        !due.is_empty()
    }

    fn carry_out_drill(&mut self, now: Timestamp, id: DrillId, effects: Vec<Effect>) {
        self.changed_drills.insert(id);
        for effect in effects {
            match effect {
                Effect::Log { inject, source, lines } => self.order_lines(now, id, inject, source, &lines),
                Effect::Message { inject, to, from, subject, body } => {
                    self.send_message(now, id, &inject, &to, &from, &subject, &body);
                }
                Effect::Card { inject, to, from, script } => self.order_call(now, id, inject, &to, &from, &script),
                Effect::Ask { inject, to, ask, options, default, .. } => {
                    self.order_question(now, id, inject.clone(), &to, &ask, &options, &default);
                    self.play(now, id, play::Input::Injected { inject, lines: 0 });
                }
                Effect::Fact(fact) => {
                    let body = serde_json::to_value(&fact).expect("a fact is plain data");
                    let (kind, body) = match body {
                        serde_json::Value::Object(map) => map.into_iter().next().unwrap_or_default(),
                        word => (word.as_str().unwrap_or_default().to_owned(), json!({})),
                    };
                    self.enter(now, Realm::Drill(id), &format!("drill.{kind}"), &body);
                }
                Effect::Finished => self.finish_drill(now, id),
            }
        }
    }

    /// Ends everything that belongs to a drill: its alerts, their pages, the drill.
    fn finish_drill(&mut self, now: Timestamp, id: DrillId) {
        let realm = Realm::Drill(id);
        let open = self.cases.values().filter(|case| case.alert.realm == realm && case.alert.open());
        let open: Vec<AlertId> = open.map(|case| case.alert.id).collect();
        for alert in open {
            self.resolve(now, alert, "end of the drill");
        }
        self.cancel_drill(now, id);
        self.engine.forget(realm);
        self.ended_drills.insert(id);
        self.orders.push(Order::Tell(format!("{id} is over; its report: vigie drill report {id}")));
    }

    /// Makes the row of a changed drill; forgets it where it is over.
    pub(super) fn collect_drill(&mut self, id: DrillId) {
        let ended = self.ended_drills.contains(&id) || self.late_drills.contains_key(&id);
        let kept = match (self.drills.get(&id), self.late_drills.get(&id)) {
            (Some(running), _) => running.kept(),
            (None, Some(kept)) => kept.clone(),
            (None, None) => return,
        };
        self.change.drills.push(DrillRow {
            id,
            playbook: kept.play.playbook().clone(),
            ended,
            state: serde_json::to_string(&kept).expect("a drill is plain data"),
            changed: kept.play.started(),
        });
        if ended {
            self.ended_drills.remove(&id);
            self.drills.remove(&id);
            self.keep_late(id, kept);
        }
    }

    /// Remembers an ended drill as long as lines of it may still be read: they are not real.
    pub(super) fn keep_late(&mut self, id: DrillId, kept: KeptDrill) {
        if kept.labels.all_seen() {
            self.late_drills.remove(&id);
        } else {
            self.late_drills.insert(id, kept);
        }
    }
}

/// Why an input had no effect, in words for whoever typed it.
fn words(why: Ignored) -> Text {
    match why {
        Ignored::Over => said::over(),
        Ignored::UnknownInject => said::unknown_inject(),
        Ignored::AlreadyPlayed => said::already_played(),
        Ignored::NotPlayed => said::not_played(),
        Ignored::UnknownExpectation => said::unknown_expectation(),
        Ignored::NoDecision => said::no_decision(),
        Ignored::UnknownOption => said::unknown_option(),
        Ignored::AlreadyDecided => said::already_decided(),
        Ignored::SaidBefore => said::said_before(),
    }
}
