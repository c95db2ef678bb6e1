//! The first gestures are done, one after the other, and somebody says so.

use super::Alerts;
use crate::alert::Tick;
use crate::alert::gestures::listed;
use crate::api::{AlertFact, Done, Fact, Refusal};
use crate::base::id::{AlertId, PersonId};
use crate::core::context::Context;
use crate::core::event::Out;

/// Which gestures of an alert are done, or not done after all.
#[derive(Debug, Clone, Copy)]
pub(in crate::core) struct Ticked<'a> {
    /// Their numbers in the list, from 1.
    pub(in crate::core) numbers: &'a [usize],
    pub(in crate::core) done: bool,
    pub(in crate::core) by: &'a PersonId,
}

impl Alerts {
    /// Somebody ticks gestures, or takes ticks away. What is ticked already stays with whoever did it first.
    pub(in crate::core) fn tick(
        &mut self,
        context: Context<'_>,
        (id, ticked): (AlertId, Ticked<'_>),
        out: &mut Out,
    ) -> Result<Done, Refusal> {
        let Ticked { numbers, done, by } = ticked;
        context.known(by)?;
        let open = self.opened(id)?;
        let known = listed(open.detections.values().map(AsRef::as_ref));
        let unknown: Vec<usize> =
            numbers.iter().copied().filter(|number| !(1..=known.len()).contains(number)).collect();
        if !unknown.is_empty() {
            return Err(Refusal::NoSuchGesture { alert: id, gestures: unknown, known: known.len() });
        }
        for number in numbers {
            let gesture = known[number - 1].clone();
            let place = open.alert.ticks.iter().position(|tick| tick.gesture == gesture);
            let fact = match (done, place) {
                (true, None) => {
                    open.alert.ticks.push(Tick { gesture: gesture.clone(), by: by.clone(), at: context.now });
                    AlertFact::Ticked { alert: id, number: *number, gesture, by: by.clone() }
                }
                (false, Some(place)) => {
                    open.alert.ticks.remove(place);
                    AlertFact::Unticked { alert: id, number: *number, gesture, by: by.clone() }
                }
                _ => continue,
            };
            out.keep(open.alert.realm, Fact::Alert(fact));
        }
        self.changed.insert(id);
        Ok(Done::Ticked { alert: id, done })
    }
}
