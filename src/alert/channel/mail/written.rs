//! A mail channel as it is written in vigie.yaml, and the address of somebody who has mail.

use schemars::JsonSchema;
use serde::Deserialize;

use super::settings::{Server, Settings, Timeouts, Tls};
use crate::alert::channel::kind::Kind;
use crate::alert::channel::{Checking, SecretPlace};
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::spanned::Spanned;

/// A password written where everybody can read it.
const PASSWORD: Code = Code("V109");
/// A mail address that is not one.
const MAIL: Code = Code("V124");

type Name = Spanned<String>;

/// What is written in vigie.yaml.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Written {
    /// Mail: the relay as `host:port`.
    smtp: Name,
    /// Mail: `required` (STARTTLS, the default), `wrapped` (TLS from the first byte) or `none` (this machine only).
    #[serde(default)]
    tls: Option<Spanned<Tls>>,
    /// Mail: a file with the certificate of the hospital's own authority.
    #[serde(default)]
    ca: Option<Name>,
    /// Mail: the sender's address.
    #[serde(default)]
    from: Option<Name>,
    /// Mail: the account at the relay, where it asks for one.
    #[serde(default)]
    username: Option<Name>,
    /// Mail: where the password is: `file:PATH` or `env:NAME`, never the password itself.
    #[serde(default)]
    password: Option<Name>,
}

impl Kind for Settings {
    type Written = Written;

    const KEY: &'static str = "smtp";
    const EXAMPLE: &'static str = "host:port";

    fn check(written: Written, at: &mut Checking<'_>) -> Option<Self> {
        let smtp: Server = at.parsed(&written.smtp)?;
        let Some(from) = &written.from else {
            at.error(&written.smtp, "a mail channel needs a sender", "add `from: vigie@your-hospital.example`");
            return None;
        };
        let from = address(from, at)?;
        let tls = written.tls.as_ref().map_or(Tls::Required, |tls| tls.value);
        if let (Tls::None, false, Some(place)) = (tls, smtp.is_this_machine(), &written.tls) {
            let message = format!("mail to {} would cross the network in clear", smtp.host);
            let help = "write `tls: required`; `none` is for a relay on this machine only";
            at.error(&Spanned::new(String::new(), place.span), message, help);
            return None;
        }
        Some(Self {
            smtp,
            tls,
            ca: written.ca.as_ref().map(|path| at.folder.join(&path.value)),
            from,
            username: written.username.map(|name| name.value),
            password: written.password.as_ref().and_then(|place| password(place, at)),
            timeouts: Timeouts::default(),
        })
    }
}

fn password(written: &Name, at: &mut Checking<'_>) -> Option<SecretPlace> {
    match written.parse() {
        Ok(SecretPlace::File(path)) => Some(SecretPlace::File(at.folder.join(path))),
        Ok(place) => Some(place),
        Err(_) => {
            // Never repeat what is written there: it may well be the password.
            let message = "a password does not belong in this file";
            let help = "put it in a file only vigie can read and write `file:PATH`, or `env:NAME`";
            at.found.push(Diagnostic::error(PASSWORD, at.source, written.span, message).help(help));
            None
        }
    }
}

/// A mail address, or a finding.
pub(in crate::alert::channel) fn address(text: &Name, at: &mut Checking<'_>) -> Option<String> {
    let sound = text.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty()
            && !domain.is_empty()
            && !text.chars().any(|letter| letter.is_whitespace() || letter == ',')
            && !domain.contains('@')
    });
    if !sound {
        let message = format!("\"{}\" is not a mail address", text.value);
        let help = "write one address, such as name@hospital.example";
        at.found.push(Diagnostic::error(MAIL, at.source, text.span, message).help(help));
    }
    sound.then(|| text.value.clone())
}
