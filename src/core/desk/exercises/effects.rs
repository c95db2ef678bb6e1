//! What a drill asks of the world: lines in logs, messages to players, cards for the facilitator.

use super::Exercises;
use crate::api::Fact;
use crate::base::id::DrillId;
use crate::base::realm::Realm;
use crate::core::context::Context;
use crate::core::event::{Event, Out};
use crate::drill::play::Effect;

impl Exercises {
    /// Does what a drill asks for.
    pub(super) fn carry_out(&mut self, context: Context<'_>, id: DrillId, effects: Vec<Effect>, out: &mut Out) {
        self.changed.insert(id);
        for effect in effects {
            match effect {
                Effect::Lines { inject, source, lines } => {
                    self.order_lines(context, id, (inject, source), &lines, out);
                }
                Effect::Message { inject, message } => super::cards::send(context, id, &inject, &message, out),
                Effect::Card { inject, card } => super::cards::show(context, id, inject, &card, out),
                Effect::Fact(fact) => out.keep(Realm::Drill(id), Fact::Drill(fact)),
                Effect::Finished => {
                    self.ended.insert(id);
                    out.say(Event::DrillOver { drill: id });
                }
            }
        }
    }
}
