//! `vigie drill`: exercises, from the list of playbooks to the report.

mod rehearse;
mod report;

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, Subcommand, ValueEnum};

use super::answer::told;
use super::argument;
use super::exit::Exit;
use super::place::Place;
use super::screen::{Paint, Row, Screen};
use super::tongue::LanguageWord;
use crate::api::{Act, Answer, Command, InjectStatus, Query, Seen, Speaker};
use crate::base::id::{DrillId, InjectId, PersonId, PlaybookId};
use crate::base::language::Text;
use crate::drill::play::InjectState;
use crate::drill::playbook::Offset;
use crate::words::exercise as words;
use crate::words::status::paused;

pub(super) use rehearse::{Hall, rehearse_file};
pub(super) use report::{Form, record_of, render, titles, write};

/// Rehearses, starts and leads exercises, and writes their reports
#[derive(Debug, Args)]
pub(super) struct Drill {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Lists the playbooks that can be played
    List {
        #[command(flatten)]
        place: Place,
    },
    /// Plays playbooks on a virtual clock with a scripted cast; nobody is paged
    Rehearse {
        /// Playbooks
        #[arg(required = true)]
        playbooks: Vec<PathBuf>,
        /// Who answers
        #[arg(long, value_enum, default_value = "playbook")]
        cast: CastWord,
        /// Also write the report of each: report.html, .md and .json, in a folder of its name below this one
        #[arg(long, value_name = "FOLDER")]
        report: Option<PathBuf>,
        #[command(flatten)]
        place: Place,
    },
    /// Starts an exercise in the running daemon
    Start {
        /// Its name, as `vigie drill list` shows it
        playbook: String,
        /// How many minutes of the script pass in a minute
        #[arg(long, default_value_t = 1)]
        pace: u32,
        #[command(flatten)]
        place: Place,
    },
    /// Shows the running exercise: what was played, what comes, what waits for you
    Status {
        #[command(flatten)]
        place: Place,
    },
    /// Plays an inject now
    Fire(OnInject),
    /// Leaves an inject out
    Skip(OnInject),
    /// Says that the call of a phone card was made
    Called(OnInject),
    /// Records what was seen of an expected action
    Observe {
        #[command(flatten)]
        on: OnInject,
        /// What was seen
        #[arg(value_enum)]
        seen: SeenWord,
        /// Which of the inject's expectations, from 1; all its actions where left out
        #[arg(long)]
        expectation: Option<usize>,
        /// In your words
        #[arg(long, value_parser = argument::note)]
        note: Option<String>,
    },
    /// Records a decision
    Decide {
        #[command(flatten)]
        on: OnInject,
        /// The option that was chosen
        option: String,
        /// Who decided: a name of people.yaml
        #[arg(long)]
        by: String,
    },
    /// Writes something down
    Note {
        /// The exercise, such as D1
        #[arg(value_parser = argument::drill)]
        drill: DrillId,
        /// What
        #[arg(value_parser = argument::note)]
        text: String,
        /// Who writes, by their name in people.yaml; where left out, whoever your account belongs to
        #[arg(long)]
        by: Option<String>,
        #[command(flatten)]
        place: Place,
    },
    /// Stops the clock of the exercise
    Pause(OnDrill),
    /// Lets the clock of the exercise run on
    Resume(OnDrill),
    /// Ends the exercise now
    Stop {
        #[command(flatten)]
        on: OnDrill,
        /// Why, for the report; that the facilitator ended it where left out
        #[arg(long, value_parser = argument::note)]
        why: Option<String>,
    },
    /// Writes the after-action report (RETEX)
    Report {
        /// The exercise, such as D1
        #[arg(value_parser = argument::drill)]
        drill: DrillId,
        /// HTML, Markdown or JSON
        #[arg(long, value_enum, default_value = "html")]
        form: Form,
        /// The language; the site's where left out
        #[arg(long, value_enum)]
        language: Option<LanguageWord>,
        /// Write it to this file instead of the screen
        #[arg(long, short, value_name = "FILE")]
        output: Option<PathBuf>,
        #[command(flatten)]
        place: Place,
    },
}

/// An exercise.
#[derive(Debug, Args)]
struct OnDrill {
    /// The exercise, such as D1
    #[arg(value_parser = argument::drill)]
    drill: DrillId,
    #[command(flatten)]
    place: Place,
}

