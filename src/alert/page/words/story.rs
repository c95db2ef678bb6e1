//! What is known of an alert when somebody is told of it, as plain values.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::alert::{Alert, Detection};
use crate::base::language::Text;

/// What is known of an alert when somebody is told of it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Story<'a> {
    /// The site's name.
    pub(crate) site: String,
    /// The folder of its files, as the command line takes it; nothing where there is none.
    pub(crate) folder: Option<String>,
    /// The site's clock.
    pub(crate) zone: TimeZone,
    /// The alert.
    pub(crate) alert: &'a Alert,
    /// What it is made of, the gravest first.
    pub(crate) detections: Vec<&'a Detection>,
    /// What to do first, as the list has it.
    pub(crate) gestures: Vec<&'a Text>,
    /// Who ended it, by name; nothing where that was no person.
    pub(crate) ended_by: Option<String>,
    /// Who else was told, by name.
    pub(crate) told: Vec<String>,
    /// Who has it, by name.
    pub(crate) holder: Option<String>,
    /// Who answers for what held it back before, by name.
    pub(crate) owner: Option<String>,
    /// Which time its reader is told, and of how many.
    pub(crate) times: (u32, Option<u32>),
    /// Until when an answer is waited for.
    pub(crate) until: Option<Timestamp>,
}

/// What somebody must declare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DutyText {
    /// What, such as "incident grave de sécurité".
    pub(crate) what: String,
    /// To whom, how and where, such as the address of a portal or a telephone number.
    pub(crate) place: String,
    /// By when, already in words; nothing where there is no delay.
    pub(crate) due: Option<String>,
    /// What to do where that cannot be done.
    pub(crate) fallback: Option<String>,
}

/// Somebody to call by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Contact {
    /// Their name.
    pub(crate) name: String,
    /// Their number, as written in the site's files.
    pub(crate) phone: Option<String>,
}
