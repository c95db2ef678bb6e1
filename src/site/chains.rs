//! `chains.yaml`, checked: every step names somebody who can be reached by a channel that exists.

use std::collections::BTreeMap;

use jiff::SignedDuration;

use super::people::UNKNOWN_PERSON;
use super::settings::Settings;
use super::written::{ChainEntry, ChainsFile, ChannelEntry, RotaEntry, StepEntry, UnansweredEntry};
use crate::alert::chain::{Chain, Step, StepKind, Unanswered};
use crate::alert::duty;
use crate::alert::oncall::{Roster, Target};
use crate::alert::page::Medium;
use crate::base::duration;
use crate::base::id::{ChainId, ChannelName, DutyId, PersonId, RotaId};
use crate::base::level::Level;
use crate::text::diagnostic::{Code, Diagnostic, suggest};
use crate::text::read::WRONG_VALUE;
use crate::text::source::{Source, Span};
use crate::text::spanned::Spanned;

/// A channel that `vigie.yaml` does not have.
pub const UNKNOWN_CHANNEL: Code = Code("V131");
/// Somebody whom none of a step's channels reaches.
pub const UNREACHABLE: Code = Code("V132");
/// A duration that cannot be read.
pub const DURATION: Code = Code("V133");
/// A step that is neither `notify` nor `declare`, or both, or lacks a part.
pub const STEP: Code = Code("V134");
/// An authority where a person belongs.
pub const AUTHORITY: Code = Code("V135");
/// A duty that is not known.
pub const UNKNOWN_DUTY: Code = Code("V136");
/// Two chains for the same level.
pub const SAME_LEVEL: Code = Code("V137");
/// Alerts that nobody would be told about.
pub const UNCOVERED: Code = Code("V138");
/// A last resort that is not a folder.
pub const LAST_RESORT: Code = Code("V139");

/// How long an acknowledged alert may stay open before it is asked about again, where a chain does not say.
const REACK: SignedDuration = SignedDuration::from_hours(2);

/// What the other files hold, sound or not: what has mistakes of its own is reported there, not called unknown here.
#[derive(Debug, Clone, Copy)]
pub(super) struct Written<'a> {
    pub(super) channels: &'a BTreeMap<Spanned<String>, ChannelEntry>,
    pub(super) rotas: &'a BTreeMap<Spanned<String>, RotaEntry>,
}

struct Checker<'a> {
    source: &'a Source,
    written: Written<'a>,
    settings: &'a Settings,
    roster: &'a Roster,
    found: &'a mut Vec<Diagnostic>,
}

/// Converts `chains.yaml`, adding every mistake to `found`.
pub(super) fn check(
    source: &Source,
    file: &ChainsFile,
    settings: &Settings,
    roster: &Roster,
    written: Written<'_>,
    found: &mut Vec<Diagnostic>,
) -> Vec<Chain> {
    let mut checker = Checker { source, written, settings, roster, found };
    let mut levels: BTreeMap<Level, String> = BTreeMap::new();
    let mut chains = Vec::new();
    for (name, entry) in &file.chains {
        let level = &entry.when.level;
        if let Some(first) = levels.insert(level.value, name.value.clone()) {
            let message = format!("the chain `{first}` already takes alerts of level {}", level.value);
            checker.error(SAME_LEVEL, level.span, message, "one level has one chain; give one of them another level");
        }
        chains.push(checker.chain(name, entry));
    }
    if !levels.contains_key(&Level::High) && levels.keys().all(|level| *level > Level::High) {
        let span = file.chains.keys().next().map_or(Span::default(), |name| name.span);
        checker.found.push(
            Diagnostic::warning(UNCOVERED, source, span, "no chain takes alerts of level high: nobody would be told")
                .help("add a chain with `when: {level: high}` or lower"),
        );
    }
    chains
}

impl Checker<'_> {
    fn error(&mut self, code: Code, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.found.push(Diagnostic::error(code, self.source, span, message).help(help));
    }

    fn chain(&mut self, name: &Spanned<String>, entry: &ChainEntry) -> Chain {
        if entry.steps.is_empty() {
            let message = format!("the chain `{}` has no steps", name.value);
            self.error(STEP, name.span, message, "add `- {notify: <person>, by: [<channel>], ack: 10m}`");
        }
        let reack = match &entry.reack {
            None => Some(REACK),
            Some(text) if text.value == "never" => None,
            Some(text) => self.duration(text).or(Some(REACK)),
        };
        Chain {
            id: ChainId(name.value.clone()),
            level: entry.when.level.value,
            steps: entry.steps.iter().filter_map(|step| self.step(step)).collect(),
            unanswered: self.unanswered(&entry.unanswered),
            reack,
        }
    }

    fn step(&mut self, step: &Spanned<StepEntry>) -> Option<Step> {
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

    /// Whether the reader has already found something in `span` to be of the wrong kind, and left it out.
    fn misread(&self, span: Span) -> bool {
        self.found.iter().any(|found| {
            found.code == WRONG_VALUE
                && found.source.name() == self.source.name()
                && (span.start..=span.end).contains(&found.span.start)
        })
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

    fn duration(&mut self, text: &Spanned<String>) -> Option<SignedDuration> {
        let duration = duration::parse(text).filter(SignedDuration::is_positive);
        if duration.is_none() {
            self.error(DURATION, text.span, format!("\"{}\" is not a duration", text.value), duration::EXPECTED);
        }
        duration
    }

    fn unanswered(&mut self, entry: &UnansweredEntry) -> Unanswered {
        let then = entry.then.as_ref().and_then(|name| {
            let channel = ChannelName(name.value.clone());
            match self.settings.channels.get(&channel) {
                Some(settings) if settings.medium() == Medium::Folder => Some(channel),
                Some(_) => {
                    let message = format!("the last resort `{}` needs somebody to answer too", name.value);
                    self.error(LAST_RESORT, name.span, message, "name a channel with `folder:`, which needs no peer");
                    None
                }
                None if self.written.channels.keys().any(|written| written.value == name.value) => None,
                None => {
                    let known: Vec<&str> = self.settings.channels.keys().map(ChannelName::as_str).collect();
                    let message = format!("vigie.yaml has no channel `{}`", name.value);
                    self.found.push(
                        Diagnostic::error(UNKNOWN_CHANNEL, self.source, name.span, message)
                            .maybe_help(suggest(name, known)),
                    );
                    None
                }
            }
        });
        Unanswered { repeat: u32::from(entry.repeat), then }
    }
}

/// Where to point for a mistake of a whole step.
fn first_key(step: &Spanned<StepEntry>) -> Span {
    [&step.notify, &step.declare, &step.owner].into_iter().flatten().map(|name| name.span).next().unwrap_or(step.span)
}
