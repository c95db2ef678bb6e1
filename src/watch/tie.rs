//! Who takes part in what a record tells: the machine where it happened, accounts, and where somebody came from, by the
//! names that logs give to such fields.
//!
//! What an attacker reached out to is no part of it: `DestinationIp`, `dst_ip`, `dst_host`, `DestAddress`, `s-ip`, `cs-host`,
//! `TargetServerName`, `called_aet`, `destination`, `expected_host`. Half a hospital reaches the same server, proxy or
//! archive, and all of it would become one. Where a machine is attacked, it is the one whose log says so ([`Role::Scene`]),
//! also a decoy (`node_id`). Neither are names that anybody may try at a decoy (`logdata.USERNAME`).

use std::collections::HashMap;
use std::sync::LazyLock;

use super::record::{Date, Field, Listener, Notes, Record, Said};
use crate::base::redact::{Class, Clean};
use crate::base::tie::{Tie, TieKind};

/// So many values of one record are looked at.
const MOST: usize = 32;
/// So many letters of a value are shown.
const LETTERS: usize = 160;

/// The part that what stands in a field has in what happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// The machine where it happened. A record may name it several times, and whoever collected it behind it: the first
    /// in the order of the table counts.
    Scene,
    /// Another machine that has a part in it: where somebody came from.
    Machine,
    /// An account that did it or that it was done with.
    Account,
    /// The address from which somebody came.
    Address,
}

/// The names of fields and what stands in them, those that tell most first.
const FIELDS: &[(&str, Role)] = &[
    // Windows and Sysmon; `Hostname` in the JSON of NXLog, whose `host` may be the collector.
    ("Computer", Role::Scene),
    ("Hostname", Role::Scene),
    ("User", Role::Account),
    ("SubjectUserName", Role::Account),
    ("TargetUserName", Role::Account),
    ("SourceUser", Role::Account),
    ("UserName", Role::Account),
    ("AccountName", Role::Account),
    ("WorkstationName", Role::Machine),
    ("Workstation", Role::Machine),
    ("ClientName", Role::Machine),
    ("SourceHostname", Role::Machine),
    ("IpAddress", Role::Address),
    ("SourceIp", Role::Address),
    ("SourceAddress", Role::Address),
    ("SourceNetworkAddress", Role::Address),
    ("ClientAddress", Role::Address),
    // The Elastic Common Schema. `host.ip` has every address of a machine, also those that all machines have.
    ("host.name", Role::Scene),
    ("host.hostname", Role::Scene),
    ("user.name", Role::Account),
    ("source.user.name", Role::Account),
    ("client.user.name", Role::Account),
    ("source.ip", Role::Address),
    ("source.address", Role::Address),
    ("client.ip", Role::Address),
    ("client.address", Role::Address),
    // Defender and the sign-ins of Entra.
    ("DeviceName", Role::Scene),
    ("ipAddress", Role::Address),
    ("IPAddress", Role::Address),
    ("callerIpAddress", Role::Address),
    // OpenCanary: the decoy, and who touched it.
    ("node_id", Role::Scene),
    ("src_host", Role::Address),
    // Syslog, auditd, Laurel, the journal.
    ("node", Role::Scene),
    ("NODE", Role::Scene),
    ("_HOSTNAME", Role::Scene),
    ("hostname", Role::Scene),
    ("host", Role::Scene),
    ("user", Role::Account),
    ("acct", Role::Account),
    ("UID", Role::Account),
    ("AUID", Role::Account),
    ("src_ip", Role::Address),
    ("addr", Role::Address),
    ("rhost", Role::Address),
    // Samba.
    ("account", Role::Account),
    ("Authentication.workstation", Role::Machine),
    // DICOM: the title by which the caller goes. The title that was called is that of the archive.
    ("aet", Role::Machine),
    // Web servers, proxies and firewalls.
    ("cs-username", Role::Account),
    ("remote_user", Role::Account),
    ("username", Role::Account),
    ("c-ip", Role::Address),
    ("remote_addr", Role::Address),
    ("remote_ip", Role::Address),
    ("client_ip", Role::Address),
    ("clientip", Role::Address),
    ("srcip", Role::Address),
    ("source_ip", Role::Address),
    ("src", Role::Address),
    ("SRC", Role::Address),
];

static BY_NAME: LazyLock<HashMap<&'static str, Field>> =
    LazyLock::new(|| FIELDS.iter().zip(0..).map(|((name, _), field)| (*name, field)).collect());

/// One value of one such field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Party {
    pub(crate) name: &'static str,
    pub(crate) role: Role,
    /// What may be shown of it.
    pub(crate) shown: Clean,
    /// Who or what it is, where it is anybody in particular.
    pub(crate) tie: Option<Tie>,
}

