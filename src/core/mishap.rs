//! What is told of a store that could not be used as it was: the ledger keeps it, and people hear of it by an alert that
//! somebody has to end.

use crate::alert::Ailment;
use crate::api::StoreFact;
use crate::base::language::Text;
use crate::base::level::Level;
use crate::store::{Losses, Mishap};
use crate::words::mishap as words;

/// The fact for the ledger, and what people are told. `folder` is where the store stands.
pub(super) fn told(mishap: Mishap, folder: String) -> (StoreFact, Ailment) {
    let ailment = |of: &str, title, description| Ailment { of: of.to_owned(), level: Level::High, title, description };
    match mishap {
        Mishap::SetAside { file, why, losses } => {
            let lost = words::lost(&losses.tables);
            let ailment = ailment("store:damaged", words::set_aside_title(), words::set_aside(lost, &folder, &file));
            let Losses { tables, entries } = losses;
            (StoreFact::SetAside { file, why, tables, missing: entries }, ailment)
        }
        Mishap::Gone { entries } => {
            let missing = if entries == 0 { Vec::new() } else { vec![(1, entries)] };
            (StoreFact::Gone { missing }, ailment("store:gone", words::gone_title(), words::gone(folder)))
        }
        Mishap::Rows(table, rows) => {
            let lost: Text = words::lost(&[table.to_owned()]);
            let ailment = ailment("store:rows", words::rows_title(), words::rows(lost, folder));
            (StoreFact::Rows { table: table.to_owned(), rows }, ailment)
        }
    }
}
