//! The calendar of a rota, `calendar:` in `people.yaml`: its events are overrides, of people as the calendar names them.
//!
//! A calendar is written by many and by other programs. So one that is not there or none is a mistake of `people.yaml`, but what
//! is wrong with one event costs that event alone, as a warning: a meeting among the turns must not keep vigie from starting.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use jiff::tz::TimeZone;

use super::name::Name;
use crate::alert::channel::Checking;
use crate::alert::medium::Address;
use crate::alert::oncall::Person;
use crate::alert::oncall::cover::{Calendar, Cover};
use crate::base::id::PersonId;
use crate::finding::Finding;
use crate::finding::calendar::{both, nobody_of, not_opened, several_of};
use crate::text::calendar::{self, Event};
use crate::text::source::{Source, Span};
use crate::text::unreadable::why;

/// Finds the overrides in the calendar called `name`, which was opened or could not be, adding every mistake to those of `at`.
/// Hours that name no zone are on the clocks of `zone`.
pub(super) fn check(
    name: &Name,
    opened: io::Result<Source>,
    people: &BTreeMap<PersonId, Person>,
    zone: &TimeZone,
    at: &mut Checking<'_>,
) -> Option<Calendar> {
    let source = match opened {
        Ok(source) => source,
        Err(error) => {
            at.found.push(not_opened(name, why(&error)).at(at.source, name.span));
            return None;
        }
    };
    let events = calendar::read(&source, zone, at.found)?;
    let called = Called::of(people);
    let mut unknown: BTreeMap<String, (Span, usize)> = BTreeMap::new();
    let (mut covers, mut places) = (Vec::new(), Vec::new());
    for event in &events {
        match called.meant(event) {
            Meant::One(person) => {
                let who = &person.id;
                let times = event.times.iter().map(|(from, to)| Cover {
                    from: *from,
                    to: *to,
                    who: who.clone(),
                    instead_of: None,
                });
                covers.extend(times);
                places.resize(covers.len(), event.place);
            }
            Meant::Several(people) => at.found.push(several(&people).at(&source, event.place)),
            Meant::Nobody(written) => unknown.entry(written).or_insert((event.place, 0)).1 += 1,
        }
    }
    // Who has left is in many events of the past: that is said once.
    at.found.extend(unknown.iter().map(|(written, (place, count))| nobody_of(written, count).at(&source, *place)));
    let (calendar, overlaps) = Calendar::new(name.value.clone(), &covers);
    let mut said = BTreeSet::new();
    for overlap in overlaps {
        let (first, second) = (&covers[overlap.first].who, &covers[overlap.second].who);
        if said.insert((first, second)) {
            let when = overlap.at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M");
            at.found.push(both(first, second, when).at(&source, places[overlap.second]));
        }
    }
    Some(calendar)
}

fn several(people: &[&Person]) -> Finding {
    several_of(people.iter().map(|person| person.id.as_str()).collect::<Vec<_>>().join(", "))
}

/// So many colons in a title may have a name behind them.
const COLONS: usize = 8;

/// So much is shown of a name that nobody has, in characters.
const SHOWN: usize = 80;

/// People by what a calendar may call them.
#[derive(Default)]
struct Called<'a> {
    /// By their names of `people.yaml`, and by those that are shown.
    names: BTreeMap<String, Vec<&'a Person>>,
    /// By whatever reaches them.
    addresses: BTreeMap<String, Vec<&'a Person>>,
}

/// Whom an event means.
enum Meant<'a> {
    One(&'a Person),
    Several(Vec<&'a Person>),
    /// As it is written there.
    Nobody(String),
}

impl<'a> Called<'a> {
    fn of(people: &'a BTreeMap<PersonId, Person>) -> Self {
        let mut called = Self::default();
        for person in people.values() {
            for name in BTreeSet::from([folded(person.id.as_str()), folded(&person.name)]) {
                called.names.entry(name).or_default().push(person);
            }
            for address in person.addresses.iter().filter_map(Address::text) {
                called.addresses.entry(address.to_lowercase()).or_default().push(person);
            }
        }
        called
    }

    /// Whoever is invited, but for whoever invites; else whom the title names, else whoever invites. Where several are invited,
    /// the title says which.
    fn meant(&self, event: &Event) -> Meant<'a> {
        let organizer = self.at(&event.organizer.iter().collect::<Vec<_>>());
        let mut invited = self.at(&event.attendees.iter().collect::<Vec<_>>());
        if invited.len() > 1 {
            invited.retain(|person| !is_among(person, &organizer));
        }
        let mut titled = self.titled(&event.summary);
        if !invited.is_empty() {
            titled.retain(|person| is_among(person, &invited));
        }
        let inviting = if event.attendees.is_empty() { organizer } else { Vec::new() };
        let lists = [invited, titled, inviting];
        if let Some(person) = lists.iter().find_map(|list| if let [one] = list[..] { Some(one) } else { None }) {
            return Meant::One(person);
        }
        let mut texts = std::iter::once(&event.summary).chain(&event.attendees).chain(&event.organizer);
        let written = texts.find(|text| !text.is_empty()).map(|text| text.chars().take(SHOWN).collect());
        lists
            .into_iter()
            .find(|list| !list.is_empty())
            .map_or_else(|| Meant::Nobody(written.unwrap_or_default()), Meant::Several)
    }

    /// Those who have these addresses, each once.
    fn at(&self, addresses: &[&String]) -> Vec<&'a Person> {
        let all = addresses.iter().filter_map(|address| self.addresses.get(&address.to_lowercase())).flatten();
        all.map(|person| (&person.id, *person)).collect::<BTreeMap<_, _>>().into_values().collect()
    }

    /// Those whom a title names: all of it, or what stands behind a colon in it, is a name of theirs.
    fn titled(&self, summary: &str) -> Vec<&'a Person> {
        let behind = summary.match_indices(':').take(COLONS).map(|(at, _)| &summary[at + 1..]);
        let named = std::iter::once(summary).chain(behind).find_map(|text| self.names.get(&folded(text)));
        named.cloned().unwrap_or_default()
    }
}

fn is_among(person: &Person, people: &[&Person]) -> bool {
    people.iter().any(|other| other.id == person.id)
}

/// A name as it is compared: blanks and capital letters make no difference.
fn folded(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
