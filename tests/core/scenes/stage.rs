//! Where a scene is played: the core in its world, channels in a mood, and every message that came.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use vigie::alert::chain::{PageReason, Standing};
use vigie::alert::page::{Address, Letter};
use vigie::api::{Answer, Command, Purpose};
use vigie::base::duration;
use vigie::base::id::{AlertId, PageId};
use vigie::base::level::Level;
use vigie::core::{Input, Reread};

use super::super::site;
use super::super::world::{Arrived, End, World, attack};
use super::set_up::write;

/// What a channel does with a letter.
#[derive(Debug, Clone, Copy)]
enum Mood {
    Ends(End),
    /// It takes it after so long.
    Slow(SignedDuration),
    /// It keeps it, and can be asked to give it back.
    Holds,
}

/// A message that came, so many milliseconds after the beginning.
#[derive(Debug)]
pub(super) struct Came {
    pub(super) at: i64,
    pub(super) alert: String,
    pub(super) what: String,
    pub(super) text: String,
}

pub(super) struct Stage {
    world: World,
    began: Timestamp,
    moods: BTreeMap<String, Mood>,
    /// Since when a channel has a letter.
    since: BTreeMap<PageId, Timestamp>,
    pub(super) came: Vec<Came>,
    runs: bool,
    /// What happens now, for whoever looks why it cannot.
    happens: String,
}

impl Stage {
    pub(super) fn new(set_up: &[String]) -> Self {
        let world = World::of(|folder| set_up.iter().for_each(|line| write(folder, line)));
        let began = world.now;
        Self {
            world,
            began,
            moods: BTreeMap::new(),
            since: BTreeMap::new(),
            came: Vec::new(),
            runs: true,
            happens: String::new(),
        }
    }

    /// Time passes as in a daemon, from deadline to deadline, up to an instant of the scene.
    pub(super) fn until(&mut self, at: i64) {
        let until = self.began + SignedDuration::from_millis(at);
        if !self.runs {
            self.world.now = until;
            return;
        }
        self.deliver();
        while let Some(next) = self.next().filter(|next| *next <= until) {
            self.world.now = self.world.now.max(next);
            self.world.step(Vec::new());
            self.deliver();
        }
        self.world.now = until;
        self.world.step(Vec::new());
        self.deliver();
    }

    fn next(&mut self) -> Option<Timestamp> {
        let slow = self.world.held.iter().filter_map(|(page, (letter, _))| self.taken_at(*page, letter));
        let slow = slow.min();
        [self.world.core().deadline(), slow].into_iter().flatten().min()
    }

    fn taken_at(&self, page: PageId, letter: &Letter) -> Option<Timestamp> {
        match self.moods.get(channel(letter.address())) {
            Some(Mood::Slow(after)) => Some(*self.since.get(&page)? + *after),
            _ => None,
        }
    }

    /// Channels do with what they hold as they please, until nothing more follows at this instant.
    fn deliver(&mut self) {
        loop {
            let now = self.world.now;
            for page in self.world.held.keys() {
                self.since.entry(*page).or_insert(now);
            }
            let next =
                self.world.held.iter().find_map(|(page, (letter, _))| Some((*page, self.end_of(*page, letter)?)));
            let Some((page, end)) = next else { return };
            self.since.remove(&page);
            self.world.end(page, end);
            for arrived in std::mem::take(&mut self.world.arrived) {
                let came = self.came(&arrived);
                self.came.push(came);
            }
        }
    }

    fn came(&self, arrived: &Arrived) -> Came {
        let at = self.world.now.duration_since(self.began).as_millis();
        let way = format!("{} {}", arrived.person, channel(&arrived.address));
        let (alert, why) = match &arrived.purpose {
            Purpose::Message { .. } => ("A0".to_owned(), "plays".to_owned()),
            Purpose::Digest { .. } => ("A0".to_owned(), "digest".to_owned()),
            Purpose::Escalation { alert, key, .. } | Purpose::Duty { alert, key } => {
                let place = self.world.alerts().iter().position(|known| known.id == *alert).unwrap();
                (format!("A{}", place + 1), why(&key.reason))
            }
        };
        let repeat = if arrived.is_repeat() { " repeat" } else { "" };
        let text = format!("{}\n{}", arrived.subject, arrived.body);
        Came { at: i64::try_from(at).unwrap(), alert, what: format!("{way} {why}{repeat}"), text }
    }

