//! `vigie.yaml`, checked: sources that can be followed, channels that can be opened, addresses exercises may use.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use jiff::tz::TimeZone;

use super::people::{UNKNOWN_PERSON, mail_address, phone_number, shown_name, time_zone};
use super::written::{Begin, ChannelEntry, LogsourceEntry, SiteFile, SourceEntry, Tls};
use crate::alert::channel::{self, SecretPlace, file, mail, sms};
use crate::alert::oncall::{Person, Roster};
use crate::alert::page::{Address, AllowList, Medium};
use crate::base::id::{ChannelName, PersonId, SourceName};
use crate::base::language::Language;
use crate::text::diagnostic::{Code, Diagnostic, suggest};
use crate::text::source::Source;
use crate::text::spanned::Spanned;
use crate::watch::event::Logsource;
use crate::watch::format::Format;

/// A source that cannot be followed as written.
pub const SOURCE: Code = Code("V101");
/// A channel of no kind, or of two.
pub const CHANNEL_KIND: Code = Code("V104");
/// A mail channel that cannot work as written.
pub const MAIL_CHANNEL: Code = Code("V105");
/// A key that belongs to another kind of channel.
pub const STRAY_KEY: Code = Code("V106");
/// A channel for exercises that does not exist.
pub const DRILL_CHANNEL: Code = Code("V107");
/// A rule set that cannot be read.
pub const RULE_SET: Code = Code("V108");
/// A set of playbooks that cannot be read.
pub const PLAYBOOK_SET: Code = Code("V110");
/// A pipeline that is not there.
pub const PIPELINE: Code = Code("V112");
/// A site that watches nothing.
pub const NO_SOURCE: Code = Code("V111");
/// A source of which nothing says what kind of log it is.
pub const NAMELESS: Code = Code("V113");
/// A password written where everybody can read it.
pub const PASSWORD: Code = Code("V109");

/// What `vigie.yaml` says.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The hospital's name.
    pub name: String,
    /// The language of whoever has not their own.
    pub language: Language,
    /// The hospital's time zone.
    pub zone: TimeZone,
    /// The folder of vigie's own state.
    pub state: PathBuf,
    /// Where rules come from.
    pub rules: Vec<RuleSet>,
    /// Files of processing pipelines, which change the rules.
    pub pipelines: Vec<PathBuf>,
    /// Lists of values that rules speak of as `%name%`.
    pub lists: BTreeMap<String, Vec<String>>,
    /// Where playbooks come from; nothing for the shipped ones.
    pub playbooks: Vec<Option<PathBuf>>,
    /// Where lines come from.
    pub sources: Vec<SourceSettings>,
    /// How people are reached.
    pub channels: BTreeMap<ChannelName, channel::Settings>,
    /// What exercises may use, and the only addresses they reach.
    pub allow: AllowList,
}

/// A set of detection rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RuleSet {
    /// The pack inside vigie.
    Builtin,
    /// A folder, searched with its subfolders.
    Folder(PathBuf),
}

/// A source to follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceSettings {
    /// Its name.
    pub name: SourceName,
    /// Absolute path or pattern.
    pub pattern: String,
    /// What its lines look like.
    pub format: Format,
    /// The zone of timestamps that name none.
    pub zone: TimeZone,
    /// Where to begin at the very first start.
    pub from: Begin,
    /// The file that exercises write to.
    pub inject: Option<PathBuf>,
    /// What kind of log it is, where the format alone does not say it.
    pub logsource: Option<Logsource>,
}

impl Settings {
    /// Whether `channel` has an address for `person`.
    pub fn reaches(&self, channel: &ChannelName, person: &Person) -> bool {
        match self.channels.get(channel).map(channel::Settings::medium) {
            Some(Medium::Mail) => person.mail.is_some(),
            Some(Medium::Sms) => person.sms.is_some(),
            Some(Medium::Folder) => true,
            None => false,
        }
    }
}

