//! What the daily digest says.

use super::words;

words! {
    /// Its subject.
    pub(crate) fn subject(count; day, site) {
        fr: "[bilan du {day}] {count} alerte - {site}" | "[bilan du {day}] {count} alertes - {site}",
        en: "[digest of {day}] {count} alert - {site}" | "[digest of {day}] {count} alerts - {site}",
    }
    /// What it is.
    pub(crate) fn opening() {
        fr: "Ce message ne demande aucune réponse. Il dit, une fois par jour, ce qui n'a réveillé personne ou que personne \
             n'a pris en charge.",
        en: "This message asks for no answer. Once a day it tells what woke nobody, or what nobody has taken.",
    }
    /// How many of a level.
    pub(crate) fn of_level(count; level) { fr: "{level} : {count}" | "{level} : {count}", en: "{level}: {count}" | "{level}: {count}" }
    /// One alert.
    pub(crate) fn item(alert, level, title, about) {
        fr: "{alert} {level} : {title}{about}",
        en: "{alert} {level}: {title}{about}",
    }
    /// How often and since when, and why nobody was woken.
    pub(crate) fn since(times, first, why) { fr: "{times}, depuis le {first} ; {why}", en: "{times}, since {first}; {why}" }
    /// Nobody has it.
    pub(crate) fn unheld() { fr: "personne ne s'en occupe", en: "nobody has it" }
    /// A silence holds it back.
    pub(crate) fn muted(by) { fr: "retenue par {by}", en: "held back by {by}" }
    /// It waits for hours.
    pub(crate) fn waits() { fr: "attend les heures de sa chaîne", en: "waits for the hours of its chain" }
    /// No chain takes it.
    pub(crate) fn untold() { fr: "aucune chaîne ne prend ce niveau", en: "no chain takes this level" }
    /// Those that are not shown.
    pub(crate) fn more(count) {
        fr: "… et {count} autre, que `vigie alert list` montre" | "… et {count} autres, que `vigie alert list` montre",
        en: "… and {count} more, which `vigie alert list` shows" | "… and {count} more, which `vigie alert list` shows",
    }
    /// For a telephone: counts alone.
    pub(crate) fn short(count; site, day, levels) {
        fr: "{site}, bilan du {day} : {count} alerte non prise ({levels})"
            | "{site}, bilan du {day} : {count} alertes non prises ({levels})",
        en: "{site}, digest of {day}: {count} alert not taken ({levels})"
            | "{site}, digest of {day}: {count} alerts not taken ({levels})",
    }
}
