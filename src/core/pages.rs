//! Pages owed: decided once, kept before they leave, tried until somebody takes them or nobody wants them any more.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Core, Order};
use crate::alert::chain::{Input, Outcome, PageKey};
use crate::alert::channel::{Receipt, retry_after};
use crate::alert::page::AnyPage;
use crate::base::id::{AlertId, ChannelName, DrillId, InjectId, PageId, PersonId};
use crate::base::realm::Realm;
use crate::drill::play;
use crate::store::{PageRow, PageState};

/// How long a channel may keep a letter without a word. Channels answer within their own time limits; this is for one
/// that died with a letter in its hands.
const PATIENCE: SignedDuration = SignedDuration::from_mins(10);

/// Why a page is owed. Unique: the same purpose is the same page, for ever.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// A rung of an alert's climb.
    Climb {
        /// The alert.
        alert: AlertId,
        /// How often the alert had set out anew when this was asked for; see [`crate::alert::raised::Alert::rounds`].
        #[serde(default, skip_serializing_if = "is_zero")]
        round: u32,
        /// The rung, person and channel.
        key: PageKey,
    },
    /// A message that a drill sends to a player.
    Message {
        /// The drill.
        drill: DrillId,
        /// The inject.
        inject: InjectId,
        /// The player.
        person: PersonId,
    },
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// A page that is not settled yet, or was just now.
#[derive(Debug)]
pub(super) struct Owed {
    pub(super) purpose: Purpose,
    pub(super) page: AnyPage,
    pub(super) state: PageState,
    pub(super) attempts: u32,
    /// While it waits: not before this instant. While a channel has it: when no answer is no answer.
    pub(super) due: Timestamp,
    /// An earlier try may have arrived: the next one says so.
    pub(super) again: bool,
    pub(super) receipt: Option<String>,
    pub(super) created: Timestamp,
}

impl Owed {
    pub(super) fn deadline(&self) -> Option<Timestamp> {
        (!self.state.settled()).then_some(self.due)
    }
}

impl Core {
    pub(super) fn keep_page(&mut self, now: Timestamp, purpose: Purpose, page: AnyPage) {
        let id = page.id();
        let body = json!({"page": id.to_string(), "to": page.person(), "channel": page.channel(), "for": &purpose});
        self.enter(now, page.realm(), "page.owed", &body);
        let owed = Owed {
            purpose,
            page,
            state: PageState::Owed,
            attempts: 0,
            due: now,
            again: false,
            receipt: None,
            created: now,
        };
        self.pages.insert(id, owed);
        self.changed_pages.insert(id);
    }

    /// Takes back a page: at once while it waits, else as soon as its channel gives it back, if it still can.
    pub(super) fn cancel(&mut self, now: Timestamp, alert: AlertId, key: &PageKey) {
        let wanted = |purpose: &Purpose| matches!(purpose, Purpose::Climb { alert: of, key: known, .. } if (of, known) == (&alert, key));
        let found: Vec<PageId> =
            self.pages.iter().filter(|(_, owed)| wanted(&owed.purpose)).map(|(id, _)| *id).collect();
        for id in found {
            self.take_back(now, id, "no longer needed");
        }
    }

    /// Takes back all pages of a drill.
    pub(super) fn cancel_drill(&mut self, now: Timestamp, drill: DrillId) {
        let realm = Realm::Drill(drill);
        let of_drill = self.pages.iter().filter(|(_, owed)| owed.page.realm() == realm);
        let of_drill: Vec<PageId> = of_drill.map(|(id, _)| *id).collect();
        for id in of_drill {
            self.take_back(now, id, "the drill is over");
        }
    }

    fn take_back(&mut self, now: Timestamp, id: PageId, why: &str) {
        match self.pages.get(&id).map(|owed| owed.state) {
            Some(PageState::Owed) => self.settle(now, id, PageState::Cancelled, why),
            Some(PageState::Sending) => self.orders.push(Order::Recall { page: id }),
            _ => {}
        }
    }

    /// A channel gives back a letter that it had not begun to send.
    pub(super) fn given_back(&mut self, now: Timestamp, id: PageId) {
        let Some(owed) = self.pages.get_mut(&id).filter(|owed| owed.state == PageState::Sending) else { return };
        owed.state = PageState::Owed;
        owed.due = now;
        self.changed_pages.insert(id);
        self.drop_unwanted(now, id);
    }

    /// Sends everything that is due. The rows say "sending" before anything leaves the house.
    pub(super) fn dispatch(&mut self, now: Timestamp) {
        self.miss_receipts(now);
        if self.stays_in {
            return;
        }
        let until = now.checked_add(PATIENCE).unwrap_or(Timestamp::MAX);
        let due = self.pages.iter_mut().filter(|(_, owed)| owed.state == PageState::Owed && owed.due <= now);
        for (id, owed) in due {
            let letter = if owed.again { owed.page.letter_again() } else { owed.page.letter() };
            owed.state = PageState::Sending;
            owed.attempts = owed.attempts.saturating_add(1);
            owed.due = until;
            self.changed_pages.insert(*id);
            let channel = owed.page.channel().clone();
            self.orders.push(Order::Send { page: *id, channel, letter: Box::new(letter) });
        }
    }

    /// A channel that says nothing for too long has lost the letter, or its answer: it is sent again.
    fn miss_receipts(&mut self, now: Timestamp) {
        let silent = self.pages.iter().filter(|(_, owed)| owed.state == PageState::Sending && owed.due <= now);
        let silent: Vec<PageId> = silent.map(|(id, _)| *id).collect();
        for id in silent {
            let reason = "the channel never said what became of it".to_owned();
            self.receipt(now, id, Receipt::Retry { reason, ambiguous: true });
        }
    }

