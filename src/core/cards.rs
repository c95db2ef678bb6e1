//! What a drill says to people: messages to players, cards for the facilitator. Marked at both ends, in the words of
//! the playbook.

use std::fmt::Write as _;

use jiff::Timestamp;

use super::pages::Purpose;
use super::{Core, Order};
use crate::alert::page::words;
use crate::base::id::{DrillId, InjectId, PersonId};
use crate::base::language::{Language, Text};
use crate::drill::play;
use crate::drill::playbook::Audience;

impl Core {
    /// Shows the facilitator whom to call, and what to say.
    pub(super) fn order_call(
        &mut self,
        now: Timestamp,
        drill: DrillId,
        inject: InjectId,
        to: &Audience,
        from: &Text,
        script: &Text,
    ) {
        let text = self.card(&inject, &self.names(now, to), |language| {
            let call = language.pick("APPELER", "CALL");
            let play = language.pick("VOUS JOUEZ", "YOU PLAY");
            let then = language.pick("Appel passé ? ", "Call made? ");
            format!(
                "{call} : {{to}}\n{play} : {}\n\n{}\n\n{then}vigie drill called {drill} {inject}\n",
                from.get(language),
                script.get(language)
            )
        });
        self.orders.push(Order::Card { drill, inject, text });
    }

    /// Shows the facilitator a question to the players.
    #[expect(clippy::too_many_arguments, reason = "the parts of a question as the machine gives them")]
    pub(super) fn order_question(
        &mut self,
        now: Timestamp,
        drill: DrillId,
        inject: InjectId,
        to: &Audience,
        ask: &Text,
        options: &[(String, Text)],
        default: &str,
    ) {
        let text = self
            .card(&inject, &self.names(now, to), |language| ask_card(language, drill, &inject, ask, options, default));
        self.orders.push(Order::Card { drill, inject, text });
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of a message as the machine gives them")]
    pub(super) fn send_message(
        &mut self,
        now: Timestamp,
        id: DrillId,
        inject: &InjectId,
        to: &Audience,
        from: &Text,
        subject: &Text,
        body: &Text,
    ) {
        let people = self.people(now, to);
        let mut sent = 0;
        for person in people {
            let language = self.house.site.roster.people[&person].language;
            let sender = language.pick("De", "From");
            let text = format!("{sender} : {}\n\n{}", from.get(language), body.get(language));
            let draft = words::inject(subject.get(language), &text, language);
            let purpose = Purpose::Message { drill: id, inject: inject.clone(), person: person.clone() };
            sent += usize::from(self.owe_message(now, id, &person, purpose, &draft));
        }
        if sent == 0 {
            let why = "none of its players has an address that exercises may use (drills: in vigie.yaml)".to_owned();
            self.play(now, id, play::Input::InjectFailed { inject: inject.clone(), why });
        }
    }

    /// The people an audience means now, each once.
    pub(super) fn people(&self, now: Timestamp, audience: &Audience) -> Vec<PersonId> {
        let roster = &self.house.site.roster;
        let mut people: Vec<PersonId> = Vec::new();
        for player in &audience.players {
            let person =
                player.target(roster).and_then(|target| roster.who(&target, now)).map(|person| person.id.clone());
            people.extend(person.filter(|person| !people.contains(person)));
        }
        people
    }

    /// The people an audience means now, with the number to call them.
    fn names(&self, now: Timestamp, audience: &Audience) -> String {
        let people = &self.house.site.roster.people;
        let shown = self.people(now, audience).into_iter().map(|id| {
            let person = &people[&id];
            match &person.phone {
                Some(phone) => format!("{} ({phone})", person.name),
                None => person.name.clone(),
            }
        });
        shown.collect::<Vec<_>>().join(", ")
    }

    /// A card in both languages, marked at both ends.
    fn card(&self, inject: &InjectId, to: &str, words: impl Fn(Language) -> String) -> String {
        let first = self.house.site.settings.language;
        let second = first.pick(Language::En, Language::Fr);
        let text = format!("{}\n\n---\n\n{}", words(first), words(second)).replace("{to}", to);
        format!("EXERCICE EXERCICE EXERCICE — {inject}\n\n{text}\nEXERCICE EXERCICE EXERCICE\n")
    }
}

fn ask_card(
    language: Language,
    id: DrillId,
    inject: &InjectId,
    ask: &Text,
    options: &[(String, Text)],
    default: &str,
) -> String {
    let heading = language.pick("DÉCISION À DEMANDER À", "DECISION TO ASK OF");
    let record = language.pick("Noter la décision", "Record the decision");
    let otherwise = language.pick("Sans réponse", "Without an answer");
    let mut text = format!("{heading} : {{to}}\n\n{}\n\n", ask.get(language));
    for (name, label) in options {
        writeln!(text, "  [ ] {name}  {}", label.get(language)).expect("writing to a string cannot fail");
    }
    let command = format!("vigie drill decide {id} {inject} <option> --by <nom>");
    text.push_str(&["\n", otherwise, " : ", default, "\n", record, " : ", &command, "\n"].concat());
    text
}
