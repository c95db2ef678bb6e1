//! The event loop: it waits for an input or the next deadline, gives the core its turn, and has its orders carried out.

use std::collections::HashMap;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;

use super::Question;
use super::clock::MachineClock;
use super::effects::Effects;
use crate::api::Answer;
use crate::core::{Core, Input, Order};
use crate::watch::source::Arrival;

/// Inputs that arrived together share a commit, up to this many.
const INPUTS_TOGETHER: usize = 256;
/// Lines share one only up to about this many: all of them are in memory until it is done.
const LINES_TOGETHER: usize = 8_000;
/// The core looks at the clock at least this often: a machine that slept, or whose clock was set, still escalates.
const LONGEST_SLEEP: Duration = Duration::from_secs(2);
/// How long letters on their way may take when the daemon is told to stop.
const STOP_GRACE: Duration = Duration::from_secs(10);

/// The core in real time.
pub(super) struct EventLoop {
    core: Core,
    clock: MachineClock,
    effects: Effects,
    waiting: HashMap<u64, oneshot::Sender<Answer>>,
    next_ticket: u64,
    stop: CancellationToken,
}

impl EventLoop {
    pub(super) fn new(core: Core, effects: Effects, stop: CancellationToken) -> Self {
        Self { core, clock: MachineClock::new(), effects, waiting: HashMap::new(), next_ticket: 0, stop }
    }

    pub(super) async fn run(
        mut self,
        mut lines: mpsc::Receiver<Arrival>,
        mut inputs: mpsc::Receiver<Input>,
        mut asked: mpsc::Receiver<Question>,
    ) {
        loop {
            let mut together = Vec::new();
            tokio::select! {
                biased;
                () = self.stop.cancelled() => break,
                Some(question) = asked.recv() => together.push(self.ticket(question)),
                Some(input) = inputs.recv() => together.push(input),
                Some(arrival) = lines.recv() => together.push(arrival.into()),
                () = tokio::time::sleep(self.until_deadline()) => {}
            }
            let mut read: usize = together.iter().map(lines_in).sum();
            while together.len() < INPUTS_TOGETHER && read < LINES_TOGETHER {
                let happened = inputs.try_recv().ok().or_else(|| lines.try_recv().ok().map(Input::from));
                match happened.or_else(|| asked.try_recv().ok().map(|question| self.ticket(question))) {
                    Some(input) => {
                        read += lines_in(&input);
                        together.push(input);
                    }
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
        // From here on nothing new leaves: a letter handed to a closed dispatcher would count as refused.
        self.core.stay_in();
        self.turn(rest);
        let tasks = self.effects.tasks.clone();
        tasks.close();
        self.effects.dispatcher.close();
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
        self.core.close(self.clock.look().0);
    }

    fn turn(&mut self, inputs: Vec<Input>) {
        let (now, moved) = self.clock.look();
        if let Some(by) = moved {
            self.core.clock_moved(now, by);
        }
        let orders = self.core.step(now, inputs);
        self.carry_out(orders);
    }

    pub(super) fn carry_out(&mut self, orders: Vec<Order>) {
        for order in orders {
            match order {
                Order::Reply { ticket, answer } => {
                    if let Some(reply) = self.waiting.remove(&ticket) {
                        // Whoever asked may have gone meanwhile.
                        drop(reply.send(answer));
                    }
                }
                order => self.effects.carry_out(order),
            }
        }
    }

    fn ticket(&mut self, question: Question) -> Input {
        self.next_ticket += 1;
        self.waiting.insert(self.next_ticket, question.reply);
        Input::Asked { ask: question.ask, ticket: self.next_ticket, caller: question.caller }
    }

    fn until_deadline(&self) -> Duration {
        let now = self.clock.unmoved();
        let wait = |deadline: Timestamp| Duration::try_from(deadline.duration_since(now)).unwrap_or_default();
        self.core.deadline().map_or(LONGEST_SLEEP, wait).min(LONGEST_SLEEP)
    }
}

/// How many lines an input brings.
fn lines_in(input: &Input) -> usize {
    match input {
        Input::Lines(batch) => batch.lines.len(),
        _ => 0,
    }
}
