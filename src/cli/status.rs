//! `vigie status`: how a running daemon is doing.

use anyhow::Result;
use clap::Args;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::answer::told;
use super::exit::Exit;
use super::place::Place;
use super::screen::{Paint, Row, Screen};
use crate::api::{Answer, NotArmed, Query, SourceStatus, SourceTrouble, Status, Suffering};
use crate::base::id::RuleId;
use crate::base::language::Text;
use crate::daemon::clock;
use crate::words::time::{Ago, At};
use crate::words::{duty, failure, ledger, silence, status as words, store as of_store};

/// How many rules that are not armed are named in one line.
const NAMED: usize = 6;
/// How many reasons why rules cannot match are said. `vigie rules coverage` has all of them.
const REASONS: usize = 3;

/// Says how the running daemon is doing
#[derive(Debug, Args)]
pub(super) struct StatusOf {
    #[command(flatten)]
    place: Place,
    /// Print it as JSON
    #[arg(long)]
    json: bool,
}

impl StatusOf {
    pub(super) fn run(self, screen: Screen) -> Result<Exit> {
        let screen = self.place.on(screen);
        let status = match self.place.ask(Query::Status)? {
            Answer::Status(status) => status,
            other => return Ok(told(screen, &other)),
        };
        if self.json {
            screen.json(&status);
        } else {
            show(screen, &self.place.clock(), &status);
        }
        Ok(if status.in_trouble() { Exit::Findings } else { Exit::Fine })
    }
}

fn show(screen: Screen, clock: &TimeZone, status: &Status) {
    let Status { rules, open_alerts, owed_pages, .. } = status;
    let counts = words::counts(
        words::rules(*rules as u64),
        words::open_alerts(*open_alerts as u64),
        words::owed_pages(*owed_pages as u64),
    );
    screen.row().paint(Paint::Bold, &status.site).put(failure::colon()).put(counts).end();
    if let Some(since) = status.rules_since {
        screen.row().put("  ").put(words::rules_since(At(since, clock))).end();
    }
    if status.silences > 0 || status.muted_alerts > 0 {
        let held_back = silence::held_back(status.muted_alerts as u64);
        screen.row().put("  ").put(silence::status(status.silences as u64, held_back)).end();
    }
    if status.duties > 0 {
        let paint = if status.overdue_duties > 0 { Paint::Red } else { Paint::Bold };
        let words = duty::status(status.duties as u64, status.overdue_duties);
        screen.row().put("  ").paint(paint, words).end();
    }
    for source in &status.sources {
        show_source(screen, source);
    }
    for words in unarmed_words(status.not_armed.iter().map(|NotArmed { why, rules }| (why, &rules[..]))) {
        screen.row().put("  ").put(words).end();
    }
    for drill in &status.drills {
        let paused = drill.paused.then(words::paused);
        let row = screen.row().put("  ").put(words::drill(drill.id, &drill.playbook, &drill.at));
        row.maybe(paused, Row::put).end();
    }
    for Suffering { alert, title, since, .. } in &status.ailing {
        let words = words::ailing(alert, title, ago(*since));
        screen.row().put("  ").paint(Paint::Red, words).end();
    }
    if let Some((entry, what)) = &status.ledger_broken {
        screen.row().put("  ").paint(Paint::Red, ledger::broken_at(entry, ledger::fault(*entry, what))).end();
    }
    if let Some(trouble) = &status.store_trouble {
        let row = screen.row().put("  ").paint(Paint::Red, words::store_trouble());
        let cause = of_store::cause(status.store_cause.unwrap_or_default());
        row.put(failure::colon()).put(cause).put(" (").put(trouble).put(")").end();
    }
}

/// What came of a source, and what keeps it from being read.
fn show_source(screen: Screen, source: &SourceStatus) {
    let SourceStatus { malformed, unknown, cut, troubles, .. } = source;
    let row = screen.row().put("  ").cell(16, &source.name).put(" ").cell(20, &source.format).put(" ");
    let malformed = (*malformed > 0).then(|| words::malformed(*malformed));
    let unknown = (*unknown > 0).then(|| words::unknown(*unknown));
    let last = source.last.map_or_else(words::no_line, |last| words::last_line(ago(last)));
    let cut = (*cut > 0).then(|| words::cut(*cut));
    let row = row.put(words::lines(source.lines)).maybe(malformed, Row::put).maybe(unknown, Row::put);
    let row = row.maybe(cut, |row, words| row.paint(Paint::Red, words)).put(last);
    let silent = source.silent.then(words::silent);
    let unwatched = source.unwatched.then(words::unwatched);
    let row = row.maybe(unwatched, |row, words| row.put(failure::colon()).paint(Paint::Red, words));
    row.maybe(silent, |row, silent| row.put(failure::colon()).paint(Paint::Red, silent)).end();
    for SourceTrouble { file, what, remedy } in troubles.iter().take(NAMED) {
        screen.row().put("    ").paint(Paint::Red, words::trouble(file, what, remedy)).end();
    }
    if let more @ 1.. = troubles.len().saturating_sub(NAMED) {
        screen.row().put("    ").paint(Paint::Red, words::more_troubles(more as u64)).end();
    }
}

fn ago(instant: Timestamp) -> Ago {
    Ago(clock::now().duration_since(instant))
}

/// Rules that cannot match, by the reason why; of many reasons, the first.
pub(super) fn unarmed_words<'a>(reasons: impl ExactSizeIterator<Item = (&'a Text, &'a [RuleId])>) -> Vec<Text> {
    // A line for one more reason is as long as the line that says there is one.
    let shown = if reasons.len() == REASONS + 1 { REASONS + 1 } else { REASONS };
    let (mut words, mut more) = (Vec::new(), 0);
    for (number, (why, rules)) in reasons.enumerate() {
        if number < shown {
            words.push(for_one_reason(why, rules));
        } else {
            more += rules.len() as u64;
        }
    }
    words.extend((more > 0).then(|| words::more_not_armed(more)));
    words
}

fn for_one_reason(why: &Text, rules: &[RuleId]) -> Text {
    let named: Vec<&str> = rules.iter().take(NAMED).map(RuleId::as_str).collect();
    let named = named.join(", ");
    match rules.len().saturating_sub(NAMED) {
        0 => words::not_armed(why, named),
        more => words::not_armed(why, words::and_more(more as u64, named)),
    }
}
