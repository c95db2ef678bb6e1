//! What happened to an alert, a sentence for each entry of the ledger.

use crate::api::{AlertFact, ChainFact, DutyFact, Fact};
use crate::base::language::Text;
use crate::words::level::level;
use crate::words::story as words;

/// What a fact says of its alert; nothing for what only changes with another that is told.
pub(super) fn of(fact: &Fact) -> Option<Text> {
    Some(match fact {
        Fact::Alert(fact) => return of_alert(fact),
        Fact::Chain(fact) => return of_chain(fact),
        Fact::Duty(DutyFact::Given { duty: what, owner, .. }) => words::duty(what, owner),
        _ => return None,
    })
}

fn of_alert(fact: &AlertFact) -> Option<Text> {
    Some(match fact {
        AlertFact::Raised { .. } => words::raised(),
        AlertFact::Joined { number, .. } => words::joined(number),
        AlertFact::Graver { level: new, .. } => words::graver(level(*new)),
        AlertFact::Reopened { .. } => words::reopened(),
        AlertFact::Qualified { said, .. } => words::qualified(&said.by, said.verdict.said()),
        AlertFact::Split { into, by, .. } => words::split(by, into),
        AlertFact::Erratum { by, text, .. } => words::erratum(by, text),
        AlertFact::Resolved { by, reason: Some(why), .. } => words::resolved_why(by, why),
        AlertFact::Resolved { by, .. } => words::resolved(by),
        AlertFact::StandsForOthers { .. } => return None,
    })
}

fn of_chain(fact: &ChainFact) -> Option<Text> {
    Some(match fact {
        ChainFact::StepReached { step: number, person, round: 1, .. } => words::step(number, person),
        ChainFact::StepReached { step: number, person, round, .. } => words::step_again(number, person, round),
        ChainFact::StepSkipped { step: number, why, .. } => words::skipped(number, why.said()),
        ChainFact::StepUnanswered { step: number, person, .. } => words::unanswered(number, person),
        ChainFact::Acked { by, .. } => words::acked(by),
        ChainFact::Escalated { .. } => words::escalated(),
        ChainFact::ReackAsked { of, .. } => words::asked_again(of),
        ChainFact::ReackUnanswered { of, .. } => words::no_answer(of),
        ChainFact::HandedOn { to, .. } => words::handed(to),
        ChainFact::Snoozed { by, .. } => words::snoozed(by),
        ChainFact::Waits { .. } => words::waits(),
        ChainFact::Exhausted { .. } => words::exhausted(),
        ChainFact::Graver { .. } | ChainFact::Resolved { .. } | ChainFact::Replaced { .. } => return None,
    })
}
