//! Where lines come from, how fast, and what is wrong there.

use super::words;

words! {
    /// How many lines come in a minute.
    pub(crate) fn per_minute(count) { fr: "{count} ligne/min" | "{count} lignes/min", en: "{count} line/min" | "{count} lines/min" }
    /// How many rules look at it, in a list.
    pub(crate) fn and_rules(count) { fr: ", {count} règle" | ", {count} règles", en: ", {count} rule" | ", {count} rules" }
    /// How many rules look at it.
    pub(crate) fn rules(count) {
        fr: "{count} règle armée la regarde" | "{count} règles armées la regardent",
        en: "{count} armed rule looks at it" | "{count} armed rules look at it",
    }
    /// What its lines are taken for.
    pub(crate) fn format(format) { fr: "format {format}", en: "format {format}" }
    /// How much came.
    pub(crate) fn came(lines, rate) { fr: "{lines} depuis le démarrage, {rate}", en: "{lines} since the start, {rate}" }
    /// When its last line came.
    pub(crate) fn last(at) { fr: "dernière ligne le {at}", en: "last line on {at}" }
    /// No line ever came.
    pub(crate) fn never() { fr: "aucune ligne encore", en: "no line yet" }
    /// How long its lines take to come.
    pub(crate) fn late(lasted) { fr: "ses événements arrivent {lasted} après l'heure qu'ils portent", en: "its events come {lasted} after the time they carry" }
    /// A clock that is ahead.
    pub(crate) fn ahead(lasted) { fr: "ses événements portent une heure en avance de {lasted}", en: "its events carry a time that is {lasted} ahead" }
    /// It says nothing any more.
    pub(crate) fn is_silent() { fr: "se tait", en: "silent" }
    /// Messages that were lost on the way.
    pub(crate) fn dropped(count) { fr: "{count} message perdu" | "{count} messages perdus", en: "{count} message lost" | "{count} messages lost" }
    /// Lines that its format cannot read.
    pub(crate) fn malformed(count) { fr: "{count} ligne n'est pas de ce format" | "{count} lignes ne sont pas de ce format", en: "{count} line not in this format" | "{count} lines not in this format" }
    /// Lines of no known format.
    pub(crate) fn unknown(count) { fr: "{count} ligne d'aucun format connu" | "{count} lignes d'aucun format connu", en: "{count} line in no known format" | "{count} lines in no known format" }
    /// Lines of which only the head was kept.
    pub(crate) fn cut(count) { fr: "{count} ligne coupée" | "{count} lignes coupées", en: "{count} line cut" | "{count} lines cut" }
    /// What keeps it from being read.
    pub(crate) fn troubles(count) { fr: "{count} obstacle" | "{count} obstacles", en: "{count} trouble" | "{count} troubles" }
}
