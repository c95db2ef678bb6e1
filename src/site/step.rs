//! A step of a chain, as written and as checked: it names somebody who can be reached by a channel that exists.

use jiff::SignedDuration;
use schemars::JsonSchema;
use serde::Deserialize;

use super::checker::Checker;
use super::name::Name;
use crate::alert::chain::{Step, StepKind};
use crate::alert::duty;
use crate::alert::oncall::Target;
use crate::base::id::{ChannelName, DutyId, PersonId, RotaId};
use crate::finding::chains as finding;
use crate::finding::people::neither_person_nor_rota;
use crate::text::diagnostic::suggest;
use crate::text::source::Span;
use crate::text::spanned::Spanned;

/// A step: `notify` somebody, or give somebody something to `declare`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StepEntry {
    /// Whom to tell: a person or a rota.
    #[serde(default)]
    pub notify: Option<Name>,
    /// What to declare, such as `cert-sante`. The authority itself is never contacted by vigie.
    #[serde(default)]
    pub declare: Option<Name>,
    /// Who must declare it: a person or a rota.
    #[serde(default)]
    pub owner: Option<Name>,
    /// How: channels joined by `+` are used together; the next item only if none of the one before was accepted.
    #[serde(default)]
    pub by: Vec<Name>,
    /// How long to wait for an answer, such as `10m`.
    #[serde(default)]
    pub ack: Option<Name>,
    /// When it is asked, such as `mon-fri 08:00-18:00`; passed over at other hours.
    #[serde(default)]
    hours: Option<Name>,
}

impl Checker<'_> {
    /// One step, or nothing where it cannot be one.
    pub(super) fn step(&mut self, step: &Spanned<StepEntry>) -> Option<Step> {
        let (target, kind) = match (&step.notify, &step.declare, &step.owner) {
            (Some(notify), None, None) => (notify, StepKind::Notify),
            (None, Some(declare), Some(owner)) => (owner, StepKind::Declare(self.duty(declare)?)),
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
        let by = self.channels(step, &kind);
        let written = step.by.iter().map(|group| group.split('+').count()).sum::<usize>();
        if let Some(to) = to.as_ref().filter(|_| by.iter().flatten().count() == written) {
            self.reachable(target, to, &by);
        }
        let ack = self.patience(step, target, &kind);
        let hours = step.hours.as_ref().and_then(|written| self.hours(written));
        Some(Step { to: to?, kind, by, ack: ack?, hours })
    }

    /// How long to wait for an answer. Nothing waits for a declaration.
    fn patience(
        &mut self,
        step: &Spanned<StepEntry>,
        target: &Spanned<String>,
        kind: &StepKind,
    ) -> Option<SignedDuration> {
        match (&step.ack, kind) {
            (Some(text), _) => self.duration(text),
            (None, StepKind::Declare(_)) => Some(SignedDuration::ZERO),
            (None, StepKind::Notify) if self.misread(step.span) => None,
            (None, StepKind::Notify) => {
                self.say(finding::no_patience(), target.span);
                None
            }
        }
    }

    fn duty(&mut self, declare: &Spanned<String>) -> Option<DutyId> {
        if let Some(duty) = duty::find(declare) {
            return Some(duty.id);
        }
        let known = duty::all();
        let help = suggest(declare, known.iter().map(|duty| duty.id.as_str()).collect::<Vec<_>>());
        self.say(finding::no_duty(declare).advice(help), declare.span);
        None
    }

    fn target(&mut self, name: &Spanned<String>) -> Option<Target> {
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

    fn channels(&mut self, step: &Spanned<StepEntry>, kind: &StepKind) -> Vec<Vec<ChannelName>> {
        if step.by.is_empty() && *kind == StepKind::Notify && !self.misread(step.span) {
            let span = step.notify.as_ref().map_or(Span::default(), |name| name.span);
            self.say(finding::no_way(), span);
        }
        step.by.iter().map(|group| self.group(group)).filter(|group| !group.is_empty()).collect()
    }

    fn group(&mut self, group: &Spanned<String>) -> Vec<ChannelName> {
        let mut names = Vec::new();
        let mut at = 0;
        for word in group.split('+') {
            let name = word.trim();
            let inner = at + word.len() - word.trim_start().len();
            at += word.len() + 1;
            if self.settings.channels.contains_key(&ChannelName(name.to_owned())) {
                names.push(ChannelName(name.to_owned()));
                continue;
            }
            if self.written.channels.keys().any(|channel| channel.value == name) {
                continue;
            }
            if name.is_empty() {
                self.say(finding::channel_without_name(), group.span);
                return Vec::new();
            }
            // Behind an opening quote the text starts one byte later than the value.
            let quote = usize::from(self.source.slice(group.span).starts_with(['"', '\'']));
            let known: Vec<&str> = self.settings.channels.keys().map(ChannelName::as_str).collect();
            let span = group.span.part(quote + inner, name.len());
            self.say(finding::no_channel(name).advice(suggest(name, known)), span);
        }
        names
    }

    /// Refuses a step whose channels reach nobody: each person it can mean needs an address for at least one.
    fn reachable(&mut self, name: &Spanned<String>, to: &Target, by: &[Vec<ChannelName>]) {
        if by.is_empty() {
            return;
        }
        let people: Vec<&PersonId> = match to {
            Target::Person(person) => vec![person],
            Target::Rota(rota) => {
                let rota = &self.roster.rotas[rota];
                rota.members.iter().chain(&rota.otherwise).collect()
            }
        };
        let unreachable: Vec<&PersonId> = people
            .into_iter()
            .filter(|id| {
                let person = &self.roster.people[*id];
                !by.iter().flatten().any(|channel| self.settings.reaches(channel, person))
            })
            .collect();
        if let Some(person) = unreachable.first() {
            let channels: Vec<&str> = by.iter().flatten().map(ChannelName::as_str).collect();
            self.say(finding::no_address(person, channels.join(", ")), name.span);
        }
    }
}

/// Where to point for a mistake of a whole step.
fn first_key(step: &Spanned<StepEntry>) -> Span {
    [&step.notify, &step.declare, &step.owner].into_iter().flatten().map(|name| name.span).next().unwrap_or(step.span)
}
