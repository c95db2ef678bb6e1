//! Exercises in the core: what a drill orders goes the real path, labelled, and what comes back is measured.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::pages::Purpose;
use super::{Core, Order};
use crate::alert::chain::Pace;
use crate::alert::page::words;
use crate::base::id::{AlertId, DrillId, InjectId, PersonId, PlaybookId, SourceName};
use crate::base::language::{Language, Text};
use crate::base::realm::Realm;
use crate::check::{Script, read_script};
use crate::daemon::command::{Act, DrillStatus, Seen};
use crate::drill::play::{self, Done, Effect, Ignored, Phase, Play, Stage};
use crate::drill::playbook::{Audience, LogLine, Offset};
use crate::store::DrillRow;
use crate::text::diagnostic::suggest;
use crate::text::source::Source;
use crate::watch::label;

/// A drill that runs.
#[derive(Debug)]
pub(super) struct Running {
    pub(super) script: Arc<Script>,
    pub(super) play: Play,
    pub(super) pace: Pace,
    labels: Labels,
    /// Lines ordered but not yet known to be written, by inject; ordered again after a crash.
    unwritten: BTreeMap<InjectId, (SourceName, Vec<String>)>,
}

/// The numbers given to labelled lines. Each counts once: a copy of a labelled line is a real line.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Labels {
    next: u64,
    outstanding: BTreeSet<u64>,
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
    labels: Labels,
    unwritten: BTreeMap<InjectId, (SourceName, Vec<String>)>,
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
        if let Some(running) = self.drills.keys().next() {
            return Err(format!("{running} is running; one drill at a time: `vigie drill stop {running}` ends it"));
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
        if !self.drills.contains_key(&id) {
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
                Some(format!("{}{of}", words(*why)))
            }
            _ => None,
        });
        self.carry_out_drill(now, id, effects);
        ignored
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
                Effect::Card { inject, to, from, script } => {
                    let text = self.card(&inject, &self.names(now, &to), |language| {
                        let call = language.pick("APPELER", "CALL");
                        let play = language.pick("VOUS JOUEZ", "YOU PLAY");
                        let then = language.pick("Appel passé ? ", "Call made? ");
                        format!(
                            "{call} : {{to}}\n{play} : {}\n\n{}\n\n{then}vigie drill called {id} {inject}\n",
                            from.get(language),
                            script.get(language)
                        )
                    });
                    self.orders.push(Order::Card { drill: id, inject, text });
                }
                Effect::Ask { inject, to, ask, options, default, .. } => {
                    let text = self.card(&inject, &self.names(now, &to), |language| {
                        ask_card(language, id, &inject, &ask, &options, &default)
                    });
                    self.orders.push(Order::Card { drill: id, inject: inject.clone(), text });
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

    /// Labels the lines of an inject and orders them written.
    fn order_lines(&mut self, now: Timestamp, id: DrillId, inject: InjectId, source: SourceName, lines: &[LogLine]) {
        let zone = self.house.site.settings.sources.iter().find(|known| known.name == source);
        let zone = zone.map_or(&self.house.site.settings.zone, |source| &source.zone);
        let texts: Vec<String> = lines.iter().map(|line| line.text(now, zone)).collect();
        let Some(running) = self.drills.get_mut(&id) else { return };
        let unwritten = &mut running.unwritten.entry(inject.clone()).or_insert_with(|| (source.clone(), Vec::new())).1;
        unwritten.extend(texts.iter().cloned());
        self.order_labelled(id, inject, source, &texts);
    }

    fn order_labelled(&mut self, id: DrillId, inject: InjectId, source: SourceName, texts: &[String]) {
        let Some(running) = self.drills.get_mut(&id) else { return };
        let mut lines = Vec::with_capacity(texts.len());
        for text in texts {
            running.labels.next += 1;
            running.labels.outstanding.insert(running.labels.next);
            lines.push(label::mark(text, id, running.labels.next, &self.key));
        }
        self.orders.push(Order::Inject { drill: id, inject, source, lines });
    }

    /// The lines of an inject were written, or could not be.
    pub(super) fn injected(
        &mut self,
        now: Timestamp,
        id: DrillId,
        inject: InjectId,
        lines: usize,
        failure: Option<String>,
    ) {
        if let Some(running) = self.drills.get_mut(&id)
            && let Some((_, unwritten)) = running.unwritten.get_mut(&inject)
        {
            unwritten.drain(..lines.min(unwritten.len()));
            if unwritten.is_empty() {
                running.unwritten.remove(&inject);
            }
        }
        let input = match failure {
            None => play::Input::Injected { inject, lines },
            Some(why) => play::Input::InjectFailed { inject, why },
        };
        self.play(now, id, input);
    }

    /// Whether a labelled line is one that this daemon ordered and has not seen yet. Lines of a drill that ended
    /// meanwhile are still its own.
    pub(super) fn take_label(&mut self, id: DrillId, number: u64) -> bool {
        let outstanding = match (self.drills.get_mut(&id), self.late_drills.get_mut(&id)) {
            (Some(running), _) => &mut running.labels.outstanding,
            (None, Some(kept)) => &mut kept.labels.outstanding,
            (None, None) => return false,
        };
        let expected = outstanding.remove(&number);
        if expected {
            self.changed_drills.insert(id);
        }
        expected
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of a message as the machine gives them")]
    fn send_message(
        &mut self,
        now: Timestamp,
        id: DrillId,
        inject: &InjectId,
        to: &Audience,
        from: &Text,
        subject: &Text,
        body: &Text,
    ) {
        let people = self.people(now, to);
        let mut sent = 0;
        for person in people {
            let language = self.house.site.roster.people[&person].language;
            let sender = language.pick("De", "From");
            let text = format!("{sender} : {}\n\n{}", from.get(language), body.get(language));
            let draft = words::inject(subject.get(language), &text, language);
            let purpose = Purpose::Message { drill: id, inject: inject.clone(), person: person.clone() };
            sent += usize::from(self.owe_message(now, id, &person, purpose, &draft));
        }
        if sent == 0 {
            let why = "none of its players has an address that exercises may use (drills: in vigie.yaml)".to_owned();
            self.play(now, id, play::Input::InjectFailed { inject: inject.clone(), why });
        }
    }

    /// The people an audience means now, each once.
    pub(super) fn people(&self, now: Timestamp, audience: &Audience) -> Vec<PersonId> {
        let roster = &self.house.site.roster;
        let mut people: Vec<PersonId> = Vec::new();
        for player in &audience.players {
            let person =
                player.target(roster).and_then(|target| roster.who(&target, now)).map(|person| person.id.clone());
            people.extend(person.filter(|person| !people.contains(person)));
        }
        people
    }

    /// The people an audience means now, with the number to call them.
    fn names(&self, now: Timestamp, audience: &Audience) -> String {
        let people = &self.house.site.roster.people;
        let shown = self.people(now, audience).into_iter().map(|id| {
            let person = &people[&id];
            match &person.phone {
                Some(phone) => format!("{} ({phone})", person.name),
                None => person.name.clone(),
            }
        });
        shown.collect::<Vec<_>>().join(", ")
    }

    /// A card in both languages, marked at both ends.
    fn card(&self, inject: &InjectId, to: &str, words: impl Fn(Language) -> String) -> String {
        let first = self.house.site.settings.language;
        let second = first.pick(Language::En, Language::Fr);
        let text = format!("{}\n\n---\n\n{}", words(first), words(second)).replace("{to}", to);
        format!("EXERCICE EXERCICE EXERCICE — {inject}\n\n{text}\nEXERCICE EXERCICE EXERCICE\n")
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
    fn keep_late(&mut self, id: DrillId, kept: KeptDrill) {
        if kept.labels.outstanding.is_empty() {
            self.late_drills.remove(&id);
        } else {
            self.late_drills.insert(id, kept);
        }
    }

    /// Takes up drills where the store left them. Lines that may not have been written are ordered again, with new
    /// labels: the same line twice is still the drill's.
    pub(super) fn recover_drills(&mut self, rows: Vec<DrillRow>) {
        for row in rows {
            let Ok(kept) = serde_json::from_str::<KeptDrill>(&row.state) else {
                self.orders
                    .push(Order::Tell(format!("drill {} in the store cannot be read; it is left as it is", row.id)));
                continue;
            };
            if row.ended {
                self.keep_late(row.id, kept);
                continue;
            }
            let Some(script) = kept.script() else { continue };
            let unwritten = kept.unwritten.clone();
            let running = Running {
                script: Arc::new(script),
                play: kept.play,
                pace: kept.pace,
                labels: kept.labels,
                unwritten: kept.unwritten,
            };
            self.drills.insert(row.id, running);
            for (inject, (source, texts)) in unwritten {
                self.order_labelled(row.id, inject, source, &texts);
            }
            self.changed_drills.insert(row.id);
        }
    }
}

fn ask_card(
    language: Language,
    id: DrillId,
    inject: &InjectId,
    ask: &Text,
    options: &[(String, Text)],
    default: &str,
) -> String {
    let heading = language.pick("DÉCISION À DEMANDER À", "DECISION TO ASK OF");
    let record = language.pick("Noter la décision", "Record the decision");
    let otherwise = language.pick("Sans réponse", "Without an answer");
    let mut text = format!("{heading} : {{to}}\n\n{}\n\n", ask.get(language));
    for (name, label) in options {
        writeln!(text, "  [ ] {name}  {}", label.get(language)).expect("writing to a string cannot fail");
    }
    let command = format!("vigie drill decide {id} {inject} <option> --by <nom>");
    text.push_str(&["\n", otherwise, " : ", default, "\n", record, " : ", &command, "\n"].concat());
    text
}

/// Why an input had no effect, in words for whoever typed it.
fn words(why: Ignored) -> &'static str {
    match why {
        Ignored::Over => "the exercise is over",
        Ignored::UnknownInject => "the playbook has no such inject",
        Ignored::AlreadyPlayed => "it has been played already",
        Ignored::NotPlayed => "it has not been played yet",
        Ignored::UnknownExpectation => "it has no such expectation, or not one that is observed",
        Ignored::NoDecision => "nothing is decided there",
        Ignored::UnknownOption => "the decision does not offer that option",
        Ignored::AlreadyDecided => "it has been decided, or its time is over",
        Ignored::SaidBefore => "it was said before",
    }
}
