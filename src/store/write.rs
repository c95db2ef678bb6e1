//! How the rows of a change get into the tables.

use rusqlite::{Transaction, params};

use super::error::StoreError;
use super::row::{AlertRow, DetectionRow, DrillRow, DutyRow, PageRow, PositionRow, SilenceRow};
use crate::base::id::RuleId;

pub(super) fn positions(transaction: &Transaction<'_>, positions: &[PositionRow]) -> Result<(), StoreError> {
    let mut keep = transaction.prepare_cached("INSERT OR REPLACE INTO position VALUES (?1, ?2, ?3)")?;
    let mut forget = transaction.prepare_cached("DELETE FROM position WHERE source = ?1 AND file = ?2")?;
    for PositionRow { source, file, state } in positions {
        match state {
            Some(state) => keep.execute(params![source.0, file, state])?,
            None => forget.execute(params![source.0, file])?,
        };
    }
    Ok(())
}

pub(super) fn windows(transaction: &Transaction<'_>, windows: &[(String, Option<String>)]) -> Result<(), StoreError> {
    let mut keep = transaction.prepare_cached("INSERT OR REPLACE INTO window VALUES (?1, ?2)")?;
    let mut forget = transaction.prepare_cached("DELETE FROM window WHERE key = ?1")?;
    for (key, state) in windows {
        match state {
            Some(state) => keep.execute(params![key, state])?,
            None => forget.execute([key])?,
        };
    }
    Ok(())
}

pub(super) fn alert(transaction: &Transaction<'_>, alert: &AlertRow) -> Result<(), StoreError> {
    transaction.prepare_cached("INSERT OR REPLACE INTO alert VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?.execute(
        params![
            alert.id.0,
            alert.realm.to_string(),
            alert.rule.as_ref().map(RuleId::as_str),
            alert.grouping,
            alert.open,
            alert.body,
            alert.escalation,
            alert.changed.to_string(),
        ],
    )?;
    if !alert.open {
        transaction.prepare_cached("DELETE FROM joined WHERE alert = ?1")?.execute([alert.id.0])?;
    }
    Ok(())
}

pub(super) fn detections(transaction: &Transaction<'_>, detections: &[DetectionRow]) -> Result<(), StoreError> {
    let mut keep = transaction.prepare_cached("INSERT OR REPLACE INTO detection VALUES (?1, ?2, ?3, ?4)")?;
    let mut forget = transaction.prepare_cached("DELETE FROM detection WHERE alert = ?1 AND number = ?2")?;
    for DetectionRow { alert, number, grouping, body } in detections {
        match body {
            Some(body) => keep.execute(params![alert.0, number, grouping, body])?,
            None => forget.execute(params![alert.0, number])?,
        };
    }
    Ok(())
}

pub(super) fn page(transaction: &Transaction<'_>, page: &PageRow) -> Result<(), StoreError> {
    transaction
        .prepare_cached(
            "INSERT INTO page VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) \
             ON CONFLICT (id) DO UPDATE SET state = excluded.state, attempts = excluded.attempts, due = excluded.due, \
             letter = excluded.letter, receipt = excluded.receipt \
             ON CONFLICT (key) DO NOTHING",
        )?
        .execute(params![
            page.id.0,
            page.realm.to_string(),
            page.alert.map(|alert| alert.0),
            page.key,
            page.person.0,
            page.channel.0,
            page.state.word(),
            page.attempts,
            page.due.to_string(),
            page.letter,
            page.receipt,
            page.created.to_string(),
        ])?;
    Ok(())
}

pub(super) fn silence(transaction: &Transaction<'_>, silence: &SilenceRow) -> Result<(), StoreError> {
    transaction.prepare_cached("INSERT OR REPLACE INTO silence VALUES (?1, ?2, ?3)")?.execute(params![
        silence.id.0,
        silence.is_over,
        silence.body
    ])?;
    Ok(())
}

pub(super) fn duty(transaction: &Transaction<'_>, duty: &DutyRow) -> Result<(), StoreError> {
    transaction.prepare_cached("INSERT OR REPLACE INTO duty VALUES (?1, ?2, ?3, ?4)")?.execute(params![
        duty.alert.0,
        duty.duty.0,
        duty.is_over,
        duty.body
    ])?;
    Ok(())
}

pub(super) fn notes(transaction: &Transaction<'_>, notes: &[(String, String)]) -> Result<(), StoreError> {
    let mut keep = transaction.prepare_cached("INSERT OR REPLACE INTO note VALUES (?1, ?2)")?;
    for (name, body) in notes {
        keep.execute(params![name, body])?;
    }
    Ok(())
}

pub(super) fn drill(transaction: &Transaction<'_>, drill: &DrillRow) -> Result<(), StoreError> {
    transaction.prepare_cached("INSERT OR REPLACE INTO drill VALUES (?1, ?2, ?3, ?4, ?5)")?.execute(params![
        drill.id.0,
        drill.playbook.0,
        drill.ended,
        drill.state,
        drill.changed.to_string()
    ])?;
    Ok(())
}
