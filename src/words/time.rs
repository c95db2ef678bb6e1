//! Instants as people read them: on their own clock, in the order of their own language.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Said;
use crate::base::language::Language;

/// An instant on the clock of a place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct At<'a>(pub(crate) Timestamp, pub(crate) &'a TimeZone);

impl Said for At<'_> {
    fn said(&self, language: Language) -> Cow<'_, str> {
        let form = language.pick("%d/%m/%Y %H:%M:%S %Z", "%Y-%m-%d %H:%M:%S %Z");
        Cow::Owned(self.0.to_zoned(self.1.clone()).strftime(form).to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_read_on_the_clock_of_the_place() {
        let paris = TimeZone::get("Europe/Paris").expect("a zone of the database");
        let at = At("2026-11-21T19:31:05.123Z".parse().expect("an instant"), &paris);
        assert_eq!(at.said(Language::Fr), "21/11/2026 20:31:05 CET");
        assert_eq!(at.said(Language::En), "2026-11-21 20:31:05 CET");
    }
}
