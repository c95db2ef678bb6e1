//! From the state of a drill to the plain record that reports are made of.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use jiff::tz::TimeZone;

use super::clock::Gap;
use super::machine::Play;
use super::state::{InjectState, Moment, Phase, Stimulus, Verdict};
use crate::base::id::{ObjectiveId, RuleId};
use crate::base::language::Text;
use crate::drill::inject::{Answer, Burst, Means, Question};
use crate::drill::playbook::{Inject, Objective, Playbook};
use crate::drill::report::{
    AckRecord, AlertRecord, DecisionRecord, ExpectationRecord, GapRecord, HitRecord, InjectRecord, LedgerHead,
    LineCount, Mode, NoteOf, NoteRecord, ObjectiveRecord, OptionRecord, Outcome, PageRecord, Record, Tally, Took, When,
};

/// What a report should say that the drill itself does not know.
#[derive(Debug, Clone)]
pub struct About {
    /// The hospital's name.
    pub site: String,
    /// With people or without.
    pub mode: Mode,
    /// The zone of the clocks on the wall.
    pub zone: TimeZone,
    /// Where the ledger stands now.
    pub ledger: Option<LedgerHead>,
    /// Names of people and rotas, by identifier.
    pub people: BTreeMap<String, String>,
    /// Titles of rules.
    pub rules: BTreeMap<RuleId, Text>,
}

impl Play {
    /// What has happened so far, and all of it once the drill is over.
    pub fn record(&self, script: &Playbook, about: About) -> Record {
        let zone = &about.zone;
        let (ended, ending) = match &self.phase {
            Phase::Ended { at, ending } => (Some(when(*at, zone)), Some(ending.clone())),
            _ => (None, None),
        };
        let injects: Vec<_> = script.timeline.iter().map(|inject| self.inject_record(inject, zone)).collect();
        let journal = &self.journal;
        Record {
            format: 1,
            site: about.site,
            playbook: self.playbook.clone(),
            title: script.title.clone(),
            leans_on: script.leans_on.clone(),
            digest: script.digest.to_string(),
            drill: self.drill,
            mode: about.mode,
            pace: self.clock.pace().factor(),
            duration: self.duration,
            started: when(Moment { real: self.started, script: SignedDuration::ZERO }, zone),
            ended,
            ending,
            gaps: self.gap_records(zone),
            cells: script.cells.clone(),
            tally: Tally::of(injects.iter().flat_map(|inject| &inject.expectations).map(|expected| expected.verdict)),
            objectives: objective_records(script, &injects),
            hits: records(&journal.hits, |(at, rule, alert)| HitRecord { at: when(at, zone), rule, alert }),
            pages: records(&journal.pages, |(at, chain, person, channel)| PageRecord {
                at: when(at, zone),
                chain,
                person,
                channel,
            }),
            acks: records(&journal.acks, |(at, chain, alert, by)| AckRecord { at: when(at, zone), chain, alert, by }),
            notes: records(&journal.notes, |(at, by, text)| NoteRecord { at: when(at, zone), by, text }),
            real_alerts: records(&journal.real_alerts, |(at, alert)| AlertRecord { at: when(at, zone), alert }),
            injects,
            ledger: about.ledger,
            people: about.people,
            rules: about.rules,
        }
    }

    /// The times the script stood still while the drill went on.
    fn gap_records(&self, zone: &TimeZone) -> Vec<GapRecord> {
        let place = |real| when(self.moment(real), zone);
        let record = |gap: Gap| GapRecord { from: place(gap.from), to: gap.to.map(place) };
        let end = match &self.phase {
            Phase::Ended { at, .. } => Some(at.real),
            _ => None,
        };
        let mut gaps = self.clock.gaps();
        // The clock stands still for ever after the end; that is not a pause.
        if let (Some(end), Some(last)) = (end, gaps.last_mut())
            && last.to.is_none()
        {
            last.to = Some(end);
        }
        gaps.into_iter().filter(|gap| gap.to != Some(gap.from)).map(record).collect()
    }

