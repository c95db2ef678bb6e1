//! What was kept, read for whoever asks: the same answers from a store beside a running daemon and from one that nobody
//! writes at present.

use super::inspection;
use crate::alert::duty::{Given, Keeping};
use crate::alert::{Alert, Detection, Muted, MutedBy, Silence};
use crate::api::{
    AlertView, Answer, DrillView, EntryView, HeadView, LedgerView, PageView, Query, Refusal, SilenceView, Silences,
};
use crate::store::{AlertRow, DetectionRow, DutyRow, Entry, PageRow, Store, StoreError, Verified};

/// Answers what the store alone can tell. How the daemon is doing is not in it.
pub fn read(store: &Store, query: &Query) -> Answer {
    looked_up(store, query).unwrap_or_else(|error| Answer::Refused(unreadable(&error)))
}

/// That what was kept cannot be read.
pub(crate) fn unreadable(error: &StoreError) -> Refusal {
    Refusal::Unreadable { why: error.to_string(), cause: error.cause() }
}

fn looked_up(store: &Store, query: &Query) -> Result<Answer, StoreError> {
    match query {
        Query::Status => Ok(Answer::Refused(Refusal::NoDaemon)),
        Query::Alerts { over } => {
            let rows = store.list_alerts(!over)?;
            rows.iter().map(alert).collect::<Result<_, _>>().map(Answer::Alerts)
        }
        Query::Alert { alert: id } => {
            let Some(row) = store.alert(*id)? else { return Ok(Answer::Refused(Refusal::UnknownAlert { alert: *id })) };
            let pages = store.pages_of(*id)?.into_iter().map(page).collect();
            let detections =
                store.detections_of(*id)?.into_iter().map(|row| detection(&row)).collect::<Result<_, _>>()?;
            let entries = store.entries_about(*id)?.into_iter().map(entry).collect();
            let duties = store.duties_of(*id)?.iter().map(given).collect::<Result<_, _>>()?;
            Ok(Answer::Alert(Box::new(AlertView { alert: alert(&row)?, detections, duties, pages, story: entries })))
        }
        Query::Duties { over } => {
            let given: Vec<Given> = store.list_duties()?.iter().map(given).collect::<Result<_, _>>()?;
            Ok(Answer::Duties(given.into_iter().filter(|given| *over || given.is_open()).collect()))
        }
        Query::Silences { over } => silences(store, *over).map(Answer::Silences),
        Query::Entries { from, most } => {
            let entries = store.some_entries(*from, (*most).min(Query::ENTRIES))?;
            Ok(Answer::Entries(entries.into_iter().map(entry).collect()))
        }
        Query::Head => {
            let (entries, head) = store.head()?;
            Ok(Answer::Head(HeadView { entries, head: head.to_string() }))
        }
        Query::Ledger { seal, anchor } => ledger(store, seal.as_deref(), anchor).map(Answer::Ledger),
        Query::Store => inspection::sound(store),
        Query::Select { sql, most } => inspection::rows(store, sql, *most),
        Query::Drill { drill } => {
            let row = store.drill(*drill)?;
            let known = || {
                store
                    .list_drills()
                    .map(|rows| rows.iter().map(|row| format!("{} ({})", row.id, row.playbook)).collect())
            };
            let view = row.map(|row| serde_json::from_str::<DrillView>(&row.state));
            Ok(match view {
                Some(Ok(view)) => Answer::Drill(Box::new(view)),
                Some(Err(_)) => return Err(StoreError::Row { table: "drill" }),
                None => Answer::Refused(Refusal::UnknownDrill { drill: *drill, known: known()? }),
            })
        }
    }
}

/// Silences as they were kept, with the alerts that people are not told of because of them.
fn silences(store: &Store, over: bool) -> Result<Silences, StoreError> {
    let alerts: Vec<Alert> = store.list_alerts(true)?.iter().map(alert).collect::<Result<_, _>>()?;
    let rows = store.list_silences()?.into_iter().filter(|row| over || !row.is_over);
    let silences = rows.map(|row| {
        let silence: Silence = serde_json::from_str(&row.body).map_err(|_| StoreError::Row { table: "silence" })?;
        let by = |muted: &Muted| matches!(muted.by, MutedBy::Silence { silence: by, .. } if by == row.id);
        let held = alerts.iter().filter(|alert| alert.muted.as_ref().is_some_and(by)).map(|alert| alert.id);
        Ok(SilenceView { alerts: held.collect(), silence })
    });
    Ok(Silences { silences: silences.collect::<Result<_, StoreError>>()?, windows: Vec::new() })
}

fn alert(row: &AlertRow) -> Result<Alert, StoreError> {
    serde_json::from_str(&row.body).map_err(|_| StoreError::Row { table: "alert" })
}

fn detection(row: &DetectionRow) -> Result<(u64, Detection), StoreError> {
    let read = row.body.as_ref().and_then(|body| serde_json::from_str(body).ok());
    read.map(|detection| (row.number, detection)).ok_or(StoreError::Row { table: "detection" })
}

fn given(row: &DutyRow) -> Result<Given, StoreError> {
    let keeping: Keeping = serde_json::from_str(&row.body).map_err(|_| StoreError::Row { table: "duty" })?;
    Ok(keeping.given)
}

fn page(row: PageRow) -> PageView {
    PageView {
        page: row.id,
        person: row.person,
        channel: row.channel,
        state: row.state.word().to_owned(),
        attempts: row.attempts,
        created: row.created,
        receipt: row.receipt,
    }
}

fn entry(entry: Entry) -> EntryView {
    EntryView {
        id: entry.id,
        at: entry.at,
        realm: entry.realm,
        kind: entry.kind,
        body: serde_json::from_str(&entry.body).unwrap_or_default(),
        seal: entry.seal.to_string(),
    }
}

pub(super) fn ledger(store: &Store, wanted: Option<&str>, anchor: &[String]) -> Result<LedgerView, StoreError> {
    let verified = match store.verify_against(anchor)? {
        Ok(verified) => verified,
        Err(broken) => return Ok(LedgerView::Broken { entry: broken.entry, what: broken.what }),
    };
    let Verified { entries, head, missing, erased, breaks, keyed } = verified;
    let holds = wanted.map(|seal| store.holds(seal)).transpose()?;
    Ok(LedgerView::Whole { entries, head: head.to_string(), holds, missing, erased, breaks, keyed })
}
