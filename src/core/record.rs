//! The record itself: notes that people write into the ledger, bodies of entries that are erased for good, and what is said
//! of a ledger that is not what was written.

use jiff::Timestamp;

use super::context::Context;
use super::event::{Event, Out};
use super::journal::Journal;
use super::records::unreadable;
use crate::alert::Ailment;
use crate::api::{Done, Fact, LedgerFact, Refusal};
use crate::base::fault::Fault;
use crate::base::id::{AlertId, EntryId, PersonId};
use crate::base::level::Level;
use crate::base::realm::Realm;
use crate::base::redact::redact;
use crate::words::ledger as words;

/// The most bodies that are erased at once: nobody else is served meanwhile.
const AT_ONCE: usize = 5_000;

/// What suffers, in the alert about a ledger that is broken.
const LEDGER: &str = "ledger";
/// What suffers where its anchor cannot be written.
const ANCHOR: &str = "ledger:anchor";

/// What somebody writes down.
#[derive(Debug, Clone, Copy)]
pub(super) struct Written<'a> {
    pub(super) text: &'a str,
    pub(super) alert: Option<AlertId>,
    pub(super) happened: Option<Timestamp>,
    pub(super) by: &'a PersonId,
}

/// What somebody wants erased.
#[derive(Debug, Clone, Copy)]
pub(super) struct Erasing<'a> {
    pub(super) alert: Option<AlertId>,
    pub(super) before: Option<Timestamp>,
    pub(super) reason: &'a str,
    pub(super) by: &'a PersonId,
}

/// Writes something down, with the alert that it is about.
pub(super) fn note(
    context: Context<'_>,
    written: Written<'_>,
    realm: impl FnOnce(AlertId) -> Option<Realm>,
    out: &mut Out,
) -> Result<Done, Refusal> {
    let Written { text, alert, happened, by } = written;
    context.known(by)?;
    if happened.is_some_and(|happened| happened > context.now) {
        return Err(Refusal::NotYet);
    }
    let realm = match alert {
        Some(alert) => realm(alert).ok_or(Refusal::UnknownAlert { alert })?,
        None => Realm::Live,
    };
    let note = LedgerFact::Note { alert, text: redact(text).into_owned(), by: by.clone(), happened };
    out.keep(realm, Fact::Ledger(note));
    Ok(Done::Noted { alert })
}

/// Erases bodies, and says in the ledger which, by whom and why.
pub(super) fn erase(
    context: Context<'_>,
    erasing: Erasing<'_>,
    journal: &mut Journal,
    out: &mut Out,
) -> Result<Done, Refusal> {
    let Erasing { alert, before, reason, by } = erasing;
    context.known(by)?;
    if !journal.is_kept() {
        return Err(Refusal::Store);
    }
    if alert.is_none() && before.is_none() {
        return Err(Refusal::ErasesAll);
    }
    let mut found = journal.erasable(alert, before, AT_ONCE + 1).map_err(|error| unreadable(&error))?;
    let more = found.len() > AT_ONCE;
    found.truncate(AT_ONCE);
    let entries = found.len();
    if entries > 0 {
        let reason = redact(reason).into_owned();
        out.keep(
            Realm::Live,
            Fact::Ledger(LedgerFact::Erased { alert, entries: rows(&found), by: by.clone(), reason }),
        );
        journal.change().erase.extend(found);
    }
    Ok(Done::Erased { entries, more })
}

/// The ledger was looked through. What is wrong with it is told once.
pub(super) fn verified(journal: &mut Journal, (broken, is_told): (Option<(EntryId, Fault)>, bool), out: &mut Out) {
    if let Some(found) = broken.as_ref().filter(|_| !is_told && journal.broken() != broken) {
        tell(found, &journal.folder(), out);
    }
    // What was found stays so, also where what remembered it has gone on since.
    if broken.is_some() {
        journal.breaks(broken);
    }
}

/// Says what is wrong with the ledger: to whoever keeps reading it, and to people.
fn tell((entry, what): &(EntryId, Fault), folder: &str, out: &mut Out) {
    out.keep(Realm::Live, Fact::Ledger(LedgerFact::Broken { entry: *entry, what: what.clone() }));
    out.say(Event::Ailing(Box::new(Ailment {
        of: LEDGER.to_owned(),
        level: Level::High,
        title: words::broken_title(),
        description: words::broken_gestures(entry, words::fault(*entry, what), folder),
    })));
}

/// Says that the anchor cannot be written, or is well again.
pub(super) fn anchored(why: Option<String>, out: &mut Out) {
    out.say(match why {
        None => Event::Well { of: ANCHOR.to_owned() },
        Some(why) => Event::Ailing(Box::new(Ailment {
            of: ANCHOR.to_owned(),
            level: Level::Medium,
            title: words::no_anchor_title(),
            description: words::no_anchor(why),
        })),
    });
}

/// What the ledger says of such a break.
pub(crate) fn told((entry, what): &(EntryId, Fault)) -> String {
    Fact::Ledger(LedgerFact::Broken { entry: *entry, what: what.clone() }).entry().1.to_string()
}

/// Numbers as rows, from the first to the last of each.
fn rows(entries: &[EntryId]) -> Vec<(u64, u64)> {
    let mut rows: Vec<(u64, u64)> = Vec::new();
    for EntryId(number) in entries {
        match rows.last_mut() {
            Some((_, last)) if *last + 1 == *number => *last = *number,
            _ => rows.push((*number, *number)),
        }
    }
    rows
}
