//! The daemon: the core in real time, with sources, channels and a local socket around it. The only place that starts
//! tasks and the only one, with the command line, that knows what time it is.

pub mod client;
pub mod clock;
mod hands;
mod notice;
mod post;
mod socket;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::check::House;
use crate::store::{self, Store, StoreError};
use crate::watch::intake::{Arrival, follow};
use crate::watch::sigma::Engine;

use crate::api::{Answer, Ask, Command, Refusal};
use crate::core::{Core, Input, Order};
use hands::Hands;
pub use notice::Notice;
use post::Post;

/// Lines wait here for the core; while it is full, reading waits.
const LINES_WAITING: usize = 64;
/// Receipts, questions and the like wait here.
const INPUTS_WAITING: usize = 1024;
/// Inputs that arrived together share a commit, up to this many.
const INPUTS_TOGETHER: usize = 256;
/// The core looks at the clock at least this often: a machine that slept, or whose clock was set, still escalates.
const LONGEST_SLEEP: Duration = Duration::from_secs(2);
/// How long letters on their way may take when the daemon is told to stop.
const STOP_GRACE: Duration = Duration::from_secs(10);

/// Why a daemon cannot start.
#[derive(Debug, thiserror::Error)]
pub enum DaemonError {
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
}

/// Something asked of a running daemon, and where its answer goes.
#[derive(Debug)]
pub(crate) struct Question {
    pub(crate) ask: Ask,
    pub(crate) reply: oneshot::Sender<Answer>,
}

/// Asks the core something and waits for the answer.
pub(crate) async fn put(questions: &mpsc::Sender<Question>, ask: Ask) -> Answer {
    let (reply, answer) = oneshot::channel();
    // Whatever breaks off, it is because the daemon is stopping.
    if questions.send(Question { ask, reply }).await.is_err() {
        return Answer::Refused(Refusal::Stopping);
    }
    answer.await.unwrap_or(Answer::Refused(Refusal::Stopping))
}

/// A running daemon, for whoever started it in the same process.
#[derive(Debug)]
pub struct Daemon {
    questions: mpsc::Sender<Question>,
    stop: CancellationToken,
    done: JoinHandle<()>,
}

/// Who is told what happens, as it happens. Whatever is told is kept already, if the store can be written.
pub type Tell = Arc<dyn Fn(&Notice) + Send + Sync>;

impl Daemon {
    /// Starts watching. What cannot be used at all (state folder, socket) is an error; a source or channel that does
    /// not work yet is told and tried again.
    pub fn start(house: House, engine: Engine, tell: Tell) -> Result<Self, DaemonError> {
        let house = Arc::new(house);
        let home = house.site.settings.home.clone();
        for wide in store::tighten(&home.state, &[hands::CARDS]) {
            tell(&Notice::Open { path: wide.path, mode: wide.mode, why: wide.kept.map(|error| error.to_string()) });
        }
        let mut store = Store::open(&home.state)?;
        let key = store.key()?;
        let (mut core, positions) = Core::open(house.clone(), engine, store, key, clock::now())?;
        let (followers, first) = hands::look_at_sources(&house, positions);
        let orders = core.step(clock::now(), first);
        let listener = socket::listen(&home)?;

        let stop = CancellationToken::new();
        let tasks = TaskTracker::new();
        let (lines_in, lines) = mpsc::channel(LINES_WAITING);
        let (inputs_in, inputs) = mpsc::channel(INPUTS_WAITING);
        let (questions, asked) = mpsc::channel(INPUTS_WAITING);
        for follower in followers {
            tasks.spawn(follow::run(follower, lines_in.clone(), stop.clone(), clock::now));
        }
        let hands = Hands {
            post: Post::open(&house.site.settings.channels, &inputs_in, &tasks, &tell),
            house,
            inputs: inputs_in,
            tasks: tasks.clone(),
            tell,
            reading: Arc::default(),
        };
        tasks.spawn(socket::serve(listener, home, questions.clone(), stop.clone()));
        let mut desk = Desk { core, hands, waiting: HashMap::new(), next_ticket: 0, stop: stop.clone() };
        desk.carry_out(orders);
        #[expect(clippy::disallowed_methods, reason = "the daemon is where tasks start")]
        let done = tokio::spawn(desk.run(lines, inputs, asked));
        Ok(Self { questions, stop, done })
    }

    /// Asks something.
    pub async fn ask(&self, ask: impl Into<Ask>) -> Answer {
        put(&self.questions, ask.into()).await
    }

