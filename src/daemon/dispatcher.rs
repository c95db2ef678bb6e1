//! Hands letters to their channels: each in its turn, several at once, and receipts come back to the core.
//!
//! A letter is in flight once: handed over again while it waits or is being sent, it is still the same. One that
//! waits can be recalled. A channel that dies with a letter in its hands gives a receipt all the same.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Semaphore, mpsc};
use tokio_util::task::TaskTracker;

use super::{Notice, Tell};
use crate::alert::channel::{Channel, Receipt, Settings};
use crate::alert::page::Letter;
use crate::base::id::{ChannelName, PageId};
use crate::base::language::Text;
use crate::core::Input;
use crate::words::receipt as words;

/// Letters on their way at the same time by one channel.
const AT_ONCE: usize = 8;
/// Letters waiting for one channel; what does not fit is tried again later by the core.
const WAITING: usize = 4096;

/// All channels of a site.
#[derive(Debug)]
pub(super) struct Dispatcher {
    queues: BTreeMap<ChannelName, Queue>,
    inputs: mpsc::Sender<Input>,
    in_flight: InFlight,
}

#[derive(Debug)]
enum Queue {
    Open(mpsc::Sender<(PageId, Box<Letter>)>),
    /// The channel could not be opened: why.
    Shut(Text),
}

/// Where a letter in flight stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Waits,
    Recalled,
    Leaves,
}

/// The letters in flight.
#[derive(Debug, Clone, Default)]
struct InFlight(Arc<Mutex<BTreeMap<PageId, Standing>>>);

impl InFlight {
    fn standings(&self) -> std::sync::MutexGuard<'_, BTreeMap<PageId, Standing>> {
        // Each change is one insertion or removal: nothing is ever half done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes in a letter. False where it is here already; recalled before, it waits again.
    fn take_in(&self, page: PageId) -> bool {
        let mut places = self.standings();
        match places.get_mut(&page) {
            Some(place) => {
                if *place == Standing::Recalled {
                    *place = Standing::Waits;
                }
                false
            }
            None => places.insert(page, Standing::Waits).is_none(),
        }
    }

    fn recall(&self, page: PageId) {
        if let Some(place) = self.standings().get_mut(&page).filter(|place| **place == Standing::Waits) {
            *place = Standing::Recalled;
        }
    }

    /// Whether a letter may leave now; one that was recalled is let go.
    fn may_leave(&self, page: PageId) -> bool {
        let mut places = self.standings();
        if places.get(&page) == Some(&Standing::Recalled) {
            places.remove(&page);
            return false;
        }
        places.insert(page, Standing::Leaves);
        true
    }

    fn let_go(&self, page: PageId) {
        self.standings().remove(&page);
    }
}

impl Dispatcher {
    /// Opens every channel. One that cannot be opened is told, refuses its letters, and stops nothing else.
    pub(super) fn open(
        channels: &BTreeMap<ChannelName, Settings>,
        inputs: &mpsc::Sender<Input>,
        tasks: &TaskTracker,
        tell: &Tell,
    ) -> Self {
        let in_flight = InFlight::default();
        let open = |(name, settings): (&ChannelName, &Settings)| {
            let opened = match Channel::open(settings) {
                Ok(channel) => {
                    let (letters, waiting) = mpsc::channel(WAITING);
                    let channel = Arc::new(channel);
                    let send = move |letter: Box<Letter>| {
                        let channel = channel.clone();
                        async move { channel.send(&letter).await }
                    };
                    let spacing = settings.spacing().and_then(|spacing| Duration::try_from(spacing).ok());
                    let sender = Sender { in_flight: in_flight.clone(), inputs: inputs.clone(), tasks: tasks.clone() };
                    tasks.spawn(sender.deliver(send, waiting, spacing));
                    Queue::Open(letters)
                }
                Err(error) => {
                    tell(&Notice::ChannelShut { channel: name.clone(), why: error.text() });
                    Queue::Shut(error.text())
                }
            };
            (name.clone(), opened)
        };
        Self { queues: channels.iter().map(open).collect(), inputs: inputs.clone(), in_flight: in_flight.clone() }
    }

    /// Hands over a letter. Never waits: a letter that cannot be taken now has a receipt that says so.
    pub(super) fn send(&self, page: PageId, channel: &ChannelName, letter: Box<Letter>) {
        let receipt = match self.queues.get(channel) {
            Some(Queue::Open(letters)) => {
                if !self.in_flight.take_in(page) {
                    return;
                }
                if letters.try_send((page, letter)).is_ok() {
                    return;
                }
                self.in_flight.let_go(page);
                Receipt::Retry { reason: words::too_many(), ambiguous: false }
            }
            Some(Queue::Shut(why)) => Receipt::Refused { reason: why.clone() },
            None => Receipt::Refused { reason: words::no_channel(channel) },
        };
        // A full line of inputs means the core is far behind; the page stays "sending" until the core's patience ends.
        drop(self.inputs.try_send(Input::Receipt { page, receipt }));
    }

