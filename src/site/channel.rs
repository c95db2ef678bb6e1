//! A channel under `channels:` of `vigie.yaml`: how people are reached, as written and as checked.

use std::fmt::Display;
use std::path::Path;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::Deserialize;

use super::address::mail_address;
use super::settings::Name;
use super::socket::Home;
use crate::account;
use crate::alert::channel::{self, SecretPlace, file, mail, sms, spool};
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::Source;
use crate::text::spanned::Spanned;

/// A channel of no kind, or of two.
pub(crate) const CHANNEL_KIND: Code = Code("V104");
/// A mail channel that cannot work as written.
pub(crate) const MAIL_CHANNEL: Code = Code("V105");
/// A key that belongs to another kind of channel.
pub(crate) const STRAY_KEY: Code = Code("V106");
/// A folder whose owner could not read what is put there.
pub(crate) const LEFT_OUT: Code = Code("V115");
/// A password written where everybody can read it.
pub(crate) const PASSWORD: Code = Code("V109");

/// A channel: exactly one of `smtp`, `spool` and `folder`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChannelEntry {
    /// Mail: the relay as `host:port`.
    #[serde(default)]
    pub smtp: Option<Name>,
    /// Mail: `required` (STARTTLS, the default), `wrapped` (TLS from the first byte) or `none` (this machine only).
    #[serde(default)]
    pub tls: Option<Spanned<Tls>>,
    /// Mail: a file with the certificate of the hospital's own authority.
    #[serde(default)]
    pub ca: Option<Name>,
    /// Mail: the sender's address.
    #[serde(default)]
    pub from: Option<Name>,
    /// Mail: the account at the relay, where it asks for one.
    #[serde(default)]
    pub username: Option<Name>,
    /// Mail: where the password is: `file:PATH` or `env:NAME`, never the password itself.
    #[serde(default)]
    pub password: Option<Name>,
    /// Text messages: the outbox folder of gammu-smsd.
    #[serde(default)]
    pub spool: Option<Name>,
    /// Text messages: how many the modem or the contract takes, such as `20/min`.
    #[serde(default)]
    pub rate: Option<Name>,
    /// Paper and offline use: a folder that gets one file for each message.
    #[serde(default)]
    pub folder: Option<Name>,
}

/// How a mail session is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Tls {
    /// STARTTLS, or nothing is sent.
    Required,
    /// TLS from the first byte.
    Wrapped,
    /// In clear, to this machine only.
    None,
}

/// One channel while it is looked at.
pub(super) struct ChannelCheck<'a> {
    pub(super) folder: &'a Path,
    pub(super) home: &'a Home,
    pub(super) source: &'a Source,
    pub(super) name: &'a Spanned<String>,
    pub(super) entry: &'a ChannelEntry,
    pub(super) found: &'a mut Vec<Diagnostic>,
}

