//! Letters of one channel, through a channel that does as a test says.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;

use super::*;
use crate::alert::page::{Address, Draft, Page, Recipient};
use crate::base::language::{Language, Text};
use crate::base::level::Level;
use crate::base::realm::Live;

fn letter(number: u64, urgency: Urgency) -> Handed {
    let written = jiff::Timestamp::UNIX_EPOCH.to_zoned(jiff::tz::TimeZone::UTC);
    let draft = Draft::new(Language::En, "subject", "body", "short");
    let to = Recipient { person: "p".into(), channel: "c".into(), address: Address::Folder };
    let page = Page::<Live>::new(PageId(number), written, to, draft);
    Handed::Work(PageId(number), Work::Send(Box::new(page.letter().urgent(urgency))))
}

fn usual() -> Urgency {
    Urgency::new(false, false, Level::High)
}

struct Running {
    handed: mpsc::UnboundedSender<Handed>,
    receipts: mpsc::Receiver<Input>,
}

fn running<S, F>(send: S) -> Running
where
    S: Fn(Box<Letter>) -> F + Send + 'static,
    F: Future<Output = Receipt> + Send + 'static,
{
    let (inputs, receipts) = mpsc::channel(64);
    let (handed, letters) = mpsc::unbounded_channel();
    let work = move |work| {
        let Work::Send(letter) = work else { panic!("{work:?}") };
        let sending = send(letter);
        async move { Done::Receipt(sending.await) }
    };
    let sender = Sender::new(work, inputs);
    tokio_util::task::TaskTracker::new().spawn(sender.deliver(letters));
    Running { handed, receipts }
}

fn accepted() -> Receipt {
    Receipt::Accepted { proof: Text::quoted("250") }
}

impl Running {
    fn hand(&self, handed: Handed) {
        self.handed.send(handed).expect("the sender runs");
    }

    /// What became of everything, in the order in which it was said: `P1 sent`, `P2 back`.
    async fn answers(mut self) -> Vec<String> {
        drop(self.handed);
        let mut answers = Vec::new();
        while let Some(input) = self.receipts.recv().await {
            answers.push(match input {
                Input::Receipt { page, receipt: Receipt::Accepted { .. } } => format!("{page} sent"),
                Input::Receipt { page, receipt: Receipt::Retry { ambiguous: true, .. } } => format!("{page} unclear"),
                Input::GivenBack { page } => format!("{page} back"),
                other => panic!("{other:?}"),
            });
        }
        answers
    }
}

#[tokio::test]
async fn a_channel_that_breaks_gives_a_receipt_that_the_letter_may_have_arrived() {
    let running = running(|letter| async move {
        assert!(letter.page() != PageId(1), "broken on purpose");
        accepted()
    });
    running.hand(letter(1, usual()));
    running.hand(letter(2, usual()));
    let mut answers = running.answers().await;
    answers.sort();
    assert_eq!(answers, ["P1 unclear", "P2 sent"]);
}

/// A channel whose letters each wait to be let go.
fn slow() -> (Running, Arc<Semaphore>) {
    let gate = Arc::new(Semaphore::new(0));
    let holds = gate.clone();
    let running = running(move |_| {
        let gate = holds.clone();
        async move {
            gate.acquire().await.expect("it stays open").forget();
            accepted()
        }
    });
    (running, gate)
}

#[tokio::test(start_paused = true)]
async fn a_letter_that_waits_can_be_recalled_and_one_handed_over_twice_is_one() {
    let (running, gate) = slow();
    let last = AT_ONCE as u64 + 1;
    for number in (1..=last).chain([1, last]) {
        running.hand(letter(number, usual()));
    }
    running.hand(letter(last + 1, usual()));
    // Virtual time passes once everybody waits.
    tokio::time::sleep(Duration::from_secs(1)).await;
    running.hand(Handed::Recall(PageId(1)));
    running.hand(Handed::Recall(PageId(last + 1)));
    tokio::time::sleep(Duration::from_secs(1)).await;
    gate.add_permits(100);
    let answers = running.answers().await;
    assert_eq!(answers[0], format!("P{} back", last + 1), "at once, while the channel is busy");
    assert_eq!(answers.iter().filter(|answer| answer.ends_with("sent")).count() as u64, last);
}

#[tokio::test(start_paused = true)]
async fn what_is_urgent_leaves_before_what_came_first() {
    let (running, gate) = slow();
    for number in 1..=40 {
        running.hand(letter(number, usual()));
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    running.hand(letter(41, Urgency::new(true, false, Level::Critical)));
    running.hand(letter(42, Urgency::new(false, false, Level::Critical)));
    tokio::time::sleep(Duration::from_secs(1)).await;
    for _ in 0..42 {
        gate.add_permits(1);
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    let answers = running.answers().await;
    let place = |page: &str| answers.iter().position(|answer| answer.starts_with(page)).expect("it was sent");
    assert_eq!(place("P42 "), AT_ONCE, "behind those that were leaving already");
    assert_eq!(place("P41 "), 41, "reminders wait for all news");
}