    /// Gives a letter back to the core if it still waits.
    pub(super) fn recall(&self, page: PageId) {
        self.in_flight.recall(page);
    }

    /// Takes no more letters.
    pub(super) fn close(&mut self) {
        self.queues.clear();
    }
}

/// What sends the letters of one channel.
struct Sender {
    in_flight: InFlight,
    inputs: mpsc::Sender<Input>,
    tasks: TaskTracker,
}

impl Sender {
    async fn deliver<S, F>(self, send: S, mut letters: mpsc::Receiver<(PageId, Box<Letter>)>, spacing: Option<Duration>)
    where
        S: Fn(Box<Letter>) -> F,
        F: Future<Output = Receipt> + Send + 'static,
    {
        let places = Arc::new(Semaphore::new(AT_ONCE));
        while let Some((page, letter)) = letters.recv().await {
            let Ok(place) = places.clone().acquire_owned().await else { return };
            if !self.in_flight.may_leave(page) {
                drop(self.inputs.send(Input::GivenBack { page }).await);
                continue;
            }
            let outcome = self.tasks.spawn(send(letter));
            let (in_flight, inputs) = (self.in_flight.clone(), self.inputs.clone());
            self.tasks.spawn(async move {
                let receipt =
                    outcome.await.unwrap_or_else(|_| Receipt::Retry { reason: words::broke(), ambiguous: true });
                in_flight.let_go(page);
                // The core is gone only when the daemon ends; the page is then sent again at the next start.
                drop(inputs.send(Input::Receipt { page, receipt }).await);
                drop(place);
            });
            // A modem or a contract takes only so many in a minute.
            if let Some(spacing) = spacing {
                tokio::time::sleep(spacing).await;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alert::page::{Address, Draft, Page, Recipient};
    use crate::base::language::Language;
    use crate::base::realm::Live;

    fn letter(number: u64) -> (PageId, Box<Letter>) {
        let written = jiff::Timestamp::UNIX_EPOCH.to_zoned(jiff::tz::TimeZone::UTC);
        let draft = Draft::new(Language::En, "subject", "body", "short");
        let page = Page::<Live>::new(
            PageId(number),
            written,
            Recipient { person: "p".into(), channel: "c".into(), address: Address::Folder },
            draft,
        );
        (PageId(number), Box::new(page.letter()))
    }

    struct Running {
        dispatcher: Dispatcher,
        receipts: mpsc::Receiver<Input>,
        tasks: TaskTracker,
    }

    fn running<S, F>(send: S, spacing: Option<Duration>) -> Running
    where
        S: Fn(Box<Letter>) -> F + Send + 'static,
        F: Future<Output = Receipt> + Send + 'static,
    {
        let (inputs, receipts) = mpsc::channel(16);
        let (letters, waiting) = mpsc::channel(16);
        let (in_flight, tasks) = (InFlight::default(), TaskTracker::new());
        let sender = Sender { in_flight: in_flight.clone(), inputs: inputs.clone(), tasks: tasks.clone() };
        tasks.spawn(sender.deliver(send, waiting, spacing));
        let queues = BTreeMap::from([("c".into(), Queue::Open(letters))]);
        Running { dispatcher: Dispatcher { queues, inputs, in_flight }, receipts, tasks }
    }

    fn accepted() -> Receipt {
        Receipt::Accepted { proof: Text::quoted("250") }
    }

    #[tokio::test]
    async fn a_channel_that_breaks_gives_a_receipt_that_the_letter_may_have_arrived() {
        let mut running = running(
            |letter| async move {
                assert!(letter.page() != PageId(1), "broken on purpose");
                accepted()
            },
            None,
        );
        for number in [1, 2] {
            let (page, letter) = letter(number);
            running.dispatcher.send(page, &"c".into(), letter);
        }
        let mut answers = BTreeMap::new();
        for _ in 0..2 {
            if let Some(Input::Receipt { page, receipt }) = running.receipts.recv().await {
                answers.insert(page, receipt);
            }
        }
        assert!(matches!(answers[&PageId(1)], Receipt::Retry { ambiguous: true, .. }), "{answers:?}");
        assert_eq!(answers[&PageId(2)], accepted());
    }

    #[tokio::test(start_paused = true)]
    async fn a_letter_that_waits_can_be_recalled_and_one_handed_over_twice_is_one() {
        let mut running = running(|_| async { accepted() }, Some(Duration::from_mins(1)));
        for number in [1, 2, 2, 3, 3] {
            let (page, letter) = letter(number);
            running.dispatcher.send(page, &"c".into(), letter);
        }
        running.dispatcher.recall(PageId(2));
        running.dispatcher.close();
        running.tasks.close();
        running.tasks.wait().await;
        let mut answers = Vec::new();
        while let Ok(input) = running.receipts.try_recv() {
            answers.push(match input {
                Input::Receipt { page, .. } => ("sent", page.0),
                Input::GivenBack { page } => ("back", page.0),
                other => panic!("{other:?}"),
            });
        }
        assert_eq!(answers, [("sent", 1), ("back", 2), ("sent", 3)]);
    }
}
