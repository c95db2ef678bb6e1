//! What is known of an alert, in answer to the questions of a declaration. Nothing is made up: what is not known is
//! nothing here.

use std::collections::BTreeSet;

use jiff::tz::TimeZone;

use crate::alert::Detection;
use crate::alert::duty::{Awareness, Fill, Given, How};
use crate::api::{AlertFact, AlertView, ChainFact, DutyFact, EntryView, Fact};
use crate::base::id::{DutyId, PersonId};
use crate::base::language::{Language, Text};
use crate::base::tie::TieKind;
use crate::base::visible::visible;
use crate::cli::alert::story;
use crate::site::Site;
use crate::store::PageState;
use crate::words::alert as of_alert;
use crate::words::duty as words;
use crate::words::page::row;
use crate::words::time::At;

/// An alert, the duty, and whose they are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Facts<'a> {
    pub(super) view: &'a AlertView,
    pub(super) duty: &'a DutyId,
    /// Nothing where records are read without a site.
    pub(super) site: Option<&'a Site>,
    pub(super) zone: &'a TimeZone,
    pub(super) language: Language,
}

impl Facts<'_> {
    /// The duty as it was given because of the alert.
    pub(super) fn given(&self) -> Option<&Given> {
        self.view.duties.iter().find(|given| given.duty == *self.duty)
    }

    /// The answer to a question; nothing where it is not known.
    pub(super) fn of(&self, fill: Fill) -> Option<String> {
        let alert = &self.view.alert;
        let known = match fill {
            Fill::Site => self.site.map(|site| site.settings.name.clone()),
            Fill::Owner => self.given().and_then(|given| given.owner.as_ref()).map(|owner| self.name(owner)),
            Fill::Noticed => Some(self.say(&words::noticed(At(alert.first, self.zone), At(alert.raised, self.zone)))),
            Fill::Aware => self.aware(),
            Fill::What => Some(self.what()),
            Fill::Machines => self.tied(TieKind::Machine),
            Fill::Accounts => self.tied(TieKind::Account),
            Fill::Addresses => self.tied(TieKind::Address),
            Fill::Verdict => alert.qualified.as_ref().map(|said| self.say(&said.verdict.said())),
            Fill::PersonalData => {
                let known = alert.qualified.as_ref().and_then(|said| said.personal_data);
                known.map(|is| self.whether(&of_alert::personal_data(), is))
            }
            Fill::Care => {
                let known = alert.qualified.as_ref().and_then(|said| said.care);
                known.map(|is| self.whether(&of_alert::care(), is))
            }
            Fill::Measures => self.measures(),
            Fill::Told => self.told(),
            Fill::Unknown => None,
        };
        known.filter(|answer| !answer.trim().is_empty())
    }

    fn say(&self, text: &Text) -> String {
        text.get(self.language).to_owned()
    }

    /// Whether something is so.
    fn whether(&self, what: &Text, is: bool) -> String {
        self.say(&row(what, if is { of_alert::yes() } else { of_alert::no() }))
    }

    /// Somebody, by the name that people say.
    fn name(&self, person: &PersonId) -> String {
        let known = self.site.and_then(|site| site.roster.people.get(person));
        visible(known.map_or(person.as_str(), |known| known.name.as_str())).into_owned()
    }

    fn aware(&self) -> Option<String> {
        let Awareness { at, how } = self.view.alert.aware.as_ref()?;
        let at = At(*at, self.zone);
        Some(self.say(&match how {
            How::Raised(who) => words::aware_raised(at, self.name(who)),
            How::Acked(who) => words::aware_acked(at, self.name(who)),
            How::Qualified(who) => words::aware_qualified(at, self.name(who)),
            How::Unanswered => return None,
        }))
    }

    fn detections(&self) -> impl Iterator<Item = &Detection> {
        self.view.detections.iter().map(|(_, detection)| detection)
    }

    fn what(&self) -> String {
        let alert = &self.view.alert;
        let signs: Vec<String> = self.detections().map(|sign| self.say(&words::what(&sign.title, sign.hits))).collect();
        if signs.is_empty() { self.say(&words::what(&alert.title, alert.hits)) } else { signs.join("\n") }
    }

    /// What of a kind has a part in it.
    fn tied(&self, kind: TieKind) -> Option<String> {
        let ties = self.detections().flat_map(|detection| detection.ties.iter().chain(&detection.strayed));
        let names: BTreeSet<&str> = ties.filter(|tie| tie.kind == kind).map(|tie| tie.value.as_str()).collect();
        (!names.is_empty()).then(|| visible(&names.into_iter().collect::<Vec<_>>().join(", ")).into_owned())
    }

    /// What people did, as the ledger has it.
    fn measures(&self) -> Option<String> {
        let of = |entry: &EntryView| {
            let done = is_measure(&Fact::read(&entry.kind, &entry.body.to_string())?);
            let said = done.then(|| story::of(entry)).flatten()?;
            Some(self.say(&words::measure(At(entry.at, self.zone), said)))
        };
        let lines: Vec<String> = self.view.story.iter().filter_map(of).collect();
        (!lines.is_empty()).then(|| lines.join("\n"))
    }

    /// Who knows of it: whoever a message reached, and whoever took it.
    fn told(&self) -> Option<String> {
        let reached = |state: &str| PageState::from_word(state) == Some(PageState::Accepted);
        let told = self.view.pages.iter().filter(|page| reached(&page.state)).map(|page| &page.person);
        let took = self.view.alert.acks.iter().map(|(by, _)| by);
        let knew = self.view.alert.aware.as_ref().and_then(|aware| match &aware.how {
            How::Raised(who) | How::Acked(who) | How::Qualified(who) => Some(who),
            How::Unanswered => None,
        });
        let names: BTreeSet<String> = told.chain(took).chain(knew).map(|person| self.name(person)).collect();
        (!names.is_empty()).then(|| names.into_iter().collect::<Vec<_>>().join("\n"))
    }
}

/// Whether a fact is something that somebody did about it.
fn is_measure(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::Alert(
            AlertFact::Ticked { .. }
                | AlertFact::Qualified { .. }
                | AlertFact::Erratum { .. }
                | AlertFact::Resolved { .. }
        ) | Fact::Chain(ChainFact::Acked { .. } | ChainFact::HandedOn { .. } | ChainFact::Escalated { .. })
            | Fact::Duty(DutyFact::Done { .. } | DutyFact::NotDue { .. })
    )
}
