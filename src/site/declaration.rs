//! What a chain gives people to declare, as written.

use jiff::SignedDuration;
use schemars::JsonSchema;
use serde::Deserialize;

use super::checker::Checker;
use super::name::Name;
use super::ways::Ways;
use crate::alert::chain::{Step, StepKind};
use crate::text::one_or_many::OneOrMany;
use crate::text::spanned::Spanned;

/// Something to declare, and who must do it. The authority itself is never contacted by vigie.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DeclarationEntry {
    /// What to declare, such as `cert-sante`.
    what: Name,
    /// Who must declare it: a person or a rota.
    who: Name,
    /// By which channels they are told, all at the same time: `mail`, or `mail + sms`.
    #[serde(default)]
    by: Option<Spanned<OneOrMany>>,
    /// The channel to use where none of those took the message within a minute; of several, one after the other.
    #[serde(default)]
    if_undelivered: Option<Spanned<OneOrMany>>,
}

impl Checker<'_> {
    /// One declaration, or nothing where it cannot be one.
    pub(super) fn declaration(&mut self, entry: &Spanned<DeclarationEntry>) -> Option<Step> {
        let duty = self.duty(&entry.what);
        let to = self.target(&entry.who);
        let ways = Ways { span: entry.span, by: entry.by.as_ref(), otherwise: entry.if_undelivered.as_ref() };
        let by = self.ways(&entry.who, to.as_ref(), ways);
        Some(Step { to: to?, kind: StepKind::Declare(duty?), by, ack: SignedDuration::ZERO, hours: None })
    }
}
