//! The figures, and what is needed to say them: names, a clock, a language.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::figures::Month;
use crate::base::id::PersonId;
use crate::base::language::{Language, Text};
use crate::words::Said as _;
use crate::words::time::At;

/// What people are called.
pub(super) type Names = BTreeMap<PersonId, String>;

/// The figures, and what they are said with.
pub(super) struct Figures {
    pub(super) site: String,
    pub(super) months: BTreeMap<Date, Month>,
    pub(super) names: Names,
    pub(super) zone: TimeZone,
    pub(super) made: Timestamp,
    pub(super) language: Language,
}

impl Figures {
    pub(super) fn say(&self, text: &Text) -> String {
        text.said(self.language).into_owned()
    }

    pub(super) fn at(&self, at: Timestamp) -> String {
        At(at, &self.zone).said(self.language).into_owned()
    }
}
