//! A source under `sources:` of `vigie.yaml`, as written and as checked. What is of one kind of source stands with it.

use std::path::Path;

use jiff::SignedDuration;
use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::Deserialize;

use super::identity::time_zone;
use super::name::Name;
use crate::base::duration;
use crate::base::id::SourceName;
use crate::finding::chains::no_duration;
use crate::finding::site::{nameless, no_way, several_ways};
use crate::text::diagnostic::Diagnostic;
use crate::text::source::Source;
use crate::text::spanned::Spanned;
use crate::watch::event::Logsource;
use crate::watch::format::Format;
use crate::watch::source::{self, Beside, Checking, From, Kind, TlsEntry, Writer, every_source};

/// Makes what is written of a source: one key for each row of the table of sources, and what all of them have.
macro_rules! entry {
    ({} $( $(#[$row:meta])+ $key:ident: $file:ident::$kind:ident )*) => {
        /// A source: where lines come from and what they look like.
        #[derive(Debug, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct SourceEntry {
            $(
                $(#[$row])+
                #[serde(default)]
                pub(super) $key: Option<<source::$file::$kind as Kind>::Written>,
            )*
            /// What the lines look like; `auto` looks at the first ones.
            #[serde(default)]
            pub(super) format: Format,
            /// The zone of timestamps that name none; the site's where it is left out.
            #[serde(default)]
            pub(super) zone: Option<Name>,
            /// At the very first start, whether lines already there are read (`start`) or only new ones (`end`, the default).
            #[serde(default)]
            pub(super) from: From,
            /// The file that exercises write their lines to, where `follow` is a pattern.
            #[serde(default)]
            pub(super) inject: Option<Name>,
            /// How the log's own program writes to it. Exercises write their lines only to a log that is appended to: vigie
            /// looks whether it is, and this word stands where it cannot look.
            #[serde(default)]
            pub(super) writer: Option<Writer>,
            /// Of what is received over connections, how much may rest on disk, such as `64MiB`, until what followed from it
            /// is kept. While it is full, senders wait.
            #[serde(default)]
            pub(super) spool: Option<Name>,
            /// Of a line of a log or a message that is received, how much is kept, such as `64KiB`; a longer one is cut,
            /// and says so.
            #[serde(default)]
            pub(super) longest: Option<Name>,
            /// The certificates of a source that listens at `tls://…`.
            #[serde(default)]
            pub(super) tls: Option<TlsEntry>,
            /// How long it may bring no line, such as `1h`, before people are told; for ever where it is left out.
            #[serde(default)]
            pub(super) silent: Option<Name>,
            /// What kind of log this is, where the format alone does not say it.
            #[serde(default)]
            pub(super) logsource: Option<LogsourceEntry>,
        }

        impl SourceEntry {
            /// Where its lines come from, in every way that is written.
            fn ways(&self, at: &mut Checking<'_>) -> Vec<source::Settings> {
                let mut ways = Vec::new();
                $(
                    if let Some(written) = &self.$key {
                        let settings = <source::$file::$kind as Kind>::check(written, at);
                        ways.push(source::Settings::$kind(settings));
                    }
                )*
                ways
            }
        }
    };
}

every_source!(entry! {});

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
            product: self.product.as_deref().map(Into::into),
            service: self.service.as_deref().map(Into::into),
        }
    }
}

/// A source, after checking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceSettings {
    /// Its name.
    pub name: SourceName,
    /// Where its lines come from.
    pub lines: source::Settings,
    /// What they look like.
    pub format: Format,
    /// The zone of timestamps that name none.
    pub zone: TimeZone,
    /// What kind of log it is, where the format alone does not say it.
    pub logsource: Option<Logsource>,
    /// How long it may bring no line before people are told.
    pub silent: Option<SignedDuration>,
}

/// Converts one source, adding every mistake to `found`. Nothing where nothing says where its lines come from.
pub(super) fn check(
    folder: &Path,
    file: &Source,
    (name, entry): (&Spanned<String>, &SourceEntry),
    zone: &TimeZone,
    found: &mut Vec<Diagnostic>,
) -> Option<SourceSettings> {
    let beside = Beside {
        from: entry.from,
        inject: entry.inject.as_ref(),
        writer: entry.writer,
        spool: entry.spool.as_ref(),
        longest: entry.longest.as_ref(),
        tls: entry.tls.as_ref(),
    };
    let mut ways = entry.ways(&mut Checking { folder, source: file, beside, found });
    if ways.len() > 1 {
        found.push(several_ways(name, source::KEYS.join("`, `")).at(file, name.span));
    }
    let lines = ways.pop();
    if lines.is_none() {
        found.push(no_way(name, source::KEYS.join("`, `")).at(file, name.span));
    }
    let logsource = entry.logsource.as_ref().map(LogsourceEntry::said);
    if entry.format == Format::Plain && logsource.as_ref().is_none_or(|said| *said == Logsource::default()) {
        found.push(nameless(name).at(file, name.span));
    }
    let silent = entry.silent.as_ref().and_then(|text| {
        let silent = duration::parse(text).filter(SignedDuration::is_positive);
        if silent.is_none() {
            found.push(no_duration(text).at(file, text.span));
        }
        silent
    });
    Some(SourceSettings {
        name: SourceName(name.value.clone()),
        lines: lines?,
        format: entry.format,
        zone: entry.zone.as_ref().and_then(|zone| time_zone(file, zone, found)).unwrap_or_else(|| zone.clone()),
        logsource,
        silent,
    })
}
