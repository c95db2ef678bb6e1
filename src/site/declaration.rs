//! What a chain gives people to declare, as written.

use jiff::SignedDuration;
use schemars::JsonSchema;
use serde::Deserialize;

use super::checker::Checker;
use super::declared::Declared;
use super::name::Name;
use super::ways::Ways;
use crate::alert::chain::{Step, StepKind};
use crate::alert::duty::{Duty, From, Status, find};
use crate::finding::duty as finding;
use crate::text::one_or_many::OneOrMany;
use crate::text::source::Span;
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

    /// Whether a duty binds anybody here; what speaks against it is said.
    pub(super) fn binding(&mut self, duty: &'static Duty, span: Span) -> bool {
        let refusal = match duty.status {
            Status::Pending => Some(finding::pending(&duty.id)),
            Status::Repealed => Some(finding::repealed(&duty.id)),
            Status::InForce | Status::Unverified => None,
        };
        let here = &self.settings.country;
        if let Some(refusal) = refusal {
            self.say(refusal, span);
        } else if duty.country != *here {
            self.say(finding::of_elsewhere(&duty.id, &duty.country, here), span);
        }
        let stale = match duty.checked_on() {
            Some(day) => finding::checked_long_ago(&duty.id, day),
            None => finding::never_checked(&duty.id),
        };
        self.declared.push(Declared { duty, stale: stale.at(self.source, span) });
        duty.status.binds()
    }

    /// What counts from another duty needs that one on the same chain.
    pub(super) fn counted_from_there(&mut self, steps: &[Step], span: Span) {
        let given = |step: &Step| match &step.kind {
            StepKind::Declare(duty) => Some(duty.clone()),
            StepKind::Notify => None,
        };
        let given: Vec<_> = steps.iter().filter_map(given).collect();
        for duty in given.iter().filter_map(|duty| find(duty.as_str())) {
            if let From::Done(other) = &duty.clock.from
                && !given.contains(other)
            {
                self.say(finding::counts_from(&duty.id, other), span);
            }
        }
    }
}
