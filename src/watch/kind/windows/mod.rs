//! What an event of Windows is, told from itself: its channel, its number and its provider. Rules ask for `product`,
//! `service` and `category`; events say none of them. Pure tables: knows neither rules nor how a line was read.
//!
//! French Windows writes its messages in French; channels, numbers, providers and names of fields are the same.

mod alias;
mod category;
mod channel;
mod classic;
pub(crate) mod folded;
mod inserts;
mod label;
mod name;

pub(crate) use label::label;

use std::borrow::Cow;
use std::ops::Range;

use crate::watch::event::Logsource;

use channel::Log;

/// The kind of event that `channel`, number and provider make. Borrows from tables that are part of the program, so it
/// costs no memory and can be kept by its three inputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Kind {
    /// `windows`, or `linux` for Sysmon for Linux.
    pub(crate) product: &'static str,
    /// What rules call the channel; nothing for a channel that no public rule asks for.
    pub(crate) service: Option<&'static str>,
    /// All kinds of activity that the number stands for, whatever the fields say.
    pub(crate) categories: &'static [&'static str],
    /// More kinds of activity, where a field decides.
    pub(crate) split: Option<&'static Split>,
    /// Names of this kind of event beside [`FLAT`](alias::FLAT), and what rules call them.
    pub(crate) aliases: &'static [Alias],
    /// Whether `Data`, or `Message` without it, is lines of `Name=value` (see [`pairs`]).
    pub(crate) classic: bool,
}

impl Kind {
    /// The log source, where `said` tells the text of a field.
    pub(crate) fn logsource(&self, said: impl FnOnce(&str) -> Option<String>) -> Logsource {
        let split = self.split.and_then(|split| Some(split.categories(&said(split.field)?)));
        let categories = self.categories.iter().chain(split.into_iter().flatten());
        Logsource {
            category: categories.map(|category| (*category).to_owned()).collect(),
            product: Some(self.product.into()),
            service: self.service.map(Into::into),
        }
    }
}

/// A name that events use, and the name that rules use for the same.
pub(crate) type Alias = (&'static str, &'static str);

/// More categories by what one field says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Split {
    /// The field, by its plain name.
    pub(crate) field: &'static str,
    /// What it may say, and the categories that this adds.
    pub(crate) cases: &'static [(&'static str, &'static [&'static str])],
}

impl Split {
    /// The categories to add for what the field says.
    pub(crate) fn categories(&self, said: &str) -> &'static [&'static str] {
        self.cases.iter().find(|(word, _)| word.eq_ignore_ascii_case(said)).map_or(&[], |(_, more)| more)
    }
}

/// What kind of event this is; nothing where it is none of Windows. Event logs that several machines forward to one
/// keep the channel that they come from; where a collector names only that one, or none, the provider tells.
pub(crate) fn kind(channel: &str, id: i64, provider: &str) -> Option<Kind> {
    let unsaid = channel.is_empty() || channel.eq_ignore_ascii_case("ForwardedEvents");
    let log = if unsaid { channel::of_provider(provider)? } else { channel::of(channel) };
    let (product, service) = match log {
        Log::Unknown => ("windows", None),
        Log::LinuxSysmon => ("linux", Some("sysmon")),
        Log::Service(service) => ("windows", Some(service)),
    };
    let known = service.unwrap_or_default();
    Some(Kind {
        product,
        service,
        categories: category::of(known, id),
        split: category::split(known, id),
        aliases: alias::of(known, id),
        classic: known == channel::CLASSIC,
    })
}

/// The services that events of Windows can have; a rule that asks for another one never sees an event, unless a collector
/// labels its events so.
pub fn services() -> impl Iterator<Item = &'static str> {
    channel::services()
}

/// The plain field that a dotted name of a JSON document stands for: `Event.EventData.CommandLine` and
/// `winlog.event_data.CommandLine` are `CommandLine`. Nothing where the name is already plain, or is no field.
pub(crate) fn plain(name: &str) -> Option<Cow<'_, str>> {
    name::plain(name)
}

/// Whether a dotted name is of something that the event itself says under a plain name which what surrounds it has too; the
/// event's own goes first then.
pub(crate) fn goes_first(name: &str) -> bool {
    name::is_own(name) && name::plain(name).is_some_and(|plain| name::is_of_both(&plain))
}

/// The names of the texts of an event, in their order; `count` of them came.
pub(crate) fn inserts(channel: &str, id: i64, provider: &str, count: usize) -> &'static [&'static str] {
    let service = kind(channel, id, provider).and_then(|kind| kind.service);
    service.map(|service| inserts::of(service, id, count)).unwrap_or_default()
}

/// Aliases that hold for every kind of event.
pub(crate) fn flat() -> &'static [Alias] {
    &alias::FLAT
}

/// All aliases of all kinds of events.
pub(crate) fn aliases() -> impl Iterator<Item = &'static Alias> {
    alias::all()
}

/// The field whose text holds the `Name=value` lines.
pub(crate) fn lines() -> &'static str {
    "Data"
}

/// `Name=value` lines in the text of an event of the classic PowerShell log: the names, and where the values are.
pub(crate) fn pairs(text: &str) -> impl Iterator<Item = (&str, Range<usize>)> {
    classic::pairs(text)
}
