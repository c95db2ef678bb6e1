//! What holds after each thing that happens, and what is kept of it all.

use std::collections::BTreeSet;

use vigie::alert::Alert;
use vigie::alert::chain::{PageReason, Status};
use vigie::api::Purpose;
use vigie::base::level::Level;
use vigie::base::realm::Realm;
use vigie::store::{PageRow, PageState};

use super::History;

impl History {
    /// What holds at any moment.
    pub(super) fn holds(&mut self) {
        let pages: Vec<(PageRow, Purpose)> =
            self.world.pages().into_iter().map(|row| (row.clone(), serde_json::from_str(&row.key).unwrap())).collect();
        one_waits(&pages);
        let open = self.world.alerts().into_iter().filter(|alert| alert.open() && alert.realm == Realm::Live);
        for alert in open.filter(|alert| alert.chain.is_some()) {
            self.somebody_has_it_or_will_be_told(&alert);
            // Also what somebody has in hand can be held back, which its standing does not say.
            let escalation = serde_json::to_value(self.world.alert(alert.id).1.expect("it escalates")).unwrap();
            if !escalation["muted"].is_null() {
                self.silenced.insert(alert.id);
            }
            if !self.silenced.contains(&alert.id) {
                asked_at_its_level(&alert, &pages);
            }
        }
    }

    fn somebody_has_it_or_will_be_told(&self, alert: &Alert) {
        let escalation = self.world.alert(alert.id).1.expect("it escalates");
        let held = matches!(escalation.status, Status::Acked { .. });
        assert!(held || escalation.deadline().is_some(), "{} is dead: {escalation:?}", alert.id);
    }

    /// Everything that is kept of it: the ledger, and every page.
    pub(super) fn bytes(&self) -> String {
        let entries = self.world.store().entries(1).unwrap();
        let ledger = entries.iter().map(|entry| format!("{entry:?}\n"));
        let pages = self.world.pages();
        ledger.chain(pages.iter().map(|row| format!("{row:?}\n"))).collect()
    }
}

/// Of what has not left yet, one page waits for a person and a channel about one alert; a duty is another matter.
fn one_waits(pages: &[(PageRow, Purpose)]) {
    let mut waiting = BTreeSet::new();
    for (row, purpose) in pages.iter().filter(|(row, _)| row.state == PageState::Owed) {
        let Purpose::Escalation { alert, .. } = purpose else { continue };
        let alone = waiting.insert((*alert, row.person.clone(), row.channel.clone()));
        assert!(alone, "two pages wait for {} by {} about {alert}", row.person, row.channel);
    }
}

/// Somebody was asked about an alert as grave as it is now, or graver: nothing hides behind a trifle. What is left of one
/// that was taken apart may be a trifle.
fn asked_at_its_level(alert: &Alert, pages: &[(PageRow, Purpose)]) {
    let levels = [Level::Informational, Level::Low, Level::Medium, Level::High, Level::Critical];
    let as_grave = levels.into_iter().filter(|level| *level >= alert.level);
    // The beginning of every subject; what it got graver by stands behind it.
    let subjects: Vec<String> = as_grave.map(|level| format!("[{} {level}", alert.id)).collect();
    let asks = |purpose: &Purpose| match purpose {
        Purpose::Escalation { alert: of, key, .. } => {
            let notice = matches!(key.reason, PageReason::Update(_) | PageReason::Taken(_) | PageReason::Over(_));
            *of == alert.id && !notice
        }
        Purpose::Duty { .. } | Purpose::Message { .. } | Purpose::Digest { .. } => false,
    };
    let says = |row: &PageRow| subjects.iter().any(|subject| row.letter.contains(subject));
    let asked = pages.iter().any(|(row, purpose)| asks(purpose) && says(row));
    let letters: Vec<&String> = pages.iter().map(|(row, _)| &row.letter).collect();
    assert!(asked, "nobody is asked about {}, {}: {letters:#?}", alert.id, alert.level);
}
