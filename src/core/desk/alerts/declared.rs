//! How a duty comes to its end: it was declared, need not be, or is moot.

use jiff::Timestamp;

use super::Alerts;
use super::duties::Key;
use crate::alert::duty::{Ended, From, Given};
use crate::api::{Done, DutyFact, Fact, Proof, Refusal};
use crate::base::id::{AlertId, DrillId, DutyId, PersonId};
use crate::base::realm::Realm;
use crate::base::redact::redact;
use crate::core::context::Context;
use crate::core::event::Out;

/// Somebody says what became of a duty.
#[derive(Debug, Clone, Copy)]
pub(in crate::core) struct Declared<'a> {
    pub(in crate::core) duty: &'a DutyId,
    pub(in crate::core) proof: &'a Proof,
    /// When; now where nothing is said.
    pub(in crate::core) at: Option<Timestamp>,
    pub(in crate::core) by: &'a PersonId,
}

impl Alerts {
    /// Somebody says what became of a duty. What counts from it begins.
    pub(in crate::core) fn declared(
        &mut self,
        context: Context<'_>,
        (id, declared): (AlertId, Declared<'_>),
        out: &mut Out,
    ) -> Result<Done, Refusal> {
        let Declared { duty, proof, at, by } = declared;
        context.known(by)?;
        let key = (id, duty.clone());
        let Some(keeping) = self.duties.all.get_mut(&key).filter(|keeping| keeping.given.is_open()) else {
            let open = self.duties.of(id).filter(|keeping| keeping.given.is_open());
            let known = open.map(|keeping| keeping.given.duty.to_string()).collect();
            return Err(Refusal::NoSuchDuty { alert: id, duty: duty.clone(), known });
        };
        let at = at.unwrap_or(context.now);
        if at > context.now || at < keeping.given.aware.at {
            return Err(Refusal::DutyNotThen { aware: keeping.given.aware.at });
        }
        let (by, realm) = (by.clone(), keeping.given.realm);
        let (ended, fact) = match proof {
            Proof::Receipt(receipt) => {
                let receipt = redact(receipt).into_owned();
                let fact =
                    DutyFact::Done { alert: id, duty: duty.clone(), by: by.clone(), at, receipt: receipt.clone() };
                (Ended::Done { by, at, receipt }, fact)
            }
            Proof::NotDue(reason) => {
                let reason = redact(reason).into_owned();
                let fact = DutyFact::NotDue { alert: id, duty: duty.clone(), by: by.clone(), reason: reason.clone() };
                (Ended::NotDue { by, at, reason }, fact)
            }
        };
        let is_done = matches!(ended, Ended::Done { .. });
        let effects = keeping.end(ended);
        out.keep(realm, Fact::Duty(fact));
        self.carry_out_duty(context, &key, effects, out);
        if is_done {
            self.begin_what_counts_from(context, &key, at, out);
        }
        Ok(Done::Declared { alert: id, duty: duty.clone() })
    }

    fn begin_what_counts_from(&mut self, context: Context<'_>, (alert, duty): &Key, at: Timestamp, out: &mut Out) {
        let from = From::Done(duty.clone());
        let waits = |given: &Given| given.alert == *alert && given.is_open() && given.clock.from == from;
        for key in self.duties.keys(waits) {
            self.begin(context, &key, at, out);
        }
    }

    /// An alert is no attack: what was given because of it need not be declared.
    pub(super) fn withdraw_duties(&mut self, context: Context<'_>, id: AlertId, out: &mut Out) {
        self.withdraw(context, |given| given.alert == id, out);
    }

    /// A drill is over: its duties end with it.
    pub(super) fn withdraw_of_drill(&mut self, context: Context<'_>, drill: DrillId, out: &mut Out) {
        self.withdraw(context, |given| given.realm == Realm::Drill(drill), out);
    }

    fn withdraw(&mut self, context: Context<'_>, which: impl Fn(&Given) -> bool, out: &mut Out) {
        for key in self.duties.keys(|given| given.is_open() && which(given)) {
            let Some(keeping) = self.duties.all.get_mut(&key) else { continue };
            let (realm, (alert, duty)) = (keeping.given.realm, key.clone());
            let effects = keeping.end(Ended::Withdrawn { at: context.now });
            out.keep(realm, Fact::Duty(DutyFact::Withdrawn { alert, duty }));
            self.carry_out_duty(context, &key, effects, out);
        }
    }
}
