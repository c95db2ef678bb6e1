//! What `vigie scan` says of files.

use super::words;

words! {
    /// What is kept would go where a site keeps its own.
    pub(crate) fn folder_of_site(folder) {
        fr: "{folder} est le dossier d'état d'un site\u{a0}; nommez un dossier à part avec --store",
        en: "{folder} is the state folder of a site; name a folder of its own with --store",
    }
    /// An alert that was kept makes no sense.
    pub(crate) fn unreadable_alert(alert) {
        fr: "l'alerte {alert} de la base ne peut pas être lue",
        en: "alert {alert} in the store cannot be read",
    }
    /// A sign of an alert that was kept makes no sense.
    pub(crate) fn unreadable_sign(number, alert) {
        fr: "le signe {number} de l'alerte {alert} de la base ne peut pas être lu",
        en: "sign {number} of alert {alert} in the store cannot be read",
    }
    /// A file of a folder that is not looked through.
    pub(crate) fn no_log() {
        fr: "n'est pas un journal en texte, laissé de côté\u{a0}; s'il en est un, nommez-le",
        en: "is no log in text and is left out; if it is one, name it",
    }
    /// A folder is that of a site.
    pub(crate) fn of_site() {
        fr: "dossier d'un site\u{a0}: ses propres fichiers (règles, personnes, état) sont laissés de côté",
        en: "the folder of a site: its own files (rules, people, state) are left out",
    }
    /// No log is in the folders that were named.
    pub(crate) fn nothing_to_scan() {
        fr: "aucun journal dans ce dossier, rien n'a été lu",
        en: "no log is in this folder, nothing was read",
    }
    /// A log of Windows that comes piece by piece.
    pub(crate) fn records_in_a_pipe() {
        fr: "un journal de Windows (.evtx) ne se lit que d'un fichier, pas d'un tube",
        en: "a log of Windows (.evtx) is read from a file only, not from a pipe",
    }
    /// How far it is.
    pub(crate) fn progress(done, total, speed, left) {
        fr: "{done} sur {total}, {speed} lignes/s, encore {left}",
        en: "{done} of {total}, {speed} lines/s, {left} left",
    }
    /// How far it is, where nobody knows how much there is.
    pub(crate) fn progress_without_end(done, speed) {
        fr: "{done}, {speed} lignes/s",
        en: "{done}, {speed} lines/s",
    }
    /// A file that somebody wrote to meanwhile.
    pub(crate) fn changed() { fr: "le fichier a changé pendant sa lecture", en: "the file changed while it was read" }
    /// There is no such rule.
    pub(crate) fn no_rule(word, help) {
        fr: "il n'y a pas de règle `{word}`\u{a0}; {help}",
        en: "there is no rule `{word}`; {help}",
    }
    /// Where all rules are shown.
    pub(crate) fn all_rules() { fr: "`vigie rules list` les montre toutes", en: "`vigie rules list` shows all" }
    /// No format fits.
    pub(crate) fn no_format() { fr: "simples lignes, d'aucun format connu", en: "plain lines, in no known format" }
    /// How a file was read.
    pub(crate) fn read_as(count; format) {
        fr: "{count} ligne lue comme {format}" | "{count} lignes lues comme {format}",
        en: "{count} line read as {format}" | "{count} lines read as {format}",
    }
    /// What was new in a file.
    pub(crate) fn new_read_as(count; format) {
        fr: "{count} nouvelle ligne lue comme {format}" | "{count} nouvelles lignes lues comme {format}",
        en: "{count} new line read as {format}" | "{count} new lines read as {format}",
    }
    /// What an earlier scan counted.
    pub(crate) fn known(count) {
        fr: ", {count} déjà connue" | ", {count} déjà connues",
        en: ", {count} known from before" | ", {count} known from before",
    }
    /// Lines that the format could not read.
    pub(crate) fn malformed(count; why) {
        fr: ", {count} n'est pas de ce format ({why})" | ", {count} ne sont pas de ce format ({why})",
        en: ", {count} not in this format ({why})" | ", {count} not in this format ({why})",
    }
    /// Lines of no format that vigie knows.
    pub(crate) fn unknown(count) {
        fr: ", {count} d'aucun format connu, regardée telle quelle" | ", {count} d'aucun format connu, regardées telles quelles",
        en: ", {count} in no known format, looked at as it stands" | ", {count} in no known format, looked at as they stand",
    }
    /// Lines of which only the head was kept.
    pub(crate) fn cut(count) {
        fr: ", {count} trop longue, regardée jusqu'à la coupure" | ", {count} trop longues, regardées jusqu'à la coupure",
        en: ", {count} too long, looked at up to the cut" | ", {count} too long, looked at up to the cut",
    }
    /// Nothing is in a file.
    pub(crate) fn empty() { fr: "vide, rien n'y a été lu", en: "empty, nothing was read" }
    /// Nothing was looked for in a file.
    pub(crate) fn unwatched() {
        fr: "\u{a0}: aucune règle ne regarde ce journal, ne rien y trouver ne veut rien dire",
        en: ": no rule looks at this log, so that nothing found in it means nothing",
    }
    /// Nothing found in a file means nothing.
    pub(crate) fn nothing_read() {
        fr: "\u{a0}: rien n'y a été compris, ne rien y trouver ne veut rien dire",
        en: ": nothing of it was understood, so that nothing found in it means nothing",
    }
    /// What was found.
    pub(crate) fn hits(count) {
        fr: ", {count} détection" | ", {count} détections",
        en: ", {count} hit" | ", {count} hits",
    }
    /// Nothing new in a file.
    pub(crate) fn unchanged() {
        fr: "rien de nouveau depuis la dernière analyse dans cette base",
        en: "nothing new since the last scan into this store",
    }
    /// Where to read what was found.
    pub(crate) fn kept(count; folder) {
        fr: "{count} nouvelle alerte\u{a0}: vigie alert list --state {folder}" | "{count} nouvelles alertes\u{a0}: vigie alert list --state {folder}",
        en: "{count} new alert: vigie alert list --state {folder}" | "{count} new alerts: vigie alert list --state {folder}",
    }
}