    /// Has the site's files read again, without waiting for the outcome: the daemon's own words tell it.
    pub async fn reload(&self) {
        let (reply, _) = oneshot::channel();
        // A daemon that is stopping reads nothing again.
        drop(self.questions.send(Question { ask: Command::Reload.into(), reply }).await);
    }

    /// Waits until the core ends without having been told to, which only a mistake in vigie can bring about: whoever
    /// started it must not go on as if somebody watched.
    pub async fn broken(&mut self) {
        // How it ended is on the screen already; that it ended is what counts.
        drop((&mut self.done).await);
    }

    /// Stops in order: reading first, then what was read is kept, then letters on their way finish.
    pub async fn stop(self) {
        self.stop.cancel();
        // A core that panicked has nothing left to finish.
        if !self.done.is_finished() {
            drop(self.done.await);
        }
    }
}

/// The core at its desk: one loop that waits for an input or the next deadline.
struct Desk {
    core: Core,
    hands: Hands,
    waiting: HashMap<u64, oneshot::Sender<Answer>>,
    next_ticket: u64,
    stop: CancellationToken,
}

impl Desk {
    async fn run(
        mut self,
        mut lines: mpsc::Receiver<Arrival>,
        mut inputs: mpsc::Receiver<Input>,
        mut asked: mpsc::Receiver<Question>,
    ) {
        loop {
            let takes_lines = self.core.takes_lines();
            let mut together = Vec::new();
            tokio::select! {
                biased;
                () = self.stop.cancelled() => break,
                Some(question) = asked.recv() => together.push(self.ticket(question)),
                Some(input) = inputs.recv() => together.push(input),
                Some(arrival) = lines.recv(), if takes_lines => together.push(arrival.into()),
                () = tokio::time::sleep(self.until_deadline()) => {}
            }
            while together.len() < INPUTS_TOGETHER {
                let line = || takes_lines.then(|| lines.try_recv().ok()).flatten().map(Input::from);
                match inputs.try_recv().ok().or_else(line) {
                    Some(input) => together.push(input),
                    None => break,
                }
            }
            self.turn(together);
        }
        self.finish(lines, inputs).await;
    }

    /// Keeps what was read already, then lets letters on their way come home.
    async fn finish(mut self, mut lines: mpsc::Receiver<Arrival>, mut inputs: mpsc::Receiver<Input>) {
        let mut rest = Vec::new();
        while let Ok(arrival) = lines.try_recv() {
            rest.push(arrival.into());
        }
        // From here on nothing new leaves: a letter handed to a closed post would count as refused.
        self.core.stay_in();
        self.turn(rest);
        let tasks = self.hands.tasks.clone();
        tasks.close();
        self.hands.post.close();
        let homecoming = async {
            loop {
                tokio::select! {
                    Some(input) = inputs.recv() => self.turn(vec![input]),
                    () = tasks.wait() => break,
                }
            }
            while let Ok(input) = inputs.try_recv() {
                self.turn(vec![input]);
            }
        };
        // What does not come home in time stays in the store as "sending" and is sent again, marked, at the next start.
        drop(tokio::time::timeout(STOP_GRACE, homecoming).await);
    }

    fn turn(&mut self, inputs: Vec<Input>) {
        let core = &mut self.core;
        // Commits wait for the disk: the other tasks go on meanwhile.
        let orders = tokio::task::block_in_place(|| core.step(clock::now(), inputs));
        self.carry_out(orders);
    }

    fn carry_out(&mut self, orders: Vec<Order>) {
        for order in orders {
            match order {
                Order::Reply { ticket, answer } => {
                    if let Some(reply) = self.waiting.remove(&ticket) {
                        // Whoever asked may have gone meanwhile.
                        drop(reply.send(answer));
                    }
                }
                order => self.hands.carry_out(order),
            }
        }
    }

    fn ticket(&mut self, question: Question) -> Input {
        self.next_ticket += 1;
        self.waiting.insert(self.next_ticket, question.reply);
        Input::Asked { ask: question.ask, ticket: self.next_ticket }
    }

    fn until_deadline(&self) -> Duration {
        let wait = |deadline: Timestamp| Duration::try_from(deadline.duration_since(clock::now())).unwrap_or_default();
        self.core.deadline().map_or(LONGEST_SLEEP, wait).min(LONGEST_SLEEP)
    }
}
