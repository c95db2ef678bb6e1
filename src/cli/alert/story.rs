//! What happened to an alert, a sentence for each entry of the ledger. Whoever did something stands there with the account
//! of this machine by which they did it.

use crate::alert::page::words::{muted_by, unmuted_why};
use crate::api::{AlertFact, ChainFact, DoneBy, DutyFact, EntryView, Fact, LedgerFact};
use crate::base::language::Text;
use crate::words::exercise::as_it_is;
use crate::words::level::level;
use crate::words::story as words;

/// What an entry says of its alert; nothing for what only changes with another that is told.
pub(in crate::cli) fn of(entry: &EntryView) -> Option<Text> {
    let fact = Fact::read(&entry.kind, &entry.body.to_string())?;
    let by = entry.done_by();
    let by = by.as_ref();
    match &fact {
        Fact::Alert(fact) => of_alert(fact, by),
        Fact::Chain(fact) => of_chain(fact, by),
        Fact::Duty(fact) => of_duty(fact, by),
        Fact::Ledger(LedgerFact::Note { by: writer, text, .. }) => Some(words::note(who(writer, by), text)),
        Fact::Ledger(LedgerFact::Erased { by: who_did, reason, .. }) => Some(words::erased(who(who_did, by), reason)),
        _ => None,
    }
}

/// Somebody, with the account by which they did it, where that is kept.
fn who(who: impl crate::words::Said, by: Option<&DoneBy>) -> Text {
    match by {
        Some(DoneBy { account, as_said: true }) => words::as_said(who, account),
        Some(DoneBy { account, as_said: false }) => words::with_account(who, account),
        None => as_it_is(who),
    }
}

fn of_alert(fact: &AlertFact, done: Option<&DoneBy>) -> Option<Text> {
    Some(match fact {
        AlertFact::Raised { .. } => who(words::raised(), done),
        AlertFact::Joined { number, .. } => words::joined(number),
        AlertFact::Graver { level: new, .. } => words::graver(level(*new)),
        AlertFact::Reopened { .. } => words::reopened(),
        AlertFact::Muted { muted, .. } => words::muted(muted_by(&muted.by)),
        AlertFact::Unmuted { why, .. } => words::unmuted(unmuted_why(*why)),
        AlertFact::Qualified { said, .. } => words::qualified(who(&said.by, done), said.verdict.said()),
        AlertFact::Split { into, by, .. } => words::split(who(by, done), into),
        AlertFact::Ticked { by, gesture, .. } => words::ticked(who(by, done), gesture),
        AlertFact::Unticked { by, gesture, .. } => words::unticked(who(by, done), gesture),
        AlertFact::Erratum { by, text, .. } => words::erratum(who(by, done), text),
        AlertFact::Resolved { by, reason: Some(why), .. } => words::resolved_why(who(by, done), why),
        AlertFact::Resolved { by, .. } => words::resolved(who(by, done)),
        AlertFact::StandsForOthers { .. } => return None,
    })
}

fn of_duty(fact: &DutyFact, done: Option<&DoneBy>) -> Option<Text> {
    Some(match fact {
        DutyFact::Given { duty: what, owner, .. } => words::duty(what, owner),
        DutyFact::Reminded { duty: what, owner, .. } => words::duty_again(what, owner),
        DutyFact::Unheard { duty: what, .. } => words::duty_unheard(what),
        DutyFact::Done { duty: what, by, receipt, .. } => words::duty_done(what, who(by, done), receipt),
        DutyFact::NotDue { duty: what, by, reason, .. } => words::duty_not_due(what, who(by, done), reason),
        DutyFact::Withdrawn { duty: what, .. } => words::duty_withdrawn(what),
        DutyFact::Unreadable { .. } => return None,
    })
}

fn of_chain(fact: &ChainFact, done: Option<&DoneBy>) -> Option<Text> {
    Some(match fact {
        ChainFact::StepReached { step: number, person, round: 1, .. } => words::step(number, person),
        ChainFact::StepReached { step: number, person, round, .. } => words::step_again(number, person, round),
        ChainFact::StepSkipped { step: number, why, .. } => words::skipped(number, why.said()),
        ChainFact::StepUnanswered { step: number, person, .. } => words::unanswered(number, person),
        ChainFact::Acked { by, .. } => words::acked(who(by, done)),
        ChainFact::Escalated { .. } => who(words::escalated(), done),
        ChainFact::ReackAsked { of, .. } => words::asked_again(of),
        ChainFact::ReackUnanswered { of, .. } => words::no_answer(of),
        ChainFact::Relieved { of, by, .. } => words::relieved(of, by),
        ChainFact::HandedOn { to, .. } => who(words::handed(to), done),
        ChainFact::Snoozed { by, .. } => words::snoozed(who(by, done)),
        ChainFact::Waits { .. } => words::waits(),
        ChainFact::Exhausted { .. } => words::exhausted(),
        ChainFact::Graver { .. } | ChainFact::Resolved { .. } | ChainFact::Replaced { .. } => return None,
    })
}
