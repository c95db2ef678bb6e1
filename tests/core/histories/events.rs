//! What may happen to a vigie, in any order.

use proptest::prelude::*;
use vigie::api::{Command, Speaker};
use vigie::base::id::{AlertId, SilenceId};
use vigie::base::level::Level;

use super::super::world::End;

/// What somebody may edit: a file, words in it, and what stands there afterwards.
pub(super) const EDITS: [(&str, &str, &str); 4] = [
    ("chains.yaml", "  major:", "  night:"),
    ("chains.yaml", "by: [sms, mail], ack: 10m", "by: [mail, sms], ack: 25m"),
    ("people.yaml", "mail: bob@three.example", "mail: robert@three.example"),
    ("vigie.yaml", "rules: [rules]", "alerts: {within: 5m, same_rule: 0s}\nrules: [rules]"),
];

#[derive(Debug, Clone, Copy)]
pub(super) enum Event {
    Attack(u8, bool),
    /// A trifle by somebody who may also attack: it may join, and what joins it may make it graver.
    Trifle(u8),
    Copy(usize),
    Look,
    Inject,
    Pass(i64),
    Sleep(i64),
    /// Channels begin to send what they hold.
    Begin,
    Post(usize, End),
    PostAll(End),
    Ack(u64, usize),
    Escalate(u64),
    Resolve(u64),
    /// Somebody silences an account, from so many seconds on, for so many.
    Silence(u8, i64, i64),
    EndSilence(u64),
    Hand(u64, usize, usize),
    Snooze(u64, usize, u64),
    Split(u64, u64),
    Erratum(u64),
    Raise(usize),
    /// The clock of the machine is moved.
    Clock(i64),
    /// The machine dies, and somebody edits the site's files before it starts: changed so, or put back.
    Edit(usize),
    StartDrill,
    StopDrill,
    Die,
    LookAndDie,
    PassAndDie(i64),
}

impl Event {
    /// What somebody says.
    pub(super) fn command(self) -> Option<Command> {
        let (by, person) = (Speaker::from("ann"), |who: usize| Speaker::from(PEOPLE[who]));
        let alert = AlertId;
        Some(match self {
            Self::Ack(of, by) => Command::Ack { alert: alert(of), by: person(by) },
            Self::Escalate(of) => Command::Escalate { alert: alert(of), to: None },
            Self::Resolve(of) => Command::Resolve { alert: alert(of), reason: None, by },
            Self::EndSilence(number) => Command::EndSilence { silence: SilenceId(number), by },
            Self::Hand(of, by, to) => Command::Hand { alert: alert(of), to: PEOPLE[to].into(), by: person(by) },
            Self::Snooze(of, by, seconds) => Command::Snooze { alert: alert(of), seconds, by: person(by) },
            Self::Split(of, part) => Command::Split { alert: alert(of), parts: vec![part], by },
            Self::Erratum(of) => Command::Erratum { alert: alert(of), text: "it is the other server".to_owned(), by },
            Self::Raise(by) => {
                let (title, level) = ("black screens".to_owned(), Level::Critical);
                Command::Raise { title, level, told_by: None, by: person(by) }
            }
            _ => return None,
        })
    }
}

pub(super) const PEOPLE: [&str; 3] = ["ann", "bob", "cleo"];

fn ends() -> impl Strategy<Value = End> {
    prop_oneof![
        6 => Just(End::Accepted),
        2 => Just(End::Unclear),
        2 => Just(End::Later),
        1 => Just(End::Refused),
        1 => Just(End::Silent),
        1 => Just(End::Dead),
    ]
}

fn seconds() -> impl Strategy<Value = i64> {
    prop_oneof![Just(1), 2..30_i64, Just(61), Just(300), Just(601), Just(7300)]
}

pub(super) fn events() -> impl Strategy<Value = Event> {
    prop_oneof![
        4 => (0..3_u8, any::<bool>()).prop_map(|(user, log)| Event::Attack(user, log)),
        2 => (0..3_u8).prop_map(Event::Trifle),
        1 => (0..8_usize).prop_map(Event::Copy),
        4 => Just(Event::Look),
        3 => Just(Event::Inject),
        4 => seconds().prop_map(Event::Pass),
        1 => seconds().prop_map(Event::Sleep),
        2 => Just(Event::Begin),
        5 => (0..4_usize, ends()).prop_map(|(which, end)| Event::Post(which, end)),
        2 => ends().prop_map(Event::PostAll),
        2 => (1..6_u64, 0..3_usize).prop_map(|(alert, by)| Event::Ack(alert, by)),
        1 => (1..6_u64).prop_map(Event::Escalate),
        1 => (1..6_u64).prop_map(Event::Resolve),
        2 => (0..3_u8, 0..700_i64, 1..2000_i64).prop_map(|(user, from, lasts)| Event::Silence(user, from, lasts)),
        1 => (1..4_u64).prop_map(Event::EndSilence),
        1 => (1..6_u64, 0..3_usize, 0..3_usize).prop_map(|(alert, by, to)| Event::Hand(alert, by, to)),
        1 => (1..6_u64, 0..3_usize, 1..9000_u64).prop_map(|(alert, by, seconds)| Event::Snooze(alert, by, seconds)),
        1 => (1..6_u64, 1..4_u64).prop_map(|(alert, part)| Event::Split(alert, part)),
        1 => (1..6_u64).prop_map(Event::Erratum),
        1 => (0..3_usize).prop_map(Event::Raise),
        1 => prop_oneof![-4000..4000_i64, -3..3_i64].prop_map(Event::Clock),
        1 => (0..EDITS.len()).prop_map(Event::Edit),
        2 => Just(Event::StartDrill),
        1 => Just(Event::StopDrill),
        2 => Just(Event::Die),
        2 => Just(Event::LookAndDie),
        2 => seconds().prop_map(Event::PassAndDie),
    ]
}
