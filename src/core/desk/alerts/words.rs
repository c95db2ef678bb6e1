//! What the page of an escalation says, in whose language.

use super::OpenAlert;
use crate::alert::Alert;
use crate::alert::chain::{PageKey, PageReason, Standing};
use crate::alert::duty::{self, Duty, Given};
use crate::alert::gestures::listed;
use crate::alert::oncall::Person;
use crate::alert::page::Draft;
use crate::alert::page::words::{self, Contact, DutyText, Question, Story};
use crate::base::id::PersonId;
use crate::base::language::Language;
use crate::core::context::Context;
use crate::site::Site;

/// The words of a page.
pub(super) fn draft(context: Context<'_>, open: &OpenAlert, key: &PageKey) -> Draft {
    let (site, person) = (context.site(), &key.person);
    let language = context.language(person);
    let story = story(context, open, key);
    match &key.reason {
        // A duty has words of its own, below.
        PageReason::Turn | PageReason::Again(_) | PageReason::Duty(_) => {
            words::asked(&story, Question::Yours, person, language)
        }
        PageReason::Graver(_) => words::asked(&story, Question::Graver, person, language),
        PageReason::Handed(_) => words::asked(&story, Question::Handed, person, language),
        PageReason::Reack(_) => words::asked(&story, Question::Still, person, language),
        PageReason::Update(_) => words::more(&story, language),
        PageReason::Taken(_) => words::taken(&story, language),
        PageReason::Relieved(_) => match on_call(context, open, key) {
            Some(next) => words::relieved(&story, next, person, language),
            None => words::taken(&story, language),
        },
        PageReason::OnDuty(_) => words::on_duty(&story, language),
        PageReason::Over(_) => words::over(&story, language),
        PageReason::Erratum(_) => words::erratum(&story, open.erratum.as_deref().unwrap_or_default(), language),
        PageReason::LastResort => words::last_resort(&story, &contacts(site, &open.alert), language),
    }
}

/// What is known of an alert as somebody is told of it.
fn story<'a>(context: Context<'_>, open: &'a OpenAlert, key: &PageKey) -> Story<'a> {
    let site = context.site();
    let name = |person: &PersonId| site.roster.people.get(person).map(|person| person.name.clone());
    let escalation = open.escalation.as_deref();
    let told = escalation.iter().flat_map(|escalation| escalation.informed()).filter(|person| **person != key.person);
    let chain = open.alert.chain.as_ref().and_then(|chain| site.chain(chain));
    let times = escalation.zip(chain).map(|(escalation, chain)| escalation.telling(key, chain));
    let mut detections: Vec<&crate::alert::Detection> = open.detections.values().map(AsRef::as_ref).collect();
    detections.sort_by_key(|detection| std::cmp::Reverse(detection.level));
    Story {
        site: site.settings.name.clone(),
        folder: Some(site.folder.display().to_string()),
        zone: site.settings.zone.clone(),
        alert: &open.alert,
        gestures: listed(open.detections.values().map(AsRef::as_ref)),
        detections,
        ended_by: open.alert.ended.as_ref().and_then(|(by, _)| name(&PersonId(by.clone()))),
        told: told.filter_map(name).collect(),
        holder: match &open.alert.standing {
            Standing::Held { by, .. } => name(by),
            _ => None,
        },
        owner: open.alert.unmuted.as_ref().and_then(|unmuted| name(unmuted.muted.by.owner()?)),
        times: if matches!(key.reason, PageReason::Again(_)) { times.unwrap_or((1, None)) } else { (1, None) },
        until: match &open.alert.standing {
            Standing::Asked { until, .. } if !key.reason.is_notice() => *until,
            _ => None,
        },
    }
}

/// Who is on call now on the step of a page.
fn on_call<'a>(context: Context<'a>, open: &OpenAlert, key: &PageKey) -> Option<&'a Person> {
    let chain = open.alert.chain.as_ref().and_then(|chain| context.site().chain(chain))?;
    context.site().roster.who(&chain.steps.get(key.step)?.to, context.now)
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

/// The words of a page about a duty. Its alert may be forgotten by now: what it was about is kept with the duty.
pub(super) fn duty(context: Context<'_>, open: Option<&OpenAlert>, given: &Given, person: &PersonId) -> Draft {
    let (site, language) = (context.site(), context.language(person));
    let mut known = match open {
        Some(open) => (*open.alert).clone(),
        None => Alert { id: given.alert, ..Alert::new(given.realm, given.level, given.title.clone(), given.aware.at) },
    };
    known.unmuted = None;
    let detections = open.map(|open| open.detections.values().map(AsRef::as_ref).collect()).unwrap_or_default();
    let story = Story {
        site: site.settings.name.clone(),
        folder: Some(site.folder.display().to_string()),
        zone: site.settings.zone.clone(),
        alert: &known,
        detections,
        gestures: Vec::new(),
        ended_by: None,
        told: Vec::new(),
        holder: None,
        owner: None,
        times: (given.told, None),
        until: given.deadline,
    };
    let text = match duty::find(given.duty.as_str()) {
        Some(duty) => duty_text(duty, language),
        None => DutyText { what: given.duty.to_string(), place: String::new(), due: None, fallback: None },
    };
    words::declare(&story, &given.duty, &text, language)
}

fn duty_text(duty: &Duty, language: Language) -> DutyText {
    DutyText {
        what: duty.title.get(language).to_owned(),
        place: format!("{} ({})", duty.how.get(language), duty.basis(language)),
        due: Some(duty.clock.within.said().get(language).to_owned()),
        fallback: duty.fallback.as_ref().map(|text| text.get(language).to_owned()),
    }
}
