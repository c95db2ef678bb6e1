//! A step of a chain, as written and as checked: it names somebody who can be reached by a channel that exists.

use jiff::SignedDuration;
use schemars::JsonSchema;
use serde::Deserialize;

use super::checker::Checker;
use super::name::Name;
use super::ways::Ways;
use crate::alert::chain::{Step, StepKind};
use crate::alert::duty;
use crate::alert::oncall::Target;
use crate::base::id::{DutyId, PersonId, RotaId};
use crate::finding::chains as finding;
use crate::finding::people::neither_person_nor_rota;
use crate::text::diagnostic::suggest;
use crate::text::one_or_many::OneOrMany;
use crate::text::source::Span;
use crate::text::spanned::Spanned;

/// A step: somebody is told, and has a while to answer.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct StepEntry {
    /// Whom to tell: a person or a rota.
    #[serde(default)]
    notify: Option<Name>,
    /// By which channels, all at the same time: `mail`, or `mail + sms`.
    #[serde(default)]
    by: Option<Spanned<OneOrMany>>,
    /// The channel to use where none of those took the message within a minute; of several, one after the other.
    #[serde(default)]
    if_undelivered: Option<Spanned<OneOrMany>>,
    /// How long to wait for an answer before the next step, such as `10m`.
    #[serde(default)]
    answer_within: Option<Name>,
    /// When it is asked, such as `mon-fri 08:00-18:00`; passed over at other hours.
    #[serde(default)]
    hours: Option<Name>,
    /// The older word for `answer_within`.
    #[serde(default)]
    ack: Option<Name>,
    /// In older words, a declaration as a step: what to declare. It belongs under `declare:` of the chain.
    #[serde(default)]
    declare: Option<Name>,
    /// In older words, who must declare it.
    #[serde(default)]
    owner: Option<Name>,
}

impl Checker<'_> {
    /// One step, or nothing where it cannot be one.
    pub(super) fn step(&mut self, step: &Spanned<StepEntry>) -> Option<Step> {
        let (target, kind) = match (&step.notify, &step.declare, &step.owner) {
            (Some(notify), None, None) => (notify, StepKind::Notify),
            (None, Some(declare), Some(owner)) => {
                let instead = format!("declare: [{{what: {}, who: {}, by: …}}]", declare.value, owner.value);
                self.older("declare", instead, declare.span, None);
                (owner, StepKind::Declare(self.duty(declare)?))
            }
            (None, Some(declare), None) => {
                self.say(finding::no_owner(), declare.span);
                return None;
            }
            _ => {
                self.say(finding::neither_nor(), first_key(step));
                return None;
            }
        };
        // Everything is looked at before anything is given up: one mistake must not hide the next.
        let to = self.target(target);
        let (by, otherwise) = (step.by.as_ref(), step.if_undelivered.as_ref());
        let by = self.ways(target, to.as_ref(), Ways { span: step.span, by, otherwise });
        let ack = self.answer_within(step, target, &kind);
        let hours = step.hours.as_ref().and_then(|written| self.hours(written));
        Some(Step { to: to?, kind, by, ack: ack?, hours })
    }

    /// How long to wait for an answer. Nothing waits for a declaration.
    fn answer_within(
        &mut self,
        step: &Spanned<StepEntry>,
        target: &Spanned<String>,
        kind: &StepKind,
    ) -> Option<SignedDuration> {
        if let Some(ack) = &step.ack {
            let twice = step.answer_within.as_ref().map(|_| "answer_within");
            self.older("ack", format!("answer_within: {}", ack.value), ack.span, twice);
        }
        match (step.answer_within.as_ref().or(step.ack.as_ref()), kind) {
            (Some(text), _) => self.patience(text),
            (None, StepKind::Declare(_)) => Some(SignedDuration::ZERO),
            (None, StepKind::Notify) if self.misread(step.span) => None,
            (None, StepKind::Notify) => {
                self.say(finding::no_patience(), target.span);
                None
            }
        }
    }

    pub(super) fn duty(&mut self, declare: &Spanned<String>) -> Option<DutyId> {
        if let Some(duty) = duty::find(declare) {
            return self.binding(duty, declare.span).then(|| duty.id.clone());
        }
        let known = duty::of(&self.settings.country).filter(|duty| duty.status.binds());
        let help = suggest(declare, known.map(|duty| duty.id.as_str()).collect::<Vec<_>>());
        self.say(finding::no_duty(declare).advice(help), declare.span);
        None
    }

    pub(super) fn target(&mut self, name: &Spanned<String>) -> Option<Target> {
        let (person, rota) = (PersonId(name.value.clone()), RotaId(name.value.clone()));
        if self.roster.people.contains_key(&person) {
            return Some(Target::Person(person));
        }
        if self.roster.rotas.contains_key(&rota) {
            return Some(Target::Rota(rota));
        }
        if self.written.rotas.keys().any(|rota| rota.value == name.value) {
            return None;
        }
        if duty::find(name).is_some() {
            self.say(finding::authority(name), name.span);
            return None;
        }
        let known: Vec<&str> = self
            .roster
            .people
            .keys()
            .map(PersonId::as_str)
            .chain(self.roster.rotas.keys().map(RotaId::as_str))
            .collect();
        self.say(neither_person_nor_rota(name).advice(suggest(name, known)), name.span);
        None
    }
}

/// Where to point for a mistake of a whole step.
fn first_key(step: &Spanned<StepEntry>) -> Span {
    [&step.notify, &step.declare, &step.owner].into_iter().flatten().map(|name| name.span).next().unwrap_or(step.span)
}
