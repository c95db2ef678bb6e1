//! Where a hospital is, as far as the law is concerned.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A country, by its two letters: `FR`, `BE`, `UK`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub(crate) struct Country(String);

/// The time zones that belong to a country whose duties vigie knows, by how their names begin.
const ZONES: &[(&str, &str)] = &[
    ("Europe/Brussels", "BE"),
    ("Europe/Berlin", "DE"),
    ("Europe/Busingen", "DE"),
    ("Europe/London", "UK"),
    ("Europe/Belfast", "UK"),
    ("America/New_York", "US"),
    ("America/Detroit", "US"),
    ("America/Chicago", "US"),
    ("America/Denver", "US"),
    ("America/Boise", "US"),
    ("America/Phoenix", "US"),
    ("America/Los_Angeles", "US"),
    ("America/Anchorage", "US"),
    ("America/Indiana/", "US"),
    ("America/Kentucky/", "US"),
    ("America/North_Dakota/", "US"),
    ("Pacific/Honolulu", "US"),
    ("US/", "US"),
];

impl Country {
    /// A country as it is written; the United Kingdom is `UK`, also where `GB` is written. Nothing for what is no country.
    pub(crate) fn read(written: &str) -> Option<Self> {
        let is_code = written.len() == 2 && written.bytes().all(|letter| letter.is_ascii_alphabetic());
        let code = if written.eq_ignore_ascii_case("gb") { "UK".to_owned() } else { written.to_ascii_uppercase() };
        is_code.then_some(Self(code))
    }

    /// The country of a site that names none: that of its time zone where vigie knows its duties, else France.
    pub(crate) fn of_zone(zone: Option<&str>) -> Self {
        let known = ZONES.iter().find(|(start, _)| zone.is_some_and(|zone| zone.starts_with(start)));
        Self(known.map_or("FR", |(_, country)| country).to_owned())
    }

    /// Its letters.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Country {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_two_letters() {
        for (written, read) in [
            ("FR", Some("FR")),
            ("be", Some("BE")),
            ("GB", Some("UK")),
            ("uk", Some("UK")),
            ("France", None),
            ("F1", None),
        ] {
            assert_eq!(Country::read(written).as_ref().map(Country::as_str), read, "{written}");
        }
    }

    #[test]
    fn a_site_that_names_none_is_where_its_clock_is() {
        for (zone, country) in [
            (None, "FR"),
            (Some("Europe/Paris"), "FR"),
            (Some("Indian/Reunion"), "FR"),
            (Some("Europe/Brussels"), "BE"),
            (Some("Europe/Berlin"), "DE"),
            (Some("Europe/London"), "UK"),
            (Some("America/Chicago"), "US"),
            (Some("America/Indiana/Knox"), "US"),
            (Some("America/Guadeloupe"), "FR"),
            (Some("UTC"), "FR"),
        ] {
            assert_eq!(Country::of_zone(zone).as_str(), country, "{zone:?}");
        }
    }
}
