//! Hands letters to their channels: the most urgent first, several at once, and receipts come back to the core.
//!
//! A letter is here once: handed over again while it waits or is being sent, it is still the same. One that waits can be
//! recalled. A channel that dies with a letter in its hands gives a receipt all the same. The core hands over no more than
//! a channel is about to send, so nothing here is ever too full.

mod sender;

use std::collections::BTreeMap;
use std::sync::Arc;

use tokio::sync::mpsc;
use tokio_util::task::TaskTracker;

use self::sender::{Done, Handed, Sender, Work};
use super::{Notice, Tell};
use crate::alert::channel::{Channel, Receipt, Settings};
use crate::alert::page::Letter;
use crate::base::id::{ChannelName, PageId};
use crate::base::language::Text;
use crate::core::Input;
use crate::words::receipt as words;

/// All channels of a site.
#[derive(Debug)]
pub(super) struct Dispatcher {
    queues: BTreeMap<ChannelName, Queue>,
    inputs: mpsc::Sender<Input>,
    tasks: TaskTracker,
}

#[derive(Debug)]
enum Queue {
    Open(mpsc::UnboundedSender<Handed>),
    /// The channel could not be opened: why.
    Shut(Text),
}

impl Dispatcher {
    /// Opens every channel. One that cannot be opened is told, refuses its letters, and stops nothing else.
    pub(super) fn open(
        channels: &BTreeMap<ChannelName, Settings>,
        inputs: &mpsc::Sender<Input>,
        tasks: &TaskTracker,
        tell: &Tell,
    ) -> Self {
        let open = |(name, settings): (&ChannelName, &Settings)| {
            let opened = match Channel::open(settings) {
                Ok(channel) => {
                    let (letters, handed) = mpsc::unbounded_channel();
                    let channel = Arc::new(channel);
                    let work = move |work: Work| {
                        let channel = channel.clone();
                        async move { done(&channel, work).await }
                    };
                    tasks.spawn(Sender::new(work, inputs.clone()).deliver(handed));
                    Queue::Open(letters)
                }
                Err(error) => {
                    tell(&Notice::ChannelShut { channel: name.clone(), why: error.text() });
                    Queue::Shut(error.text())
                }
            };
            (name.clone(), opened)
        };
        Self { queues: channels.iter().map(open).collect(), inputs: inputs.clone(), tasks: tasks.clone() }
    }

    /// Hands over a letter. Never waits: a letter that cannot be taken has a receipt that says so.
    pub(super) fn send(&self, page: PageId, channel: &ChannelName, letter: Box<Letter>) {
        self.hand(page, channel, Handed::Work(page, Work::Send(letter)));
    }

    /// Looks where a letter is that its channel left for somebody to take, or takes it out there.
    pub(super) fn follow(&self, page: PageId, channel: &ChannelName, letter: Box<Letter>, take_out: bool) {
        let work = if take_out { Work::TakeOut(letter) } else { Work::Look(letter) };
        self.hand(page, channel, Handed::Work(page, work));
    }

    fn hand(&self, page: PageId, channel: &ChannelName, handed: Handed) {
        let receipt = match self.queues.get(channel) {
            Some(Queue::Open(letters)) => {
                // Its sender ends only with the daemon; the page is then sent at the next start.
                drop(letters.send(handed));
                return;
            }
            Some(Queue::Shut(why)) => Receipt::Shut { reason: why.clone() },
            None => Receipt::Refused { reason: words::no_channel(channel) },
        };
        let inputs = self.inputs.clone();
        self.tasks.spawn(async move {
            drop(inputs.send(Input::Receipt { page, receipt }).await);
        });
    }

    /// Gives a letter back to the core if it still waits.
    pub(super) fn recall(&self, page: PageId) {
        for queue in self.queues.values() {
            if let Queue::Open(letters) = queue {
                drop(letters.send(Handed::Recall(page)));
            }
        }
    }

    /// Takes no more letters.
    pub(super) fn close(&mut self) {
        self.queues.clear();
    }
}

/// Has a channel do something, and says what became of the letter.
async fn done(channel: &Channel, work: Work) -> Done {
    match work {
        Work::Send(letter) => Done::Receipt(channel.send(&letter).await),
        Work::TakeOut(letter) if channel.take_out(&letter).await => Done::TakenOut,
        // Where it is not there any more, somebody was faster.
        Work::Look(letter) | Work::TakeOut(letter) => Done::Receipt(channel.look(&letter).await),
    }
}
