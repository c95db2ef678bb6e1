//! The words of what a running daemon tells of by itself. What concerns only the ledger has none.

use jiff::SignedDuration;

use crate::api::{
    ChainFact, ClockFact, CoreFact, Fact, LedgerFact, LostDrill, PageFact, RulesFact, SourceFact, StoreFact, Told,
};
use crate::api::{WhyLost, WhyReplaced};
use crate::base::language::Text;
use crate::daemon::Notice;
use crate::drill::play;
use crate::words::misfit::misfit;
use crate::words::time::Lasted;
use crate::words::{ledger, mishap, notice as words, socket, store as of_store};

/// What is said of a notice, each sentence on a line of its own.
pub(super) fn said(notice: &Notice) -> Vec<Text> {
    match notice {
        // The facilitator needs what it says all the same.
        Notice::CardLost { drill, path, why, text } => {
            let lost = words::card_lost(drill, path.display(), why);
            std::iter::once(lost).chain(text.lines().map(|line| words::card_line(drill, line))).collect()
        }
        notice => sentence(notice).into_iter().collect(),
    }
}

fn sentence(notice: &Notice) -> Option<Text> {
    match notice {
        Notice::Fact(told) => fact(told),
        Notice::ChannelShut { channel, why } => Some(words::channel_shut(channel, why)),
        Notice::Open { path, mode, why } => {
            let (path, mode) = (path.display(), format!("{mode:o}"));
            Some(match why {
                None => socket::tightened(path, mode),
                Some(why) => socket::left_open(path, mode, why),
            })
        }
        Notice::Card { drill, path } => Some(words::card(drill, path.display())),
        Notice::CardLost { .. } => None,
    }
}

fn fact(told: &Told) -> Option<Text> {
    match &told.fact {
        Fact::Chain(ChainFact::Replaced { alert, from, to, why }) => {
            let why = replaced(*why);
            Some(match to {
                Some(to) => words::chain_replaced(alert, from, why, to),
                None => words::chain_gone(alert, from, why),
            })
        }
        Fact::Page(fact) => page(fact),
        Fact::Drill(play::Fact::Ended { .. }) => told.realm.drill().map(words::drill_over),
        Fact::DrillItself(LostDrill::Lost { drill, why }) => Some(words::drill_lost(drill, lost(*why))),
        Fact::Source(fact) => Some(source(fact)),
        Fact::Clock(ClockFact::SetBack { seconds }) => Some(words::clock_set_back(lasted(*seconds))),
        Fact::Clock(ClockFact::SetForward { seconds }) => Some(words::clock_set_forward(lasted(*seconds))),
        Fact::Ledger(LedgerFact::Broken { entry, what }) => Some(ledger::broken_at(entry, ledger::fault(*entry, what))),
        Fact::Store(fact) => Some(store(fact)),
        Fact::Rules(RulesFact::Reloaded(reloaded)) => Some(words::reloaded(super::answer::taken_up(reloaded))),
        Fact::Rules(RulesFact::Refused { reasons }) => {
            Some(words::not_reloaded(u64::try_from(*reasons).unwrap_or(u64::MAX)))
        }
        Fact::Rules(RulesFact::Evicted { windows, kept }) => Some(words::evicted(windows, kept)),
        Fact::Core(CoreFact::Inconsistent { what, of }) => Some(words::inconsistent(what, of)),
        Fact::Alert(_)
        | Fact::Silence(_)
        | Fact::Chain(_)
        | Fact::Duty(_)
        | Fact::Drill(_)
        | Fact::Scan(_)
        | Fact::Ledger(_) => None,
    }
}

fn lasted(seconds: i64) -> Lasted {
    Lasted(SignedDuration::from_secs(seconds))
}

fn page(fact: &PageFact) -> Option<Text> {
    match fact {
        PageFact::Delayed { page, to, channel, why } => Some(words::page_delayed(page, to, channel, why)),
        PageFact::Failed(end) if end.r#for.is_none() => {
            Some(words::page_not_sent(end.page, &end.to, &end.channel, &end.proof))
        }
        PageFact::Failed(end) => Some(words::page_failed(end.page, &end.to, &end.channel, &end.proof)),
        PageFact::Owed { .. } | PageFact::Spooled { .. } | PageFact::Accepted(_) | PageFact::Cancelled(_) => None,
    }
}

fn source(fact: &SourceFact) -> Text {
    match fact {
        SourceFact::Trouble { source, file, what, remedy } => words::source_trouble(source, file, what, remedy),
        SourceFact::Picked { source, format } => words::source_picked(source, format),
        SourceFact::Misread { source, format, why } => words::source_misread(source, format, misfit(why)),
        SourceFact::Ahead { source, seconds } => words::source_ahead(source, seconds),
    }
}

fn store(fact: &StoreFact) -> Text {
    match fact {
        StoreFact::PutBack {} => words::store_put_back(),
        StoreFact::Trouble { why, cause } => words::store_trouble(of_store::cause(*cause), why),
        StoreFact::Well {} => words::store_well(),
        StoreFact::Omitted { entries } => words::entries_omitted(*entries),
        StoreFact::SetAside { file, why, tables, .. } => mishap::told_set_aside(file, why, mishap::lost(tables)),
        StoreFact::Gone { .. } => mishap::told_gone(),
        StoreFact::Rows { table, rows } => mishap::told_rows(*rows, table),
        StoreFact::Unreadable { alert } => words::alert_unreadable(alert),
    }
}

fn replaced(why: WhyReplaced) -> Text {
    match why {
        WhyReplaced::Unreadable => words::replaced_unreadable(),
        WhyReplaced::Gone => words::replaced_gone(),
        WhyReplaced::WentOn => words::replaced_went_on(),
    }
}

fn lost(why: WhyLost) -> Text {
    match why {
        WhyLost::Row => words::lost_row(),
        WhyLost::Playbook => words::lost_playbook(),
    }
}
