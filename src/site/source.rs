//! A source under `sources:` of `vigie.yaml`: a log to follow, as written and as checked.

use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::Deserialize;

use super::identity::time_zone;
use super::name::Name;
use crate::alert::channel::Checking;
use crate::base::id::SourceName;
use crate::finding::site::{folder_followed, nameless, no_file_followed, no_pattern};
use crate::text::spanned::Spanned;
use crate::watch::event::Logsource;
use crate::watch::format::Format;

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
    /// How the log's own program writes to it. Exercises write their lines only to a log that is appended to: vigie looks
    /// whether it is, and this word stands where it cannot look.
    #[serde(default)]
    pub writer: Option<Writer>,
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

/// How a program writes to its log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Writer {
    /// Behind whatever stands there (`O_APPEND`), as most do.
    Appends,
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
    /// How its program writes to it, where the site says so.
    pub writer: Option<Writer>,
    /// What kind of log it is, where the format alone does not say it.
    pub logsource: Option<Logsource>,
}

/// Converts one source, adding every mistake to `found`.
pub(super) fn check(
    name: &Spanned<String>,
    entry: &SourceEntry,
    zone: &TimeZone,
    at: &mut Checking<'_>,
) -> SourceSettings {
    let pattern = at.folder.join(&entry.follow.value).display().to_string();
    let is_pattern = entry.follow.contains(['*', '?', '[']);
    if let (true, Err(error)) = (is_pattern, glob::Pattern::new(&pattern)) {
        at.found.push(no_pattern(&entry.follow, error.msg).at(at.source, entry.follow.span));
    }
    if entry.follow.is_empty() {
        at.found.push(no_file_followed().at(at.source, entry.follow.span));
    }
    if !entry.follow.is_empty() && Path::new(&pattern).is_dir() {
        at.found.push(folder_followed(&pattern).at(at.source, entry.follow.span));
    }
    let logsource = entry.logsource.as_ref().map(LogsourceEntry::said);
    if entry.format == Format::Plain && logsource.as_ref().is_none_or(|said| *said == Logsource::default()) {
        at.found.push(nameless(name).at(at.source, name.span));
    }
    let inject = match &entry.inject {
        Some(path) => Some(at.folder.join(&path.value)),
        None => (!is_pattern).then(|| PathBuf::from(&pattern)),
    };
    SourceSettings {
        name: SourceName(name.value.clone()),
        pattern,
        format: entry.format,
        zone: entry.zone.as_ref().and_then(|zone| time_zone(at.source, zone, at.found)).unwrap_or_else(|| zone.clone()),
        from: entry.from,
        inject,
        writer: entry.writer,
        logsource,
    }
}
