//! `vigie alert`: what was found, who has it.

use anyhow::Result;
use clap::{Args, Subcommand, ValueEnum};

use super::answer::told;
use super::argument;
use super::exit::Exit;
use super::place::{Place, Records};
use super::screen::Screen;
use super::tongue::of_terminal;
use crate::alert::raised;
use crate::api::{AlertView, Answer, Command, Query};
use crate::base::id::{AlertId, PersonId};
use crate::base::language::Language;
use crate::base::level::Level;

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
        /// Its number, such as A12
        #[arg(value_parser = argument::alert)]
        alert: AlertId,
        /// Who has it: a name of people.yaml
        #[arg(long = "as", value_name = "PERSON")]
        by: String,
        #[command(flatten)]
        place: Place,
    },
    /// Pages the next step of the chain now
    Escalate {
        /// Its number, such as A12
        #[arg(value_parser = argument::alert)]
        alert: AlertId,
        #[command(flatten)]
        place: Place,
    },
    /// Ends an alert
    Resolve {
        /// Its number, such as A12
        #[arg(value_parser = argument::alert)]
        alert: AlertId,
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
        let (place, command) = match self.action {
            Action::List { records, all, json } => return list(screen, &records, all, json),
            Action::Show { alert, records, json } => return show(screen, &records, alert, json),
            Action::Ack { alert, by, place } => (place, Command::Ack { alert, by: PersonId(by) }),
            Action::Escalate { alert, place } => (place, Command::Escalate { alert }),
            Action::Resolve { alert, by, place } => (place, Command::Resolve { alert, by: PersonId(by) }),
            Action::Raise { title, level, by, place } => {
                (place, Command::Raise { title, level: level.into(), by: PersonId(by) })
            }
        };
        Ok(told(screen, of_terminal(), &place.ask(command)?))
    }
}

fn list(screen: Screen, records: &Records, all: bool, json: bool) -> Result<Exit> {
    let alerts = match records.ask(Query::Alerts { over: all })? {
        Answer::Alerts(alerts) => alerts,
        other => return Ok(told(screen, of_terminal(), &other)),
    };
    if json {
        screen.json(&alerts);
        return Ok(Exit::Fine);
    }
    if alerts.is_empty() {
        screen.line(if all { "no alert yet" } else { "no open alert" });
    }
    for alert in &alerts {
        screen.line(row(screen, alert));
    }
    Ok(Exit::Fine)
}

/// One alert on one line.
pub(super) fn row(screen: Screen, alert: &raised::Alert) -> String {
    let marked = match alert.realm.drill() {
        Some(drill) => format!("EXERCICE {drill} "),
        None => String::new(),
    };
    let subject: Vec<String> = alert.subject.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let state = match (&alert.resolved, alert.acks.last()) {
        (Some(_), _) => "over".to_owned(),
        (None, Some((by, _))) => format!("{by} has it"),
        (None, None) if alert.chain.is_none() => screen.red("no chain takes it: nobody is told"),
        (None, None) => screen.red("nobody has it"),
    };
    let level = alert.level.word();
    let title = alert.title.get(Language::En);
    let others = if alert.others > 0 { format!(" and {} others", alert.others) } else { String::new() };
    let subject = subject.join(" ");
    format!("{:>4}  {level:<13}  {marked}{title}  [{subject}]{others}  ×{}  {state}", alert.id, alert.hits)
}

fn show(screen: Screen, records: &Records, id: AlertId, json: bool) -> Result<Exit> {
    let view = match records.ask(Query::Alert { alert: id })? {
        Answer::Alert(view) => view,
        other => return Ok(told(screen, of_terminal(), &other)),
    };
    if json {
        screen.json(&view);
        return Ok(Exit::Fine);
    }
    let AlertView { alert, pages } = *view;
    screen.line(row(screen, &alert));
    screen.line(format!("      {}", alert.title.get(Language::Fr)));
    screen.line(format!("      {}", alert.description.get(Language::En)));
    screen.line(format!("      from {} to {}, raised {}", alert.first, alert.last, alert.raised));
    origin(screen, &alert);
    for page in pages {
        let receipt = page.receipt.unwrap_or_default();
        screen.line(format!(
            "      {:>4}  {:<14} {:<10} {:<9} {receipt}",
            page.page, page.person, page.channel, page.state
        ));
    }
    Ok(Exit::Fine)
}

/// Where an alert comes from. The licences of public rules ask that their author be named.
fn origin(screen: Screen, alert: &raised::Alert) {
    if let Some(source) = &alert.source {
        screen.line(format!("      source {source}"));
    }
    if let Some(rule) = &alert.rule {
        let author = alert.author.as_ref().map(|author| format!(", written by {author}")).unwrap_or_default();
        screen.line(format!("      rule {rule}{author}"));
    }
    for reference in &alert.references {
        screen.line(format!("      see {reference}"));
    }
}
