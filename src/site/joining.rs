//! What makes several detections one alert: the part `alerts:` of `vigie.yaml`.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use schemars::JsonSchema;
use serde::Deserialize;

use super::name::Name;
use crate::alert::Joining;
use crate::base::duration;
use crate::base::tie::{Tie, TieKind};
use crate::finding::site::{names_nothing, no_span};
use crate::text::diagnostic::Diagnostic;
use crate::text::source::Source;
use crate::text::spanned::Spanned;

/// What makes several detections one alert.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct JoiningEntry {
    /// What they must share: any of these. All three where it is left out; `[]` for nothing.
    #[serde(default)]
    join_by: Option<Vec<Spanned<TieKind>>>,
    /// Within which time, such as `1h`.
    #[serde(default)]
    within: Option<Name>,
    /// Within which time detections of one rule are one alert even where they share nothing, such as `10m`.
    #[serde(default)]
    same_rule: Option<Name>,
    /// Machines, accounts and addresses that everybody shares, and that therefore join nothing: a proxy, a jump host, a
    /// domain controller.
    #[serde(default)]
    shared: Vec<Name>,
}

/// The longest time that can join.
const LONGEST: SignedDuration = SignedDuration::from_hours(24);

pub(super) fn check(source: &Source, entry: &JoiningEntry, found: &mut Vec<Diagnostic>) -> Joining {
    let usual = Joining::default();
    let mut span = |written: &Option<Name>, usual| {
        let Some(written) = written else { return usual };
        let read = duration::parse(written).filter(|span| !span.is_negative() && *span <= LONGEST);
        read.unwrap_or_else(|| {
            found.push(no_span(written).at(source, written.span));
            usual
        })
    };
    let (within, same_rule) = (span(&entry.within, usual.within), span(&entry.same_rule, usual.same_rule));
    let by = entry.join_by.as_ref().map(|kinds| kinds.iter().map(|kind| kind.value).collect());
    let mut shared = BTreeSet::new();
    for name in &entry.shared {
        // Whoever writes a name need not say of what kind it is.
        let kinds = [TieKind::Machine, TieKind::Account, TieKind::Address];
        let ties: Vec<Tie> = kinds.into_iter().filter_map(|kind| Tie::of(kind, name)).collect();
        if ties.is_empty() {
            found.push(names_nothing(name).at(source, name.span));
        }
        shared.extend(ties);
    }
    Joining { by: by.unwrap_or(usual.by), within, same_rule, shared }
}