    fn inject_record(&self, written: &Inject, zone: &TimeZone) -> InjectRecord {
        let unknown = Stimulus::new(InjectState::Skipped, written.expect.len());
        let stimulus = self.injects.get(&written.id).unwrap_or(&unknown);
        let means = written.action.means();
        let lines =
            |burst: &Burst| LineCount { planned: burst.count(), sent: stimulus.sent, written: stimulus.written };
        InjectRecord {
            id: written.id.clone(),
            title: written.title.clone(),
            class: written.class,
            kind: written.action.kind(),
            to: means.audience().map(|audience| audience.named.clone()).unwrap_or_default(),
            planned: written.start.planned(),
            played: stimulus.played.map(|at| when(at, zone)),
            confirmed: stimulus.confirmed.map(|at| when(at, zone)),
            outcome: outcome(means, stimulus, self.is_over()),
            lines: means.burst().map(lines),
            expectations: self.expectation_records(written, stimulus),
            decision: means.question().map(|question| self.decision_record(question, stimulus, zone)),
        }
    }

    fn expectation_records(&self, written: &Inject, stimulus: &Stimulus) -> Vec<ExpectationRecord> {
        let expected = written.expect.iter().zip(&stimulus.watches);
        expected
            .map(|(expected, watch)| ExpectationRecord {
                awaited: expected.awaited.clone(),
                objective: expected.objective.clone(),
                within: expected.within,
                verdict: watch.verdict,
                took: watch.took.map(|script| self.took(script)),
                proof: watch.proof.clone(),
                note: watch.observed.clone().map(|(by, text)| NoteOf { by, text }),
            })
            .collect()
    }

    fn decision_record(&self, question: &Question, stimulus: &Stimulus, zone: &TimeZone) -> DecisionRecord {
        let asked = stimulus.question.as_ref();
        let chosen = asked.and_then(|asked| asked.chosen.as_ref());
        let at = chosen.map(|choice| choice.at).or(asked.and_then(|asked| asked.defaulted));
        let took = chosen.zip(stimulus.played).map(|(choice, asked)| choice.at.script.saturating_sub(asked.script));
        let option = |answer: &Answer| OptionRecord { name: answer.name.clone(), label: answer.label.clone() };
        DecisionRecord {
            ask: question.ask.clone(),
            options: question.answers.iter().map(option).collect(),
            default: question.default.clone(),
            within: question.within,
            chosen: chosen.map(|choice| choice.option.clone()),
            by: chosen.map(|choice| choice.by.clone()),
            at: at.map(|at| when(at, zone)),
            took: took.map(|script| self.took(script)),
        }
    }

    fn took(&self, script: SignedDuration) -> Took {
        Took { real: self.clock.pace().real(script), script }
    }
}

fn outcome(means: &dyn Means, stimulus: &Stimulus, over: bool) -> Outcome {
    let partial = stimulus.sent < means.burst().map_or(0, Burst::count);
    match &stimulus.state {
        InjectState::WaitsForChoice => Outcome::NotChosen,
        InjectState::WaitsForHand => Outcome::NotFired,
        InjectState::Due(_) => Outcome::NotReached,
        InjectState::Skipped => Outcome::Skipped,
        InjectState::Failed(why) => Outcome::Failed { why: why.clone() },
        InjectState::Sending(_) if over => Outcome::BrokenOff,
        InjectState::Played if partial => Outcome::BrokenOff,
        InjectState::Played if means.waits_for_word() && is_unmade(stimulus) => Outcome::CallNotMade,
        InjectState::Sending(_) | InjectState::Played => Outcome::Played,
    }
}

/// A call that nobody said was made, and of which no observer saw anything either.
fn is_unmade(stimulus: &Stimulus) -> bool {
    stimulus.confirmed.is_none() && stimulus.watches.iter().all(|watch| watch.verdict == Verdict::NotReached)
}

fn objective_records(script: &Playbook, injects: &[InjectRecord]) -> Vec<ObjectiveRecord> {
    let tally = |id: &ObjectiveId| {
        let all = injects.iter().flat_map(|inject| &inject.expectations);
        Tally::of(all.filter(|expected| expected.objective.as_ref() == Some(id)).map(|expected| expected.verdict))
    };
    let record = |objective: &Objective| {
        let tally = tally(&objective.id);
        let (id, title) = (objective.id.clone(), objective.title.clone());
        ObjectiveRecord { id, title, tally, suggested: tally.suggested() }
    };
    script.objectives.iter().map(record).collect()
}

fn records<T: Clone, R>(entries: &[T], record: impl Fn(T) -> R) -> Vec<R> {
    entries.iter().cloned().map(record).collect()
}

fn when(moment: Moment, zone: &TimeZone) -> When {
    When { real: moment.real, offset: zone.to_offset(moment.real).seconds(), script: moment.script }
}
