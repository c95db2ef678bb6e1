//! The post room: letters go out by their channels, several at once, and receipts come back to the core.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Semaphore, mpsc};
use tokio_util::task::TaskTracker;

use super::Tell;
use super::core::Input;
use crate::alert::channel::{Channel, Receipt, Settings};
use crate::alert::page::Letter;
use crate::base::id::{ChannelName, PageId};

/// Letters on their way at the same time by one channel.
const AT_ONCE: usize = 8;
/// Letters waiting for one channel; what does not fit is tried again later by the core.
const WAITING: usize = 4096;

/// All channels of a site.
#[derive(Debug)]
pub(super) struct Post {
    boxes: BTreeMap<ChannelName, Letterbox>,
    inputs: mpsc::Sender<Input>,
}

#[derive(Debug)]
enum Letterbox {
    Open(mpsc::Sender<(PageId, Box<Letter>)>),
    /// The channel could not be opened: why.
    Shut(String),
}

impl Post {
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
                    let (letters, waiting) = mpsc::channel(WAITING);
                    let spacing = settings.spacing().and_then(|spacing| Duration::try_from(spacing).ok());
                    tasks.spawn(deliver(Arc::new(channel), waiting, spacing, inputs.clone(), tasks.clone()));
                    Letterbox::Open(letters)
                }
                Err(error) => {
                    tell(&format!("channel {name} cannot be used: {error}"));
                    Letterbox::Shut(error.to_string())
                }
            };
            (name.clone(), opened)
        };
        Self { boxes: channels.iter().map(open).collect(), inputs: inputs.clone() }
    }

    /// Hands over a letter. Never waits: a letter that cannot be taken now has a receipt that says so.
    pub(super) fn send(&self, page: PageId, channel: &ChannelName, letter: Box<Letter>) {
        let receipt = match self.boxes.get(channel) {
            Some(Letterbox::Open(letters)) => match letters.try_send((page, letter)) {
                Ok(()) => return,
                Err(_) => Receipt::Retry { reason: "too many letters are waiting".to_owned(), ambiguous: false },
            },
            Some(Letterbox::Shut(why)) => Receipt::Refused { reason: why.clone() },
            None => Receipt::Refused { reason: format!("vigie.yaml has no channel {channel} any more") },
        };
        // A full line of inputs means the core is far behind; the page stays "sending" and is sent again at the next
        // start.
        drop(self.inputs.try_send(Input::Receipt { page, receipt }));
    }

    /// Takes no more letters.
    pub(super) fn close(&mut self) {
        self.boxes.clear();
    }
}

async fn deliver(
    channel: Arc<Channel>,
    mut letters: mpsc::Receiver<(PageId, Box<Letter>)>,
    spacing: Option<Duration>,
    inputs: mpsc::Sender<Input>,
    tasks: TaskTracker,
) {
    let places = Arc::new(Semaphore::new(AT_ONCE));
    while let Some((page, letter)) = letters.recv().await {
        let Ok(place) = places.clone().acquire_owned().await else { return };
        let (channel, inputs) = (channel.clone(), inputs.clone());
        tasks.spawn(async move {
            let receipt = channel.send(&letter).await;
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
