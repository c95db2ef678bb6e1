//! What pages say, in whose language, and whether they can be addressed at all. Whether and when they leave is decided
//! in `pages`.

use jiff::Timestamp;

use super::Core;
use super::pages::Purpose;
use crate::alert::chain::{PageKey, PageReason, Reach};
use crate::alert::channel::Settings;
use crate::alert::duty::{self, Duty};
use crate::alert::page::words::{self, AlertSummary, Contact, DutyText};
use crate::alert::page::{Address, AnyPage, Draft, Medium, Page, drill_reach, live_reach};
use crate::alert::raised::Alert;
use crate::base::id::{AlertId, ChannelName, DrillId, PageId, PersonId};
use crate::base::language::Language;
use crate::base::realm::{Drill, Live, Realm};
use crate::site::Site;

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
        let purpose = Purpose::Climb { alert, round: case.alert.rounds, key: key.clone() };
        let Some(page) = self.climb_page(now, PageId(self.last_page + 1), alert, key) else { return false };
        self.last_page += 1;
        self.keep_page(now, purpose, page);
        true
    }

    /// The page of a climb, as it would be written now; nothing where its person cannot be reached that way.
    pub(super) fn climb_page(&self, now: Timestamp, id: PageId, alert: AlertId, key: &PageKey) -> Option<AnyPage> {
        let realm = self.cases.get(&alert)?.alert.realm;
        let person = self.house.site.roster.people.get(&key.person)?;
        let draft = self.draft(alert, key);
        match realm {
            Realm::Live => {
                let address = Address::of(person, self.medium(&key.channel)?)?;
                let (person, channel) = (key.person.clone(), key.channel.clone());
                Some(Page::<Live>::new(id, self.written(now), person, channel, address, draft).into())
            }
            Realm::Drill(drill) => self.drill_page(now, id, drill, (&key.person, &key.channel), draft),
        }
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
            let id = PageId(self.last_page + 1);
            if let Some(page) = self.drill_page(now, id, drill, (person, &channel), draft.clone()) {
                self.last_page += 1;
                self.keep_page(now, purpose, page);
                return true;
            }
        }
        false
    }

    /// A page of a drill, only if the allow list admits its person and channel.
    fn drill_page(
        &self,
        now: Timestamp,
        id: PageId,
        drill: DrillId,
        (person, channel): (&PersonId, &ChannelName),
        draft: Draft,
    ) -> Option<AnyPage> {
        let medium = self.medium(channel)?;
        let admitted = self.house.site.settings.allow.admit(person, channel, medium)?;
        Some(Page::<Drill>::new(id, self.written(now), drill, admitted, draft).into())
    }

    /// The instant as the hospital's clocks show it.
    fn written(&self, now: Timestamp) -> jiff::Zoned {
        now.to_zoned(self.house.site.settings.zone.clone())
    }

    pub(super) fn medium(&self, channel: &ChannelName) -> Option<Medium> {
        self.house.site.settings.channels.get(channel).map(Settings::medium)
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
        others: alert.others,
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