    /// An alert, which a scene calls by its place among all: numbers are passed over at a death.
    fn alert(&self, name: &str) -> AlertId {
        let place = name.strip_prefix('A').and_then(|place| place.parse::<usize>().ok());
        let place = place.unwrap_or_else(|| panic!("{}: {name} is no alert", self.happens));
        self.world.alerts().get(place - 1).unwrap_or_else(|| panic!("{}: there is no {name}", self.happens)).id
    }

    /// What becomes of a letter now; nothing while its channel keeps it.
    fn end_of(&self, page: PageId, letter: &Letter) -> Option<End> {
        match self.moods.get(channel(letter.address())) {
            None => Some(End::Accepted),
            Some(Mood::Ends(end)) => Some(*end),
            Some(Mood::Slow(_)) => {
                self.taken_at(page, letter).filter(|at| *at <= self.world.now).map(|_| End::Accepted)
            }
            Some(Mood::Holds) => None,
        }
    }

    /// Something happens, in the words of the table.
    pub(super) fn happens(&mut self, what: &str) {
        what.clone_into(&mut self.happens);
        let words: Vec<&str> = what.split_whitespace().collect();
        let world = &mut self.world;
        match words[..] {
            ["attack", user] => world.attack(user),
            ["attack", user, "dated", time] => {
                let line = attack(user).replace('{', &format!("{{\"time\":\"{time}\","));
                world.write("a", &line);
                world.look();
            }
            ["attacks", count] => {
                (0..number(count)).for_each(|user| world.write("a", &attack(&format!("u{user}"))));
                world.look();
            }
            ["trifles", count] => {
                for user in 0..number(count) {
                    (0..3).for_each(|_| world.write("a", &format!(r#"{{"act":"try","user":"t{user}"}}"#)));
                }
                world.look();
            }
            ["line", log] => {
                world.write(if log == "a" { "a" } else { "b" }, r#"{"act":"nothing"}"#);
                world.look();
            }
            ["written", user] => world.write("a", &attack(user)),
            ["attack", user, "and", "death"] => {
                world.write("a", &attack(user));
                let unread = world.unread();
                world.step_and_die(unread);
            }
            ["raised", "by", by] => self.asks(Command::Raise {
                title: "black screens".to_owned(),
                level: Level::Critical,
                told_by: None,
                by: by.into(),
            }),
            ["drill"] => drop(world.start_drill().expect("it starts")),
            ["inject"] => {
                world.inject();
                world.look();
            }
            ["death"] => {
                world.die();
                self.runs = false;
            }
            ["start"] => {
                world.start();
                world.look();
                self.runs = true;
            }
            ["sleep", span] => world.sleep(read(span).as_secs()),
            ["clock", by] => self.clock(by),
            ["alerts", count] => assert_eq!(world.alerts().len() as u64, number(count), "{:#?}", world.alerts()),
            [channel @ ("mail" | "sms" | "paper"), ref mood @ ..] => self.mood(channel, mood),
            [alert, "is", ..] => self.is(alert, &words[2..].join(" ")),
            ["edit", ..] => write(world.folder.path(), what),
            ["reload"] => self.reload(),
            [alert, ref said @ ..] => self.says(alert, said),
            [] => panic!("nothing happens"),
        }
        if self.runs {
            self.deliver();
        }
    }

    fn mood(&mut self, channel: &str, mood: &[&str]) {
        let mood = match mood {
            ["works"] => Mood::Ends(End::Accepted),
            ["is", "down"] => Mood::Ends(End::Later),
            ["refuses"] => Mood::Ends(End::Refused),
            ["cuts", "off"] => Mood::Ends(End::Unclear),
            ["holds"] => Mood::Holds,
            ["takes", span] => {
                self.world.leaving.extend(self.world.held.keys());
                Mood::Slow(read(span))
            }
            other => panic!("no channel is like that: {other:?}"),
        };
        self.moods.insert(channel.to_owned(), mood);
    }

    /// Somebody says something of an alert: `A1 ack ann`.
    fn says(&mut self, alert: &str, said: &[&str]) {
        let alert = self.alert(alert);
        let refused = said.first() == Some(&"refuses");
        let command = match said[usize::from(refused)..] {
            ["ack", by] => Command::Ack { alert, by: by.into() },
            ["resolve", by] => Command::Resolve { alert, reason: None, by: by.into() },
            ["escalate"] => Command::Escalate { alert, to: None },
            ["escalate", step] => Command::Escalate { alert, to: step.parse().ok() },
            ["hand", by, to] => Command::Hand { alert, to: to.into(), by: by.into() },
            ["snooze", by, span] => {
                Command::Snooze { alert, seconds: read(span).as_secs().unsigned_abs(), by: by.into() }
            }
            ["erratum", by] => Command::Erratum { alert, text: "it is the other server".to_owned(), by: by.into() },
            ["split", part, by] => Command::Split { alert, parts: vec![number(part)], by: by.into() },
            ref other => panic!("nobody says {other:?}"),
        };
        if refused {
            let answer = self.world.ask(command);
            assert!(matches!(answer, Answer::Refused(_)), "{answer:?}");
        } else {
            self.asks(command);
        }
    }

    fn asks(&mut self, command: Command) {
        let answer = self.world.ask(command);
        assert!(matches!(answer, Answer::Done(_)), "{}: {answer:?}; came: {:#?}", self.happens, self.came);
    }

    /// Somebody moves the clock of the machine: the scene counts the time that passed.
    fn clock(&mut self, by: &str) {
        let back = by.starts_with('-');
        let by = read(by.trim_start_matches(['-', '+']));
        let by = if back { -by } else { by };
        self.began += by;
        self.since.values_mut().for_each(|at| *at += by);
        self.world.move_clock(by);
        self.world.step(Vec::new());
    }

    fn reload(&mut self) {
        let (deployment, engine) = site::open(self.world.folder.path());
        let read = Ok(Box::new(Reread { deployment, engine, warnings: 0 }));
        self.world.step(vec![Input::Reread { ticket: 1, by: None, read }]);
        let answer = self.world.answer.take();
        assert!(matches!(answer, Some(Answer::Done(_))), "{answer:?}");
    }

    fn is(&self, alert: &str, state: &str) {
        let (alert, _) = self.world.alert(self.alert(alert));
        let standing = match &alert.standing {
            Standing::Untold => "told to nobody".to_owned(),
            Standing::Asked { of, .. } => format!("asked of {of}"),
            Standing::Held { by, asked: None, .. } => format!("held by {by}"),
            Standing::Held { by, asked: Some(asked), .. } => format!("held by {by} and asked of {asked}"),
            other => format!("{other:?}").to_lowercase().split(' ').next().unwrap().to_owned(),
        };
        let seen = format!("seen {} times about {}", alert.hits, alert.others + 1);
        let acks = format!("taken {} times", alert.acks.len());
        let known = [standing, seen, acks];
        assert!(known.iter().any(|known| known == state), "{state}: {known:?}");
    }
}

fn channel(address: &Address) -> &'static str {
    match address {
        Address::Mail(_) => "mail",
        Address::Sms(_) => "sms",
        Address::Folder => "paper",
    }
}

fn why(reason: &PageReason) -> String {
    let word = match reason {
        PageReason::Turn => "turn",
        PageReason::Again(_) => "again",
        PageReason::Graver(_) => "graver",
        PageReason::Handed(_) => "handed",
        PageReason::Reack(_) => "still",
        PageReason::Update(_) => "more",
        PageReason::Taken(_) => "taken",
        PageReason::Relieved(_) => "relieved",
        PageReason::OnDuty(_) => "on duty",
        PageReason::Over(_) => "over",
        PageReason::Erratum(_) => "wrong",
        PageReason::Duty(duty) => return format!("declares {duty}"),
        PageReason::LastResort => "last",
    };
    word.to_owned()
}

fn number(text: &str) -> u64 {
    text.parse().unwrap_or_else(|_| panic!("{text} is no number"))
}

fn read(span: &str) -> SignedDuration {
    duration::parse(span).unwrap_or_else(|| panic!("{span} is no time"))
}
