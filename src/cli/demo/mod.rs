//! `vigie demo`: the whole story on a hospital that does not exist, in under a minute. Everything in it is the real
//! thing: the daemon, the rules, the chain, SMTP sessions, the local socket, the store and the report. Only the minutes
//! of the chain are made seconds, and the people are played.

mod folder;
mod players;
mod sink;
mod teller;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use clap::Args;
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio_util::sync::CancellationToken;

use super::drill::{Form, record_of, render, titles};
use super::exit::Exit;
use super::screen::Screen;
use crate::alert::chain::Pace;
use crate::api::{AlertFact, Answer, ChainFact, Command, Done, Fact, Query, Told};
use crate::base::id::{AlertId, DrillId, PlaybookId, RuleId};
use crate::base::language::{Language, Text};
use crate::check;
use crate::daemon::{Daemon, Notice, client};
use crate::drill::play;
use crate::drill::report::Mode;
use crate::site::Site;
use crate::store::Store;
use crate::words::demo as words;
use crate::words::failure::{Failure, no_port, no_start, unread, unwritten};
use crate::words::ledger::fault;

use players::Players;
use sink::Sink;
use teller::Teller;

/// How much faster than its script the exercise runs: twenty minutes pass in ten seconds.
const PACE: u32 = 120;
/// The chain's minutes, and the seconds that stand for them while the audience waits.
const SHORT: [(&str, &str); 3] =
    [("within: 10m", "within: 3s"), ("within: 15m", "within: 4s"), ("within: 30m", "within: 5s")];
/// The demonstration gives up, loudly, if it is not done by then.
const PATIENCE: Duration = Duration::from_secs(55);
/// How often the players of the exercise look whether it is time to do something.
const GLANCE: Duration = Duration::from_millis(50);
/// When nothing new has come for so long, nothing more is coming for now.
const QUIET: Duration = Duration::from_millis(400);

/// Shows everything on a made-up hospital, in under a minute
#[derive(Debug, Args)]
pub(super) struct Demo {
    /// Keep everything in this folder instead of a temporary one
    #[arg(long, value_name = "FOLDER")]
    folder: Option<PathBuf>,
    /// The language of the story: fr or en; the one of your terminal where left out
    #[arg(long, value_enum)]
    language: Option<super::tongue::LanguageWord>,
}

/// What the demonstration works with.
struct Set {
    folder: PathBuf,
    site: Site,
    rules: BTreeMap<RuleId, Text>,
    sink: Sink,
    daemon: Daemon,
    language: Language,
}

impl Demo {
    pub(super) fn run(self, screen: Screen) -> Result<Exit> {
        let screen = self.language.map_or(screen, |language| screen.speaking(language.into()));
        let folder = match self.folder {
            Some(folder) => {
                folder::named(&folder)?;
                folder
            }
            None => folder::fresh()?,
        };
        let runtime = tokio::runtime::Runtime::new().with_context(|| Failure(no_start()))?;
        runtime.block_on(async {
            let told = tokio::time::timeout(PATIENCE, play(screen, folder)).await;
            told.map_err(|_| Failure(words::too_slow()))?
        })
    }
}

async fn play(screen: Screen, folder: PathBuf) -> Result<Exit> {
    let language = screen.language();
    let stop = CancellationToken::new();
    let sink = prepare(&folder, &stop).await?;
    let (mut set, facts) = open(&folder, sink, language)?;
    let mut teller = Teller::new(screen, &set.site, set.sink.clone(), facts);
    teller.opening(&set.folder);
    watch_and_warn(&set, &mut teller).await?;

    // For the exercise the chain has its minutes again: the exercise's own pace makes them short.
    set.daemon.stop().await;
    edit(&folder.join("chains.yaml"), &SHORT.map(|(minutes, seconds)| (seconds, minutes)))?;
    let facts;
    (set, facts) = open(&folder, set.sink, language)?;
    teller.listen(facts);
    teller.act(3);
    let drill = exercise(&set, &mut teller).await?;
    write_reports(&set, drill).await?;
    set.daemon.stop().await;
    stop.cancel();

    teller.catch_up();
    let store = Store::read(&set.site.settings.home.state)?;
    let verified = match store.verify()? {
        Ok(verified) => verified,
        Err(broken) => bail!(Failure(words::broken(broken.entry, fault(broken.entry, &broken.what)))),
    };
    teller.closing(&folder, &verified);
    Ok(Exit::Fine)
}

/// Writes the hospital's files and opens its mailbox.
async fn prepare(folder: &Path, stop: &CancellationToken) -> Result<Sink> {
    check::write_example(folder).with_context(|| Failure(unwritten(folder.display())))?;
    for name in ["logs", "mail", "spool/sms", "spool/papier"] {
        std::fs::create_dir_all(folder.join(name)).with_context(|| Failure(unwritten(folder.display())))?;
    }
    for log in ["Orthanc.log", "fichiers.log", "annuaire.log", "portail.log", "leurre.log"] {
        std::fs::write(folder.join("logs").join(log), "").with_context(|| Failure(unwritten(log)))?;
    }
    let listener = TcpListener::bind("127.0.0.1:0").await.with_context(|| Failure(no_port()))?;
    let port = listener.local_addr()?.port();
    edit(&folder.join("vigie.yaml"), &[("127.0.0.1:2525", &format!("127.0.0.1:{port}"))])?;
    edit(&folder.join("chains.yaml"), &SHORT)?;
    let sink = Sink::new(folder.join("mail"));
    #[expect(clippy::disallowed_methods, reason = "the demonstration brings its own mail server")]
    drop(tokio::spawn(sink.clone().serve(listener, stop.clone())));
    Ok(sink)
}

