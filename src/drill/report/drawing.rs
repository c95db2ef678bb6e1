//! The drawing of a drill: for each inject, when it was planned, when it was played, and how long its expectations ran.

use maud::{Markup, html};

use super::layout::Mark;
use super::record::{InjectRecord, Record};
use super::words;
use crate::base::language::{Language, Text};
use crate::base::visible::visible;
use crate::drill::play::Verdict;
use crate::drill::playbook::Offset;
use crate::words::report::drawing as shown;

const WIDTH: i64 = 960;
const LABELS: i64 = 300;
const RIGHT: i64 = 24;
const TOP: i64 = 34;
const ROW: i64 = 26;
/// As many letters as fit beside the drawing.
const LETTERS: usize = 44;

/// Draws the drill in script time.
pub(super) fn drawing(record: &Record, language: Language) -> Markup {
    let rows = i64::try_from(record.injects.len()).unwrap_or_default();
    let height = TOP + rows * ROW + 40;
    let title = shown::title();
    let title = title.get(language);
    let scale = Scale { seconds: record.duration.as_secs().max(1) };
    html! {
        svg.timeline viewBox=(format!("0 0 {WIDTH} {height}")) role="img" aria-label=(title) {
            title { (title) }
            (axis(&scale, TOP + rows * ROW))
            @for (inject, y) in record.injects.iter().zip((0..).map(|index| TOP + index * ROW)) {
                (row(inject, y, &scale, language))
            }
            @if let Some(ended) = record.ended {
                @let x = scale.x(ended.script.as_secs());
                line.end x1=(x) x2=(x) y1=(TOP - 6) y2=(TOP + rows * ROW) {}
            }
            (legend(TOP + rows * ROW + 28, language))
        }
    }
}

struct Scale {
    seconds: i64,
}

impl Scale {
    fn x(&self, second: i64) -> i64 {
        LABELS + (WIDTH - LABELS - RIGHT) * second.clamp(0, self.seconds) / self.seconds
    }

    /// Between five and ten steps, each of a length that people count in.
    fn step(&self) -> i64 {
        const STEPS: [i64; 11] = [10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21600];
        STEPS.into_iter().find(|step| self.seconds / step <= 10).unwrap_or(86_400)
    }
}

fn axis(scale: &Scale, bottom: i64) -> Markup {
    let marks = (0..=scale.seconds / scale.step()).map(|index| index * scale.step());
    html! {
        @for second in marks {
            @let x = scale.x(second);
            line.grid x1=(x) x2=(x) y1=(TOP - 6) y2=(bottom) {}
            text.hour x=(x) y=(TOP - 14) { (Offset(jiff::SignedDuration::from_secs(second))) }
        }
    }
}

fn row(inject: &InjectRecord, y: i64, scale: &Scale, language: Language) -> Markup {
    let middle = y + ROW / 2;
    let planned = inject.planned.map(|at| scale.x(at.as_secs()));
    let played = inject.played.map(|at| scale.x(at.script.as_secs()));
    html! {
        g {
            title { (spoken(inject, language)) }
            line.row x1="0" x2=(WIDTH - RIGHT) y1=(y + ROW) y2=(y + ROW) {}
            text.label.unplayed[played.is_none()] x="0" y=(middle + 4) { (shortened(&visible(inject.title.get(language)))) }
            @if let Some(at) = inject.played {
                (windows(inject, at.script.as_secs(), middle, scale))
            }
            @if let (Some(planned), Some(played)) = (planned, played) {
                line.shift x1=(planned) x2=(played) y1=(middle) y2=(middle) {}
            }
            @if let Some(x) = planned { circle.planned cx=(x) cy=(middle) r="5" {} }
            @if let Some(x) = played { circle.played cx=(x) cy=(middle) r="3.5" {} }
        }
    }
}

/// One thin bar for each expectation, as long as the time it allowed.
fn windows(inject: &InjectRecord, from: i64, middle: i64, scale: &Scale) -> Markup {
    let from = inject.confirmed.map_or(from, |at| from.max(at.script.as_secs()));
    let count = i64::try_from(inject.expectations.len()).unwrap_or_default();
    html! {
        @for (expected, index) in inject.expectations.iter().zip(0..) {
            @let y = middle - count * 5 / 2 + index * 5;
            @let (start, end) = (scale.x(from), scale.x(from + expected.within.as_secs()));
            rect class=(class(expected.verdict)) x=(start) y=(y) width=((end - start).max(2)) height="4" {}
        }
    }
}

pub(super) fn class(verdict: Verdict) -> &'static str {
    match Mark::of(verdict) {
        Mark::Good => "good",
        Mark::Half => "half",
        Mark::Bad => "bad",
        Mark::Quiet | Mark::Plain => "quiet",
    }
}

/// What the row says, for those who do not see it.
fn spoken(inject: &InjectRecord, language: Language) -> String {
    let verdicts = inject.expectations.iter().map(|expected| words::verdict(expected.verdict));
    let parts = [inject.title.clone(), words::outcome(&inject.outcome)].into_iter().chain(verdicts);
    parts.map(|part| words::said(language, &part)).collect::<Vec<_>>().join(" · ")
}

fn legend(y: i64, language: Language) -> Markup {
    let item = |x: i64, class: &str, words: Text| {
        html! {
            rect class=(class) x=(x) y=(y - 7) width="22" height="5" {}
            text.key x=(x + 28) y=(y) { (words.get(language)) }
        }
    };
    html! {
        circle.planned cx="8" cy=(y - 4) r="5" {}
        text.key x="20" y=(y) { (shown::planned().get(language)) }
        circle.played cx="92" cy=(y - 4) r="3.5" {}
        text.key x="102" y=(y) { (shown::played().get(language)) }
        (item(LABELS, "good", shown::met()))
        (item(LABELS + 150, "half", shown::partly()))
        (item(LABELS + 260, "bad", shown::missed()))
        (item(LABELS + 380, "quiet", shown::not_judged()))
    }
}

fn shortened(title: &str) -> String {
    if title.chars().count() <= LETTERS {
        return title.to_owned();
    }
    let kept: String = title.chars().take(LETTERS - 1).collect();
    format!("{}…", kept.trim_end())
}
