//! `vigie silence`: what people need not be told of for a while.

use anyhow::Result;
use clap::{Args, Subcommand};
use jiff::SignedDuration;
use jiff::tz::TimeZone;

use super::alert::LevelWord;
use super::answer::told;
use super::argument;
use super::exit::Exit;
use super::place::{Place, Records};
use super::screen::{Row, Screen};
use super::speaker::Who;
use super::when::When;
use crate::alert::{Matcher, Silence as Kept};
use crate::api::{Answer, Command, Query, SilenceView, Silences, WindowView};
use crate::base::id::{AlertId, PersonId, RuleId, SilenceId, SourceName};
use crate::base::language::Text;
use crate::base::tie::{Tie, TieKind};
use crate::daemon::clock;
use crate::words::failure::Failure;
use crate::words::level::level;
use crate::words::silence as words;
use crate::words::time::At;
use crate::words::{Said as _, alert as of_alert, page as of_page};

/// Silences: what people need not be told of for a while
#[derive(Debug, Args)]
pub(super) struct Silence {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Tells nobody of something for a while: alerts are raised and listed, and told when it ends
    Add(Box<Add>),
    /// Lists silences and maintenance windows
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
    /// Ends a silence now: what it held back is told at once
    End {
        /// Its number, such as S3
        #[arg(value_parser = argument::silence)]
        silence: SilenceId,
        #[command(flatten)]
        who: Who,
        #[command(flatten)]
        place: Place,
    },
}

#[derive(Debug, Args)]
struct Add {
    /// Of this rule; `vigie:` and what suffers for an alert about vigie itself, such as vigie:channel:sms
    #[arg(long = "rule", value_name = "RULE")]
    rules: Vec<String>,
    /// About this machine
    #[arg(long = "machine", value_name = "NAME", value_parser = machine)]
    machines: Vec<Tie>,
    /// About this account
    #[arg(long = "account", value_name = "NAME", value_parser = account)]
    accounts: Vec<Tie>,
    /// About this address
    #[arg(long = "address", value_name = "ADDRESS", value_parser = address)]
    addresses: Vec<Tie>,
    /// In lines of this source
    #[arg(long = "source", value_name = "SOURCE")]
    sources: Vec<String>,
    /// Nothing graver than this level
    #[arg(long, value_enum, default_value = "high")]
    level: LevelWord,
    /// Why, without a patient's name
    #[arg(long, value_parser = argument::title)]
    reason: String,
    /// From when on, such as 22:00 or "2026-12-01 22:00"; now where it is left out
    #[arg(long, value_name = "TIME", value_parser = When::read)]
    from: Option<When>,
    /// Up to when, such as 06:00 or "2026-12-02 06:00"; 30 days at most
    #[arg(long, value_name = "TIME", value_parser = When::read, conflicts_with = "for", required_unless_present = "for")]
    until: Option<When>,
    /// For how long, such as 2h
    #[arg(long, value_name = "DURATION", value_parser = argument::duration)]
    r#for: Option<u64>,
    #[command(flatten)]
    who: Who,
    #[command(flatten)]
    place: Place,
}

impl Silence {
    pub(super) fn run(self, screen: Screen) -> Result<Exit> {
        match self.action {
            Action::Add(add) => add.run(screen),
            Action::List { records, all, json } => list(records.on(screen), &records, all, json),
            Action::End { silence, who, place } => {
                let command = Command::EndSilence { silence, by: who.into() };
                Ok(told(place.on(screen), &place.ask(command)?))
            }
        }
    }
}

impl Add {
    fn run(self, screen: Screen) -> Result<Exit> {
        let (screen, zone, now) = (self.place.on(screen), self.place.clock(), clock::now());
        let instant = |when: When, after| when.after(after, &zone);
        let from = self.from.map(|from| instant(from, now)).transpose()?;
        let begins = from.unwrap_or(now);
        let until = match (self.until, self.r#for) {
            (Some(until), _) => instant(until, begins)?,
            (None, after) => {
                let after = i64::try_from(after.unwrap_or_default()).unwrap_or(i64::MAX);
                begins.saturating_add(SignedDuration::from_secs(after))?
            }
        };
        let matcher = Matcher {
            rules: self.rules.into_iter().map(RuleId).collect(),
            ties: self.machines.into_iter().chain(self.accounts).chain(self.addresses).collect(),
            sources: self.sources.into_iter().map(SourceName).collect(),
        };
        let (up_to, reason, by) = (self.level.into(), self.reason, self.who.into());
        let command = Command::Silence { matcher, up_to, reason, from, until, by };
        let answer = self.place.ask(command)?;
        Ok(told_at(screen, &answer, &zone))
    }
}

