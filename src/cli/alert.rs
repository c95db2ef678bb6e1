//! `vigie alert`: what was found, who has it.

use anyhow::Result;
use clap::{Args, Subcommand, ValueEnum};

use super::answer::told;
use super::argument;
use super::exit::Exit;
use super::place::{Place, Records};
use super::screen::{Paint, Row, Screen};
use super::several::{Open, Which};
use crate::alert;
use crate::api::{AlertView, Answer, Command, Query};
use crate::base::id::{AlertId, PersonId};
use crate::base::language::Text;
use crate::base::level::Level;
use crate::store::PageState;
use crate::words::alert as words;
use crate::words::demo::exercise;
use crate::words::exercise::as_it_is;
use crate::words::level::level;
use crate::words::time::At;

/// Lists, shows, acknowledges, resolves or raises alerts
#[derive(Debug, Args)]
pub(super) struct Alert {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Lists open alerts, the latest last
    List {
        #[command(flatten)]
        records: Records,
        /// Also those that are over
        #[arg(long)]
        all: bool,
        /// Print them as JSON
        #[arg(long)]
        json: bool,
    },
    /// Shows one alert with all its pages
    Show {
        /// Its number, such as A12
        #[arg(value_parser = argument::alert)]
        alert: AlertId,
        #[command(flatten)]
        records: Records,
        /// Print it as JSON
        #[arg(long)]
        json: bool,
    },
    /// Says "I have it": nobody else is paged
    Ack {
        #[command(flatten)]
        which: Which,
        /// Who has it: a name of people.yaml
        #[arg(long = "as", value_name = "PERSON")]
        by: String,
        #[command(flatten)]
        place: Place,
    },
    /// Pages the next step of the chain now
    Escalate {
        #[command(flatten)]
        which: Which,
        #[command(flatten)]
        place: Place,
    },
    /// Ends an alert
    Resolve {
        #[command(flatten)]
        which: Which,
        /// Who says so: a name of people.yaml
        #[arg(long = "as", value_name = "PERSON")]
        by: String,
        #[command(flatten)]
        place: Place,
    },
    /// Raises an alert that a person saw
    Raise {
        /// What happened, in few words and without a patient's name
        #[arg(value_parser = argument::title)]
        title: String,
        /// How serious it is
        #[arg(long, value_enum, default_value = "high")]
        level: LevelWord,
        /// Who says so: a name of people.yaml
        #[arg(long = "as", value_name = "PERSON")]
        by: String,
        #[command(flatten)]
        place: Place,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum LevelWord {
    Informational,
    Low,
    Medium,
    High,
    Critical,
}

impl From<LevelWord> for Level {
    fn from(word: LevelWord) -> Self {
        match word {
            LevelWord::Informational => Self::Informational,
            LevelWord::Low => Self::Low,
            LevelWord::Medium => Self::Medium,
            LevelWord::High => Self::High,
            LevelWord::Critical => Self::Critical,
        }
    }
}

impl Alert {
    pub(super) fn run(self, screen: Screen) -> Result<Exit> {
        match self.action {
            Action::List { records, all, json } => list(records.on(screen), &records, all, json),
            Action::Show { alert, records, json } => show(records.on(screen), &records, alert, json),
            Action::Ack { which, by, place } => {
                let by = PersonId(by);
                which.each(place.on(screen), &place, Open::Unheld, |alert| Command::Ack { alert, by: by.clone() })
            }
            Action::Escalate { which, place } => {
                which.each(place.on(screen), &place, Open::Unheld, |alert| Command::Escalate { alert })
            }
            Action::Resolve { which, by, place } => {
                let by = PersonId(by);
                which.each(place.on(screen), &place, Open::Any, |alert| Command::Resolve { alert, by: by.clone() })
            }
            Action::Raise { title, level, by, place } => {
                let command = Command::Raise { title, level: level.into(), by: PersonId(by) };
                Ok(told(place.on(screen), &place.ask(command)?))
            }
        }
    }
}

fn list(screen: Screen, records: &Records, all: bool, json: bool) -> Result<Exit> {
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
    for alert in &alerts {
        row(screen, alert);
    }
    Ok(Exit::Fine)
}

/// One alert on one line.
fn row(screen: Screen, alert: &alert::Alert) {
    let row = screen.row().right(4, alert.id).put("  ").cell(13, level(alert.level)).put("  ");
    let row = row.maybe(alert.realm.drill(), |row, drill| row.put(exercise()).put(drill).put(" "));
    let subject: Vec<String> = alert.subject.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let row = row.put(&alert.title).put("  [").put(subject.join(" ")).put("]");
    let others = (alert.others > 0).then(|| words::and_others(alert.others));
    let row = row.maybe(others, Row::put).put("  ×").put(alert.hits).put("  ");
    let row = match (&alert.resolved, alert.acks.last()) {
        (Some(_), _) => row.put(words::over()),
        (None, Some((by, _))) => row.put(words::has_it(by)),
        (None, None) if alert.chain.is_none() => row.paint(Paint::Red, words::no_chain()),
        (None, None) => row.paint(Paint::Red, words::nobody_has_it()),
    };
    row.end();
}

fn show(screen: Screen, records: &Records, id: AlertId, json: bool) -> Result<Exit> {
    let view = match records.ask(Query::Alert { alert: id })? {
        Answer::Alert(view) => view,
        other => return Ok(told(screen, &other)),
    };
    if json {
        screen.json(&view);
        return Ok(Exit::Fine);
    }
    let AlertView { alert, pages } = *view;
    row(screen, &alert);
    screen.block("      │ ", alert.description.get(screen.language()));
    let clock = records.clock();
    let [first, last, raised] = [alert.first, alert.last, alert.raised].map(|at| At(at, &clock));
    screen.row().put("      ").put(words::span(first, last, raised)).end();
    origin(screen, &alert);
    for page in pages {
        let row = screen.row().put("      ").right(4, page.page).put("  ").cell(14, &page.person).put(" ");
        let row = row.cell(10, &page.channel).put(" ").cell(10, state(&page.state)).put(" ");
        row.maybe(page.receipt.as_ref(), Row::put).end();
    }
    Ok(Exit::Fine)
}

/// What became of a message.
fn state(word: &str) -> Text {
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

/// Where an alert comes from. The licences of public rules ask that their author be named.
fn origin(screen: Screen, alert: &alert::Alert) {
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
