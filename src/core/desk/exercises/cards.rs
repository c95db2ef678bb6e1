//! What a drill says to people: messages to players, cards for the facilitator. Marked at both ends, in the words of
//! the playbook.

use std::fmt::Write as _;

use crate::alert::page::words;
use crate::api::Purpose;
use crate::base::id::{ChannelName, DrillId, InjectId, PersonId};
use crate::base::language::{Language, Text};
use crate::base::realm::Realm;
use crate::base::visible::{visible, visible_lines};
use crate::core::Order;
use crate::core::context::Context;
use crate::core::event::{Event, Out};
use crate::drill::playbook::Audience;

/// Shows the facilitator whom to call, and what to say.
pub(super) fn call(
    context: Context<'_>,
    drill: DrillId,
    inject: InjectId,
    to: &Audience,
    [from, script]: [&Text; 2],
    out: &mut Out,
) {
    let text = card(context, &inject, &names(context, to), |language| {
        let call = language.pick("APPELER", "CALL");
        let play = language.pick("VOUS JOUEZ", "YOU PLAY");
        let then = language.pick("Appel passé ? ", "Call made? ");
        format!(
            "{call} : {{to}}\n{play} : {}\n\n{}\n\n{then}vigie drill called {drill} {inject}\n",
            visible(from.get(language)),
            visible_lines(script.get(language))
        )
    });
    out.order(Order::Card { drill, inject, text });
}

/// Shows the facilitator a question to the players.
pub(super) fn question(
    context: Context<'_>,
    drill: DrillId,
    inject: &InjectId,
    to: &Audience,
    (ask, options, default): (&Text, &[(String, Text)], &str),
    out: &mut Out,
) {
    let text = card(context, inject, &names(context, to), |language| {
        let heading = language.pick("DÉCISION À DEMANDER À", "DECISION TO ASK OF");
        let record = language.pick("Noter la décision", "Record the decision");
        let otherwise = language.pick("Sans réponse", "Without an answer");
        let mut text = format!("{heading} : {{to}}\n\n{}\n\n", visible_lines(ask.get(language)));
        for (name, label) in options {
            let (name, label) = (visible(name), visible(label.get(language)));
            writeln!(text, "  [ ] {name}  {label}").expect("writing to a string cannot fail");
        }
        let command = format!("vigie drill decide {drill} {inject} <option> --by <nom>");
        text.push_str(&["\n", otherwise, " : ", &visible(default), "\n", record, " : ", &command, "\n"].concat());
        text
    });
    out.order(Order::Card { drill, inject: inject.clone(), text });
}

/// Sends a message to the players, each by the first channel that exercises may use for them.
pub(super) fn send(
    context: Context<'_>,
    drill: DrillId,
    inject: &InjectId,
    to: &Audience,
    [from, subject, body]: [&Text; 3],
    out: &mut Out,
) {
    let mut sent = false;
    for person in people(context, to) {
        let Some(channel) = channel_to(context, &person) else { continue };
        let language = context.language(&person);
        let sender = language.pick("De", "From");
        let text = format!("{sender} : {}\n\n{}", visible(from.get(language)), body.get(language));
        let draft = Box::new(words::inject(subject.get(language), &text, language));
        let purpose = Purpose::Message { drill, inject: inject.clone(), person: person.clone() };
        out.say(Event::PageWanted { realm: Realm::Drill(drill), purpose, person, channel, draft });
        sent = true;
    }
    if !sent {
        out.say(Event::MessageLost { drill, inject: inject.clone() });
    }
}

/// The people an audience means now, each once.
pub(in crate::core) fn people(context: Context<'_>, audience: &Audience) -> Vec<PersonId> {
    let roster = &context.site().roster;
    let mut people: Vec<PersonId> = Vec::new();
    for player in &audience.players {
        let target = player.target(roster);
        let person = target.and_then(|target| roster.who(&target, context.now)).map(|person| person.id.clone());
        people.extend(person.filter(|person| !people.contains(person)));
    }
    people
}

/// The first channel by which exercises may reach somebody: mail before text messages before paper.
fn channel_to(context: Context<'_>, person: &PersonId) -> Option<ChannelName> {
    let settings = &context.site().settings;
    let mut channels: Vec<_> = settings.channels.iter().map(|(name, channel)| (channel.medium(), name)).collect();
    channels.sort();
    let admits = |(medium, name): &(_, &ChannelName)| settings.allow.admit(person, name, *medium).is_some();
    channels.into_iter().find(admits).map(|(_, name)| name.clone())
}

/// The people an audience means now, with the number to call them.
fn names(context: Context<'_>, audience: &Audience) -> String {
    let known = &context.site().roster.people;
    let shown = people(context, audience).into_iter().map(|id| {
        let person = &known[&id];
        match &person.phone {
            Some(phone) => visible(&format!("{} ({phone})", person.name)).into_owned(),
            None => visible(&person.name).into_owned(),
        }
    });
    shown.collect::<Vec<_>>().join(", ")
}

/// A card in both languages, marked at both ends.
fn card(context: Context<'_>, inject: &InjectId, to: &str, words: impl Fn(Language) -> String) -> String {
    let first = context.site().settings.language;
    let second = first.pick(Language::En, Language::Fr);
    let text = format!("{}\n\n---\n\n{}", words(first), words(second)).replace("{to}", to);
    format!("EXERCICE EXERCICE EXERCICE — {inject}\n\n{text}\nEXERCICE EXERCICE EXERCICE\n")
}