/// Says what came of it, on the site's clock.
fn told_at(screen: Screen, answer: &Answer, zone: &TimeZone) -> Exit {
    use crate::api::Done;
    let Answer::Done(Done::Silenced { silence, from, until, up_to, alerts }) = answer else {
        return told(screen, answer);
    };
    let until = At(*until, zone);
    screen.line(if *from > clock::now() {
        words::planned(silence, level(*up_to), At(*from, zone), until)
    } else {
        words::added(silence, level(*up_to), until)
    });
    if *alerts > 0 {
        screen.line(words::holds(*alerts as u64));
    }
    Exit::Fine
}

fn machine(text: &str) -> Result<Tie, Failure> {
    tie(TieKind::Machine, text)
}

fn account(text: &str) -> Result<Tie, Failure> {
    tie(TieKind::Account, text)
}

fn address(text: &str) -> Result<Tie, Failure> {
    tie(TieKind::Address, text)
}

fn tie(kind: TieKind, text: &str) -> Result<Tie, Failure> {
    Tie::of(kind, text).ok_or_else(|| Failure(words::names_nothing()))
}

fn list(screen: Screen, records: &Records, all: bool, json: bool) -> Result<Exit> {
    let shown = match records.ask(Query::Silences { over: all })? {
        Answer::Silences(shown) => shown,
        other => return Ok(told(screen, &other)),
    };
    if json {
        screen.json(&shown);
        return Ok(Exit::Fine);
    }
    let (Silences { silences, windows }, zone) = (shown, records.clock());
    if silences.is_empty() && windows.is_empty() {
        screen.line(words::none());
    }
    for SilenceView { silence, alerts } in &silences {
        row(screen, silence, &zone);
        under(screen, (&silence.matcher, silence.up_to), (&silence.owner, &silence.reason));
        held_back(screen, alerts);
    }
    for WindowView { matcher, up_to, reason, owner, until, next } in &windows {
        let when = match (until, next) {
            (Some(until), _) => words::window_open(At(*until, &zone)),
            (None, Some(next)) => words::window_next(At(*next, &zone)),
            (None, None) => words::window(),
        };
        screen.row().put("   -  ").put(when).end();
        under(screen, (matcher, *up_to), (owner, reason));
    }
    Ok(Exit::Fine)
}

fn row(screen: Screen, silence: &Kept, zone: &TimeZone) {
    let at = |instant| At(instant, zone);
    let Kept { id, from, until, ended, .. } = silence;
    let when = match ended {
        Some(ended) => words::was(at(*from), at(*ended)),
        None if silence.runs(clock::now()) => words::runs(at(*until)),
        None => words::will_run(at(*from), at(*until)),
    };
    screen.row().right(4, id).put("  ").put(when).end();
}

fn under(screen: Screen, (matcher, up_to): (&Matcher, crate::base::level::Level), (owner, reason): (&PersonId, &str)) {
    let row = || screen.row().put("      ");
    row().put(words::about(what(screen, matcher), level(up_to))).end();
    row().put(words::by(owner, reason)).end();
}

fn held_back(screen: Screen, alerts: &[AlertId]) {
    if !alerts.is_empty() {
        let alerts: Vec<String> = alerts.iter().map(ToString::to_string).collect();
        let row: Row = screen.row().put("      ").put(words::alerts(alerts.join(" ")));
        row.end();
    }
}

/// What a silence is about, on one line.
fn what(screen: Screen, matcher: &Matcher) -> String {
    let say = |name: Text, value: &str| format!("{} {value}", name.said(screen.language()));
    let rules = matcher.rules.iter().map(|rule| say(of_page::rule(), rule.as_str()));
    let ties = matcher.ties.iter().map(|tie| say(of_alert::tie(tie.kind), &tie.value));
    let sources = matcher.sources.iter().map(|source| say(of_page::source(), source.as_str()));
    rules.chain(ties).chain(sources).collect::<Vec<_>>().join(", ").to_lowercase()
}