impl ChannelCheck<'_> {
    /// The channel, or nothing where it cannot be one.
    pub(super) fn settings(mut self) -> Option<channel::Settings> {
        let entry = self.entry;
        match (&entry.smtp, &entry.spool, &entry.folder) {
            (Some(smtp), None, None) => {
                self.stray_rate();
                self.mail(smtp)
            }
            (None, Some(spool), None) => {
                self.stray_mail_keys("spool");
                self.readable(spool);
                let rate = entry.rate.as_ref().and_then(|rate| self.parsed(rate));
                Some(channel::Settings::Sms(sms::Settings { spool: self.folder.join(&spool.value), rate }))
            }
            (None, None, Some(folder)) => {
                self.stray_mail_keys("folder");
                self.stray_rate();
                self.readable(folder);
                Some(channel::Settings::File(file::Settings { folder: self.folder.join(&folder.value) }))
            }
            (smtp, spool, folder) => {
                let written = [smtp, spool, folder].into_iter().flatten().count();
                let message = match written {
                    0 => format!("the channel `{}` does not say how it reaches people", self.name.value),
                    _ => format!("the channel `{}` is of {written} kinds at once", self.name.value),
                };
                self.found.push(Diagnostic::error(CHANNEL_KIND, self.source, self.name.span, message).help(
                    "write exactly one of `smtp: host:port`, `spool: <folder of gammu-smsd>`, `folder: <folder>`",
                ));
                None
            }
        }
    }

    /// Says where whoever empties a folder could not read what vigie puts there.
    fn readable(&mut self, written: &Spanned<String>) {
        let path = self.folder.join(&written.value);
        let left_out = path.metadata().ok().and_then(|met| spool::left_out(&met, self.home.account()));
        let Some((owner, group)) = left_out else { return };
        let vigie = account::name(self.home.account());
        let message = format!("{owner}, who owns {}, could not read what {vigie} puts there", path.display());
        let help = format!("put {vigie} into the group {group}, such as with `usermod -aG {group} {vigie}`");
        self.found.push(Diagnostic::warning(LEFT_OUT, self.source, written.span, message).help(help));
    }

    fn error(&mut self, place: &Spanned<String>, message: impl Into<String>, help: impl Into<String>) {
        self.found.push(Diagnostic::error(MAIL_CHANNEL, self.source, place.span, message).help(help));
    }

    /// A value with a form of its own; its error says how to write it.
    fn parsed<T: FromStr<Err: Display>>(&mut self, text: &Spanned<String>) -> Option<T> {
        text.parse()
            .map_err(|error: T::Err| self.error(text, format!("\"{}\" cannot be read", text.value), error.to_string()))
            .ok()
    }

    /// Keys of a mail channel in a channel of another kind are a misunderstanding worth a word.
    fn stray_mail_keys(&mut self, kind: &str) {
        let entry = self.entry;
        let tls = entry.tls.as_ref().map(|tls| tls.span);
        let names =
            [&entry.ca, &entry.from, &entry.username, &entry.password].into_iter().flatten().map(|name| name.span);
        for span in names.chain(tls) {
            let message = format!("this belongs to a mail channel, not to one with `{kind}`");
            self.found.push(
                Diagnostic::error(STRAY_KEY, self.source, span, message)
                    .help("take the key out, or make it a mail channel with `smtp:`"),
            );
        }
    }

    /// Only a modem has a rate; elsewhere it would be read and not kept to.
    fn stray_rate(&mut self) {
        if let Some(rate) = &self.entry.rate {
            self.found.push(
                Diagnostic::error(STRAY_KEY, self.source, rate.span, "`rate` belongs to a channel with `spool`")
                    .help("take the key out"),
            );
        }
    }

    fn mail(&mut self, smtp: &Spanned<String>) -> Option<channel::Settings> {
        let server: mail::Server = self.parsed(smtp)?;
        let Some(from) = &self.entry.from else {
            self.error(smtp, "a mail channel needs a sender", "add `from: vigie@your-hospital.example`");
            return None;
        };
        let from = mail_address(self.source, from, self.found)?;
        let tls = match self.entry.tls.as_ref().map_or(Tls::Required, |tls| tls.value) {
            Tls::Required => mail::Tls::Required,
            Tls::Wrapped => mail::Tls::Wrapped,
            Tls::None => mail::Tls::None,
        };
        if let (mail::Tls::None, false, Some(place)) = (tls, server.is_this_machine(), &self.entry.tls) {
            let message = format!("mail to {} would cross the network in clear", server.host);
            self.found.push(
                Diagnostic::error(MAIL_CHANNEL, self.source, place.span, message)
                    .help("write `tls: required`; `none` is for a relay on this machine only"),
            );
            return None;
        }
        Some(channel::Settings::Mail(mail::Settings {
            smtp: server,
            tls,
            ca: self.entry.ca.as_ref().map(|path| self.folder.join(&path.value)),
            from,
            username: self.entry.username.as_ref().map(|name| name.value.clone()),
            password: self.password(),
            timeouts: mail::Timeouts::default(),
        }))
    }

    fn password(&mut self) -> Option<SecretPlace> {
        let written = self.entry.password.as_ref()?;
        match written.parse() {
            Ok(SecretPlace::File(path)) => Some(SecretPlace::File(self.folder.join(path))),
            Ok(place) => Some(place),
            Err(_) => {
                // Never repeat what is written there: it may well be the password.
                let message = "a password does not belong in this file";
                let help = "put it in a file only vigie can read and write `file:PATH`, or `env:NAME`";
                self.found.push(Diagnostic::error(PASSWORD, self.source, written.span, message).help(help));
                None
            }
        }
    }
}
