//! Alerts about vigie itself: one while something suffers, ended when it is well again.

use super::{Alerts, End};
use crate::alert::{Ailment, Alert, Detection};
use crate::base::realm::Realm;
use crate::core::context::Context;
use crate::core::event::Out;

/// Who ends an alert about something that is well again, as the ledger keeps it.
const VIGIE: &str = "vigie";

impl Alerts {
    /// Something suffers: an alert is raised, or counted on while one is open.
    pub(super) fn ailing(&mut self, context: Context<'_>, ailment: &Ailment, out: &mut Out) {
        let Ailment { of, level, title, description } = ailment;
        if let Some(open) = self.ailments.get(of).and_then(|id| self.open.get_mut(id)) {
            open.alert.absorb(1, context.now);
            self.changed.insert(open.alert.id);
            return;
        }
        let alert = Alert {
            description: description.clone(),
            ailing: Some(of.clone()),
            ..Alert::new(Realm::Live, *level, title.clone(), context.now)
        };
        let detection = Detection::from(&alert);
        let id = self.raise(context, alert, (detection, None), out);
        self.ailments.insert(of.clone(), id);
    }

    /// What suffered is well again.
    pub(super) fn well(&mut self, context: Context<'_>, of: &str, out: &mut Out) {
        if let Some(id) = self.ailments.get(of).copied() {
            self.resolve(context, id, End { by: VIGIE, person: None, reason: None }, out);
        }
    }
}
