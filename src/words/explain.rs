//! Why a rule matched lines of a log, or did not: what `vigie scan --explain` says.

use super::words;

words! {
    /// The rule that is asked for.
    pub(crate) fn rule(id, level, title) { fr: "{id} ({level}) — {title}", en: "{id} ({level}) — {title}" }
    /// The rule cannot match at all.
    pub(crate) fn not_armed(why) {
        fr: "  la règle n'est pas armée, elle ne correspond à rien\u{a0}: {why}",
        en: "  the rule is not armed and matches nothing: {why}",
    }
    /// What was read of a file.
    pub(crate) fn read(file, lines, events, matches) {
        fr: "{file}\u{a0}: {lines} lignes lues, {events} événements, correspondances de la règle\u{a0}: {matches}",
        en: "{file}: {lines} lines read, {events} events, matches of the rule: {matches}",
    }
    /// Lines that the format could not read.
    pub(crate) fn malformed(count, why) {
        fr: "  {count} lignes ne sont pas de ce format ({why})",
        en: "  {count} lines are not of this format ({why})",
    }
    /// The line that was asked for is not there.
    pub(crate) fn no_such_line(line) {
        fr: "  le fichier n'a pas de ligne {line}",
        en: "  the file has no line {line}",
    }
    /// What one rule over single events made of a file.
    pub(crate) fn looked(rule, logs, matched, events) {
        fr: "{rule}, pour les journaux {logs}\u{a0}: {matched} événements sur {events} correspondent",
        en: "{rule}, for the logs {logs}: {matched} of {events} events match",
    }
    /// The line that was asked for is no event.
    pub(crate) fn no_event() {
        fr: "  cette ligne ne donne pas d'événement\u{a0}: vide, suite d'une autre, ou pas de ce format",
        en: "  this line makes no event: blank, a part of another one, or not of this format",
    }
    /// No event is of the logs that a rule is for.
    pub(crate) fn no_logs(logs) {
        fr: "  aucun événement n'a la source de journal {logs}",
        en: "  no event has the log source {logs}",
    }
    /// Which logs a file has instead.
    pub(crate) fn file_has(logs, count) {
        fr: "  le fichier a\u{a0}: {logs}, {count} événements",
        en: "  the file has: {logs}, {count} events",
    }
    /// Events of which nobody knows what logs they are from.
    pub(crate) fn without_logs() { fr: "sans source de journal", en: "without a log source" }
    /// Logs, as they are written in a rule.
    pub(crate) fn logs(logs) { fr: "{logs}", en: "{logs}" }
    /// An event.
    pub(crate) fn event(line, when) { fr: "  ligne {line}, {when}\u{a0}: ", en: "  line {line}, {when}: " }
    /// The rule holds for an event.
    pub(crate) fn matches() { fr: "correspond", en: "matches" }
    /// The rule does not hold for an event, and by how much.
    pub(crate) fn falls_short(selections, items) {
        fr: "ne correspond pas, à {selections} sélection(s) et {items} élément(s) près",
        en: "does not match, short of {selections} selection(s) and {items} item(s)",
    }
    /// An event of other logs.
    pub(crate) fn other_logs(logs, wanted) {
        fr: "    l'événement est {logs}, la règle regarde {wanted}\u{a0}: elle ne le voit pas",
        en: "    the event is {logs}, the rule looks at {wanted}: it does not see it",
    }
    /// The condition of a filter.
    pub(crate) fn filter(file, line, written) {
        fr: "filtre ({file}:{line})\u{a0}: {written}",
        en: "filter ({file}:{line}): {written}",
    }
    /// The condition of a rule.
    pub(crate) fn condition(file, line, written) {
        fr: "condition ({file}:{line})\u{a0}: {written}",
        en: "condition ({file}:{line}): {written}",
    }
    /// A selection holds.
    pub(crate) fn holds() { fr: "vraie", en: "true" }
    /// A selection does not hold.
    pub(crate) fn does_not_hold() { fr: "fausse", en: "false" }
    /// A selection holds and should not.
    pub(crate) fn should_not_hold() { fr: "vraie, il la faudrait fausse", en: "true, should be false" }
    /// A selection does not hold and should.
    pub(crate) fn should_hold() { fr: "fausse, il la faudrait vraie", en: "false, should be true" }
    /// One of several parts is enough.
    pub(crate) fn one_of() { fr: "l'un de\u{a0}:", en: "one of:" }
    /// All parts are needed.
    pub(crate) fn all_of() { fr: "tout ceci\u{a0}:", en: "all of:" }
    /// What is looked for without a field.
    pub(crate) fn the_line() { fr: "la ligne", en: "the line" }
    /// A field with its modifiers.
    pub(crate) fn key(field, modifiers) { fr: "{field}{modifiers}", en: "{field}{modifiers}" }
    /// What a field is to have.
    pub(crate) fn wanted(key, values) { fr: "{key}: {values}", en: "{key}: {values}" }
    /// What a field is to have, and how many values are not shown.
    pub(crate) fn wanted_more(key, values, more) {
        fr: "{key}: {values} … et {more} autres",
        en: "{key}: {values} … and {more} more",
    }
    /// What the event has there.
    pub(crate) fn has(value) { fr: "l'événement a «\u{a0}{value}\u{a0}»", en: "the event has \"{value}\"" }
    /// Which of several wanted values the event has.
    pub(crate) fn found(values) { fr: "trouvé\u{a0}: {values}", en: "found: {values}" }
    /// The event has nothing there, but something of a similar name.
    pub(crate) fn has_alike(alike) {
        fr: "l'événement n'a pas ce champ\u{a0}; il a {alike}",
        en: "the event does not have this field; it has {alike}",
    }
    /// The event has nothing there.
    pub(crate) fn has_not() { fr: "l'événement n'a pas ce champ", en: "the event does not have this field" }
    /// What a correlation counts.
    pub(crate) fn counts(rule, kind, rules, within, asks) {
        fr: "{rule} compte ({kind}) {rules} {within}, attend {asks}",
        en: "{rule} counts ({kind}) {rules} {within}, asks for {asks}",
    }
    /// Within what time it counts.
    pub(crate) fn within(seconds) { fr: "en {seconds} s", en: "within {seconds} s" }
    /// Within what time it counts, and per what.
    pub(crate) fn within_by(seconds, fields) { fr: "en {seconds} s par {fields}", en: "within {seconds} s by {fields}" }
    /// Nothing came to be counted.
    pub(crate) fn nothing_counted() { fr: "  rien n'a été compté", en: "  nothing was counted" }
    /// The one group of a correlation without groups.
    pub(crate) fn everything() { fr: "tout", en: "all" }
    /// How far a group was counted.
    pub(crate) fn at_most(group, highest, at, lowest, events) {
        fr: "{group}\u{a0}: au plus {highest} (le {at}){lowest}, pour {events} événements",
        en: "{group}: at most {highest} (at {at}){lowest}, over {events} events",
    }
    /// How little a group was counted.
    pub(crate) fn at_least(lowest) { fr: ", au moins {lowest}", en: ", at least {lowest}" }
    /// How often the condition held.
    pub(crate) fn came_true(count) { fr: ", {count} fois vraie" | ", {count} fois vraie", en: ", true {count} time" | ", true {count} times" }
    /// What is not shown.
    pub(crate) fn not_shown(events) {
        fr: "  {events} autres groupes ou événements qui ne sont pas montrés",
        en: "  {events} more groups or events that are not shown",
    }
    /// Events without a field that is grouped by.
    pub(crate) fn lack_group(events) {
        fr: "  {events} événements sans un champ du groupement\u{a0}: pas comptés",
        en: "  {events} events lack a field that is grouped by and were not counted",
    }
    /// Events without the value that is counted.
    pub(crate) fn lack_value(events) {
        fr: "  {events} événements sans la valeur à compter\u{a0}: pas comptés",
        en: "  {events} events lack the value that is counted and were not counted",
    }
}
