//! A step of a chain, as written and as checked: it names somebody who can be reached by a channel that exists.

use jiff::SignedDuration;
use schemars::JsonSchema;
use serde::Deserialize;

use super::chains::{Checker, UNKNOWN_CHANNEL};
use super::people::UNKNOWN_PERSON;
use super::settings::Name;
use crate::alert::chain::{Step, StepKind};
use crate::alert::duty;
use crate::alert::oncall::Target;
use crate::base::id::{ChannelName, DutyId, PersonId, RotaId};
use crate::text::diagnostic::{Code, Diagnostic, suggest};
use crate::text::source::Span;
use crate::text::spanned::Spanned;

/// Somebody whom none of a step's channels reaches.
pub(crate) const UNREACHABLE: Code = Code("V132");
/// A step that is neither `notify` nor `declare`, or both, or lacks a part.
pub(crate) const STEP: Code = Code("V134");
/// An authority where a person belongs.
pub(crate) const AUTHORITY: Code = Code("V135");
/// A duty that is not known.
pub(crate) const UNKNOWN_DUTY: Code = Code("V136");

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
}

impl Checker<'_> {
    /// One step, or nothing where it cannot be one.
    pub(super) fn step(&mut self, step: &Spanned<StepEntry>) -> Option<Step> {
        let (target, kind) = match (&step.notify, &step.declare, &step.owner) {
            (Some(notify), None, None) => (notify, StepKind::Notify),
            (None, Some(declare), Some(owner)) => (owner, StepKind::Declare(self.duty(declare)?)),
            (None, Some(declare), None) => {
                self.error(STEP, declare.span, "a declaration needs somebody who makes it", "add `owner: <person>`");
                return None;
            }
            _ => {
                let message = "a step either tells somebody (`notify`) or gives them something to `declare`";
                self.error(
                    STEP,
                    first_key(step),
                    message,
                    "write `notify: <person>`, or `declare: <duty>, owner: <person>`",
                );
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
        Some(Step { to: to?, kind, by, ack: ack? })
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
                let message = "the step does not say how long to wait for an answer";
                self.error(STEP, target.span, message, "add `ack: 10m`");
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
        let message = format!("the duty `{}` is not known", declare.value);
        self.found.push(Diagnostic::error(UNKNOWN_DUTY, self.source, declare.span, message).maybe_help(help));
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
            let message = format!("`{}` is an authority: vigie never writes to one", name.value);
            let help =
                format!("give the declaration to a person: `{{declare: {}, owner: <person>, by: […]}}`", name.value);
            self.error(AUTHORITY, name.span, message, help);
            return None;
        }
        let known: Vec<&str> = self
            .roster
            .people
            .keys()
            .map(PersonId::as_str)
            .chain(self.roster.rotas.keys().map(RotaId::as_str))
            .collect();
        let message = format!("no person and no rota is called `{}`", name.value);
        self.found
            .push(Diagnostic::error(UNKNOWN_PERSON, self.source, name.span, message).maybe_help(suggest(name, known)));
        None
    }

    fn channels(&mut self, step: &Spanned<StepEntry>, kind: &StepKind) -> Vec<Vec<ChannelName>> {
        if step.by.is_empty() && *kind == StepKind::Notify && !self.misread(step.span) {
            let span = step.notify.as_ref().map_or(Span::default(), |name| name.span);
            self.error(STEP, span, "the step does not say how to reach them", "add `by: [<channel>]`");
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
                let message = "the name of a channel is missing";
                self.error(
                    UNKNOWN_CHANNEL,
                    group.span,
                    message,
                    "write `mail`, or `mail+sms` for both at the same time",
                );
                return Vec::new();
            }
            // Behind an opening quote the text starts one byte later than the value.
            let quote = usize::from(self.source.slice(group.span).starts_with(['"', '\'']));
            let known: Vec<&str> = self.settings.channels.keys().map(ChannelName::as_str).collect();
            let message = format!("vigie.yaml has no channel `{name}`");
            let span = group.span.part(quote + inner, name.len());
            self.found
                .push(Diagnostic::error(UNKNOWN_CHANNEL, self.source, span, message).maybe_help(suggest(name, known)));
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
            let message = format!("`{person}` has no address for any of: {}", channels.join(", "));
            let help = format!("add the address to `{person}` in people.yaml, or another channel to `by:`");
            self.error(UNREACHABLE, name.span, message, help);
        }
    }
}

/// Where to point for a mistake of a whole step.
fn first_key(step: &Spanned<StepEntry>) -> Span {
    [&step.notify, &step.declare, &step.owner].into_iter().flatten().map(|name| name.span).next().unwrap_or(step.span)
}
