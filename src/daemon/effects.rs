//! What the core orders is done here: letters to the dispatcher, lines into logs, cards into folders. And what happens at
//! the sources is brought in.

use std::fmt::Display;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, watch};
use tokio_util::task::TaskTracker;

use super::Tell;
use super::dispatcher::Dispatcher;
use super::injection::Injections;
use super::notice::Notice;
use super::readers::Readers;
use crate::api::{Answer, DoneBy, Query, Refusal};
use crate::base::cause::Cause;
use crate::base::id::{DrillId, InjectId, SourceName};
use crate::base::language::Text;
use crate::check::{self, Deployment};
use crate::core::{self, Input, Order, Reread};
use crate::finding::Severity;
use crate::site::SourceSettings;
use crate::store::{Store, private};
use crate::text::diagnostic::{Diagnostic, has_errors};
use crate::words::inject as words;

/// The folder of exercises' cards in the state folder.
pub(super) const CARDS: &str = "drills";

/// Whoever asks for the status waits no longer than this for logs to be looked at.
const LISTEN: Duration = Duration::from_secs(3);

/// Carries out what the core orders.
pub(super) struct Effects {
    pub(super) deployment: Arc<Deployment>,
    pub(super) dispatcher: Dispatcher,
    pub(super) injections: Injections,
    pub(super) readers: Readers,
    pub(super) inputs: mpsc::Sender<Input>,
    pub(super) tasks: TaskTracker,
    pub(super) tell: Tell,
    /// The site's files as they were taken up last.
    pub(super) site: watch::Sender<Arc<Deployment>>,
    /// Files are read again by one at a time, so that what was read last is taken up last.
    pub(super) reading: Arc<tokio::sync::Mutex<()>>,
}

impl Effects {
    pub(super) fn carry_out(&mut self, order: Order) {
        match order {
            Order::Send { page, channel, letter } => self.dispatcher.send(page, &channel, letter),
            Order::Follow { page, channel, letter, take_out } => {
                self.dispatcher.follow(page, &channel, letter, take_out);
            }
            Order::Recall { page } => self.dispatcher.recall(page),
            Order::Inject { drill, inject, source, lines } => self.inject(drill, inject, &source, lines),
            Order::Card { drill, inject, text } => self.card(drill, &inject, &text),
            Order::Reread { ticket, by } => self.reread(ticket, by),
            Order::Listen { ticket, sources } => self.listen(ticket, sources),
            Order::LookUp { ticket, query } => self.look_up(ticket, query),
            Order::Kept { source, positions } => self.readers.kept(&source, positions),
            Order::Leave { source } => self.readers.leave(source),
            Order::Watch { settings, positions } => self.readers.begin(*settings, positions),
            Order::Site(deployment) => self.site.send_modify(|site| *site = deployment),
            Order::Tell(told) => (self.tell)(&Notice::Fact(*told)),
            Order::Reply { .. } => {}
        }
    }

    fn inject(&self, drill: DrillId, name: InjectId, source: &SourceName, lines: Vec<String>) {
        let site = &self.deployment.site.settings;
        let injection = self.readers.settings(source).and_then(|settings| self.injections.of(settings));
        let (inputs, language) = (self.inputs.clone(), site.language);
        self.tasks.spawn(async move {
            let written = tokio::task::spawn_blocking(move || match injection {
                Some(injection) => injection.write(&lines, language),
                None => (0, Some(words::no_file().get(language).to_owned())),
            })
            .await;
            let (lines, failure) = written.unwrap_or_else(|error| (0, Some(error.to_string())));
            let input = Input::Injected { drill, inject: name, lines, failure };
            // Nobody is left to tell when the daemon is gone.
            drop(inputs.send(input).await);
        });
    }

    /// Reads the site's files beside everything else: thousands of rules take a while.
    fn reread(&self, ticket: u64, by: Option<DoneBy>) {
        let folder = self.deployment.site.folder.clone();
        let (inputs, turn) = (self.inputs.clone(), self.reading.clone());
        self.tasks.spawn(async move {
            let _turn = turn.lock().await;
            let read = tokio::task::spawn_blocking(move || read_again(&folder)).await;
            let read = read.unwrap_or_else(|error| Err(vec![same(&error.to_string())]));
            drop(inputs.send(Input::Reread { ticket, by, read }).await);
        });
    }

    /// Looks at the ends of logs beside everything else. One on a share that does not answer has said nothing.
    fn listen(&self, ticket: u64, sources: Vec<SourceSettings>) {
        let inputs = self.inputs.clone();
        self.tasks.spawn(async move {
            let heard = tokio::task::spawn_blocking(move || check::probe(&sources));
            let heard = tokio::time::timeout(LISTEN, heard).await;
            let heard = heard.ok().and_then(Result::ok).unwrap_or_default();
            drop(inputs.send(Input::Heard { ticket, heard }).await);
        });
    }

    /// Reads what was kept beside the core, which goes on meanwhile.
    fn look_up(&self, ticket: u64, query: Query) {
        let state = self.deployment.site.settings.home.state.clone();
        let inputs = self.inputs.clone();
        self.tasks.spawn(async move {
            let found = tokio::task::spawn_blocking(move || match Store::read(&state) {
                Ok(store) => core::read_records(&store, &query),
                Err(error) => Answer::Refused(core::unreadable(&error)),
            });
            let answer = found.await.unwrap_or_else(|error| unreadable(&error));
            if let Some(why) = damage(&answer) {
                drop(inputs.send(Input::Damaged { why: why.to_owned() }).await);
            }
            drop(inputs.send(Input::LookedUp { ticket, answer }).await);
        });
    }

    fn card(&self, drill: DrillId, inject: &InjectId, text: &str) {
        let folder = self.deployment.site.settings.home.state.join(CARDS);
        let own = folder.join(drill.to_string());
        let path = own.join(format!("{inject}.txt"));
        let made = private::folder(&folder).and_then(|()| private::folder(&own));
        let written = made.and_then(|()| private::write(&path, text));
        match written {
            Ok(()) => (self.tell)(&Notice::Card { drill, path }),
            Err(error) => {
                let (why, text) = (error.to_string(), text.to_owned());
                (self.tell)(&Notice::CardLost { drill, path, why, text });
            }
        }
    }
}

/// What an answer says of damage to the store.
fn damage(answer: &Answer) -> Option<&str> {
    match answer {
        Answer::Refused(Refusal::Unreadable { why, cause: Cause::Damaged }) => Some(why),
        Answer::Store(view) => view.damage.first().map(String::as_str),
        _ => None,
    }
}

fn unreadable(why: &dyn Display) -> Answer {
    Answer::Refused(Refusal::Unreadable { why: why.to_string(), cause: Cause::Other })
}

/// What reads the same in both languages.
fn same(text: &str) -> Text {
    Text::both(text, text)
}

/// The site as its files are now, or everything that is wrong with them.
fn read_again(folder: &Path) -> Result<Box<Reread>, Vec<Text>> {
    let mut found = Vec::new();
    match check::open(folder, &mut found) {
        Some((deployment, engine)) if !has_errors(&found) => {
            Ok(Box::new(Reread { deployment: Arc::new(deployment), engine, warnings: found.len() }))
        }
        _ => {
            let errors = found.iter().filter(|finding| finding.severity() == Severity::Error);
            Err(errors.map(Diagnostic::words).collect())
        }
    }
}
