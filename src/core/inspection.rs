//! The store itself, looked through and asked, beside the core like everything that is only read.

use super::records::ledger;
use crate::alert::{Alert, Detection};
use crate::api::{Answer, DrillView, NoAnswer, Query, Refusal, RowsView, StoreView, TableView};
use crate::base::cause::Cause;
use crate::store::{Found, PATIENCE_TO_ANSWER, Readers, Store, StoreError, Unanswered};

/// Each kind of row is what its owner can read.
const READERS: Readers = Readers {
    alert: |text| serde_json::from_str::<Alert>(text).is_ok(),
    detection: |text| serde_json::from_str::<Detection>(text).is_ok(),
    drill: |text| serde_json::from_str::<DrillView>(text).is_ok(),
};

/// Whether everything that is kept is sound.
pub(super) fn sound(store: &Store) -> Result<Answer, StoreError> {
    let examined = store.examine(READERS)?;
    let (mut damage, tables) = (examined.damage, examined.tables.into_iter());
    let ledger = match ledger(store, None, &[]) {
        Ok(ledger) => Some(ledger),
        Err(error) if error.cause() == Cause::Damaged => {
            damage.push(error.to_string());
            None
        }
        Err(error) => return Err(error),
    };
    damage.dedup();
    let tables = tables.map(|found| TableView { table: found.table, rows: found.rows, unreadable: found.unreadable });
    Ok(Answer::Store(StoreView { tables: tables.collect(), damage, ledger }))
}

/// What a question in SQL finds.
pub(super) fn rows(store: &Store, sql: &str, most: u64) -> Result<Answer, StoreError> {
    let most = usize::try_from(most.min(Query::ROWS)).unwrap_or(usize::MAX);
    let why = match store.question(sql, most) {
        Ok(Found { columns, rows, more }) => return Ok(Answer::Rows(RowsView { columns, rows, more })),
        Err(Unanswered::Store(error)) => return Err(error),
        Err(Unanswered::Nothing) => NoAnswer::Nothing,
        Err(Unanswered::Several) => NoAnswer::Several,
        Err(Unanswered::Changes) => NoAnswer::Changes,
        Err(Unanswered::TooLong) => NoAnswer::TooLong { seconds: PATIENCE_TO_ANSWER.as_secs() },
        Err(Unanswered::NoTable(name, known)) => NoAnswer::NoTable { name, known },
        Err(Unanswered::Mistaken(why)) => NoAnswer::Mistaken { why },
    };
    Ok(Answer::Refused(Refusal::NoAnswer(why)))
}
