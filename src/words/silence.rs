//! What is said of silences and maintenance windows.

use super::words;

words! {
    /// A silence was made, and runs.
    pub(crate) fn added(silence, level, until) {
        fr: "{silence} : personne n'est prévenu de cela, jusqu'au niveau {level}, avant le {until} ; ce qui est plus grave, ou \
             autre, prévient aussitôt",
        en: "{silence}: nobody is told of this, up to the level {level}, until {until}; what is graver, or something else, is \
             told at once",
    }
    /// A silence was made, and begins later.
    pub(crate) fn planned(silence, level, from, until) {
        fr: "{silence} : du {from} au {until}, personne ne sera prévenu de cela, jusqu'au niveau {level} ; ce qui est plus \
             grave, ou autre, préviendra aussitôt",
        en: "{silence}: from {from} to {until} nobody is told of this, up to the level {level}; what is graver, or something \
             else, is told at once",
    }
    /// How many open alerts it is about.
    pub(crate) fn holds(count) {
        fr: "{count} alerte ouverte est retenue" | "{count} alertes ouvertes sont retenues",
        en: "{count} open alert is held back" | "{count} open alerts are held back",
    }
    /// A silence was ended.
    pub(crate) fn ended(count; silence) {
        fr: "{silence} est levé ; {count} alerte était retenue, et prévient si elle est toujours ouverte"
            | "{silence} est levé ; {count} alertes étaient retenues, et préviennent si elles sont toujours ouvertes",
        en: "{silence} is ended; {count} alert was held back, and is told if it is still open"
            | "{silence} is ended; {count} alerts were held back, and are told if they are still open",
    }
    /// A silence was ended that held nothing back.
    pub(crate) fn ended_idle(silence) { fr: "{silence} est levé", en: "{silence} is ended" }
    /// Something was done to a silence, in memory only.
    pub(crate) fn unkept(silence) { fr: "{silence} : en mémoire seulement", en: "{silence}: in memory only" }
    /// A silence with times that cannot be.
    pub(crate) fn no_such_time(days) {
        fr: "un silence finit après son début, dans l'avenir, et dure {days} jours au plus : écrivez `--for 2h`, ou \
             `--until \"2026-12-01 06:00\"`",
        en: "a silence ends after it begins, in the future, and lasts {days} days at most: write `--for 2h`, or `--until \
             \"2026-12-01 06:00\"`",
    }
    /// A silence that would be about everything.
    pub(crate) fn about_everything() {
        fr: "un silence dit sur quoi il porte : --rule, --machine, --account, --address ou --source",
        en: "a silence says what it is about: --rule, --machine, --account, --address or --source",
    }
    /// A rule that is not there.
    pub(crate) fn unknown_rule(name, help) {
        fr: "aucune règle ne s'appelle `{name}` ici ; {help}",
        en: "no rule is called `{name}` here; {help}",
    }
    /// A source that is not there.
    pub(crate) fn unknown_source(name, help) {
        fr: "aucune source ne s'appelle `{name}` ici ; {help}",
        en: "no source is called `{name}` here; {help}",
    }
    /// No silence of that number.
    pub(crate) fn unknown(silence) {
        fr: "il n'y a pas de silence {silence} en cours ou prévu ; `vigie silence list` les montre",
        en: "no silence {silence} runs or is planned; `vigie silence list` shows them",
    }
    /// The store cannot be written.
    pub(crate) fn cannot_keep() {
        fr: "la base ne peut pas être écrite, et un silence doit survivre à une panne : rien n'est retenu (vigie status)",
        en: "the store cannot be written, and a silence must outlive a crash: nothing is held back (vigie status)",
    }
    /// Names that name nothing.
    pub(crate) fn names_nothing() {
        fr: "cela ne nomme rien en particulier",
        en: "this names nothing in particular",
    }
    /// A time that cannot be read.
    pub(crate) fn no_time() {
        fr: "écrivez une heure comme 22:00, ou un jour et une heure comme \"2026-12-01 06:00\"",
        en: "write an hour such as 22:00, or a day and an hour such as \"2026-12-01 06:00\"",
    }
    /// The number of a silence.
    pub(crate) fn number() {
        fr: "écrivez-le comme «\u{a0}vigie silence list\u{a0}» le montre, par exemple S3",
        en: "write it as `vigie silence list` shows it, such as S3",
    }

    /// The list is empty.
    pub(crate) fn none() { fr: "aucun silence", en: "no silence" }
    /// It runs.
    pub(crate) fn runs(until) { fr: "en cours, jusqu'au {until}", en: "runs until {until}" }
    /// It begins later.
    pub(crate) fn will_run(from, until) { fr: "prévu, du {from} au {until}", en: "planned, from {from} to {until}" }
    /// It is over.
    pub(crate) fn was(from, until) { fr: "fini, du {from} au {until}", en: "over, from {from} to {until}" }
    /// A maintenance window that is open.
    pub(crate) fn window_open(until) {
        fr: "fenêtre de maintenance ouverte, jusqu'au {until}",
        en: "maintenance window open until {until}",
    }
    /// A maintenance window that opens later.
    pub(crate) fn window_next(from) {
        fr: "fenêtre de maintenance, prochaine le {from}",
        en: "maintenance window, next on {from}",
    }
    /// A maintenance window that never opens.
    pub(crate) fn window() { fr: "fenêtre de maintenance", en: "maintenance window" }
    /// What it is about, and up to which level.
    pub(crate) fn about(what, level) { fr: "{what}, jusqu'au niveau {level}", en: "{what}, up to the level {level}" }
    /// Who answers for it, and why.
    pub(crate) fn by(owner, reason) { fr: "{owner} : {reason}", en: "{owner}: {reason}" }
    /// The alerts that it holds back.
    pub(crate) fn alerts(alerts) { fr: "retient {alerts}", en: "holds back {alerts}" }
    /// How many run, in a status.
    pub(crate) fn status(count; alerts) {
        fr: "{count} silence ou fenêtre de maintenance en cours, {alerts}"
            | "{count} silences ou fenêtres de maintenance en cours, {alerts}",
        en: "{count} silence or maintenance window runs, {alerts}"
            | "{count} silences or maintenance windows run, {alerts}",
    }
    /// How many alerts are held back, in a status.
    pub(crate) fn held_back(count) {
        fr: "{count} alerte retenue" | "{count} alertes retenues",
        en: "{count} alert held back" | "{count} alerts held back",
    }

    /// What holds an alert back: a silence.
    pub(crate) fn silence(silence, owner, reason) {
        fr: "le silence {silence} de {owner} ({reason})",
        en: "silence {silence} of {owner} ({reason})",
    }
    /// What holds an alert back: a maintenance window.
    pub(crate) fn maintenance(owner, reason) {
        fr: "une fenêtre de maintenance de {owner} ({reason})",
        en: "a maintenance window of {owner} ({reason})",
    }
    /// What holds an alert back: another one.
    pub(crate) fn explanation(alert) { fr: "l'alerte {alert}, qui l'explique", en: "alert {alert}, which explains it" }
    /// An alert is only a consequence of another one.
    pub(crate) fn explained(alert) { fr: "expliquée par {alert}", en: "explained by {alert}" }
    /// What explained an alert, and why it does not any more.
    pub(crate) fn unexplained_since(since, by, why) {
        fr: "Retenue depuis le {since} par {by}. {why}",
        en: "Held back since {since} by {by}. {why}",
    }
    /// The alert that explained it is over.
    pub(crate) fn unexplained() {
        fr: "Elle ne l'explique plus, et celle-ci est toujours ouverte.",
        en: "It does not explain it any more, and this one is still open.",
    }
    /// An alert is held back.
    pub(crate) fn muted(by, until) { fr: "retenue par {by} jusqu'au {until}", en: "held back by {by} until {until}" }
    /// Before an alert that was held back.
    pub(crate) fn was_silenced() { fr: "était retenue", en: "was held back" }
    /// What held an alert back, and why it does not any more.
    pub(crate) fn unmuted(since, by, until, why) {
        fr: "Retenue depuis le {since} par {by}, jusqu'au {until}. {why}",
        en: "Held back since {since} by {by}, until {until}. {why}",
    }
    /// Its time is over.
    pub(crate) fn over() { fr: "C'est fini, et l'alerte est toujours ouverte.", en: "That is over, and the alert is still open." }
    /// Somebody ended it.
    pub(crate) fn was_ended() {
        fr: "Quelqu'un l'a levé, et l'alerte est toujours ouverte.",
        en: "Somebody ended it, and the alert is still open.",
    }
    /// Something is not covered.
    pub(crate) fn uncovered() {
        fr: "On a trouvé autre chose, qui n'est pas retenu.",
        en: "Something else was found, which is not held back.",
    }
    /// It is not in the site's files any more.
    pub(crate) fn gone() {
        fr: "Ce n'est plus dans les fichiers du site, et l'alerte est toujours ouverte.",
        en: "It is not in the site's files any more, and the alert is still open.",
    }
    /// Somebody asked for people to be told.
    pub(crate) fn asked() { fr: "Quelqu'un a demandé qu'on prévienne.", en: "Somebody asked for people to be told." }
}
