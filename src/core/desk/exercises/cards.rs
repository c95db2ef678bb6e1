//! What a drill says to people, on its way: messages to players, cards for the facilitator. The words are the drill's.

use crate::alert::page::words;
use crate::api::Purpose;
use crate::base::id::{ChannelName, DrillId, InjectId, PersonId};
use crate::base::level::Level;
use crate::base::realm::Realm;
use crate::base::visible::{visible, visible_lines};
use crate::core::Order;
use crate::core::context::Context;
use crate::core::event::{Event, Out};
use crate::drill::play::{Card, PlayerMessage};
use crate::drill::playbook::Audience;

/// Shows the facilitator a card.
pub(super) fn show(context: Context<'_>, drill: DrillId, inject: InjectId, card: &Card, out: &mut Out) {
    let text = card.shown(&inject, &names(context, &card.to), context.site().settings.language);
    // What a playbook says cannot hide or turn words. The last line ends too, as it did.
    out.order(Order::Card { drill, inject, text: visible_lines(&text) + "\n" });
}

/// Sends a message to the players, each by the first channel that exercises may use for them.
pub(super) fn send(context: Context<'_>, drill: DrillId, inject: &InjectId, message: &PlayerMessage, out: &mut Out) {
    let mut sent = false;
    for person in message.to.people(&context.site().roster, context.now) {
        let Some(channel) = channel_to(context, &person) else { continue };
        let language = context.language(&person);
        let draft = Box::new(words::inject(message.subject.get(language), message.body.get(language), language));
        let purpose = Purpose::Message { drill, inject: inject.clone(), person: person.clone() };
        let level = Level::Informational;
        out.say(Event::PageWanted { realm: Realm::Drill(drill), purpose, person, channel, level, draft });
        sent = true;
    }
    if !sent {
        out.say(Event::MessageLost { drill, inject: inject.clone() });
    }
}

/// The first channel by which exercises may reach somebody, in the order in which the site lists them.
fn channel_to(context: Context<'_>, person: &PersonId) -> Option<ChannelName> {
    context.site().settings.allow.first(person).cloned()
}

/// The people an audience means now, with the number to call them.
fn names(context: Context<'_>, audience: &Audience) -> String {
    let roster = &context.site().roster;
    let shown = audience.people(roster, context.now).into_iter().map(|id| {
        let person = &roster.people[&id];
        match &person.phone {
            Some(phone) => visible(&format!("{} ({phone})", person.name)).into_owned(),
            None => visible(&person.name).into_owned(),
        }
    });
    shown.collect::<Vec<_>>().join(", ")
}
