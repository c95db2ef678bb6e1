//! Who a hospital is: the part `site:` of `vigie.yaml`, and what names and time zones must be everywhere.

use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::Deserialize;

use super::settings::Name;
use crate::base::language::Language;
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::Source;
use crate::text::spanned::Spanned;

/// A name that would not stay on its line.
pub(crate) const NAME: Code = Code("V127");
/// A time zone that is not in the IANA database.
pub(crate) const ZONE: Code = Code("V102");

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
}

/// Refuses a name that cannot be shown: it goes into the subjects of mails and the lines of lists.
pub(super) fn shown_name(source: &Source, name: &Spanned<String>, found: &mut Vec<Diagnostic>) {
    if name.trim().is_empty() || name.chars().any(char::is_control) {
        found.push(
            Diagnostic::error(NAME, source, name.span, "this name cannot be shown to people")
                .help("write it on one line, such as \"Mme A. Ferrand\""),
        );
    }
}

/// A zone of the IANA database, or a finding.
pub(super) fn time_zone(source: &Source, text: &Spanned<String>, found: &mut Vec<Diagnostic>) -> Option<TimeZone> {
    let zone = TimeZone::get(text).ok();
    if zone.is_none() {
        let message = format!("the time zone \"{}\" is not known", text.value);
        found.push(
            Diagnostic::error(ZONE, source, text.span, message)
                .help("write a name of the IANA database, such as Europe/Paris"),
        );
    }
    zone
}
