//! Maintenance windows: the part `maintenance:` of `vigie.yaml`. When somebody works on machines each week, people need not
//! be told of what that looks like.

use std::sync::Arc;

use jiff::civil::Time;
use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::Deserialize;

use super::hours;
use super::name::Name;
use crate::alert::oncall::{Hours, Roster};
use crate::alert::silence::{AILMENT, Maintenance, Matcher};
use crate::base::id::{PersonId, RuleId, SourceName};
use crate::base::level::Level;
use crate::base::tie::{Tie, TieKind};
use crate::finding::maintenance as finding;
use crate::finding::people::not_in_people_yaml;
use crate::finding::site::names_nothing;
use crate::text::diagnostic::{Diagnostic, suggest};
use crate::text::source::Source;
use crate::text::spanned::Spanned;

/// Hours of the week at which people need not be told of some things. Of each list that is there, one item must match; at
/// least one list is needed.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MaintenanceEntry {
    /// These machines.
    #[serde(default)]
    machines: Vec<Name>,
    /// These accounts.
    #[serde(default)]
    accounts: Vec<Name>,
    /// These addresses.
    #[serde(default)]
    addresses: Vec<Name>,
    /// These rules.
    #[serde(default)]
    rules: Vec<Name>,
    /// Lines of these sources.
    #[serde(default)]
    sources: Vec<Name>,
    /// When, such as `sun 02:00-04:00`.
    hours: Name,
    /// Nothing graver than this level; `high` where it is left out.
    #[serde(default)]
    level: Option<Level>,
    /// Why.
    reason: Name,
    /// Who answers for it: a person.
    owner: Name,
}

/// The windows as they are written.
pub(super) type Windows = Vec<Spanned<MaintenanceEntry>>;

/// The windows that can be.
pub(super) fn check(
    source: &Source,
    windows: &Windows,
    (sources, zone): (&[&str], &TimeZone),
    found: &mut Vec<Diagnostic>,
) -> Vec<Maintenance> {
    let window = |entry: &Spanned<MaintenanceEntry>| {
        let matcher = matcher(source, entry, sources, found);
        if matcher.is_empty() {
            found.push(finding::about_everything().at(source, entry.hours.span));
        }
        let hours = hours::of(&entry.hours, zone, &Arc::default());
        match &hours {
            None => found.push(finding::no_hours(&entry.hours).at(source, entry.hours.span)),
            Some(hours) if is_always(hours) => found.push(finding::never_ends().at(source, entry.hours.span)),
            Some(_) => {}
        }
        if entry.reason.trim().is_empty() {
            found.push(finding::no_reason().at(source, entry.reason.span));
        }
        Some(Maintenance {
            matcher,
            up_to: entry.level.unwrap_or(Level::High),
            hours: hours?,
            reason: entry.reason.value.clone(),
            owner: PersonId(entry.owner.value.clone()),
        })
    };
    windows.iter().filter_map(window).collect()
}

/// The rules that are named, each with what is to be said where there is none of that name.
pub(super) fn rules(source: &Source, windows: &Windows) -> Vec<(RuleId, Diagnostic)> {
    let named = windows.iter().flat_map(|entry| &entry.rules);
    let of_site = named.filter(|name| !name.starts_with(AILMENT));
    of_site.map(|name| (RuleId(name.value.clone()), finding::no_rule_called(name).at(source, name.span))).collect()
}

/// Checks that whoever answers for a window exists.
pub(super) fn owners(source: &Source, windows: &Windows, roster: &Roster, found: &mut Vec<Diagnostic>) {
    for entry in windows {
        let name = &entry.owner;
        if !roster.people.contains_key(&PersonId(name.value.clone())) {
            let known: Vec<&str> = roster.people.keys().map(PersonId::as_str).collect();
            found.push(not_in_people_yaml(name).advice(suggest(name, known)).at(source, name.span));
        }
    }
}

fn matcher(source: &Source, entry: &MaintenanceEntry, sources: &[&str], found: &mut Vec<Diagnostic>) -> Matcher {
    let mut matcher = Matcher::default();
    let named = [
        (TieKind::Machine, &entry.machines),
        (TieKind::Account, &entry.accounts),
        (TieKind::Address, &entry.addresses),
    ];
    for (kind, names) in named {
        for name in names {
            match Tie::of(kind, name) {
                Some(tie) => drop(matcher.ties.insert(tie)),
                None => found.push(names_nothing(name).at(source, name.span)),
            }
        }
    }
    for name in &entry.sources {
        if !sources.contains(&name.value.as_str()) {
            let advice = suggest(name, sources.iter().copied());
            found.push(finding::no_source_called(name).advice(advice).at(source, name.span));
        }
        matcher.sources.insert(SourceName(name.value.clone()));
    }
    matcher.rules = entry.rules.iter().map(|name| RuleId(name.value.clone())).collect();
    matcher
}

fn is_always(hours: &Hours) -> bool {
    hours.days.len() >= 7 && hours.from == Time::midnight() && hours.to == Time::MAX
}
