//! Taking up the work where the store left it, also where the site's files were edited meanwhile: nothing that was
//! owed is dropped without a word, and every open alert stays in sight.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::json;

use super::alerts::Case;
use super::drills::{KeptDrill, Running};
use super::pages::{Owed, Purpose};
use super::{Core, Order};
use crate::alert::chain::{Climb, Input, Status};
use crate::alert::page::{Address, AnyPage};
use crate::alert::raised::Alert;
use crate::base::id::AlertId;
use crate::base::realm::Realm;
use crate::store::{AlertRow, DrillRow, JoinedRow, PageRow, PageState};

/// What is to become of a page found in the store.
enum Fate {
    /// It is sent, as it was or with today's address.
    Sent(Box<AnyPage>),
    /// It is not, for this reason; its climb goes on as if its channel had refused it.
    Lost(String),
}

impl Core {
    /// Takes up alerts and who joined them, drills and pages, in this order: each needs the ones before.
    pub(super) fn recover(
        &mut self,
        now: Timestamp,
        alerts: Vec<AlertRow>,
        joined: Vec<JoinedRow>,
        drills: Vec<DrillRow>,
        pages: Vec<PageRow>,
    ) {
        for row in alerts {
            self.recover_case(row);
        }
        for JoinedRow { realm, grouping, alert } in joined {
            if self.cases.contains_key(&alert) {
                self.groupings.entry((realm, grouping)).or_insert(alert);
            }
        }
        for row in drills {
            self.recover_drill(now, &row);
        }
        for id in self.cases.keys().copied().collect::<Vec<_>>() {
            self.revive(now, id);
        }
        let lost: Vec<(PageRow, Purpose, String)> =
            pages.into_iter().filter_map(|row| self.recover_page(now, row)).collect();
        for (row, purpose, why) in lost {
            self.pass_on(now, purpose, PageState::Failed, &why, row.person, row.channel);
        }
    }

    fn recover_case(&mut self, row: AlertRow) {
        let Ok(alert) = serde_json::from_str::<Alert>(&row.body) else {
            let words = format!("alert {} in the store cannot be read; it is left as it is", row.id);
            self.orders.push(Order::Tell(words));
            return;
        };
        if alert.rule.is_some() {
            self.groupings.insert((alert.realm, row.grouping), row.id);
        }
        let climb = row.climb.and_then(|climb| serde_json::from_str(&climb).ok());
        self.cases.insert(row.id, Case { alert, climb });
    }

    /// Takes up a drill. Lines that may not have been written are ordered again, with new labels: the same line twice
    /// is still the drill's.
    fn recover_drill(&mut self, now: Timestamp, row: &DrillRow) {
        let Ok(kept) = serde_json::from_str::<KeptDrill>(&row.state) else {
            if !row.ended {
                self.lose_drill(now, row, "its row in the store cannot be read");
            }
            return;
        };
        if row.ended {
            self.keep_late(row.id, kept);
            return;
        }
        let Some(script) = kept.script() else {
            self.lose_drill(now, row, "this version cannot read its playbook");
            self.keep_late(row.id, kept);
            return;
        };
        let (play, pace, labels) = (kept.play, kept.pace, kept.labels);
        let unwritten = kept.unwritten.clone();
        let running = Running { script: Arc::new(script), play, pace, labels, unwritten };
        self.drills.insert(row.id, running);
        for (inject, (source, texts)) in kept.unwritten {
            self.order_labelled(row.id, inject, source, &texts);
        }
        self.changed_drills.insert(row.id);
    }

    /// A drill that ran and cannot go on: it is over, and said to be.
    fn lose_drill(&mut self, now: Timestamp, row: &DrillRow, why: &str) {
        self.enter(now, Realm::Drill(row.id), "drill.lost", &json!({"drill": row.id.to_string(), "why": why}));
        self.orders.push(Order::Tell(format!("{} cannot go on: {why}; it is over", row.id)));
        self.change.drills.push(DrillRow { ended: true, ..row.clone() });
    }

