//! What is answered to whoever asked for something to be done.

use super::words;

words! {
    /// Somebody has an alert.
    pub(crate) fn acked(alert, name) {
        fr: "{alert} : {name} s'en occupe ; on ne demande plus rien aux autres",
        en: "{alert}: {name} has it; nobody else is asked",
    }
    /// The next step of a chain is paged.
    pub(crate) fn escalated(alert) {
        fr: "{alert} : l'échelon suivant, ou celui demandé, est prévenu",
        en: "{alert}: the next step, or the one that was named, is told",
    }
    /// Somebody else is asked to take an alert.
    pub(crate) fn handed_on(alert, name) {
        fr: "{alert} : on prévient {name} ; sans sa réponse, la chaîne reprend depuis le début",
        en: "{alert}: paging {name}; without an answer the chain starts again from its first step",
    }
    /// Somebody has an alert and is asked again later.
    pub(crate) fn snoozed(alert, name, until) {
        fr: "{alert} : {name} s'en occupe, et sera interrogé dans {until}",
        en: "{alert}: {name} has it, and is asked again in {until}",
    }
    /// What an alert is was taken down.
    pub(crate) fn qualified(alert) { fr: "{alert} : c'est noté", en: "{alert}: noted" }
    /// Parts of an alert are one of their own.
    pub(crate) fn split(alert, into) {
        fr: "{into} est séparée de {alert} ; les deux continuent",
        en: "{into} is taken out of {alert}; both go on",
    }
    /// What was told of an alert is put right.
    pub(crate) fn put_right(count; alert) {
        fr: "{alert} : {count} personne reçoit l'erratum" | "{alert} : {count} personnes reçoivent l'erratum",
        en: "{alert}: {count} person is sent the correction" | "{alert}: {count} people are sent the correction",
    }
    /// No chain takes an alert.
    pub(crate) fn no_chain(alert) {
        fr: "aucune chaîne ne prend {alert} : il n'y a personne à prévenir ; appelez quelqu'un",
        en: "no chain takes {alert}: there is nobody to page; call somebody",
    }
    /// A chain has no such step.
    pub(crate) fn no_step(chain, steps) {
        fr: "la chaîne {chain} a les échelons 1 à {steps}",
        en: "the chain {chain} has the steps 1 to {steps}",
    }
    /// Nobody is asked again as late as that.
    pub(crate) fn too_late(hours) {
        fr: "écrivez une durée de {hours} h au plus, comme `30m`",
        en: "write a duration of up to {hours} h, such as `30m`",
    }
    /// An alert has no such parts.
    pub(crate) fn no_such_part(alert, parts) {
        fr: "{alert} est faite des signes {parts} : nommez-en un ou plusieurs, pas tous",
        en: "{alert} is made of the signs {parts}: name one or more of them, not all",
    }
    /// An alert is over.
    pub(crate) fn resolved(alert) { fr: "{alert} est terminée", en: "{alert} is over" }
    /// An alert was raised.
    pub(crate) fn raised(alert) { fr: "{alert} est donnée", en: "{alert} is raised" }
    /// An alert was raised, and no chain takes its level.
    pub(crate) fn nobody_told() {
        fr: "personne n'est prévenu : aucune chaîne ne prend ce niveau ; donnez-la de nouveau avec un --level plus \
             élevé, ou appelez quelqu'un",
        en: "nobody is told: no chain takes its level; raise it again with a higher --level, or call somebody",
    }
    /// A drill was started.
    pub(crate) fn started(drill) {
        fr: "{drill} a commencé : `vigie drill status` le montre",
        en: "{drill} has started: `vigie drill status` shows it",
    }
    /// Something was done in a drill.
    pub(crate) fn acted(drill) { fr: "{drill} : c'est fait", en: "{drill}: done" }
    /// How many rules watch after files were taken up.
    pub(crate) fn rules_watch(count; new, changed, gone, windows, before) {
        fr: "{count} règle veille ; parmi les fichiers et listes dont elle est faite, {new} nouveaux, {changed} \
             modifiés, {gone} disparus ; {windows} fenêtres sur {before} continuent"
            | "{count} règles veillent ; parmi les fichiers et listes dont elles sont faites, {new} nouveaux, \
               {changed} modifiés, {gone} disparus ; {windows} fenêtres sur {before} continuent",
        en: "{count} rule watches now; of the files and lists it is made from, {new} are new, {changed} changed, \
             {gone} are gone; {windows} of {before} windows go on"
            | "{count} rules watch now; of the files and lists they are made from, {new} are new, {changed} changed, \
               {gone} are gone; {windows} of {before} windows go on",
    }
    /// People and chains changed too.
    pub(crate) fn people_taken_up() {
        fr: "les personnes et les chaînes sont prises en compte",
        en: "people and chains are taken up",
    }
    /// There were warnings.
    pub(crate) fn warnings(count) {
        fr: "{count} avertissement, que `vigie check` montre" | "{count} avertissements, que `vigie check` montre",
        en: "{count} warning, which `vigie check` shows" | "{count} warnings, which `vigie check` shows",
    }
    /// What stands before something that was done in memory only.
    pub(crate) fn not_kept() { fr: "NON ENREGISTRÉ", en: "NOT KEPT" }
    /// Why something is in memory only.
    pub(crate) fn cannot_keep(cause) {
        fr: "la base ne peut pas être écrite : {cause} ; si vigie s'arrête avant qu'elle le puisse, c'est oublié. \
             Notez-le ailleurs, et regardez `vigie status`",
        en: "the store cannot be written: {cause}; if vigie stops before it can, this is forgotten. Write it down \
             elsewhere, and look at `vigie status`",
    }
    /// Somebody has an alert, in memory only.
    pub(crate) fn acked_unkept(alert, name) {
        fr: "{alert} : noté en mémoire seulement que {name} s'en occupe",
        en: "{alert}: noted in memory only that {name} has it",
    }
    /// The next step is paged, in memory only.
    pub(crate) fn escalated_unkept(alert) {
        fr: "{alert} : l'échelon suivant est prévenu quand même",
        en: "{alert}: the next step is paged all the same",
    }
    /// Something was said of an alert, in memory only.
    pub(crate) fn said_unkept(alert) {
        fr: "{alert} : fait en mémoire seulement",
        en: "{alert}: done in memory only",
    }
    /// An alert is over, in memory only.
    pub(crate) fn resolved_unkept(alert) {
        fr: "{alert} : noté en mémoire seulement qu'elle est terminée",
        en: "{alert}: noted in memory only that it is over",
    }
    /// An alert was raised, in memory only.
    pub(crate) fn raised_unkept(alert) {
        fr: "{alert} : donnée en mémoire seulement ; les personnes sont prévenues quand même",
        en: "{alert}: raised in memory only; people are paged all the same",
    }
    /// An alert was raised in memory only, and nobody is told.
    pub(crate) fn raised_unkept_untold(alert) {
        fr: "{alert} : donnée en mémoire seulement",
        en: "{alert}: raised in memory only",
    }
    /// A drill was started, in memory only.
    pub(crate) fn started_unkept(drill) {
        fr: "{drill} : commencé en mémoire seulement ; d'ici là, aucune ligne n'est écrite dans un journal",
        en: "{drill}: started in memory only; until then, no line is written into a log",
    }
    /// Something was done in a drill, in memory only.
    pub(crate) fn acted_unkept(drill) {
        fr: "{drill} : noté en mémoire seulement",
        en: "{drill}: noted in memory only",
    }
    /// What stands before a refusal.
    pub(crate) fn refused() { fr: "refusé", en: "refused" }
    /// A person is not in people.yaml.
    pub(crate) fn unknown_person(name, help) {
        fr: "personne ne s'appelle `{name}` dans people.yaml ; {help}",
        en: "nobody called `{name}` is in people.yaml; {help}",
    }
    /// The account that asks is nobody's.
    pub(crate) fn nobody_named(account) {
        fr: "le compte {account} n'est à personne dans people.yaml ; dites qui parle avec --as PERSONNE",
        en: "the account {account} is nobody's in people.yaml; say who speaks with --as PERSON",
    }
    /// Somebody speaks for a person who has an account.
    pub(crate) fn not_theirs(person, account) {
        fr: "{person} a son propre compte sur cette machine, et ce n'est pas {account}\u{a0}; \
             parlez en votre nom, sans --as",
        en: "{person} has an account of their own on this machine, and it is not {account}; \
             speak in your own name, without --as",
    }
    /// An alert is over already.
    pub(crate) fn alert_over(alert) { fr: "{alert} est déjà terminée", en: "{alert} is over already" }
    /// Gestures are ticked.
    pub(crate) fn ticked(alert) { fr: "{alert}\u{a0}: coché", en: "{alert}: ticked" }
    /// Ticks are taken away.
    pub(crate) fn unticked(alert) { fr: "{alert}\u{a0}: coche retirée", en: "{alert}: tick taken away" }
    /// The list has no such number.
    pub(crate) fn no_such_gesture(alert, gestures, known) {
        fr: "la liste de {alert} n'a pas de geste {gestures}\u{a0}; elle en a {known}",
        en: "the list of {alert} has no gesture {gestures}; it has {known}",
    }
    /// There is no such alert.
    pub(crate) fn unknown_alert(alert) {
        fr: "il n'y a pas d'alerte {alert} ; `vigie alert list` montre celles qui sont ouvertes",
        en: "there is no alert {alert}; `vigie alert list` shows those that are open",
    }
    /// There is no such playbook.
    pub(crate) fn unknown_playbook(playbook, help) {
        fr: "il n'y a pas de scénario `{playbook}` ici ; {help}",
        en: "there is no playbook `{playbook}` here; {help}",
    }
    /// There is no such drill.
    pub(crate) fn unknown_drill(drill, known) {
        fr: "il n'y a pas d'exercice {drill} ici ; il y a : {known}",
        en: "there is no exercise {drill} here; there is: {known}",
    }
    /// There is no drill at all.
    pub(crate) fn no_drill(drill) {
        fr: "il n'y a pas d'exercice {drill} ici ; aucun n'a encore été joué",
        en: "there is no exercise {drill} here; none was played yet",
    }
    /// Another drill is running.
    pub(crate) fn drill_runs(drill) {
        fr: "{drill} est en cours ; un exercice à la fois : `vigie drill stop {drill}` l'arrête",
        en: "{drill} is running; one drill at a time: `vigie drill stop {drill}` ends it",
    }
    /// A drill is not running.
    pub(crate) fn drill_rests(drill) {
        fr: "{drill} n'est pas en cours ; `vigie drill status` montre ce qui l'est",
        en: "{drill} is not running; `vigie drill status` shows what runs",
    }
    /// The store cannot be written.
    pub(crate) fn store() {
        fr: "le dossier d'état ne peut pas être écrit ; un exercice pourra commencer quand il le pourra (vigie status)",
        en: "the state folder cannot be written; a drill can start when it can (vigie status)",
    }
    /// Not a pace.
    pub(crate) fn pace(highest) {
        fr: "l'allure est un nombre de 1 à {highest}",
        en: "the pace is a number from 1 to {highest}",
    }
    /// Something has no effect in a drill.
    pub(crate) fn no_effect(drill, why) { fr: "{drill} : {why}", en: "{drill}: {why}" }
    /// Something about one inject has no effect in a drill.
    pub(crate) fn no_effect_on(drill, why, inject) {
        fr: "{drill} : {why} ({inject})",
        en: "{drill}: {why} ({inject})",
    }
    /// A part of vigie.yaml needs a new start.
    pub(crate) fn needs_start(part) {
        fr: "`{part}` de vigie.yaml a changé, ce qui demande de redémarrer `vigie run`",
        en: "`{part}` of vigie.yaml changed, which needs a new start of `vigie run`",
    }
    /// People changed while an exercise is running.
    pub(crate) fn exercise_runs() {
        fr: "les personnes, les chaînes ou `drills` ont changé pendant un exercice : attendez sa fin, ou arrêtez-le par \
             `vigie drill stop`",
        en: "people, chains or `drills` changed while an exercise is running: wait for its end, or stop it with `vigie \
             drill stop`",
    }
    /// Nothing of changed files was taken up.
    pub(crate) fn nothing_taken_up(why) {
        fr: "{why} ; rien n'a été pris en compte",
        en: "{why}; nothing was taken up",
    }
    /// The site's files have mistakes.
    pub(crate) fn not_reloaded() {
        fr: "non rechargé : le démon continue avec ce qu'il avait",
        en: "not reloaded: the daemon goes on with what it had",
    }
    /// Something in the store cannot be read.
    pub(crate) fn unreadable(why) {
        fr: "ce qui a été conservé ne peut pas être lu : {why}",
        en: "what was kept cannot be read: {why}",
    }
    /// No daemon runs.
    pub(crate) fn no_daemon() {
        fr: "aucun démon ne tourne ici : lancez `vigie run`",
        en: "no daemon runs here: start `vigie run`",
    }
    /// vigie is stopping.
    pub(crate) fn stopping() { fr: "le démon s'arrête", en: "the daemon is stopping" }
    /// Another version was asked.
    pub(crate) fn not_understood(why) {
        fr: "cette version de vigie ne comprend pas la demande : {why}",
        en: "this version of vigie does not understand what was asked: {why}",
    }
    /// An answer that does not fit the question.
    pub(crate) fn unexpected() {
        fr: "le démon a répondu à autre chose ; est-ce la même version de vigie ?",
        en: "the daemon answered something else; is it the same version of vigie?",
    }
}
