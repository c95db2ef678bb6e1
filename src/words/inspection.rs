//! What a look through the store finds, and why a question in SQL is not answered.

use super::words;

words! {
    /// How many rows a table has.
    pub(crate) fn rows(count) { fr: "{count} ligne" | "{count} lignes", en: "{count} row" | "{count} rows" }
    /// How many of them make no sense.
    pub(crate) fn unreadable_rows(count) {
        fr: "{count} illisible" | "{count} illisibles",
        en: "{count} unreadable" | "{count} unreadable",
    }
    /// Everything hangs together.
    pub(crate) fn sound() { fr: "tables et index\u{a0}: sains", en: "tables and indexes: sound" }
    /// Something does not.
    pub(crate) fn damaged(count) {
        fr: "tables et index\u{a0}: {count} défaut" | "tables et index\u{a0}: {count} défauts",
        en: "tables and indexes: {count} fault" | "tables and indexes: {count} faults",
    }
    /// In front of what the library that keeps the file says of it.
    pub(crate) fn sqlite_says() { fr: "SQLite dit", en: "SQLite says" }
    /// What to do about it.
    pub(crate) fn what_to_do_with_damage() {
        fr: "Une vigie en marche met de côté une base abîmée, reprend ce qui peut l'être, et le dit\u{a0}; arrêtée, elle le fait \
             à son prochain démarrage. N'ouvrez jamais ce fichier avec un autre programme.",
        en: "A vigie that runs sets a damaged store aside, takes over what can be read, and says so; one that is stopped does \
             it at its next start. Never open this file with another program.",
    }
    /// The ledger cannot be walked.
    pub(crate) fn ledger_unread() {
        fr: "main courante\u{a0}: ne peut pas être relue",
        en: "ledger: cannot be walked through",
    }
    /// There are more rows than are shown.
    pub(crate) fn more_rows(count) {
        fr: "… et d'autres\u{a0}: {count} ligne montrée\u{a0}; LIMIT et OFFSET, ou --most, montrent la suite"
            | "… et d'autres\u{a0}: {count} lignes montrées\u{a0}; LIMIT et OFFSET, ou --most, montrent la suite",
        en: "… and more: {count} row shown; LIMIT and OFFSET, or --most, show the rest"
            | "… and more: {count} rows shown; LIMIT and OFFSET, or --most, show the rest",
    }
    /// A question that asks nothing.
    pub(crate) fn asks_nothing() { fr: "cette question est vide", en: "this question is empty" }
    /// More than one question.
    pub(crate) fn several_questions() {
        fr: "une seule question à la fois, sans rien derrière",
        en: "one question at a time, with nothing behind it",
    }
    /// A question that would change something.
    pub(crate) fn changes() {
        fr: "ici on ne fait que lire\u{a0}: un SELECT sur les tables, rien qui écrive ou règle la base",
        en: "here one only reads: a SELECT over the tables, nothing that writes or sets up the store",
    }
    /// A question without an end.
    pub(crate) fn too_long(seconds) {
        fr: "pas de réponse en {seconds}\u{a0}s\u{a0}; demandez moins, par exemple avec WHERE ou LIMIT",
        en: "no answer within {seconds} s; ask for less, such as with WHERE or LIMIT",
    }
    /// A table that is not there.
    pub(crate) fn no_table(name, known) {
        fr: "il n'y a pas de table {name}\u{a0}; il y a {known}",
        en: "there is no table {name}; there are {known}",
    }
    /// A question that is not understood.
    pub(crate) fn mistaken(why) {
        fr: "cette question n'est pas comprise\u{a0}; SQLite dit\u{a0}: {why}",
        en: "this question is not understood; SQLite says: {why}",
    }
}
