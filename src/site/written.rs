//! The three files exactly as their authors write them. The same structs give the JSON Schema for editors.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::base::language::Language;
use crate::base::level::Level;
use crate::text::spanned::Spanned;
use crate::watch::event::Logsource;
use crate::watch::format::Format;

type Name = Spanned<String>;
type Map<T> = BTreeMap<Name, T>;

/// `vigie.yaml`: the site, where its logs are, how people are reached.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SiteFile {
    /// Who this hospital is.
    pub site: Identity,
    /// Folder for vigie's own state, from the site's folder; `state` where it is left out.
    #[serde(default)]
    pub state: Option<Name>,
    /// Folders of detection rules, from the site's folder; `builtin:health` is the pack inside vigie.
    #[serde(default)]
    pub rules: Vec<Name>,
    /// Processing pipelines, as files from the site's folder: how rules are changed where your events call fields
    /// differently.
    #[serde(default)]
    pub pipelines: Vec<Name>,
    /// Folders of playbooks, from the site's folder; `builtin` stands for those inside vigie.
    #[serde(default)]
    pub playbooks: Vec<Name>,
    /// Lists of values that rules speak of as `%name%`, such as the names of all known imaging machines.
    #[serde(default)]
    pub lists: Map<Vec<Name>>,
    /// Where lines come from, by name.
    pub sources: Map<SourceEntry>,
    /// How people are reached, by name.
    #[serde(default)]
    pub channels: Map<ChannelEntry>,
    /// What exercises may use.
    #[serde(default)]
    pub drills: DrillEntry,
}

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

/// A source: where lines come from and what they look like.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SourceEntry {
    /// A log file to follow, or a pattern such as `/var/log/samba/*.log`. Relative to the site's folder.
    pub follow: Name,
    /// What the lines look like; `auto` looks at the first ones.
    #[serde(default)]
    pub format: Format,
    /// The zone of timestamps that name none; the site's where it is left out.
    #[serde(default)]
    pub zone: Option<Name>,
    /// At the very first start, whether lines already there are read (`start`) or only new ones (`end`, the default).
    #[serde(default)]
    pub from: Begin,
    /// The file that exercises write their lines to, where `follow` is a pattern.
    #[serde(default)]
    pub inject: Option<Name>,
    /// What kind of log this is, where the format alone does not say it.
    #[serde(default)]
    pub logsource: Option<LogsourceEntry>,
}

/// Where to begin in a file that was there before vigie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Begin {
    /// At its first line.
    Start,
    /// Behind its last line.
    #[default]
    End,
}

/// What kind of log a source is, in Sigma's words.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LogsourceEntry {
    /// The kind of activity, such as `webserver`.
    #[serde(default)]
    pub category: Option<String>,
    /// The program or system.
    #[serde(default)]
    pub product: Option<String>,
    /// The part of it.
    #[serde(default)]
    pub service: Option<String>,
}

impl LogsourceEntry {
    /// The same as a log source.
    pub fn said(&self) -> Logsource {
        Logsource {
            category: self.category.iter().cloned().collect(),
            product: self.product.clone(),
            service: self.service.clone(),
        }
    }
}

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

/// What exercises may use: channels, and an address for each person and medium.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DrillEntry {
    /// Channels that exercises may use.
    #[serde(default)]
    pub allow: Vec<Name>,
    /// The only addresses an exercise reaches, by person.
    #[serde(default)]
    pub address: Map<DrillAddress>,
}

/// Where one person is reached in exercises.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DrillAddress {
    /// Mail address.
    #[serde(default)]
    pub mail: Option<Name>,
    /// Mobile number, in international form.
    #[serde(default)]
    pub sms: Option<Name>,
}

/// `people.yaml`: who can be told, and who takes turns.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PeopleFile {
    /// People by name.
    pub people: Map<PersonEntry>,
    /// Rotas by name.
    #[serde(default)]
    pub rotas: Map<RotaEntry>,
}

/// A person.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonEntry {
    /// The name shown to people.
    pub name: Name,
    /// The language of their pages; the site's where it is left out.
    #[serde(default)]
    pub language: Option<Language>,
    /// Mail address.
    #[serde(default)]
    pub mail: Option<Name>,
    /// Mobile number for text messages, in international form.
    #[serde(default)]
    pub sms: Option<Name>,
    /// A number to call by hand.
    #[serde(default)]
    pub phone: Option<Name>,
}

/// A rota.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RotaEntry {
    /// The zone of the hand-over; the site's where it is left out.
    #[serde(default)]
    pub zone: Option<Name>,
    /// When the turn passes on: `mon 08:00` every week, `08:00` every day.
    pub handover: Name,
    /// Who takes turns, in order.
    #[serde(default)]
    pub members: Vec<Name>,
    /// The date from which turns are counted, such as `2026-01-05`: the first member's first turn.
    #[serde(default)]
    pub start: Option<Name>,
    /// Who is told where nobody is on call.
    #[serde(default, rename = "else")]
    pub otherwise: Option<Name>,
}

/// `chains.yaml`: who is told next.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChainsFile {
    /// Chains by name.
    pub chains: Map<ChainEntry>,
}

/// A chain.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChainEntry {
    /// Which alerts take it.
    pub when: When,
    /// Its rungs, from the first.
    pub steps: Vec<Spanned<StepEntry>>,
    /// What happens behind the last rung.
    #[serde(default)]
    pub unanswered: UnansweredEntry,
    /// After this long an acknowledged but unresolved alert is asked about again, or `never`; `2h` if left out.
    #[serde(default)]
    pub reack: Option<Name>,
}

/// Which alerts take a chain.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct When {
    /// Alerts of this level and above, unless another chain asks for a higher level.
    pub level: Spanned<Level>,
}

/// A rung: `notify` somebody, or give somebody something to `declare`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StepEntry {
    /// Whom to tell: a person or a rota.
    #[serde(default)]
    pub notify: Option<Name>,
    /// What to declare, such as `cert-sante`. The authority itself is never contacted by vigie.
    #[serde(default)]
    pub declare: Option<Name>,
    /// Who must declare it: a person or a rota.
    #[serde(default)]
    pub owner: Option<Name>,
    /// How: channels joined by `+` are used together; the next item only if none of the one before was accepted.
    #[serde(default)]
    pub by: Vec<Name>,
    /// How long to wait for an answer, such as `10m`.
    #[serde(default)]
    pub ack: Option<Name>,
}

/// What happens when nobody answered.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UnansweredEntry {
    /// How many more times the chain is climbed.
    #[serde(default)]
    pub repeat: u8,
    /// The channel for the very end; it must be a `folder`.
    #[serde(default)]
    pub then: Option<Name>,
}
