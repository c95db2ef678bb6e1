//! What the text of an event says under its labels, by the names that Windows gives it in the event itself.

use memchr::memmem;

use crate::watch::format::draft::Fields;
use crate::watch::format::shared::is_said;

/// What a label is.
#[derive(Clone, Copy)]
enum Label {
    /// A heading: whoever is spoken of below it goes by names that begin so.
    Of(&'static str),
    /// Names a value.
    Names(&'static str),
    /// Names a value of whoever is spoken of.
    NamesOf(&'static str),
}

use Label::{Names, NamesOf, Of};

/// The labels of English texts, as the Security log has them. Below a heading without a name, nobody is spoken of.
const LABELS: [(&str, Label); 55] = [
    ("Subject:", Of("Subject")),
    ("Creator Subject:", Of("Subject")),
    ("Target Subject:", Of("Target")),
    ("New Logon:", Of("Target")),
    ("Account For Which Logon Failed:", Of("Target")),
    ("Account Whose Credentials Were Used:", Of("Target")),
    ("Account That Was Locked Out:", Of("Target")),
    ("Account Information:", Of("Target")),
    ("Target Account:", Of("Target")),
    ("New Account:", Of("Target")),
    ("Member:", Of("Member")),
    ("Group:", Of("Target")),
    ("Logon Information:", Of("")),
    ("Failure Information:", Of("")),
    ("Process Information:", Of("")),
    ("Network Information:", Of("")),
    ("Service Information:", Of("")),
    ("Additional Information:", Of("")),
    ("Detailed Authentication Information:", Of("")),
    ("Attributes:", Of("")),
    ("Target Server:", Of("")),
    ("Share Information:", Of("")),
    ("Object:", Of("")),
    ("This event is generated", Of("")),
    ("Security ID:", NamesOf("Sid")),
    ("Account Name:", NamesOf("Name")),
    ("Account Domain:", NamesOf("DomainName")),
    ("Logon ID:", NamesOf("LogonId")),
    ("Group Name:", NamesOf("Name")),
    ("Group Domain:", NamesOf("DomainName")),
    ("Logon Type:", Names("LogonType")),
    ("Workstation Name:", Names("WorkstationName")),
    ("Source Workstation:", Names("Workstation")),
    ("Source Network Address:", Names("IpAddress")),
    ("Client Address:", Names("IpAddress")),
    ("Network Address:", Names("IpAddress")),
    ("Source Address:", Names("IpAddress")),
    ("Source Port:", Names("IpPort")),
    ("Client Port:", Names("IpPort")),
    ("Logon Process:", Names("LogonProcessName")),
    ("Authentication Package:", Names("AuthenticationPackageName")),
    ("Logon Account:", Names("TargetUserName")),
    ("Error Code:", Names("Status")),
    ("Failure Code:", Names("Status")),
    ("Result Code:", Names("Status")),
    ("Status:", Names("Status")),
    ("Sub Status:", Names("SubStatus")),
    ("Failure Reason:", Names("FailureReason")),
    ("Service Name:", Names("ServiceName")),
    ("Service File Name:", Names("ServiceFileName")),
    ("Ticket Encryption Type:", Names("TicketEncryptionType")),
    ("New Process Name:", Names("NewProcessName")),
    ("Process Command Line:", Names("CommandLine")),
    ("Creator Process Name:", Names("ParentProcessName")),
    ("Share Name:", Names("ShareName")),
];

/// Adds what `text` says under labels.
pub(super) fn read(text: &str, fields: &mut Fields) {
    let found = found(text);
    let mut of = "";
    for (number, (_, end, label)) in found.iter().enumerate() {
        let next = found.get(number + 1).map_or(text.len(), |(start, ..)| *start);
        // Where line breaks became blanks, a value ends at two of them.
        let value = text[*end..next].trim().split("  ").next().unwrap_or_default().trim_end();
        match label {
            Of(whom) => of = whom,
            Names(name) if is_said(value) => put(name, value, fields),
            NamesOf(what) if is_said(value) && !of.is_empty() => put(&name_of(of, what), value, fields),
            Names(_) | NamesOf(_) => {}
        }
    }
}

/// `SubjectUserSid`, `TargetUserName`, `TargetDomainName`, and `MemberSid` of a member.
fn name_of(whom: &str, what: &str) -> String {
    let user = if whom != "Member" && matches!(what, "Sid" | "Name") { "User" } else { "" };
    format!("{whom}{user}{what}")
}

/// The first that says something has the name.
fn put(name: &str, value: &str, fields: &mut Fields) {
    if fields.value(name).is_none() {
        fields.put(name, value);
    }
}

/// The labels that are in a text: from where to where, in their order. Of two at one place the longer one is.
fn found(text: &str) -> Vec<(usize, usize, Label)> {
    let bytes = text.as_bytes();
    let is_apart = |at: usize| at == 0 || bytes[at - 1].is_ascii_whitespace();
    let mut found: Vec<_> = LABELS
        .iter()
        .flat_map(|(label, kind)| {
            let places = memmem::find_iter(bytes, label.as_bytes()).filter(|at| is_apart(*at));
            places.map(|at| (at, at + label.len(), *kind)).collect::<Vec<_>>()
        })
        .collect();
    found.sort_by_key(|(start, end, _)| (*start, usize::MAX - end));
    let mut behind = 0;
    found.retain(|(start, end, _)| {
        let stays = *start >= behind;
        behind = if stays { *end } else { behind };
        stays
    });
    found
}
