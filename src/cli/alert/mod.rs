//! `vigie alert`: what was found, who has it, what people say of it.

mod list;
mod show;
mod stats;
pub(in crate::cli) mod story;

pub(super) use show::state;

use anyhow::Result;
use clap::{Args, Subcommand, ValueEnum};

use super::answer::told;
use super::argument;
use super::exit::Exit;
use super::place::{Place, Records};
use super::screen::Screen;
use super::several::{Open, Which};
use super::speaker::Who;
use crate::alert::Verdict;
use crate::api::{Command, Speaker};
use crate::base::id::{AlertId, PersonId};
use crate::base::level::Level;

/// Lists, shows, acknowledges, qualifies, resolves or raises alerts
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
    Stats(stats::Stats),
    /// Says "I have it": nobody else is asked
    Ack {
        #[command(flatten)]
        which: Which,
        #[command(flatten)]
        who: Who,
        #[command(flatten)]
        place: Place,
    },
    /// Takes over from whoever has it, who is told
    Take {
        /// Its number, such as A12
        #[arg(value_parser = argument::alert)]
        alert: AlertId,
        #[command(flatten)]
        who: Who,
        #[command(flatten)]
        place: Place,
    },
    /// Hands it on to somebody else, who is paged at once
    Hand {
        /// Its number, such as A12
        #[arg(value_parser = argument::alert)]
        alert: AlertId,
        /// To whom: a name of people.yaml
        #[arg(long, value_name = "PERSON")]
        to: String,
        #[command(flatten)]
        who: Who,
        #[command(flatten)]
        place: Place,
    },
    /// Says "I have it, ask me again later"
    Snooze {
        /// Its number, such as A12
        #[arg(value_parser = argument::alert)]
        alert: AlertId,
        /// After how long, such as 30m; at most a day
        #[arg(long = "for", value_name = "DURATION", value_parser = argument::duration)]
        after: u64,
        #[command(flatten)]
        who: Who,
        #[command(flatten)]
        place: Place,
    },
    /// Says what it is: false, to be checked, confirmed
    Qualify {
        /// Its number, such as A12
        #[arg(value_parser = argument::alert)]
        alert: AlertId,
        /// Whether it is an attack
        #[arg(value_enum)]
        verdict: VerdictWord,
        /// Whether personal data are touched, as far as is known
        #[arg(long, value_name = "yes|no", value_parser = argument::yes)]
        personal_data: Option<bool>,
        /// Whether care is touched, as far as is known
        #[arg(long, value_name = "yes|no", value_parser = argument::yes)]
        care: Option<bool>,
        /// In your words, without a patient's name
        #[arg(long, value_parser = argument::note)]
        note: Option<String>,
        #[command(flatten)]
        who: Who,
        #[command(flatten)]
        place: Place,
    },
    /// Takes signs out of it into an alert of their own
    Split {
        /// Its number, such as A12
        #[arg(value_parser = argument::alert)]
        alert: AlertId,
        /// The numbers of the signs, as `vigie alert show` has them
        #[arg(required = true)]
        signs: Vec<u64>,
        #[command(flatten)]
        who: Who,
        #[command(flatten)]
        place: Place,
    },
    /// Ticks first gestures that are done, by their numbers in `vigie alert show`
    Tick {
        /// Its number, such as A12
        #[arg(value_parser = argument::alert)]
        alert: AlertId,
        /// The numbers of the gestures
        #[arg(required = true)]
        gestures: Vec<usize>,
        /// Take the ticks away instead
        #[arg(long)]
        undo: bool,
        #[command(flatten)]
        who: Who,
        #[command(flatten)]
        place: Place,
    },
    /// Tells exactly those who were told that it was wrong
    Erratum {
        /// Its number, such as A12
        #[arg(value_parser = argument::alert)]
        alert: AlertId,
        /// What is right, without a patient's name
        #[arg(value_parser = argument::title)]
        text: String,
        #[command(flatten)]
        who: Who,
        #[command(flatten)]
        place: Place,
    },
    /// Pages the next step of the chain now, or one of your choice
    Escalate {
        #[command(flatten)]
        which: Which,
        /// Which step, from 1; the next where it is left out
        #[arg(long, value_name = "STEP")]
        to: Option<usize>,
        #[command(flatten)]
        place: Place,
    },
    /// Ends an alert; it comes back if what was found goes on
    Resolve {
        #[command(flatten)]
        which: Which,
        /// Why, without a patient's name
        #[arg(long, value_parser = argument::note)]
        reason: Option<String>,
        #[command(flatten)]
        who: Who,
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
        /// Who saw it, if it was not you: a ward, a name, without a patient's
        #[arg(long = "for", value_name = "WHO", value_parser = argument::title)]
        told_by: Option<String>,
        #[command(flatten)]
        who: Who,
        #[command(flatten)]
        place: Place,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum LevelWord {
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

#[derive(Debug, Clone, Copy, ValueEnum)]
enum VerdictWord {
    /// It is no attack
    False,
    /// Nobody knows yet
    ToBeChecked,
    /// It is an attack
    Confirmed,
}

impl From<VerdictWord> for Verdict {
    fn from(word: VerdictWord) -> Self {
        match word {
            VerdictWord::False => Self::False,
            VerdictWord::ToBeChecked => Self::ToBeChecked,
            VerdictWord::Confirmed => Self::Confirmed,
        }
    }
}

impl Alert {
    pub(super) fn run(self, screen: Screen) -> Result<Exit> {
        let (place, command) = match self.action {
            Action::List { records, all, json } => return list::list(records.on(screen), &records, all, json),
            Action::Show { alert, records, json } => return show::show(records.on(screen), &records, alert, json),
            Action::Stats(stats) => return stats.run(screen),
            Action::Ack { which, who, place } => {
                let by = Speaker::from(who);
                let command = |alert| Command::Ack { alert, by: by.clone() };
                return which.each(place.on(screen), &place, Open::Unheld, command);
            }
            Action::Escalate { which, to, place } => {
                return which.each(place.on(screen), &place, Open::Unheld, |alert| Command::Escalate { alert, to });
            }
            Action::Resolve { which, reason, who, place } => {
                let by = Speaker::from(who);
                let command = |alert| Command::Resolve { alert, reason: reason.clone(), by: by.clone() };
                return which.each(place.on(screen), &place, Open::Any, command);
            }
            Action::Take { alert, who, place } => (place, Command::Ack { alert, by: who.into() }),
            Action::Hand { alert, to, who, place } => {
                (place, Command::Hand { alert, to: PersonId(to), by: who.into() })
            }
            Action::Snooze { alert, after, who, place } => {
                (place, Command::Snooze { alert, seconds: after, by: who.into() })
            }
            Action::Qualify { alert, verdict, personal_data, care, note, who, place } => {
                let (verdict, by) = (verdict.into(), who.into());
                (place, Command::Qualify { alert, verdict, personal_data, care, note, by })
            }
            Action::Split { alert, signs, who, place } => {
                (place, Command::Split { alert, parts: signs, by: who.into() })
            }
            Action::Tick { alert, gestures, undo, who, place } => {
                (place, Command::Tick { alert, gestures, done: !undo, by: who.into() })
            }
            Action::Erratum { alert, text, who, place } => (place, Command::Erratum { alert, text, by: who.into() }),
            Action::Raise { title, level, told_by, who, place } => {
                (place, Command::Raise { title, level: level.into(), told_by, by: who.into() })
            }
        };
        Ok(told(place.on(screen), &place.ask(command)?))
    }
}
