//! What sends the letters of one channel.

use std::collections::{BTreeMap, BTreeSet};

use tokio::sync::mpsc;
use tokio::task::{Id, JoinError, JoinSet};

use crate::alert::channel::Receipt;
use crate::alert::page::{Letter, Urgency};
use crate::base::id::PageId;
use crate::core::Input;
use crate::words::receipt as words;

/// Letters on their way at the same time by one channel.
const AT_ONCE: usize = 8;

/// What a channel is asked to do.
#[derive(Debug)]
pub(super) enum Handed {
    /// Do this with the letter of a page.
    Work(PageId, Work),
    /// Give its letter back if it still waits.
    Recall(PageId),
}

/// What is done with a letter.
#[derive(Debug)]
pub(super) enum Work {
    /// It is sent.
    Send(Box<Letter>),
    /// It is looked for where it was left.
    Look(Box<Letter>),
    /// It is taken out there.
    TakeOut(Box<Letter>),
}

/// What became of it.
#[derive(Debug)]
pub(super) enum Done {
    /// Its channel answered.
    Receipt(Receipt),
    /// Nobody will get it.
    TakenOut,
}

/// The letters of one channel, and how they are sent.
pub(super) struct Sender<S> {
    work: S,
    inputs: mpsc::Sender<Input>,
    waiting: BTreeMap<(Option<Urgency>, PageId), Box<Letter>>,
    here: BTreeSet<PageId>,
    leaving: JoinSet<Done>,
    of_task: BTreeMap<Id, PageId>,
}

impl<S, F> Sender<S>
where
    S: Fn(Work) -> F,
    F: Future<Output = Done> + Send + 'static,
{
    pub(super) fn new(work: S, inputs: mpsc::Sender<Input>) -> Self {
        Self {
            work,
            inputs,
            waiting: BTreeMap::new(),
            here: BTreeSet::new(),
            leaving: JoinSet::new(),
            of_task: BTreeMap::new(),
        }
    }

    /// Sends what is handed over until nothing more can come.
    pub(super) async fn deliver(mut self, mut handed: mpsc::UnboundedReceiver<Handed>) {
        let mut open = true;
        loop {
            // Everything that has come is looked at before the next one leaves: it may be more urgent, or called back.
            while let Ok(handed) = handed.try_recv() {
                self.take(handed).await;
            }
            self.let_leave();
            tokio::select! {
                next = handed.recv(), if open => match next {
                    Some(handed) => self.take(handed).await,
                    None => open = false,
                },
                Some(left) = self.leaving.join_next_with_id() => self.come_home(left).await,
                else => return,
            }
        }
    }

    async fn take(&mut self, handed: Handed) {
        match handed {
            Handed::Work(page, work) => {
                if self.here.insert(page) {
                    match work {
                        Work::Send(letter) => drop(self.waiting.insert((letter.urgency(), page), letter)),
                        work @ (Work::Look(_) | Work::TakeOut(_)) => self.begin(page, work),
                    }
                }
            }
            Handed::Recall(page) => {
                let place = self.waiting.keys().find(|(_, waiting)| *waiting == page).copied();
                if let Some(place) = place {
                    self.waiting.remove(&place);
                    self.here.remove(&page);
                    drop(self.inputs.send(Input::GivenBack { page }).await);
                }
            }
        }
    }

    fn let_leave(&mut self) {
        while self.leaving.len() < AT_ONCE
            && let Some(((_, page), letter)) = self.waiting.pop_first()
        {
            self.begin(page, Work::Send(letter));
        }
    }

    fn begin(&mut self, page: PageId, work: Work) {
        let task = self.leaving.spawn((self.work)(work));
        self.of_task.insert(task.id(), page);
    }

    async fn come_home(&mut self, left: Result<(Id, Done), JoinError>) {
        let broke = || Done::Receipt(Receipt::Retry { reason: words::broke(), ambiguous: true });
        let (task, done) = left.unwrap_or_else(|broken| (broken.id(), broke()));
        let Some(page) = self.of_task.remove(&task) else { return };
        self.here.remove(&page);
        // The core is gone only when the daemon ends; the page is then sent again at the next start.
        let input = match done {
            Done::Receipt(receipt) => Input::Receipt { page, receipt },
            Done::TakenOut => Input::GivenBack { page },
        };
        drop(self.inputs.send(input).await);
    }
}

#[cfg(test)]
mod tests;