/// An inject of an exercise.
#[derive(Debug, Args)]
struct OnInject {
    /// The exercise, such as D1
    #[arg(value_parser = argument::drill)]
    drill: DrillId,
    /// The inject's id
    inject: String,
    #[command(flatten)]
    place: Place,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum CastWord {
    /// As the playbook's `cast` says
    Playbook,
    /// Nobody answers at all
    Nobody,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum SeenWord {
    Done,
    Partly,
    NotDone,
}

impl Drill {
    pub(super) fn run(self, screen: Screen) -> Result<Exit> {
        let (place, drill, act) = match self.action {
            Action::List { place } => return Ok(list(place.on(screen), &place)),
            Action::Rehearse { playbooks, cast, report, place } => {
                let hall = Hall { place: &place, players: cast.into(), report: report.as_deref() };
                return rehearse::run(place.on(screen), &playbooks, hall);
            }
            Action::Start { playbook, pace, place } => {
                let command = Command::DrillStart { playbook: PlaybookId(playbook), pace };
                return Ok(told(place.on(screen), &place.ask(command)?));
            }
            Action::Status { place } => return status(place.on(screen), &place),
            Action::Report { drill, form, language, output, place } => {
                let asked = report::Asked { drill, form, language: language.map(Into::into), output };
                return report::run(place.on(screen), &asked, &place);
            }
            Action::Fire(on) => (on.place, on.drill, Act::Fire { inject: InjectId(on.inject) }),
            Action::Skip(on) => (on.place, on.drill, Act::Skip { inject: InjectId(on.inject) }),
            Action::Called(on) => (on.place, on.drill, Act::Called { inject: InjectId(on.inject) }),
            Action::Observe { on, seen, expectation, note } => {
                let seen = match seen {
                    SeenWord::Done => Seen::Done,
                    SeenWord::Partly => Seen::Partly,
                    SeenWord::NotDone => Seen::NotDone,
                };
                (on.place, on.drill, Act::Observe { inject: InjectId(on.inject), expectation, seen, note })
            }
            Action::Decide { on, option, by } => {
                (on.place, on.drill, Act::Decide { inject: InjectId(on.inject), option, by: PersonId(by) })
            }
            Action::Note { drill, text, by, place } => {
                (place, drill, Act::Note { text, by: Speaker(by.map(PersonId)) })
            }
            Action::Pause(on) => (on.place, on.drill, Act::Pause),
            Action::Resume(on) => (on.place, on.drill, Act::Resume),
            Action::Stop { on, why } => {
                let language = on.place.on(screen).language();
                let why = why.unwrap_or_else(|| words::ended_by_facilitator().get(language).to_owned());
                (on.place, on.drill, Act::Stop { why })
            }
        };
        Ok(told(place.on(screen), &place.ask(Command::Drill { drill, act })?))
    }
}

fn list(screen: Screen, place: &Place) -> Exit {
    let Some((deployment, _)) = place.open(screen) else { return Exit::Findings };
    for (id, script) in &deployment.playbooks {
        let playbook = &script.playbook;
        let row = screen.row().cell(28, id).put(" ").right(4, playbook.duration.as_mins()).put(" min  ");
        row.cell(12, words::injects(playbook.timeline.len() as u64)).put(" ").put(&playbook.title).end();
    }
    for (id, why) in &deployment.unfit {
        screen.row().cell(28, id).put(" ").paint(Paint::Dim, words::unfit(why)).end();
    }
    Exit::Fine
}

fn status(screen: Screen, place: &Place) -> Result<Exit> {
    let status = match place.ask(Query::Status)? {
        Answer::Status(status) => status,
        other => return Ok(told(screen, &other)),
    };
    if status.drills.is_empty() {
        screen.line(words::none_running());
    }
    for drill in &status.drills {
        let row = screen.row().paint(Paint::Bold, drill.id).put(" ").put(words::at(&drill.playbook, &drill.at));
        row.maybe(drill.paused.then(paused), Row::put).end();
        for inject in &drill.injects {
            screen.row().put("  ").cell(24, &inject.inject).put(" ").put(standing(drill.id, inject)).end();
        }
    }
    Ok(Exit::Fine)
}

/// Where an inject stands.
fn standing(drill: DrillId, status: &InjectStatus) -> Text {
    match &status.stage {
        InjectState::WaitsForChoice => words::waits_for_choice(),
        InjectState::WaitsForHand => words::waits_for_hand(drill, &status.inject),
        InjectState::Due(at) => words::due(Offset(*at)),
        InjectState::Sending(_) => words::being_written(),
        InjectState::Played => words::played(),
        InjectState::Skipped => words::left_out(),
        InjectState::Failed(why) => words::failed(why),
    }
}

impl From<CastWord> for crate::rehearsal::Players {
    fn from(word: CastWord) -> Self {
        match word {
            CastWord::Playbook => Self::Cast,
            CastWord::Nobody => Self::Nobody,
        }
    }
}
