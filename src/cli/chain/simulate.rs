//! What a chain would do, told line by line.

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::{channels, meant, reach};
use crate::alert::chain::simulation::{self, Cast, Happening};
use crate::alert::chain::{Chain, Effect, Fact, PageKey, PageReason, StepKind};
use crate::base::id::PersonId;
use crate::base::language::Text;
use crate::cli::screen::{Paint, Screen};
use crate::site::Site;
use crate::words::exercise::as_it_is;
use crate::words::oncall as words;
use crate::words::time::{At, Lasted};

/// One line: when, how long after the beginning, and what.
#[derive(Debug, Serialize)]
struct Line {
    at: Timestamp,
    after_seconds: i64,
    what: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    person: Option<PersonId>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    channels: Vec<String>,
    #[serde(skip)]
    paint: Option<Paint>,
}

/// Plays a chain from one instant on, and tells it as people or programs read it.
pub(super) fn run(
    screen: Screen,
    (site, chain): (&Site, &Chain),
    cast: &Cast,
    (from, most): (Timestamp, SignedDuration),
    json: bool,
) {
    let reach = reach(site);
    let happened = simulation::play((chain, &site.roster, &reach), cast, (from, most));
    let answered = happened.iter().any(|(_, what)| matches!(what, Happening::Answered(_)));
    let lines = lines((site, chain), &happened, from);
    if json {
        return screen.json(&lines);
    }
    for line in lines {
        let after = words::after(Lasted(SignedDuration::from_secs(line.after_seconds)));
        let row = screen.row().right(14, after).put("  ").cell(23, At(line.at, &site.settings.zone)).put("  ");
        match line.paint {
            Some(paint) => row.paint(paint, line.what).end(),
            None => row.put(line.what).end(),
        }
    }
    if !answered {
        screen.note(words::and_so_on(Lasted(most)));
    }
}

fn lines((site, chain): (&Site, &Chain), happened: &[(Timestamp, Happening)], from: Timestamp) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut told: Option<(&PageKey, Vec<String>)> = None;
    let mut at = from;
    let line = |at: Timestamp, what: Text, paint| Line {
        at,
        after_seconds: at.duration_since(from).as_secs(),
        what,
        person: None,
        channels: Vec::new(),
        paint,
    };
    for (when, what) in happened {
        let page = match what {
            Happening::Effect(Effect::Page(page)) => Some(page),
            _ => None,
        };
        // Several channels to one person at once are one line.
        if let (Some((before, channels)), Some(page)) = (&mut told, page)
            && (at, &before.person, &before.reason) == (*when, &page.person, &page.reason)
        {
            channels.push(page.channel.to_string());
            continue;
        }
        if matches!(what, Happening::Effect(Effect::Cancel(_))) {
            continue;
        }
        if let Some((page, channels)) = told.take() {
            lines.push(Line { person: Some(page.person.clone()), ..line(at, said(site, page, &channels), None) });
            if let Some(last) = lines.last_mut() {
                last.channels = channels;
            }
        }
        at = *when;
        match what {
            Happening::Effect(Effect::Page(page)) => told = Some((page, vec![page.channel.to_string()])),
            Happening::Effect(Effect::Fact(fact)) => {
                lines.extend(of_fact(site, fact).map(|what| line(at, what, Some(Paint::Dim))));
            }
            Happening::Effect(Effect::Cancel(_) | Effect::RoundOver) => {}
            Happening::Refused(page) => lines.push(line(at, words::fails(&page.channel), Some(Paint::Red))),
            Happening::Answered(by) => {
                lines.push(line(at, words::answers(name(site, by)), Some(Paint::Green)));
                lines.extend(declared(site, chain, at).map(|what| line(at, what, None)));
            }
        }
    }
    if let Some((page, channels)) = told {
        let what = said(site, page, &channels);
        lines.push(Line { person: Some(page.person.clone()), channels, ..line(at, what, None) });
    }
    lines
}

fn name(site: &Site, person: &PersonId) -> Text {
    site.roster.people.get(person).map_or_else(|| as_it_is(person), |person| as_it_is(&person.name))
}

/// What a page is.
fn said(site: &Site, page: &PageKey, channels: &[String]) -> Text {
    let (who, by) = (name(site, &page.person), channels.join(" + "));
    match &page.reason {
        PageReason::Turn => words::told(who, by),
        PageReason::Again(_) => words::told_again(who, by),
        PageReason::Graver(_) | PageReason::Handed(_) | PageReason::Reack(_) => words::asked_again(who, by),
        PageReason::Duty(duty) => words::given(who, duty, by),
        PageReason::LastResort => words::left(by),
        PageReason::Update(_)
        | PageReason::Taken(_)
        | PageReason::Relieved(_)
        | PageReason::OnDuty(_)
        | PageReason::Over(_)
        | PageReason::Erratum(_) => words::learns(who, by),
    }
}

/// What must be declared as soon as somebody has the alert.
fn declared<'a>(site: &'a Site, chain: &'a Chain, at: Timestamp) -> impl Iterator<Item = Text> + use<'a> {
    chain.steps.iter().filter_map(move |step| match &step.kind {
        StepKind::Declare(duty) => Some(words::given(meant(&site.roster, &step.to, at), duty, channels(step))),
        StepKind::Notify => None,
    })
}

/// What happens beside pages, as far as it says more than they do.
fn of_fact(site: &Site, fact: &Fact) -> Option<Text> {
    match fact {
        Fact::StepSkipped { step, why, .. } => Some(words::passed_over(step + 1, why.said())),
        Fact::StepUnanswered { person, .. } => Some(words::unanswered(name(site, person))),
        Fact::Waits { until } => Some(words::waits_for_hours(At(*until, &site.settings.zone))),
        Fact::Exhausted => Some(words::exhausted()),
        Fact::Relieved { of, by } => Some(words::relieved(name(site, of), name(site, by))),
        _ => None,
    }
}