/// Converts `vigie.yaml` but for its part on exercises, adding every mistake to `found`.
pub(super) fn check(folder: &Path, source: &Source, file: &SiteFile, found: &mut Vec<Diagnostic>) -> Settings {
    shown_name(source, &file.site.name, found);
    let zone = file.site.zone.as_ref().and_then(|zone| time_zone(source, zone, found));
    let zone = zone.unwrap_or_else(TimeZone::system);
    if file.sources.is_empty() {
        found.push(
            Diagnostic::warning(NO_SOURCE, source, file.site.name.span, "this site has no source: nothing is watched")
                .help("add a log under `sources:`, such as `pacs: {follow: /var/log/orthanc/Orthanc.log}`"),
        );
    }
    let within = |path: &str| folder.join(path);
    let channels: BTreeMap<ChannelName, channel::Settings> = file
        .channels
        .iter()
        .filter_map(|(name, entry)| {
            let settings = ChannelCheck { folder, source, name, entry, found }.settings()?;
            Some((ChannelName(name.value.clone()), settings))
        })
        .collect();
    Settings {
        name: file.site.name.value.clone(),
        language: file.site.language,
        state: file.state.as_ref().map_or_else(|| within("state"), |path| within(path)),
        rules: rule_sets(folder, source, file, found),
        pipelines: pipelines(folder, source, file, found),
        lists: lists(file),
        playbooks: playbook_sets(folder, source, file, found),
        sources: file
            .sources
            .iter()
            .map(|(name, entry)| source_settings(folder, source, name, entry, &zone, found))
            .collect(),
        allow: allow_list(source, file, &channels, found),
        channels,
        zone,
    }
}

fn rule_sets(folder: &Path, source: &Source, file: &SiteFile, found: &mut Vec<Diagnostic>) -> Vec<RuleSet> {
    if file.rules.is_empty() {
        return vec![RuleSet::Builtin];
    }
    let mut sets = Vec::new();
    for name in &file.rules {
        if name.value == "builtin:health" {
            sets.push(RuleSet::Builtin);
            continue;
        }
        let path = folder.join(&name.value);
        if name.starts_with("builtin:") || !path.is_dir() {
            let message = if name.starts_with("builtin:") {
                format!("there is no rule set `{}` inside vigie", name.value)
            } else {
                format!("the rule folder {} is not there", path.display())
            };
            found.push(
                Diagnostic::error(RULE_SET, source, name.span, message)
                    .help("write `builtin:health`, or a folder of rule files"),
            );
            continue;
        }
        sets.push(RuleSet::Folder(path));
    }
    sets
}

fn pipelines(folder: &Path, source: &Source, file: &SiteFile, found: &mut Vec<Diagnostic>) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    for name in &file.pipelines {
        let path = folder.join(&name.value);
        if name.is_empty() || !path.is_file() {
            let message = format!("the pipeline {} is not there", path.display());
            let help = "write the path of a pipeline file, such as pipelines/ecs.yml";
            found.push(Diagnostic::error(PIPELINE, source, name.span, message).help(help));
            continue;
        }
        paths.push(path);
    }
    paths
}

fn lists(file: &SiteFile) -> BTreeMap<String, Vec<String>> {
    let values = |values: &[Spanned<String>]| values.iter().map(|value| value.value.clone()).collect();
    file.lists.iter().map(|(name, list)| (name.value.clone(), values(list))).collect()
}

fn playbook_sets(folder: &Path, source: &Source, file: &SiteFile, found: &mut Vec<Diagnostic>) -> Vec<Option<PathBuf>> {
    if file.playbooks.is_empty() {
        let own = folder.join("playbooks");
        return std::iter::once(None).chain(own.is_dir().then_some(Some(own))).collect();
    }
    let mut sets = Vec::new();
    for name in &file.playbooks {
        let path = folder.join(&name.value);
        if name.value == "builtin" {
            sets.push(None);
        } else if path.is_dir() {
            sets.push(Some(path));
        } else {
            let message = format!("the playbook folder {} is not there", path.display());
            found.push(
                Diagnostic::error(PLAYBOOK_SET, source, name.span, message)
                    .help("write `builtin`, or a folder of playbooks"),
            );
        }
    }
    sets
}

