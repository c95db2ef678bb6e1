//! `vigie alert list`: every alert on one line, and how far it is.

use anyhow::Result;
use jiff::tz::TimeZone;

use crate::alert::chain::Standing;
use crate::alert::page::words::muted_by;
use crate::alert::{Alert, Muted, MutedBy};
use crate::api::{Answer, Query};
use crate::base::language::Text;
use crate::base::redact::Clean;
use crate::cli::answer::told;
use crate::cli::exit::Exit;
use crate::cli::place::Records;
use crate::cli::screen::{Paint, Row, Screen};
use crate::words::alert as words;
use crate::words::demo::exercise;
use crate::words::level::level;
use crate::words::page::signs;
use crate::words::silence;
use crate::words::time::At;

pub(super) fn list(screen: Screen, records: &Records, all: bool, json: bool) -> Result<Exit> {
    let alerts = match records.ask(Query::Alerts { over: all })? {
        Answer::Alerts(alerts) => alerts,
        other => return Ok(told(screen, &other)),
    };
    if json {
        screen.json(&alerts);
        return Ok(Exit::Fine);
    }
    if alerts.is_empty() {
        screen.line(if all { words::none_yet() } else { words::none_open() });
    }
    let clock = records.clock();
    for alert in &alerts {
        row(screen, alert, &clock);
    }
    Ok(Exit::Fine)
}

/// One alert on one line.
pub(super) fn row(screen: Screen, alert: &Alert, clock: &TimeZone) {
    let row = screen.row().right(4, alert.id).put("  ").cell(13, level(alert.level)).put("  ");
    let row = row.maybe(alert.realm.drill(), |row, drill| row.put(exercise()).put(drill).put(" "));
    let row = if alert.signs > 1 { row.put(signs(alert.signs, &alert.title)) } else { row.put(&alert.title) };
    let row = row.put("  [").put(about(screen, &alert.subject)).put("]");
    let others = (alert.others > 0).then(|| words::and_others(alert.others));
    let row = row.maybe(others, Row::put).put("  ×").put(alert.hits).put("  ");
    let (paint, standing) = standing(alert, clock);
    match paint {
        Some(paint) => row.paint(paint, standing).end(),
        None => row.put(standing).end(),
    }
}

/// What it is about, on one line.
pub(super) fn about(screen: Screen, subject: &[(String, Clean)]) -> String {
    let pair = |(name, value): &(String, Clean)| format!("{}={value}", words::field(name).get(screen.language()));
    subject.iter().map(pair).collect::<Vec<_>>().join(" ")
}

/// What holds it back, and until when.
pub(super) fn held_back(muted: &Muted, until: At<'_>) -> Text {
    match &muted.by {
        MutedBy::Explained { by } => silence::explained(by),
        by => silence::muted(muted_by(by), until),
    }
}

/// How far it is: who is waited for, who has it.
fn standing(alert: &Alert, clock: &TimeZone) -> (Option<Paint>, Text) {
    let at = |instant| At(instant, clock);
    match &alert.standing {
        _ if alert.resolved.is_some() => (None, words::over()),
        Standing::Silenced { .. } if let Some(muted) = &alert.muted => (None, held_back(muted, at(muted.until))),
        Standing::Held { by, asked: Some(of), .. } if by != of => (Some(Paint::Red), words::handed_to(by, of)),
        Standing::Held { by, asked: Some(_), .. } => (Some(Paint::Red), words::asked_again(by)),
        Standing::Held { by, since, .. } => (None, words::has_it_since(by, at(*since))),
        Standing::Asked { of, until: Some(until) } => (Some(Paint::Red), words::asked_until(of, at(*until))),
        Standing::Asked { of, until: None } => (Some(Paint::Red), words::asked(of)),
        Standing::Unanswered { again: Some(again) } => (Some(Paint::Red), words::unanswered_until(at(*again))),
        Standing::Waits { until: Some(until) } => (None, words::waits_until(at(*until))),
        Standing::Silenced { until } => (None, words::silenced_until(at(*until))),
        Standing::Unanswered { again: None } | Standing::Waits { until: None } => {
            (Some(Paint::Red), words::nobody_has_it())
        }
        // Kept by a version before, or by a scan; somebody may have it who is not on a chain.
        Standing::Untold | Standing::Over => match alert.acks.last() {
            Some((by, _)) => (None, words::has_it(by)),
            None if alert.chain.is_none() => (Some(Paint::Red), words::no_chain()),
            None => (Some(Paint::Red), words::nobody_has_it()),
        },
    }
}
