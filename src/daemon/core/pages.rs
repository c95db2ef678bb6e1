//! Pages owed: decided once, kept before they leave, tried until somebody takes them or nobody wants them any more.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Core, Order};
use crate::alert::chain::{Input, Outcome, PageKey, PageReason, Reach};
use crate::alert::channel::{Receipt, Settings, retry_after};
use crate::alert::duty::{self, Duty};
use crate::alert::page::words::{self, AlertSummary, Contact, DutyText};
use crate::alert::page::{Address, AnyPage, Draft, Medium, Page, drill_reach, live_reach};
use crate::alert::raised::Alert;
use crate::base::id::{AlertId, ChannelName, DrillId, InjectId, PageId, PersonId};
use crate::base::language::Language;
use crate::base::realm::{Drill, Live, Realm};
use crate::drill::play;
use crate::site::Site;
use crate::store::{PageRow, PageState};

/// Why a page is owed. Unique: the same purpose is the same page, for ever.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// A rung of an alert's climb.
    Climb {
        /// The alert.
        alert: AlertId,
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

/// A page that is not settled yet, or was just now.
#[derive(Debug)]
pub(super) struct Owed {
    purpose: Purpose,
    page: AnyPage,
    state: PageState,
    attempts: u32,
    due: Timestamp,
    /// An earlier try may have arrived: the next one says so.
    again: bool,
    receipt: Option<String>,
    created: Timestamp,
}

impl Owed {
    pub(super) fn deadline(&self) -> Option<Timestamp> {
        (self.state == PageState::Owed).then_some(self.due)
    }
}

impl Core {
    /// Which people the channels of a realm lead to.
    pub(super) fn reach(&self, realm: Realm) -> Reach {
        let settings = &self.house.site.settings;
        let media = settings.channels.iter().map(|(name, channel)| (name.clone(), channel.medium())).collect();
        match realm {
            Realm::Live => live_reach(&self.house.site.roster, &media),
            Realm::Drill(_) => drill_reach(&self.house.site.roster, &media, &settings.allow),
        }
    }

    /// Owes the page of a climb. False where its person cannot be reached that way.
    pub(super) fn owe(&mut self, now: Timestamp, alert: AlertId, key: &PageKey) -> bool {
        let Some(case) = self.cases.get(&alert) else { return true };
        let realm = case.alert.realm;
        let Some(person) = self.house.site.roster.people.get(&key.person) else { return false };
        let draft = self.draft(alert, key);
        let purpose = Purpose::Climb { alert, key: key.clone() };
        let page = match realm {
            Realm::Live => {
                let Some(address) = self.medium(&key.channel).and_then(|medium| Address::of(person, medium)) else {
                    return false;
                };
                let id = self.next_page();
                let written = self.written(now);
                Page::<Live>::new(id, written, key.person.clone(), key.channel.clone(), address, draft).into()
            }
            Realm::Drill(drill) => match self.drill_page(now, drill, &key.person, &key.channel, draft) {
                Some(page) => page,
                None => return false,
            },
        };
        self.keep_page(now, purpose, page);
        true
    }

    /// Owes a message of a drill to a player, by the first channel that exercises may use for them: mail before text
    /// messages before paper. False where there is none.
    pub(super) fn owe_message(
        &mut self,
        now: Timestamp,
        drill: DrillId,
        person: &PersonId,
        purpose: Purpose,
        draft: &Draft,
    ) -> bool {
        let mut channels: Vec<(Medium, ChannelName)> =
            self.house.site.settings.channels.iter().map(|(name, channel)| (channel.medium(), name.clone())).collect();
        channels.sort();
        for (_, channel) in channels {
            if let Some(page) = self.drill_page(now, drill, person, &channel, draft.clone()) {
                self.keep_page(now, purpose, page);
                return true;
            }
        }
        false
    }

    /// A page of a drill, only if the allow list admits its person and channel.
    fn drill_page(
        &mut self,
        now: Timestamp,
        drill: DrillId,
        person: &PersonId,
        channel: &ChannelName,
        draft: Draft,
    ) -> Option<AnyPage> {
        let medium = self.medium(channel)?;
        let admitted = self.house.site.settings.allow.admit(person, channel, medium)?;
        let id = self.next_page();
        Some(Page::<Drill>::new(id, self.written(now), drill, admitted, draft).into())
    }

    fn next_page(&mut self) -> PageId {
        self.last_page += 1;
        PageId(self.last_page)
    }

    /// The instant as the hospital's clocks show it.
    fn written(&self, now: Timestamp) -> jiff::Zoned {
        now.to_zoned(self.house.site.settings.zone.clone())
    }

    fn medium(&self, channel: &ChannelName) -> Option<Medium> {
        self.house.site.settings.channels.get(channel).map(Settings::medium)
    }

    fn keep_page(&mut self, now: Timestamp, purpose: Purpose, page: AnyPage) {
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

    /// The words of a climb's page.
    fn draft(&self, id: AlertId, key: &PageKey) -> Draft {
        let site = &self.house.site;
        let alert = &self.cases[&id].alert;
        let language = site.roster.people.get(&key.person).map_or(site.settings.language, |person| person.language);
        let summary = summary(site, alert, language);
        match &key.reason {
            PageReason::Turn => words::alert(&summary, &key.person, language),
            PageReason::Reack(_) => words::reack(&summary, &key.person, language),
            PageReason::LastResort => words::last_resort(&summary, &contacts(site, alert), language),
            PageReason::Duty(duty) => match duty::find(duty.as_str()) {
                Some(duty) => words::duty(&summary, &duty_text(&duty, language), language),
                None => words::alert(&summary, &key.person, language),
            },
        }
    }

    /// Takes back a page that is still waiting. One that is on its way cannot be taken back.
    pub(super) fn cancel(&mut self, now: Timestamp, alert: AlertId, key: &PageKey) {
        let wanted = Purpose::Climb { alert, key: key.clone() };
        let found = self.pages.iter().find(|(_, owed)| owed.purpose == wanted && owed.state == PageState::Owed);
        if let Some(id) = found.map(|(id, _)| *id) {
            self.settle(now, id, PageState::Cancelled, "no longer needed");
        }
    }

    /// Takes back all waiting pages of a drill.
    pub(super) fn cancel_drill(&mut self, now: Timestamp, drill: DrillId) {
        let realm = Realm::Drill(drill);
        let waiting = self.pages.iter().filter(|(_, owed)| owed.page.realm() == realm && owed.state == PageState::Owed);
        let waiting: Vec<PageId> = waiting.map(|(id, _)| *id).collect();
        for id in waiting {
            self.settle(now, id, PageState::Cancelled, "the drill is over");
        }
    }

    /// Sends everything that is due. The rows say "sending" before anything leaves the house.
    pub(super) fn dispatch(&mut self, now: Timestamp) {
        let due = self.pages.iter_mut().filter(|(_, owed)| owed.state == PageState::Owed && owed.due <= now);
        for (id, owed) in due {
            let letter = if owed.again { owed.page.letter_again() } else { owed.page.letter() };
            owed.state = PageState::Sending;
            owed.attempts += 1;
            self.changed_pages.insert(*id);
            let channel = owed.page.channel().clone();
            self.orders.push(Order::Send { page: *id, channel, letter: Box::new(letter) });
        }
    }

    /// A channel answered.
    pub(super) fn receipt(&mut self, now: Timestamp, id: PageId, receipt: Receipt) {
        let Some(owed) = self.pages.get_mut(&id) else { return };
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
        let unwanted = match &owed.purpose {
            Purpose::Climb { alert, key } => match self.cases.get(alert).map(|case| &case.alert) {
                None => true,
                Some(alert) => key.reason == PageReason::Turn && !alert.acks.is_empty(),
            },
            Purpose::Message { drill, .. } => !self.drills.contains_key(drill),
        };
        if unwanted {
            self.settle(now, id, PageState::Cancelled, "no longer needed");
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

    fn pass_on(
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
            Purpose::Climb { alert, key } => {
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
            state: owed.state,
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

    /// Takes up pages where the store left them. One whose fate is unknown is sent again at once, and says so.
    pub(super) fn recover_pages(&mut self, rows: Vec<PageRow>, now: Timestamp) {
        for row in rows {
            let page = AnyPage::restore(&row.letter, &self.house.site.settings.allow);
            let (page, purpose) = match (page, serde_json::from_str::<Purpose>(&row.key)) {
                (Ok(page), Ok(purpose)) => (page, purpose),
                (page, _) => {
                    let why =
                        page.err().map_or_else(|| "its row cannot be read".to_owned(), |refused| refused.to_string());
                    self.orders.push(Order::Tell(format!("{} is not sent: {why}", row.id)));
                    self.change.pages.push(PageRow { state: PageState::Cancelled, receipt: Some(why), ..row });
                    continue;
                }
            };
            let unknown = row.state == PageState::Sending;
            let owed = Owed {
                purpose,
                page,
                state: PageState::Owed,
                attempts: row.attempts,
                due: if unknown { now } else { row.due },
                again: unknown,
                receipt: row.receipt,
                created: row.created,
            };
            self.pages.insert(row.id, owed);
        }
    }
}

/// What a page says of an alert.
fn summary(site: &Site, alert: &Alert, language: Language) -> AlertSummary {
    AlertSummary {
        site: site.settings.name.clone(),
        zone: site.settings.zone.clone(),
        alert: alert.id,
        level: alert.level,
        title: alert.title.get(language).to_owned(),
        subject: alert.subject.clone(),
        count: alert.hits,
        first: alert.first,
        last: alert.last,
        source: alert.source.clone(),
        rule: alert.rule.clone(),
        author: alert.author.clone(),
        references: alert.references.clone(),
    }
}

/// Everybody of the alert's chain, in its order, to be called by hand.
fn contacts(site: &Site, alert: &Alert) -> Vec<Contact> {
    let chain = alert.chain.as_ref().and_then(|chain| site.chain(chain));
    let steps = chain.iter().flat_map(|chain| &chain.steps);
    let people = steps.filter_map(|step| site.roster.who(&step.to, alert.raised));
    let mut contacts: Vec<Contact> = Vec::new();
    for person in people {
        let phone = person.phone.clone().or_else(|| person.sms.clone());
        let contact = Contact { name: person.name.clone(), phone };
        if !contacts.contains(&contact) {
            contacts.push(contact);
        }
    }
    contacts
}

fn duty_text(duty: &Duty, language: Language) -> DutyText {
    DutyText {
        what: duty.title.get(language).to_owned(),
        place: format!("{} ({})", duty.how.get(language), duty.basis),
        due: Some(duty.due.get(language).to_owned()),
    }
}