/// Opens the hospital as `vigie run` does, and starts its daemon.
fn open(folder: &Path, sink: Sink, language: Language) -> Result<(Set, UnboundedReceiver<Told>)> {
    let mut found = Vec::new();
    let Some((deployment, engine)) = check::open(folder, &mut found) else {
        let words: Vec<String> = found.iter().map(ToString::to_string).collect();
        bail!("the example hospital has mistakes: {}", words.join("; "));
    };
    let (site, rules) = (deployment.site.clone(), titles(&engine));
    let (tell, facts) = unbounded_channel();
    let tell = move |notice: &Notice| {
        if let Notice::Fact(told) = notice {
            // Nobody listens any more once the story is told.
            drop(tell.send(told.clone()));
        }
    };
    let daemon = Daemon::start(deployment, engine, Arc::new(tell))?;
    Ok((Set { folder: folder.to_owned(), site, rules, sink, daemon, language }, facts))
}

/// Replaces words of a file; all of them must be there.
fn edit(path: &Path, words: &[(&str, &str)]) -> Result<()> {
    let mut text = std::fs::read_to_string(path)?;
    for (from, to) in words {
        if !text.contains(from) {
            bail!("{} does not hold \"{from}\"", path.display());
        }
        text = text.replace(from, to);
    }
    std::fs::write(path, text).with_context(|| Failure(unwritten(path.display())))
}

/// The first two acts: an attack on the PACS, then one on the file server that nobody answers at first.
async fn watch_and_warn(set: &Set, teller: &mut Teller) -> Result<()> {
    teller.act(1);
    append(set, "Orthanc.log")?;
    teller.until(|fact| raised_by(fact).is_some()).await?;
    teller.until_quiet().await;
    Players::take_all(set, teller.waiting(), None)?;
    teller.until_quiet().await;

    teller.act(2);
    append(set, "fichiers.log")?;
    // One attack is one alert, whichever of its signs came first.
    let of_files = |fact: &Fact| raised_by(fact).is_some_and(|(_, rule)| rule.as_str().starts_with("ransomware."));
    let burst = teller.until(of_files).await?;
    let burst = raised_by(&burst).map(|(alert, _)| alert);
    teller.until_quiet().await;
    Players::take_all(set, teller.waiting(), burst)?;
    let of = |alert: &AlertId| Some(*alert) == burst;
    teller.until(|fact| matches!(fact, Fact::Chain(ChainFact::StepUnanswered { alert, .. }) if of(alert))).await?;
    teller.until(|fact| matches!(fact, Fact::Chain(ChainFact::StepReached { alert, .. }) if of(alert))).await?;
    teller.until_quiet().await;
    Players::take_all(set, teller.waiting(), None)?;
    teller.until(|fact| matches!(fact, Fact::Chain(ChainFact::Acked { alert, .. }) if of(alert))).await?;
    Ok(())
}

/// Appends the genuine lines of one log to the file that the daemon follows.
fn append(set: &Set, name: &str) -> Result<()> {
    let lines = std::fs::read(set.folder.join("genuine").join(name)).with_context(|| Failure(unread(name)))?;
    let mut log = std::fs::File::options().append(true).open(set.folder.join("logs").join(name))?;
    log.write_all(&lines).with_context(|| Failure(unwritten(name)))
}

/// Plays the first exercise in the running daemon, with played people.
async fn exercise(set: &Set, teller: &mut Teller) -> Result<DrillId> {
    let playbook = PlaybookId::from("premier-exercice");
    let command = Command::DrillStart { playbook: playbook.clone(), pace: PACE };
    let drill = match client::ask(&set.site.settings.home, command)? {
        Answer::Done(Done::Started { drill }) => drill,
        other => bail!("the exercise did not start: {other:?}"),
    };
    let mut scripts = check::shipped(&mut Vec::new());
    scripts.retain(|script| script.playbook.id == playbook);
    let script = scripts.pop().context("the first exercise is not inside vigie")?;
    let mut players = Players::new(script.playbook, Pace::new(PACE).context("no such pace")?);
    loop {
        for told in teller.catch_up() {
            if told.realm.drill() != Some(drill) {
                continue;
            }
            if matches!(told.fact, Fact::Drill(play::Fact::Ended { .. })) {
                return Ok(drill);
            }
            players.react(&told.fact, &set.site);
        }
        players.act(set, drill).await;
        tokio::time::sleep(GLANCE).await;
    }
}

async fn write_reports(set: &Set, drill: DrillId) -> Result<()> {
    let (view, head) = match (set.daemon.ask(Query::Drill { drill }).await, set.daemon.ask(Query::Head).await) {
        (Answer::Drill(view), Answer::Head(head)) => (view, head),
        other => bail!("the daemon answered {other:?}"),
    };
    let record = record_of(&view, head, &set.site, set.rules.clone(), Mode::Live)?;
    for form in [Form::Html, Form::Markdown, Form::Json] {
        let file = set.folder.join(format!("report.{}", form.ending()));
        std::fs::write(&file, render(&record, form, set.language))
            .with_context(|| Failure(unwritten(file.display())))?;
    }
    Ok(())
}

/// The alert that was raised, and by which rule.
fn raised_by(fact: &Fact) -> Option<(AlertId, &RuleId)> {
    match fact {
        Fact::Alert(AlertFact::Raised { alert, rule, .. }) => rule.as_ref().map(|rule| (*alert, rule)),
        _ => None,
    }
}
