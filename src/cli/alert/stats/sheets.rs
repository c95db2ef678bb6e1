//! The three tables of the figures, as they are read on a screen and on paper.

use jiff::SignedDuration;
use jiff::civil::Date;

use super::figures::{Load, Month, Turns, name};
use super::said::Figures;
use crate::base::id::PersonId;
use crate::base::language::Text;
use crate::words::stats as words;
use crate::words::time::Lasted;
use crate::words::{Said as _, oncall};

/// A table: its title, its columns, its rows, and what its figures mean.
pub(super) struct Sheet {
    pub(super) title: Text,
    pub(super) head: Vec<Text>,
    pub(super) rows: Vec<Vec<String>>,
    pub(super) how: Text,
    /// So many columns hold words; figures stand in the others.
    pub(super) worded: usize,
}

/// What stands where there is no figure.
const NONE: &str = "–";

impl Figures {
    /// All tables that have rows.
    pub(super) fn sheets(&self) -> Vec<Sheet> {
        [self.alerts(), self.people(), self.turns()].into_iter().filter(|sheet| !sheet.rows.is_empty()).collect()
    }

    fn alerts(&self) -> Sheet {
        let row = |(at, month): (&Date, &Month)| {
            let answers = &month.answers;
            let lasted = |time: Option<SignedDuration>| time.map_or_else(|| NONE.to_owned(), |time| self.lasted(time));
            vec![
                name(*at),
                answers.alerts.to_string(),
                answers.asked.to_string(),
                answers.answered.to_string(),
                lasted(answers.half_within),
                lasted(answers.nine_tenths_within),
                lasted(answers.longest),
                answers.qualified.to_string(),
                self.share(answers.false_alarms, answers.qualified),
            ]
        };
        let head = vec![
            words::month(),
            words::raised(),
            words::asked(),
            words::answered(),
            words::half(),
            words::nine_tenths(),
            words::longest(),
            words::qualified(),
            words::false_alarms(),
        ];
        let rows = self.months.iter().map(row).collect();
        Sheet { title: words::alerts(), head, rows, how: words::how_alerts(), worded: 1 }
    }

    fn people(&self) -> Sheet {
        let mut rows = Vec::new();
        for (at, month) in &self.months {
            let all = month.people.values().map(|person| person.answers).sum::<usize>();
            let everybody = self.say(&words::everybody());
            rows.push([vec![name(*at), everybody], load(&month.pages), vec![all.to_string()]].concat());
            for (id, person) in &month.people {
                let words = vec![name(*at), self.person(id)];
                rows.push([words, load(&person.load), vec![person.answers.to_string()]].concat());
            }
        }
        let head = [vec![words::month(), words::person()], load_head(), vec![words::answers()]].concat();
        Sheet { title: words::people(), head, rows, how: words::how_pages(), worded: 2 }
    }

    fn turns(&self) -> Sheet {
        let row = |at: &Date, (turn, turned): (&Turns, &Load)| {
            let rota = turn.rota.as_ref().map_or_else(|| NONE.to_owned(), ToString::to_string);
            [vec![name(*at), rota, self.say(&turn_words(turn))], load(turned)].concat()
        };
        let rows = self.months.iter().flat_map(|(at, month)| month.turns.iter().map(move |turn| row(at, turn)));
        let head = [vec![words::month(), words::rota(), words::turn()], load_head()].concat();
        Sheet { title: words::turns(), head, rows: rows.collect(), how: words::how_turns(), worded: 3 }
    }

    /// How many, and which share of all that is.
    pub(super) fn share(&self, some: usize, all: usize) -> String {
        match all {
            0 => NONE.to_owned(),
            all => self.say(&words::share(some, (some * 100 + all / 2) / all)),
        }
    }

    pub(super) fn lasted(&self, time: SignedDuration) -> String {
        Lasted(time).said(self.language).into_owned()
    }

    /// Somebody, by the name that people say, where the site's files still have them.
    pub(super) fn person(&self, id: &PersonId) -> String {
        self.names.get(id).cloned().unwrap_or_else(|| id.to_string())
    }

    /// What could not be counted.
    pub(super) fn remarks(&self) -> Vec<Text> {
        let unread = self.months.iter().filter(|(_, month)| month.unread > 0);
        unread.map(|(at, month)| words::unread(month.unread as u64, name(*at))).collect()
    }
}

fn load_head() -> Vec<Text> {
    vec![words::pages(), words::at_night(), words::nights(), words::worst_night(), words::free_days(), words::failed()]
}

/// What was asked of somebody, figure by figure.
pub(super) fn load(load: &Load) -> Vec<String> {
    [load.pages, load.at_night(), load.nights.len(), load.worst_night(), load.free_days, load.failed]
        .map(|figure| figure.to_string())
        .to_vec()
}

/// Why it was their turn.
pub(super) fn turn_words(turn: &Turns) -> Text {
    match turn.kind {
        "shift" => oncall::shift(),
        "override" => oncall::cover(),
        "else" => oncall::otherwise(),
        "away" => oncall::stands_in(),
        "turn" => words::regular(),
        _ => words::none(),
    }
}
