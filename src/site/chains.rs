//! `chains.yaml`: who is told next, as written and as checked.

use std::collections::{BTreeMap, BTreeSet};

use jiff::SignedDuration;
use schemars::JsonSchema;
use serde::Deserialize;

use super::checker::Checker;
use super::declaration::DeclarationEntry;
use super::declared::Declared;
use super::digest::DigestEntry;
use super::name::{Map, Name};
use super::step::StepEntry;
use crate::alert::chain::{Chain, Unanswered};
use crate::alert::channel;
use crate::alert::digest::Digest;
use crate::base::id::{ChainId, ChannelName};
use crate::base::level::Level;
use crate::finding::chains as finding;
use crate::text::diagnostic::suggest;
use crate::text::source::Span;
use crate::text::spanned::Spanned;

/// How long whoever has an alert is left alone before they are asked about it again, where a chain does not say.
const ASK_AGAIN_AFTER: SignedDuration = SignedDuration::from_hours(2);

/// `chains.yaml`: who is told next.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChainsFile {
    /// Chains by name.
    pub chains: Map<Spanned<ChainEntry>>,
    /// Who learns once a day what woke nobody.
    #[serde(default)]
    digest: Option<Spanned<DigestEntry>>,
}

/// A chain.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChainEntry {
    /// The levels whose alerts take it, such as `[high, critical]`. A level that no chain names takes the chain of the
    /// next lower one.
    #[serde(default)]
    levels: Vec<Spanned<Level>>,
    /// Who is told, one after the other, until somebody answers.
    steps: Vec<Spanned<StepEntry>>,
    /// What must be declared, and by whom. It is put in their hands as soon as somebody has the alert, or once nobody
    /// answered.
    #[serde(default)]
    declare: Vec<Spanned<DeclarationEntry>>,
    /// What happens when nobody answers on any step.
    #[serde(default)]
    nobody_answers: Option<NobodyAnswersEntry>,
    /// When people are told, such as `mon-fri 08:00-18:00`: what comes at another hour waits for the next of them. At any
    /// hour where it is left out.
    #[serde(default)]
    hours: Option<Name>,
    /// After this long whoever has an alert that is still open is asked about it again, or `never`; `2h` if left out.
    #[serde(default)]
    ask_again_after: Option<Name>,
    /// Whether people are passed over at the hours at which they want peace (`quiet:` in `people.yaml`).
    #[serde(default)]
    respects_quiet: bool,
    /// The older word for `levels`: this level and above, unless another chain asks for a higher one.
    #[serde(default)]
    when: Option<Spanned<When>>,
    /// The older word for `nobody_answers`.
    #[serde(default)]
    unanswered: Option<Spanned<UnansweredEntry>>,
    /// The older word for `ask_again_after`.
    #[serde(default)]
    reack: Option<Name>,
}

/// What happens when nobody answers.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NobodyAnswersEntry {
    /// How many times all steps are gone through, one after the other; once if left out. Whatever it is, an open alert
    /// that nobody has is told to somebody at least every 30 minutes.
    #[serde(default)]
    rounds: Option<Spanned<u8>>,
    /// The channel on which it is left behind the last round; it must be a `folder`.
    #[serde(default)]
    leave_in: Option<Name>,
}

/// Which alerts take a chain, in older words.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct When {
    /// Alerts of this level and above, unless another chain asks for a higher level.
    level: Spanned<Level>,
}

/// What happens when nobody answers, in older words.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct UnansweredEntry {
    /// How many more rounds there are.
    #[serde(default)]
    repeat: u8,
    /// The channel for the very end; it must be a `folder`.
    #[serde(default)]
    then: Option<Name>,
}

/// Converts `chains.yaml`, adding every mistake to `found`.
pub(super) fn check(file: &ChainsFile, mut checker: Checker<'_>) -> (Vec<Chain>, Option<Digest>, Vec<Declared>) {
    let mut taken: BTreeMap<Level, &Spanned<String>> = BTreeMap::new();
    for (name, entry) in &file.chains {
        for level in entry.levels() {
            if let Some(first) = taken.insert(level.value, name) {
                checker.say(finding::level_taken(first, level.value), level.span);
            }
        }
    }
    let levels = taken.keys().copied().collect();
    let chains = file.chains.iter().map(|(name, entry)| checker.chain(name, entry, &levels));
    let chains: Vec<Chain> = chains.collect();
    let first = file.chains.keys().next().map_or(Span::default(), |name| name.span);
    if taken.keys().all(|level| *level > Level::High) {
        checker.say(finding::uncovered(), first);
    }
    // The older word means "and above"; a level that cannot be read may be the one that is missing.
    if file.chains.values().all(|entry| entry.when.is_none() && !checker.misread(entry.span)) {
        checker.every_level_is_named(&taken);
    }
    let digest = file.digest.as_ref().and_then(|entry| checker.digest(entry));
    if file.digest.is_none() && !taken.keys().all(|level| *level > Level::High) {
        checker.nobody_hears(&chains, first);
    }
    (chains, digest, checker.declared)
}

impl ChainEntry {
    /// The levels that it names, in whichever words.
    fn levels(&self) -> impl Iterator<Item = &Spanned<Level>> {
        self.levels.iter().chain(self.when.iter().map(|when| &when.level))
    }
}

