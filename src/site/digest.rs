//! The daily digest, as written and as checked: the part `digest:` of `chains.yaml`.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Deserialize;

use super::checker::Checker;
use super::hours;
use super::name::Name;
use super::ways::Ways;
use crate::alert::chain::Chain;
use crate::alert::digest::Digest;
use crate::base::level::Level;
use crate::finding::chains as finding;
use crate::text::one_or_many::OneOrMany;
use crate::text::source::Span;
use crate::text::spanned::Spanned;

/// Once a day, one message about what woke nobody: what no chain takes, what waits for hours or is held back, what nobody
/// has. No message where there is nothing to tell.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DigestEntry {
    /// When: an hour such as `07:30`, or `mon-fri 07:30` for some days of the week.
    at: Name,
    /// Whom to tell: a person or a rota.
    notify: Name,
    /// By which channels, all at the same time: `mail`, or `mail + sms`.
    #[serde(default)]
    by: Option<Spanned<OneOrMany>>,
}

impl Checker<'_> {
    /// The digest, or nothing where it cannot be one.
    pub(super) fn digest(&mut self, entry: &Spanned<DigestEntry>) -> Option<Digest> {
        let to = self.target(&entry.notify);
        let ways = Ways { span: entry.span, by: entry.by.as_ref(), otherwise: None };
        let by = self.ways(&entry.notify, to.as_ref(), ways).concat();
        let at = hours::moment(&entry.at);
        if at.is_none() {
            self.say(finding::no_digest_hour(&entry.at), entry.at.span);
        }
        let (days, at) = at?;
        Some(Digest { to: to?, by, days, at, zone: self.settings.zone.clone() })
    }

    /// Levels that wake nobody and of which nobody hears once a day either.
    pub(super) fn nobody_hears(&mut self, chains: &[Chain], first: Span) {
        let taken: BTreeSet<Level> = chains.iter().flat_map(|chain| chain.levels.iter().copied()).collect();
        let Some(lowest) = taken.first() else { return };
        // What is for information alone need not reach anybody.
        let unheard = Level::ALL.into_iter().filter(|level| *level >= Level::Low && level < lowest);
        let unheard: Vec<_> = unheard.map(Level::word).collect();
        if !unheard.is_empty() {
            self.say(finding::unheard(unheard.join(", ")), first);
        }
    }
}
