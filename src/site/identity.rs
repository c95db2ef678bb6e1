//! Who a hospital is: the part `site:` of `vigie.yaml`, and what names and time zones must be everywhere.

use std::collections::BTreeSet;

use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::Deserialize;

use super::name::Name;
use crate::alert::duty::{Country, all, of};
use crate::base::language::Language;
use crate::finding::duty;
use crate::finding::people::no_name;
use crate::finding::site::unknown_zone;
use crate::text::diagnostic::Diagnostic;
use crate::text::source::Source;
use crate::text::spanned::Spanned;

/// Who a hospital is.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// Its name, as people say it.
    pub name: Name,
    /// The language of whoever has not their own.
    #[serde(default)]
    pub language: Language,
    /// Its time zone, such as `Europe/Paris`.
    #[serde(default)]
    pub zone: Option<Name>,
    /// The country whose law asks for declarations, such as `FR`; that of the time zone where it is left out and vigie
    /// knows its duties, else `FR`.
    #[serde(default)]
    pub(super) country: Option<Name>,
}

/// Refuses a name that cannot be shown: it goes into the subjects of mails and the lines of lists.
pub(super) fn shown_name(source: &Source, name: &Spanned<String>, found: &mut Vec<Diagnostic>) {
    if name.trim().is_empty() || name.chars().any(char::is_control) {
        found.push(no_name().at(source, name.span));
    }
}

/// The country whose law asks for declarations.
pub(super) fn country(source: &Source, identity: &Identity, found: &mut Vec<Diagnostic>) -> Country {
    let of_zone = || Country::of_zone(identity.zone.as_ref().map(|zone| zone.value.as_str()));
    let Some(written) = &identity.country else { return of_zone() };
    let Some(country) = Country::read(written) else {
        found.push(duty::not_a_country(written).at(source, written.span));
        return of_zone();
    };
    if of(&country).next().is_none() {
        let known: BTreeSet<&str> = all().iter().map(|duty| duty.country.as_str()).collect();
        let known = known.into_iter().collect::<Vec<_>>().join(", ");
        found.push(duty::no_profile(&country, known).at(source, written.span));
    }
    country
}

/// A zone of the IANA database, or a finding.
pub(super) fn time_zone(source: &Source, text: &Spanned<String>, found: &mut Vec<Diagnostic>) -> Option<TimeZone> {
    let zone = TimeZone::get(text).ok();
    if zone.is_none() {
        found.push(unknown_zone(text).at(source, text.span));
    }
    zone
}
