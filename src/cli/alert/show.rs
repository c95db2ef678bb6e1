//! `vigie alert show`: one alert as a story, with its signs, their lines, and everybody who was told.

use anyhow::Result;
use jiff::tz::TimeZone;

use super::list::{about, held_back, row};
use super::story;
use crate::alert::gestures::listed;
use crate::alert::page::words::joined;
use crate::alert::{Alert, Detection};
use crate::api::{AlertView, Answer, EntryView, PageView, Query};
use crate::base::id::AlertId;
use crate::base::language::Text;
use crate::cli::answer::told;
use crate::cli::duty;
use crate::cli::exit::Exit;
use crate::cli::place::Records;
use crate::cli::screen::{Paint, Row, Screen};
use crate::store::PageState;
use crate::words::alert as words;
use crate::words::exercise::as_it_is;
use crate::words::failure::colon;
use crate::words::level::level;
use crate::words::page as said;
use crate::words::time::At;

pub(super) fn show(screen: Screen, records: &Records, id: AlertId, json: bool) -> Result<Exit> {
    let view = match records.ask(Query::Alert { alert: id })? {
        Answer::Alert(view) => view,
        other => return Ok(told(screen, &other)),
    };
    if json {
        screen.json(&view);
        return Ok(Exit::Fine);
    }
    let AlertView { alert, detections, duties, pages, story } = *view;
    let clock = records.clock();
    row(screen, &alert, &clock);
    screen.block("      │ ", alert.description.get(screen.language()));
    let [first, last, raised] = [alert.first, alert.last, alert.raised].map(|at| At(at, &clock));
    screen.row().put("      ").put(words::span(first, last, raised)).end();
    // One that somebody has is held back too: nobody is asked about it again.
    if let Some(muted) = &alert.muted {
        screen.row().put("      ").put(held_back(muted, At(muted.until, &clock))).end();
    }
    qualified(screen, &alert);
    if detections.is_empty() {
        origin(screen, &alert);
    }
    for (number, detection) in &detections {
        sign(screen, *number, detection, &clock);
    }
    gestures(screen, &alert, &detections, &clock);
    for given in &duties {
        duty::row(screen, given, &clock);
    }
    history(screen, &story, &clock);
    told_to(screen, pages);
    Ok(Exit::Fine)
}

/// What somebody found out about it.
fn qualified(screen: Screen, alert: &Alert) {
    let Some(found) = &alert.qualified else { return };
    let row = screen.row().put("      ").put(found.verdict.said()).put(" (").put(&found.by).put(")");
    row.maybe(found.note.as_ref(), |row, note| row.put(" ").put(note)).end();
    for (known, of) in [(found.personal_data, words::personal_data()), (found.care, words::care())] {
        if let Some(known) = known {
            screen.row().put("      ").put(said::row(of, if known { words::yes() } else { words::no() })).end();
        }
    }
}

/// One sign: what it is about, how often, its line and where that stands.
fn sign(screen: Screen, number: u64, detection: &Detection, clock: &TimeZone) {
    let (first, last) = (At(detection.first, clock), At(detection.last, clock));
    let row = screen.row().put("      ").right(4, number).put("  ").cell(13, level(detection.level)).put("  ");
    let row = row.put(&detection.title).put("  [").put(about(screen, &detection.subject)).put("]  ×");
    row.put(detection.hits).end();
    let under = || screen.row().put("            ");
    let times = said::times(detection.hits);
    let when = if detection.first == detection.last { said::at(times, first) } else { said::span(times, first, last) };
    under().put(when).end();
    match (&detection.source, &detection.place) {
        (Some(source), Some(place)) => under().put(words::source_at(source, place)).end(),
        (Some(source), None) => under().put(words::source(source)).end(),
        (None, _) => {}
    }
    if let Some(line) = &detection.line {
        screen.block("            │ ", line);
    }
    if let Some(remark) = &detection.remark {
        under().paint(Paint::Red, remark).end();
    }
    if let Some(why) = &detection.joined {
        under().put(joined(why)).end();
    }
    match (&detection.rule, &detection.author) {
        (Some(rule), Some(author)) => under().put(words::rule_by(rule, author)).end(),
        (Some(rule), None) => under().put(words::rule(rule)).end(),
        (None, _) => {}
    }
    for reference in &detection.references {
        under().put(words::see(reference)).end();
    }
}

/// Where an alert comes from, as versions before kept it. The licences of public rules ask that their author be named.
fn origin(screen: Screen, alert: &Alert) {
    let row = || screen.row().put("      ");
    if let Some(source) = &alert.source {
        row().put(words::source(source)).end();
    }
    match (&alert.rule, &alert.author) {
        (Some(rule), Some(author)) => row().put(words::rule_by(rule, author)).end(),
        (Some(rule), None) => row().put(words::rule(rule)).end(),
        (None, _) => {}
    }
    for reference in &alert.references {
        row().put(words::see(reference)).end();
    }
}

/// What to do first, with what is done ticked.
fn gestures(screen: Screen, alert: &Alert, detections: &[(u64, Detection)], clock: &TimeZone) {
    let listed = listed(detections.iter().map(|(_, detection)| detection));
    if listed.is_empty() {
        return;
    }
    screen.row().put("      ").put(words::gestures()).put(colon()).end();
    for (number, gesture) in (1..).zip(listed) {
        let tick = alert.ticks.iter().find(|tick| tick.gesture == *gesture);
        let boxed = if tick.is_some() { "[x]" } else { "[ ]" };
        let row = screen.row().put("      ").right(4, number).put(". ").put(boxed).put(" ").put(gesture);
        row.maybe(tick, |row, tick| row.put("  (").put(words::ticked_by(&tick.by, At(tick.at, clock))).put(")")).end();
    }
    if alert.open() {
        screen.row().put("      ").paint(Paint::Dim, words::how_to_tick(alert.id)).end();
    }
}

/// What happened to it, line by line.
fn history(screen: Screen, story: &[EntryView], clock: &TimeZone) {
    for entry in story {
        let Some(words) = story::of(entry) else { continue };
        screen.row().put("      ").painted(Paint::Dim, 22, At(entry.at, clock)).put(words).end();
    }
}

/// Everybody who was told, by which channel, and what became of it.
fn told_to(screen: Screen, pages: Vec<PageView>) {
    for page in pages {
        let row = screen.row().put("      ").right(4, page.page).put("  ").cell(14, &page.person).put(" ");
        let row = row.cell(10, &page.channel).put(" ").cell(10, state(&page.state)).put(" ");
        row.maybe(page.receipt.as_ref(), Row::put).end();
    }
}

/// What became of a message.
pub(in crate::cli) fn state(word: &str) -> Text {
    match PageState::from_word(word) {
        Some(PageState::Owed) => words::owed(),
        Some(PageState::Sending) => words::sending(),
        Some(PageState::Spooled) => words::spooled(),
        Some(PageState::Accepted) => words::accepted(),
        Some(PageState::Failed) => words::failed(),
        Some(PageState::Cancelled) => words::cancelled(),
        // Of a daemon that knows more.
        None => as_it_is(word),
    }
}