    /// Makes sure that an open alert still climbs, if it did.
    pub(super) fn revive(&mut self, now: Timestamp, id: AlertId) {
        let Some(case) = self.cases.get(&id) else { return };
        if let Realm::Drill(drill) = case.alert.realm
            && !self.plays(drill)
        {
            return self.resolve(now, id, "end of the drill");
        }
        let Some(was) = case.alert.chain.clone() else { return };
        let why = match &case.climb {
            None => "how far it was cannot be read",
            Some(climb) if self.house.site.chain(&climb.chain).is_none() => "the chain is not in chains.yaml any more",
            Some(_) => return,
        };
        let acked = match case.climb.as_ref().map(|climb| &climb.status) {
            Some(Status::Acked { by, .. }) => Some(by.clone()),
            Some(_) => None,
            None => case.alert.acks.last().map(|(by, _)| by.clone()),
        };
        let (realm, level) = (case.alert.realm, case.alert.level);
        let house = self.house.clone();
        let chain = house.site.chain_for(level);
        let now_on = chain.map(|chain| chain.id.clone());
        let body = json!({"alert": id.to_string(), "from": was, "to": now_on, "why": why});
        self.enter(now, realm, "chain.replaced", &body);
        let goes_on = now_on.as_ref().map_or_else(
            || "no chain takes alerts of its level: NOBODY is paged about it".to_owned(),
            |chain| format!("it sets out anew on {chain}"),
        );
        self.orders.push(Order::Tell(format!("{id} was on chain {was}: {why}; {goes_on}")));
        let reach = self.reach(realm);
        let started = chain.map(|chain| Climb::start(chain, &house.site.roster, &reach, self.pace(realm), now));
        let Some(case) = self.cases.get_mut(&id) else { return };
        case.alert.rounds += 1;
        case.alert.chain = now_on;
        let (climb, effects) = started.map_or((None, Vec::new()), |(climb, effects)| (Some(climb), effects));
        case.climb = climb;
        self.changed_cases.insert(id);
        self.carry_out(now, id, effects);
        // Who has it still has it: what was just asked for is taken back before anything leaves.
        if let Some(by) = acked {
            self.climb(now, id, Input::Acked { by });
        }
    }

    /// Takes up a page. One whose fate is unknown is sent again at once, and says so. Gives back the row of one that
    /// cannot be sent, for its climb to know.
    fn recover_page(&mut self, now: Timestamp, row: PageRow) -> Option<(PageRow, Purpose, String)> {
        let Ok(purpose) = serde_json::from_str::<Purpose>(&row.key) else {
            self.give_up(now, row, PageState::Cancelled, "its row in the store cannot be read");
            return None;
        };
        if !self.wanted(&purpose) {
            self.give_up(now, row, PageState::Cancelled, "no longer needed");
            return None;
        }
        match self.fate(now, &row, &purpose) {
            Fate::Sent(page) => {
                let again = row.state == PageState::Sending;
                let owed = Owed {
                    purpose,
                    page: *page,
                    state: PageState::Owed,
                    attempts: row.attempts,
                    due: if again { now } else { row.due },
                    again,
                    receipt: row.receipt,
                    created: row.created,
                };
                self.pages.insert(row.id, owed);
                None
            }
            Fate::Lost(why) => {
                self.give_up(now, row.clone(), PageState::Failed, &why);
                Some((row, purpose, why))
            }
        }
    }

    /// Whether a page can still go where it was to go. People, addresses and channels may have been edited.
    fn fate(&self, now: Timestamp, row: &PageRow, purpose: &Purpose) -> Fate {
        let site = &self.house.site;
        let Some(person) = site.roster.people.get(&row.person) else {
            return Fate::Lost(format!("{} is not in people.yaml any more", row.person));
        };
        let Some(medium) = self.medium(&row.channel) else {
            return Fate::Lost(format!("vigie.yaml has no channel {} any more", row.channel));
        };
        let page = match AnyPage::restore(&row.letter, &site.settings.allow) {
            Ok(page) => page,
            Err(refused) => return Fate::Lost(refused.to_string()),
        };
        if row.realm != Realm::Live {
            return Fate::Sent(Box::new(page));
        }
        let address = Address::of(person, medium);
        if address.as_ref() == Some(page.letter().address()) {
            return Fate::Sent(Box::new(page));
        }
        // Somebody put an address right: the page goes there.
        let rewritten = match purpose {
            Purpose::Climb { alert, key, .. } => self.climb_page(now, row.id, *alert, key),
            Purpose::Message { .. } => None,
        };
        rewritten.map_or_else(
            || Fate::Lost(format!("{} has no address for {} any more", row.person, row.channel)),
            |page| Fate::Sent(Box::new(page)),
        )
    }

    /// Settles a page that was found in the store and is not taken up.
    fn give_up(&mut self, now: Timestamp, row: PageRow, state: PageState, why: &str) {
        let body = json!({
            "page": row.id.to_string(), "to": row.person, "channel": row.channel, "proof": why,
            "attempts": row.attempts,
        });
        self.enter(now, row.realm, &format!("page.{}", state.word()), &body);
        self.orders.push(Order::Tell(format!("{} to {} by {} is not sent: {why}", row.id, row.person, row.channel)));
        self.change.pages.push(PageRow { state, receipt: Some(why.to_owned()), ..row });
    }
}
