//! What became of a store that could not be used as it was.

use super::words;
use crate::base::language::{Language, Text};

words! {
    fn alerts() { fr: "des alertes", en: "alerts" }
    fn pages() { fr: "des messages", en: "messages" }
    fn ledger() { fr: "des écritures de la main courante", en: "entries of the ledger" }
    fn drills() { fr: "des exercices", en: "exercises" }
    fn positions() {
        fr: "jusqu'où des journaux ont été lus (à un démarrage, ceux-là sont relus depuis le début de la journée, mais pas ce \
             qui précède)",
        en: "how far logs were read (at a start, those are read again from the beginning of the day, but not what came before)",
    }
    fn windows() { fr: "ce que des règles avaient compté", en: "what rules had counted" }
    fn others(table) { fr: "la table {table}", en: "the table {table}" }

    fn nothing_lost() { fr: "Rien n'en manque.", en: "Nothing of it is missing." }
    fn something_lost(what) {
        fr: "Il peut en manquer\u{a0}: {what}.",
        en: "Of it may be missing: {what}.",
    }

    /// The title of the alert about a damaged store.
    pub(crate) fn set_aside_title() {
        fr: "la base de vigie était abîmée\u{a0}: elle a été mise de côté",
        en: "the store of vigie was damaged: it was set aside",
    }
    /// What that means.
    pub(crate) fn set_aside(lost, folder, file) {
        fr: "vigie continue avec une base neuve, où ce qui pouvait être lu a été repris. {lost} La base abîmée est gardée \
             dans {folder}/{file}. Demandez à chacun ce qu'il avait en cours, et regardez le disque (`dmesg`)\u{a0}: il peut \
             être en train de lâcher.",
        en: "vigie goes on with a new store, into which was taken what could be read. {lost} The damaged store is kept as \
             {folder}/{file}. Ask everybody what they had in hand, and look at the disk (`dmesg`): it may be failing.",
    }
    /// The title of the alert about a store that is gone.
    pub(crate) fn gone_title() {
        fr: "la base de vigie a disparu\u{a0}: vigie repart d'une base vide",
        en: "the store of vigie is gone: vigie begins with an empty one",
    }
    /// What that means.
    pub(crate) fn gone(folder) {
        fr: "Le fichier {folder}/vigie.db n'était plus là, ou plus rien n'était dedans, au démarrage. Les alertes ouvertes, \
             les messages en attente et la main courante d'avant ne sont plus connus. Les journaux sont relus depuis le début \
             de la journée\u{a0}: des alertes d'aujourd'hui peuvent donc revenir, et ce qui a été écrit avant, ou sur des \
             lignes sans heure, peut ne pas avoir été lu. Cherchez qui efface ce dossier\u{a0}; une sauvegarde peut être \
             remise quand vigie est arrêté.",
        en: "The file {folder}/vigie.db was not there any more at the start, or nothing was in it. Open alerts, messages \
             that were owed and the ledger of before are not known any more. Logs are read again from the start of today: \
             alerts of today may come back, and what was written before, or on lines without a time, may not have been \
             read. Find out who deletes that folder; a backup can be put back while vigie is stopped.",
    }
    /// The title of the alert about rows that make no sense.
    pub(crate) fn rows_title() {
        fr: "la base de vigie contient des lignes illisibles",
        en: "the store of vigie holds rows that cannot be read",
    }
    /// What that means.
    pub(crate) fn rows(lost, folder) {
        fr: "vigie continue sans elles, et les laisse dans {folder}/vigie.db. {lost} Demandez à chacun ce qu'il avait en cours.",
        en: "vigie goes on without them, and leaves them in {folder}/vigie.db. {lost} Ask everybody what they had in hand.",
    }

    /// What the operator is told of a damaged store.
    pub(crate) fn told_set_aside(file, why, lost) {
        fr: "la base était abîmée ({why})\u{a0}: elle s'appelle maintenant {file}, et ce qui pouvait en être lu est dans une \
             base neuve. {lost}",
        en: "the store was damaged ({why}): it is called {file} now, and what could be read of it is in a new one. {lost}",
    }
    /// What the operator is told of a store that is gone.
    pub(crate) fn told_gone() {
        fr: "la base n'est plus là\u{a0}: vigie repart d'une base vide, et relit les journaux depuis le début de la journée",
        en: "the store is not there any more: vigie begins with an empty one, and reads logs again from the start of today",
    }
    /// What the operator is told of rows that make no sense.
    pub(crate) fn told_rows(count; table) {
        fr: "{count} ligne de la table {table} est illisible ; elle est laissée telle quelle"
            | "{count} lignes de la table {table} sont illisibles ; elles sont laissées telles quelles",
        en: "{count} row of the table {table} cannot be read; it is left as it is"
            | "{count} rows of the table {table} cannot be read; they are left as they are",
    }
}

/// What may be missing of a store, by its tables.
pub(crate) fn lost(tables: &[String]) -> Text {
    if tables.is_empty() {
        return nothing_lost();
    }
    let named: Vec<Text> = tables.iter().map(|table| of_table(table)).collect();
    let list = |language: Language| named.iter().map(|name| name.get(language)).collect::<Vec<_>>().join(", ");
    something_lost(Text::both(&list(Language::Fr), &list(Language::En)))
}

fn of_table(table: &str) -> Text {
    match table {
        "alert" => alerts(),
        "page" => pages(),
        "ledger" => ledger(),
        "drill" => drills(),
        "position" => positions(),
        "window" => windows(),
        other => others(other),
    }
}
