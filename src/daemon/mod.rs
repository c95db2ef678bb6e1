//! The daemon: the core in real time, with sources, channels and a local socket around it. The only place that starts
//! tasks and the only one, with the command line, that knows what time it is.

pub(crate) mod call_tree;
pub mod client;
pub mod clock;
mod dispatcher;
mod effects;
mod event_loop;
mod injection;
mod notice;
mod readers;
mod record;
mod socket;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use jiff::Timestamp;
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot, watch};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::api::{Answer, Ask, Caller, Command, Refusal};
use crate::check::Deployment;
use crate::core::Core;
use crate::store::{self, Store, StoreError};
use crate::watch::sigma::Engine;
use dispatcher::Dispatcher;
use effects::Effects;
use event_loop::EventLoop;
use injection::Injections;
pub use notice::Notice;
use readers::Readers;
use record::Record;

/// Batches of lines wait here for the core; while it is full, reading waits.
const LINES_WAITING: usize = 4;
/// Receipts, questions and the like wait here.
const INPUTS_WAITING: usize = 1024;

/// Why a daemon cannot start.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DaemonError {
    /// The store cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The local socket cannot be opened.
    #[error("cannot open the local socket {path}: {error}")]
    Socket {
        /// Its path.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// The system gives no thread.
    #[error("cannot start a thread: {0}")]
    Thread(std::io::Error),
}

/// Something asked of a running daemon, and where its answer goes.
#[derive(Debug)]
pub(crate) struct Question {
    pub(crate) ask: Ask,
    /// The account that asks; nothing for this process.
    pub(crate) caller: Option<Caller>,
    pub(crate) reply: oneshot::Sender<Answer>,
}

/// Asks the core something and waits for the answer.
pub(crate) async fn put(questions: &mpsc::Sender<Question>, ask: Ask, caller: Option<Caller>) -> Answer {
    let (reply, answer) = oneshot::channel();
    // Whatever breaks off, it is because the daemon is stopping.
    if questions.send(Question { ask, caller, reply }).await.is_err() {
        return Answer::Refused(Refusal::Stopping);
    }
    answer.await.unwrap_or(Answer::Refused(Refusal::Stopping))
}

/// A running daemon, for whoever started it in the same process.
#[derive(Debug)]
pub(crate) struct Daemon {
    questions: mpsc::Sender<Question>,
    stop: CancellationToken,
    /// Cancelled once the core has ended.
    done: CancellationToken,
}

/// Who is told what happens, as it happens. Whatever is told is kept already, if the store can be written.
pub(crate) type Tell = Arc<dyn Fn(&Notice) + Send + Sync>;

impl Daemon {
    /// Starts watching. What cannot be used at all (state folder, socket) is an error; a source or channel that does
    /// not work yet is told and tried again.
    pub(crate) fn start(deployment: Deployment, engine: Engine, tell: Tell) -> Result<Self, DaemonError> {
        let deployment = Arc::new(deployment);
        let home = deployment.site.settings.home.clone();
        for wide in store::tighten(&home.state, &[effects::CARDS, readers::ROOMS]) {
            tell(&Notice::Open { path: wide.path, mode: wide.mode, why: wide.kept.map(|error| error.to_string()) });
        }
        let mut store = Store::take_up(&home.state, clock::now())?;
        let (key, mut first) = (store.key()?, Vec::new());
        first.push(record::looked(&store, store.verify_end()));
        let since = store.has_lost_positions().then(|| start_of_day(&deployment, clock::now()));
        let (mut core, mut positions) = Core::open(deployment.clone(), engine, store, key.clone(), clock::now())?;
        let stop = CancellationToken::new();
        let tasks = TaskTracker::new();
        let (lines_in, lines) = mpsc::channel(LINES_WAITING);
        let mut readers = Readers {
            lines: lines_in,
            state: home.state.clone(),
            key,
            stop: stop.clone(),
            tasks: tasks.clone(),
            reading: BTreeMap::new(),
        };
        let mut sources = Vec::new();
        for settings in &deployment.site.settings.sources {
            let kept = positions.remove(&settings.name);
            let since = since.filter(|_| kept.is_none());
            let (source, looked) = readers.look(settings, kept.unwrap_or_default(), since);
            first.extend(looked);
            sources.push((settings.clone(), source));
        }
        let orders = core.step(clock::now(), first);
        let listener = socket::listen(&home)?;

        let (inputs_in, inputs) = mpsc::channel(INPUTS_WAITING);
        let (questions, asked) = mpsc::channel(INPUTS_WAITING);
        for (settings, source) in sources {
            readers.read(settings, source);
        }
        let effects = Effects {
            injections: Injections::default(),
            readers,
            dispatcher: Dispatcher::open(&deployment.site.settings.channels, &inputs_in, &tasks, &tell),
            site: watch::Sender::new(deployment.clone()),
            deployment,
            inputs: inputs_in,
            tasks: tasks.clone(),
            tell,
            reading: Arc::default(),
        };
        let record = Record { state: home.state.clone(), anchor: effects.deployment.site.settings.anchor.clone() };
        tasks.spawn(record.clone().keep_looking(effects.inputs.clone(), stop.clone()));
        tasks.spawn(call_tree::keep(effects.site.subscribe(), effects.inputs.clone(), stop.clone()));
        tasks.spawn(socket::serve(listener, home, questions.clone(), stop.clone()));
        let mut event_loop = EventLoop::new(core, effects, stop.clone());
        event_loop.carry_out(orders);
        // A thread of its own: commits wait for the disk, and what the core holds comes from one heap, without the holes
        // that wandering from thread to thread leaves in many.
        let (runtime, done) = (Handle::current(), CancellationToken::new());
        let ended = done.clone().drop_guard();
        let thread = thread::Builder::new().name("core".to_owned()).spawn(move || {
            let _ended = ended;
            runtime.block_on(event_loop.run(lines, inputs, asked));
            runtime.block_on(record.close());
        });
        thread.map_err(DaemonError::Thread)?;
        Ok(Self { questions, stop, done })
    }

    /// Asks something.
    pub(crate) async fn ask(&self, ask: impl Into<Ask>) -> Answer {
        put(&self.questions, ask.into(), None).await
    }

    /// Has the site's files read again, without waiting for the outcome: the daemon's own words tell it.
    pub(crate) async fn reload(&self) {
        let (reply, _) = oneshot::channel();
        // A daemon that is stopping reads nothing again.
        drop(self.questions.send(Question { ask: Command::Reload.into(), caller: None, reply }).await);
    }

    /// Waits until the core ends without having been told to, which only a mistake in vigie can bring about: whoever
    /// started it must not go on as if somebody watched.
    pub(crate) async fn broken(&self) {
        // How it ended is on the screen already; that it ended is what counts.
        self.done.cancelled().await;
    }

    /// Stops in order: reading first, then what was read is kept, then letters on their way finish.
    pub(crate) async fn stop(self) {
        self.stop.cancel();
        self.done.cancelled().await;
    }
}

/// When the day began, on the clocks of the site.
fn start_of_day(deployment: &Deployment, now: Timestamp) -> Timestamp {
    let here = now.to_zoned(deployment.site.settings.zone.clone());
    here.start_of_day().map_or(now, |begun| begun.timestamp())
}