/// Who takes part in what `record` tells, in the order of the table. `notes` are kept from record to record.
pub(crate) fn parties<R: Record>(record: &R, notes: &mut Notes) -> Vec<Party> {
    let mut ear = Ear { heard: Vec::new(), notes: std::mem::take(notes) };
    let told = record.tell(&mut ear);
    *notes = ear.notes;
    let mut heard = if told.is_ok() { ear.heard } else { Vec::new() };
    heard.sort_by_key(|(field, _)| *field);
    let mut parties: Vec<Party> = Vec::new();
    for (field, said) in heard {
        let (name, role) = FIELDS[field as usize];
        let mut plain = String::new();
        let text = match said {
            Said::Text(text) => text,
            Said::Escaped(text) => {
                R::unescape(text, &mut plain);
                &plain
            }
            _ => continue,
        };
        let party = party(record, (name, role), text);
        let is_known = |known: &Party| known.role == Role::Scene && role == Role::Scene && known.tie.is_some();
        if !parties.iter().any(is_known) {
            parties.push(party);
        }
    }
    parties
}

fn party(record: &impl Record, (name, role): (&'static str, Role), text: &str) -> Party {
    let class = if role == Role::Account { Class::Account } else { Class::Open };
    let shown = record.clean(class, text);
    // What may not be shown ties nothing to anything.
    let tie = if shown == *text { of(role, text) } else { None };
    Party { name, role, shown: presented(&shown), tie }
}

fn of(role: Role, text: &str) -> Option<Tie> {
    let kind = match role {
        Role::Scene | Role::Machine => TieKind::Machine,
        Role::Account => TieKind::Account,
        Role::Address => TieKind::Address,
    };
    Tie::of(kind, text)
}

/// What `value` of the field called `name` ties to, where it is one of those that do.
fn of_field(name: &str, value: &str) -> Option<Tie> {
    let (_, role) = FIELDS[*BY_NAME.get(name)? as usize];
    of(role, value)
}

/// What the subject of a match and who takes part in it tie to, each once.
pub(crate) fn ties(subject: &[(String, Clean)], parties: &[Party]) -> Vec<Tie> {
    let of_subject = subject.iter().filter_map(|(name, value)| of_field(name, value));
    let mut ties: Vec<Tie> = Vec::new();
    for tie in parties.iter().filter_map(|party| party.tie.clone()).chain(of_subject) {
        if !ties.contains(&tie) {
            ties.push(tie);
        }
    }
    ties
}

/// Whom an event is about, where nobody says which of its fields tell: the machine, the account and the address, as far as
/// it has them. Where it has nobody in particular, the first that it names at all.
pub(crate) fn subject(parties: &[Party]) -> Vec<(String, Clean)> {
    let first = |roles: &[Role]| {
        roles.iter().find_map(|role| parties.iter().find(|party| party.role == *role && party.tie.is_some()))
    };
    let places = [&[Role::Scene, Role::Machine][..], &[Role::Account], &[Role::Address]];
    let mut subject: Vec<&Party> = places.into_iter().filter_map(first).collect();
    if subject.is_empty() {
        subject.extend(parties.iter().find(|party| !matches!(&*party.shown, "" | "-")));
    }
    subject.into_iter().map(|party| (party.name.to_owned(), party.shown.clone())).collect()
}

/// A value that may be shown and is not too long. Whoever shows it makes it one visible line: as data it means what was in
/// the log.
pub(crate) fn presented(shown: &Clean) -> Clean {
    if shown.len() <= LETTERS { shown.clone() } else { shown.shaped(|text| clipped(text, LETTERS)) }
}

/// At most so many letters of a text, with a sign where it was longer.
pub(crate) fn clipped(text: &str, letters: usize) -> String {
    match text.char_indices().nth(letters) {
        None => text.to_owned(),
        Some(_) => text.chars().take(letters.saturating_sub(1)).chain(['…']).collect(),
    }
}

/// Hears what a record says in the fields of the table.
struct Ear<'a> {
    heard: Vec<(Field, Said<'a>)>,
    notes: Notes,
}

impl<'a> Listener<'a> for Ear<'a> {
    fn wants(&mut self, name: &str) -> Option<Field> {
        BY_NAME.get(name).copied()
    }

    fn hear(&mut self, field: Field, said: Said<'a>) {
        if self.heard.len() < MOST {
            self.heard.push((field, said));
        }
    }

    fn date(&mut self, _: Date<'a>) {}

    fn notes(&mut self) -> &mut Notes {
        &mut self.notes
    }
}

#[cfg(test)]
mod tests;
