//! The channels of a step as they are written: which at the same time, and which where those take nothing.

use super::checker::Checker;
use crate::alert::oncall::Target;
use crate::base::id::{ChannelName, PersonId};
use crate::finding::chains as finding;
use crate::text::diagnostic::suggest;
use crate::text::one_or_many::OneOrMany;
use crate::text::source::Span;
use crate::text::spanned::Spanned;

/// How somebody is to be reached, as written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ways<'a> {
    /// Where they are written.
    pub(super) span: Span,
    /// Channels joined by `+`; as a list, in older words, one after the other.
    pub(super) by: Option<&'a Spanned<OneOrMany>>,
    /// What is used where none of these took the message.
    pub(super) otherwise: Option<&'a Spanned<OneOrMany>>,
}

impl Ways<'_> {
    /// Each text that names channels, in the order in which they are used.
    fn written(self) -> Vec<Spanned<String>> {
        [self.by, self.otherwise].into_iter().flatten().flat_map(each).collect()
    }
}

fn each(written: &Spanned<OneOrMany>) -> Vec<Spanned<String>> {
    match &written.value {
        OneOrMany::One(text) => vec![Spanned::new(text.clone(), written.span)],
        OneOrMany::Many(texts) => texts.clone(),
    }
}

impl Checker<'_> {
    /// The groups of channels that lead to `to`, which is written as `target`.
    pub(super) fn ways(
        &mut self,
        target: &Spanned<String>,
        to: Option<&Target>,
        ways: Ways<'_>,
    ) -> Vec<Vec<ChannelName>> {
        let written = ways.written();
        if ways.by.is_none_or(|by| each(by).is_empty()) && !self.misread(ways.span) {
            self.say(finding::no_way(), target.span);
        }
        self.in_turn(ways);
        let names = written.iter().map(|group| group.split('+').count()).sum::<usize>();
        let by: Vec<_> = written.iter().map(|group| self.group(group)).filter(|group| !group.is_empty()).collect();
        if let Some(to) = to.filter(|_| by.iter().flatten().count() == names) {
            self.reachable(target, to, &by);
        }
        by
    }

    /// A list under `by` is understood, but reads as something else.
    fn in_turn(&mut self, ways: Ways<'_>) {
        let Some((by, [first, rest @ ..])) = ways.by.and_then(|by| match &by.value {
            OneOrMany::Many(texts) if texts.len() > 1 => Some((by, &texts[..])),
            _ => None,
        }) else {
            return;
        };
        let rest: Vec<&str> = rest.iter().map(|name| name.value.as_str()).collect();
        let rest = if let [one] = rest[..] { one.to_owned() } else { format!("[{}]", rest.join(", ")) };
        let twice = ways.otherwise.map(|_| "if_undelivered");
        self.older("by: […]", format!("by: {}, if_undelivered: {rest}", first.value), by.span, twice);
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
        let unreachable: Vec<&PersonId> = self
            .roster
            .can_be(to)
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
