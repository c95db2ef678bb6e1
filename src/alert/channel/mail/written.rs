//! A mail channel as it is written in vigie.yaml, and the address of somebody who has mail.

use schemars::JsonSchema;
use serde::Deserialize;

use super::settings::{Server, Settings, Timeouts, Tls};
use crate::alert::channel::kind::Kind;
use crate::alert::channel::{Checking, SecretPlace};
use crate::finding::people::no_mail;
use crate::finding::{Both, channel as finding};
use crate::text::spanned::Spanned;

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
    /// Mail: where the password is: `file:PATH`, `env:NAME` or `command:PROGRAM`, never the password itself. It is fetched
    /// anew for each login.
    #[serde(default)]
    password: Option<Name>,
    /// Mail: where an access token is, for a relay that asks for XOAUTH2 instead of a password: `command:PROGRAM`, which
    /// prints it, or `file:PATH`, which something else keeps fresh.
    #[serde(default)]
    token: Option<Name>,
    /// Mail: the name that vigie says at the greeting, where the relay does not take this machine's.
    #[serde(default)]
    hello: Option<Name>,
}

impl Kind for Settings {
    type Written = Written;

    const KEY: &'static str = "smtp";
    const EXAMPLE: Both = Both { fr: "hôte:port", en: "host:port" };
    const NEEDS_THE_NETWORK: bool = true;

    fn check(written: Written, at: &mut Checking<'_>) -> Option<Self> {
        let smtp: Server = at.parsed(&written.smtp, |text| finding::no_relay(text))?;
        let Some(from) = &written.from else {
            at.say(finding::no_sender(), &written.smtp);
            return None;
        };
        let from = address(from, at)?;
        let tls = written.tls.as_ref().map_or(Tls::Required, |tls| tls.value);
        if let (Tls::None, false, Some(place)) = (tls, smtp.is_this_machine(), &written.tls) {
            at.say(finding::in_clear(&smtp.host), place);
            return None;
        }
        Some(Self {
            smtp,
            tls,
            ca: written.ca.as_ref().map(|path| at.folder.join(&path.value)),
            from,
            username: written.username.map(|name| name.value),
            password: written.password.as_ref().and_then(|place| secret(place, at)),
            token: written.token.as_ref().and_then(|place| secret(place, at)),
            hello: written.hello.as_ref().and_then(|name| hello(name, at)),
            timeouts: Timeouts::default(),
        })
    }
}

fn secret(written: &Name, at: &mut Checking<'_>) -> Option<SecretPlace> {
    match written.parse() {
        Ok(SecretPlace::File(path)) => Some(SecretPlace::File(at.folder.join(path))),
        Ok(SecretPlace::Command(path)) => Some(SecretPlace::Command(at.folder.join(path))),
        Ok(place) => Some(place),
        Err(_) => {
            at.say(finding::password_here(), written);
            None
        }
    }
}

/// The name of a machine (RFC 5321, section 4.1.2), or a finding.
fn hello(written: &Name, at: &mut Checking<'_>) -> Option<String> {
    let part =
        |part: &str| !part.is_empty() && part.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-');
    let sound = written.split('.').all(part);
    if !sound {
        at.say(finding::no_hello(written), written);
    }
    sound.then(|| written.value.clone())
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
        at.say(no_mail(text), text);
    }
    sound.then(|| text.value.clone())
}
