//! What can be said of a source in vigie.yaml beside where its lines come from.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::text::spanned::Spanned;

/// What can be said of a source beside where it comes from.
#[derive(Debug, Clone, Copy)]
pub struct Beside<'a> {
    /// Where to begin.
    pub(crate) from: From,
    /// The file that exercises write to.
    pub(crate) inject: Option<&'a Spanned<String>>,
    /// How the log's own program writes to it.
    pub(crate) writer: Option<Writer>,
    /// How much of what is received may rest on disk.
    pub(crate) spool: Option<&'a Spanned<String>>,
    /// How much of a line or a message is kept.
    pub(crate) longest: Option<&'a Spanned<String>>,
    /// The certificates of whoever listens.
    pub(crate) tls: Option<&'a TlsEntry>,
}

/// Where to begin in what is there when a source is read for the first time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum From {
    /// At their first line.
    Start,
    /// After their last line.
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

/// The certificates of whoever listens at `tls://…`, as files in PEM form.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TlsEntry {
    /// What vigie shows to senders, followed by those that vouch for it.
    pub(crate) certificate: Spanned<String>,
    /// Its key.
    pub(crate) key: Spanned<String>,
    /// Those that vouch for senders: whoever shows no certificate of theirs is refused. Anybody may send where it is left
    /// out.
    #[serde(default)]
    pub(crate) clients: Option<Spanned<String>>,
}
