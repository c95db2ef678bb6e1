//! How a running daemon is doing, and how it answers.

use super::words;

words! {
    /// What stands behind the site's name.
    pub(crate) fn counts(rules, alerts, pages) { fr: "{rules}, {alerts}, {pages}", en: "{rules}, {alerts}, {pages}" }
    /// How many rules.
    pub(crate) fn rules(count) { fr: "{count} règle" | "{count} règles", en: "{count} rule" | "{count} rules" }
    /// How many alerts wait for somebody to end them.
    pub(crate) fn open_alerts(count) {
        fr: "{count} alerte ouverte" | "{count} alertes ouvertes",
        en: "{count} open alert" | "{count} open alerts",
    }
    /// How many messages are on their way.
    pub(crate) fn owed_pages(count) {
        fr: "{count} message en route" | "{count} messages en route",
        en: "{count} page on its way" | "{count} pages on their way",
    }
    /// Since when the rules are what they are.
    pub(crate) fn rules_since(when) { fr: "ces règles depuis le {when}", en: "these rules since {when}" }
    /// How many lines a source gave.
    pub(crate) fn lines(count) { fr: "{count} ligne" | "{count} lignes", en: "{count} line" | "{count} lines" }
    /// How many of them its format could not read.
    pub(crate) fn malformed(count) {
        fr: ", {count} n'est pas de ce format" | ", {count} ne sont pas de ce format",
        en: ", {count} not in this format" | ", {count} not in this format",
    }
    /// Nothing is looked for in what a source said so far.
    pub(crate) fn unwatched() { fr: "aucune règle ne regarde ces lignes", en: "no rule looks at these lines" }
    /// How many of them are of no format that vigie knows.
    pub(crate) fn unknown(count) {
        fr: ", {count} d'aucun format connu, regardée telle quelle" | ", {count} d'aucun format connu, regardées telles quelles",
        en: ", {count} in no known format, looked at as it stands" | ", {count} in no known format, looked at as they stand",
    }
    /// Lines of which only the head was kept.
    pub(crate) fn cut(count) {
        fr: ", {count} trop longue, regardée jusqu'à la coupure" | ", {count} trop longues, regardées jusqu'à la coupure",
        en: ", {count} too long, looked at up to the cut" | ", {count} too long, looked at up to the cut",
    }
    /// When the last line of a source came.
    pub(crate) fn last_line(ago) { fr: ", dernière ligne {ago}", en: ", last line {ago}" }
    /// No line of a source ever came.
    pub(crate) fn no_line() { fr: ", aucune ligne encore", en: ", no line yet" }
    /// A source says nothing any more.
    pub(crate) fn silent() { fr: "se tait", en: "silent" }
    /// What keeps a source from being read.
    pub(crate) fn trouble(file, what, remedy) { fr: "{file} : {what} {remedy}", en: "{file}: {what} {remedy}" }
    /// How many more files cannot be read.
    pub(crate) fn more_troubles(count) {
        fr: "et {count} autre fichier" | "et {count} autres fichiers",
        en: "and {count} more file" | "and {count} more files",
    }
    /// An alert about vigie itself.
    pub(crate) fn ailing(alert, title, ago) {
        fr: "{alert} : {title}, {ago}",
        en: "{alert}: {title}, {ago}",
    }
    /// Rules that cannot match, and why.
    pub(crate) fn not_armed(why, rules) {
        fr: "non armées, {why}\u{a0}: {rules}",
        en: "not armed, {why}: {rules}",
    }
    /// How many more rules cannot match.
    pub(crate) fn more_not_armed(count) {
        fr: "non armée aussi, {count} autre règle\u{a0}: `vigie rules coverage` dit pourquoi"
            | "non armées aussi, {count} autres règles\u{a0}: `vigie rules coverage` dit pourquoi",
        en: "not armed either, {count} more rule: `vigie rules coverage` says why"
            | "not armed either, {count} more rules: `vigie rules coverage` says why",
    }
    /// The first few names, and how many more there are.
    pub(crate) fn and_more(count; names) {
        fr: "{names} et {count} autre" | "{names} et {count} autres",
        en: "{names} and {count} more" | "{names} and {count} more",
    }
    /// A running exercise.
    pub(crate) fn drill(drill, playbook, at) { fr: "exercice {drill} {playbook}, à {at}", en: "drill {drill} {playbook} at {at}" }
    /// Its clock stands still.
    pub(crate) fn paused() { fr: ", suspendu", en: ", paused" }
    /// The store is in trouble.
    pub(crate) fn store_trouble() { fr: "la base ne peut pas être écrite", en: "the store cannot be written" }

    /// Where a daemon keeps its state, as it starts.
    pub(crate) fn state(folder) {
        fr: "état dans {folder} ; Ctrl-C pour arrêter",
        en: "state in {folder}; stop with Ctrl-C",
    }
    /// The daemon watches.
    pub(crate) fn ready() { fr: "prêt", en: "ready" }
    /// The daemon was told to stop.
    pub(crate) fn stopping() {
        fr: "arrêt\u{a0}: ce qui a été lu est gardé, les lettres en route peuvent finir",
        en: "stopping: what was read is kept, letters on their way may finish",
    }
    /// The daemon cannot begin.
    pub(crate) fn cannot_start(why) { fr: "impossible de démarrer\u{a0}: {why}", en: "cannot start: {why}" }
    /// The core ended by itself.
    pub(crate) fn core_broke() {
        fr: "le cœur s'est arrêté ; personne ne veille jusqu'à ce que vigie soit redémarré",
        en: "the core broke; nobody watches until vigie is started again",
    }

    /// The local socket cannot be opened.
    pub(crate) fn no_socket(path, why) {
        fr: "impossible d'ouvrir la prise locale {path}\u{a0}: {why}",
        en: "cannot open the local socket {path}: {why}",
    }
    /// There is no site.
    pub(crate) fn no_site(folder) {
        fr: "{folder} n'est pas un site\u{a0}: il n'y a pas de vigie.yaml lisible ; nommez le site par \
             --site DOSSIER, ou par la variable d'environnement VIGIE_SITE",
        en: "{folder} is not a site: there is no vigie.yaml that can be read; name the site with --site \
             FOLDER, or with the environment variable VIGIE_SITE",
    }
}
