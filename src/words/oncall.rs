//! Who is on call, until when and why; what a chain would do.

use super::level::level;
use super::{Said, words};
use crate::base::language::Text;
use crate::base::level::Level;

words! {
    /// Somebody stands in for who is away.
    pub(crate) fn stands_in() { fr: "à la place d'un absent", en: "stands in for somebody away" }
    /// The title of the alert about a call tree that cannot be written.
    pub(crate) fn no_sheet_title() {
        fr: "l'arbre d'appel ne peut pas être écrit",
        en: "the call tree cannot be written",
    }
    /// What that means.
    pub(crate) fn no_sheet(why) {
        fr: "{why}. La feuille affichée peut donc être ancienne. Voyez si le fichier nommé sous `call_tree:` est là où le compte de vigie peut écrire\u{a0}; en attendant, imprimez-la avec `vigie chain print -o FICHIER`. L'essai suivant est à la \
             prochaine relève, au prochain `vigie reload`, ou demain.",
        en: "{why}. The sheet on the wall may therefore be an old one. See whether the file named under `call_tree:` is in a place \
             where vigie's account may write; meanwhile print it with `vigie chain print -o FILE`. The next try is at the next \
             hand-over, at the next `vigie reload`, or tomorrow.",
    }
    /// Nobody is on call.
    pub(crate) fn nobody() { fr: "personne", en: "nobody" }
    /// Until when, and who comes then.
    pub(crate) fn until(until, next) { fr: "jusqu'au {until}, puis {next}", en: "until {until}, then {next}" }
    /// For longer than anybody looks ahead.
    pub(crate) fn for_long() { fr: "sans relève prévue", en: "no hand-over in sight" }
    /// From when until when.
    pub(crate) fn span(from, until) { fr: "du {from} au {until}", en: "{from} to {until}" }
    /// It is somebody's turn in a shift.
    pub(crate) fn shift() { fr: "tour de ces heures-là", en: "shift" }
    /// They took it for once.
    pub(crate) fn cover() { fr: "remplacement", en: "override" }
    /// They took it for once, as a calendar says.
    pub(crate) fn cover_of(calendar) { fr: "remplacement, {calendar}", en: "override, {calendar}" }
    /// The title of a turn in a calendar.
    pub(crate) fn turn_of(person) { fr: "De garde\u{a0}: {person}", en: "On call: {person}" }
    /// The name of a calendar.
    pub(crate) fn turns_at(site) { fr: "Gardes, {site}", en: "On call, {site}" }
    /// A calendar without a turn.
    pub(crate) fn no_turn() {
        fr: "aucune garde dans ces jours-là\u{a0}: l'agenda est vide",
        en: "no turn in these days: the calendar is empty",
    }
    /// Nobody else has the turn.
    pub(crate) fn otherwise() { fr: "à défaut d'autre", en: "nobody else has the turn" }
    /// Somebody is away.
    pub(crate) fn instead(of) { fr: "en l'absence de {of}", en: "{of} is away" }
    /// They are away all the same.
    pub(crate) fn away_too() { fr: "en congé, et personne à sa place", en: "away, and nobody stands in" }
    /// No such name.
    pub(crate) fn unknown(name) {
        fr: "ni personne, ni tour de garde, ni chaîne ne s'appelle `{name}`",
        en: "no person, rota or chain is called `{name}`",
    }
    /// The site has no rota.
    pub(crate) fn no_rota() {
        fr: "ce site n'a pas de tour de garde : people.yaml n'a rien sous `rotas:`",
        en: "this site has no rota: people.yaml has nothing under `rotas:`",
    }
    /// Which alerts take a chain.
    pub(crate) fn takes(levels) { fr: "alertes de niveau {levels}", en: "alerts of level {levels}" }
    /// A rota, and who has it.
    pub(crate) fn of_rota(rota, person) { fr: "{person} ({rota})", en: "{person} ({rota})" }
    /// How long an answer is waited for.
    pub(crate) fn waits(how_long) { fr: "{how_long} pour répondre", en: "{how_long} to answer" }
    /// A channel that is used where the first were of no use.
    pub(crate) fn fallback(channels) { fr: "sinon {channels}", en: "else {channels}" }
    /// What is declared.
    pub(crate) fn declares(duty) { fr: "déclare {duty}", en: "declares {duty}" }
    /// What is left where nobody answers.
    pub(crate) fn at_the_end(rounds, channel) {
        fr: "personne ne répond\u{a0}: {rounds} passages, puis {channel}",
        en: "nobody answers: {rounds} rounds, then {channel}",
    }
    /// No channel for the end.
    pub(crate) fn nothing() { fr: "rien de plus", en: "nothing more" }
    /// A chain waits for its hours.
    pub(crate) fn waits_for_hours(until) { fr: "attend ses heures, jusqu'au {until}", en: "waits for its hours, until {until}" }
    /// How long after the alert.
    pub(crate) fn after(how_long) { fr: "+\u{a0}{how_long}", en: "+\u{a0}{how_long}" }
    /// Somebody answers.
    pub(crate) fn answers(who) { fr: "{who} répond\u{a0}: « je m'en occupe »", en: "{who} answers: \"I have it\"" }
    /// Somebody is told.
    pub(crate) fn told(who, channels) { fr: "message à {who}, par {channels}", en: "{who} is told by {channels}" }
    /// Somebody is told again.
    pub(crate) fn told_again(who, channels) { fr: "rappel à {who}, par {channels}", en: "{who} is told again, by {channels}" }
    /// Somebody is asked again.
    pub(crate) fn asked_again(who, channels) { fr: "nouvelle question à {who}, par {channels}", en: "{who} is asked again, by {channels}" }
    /// Somebody is given a declaration.
    pub(crate) fn given(who, duty, channels) { fr: "{duty} à déclarer par {who}\u{a0}: message par {channels}", en: "{who} is to declare {duty}, told by {channels}" }
    /// Somebody learns something.
    pub(crate) fn learns(who, channels) { fr: "nouvelles à {who}, par {channels}", en: "{who} is kept informed by {channels}" }
    /// The last resort.
    pub(crate) fn left(channels) { fr: "l'alerte est laissée dans {channels}", en: "the alert is left in {channels}" }
    /// A channel does not work.
    pub(crate) fn fails(channel) { fr: "{channel} ne prend pas le message", en: "{channel} does not take the message" }
    /// A step is passed over.
    pub(crate) fn passed_over(number, why) { fr: "échelon {number} passé\u{a0}: {why}", en: "step {number} passed over: {why}" }
    /// Nobody answered.
    pub(crate) fn unanswered(who) { fr: "{who} n'a pas répondu", en: "{who} did not answer" }
    /// Nobody answered up to the end.
    pub(crate) fn exhausted() { fr: "personne n'a répondu jusqu'au bout", en: "nobody answered up to the end" }
    /// A turn ended.
    pub(crate) fn relieved(of, by) { fr: "relève\u{a0}: {of} rentre, {by} est de garde", en: "hand-over: {of} goes home, {by} is on call" }
    /// The simulation stops here.
    pub(crate) fn and_so_on(how_long) {
        fr: "et ainsi de suite\u{a0}: la simulation s'arrête après {how_long}",
        en: "and so on: the simulation stops after {how_long}",
    }
    /// Title of the sheet.
    pub(crate) fn sheet() { fr: "Arbre d'appel", en: "Call tree" }
    /// When it was made.
    pub(crate) fn made(at) { fr: "imprimé le {at}", en: "printed {at}" }
    /// What to do with it.
    pub(crate) fn sheet_use() {
        fr: "À garder sur papier, à jour, là où on le cherchera quand plus rien ne marche. Appeler dans l'ordre, noter chaque appel.",
        en: "To be kept on paper, up to date, where it is looked for when nothing works any more. Call in this order, write down every call.",
    }
    /// Heading of a column.
    pub(crate) fn who_column() { fr: "Qui", en: "Who" }
    /// Heading of a column.
    pub(crate) fn number_column() { fr: "Numéro", en: "Number" }
    /// Heading of a column.
    pub(crate) fn after_column() { fr: "Sans réponse après", en: "No answer after" }
    /// Heading of a column.
    pub(crate) fn called_column() { fr: "Appelé à", en: "Called at" }
    /// Heading of a column.
    pub(crate) fn by_column() { fr: "par", en: "by" }
    /// Heading of a column.
    pub(crate) fn answer_column() { fr: "Réponse", en: "Answer" }
    /// Heading of the plan.
    pub(crate) fn plan(days) { fr: "Qui est de garde, {days} jours", en: "Who is on call, {days} days" }
    /// Everybody.
    pub(crate) fn everybody() { fr: "Tous les numéros", en: "All numbers" }
    /// Declarations.
    pub(crate) fn to_declare() { fr: "À déclarer", en: "To be declared" }
    /// The sheet was written.
    pub(crate) fn written(path) { fr: "{path} est écrit", en: "{path} is written" }
    /// Somebody named twice, or a name that is none.
    pub(crate) fn no_answerer(text) {
        fr: "« {text} » ne dit pas qui répond\u{a0}: écrivez `bob` ou `bob=5m`",
        en: "\"{text}\" does not say who answers: write `bob` or `bob=5m`",
    }
}

/// Several things, one behind the other.
pub(crate) fn list(things: &[impl Said]) -> Text {
    let said = |language| things.iter().map(|thing| thing.said(language)).collect::<Vec<_>>().join(", ");
    Text::both(&said(crate::base::language::Language::Fr), &said(crate::base::language::Language::En))
}

/// The levels of alerts that a chain takes.
pub(crate) fn levels<'a>(all: impl IntoIterator<Item = &'a Level>) -> Text {
    list(&all.into_iter().map(|one| level(*one)).collect::<Vec<_>>())
}
