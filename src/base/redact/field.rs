//! What the name of a field says of its values. The names are those that the rules know: a name is asked by what they would
//! take out behind it, so that a field and a line never know different ones.

use std::cell::RefCell;
use std::collections::HashMap;

use super::state::is_state;
use super::value::count_digits;
use super::{Taken, fhir, own, suspects, taken};

/// What may be shown of the values of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Class {
    /// What no rule takes out of them.
    #[default]
    Open,
    /// An account: it may look like a mailbox and stays all the same.
    Account,
    /// The number of a thing: it may look like a telephone number.
    Id,
    /// A telephone.
    Phone,
    /// A secret, unless it only says how one stands.
    Secret,
    /// Nothing: it tells who a patient is.
    Patient,
    /// Nothing where the record is about a patient: names of FHIR that everybody uses.
    OfPerson,
}

/// Names of FHIR that mean a patient only where the record is about one.
const OF_PERSON: [&str; 19] = [
    "name",
    "family",
    "given",
    "prefix",
    "text",
    "identifier",
    "value",
    "address",
    "line",
    "city",
    "district",
    "postalcode",
    "telecom",
    "display",
    "div",
    "contact",
    "photo",
    "alias",
    "deceaseddatetime",
];
/// Whoever acts in a record about a patient is no patient.
const ACTORS: [&str; 9] =
    ["agent", "who", "author", "recorder", "source", "observer", "practitioner", "performer", "requestor"];

const ACCOUNTS: [&str; 34] = [
    "user",
    "username",
    "usr",
    "account",
    "accountname",
    "acct",
    "login",
    "loginname",
    "logon",
    "uid",
    "auid",
    "upn",
    "userid",
    "userprincipalname",
    "principal",
    "principalname",
    "targetusername",
    "subjectusername",
    "sourceuser",
    "suser",
    "duser",
    "remoteuser",
    "csusername",
    "clientaccount",
    "becameaccount",
    "targetoutboundusername",
    "samaccountname",
    "actor",
    "ruser",
    "euser",
    "initiator",
    "member",
    "membername",
    "compte",
];

const IDS: [&str; 8] = ["id", "serial", "serialnumber", "sn", "lot", "version", "build", "counter"];

/// Secrets and patients are told apart by the rule that knows them.
const PATIENTS: [&str; 3] = ["patient", "DICOM", "birthday"];

/// So many names are remembered at once.
const REMEMBERED: usize = 1_000;

thread_local! {
    /// What was found out of names: the members of one log are called alike, line after line. And under which patterns of the
    /// site that was.
    static NAMES: RefCell<(u64, HashMap<Box<str>, Class>)> = RefCell::default();
}

/// What is said of the values of the field called `name`, of which any part may tell.
pub(crate) fn class_of(name: &str) -> Class {
    let edition = own::edition();
    let known = NAMES.with_borrow(|(under, names)| names.get(name).filter(|_| *under == edition).copied());
    known.unwrap_or_else(|| {
        let class = found_out(name);
        NAMES.with_borrow_mut(|(under, names)| {
            if std::mem::replace(under, edition) != edition || names.len() >= REMEMBERED {
                names.clear();
            }
            names.insert(name.into(), class);
        });
        class
    })
}

fn found_out(name: &str) -> Class {
    let parts: Vec<String> = name.split(['.', '/']).map(plain).collect();
    // A header never is an object: Samba calls a kind of event `Authorization`.
    let of_kind = |part: &&str| part.len() < name.len() && name.starts_with(part) && *part == "Authorization";
    let telling = name.split('.').filter(|part| !of_kind(part));
    let telling = telling.map(|part| part.rsplit([' ', '/', ':']).next().unwrap_or(part));
    let mut class = telling.map(of_part).chain([of_part(name)]).fold(Class::Open, graver);
    if class == Class::Open {
        let last = parts.last().map_or("", String::as_str);
        let before = parts.len().checked_sub(2).map_or("", |at| parts[at].as_str());
        let is_user_name = matches!(last, "name" | "id") && matches!(before, "user" | "account" | "login");
        class = if ACCOUNTS.contains(&last)
            || is_user_name
            || last.ends_with("username")
            || last.ends_with("accountname")
        {
            Class::Account
        } else if IDS.contains(&last) || last.ends_with("id") {
            Class::Id
        } else if parts.iter().any(|part| OF_PERSON.contains(&part.as_str()))
            && !parts.iter().any(|part| ACTORS.contains(&part.as_str()))
        {
            Class::OfPerson
        } else {
            Class::Open
        };
    }
    class
}

fn graver(one: Class, other: Class) -> Class {
    let weight = |class| match class {
        Class::Patient => 3,
        Class::Secret => 2,
        Class::Phone => 1,
        _ => 0,
    };
    if weight(other) > weight(one) { other } else { one }
}

/// Whether a member of this name tells of somebody who acts, in a record that may be about a patient.
pub(crate) fn is_actor(name: &str) -> bool {
    ACTORS.contains(&plain(name).as_str())
}

/// Whether the rules take out this value behind that name.
pub(crate) fn hides(name: &str, value: &str) -> bool {
    behind(name, &format!("{name}={value}")).is_some()
}

/// A name in small letters, without what holds its words together.
fn plain(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What the rules would take out behind one name.
fn of_part(name: &str) -> Class {
    if name.is_empty() || suspects::suspects(name) == 0 && !name.starts_with("00") {
        return Class::Open;
    }
    let said = format!("{name}=\"0W1x2y3z40\"");
    let known = behind(name, &said);
    let known = known
        .or_else(|| behind(name, &format!("{name}=\"06 12 34 56 7\"")).filter(|one| one.rule.contains("telephone")));
    match known {
        Some(one) if PATIENTS.iter().any(|word| one.rule.contains(word)) => Class::Patient,
        Some(one) if one.rule.contains("telephone") => Class::Phone,
        Some(_) => Class::Secret,
        None => Class::Open,
    }
}

/// What takes out the value behind a name, and not the name.
fn behind(name: &str, said: &str) -> Option<Taken> {
    taken(said).into_iter().find(|one| one.at.start >= name.len())
}

impl Class {
    /// What must not be shown of a value; nothing at all may be where there is no answer.
    pub(super) fn taken(self, text: &str) -> Option<Vec<Taken>> {
        let without = |innocent: fn(&str) -> bool| {
            let taken = taken(text).into_iter();
            Some(taken.filter(|one| !innocent(&one.rule)).collect())
        };
        match self {
            Self::Account => without(|rule| rule.contains("mailbox")),
            Self::Id => without(|rule| rule == "telephone number" || rule == "labelled telephone number"),
            Self::Phone if count_digits(text) >= 8 => None,
            Self::Open | Self::OfPerson | Self::Phone => Some(taken(text)),
            Self::Secret if is_state(text) => Some(Vec::new()),
            Self::Secret | Self::Patient => None,
        }
    }

    /// The class in a record whose text is `record`: what everybody calls so is private there if a patient is called so.
    pub(crate) fn within(self, record: &str) -> Self {
        match self {
            Self::OfPerson if fhir::is_of_person(record) => Self::Patient,
            Self::OfPerson => Self::Open,
            class => class,
        }
    }

    /// Whether nothing of it may be shown, whatever it is.
    pub(crate) fn is_private(self) -> bool {
        matches!(self, Self::Secret | Self::Patient)
    }
}