fn source_settings(
    folder: &Path,
    source: &Source,
    name: &Spanned<String>,
    entry: &SourceEntry,
    zone: &TimeZone,
    found: &mut Vec<Diagnostic>,
) -> SourceSettings {
    let pattern = folder.join(&entry.follow.value).display().to_string();
    let is_pattern = entry.follow.contains(['*', '?', '[']);
    if let (true, Err(error)) = (is_pattern, glob::Pattern::new(&pattern)) {
        let message = format!("\"{}\" is not a pattern: {}", entry.follow.value, error.msg);
        found.push(
            Diagnostic::error(SOURCE, source, entry.follow.span, message)
                .help("`*` stands for any letters of a file name"),
        );
    }
    if entry.follow.is_empty() {
        found.push(
            Diagnostic::error(SOURCE, source, entry.follow.span, "`follow` names no file")
                .help("write the path of a log"),
        );
    }
    if !entry.follow.is_empty() && Path::new(&pattern).is_dir() {
        let message = format!("`follow` names the folder {pattern}");
        found.push(
            Diagnostic::error(SOURCE, source, entry.follow.span, message)
                .help("name a log in it, or all of them with `*.log`"),
        );
    }
    let logsource = entry.logsource.as_ref().map(LogsourceEntry::said);
    if entry.format == Format::Plain && logsource.as_ref().is_none_or(|said| *said == Logsource::default()) {
        let message = format!("nothing says what kind of log `{}` is, so it feeds hardly any rule", name.value);
        found.push(
            Diagnostic::warning(NAMELESS, source, name.span, message)
                .help("say what its rules ask for, such as `logsource: {product: dpi}`: plain lines do not tell"),
        );
    }
    let inject = match &entry.inject {
        Some(path) => Some(folder.join(&path.value)),
        None => (!is_pattern).then(|| PathBuf::from(&pattern)),
    };
    SourceSettings {
        name: SourceName(name.value.clone()),
        pattern,
        format: entry.format,
        zone: entry.zone.as_ref().and_then(|zone| time_zone(source, zone, found)).unwrap_or_else(|| zone.clone()),
        from: entry.from,
        inject,
        logsource,
    }
}

struct ChannelCheck<'a> {
    folder: &'a Path,
    source: &'a Source,
    name: &'a Spanned<String>,
    entry: &'a ChannelEntry,
    found: &'a mut Vec<Diagnostic>,
}

impl ChannelCheck<'_> {
    fn settings(mut self) -> Option<channel::Settings> {
        let entry = self.entry;
        match (&entry.smtp, &entry.spool, &entry.folder) {
            (Some(smtp), None, None) => {
                self.stray_rate();
                self.mail(smtp)
            }
            (None, Some(spool), None) => {
                self.stray_mail_keys("spool");
                let rate = entry.rate.as_ref().and_then(|rate| self.parsed(rate));
                Some(channel::Settings::Sms(sms::Settings { spool: self.folder.join(&spool.value), rate }))
            }
            (None, None, Some(folder)) => {
                self.stray_mail_keys("folder");
                self.stray_rate();
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

/// The channels and addresses that exercises may use.
fn allow_list(
    source: &Source,
    file: &SiteFile,
    channels: &BTreeMap<ChannelName, channel::Settings>,
    found: &mut Vec<Diagnostic>,
) -> AllowList {
    let mut allow = AllowList::nobody();
    for name in &file.drills.allow {
        if file.channels.keys().any(|channel| channel.value == name.value) {
            let channel = ChannelName(name.value.clone());
            // A channel with mistakes of its own is reported elsewhere.
            if let Some(settings) = channels.get(&channel) {
                allow.allow(channel, settings.medium());
            }
            continue;
        }
        let known: Vec<&str> = file.channels.keys().map(|channel| channel.value.as_str()).collect();
        let message = format!("there is no channel `{}`", name.value);
        found.push(Diagnostic::error(DRILL_CHANNEL, source, name.span, message).maybe_help(suggest(name, known)));
    }
    for (person, entry) in &file.drills.address {
        let id = PersonId(person.value.clone());
        if let Some(mail) = entry.mail.as_ref().and_then(|mail| mail_address(source, mail, found)) {
            allow.list(id.clone(), Address::Mail(mail));
        }
        if let Some(number) = entry.sms.as_ref().and_then(|number| phone_number(source, number, found)) {
            allow.list(id, Address::Sms(number));
        }
    }
    allow
}

/// Checks that the people who have an address for exercises exist.
pub(super) fn check_drills(source: &Source, file: &SiteFile, roster: &Roster, found: &mut Vec<Diagnostic>) {
    for name in file.drills.address.keys() {
        if !roster.people.contains_key(&PersonId(name.value.clone())) {
            let known: Vec<&str> = roster.people.keys().map(PersonId::as_str).collect();
            let message = format!("nobody called `{}` is in people.yaml", name.value);
            found.push(Diagnostic::error(UNKNOWN_PERSON, source, name.span, message).maybe_help(suggest(name, known)));
        }
    }
}