impl Checker<'_> {
    fn chain(&mut self, name: &Spanned<String>, entry: &Spanned<ChainEntry>, taken: &BTreeSet<Level>) -> Chain {
        if entry.steps.is_empty() {
            self.say(finding::no_steps(name), name.span);
        }
        let levels: BTreeSet<Level> = entry.levels().map(|level| level.value).collect();
        if levels.is_empty() && !self.misread(entry.span) {
            self.say(finding::no_levels(name), name.span);
        }
        self.older_words(entry, taken);
        let steps = entry.steps.iter().filter_map(|step| self.step(step));
        let mut steps: Vec<_> = steps.collect();
        steps.extend(entry.declare.iter().filter_map(|declaration| self.declaration(declaration)));
        self.counted_from_there(&steps, name.span);
        let unanswered = self.unanswered(entry);
        let chain = Chain {
            id: ChainId(name.value.clone()),
            levels,
            steps,
            unanswered,
            hours: entry.hours.as_ref().and_then(|written| self.hours(written)),
            respects_quiet: entry.respects_quiet,
            reack: self.ask_again_after(entry.ask_again_after.as_ref().or(entry.reack.as_ref())),
        };
        self.another_way_than_mail(name, &chain);
        chain
    }

    /// Older words are understood, and the words of today are said beside them.
    fn older_words(&mut self, entry: &ChainEntry, taken: &BTreeSet<Level>) {
        if let Some(when) = &entry.when {
            let level = when.level.value;
            let above = Level::ALL.into_iter().filter(|above| *above >= level);
            let own = above.take_while(|above| *above == level || !taken.contains(above));
            let levels: Vec<_> = own.map(Level::word).collect();
            let twice = entry.levels.first().map(|_| "levels");
            self.older("when", format!("levels: [{}]", levels.join(", ")), when.span, twice);
        }
        if let Some(unanswered) = &entry.unanswered {
            let then = unanswered.then.as_ref().map(|then| format!(", leave_in: {}", then.value)).unwrap_or_default();
            let rounds = u32::from(unanswered.repeat) + 1;
            let twice = entry.nobody_answers.as_ref().map(|_| "nobody_answers");
            self.older("unanswered", format!("nobody_answers: {{rounds: {rounds}{then}}}"), unanswered.span, twice);
        }
        if let Some(reack) = &entry.reack {
            let twice = entry.ask_again_after.as_ref().map(|_| "ask_again_after");
            self.older("reack", format!("ask_again_after: {}", reack.value), reack.span, twice);
        }
    }

    /// A level that is left out takes a chain all the same, but likely not by intention.
    fn every_level_is_named(&mut self, taken: &BTreeMap<Level, &Spanned<String>>) {
        for level in Level::ALL {
            let below = taken.range(..level).next_back();
            if let (false, Some((_, chain))) = (taken.contains_key(&level), below) {
                self.say(finding::level_unnamed(level, chain), chain.span);
            }
        }
    }

    fn ask_again_after(&mut self, written: Option<&Name>) -> Option<SignedDuration> {
        let Some(written) = written else { return Some(ASK_AGAIN_AFTER) };
        if written.value == "never" {
            self.say(finding::never_asked_again(), written.span);
            return None;
        }
        self.patience(written).or(Some(ASK_AGAIN_AFTER))
    }

    /// A duration in which somebody is waited for: longer than a day is likely a slip.
    pub(super) fn patience(&mut self, written: &Name) -> Option<SignedDuration> {
        let duration = self.duration(written)?;
        if duration > SignedDuration::from_hours(24) {
            self.say(finding::long_patience(written), written.span);
        }
        Some(duration)
    }

    fn unanswered(&mut self, entry: &ChainEntry) -> Unanswered {
        let older = entry.unanswered.as_ref();
        let newer = entry.nobody_answers.as_ref();
        let rounds = newer.and_then(|newer| newer.rounds.as_ref());
        if let Some(rounds) = rounds.filter(|rounds| rounds.value == 0) {
            self.say(finding::no_rounds(), rounds.span);
        }
        let repeat = rounds.map(|rounds| rounds.saturating_sub(1)).or(older.map(|older| older.repeat));
        let then = newer.and_then(|newer| newer.leave_in.as_ref()).or(older.and_then(|older| older.then.as_ref()));
        Unanswered { repeat: u32::from(repeat.unwrap_or(0)), then: then.and_then(|name| self.last_resort(name)) }
    }

    fn last_resort(&mut self, name: &Name) -> Option<ChannelName> {
        let channel = ChannelName(name.value.clone());
        match self.settings.channels.get(&channel) {
            Some(settings) if settings.stands_alone() => return Some(channel),
            Some(_) => self.say(finding::needs_answer(name), name.span),
            None if self.written.channels.keys().any(|written| written.value == name.value) => {}
            None => {
                let known: Vec<&str> = self.settings.channels.keys().map(ChannelName::as_str).collect();
                self.say(finding::no_channel(name).advice(suggest(name, known)), name.span);
            }
        }
        None
    }

    /// An attack often takes down the mail and the network too.
    fn another_way_than_mail(&mut self, name: &Spanned<String>, chain: &Chain) {
        let grave = chain.levels.last().is_some_and(|level| *level >= Level::High);
        let ways = chain.steps.iter().flat_map(|step| step.by.iter().flatten()).chain(&chain.unanswered.then);
        let mut channels = ways.filter_map(|channel| self.settings.channels.get(channel)).peekable();
        if grave && channels.peek().is_some() && channels.all(channel::Settings::needs_the_network) {
            self.say(finding::mail_alone(name), name.span);
        }
    }
}
