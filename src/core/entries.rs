//! How facts are written in the ledger: a kind, and the particulars as JSON.

use serde_json::{Value, json};

use crate::alert::chain::Fact;
use crate::base::id::AlertId;

/// The entry for a fact about the climb of `alert`.
pub(super) fn fact_entry(alert: AlertId, fact: &Fact) -> (&'static str, Value) {
    let alert = alert.to_string();
    // Rungs and laps are counted from 1 for people.
    match fact {
        Fact::StepReached { lap, step, person } => {
            ("chain.step_reached", json!({"alert": alert, "lap": lap + 1, "step": step + 1, "person": person}))
        }
        Fact::StepSkipped { lap, step, why } => {
            ("chain.step_skipped", json!({"alert": alert, "lap": lap + 1, "step": step + 1, "why": why.to_string()}))
        }
        Fact::StepUnanswered { lap, step, person } => {
            ("chain.step_unanswered", json!({"alert": alert, "lap": lap + 1, "step": step + 1, "person": person}))
        }
        Fact::Acked { by } => ("chain.acked", json!({"alert": alert, "by": by})),
        Fact::ReackAsked { of } => ("chain.reack_asked", json!({"alert": alert, "of": of})),
        Fact::ReackUnanswered { of } => ("chain.reack_unanswered", json!({"alert": alert, "of": of})),
        Fact::DutyGiven { duty, owner } => ("duty.given", json!({"alert": alert, "duty": duty, "owner": owner})),
        Fact::Exhausted => ("chain.exhausted", json!({"alert": alert})),
        Fact::Resolved => ("chain.resolved", json!({"alert": alert})),
    }
}
