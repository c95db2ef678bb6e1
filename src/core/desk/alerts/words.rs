//! What the page of an escalation says, in whose language.

use crate::alert::Alert;
use crate::alert::chain::{PageKey, PageReason};
use crate::alert::duty::{self, Duty};
use crate::alert::page::Draft;
use crate::alert::page::words::{self, AlertSummary, Contact, DutyText};
use crate::base::language::Language;
use crate::core::context::Context;
use crate::site::Site;

/// The words of a page.
pub(super) fn draft(context: Context<'_>, alert: &Alert, key: &PageKey) -> Draft {
    let site = context.site();
    let language = context.language(&key.person);
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
        let contact = Contact { name: person.name.clone(), phone: person.number().map(str::to_owned) };
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