    /// A channel answered.
    pub(super) fn receipt(&mut self, now: Timestamp, id: PageId, receipt: Receipt) {
        let Some(owed) = self.pages.get_mut(&id).filter(|owed| !owed.state.settled()) else { return };
        match receipt {
            Receipt::Accepted { proof } => self.settle(now, id, PageState::Accepted, &proof),
            Receipt::Refused { reason } => self.settle(now, id, PageState::Failed, &reason),
            Receipt::Retry { reason, ambiguous } => {
                let first = owed.attempts == 1;
                owed.again |= ambiguous;
                owed.state = PageState::Owed;
                owed.due = now.checked_add(retry_after(owed.attempts, id.0)).unwrap_or(now);
                owed.receipt = Some(reason.clone());
                let (realm, channel, person) =
                    (owed.page.realm(), owed.page.channel().clone(), owed.page.person().clone());
                self.changed_pages.insert(id);
                if first {
                    // Later tries are counted in the page's row; the ledger needs to know only that it was hard.
                    let body = json!({"page": id.to_string(), "why": reason});
                    self.enter(now, realm, "page.delayed", &body);
                    self.orders.push(Order::Tell(format!(
                        "{id} to {person} by {channel}: {reason}; tried again until it arrives"
                    )));
                }
                self.drop_unwanted(now, id);
            }
        }
    }

    /// A page that could not be handed over and whose alert has since been taken or ended is not tried again.
    fn drop_unwanted(&mut self, now: Timestamp, id: PageId) {
        let Some(owed) = self.pages.get(&id) else { return };
        if !self.wanted(&owed.purpose) {
            self.settle(now, id, PageState::Cancelled, "no longer needed");
        }
    }

    /// Whether anybody still wants a page: its climb asked for it and has not given it up since.
    pub(super) fn wanted(&self, purpose: &Purpose) -> bool {
        match purpose {
            Purpose::Climb { alert, round, key } => self.cases.get(alert).is_some_and(|case| {
                let climb = case.climb.as_ref().filter(|_| case.alert.open() && case.alert.rounds == *round);
                climb.is_some_and(|climb| climb.wants(key))
            }),
            Purpose::Message { drill, .. } => self.plays(*drill),
        }
    }

    /// A page comes to its end: the ledger knows, and so does whoever waits for it.
    fn settle(&mut self, now: Timestamp, id: PageId, state: PageState, words: &str) {
        let Some(owed) = self.pages.get_mut(&id) else { return };
        owed.state = state;
        owed.receipt = Some(words.to_owned());
        let (realm, person, channel) = (owed.page.realm(), owed.page.person().clone(), owed.page.channel().clone());
        let (purpose, attempts) = (owed.purpose.clone(), owed.attempts);
        self.changed_pages.insert(id);
        let kind = format!("page.{}", state.word());
        let body = json!({
            "page": id.to_string(), "to": person, "channel": channel, "proof": words, "attempts": attempts,
            "for": &purpose,
        });
        self.enter(now, realm, &kind, &body);
        if state == PageState::Failed {
            self.orders.push(Order::Tell(format!("{id} to {person} by {channel} failed: {words}")));
        }
        self.pass_on(now, purpose, state, words, person, channel);
    }

    pub(super) fn pass_on(
        &mut self,
        now: Timestamp,
        purpose: Purpose,
        state: PageState,
        words: &str,
        person: PersonId,
        channel: ChannelName,
    ) {
        let outcome = match state {
            PageState::Accepted => Outcome::Accepted,
            PageState::Failed => Outcome::Failed,
            _ => return,
        };
        match purpose {
            Purpose::Climb { alert, round, key } => {
                if self.cases.get(&alert).is_none_or(|case| case.alert.rounds != round) {
                    return;
                }
                self.climb(now, alert, Input::Receipt { page: key, outcome });
                let of = self.cases.get(&alert).map(|case| (case.alert.realm, case.alert.chain.clone()));
                if let (Some((Realm::Drill(drill), Some(chain))), Outcome::Accepted) = (of, outcome) {
                    self.play(now, drill, play::Input::Paged { chain, person, channel });
                }
            }
            Purpose::Message { drill, inject, .. } => {
                let input = match outcome {
                    Outcome::Accepted => play::Input::Injected { inject, lines: 0 },
                    Outcome::Failed => play::Input::InjectFailed { inject, why: words.to_owned() },
                };
                self.play(now, drill, input);
            }
        }
    }

    /// What a page on its way is about, for a rehearsal's cast.
    pub fn purpose(&self, id: PageId) -> Option<&Purpose> {
        self.pages.get(&id).map(|owed| &owed.purpose)
    }

    /// Makes the row of a changed page; forgets it where it is settled.
    pub(super) fn collect_page(&mut self, id: PageId) {
        let Some(owed) = self.pages.get(&id) else { return };
        let alert = match &owed.purpose {
            Purpose::Climb { alert, .. } => Some(*alert),
            Purpose::Message { .. } => None,
        };
        self.change.pages.push(PageRow {
            id,
            realm: owed.page.realm(),
            alert,
            key: serde_json::to_string(&owed.purpose).expect("a purpose is plain data"),
            person: owed.page.person().clone(),
            channel: owed.page.channel().clone(),
            // What may have arrived is kept as "sending" until its fate is known, so that it says so after a crash too.
            state: if owed.again && !owed.state.settled() { PageState::Sending } else { owed.state },
            attempts: owed.attempts,
            due: owed.due,
            letter: owed.page.store(),
            receipt: owed.receipt.clone(),
            created: owed.created,
        });
        if owed.state.settled() {
            self.pages.remove(&id);
        }
    }
}
