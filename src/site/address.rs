//! What an address must look like before anything is sent to it.

use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::Source;
use crate::text::spanned::Spanned;

/// A telephone number that is not in international form.
pub(crate) const PHONE: Code = Code("V123");
/// A mail address that is not one.
pub(crate) const MAIL: Code = Code("V124");

/// A mail address, or a finding.
pub(super) fn mail_address(source: &Source, text: &Spanned<String>, found: &mut Vec<Diagnostic>) -> Option<String> {
    let sound = text.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty()
            && !domain.is_empty()
            && !text.chars().any(|letter| letter.is_whitespace() || letter == ',')
            && !domain.contains('@')
    });
    if !sound {
        let message = format!("\"{}\" is not a mail address", text.value);
        found.push(
            Diagnostic::error(MAIL, source, text.span, message)
                .help("write one address, such as name@hospital.example"),
        );
    }
    sound.then(|| text.value.clone())
}

/// A telephone number in international form (ITU-T E.164: `+`, country code, at most 15 digits), or a finding.
pub(super) fn phone_number(source: &Source, text: &Spanned<String>, found: &mut Vec<Diagnostic>) -> Option<String> {
    let digits: String = text.chars().filter(|letter| !matches!(letter, ' ' | '.' | '-')).collect();
    let number = digits.strip_prefix('+').unwrap_or_default();
    if (8..=15).contains(&number.len())
        && number.bytes().all(|digit| digit.is_ascii_digit())
        && !number.starts_with('0')
    {
        return Some(digits);
    }
    let help = match digits.strip_prefix('0') {
        Some(rest) if rest.len() == 9 => format!("in international form: \"+33{rest}\""),
        _ => "write it in international form, such as \"+33600000001\"".to_owned(),
    };
    let message = format!("\"{}\" is not a telephone number in international form", text.value);
    found.push(Diagnostic::error(PHONE, source, text.span, message).help(help));
    None
}
