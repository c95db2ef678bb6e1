//! What `vigie check` and `vigie test` say beside findings.

use super::words;

words! {
    /// A heading and what stands under it.
    pub(crate) fn of(name, what) { fr: "{name}\u{a0}: {what}", en: "{name}: {what}" }
    /// How many sources.
    pub(crate) fn sources(count) { fr: "{count} source" | "{count} sources", en: "{count} source" | "{count} sources" }
    /// How many rules.
    pub(crate) fn rules(count) { fr: "{count} règle" | "{count} règles", en: "{count} rule" | "{count} rules" }
    /// How many people.
    pub(crate) fn people(count) { fr: "{count} personne" | "{count} personnes", en: "{count} person" | "{count} people" }
    /// How many rotas.
    pub(crate) fn rotas(count) { fr: "{count} tour de garde" | "{count} tours de garde", en: "{count} rota" | "{count} rotas" }
    /// How many chains.
    pub(crate) fn chains(count) { fr: "{count} chaîne" | "{count} chaînes", en: "{count} chain" | "{count} chains" }
    /// How many channels.
    pub(crate) fn channels(count) { fr: "{count} canal" | "{count} canaux", en: "{count} channel" | "{count} channels" }
    /// How many playbooks.
    pub(crate) fn playbooks(count) {
        fr: "{count} scénario" | "{count} scénarios",
        en: "{count} playbook" | "{count} playbooks",
    }
    /// A source whose last lines concern no rule.
    pub(crate) fn unwatched(source) {
        fr: "la source {source} : aucune règle ne regarde ces lignes",
        en: "source {source}: no rule looks at these lines",
    }
    /// What the last lines of a source are understood as.
    pub(crate) fn read_as(count; source, format) {
        fr: "la source {source} : {count} ligne à la fin du journal, comprise comme {format}"
            | "la source {source} : {count} lignes à la fin du journal, comprises comme {format}",
        en: "source {source}: {count} line at the end of its log, understood as {format}"
            | "source {source}: {count} lines at the end of its log, understood as {format}",
    }
    /// The same where some are not.
    pub(crate) fn read_partly(count; source, format, unknown, share) {
        fr: "la source {source} : {count} ligne à la fin du journal, comprise comme {format}, sauf {unknown} ({share} %)"
            | "la source {source} : {count} lignes à la fin du journal, comprises comme {format}, sauf {unknown} ({share} %)",
        en: "source {source}: {count} line at the end of its log, understood as {format}, but for {unknown} ({share} %)"
            | "source {source}: {count} lines at the end of its log, understood as {format}, but for {unknown} ({share} %)",
    }
    /// The same where none is.
    pub(crate) fn read_as_nothing(count; source) {
        fr: "la source {source} : {count} ligne à la fin du journal, d'aucun format connu"
            | "la source {source} : {count} lignes à la fin du journal, d'aucun format connu",
        en: "source {source}: {count} line at the end of its log, in no known format"
            | "source {source}: {count} lines at the end of its log, in no known format",
    }
    /// A shipped playbook cannot be played here.
    pub(crate) fn unfit(playbook, why) {
        fr: "le scénario {playbook} n'est pas pour ce site\u{a0}: {why}",
        en: "the playbook {playbook} is not for this site: {why}",
    }
    /// A playbook alone.
    pub(crate) fn playbook_of(count; path) {
        fr: "{path}\u{a0}: un scénario de {count} stimulus" | "{path}\u{a0}: un scénario de {count} stimuli",
        en: "{path}: a playbook of {count} inject" | "{path}: a playbook of {count} injects",
    }
    /// A pipeline alone.
    pub(crate) fn pipeline(name) { fr: "le pipeline {name}", en: "the pipeline {name}" }
    /// Rules alone.
    pub(crate) fn rule_files(count; path) {
        fr: "{path}\u{a0}: {count} fichier de règles" | "{path}\u{a0}: {count} fichiers de règles",
        en: "{path}: {count} rule file" | "{path}: {count} rule files",
    }

    /// Nothing is wrong.
    pub(crate) fn no_problem() { fr: "aucun problème trouvé", en: "no problem found" }
    /// How many mistakes.
    pub(crate) fn errors(count) { fr: "{count} erreur" | "{count} erreurs", en: "{count} error" | "{count} errors" }
    /// How many warnings.
    pub(crate) fn warnings(count) {
        fr: "{count} avertissement" | "{count} avertissements",
        en: "{count} warning" | "{count} warnings",
    }
    /// How many hints.
    pub(crate) fn hints(count) { fr: "{count} remarque" | "{count} remarques", en: "{count} hint" | "{count} hints" }
    /// How many of what there is, where something is wrong.
    pub(crate) fn errors_and_others(errors, others) { fr: "{errors}, {others}", en: "{errors}, {others}" }
    /// How many of what there is, where nothing is wrong.
    pub(crate) fn no_errors(others) { fr: "{others}, aucune erreur", en: "{others}, no error" }
    /// The name of the graver severity.
    pub(crate) fn error() { fr: "erreur", en: "error" }
    /// The name of the lesser severity.
    pub(crate) fn warning() { fr: "avertissement", en: "warning" }
    /// The name of the least severity.
    pub(crate) fn hint() { fr: "remarque", en: "hint" }
    /// What stands before advice.
    pub(crate) fn help() { fr: "conseil", en: "help" }

    /// Why a kind of finding matters.
    pub(crate) fn why(why) { fr: "Pourquoi\u{a0}: {why}", en: "Why: {why}" }
    /// What to do about a kind of finding.
    pub(crate) fn todo(todo) { fr: "Que faire\u{a0}: {todo}", en: "What to do: {todo}" }
    /// There is no such code.
    pub(crate) fn no_code(code) {
        fr: "aucun constat n'a le code `{code}`\u{a0}; `vigie check --list` les montre tous",
        en: "no finding has the code `{code}`; `vigie check --list` shows all",
    }

    /// How many cases held.
    pub(crate) fn tally(passed, failed) { fr: "{passed} réussis, {failed} échoués", en: "{passed} passed, {failed} failed" }
    /// There was nothing to test.
    pub(crate) fn nothing_to_test() {
        fr: "rien à tester\u{a0}: nommez des règles, des scénarios, ou des dossiers qui en contiennent",
        en: "nothing to test: name rule files, playbooks, or folders of them",
    }
    /// A case held.
    pub(crate) fn ok() { fr: "réussi", en: "ok" }
    /// A case did not hold.
    pub(crate) fn failed() { fr: "échoué", en: "failed" }
    /// A case and its rule.
    pub(crate) fn case(rule, name) { fr: "{rule}\u{a0}: {name}", en: "{rule}: {name}" }
    /// Where a case that did not hold is written.
    pub(crate) fn case_at(file, line, why) { fr: "{file}:{line}\u{a0}: {why}", en: "{file}:{line}: {why}" }
    /// A rule matched too often, or not often enough.
    pub(crate) fn other_hits(wanted, found, lines, rules, malformed) {
        fr: "détections attendues\u{a0}: {wanted}, trouvées\u{a0}: {found}, dans {lines} lignes (toutes règles\u{a0}: \
             {rules}{malformed})",
        en: "expected {wanted} hit(s), found {found} in {lines} lines (all rules: {rules}{malformed})",
    }
    /// No rule matched.
    pub(crate) fn no_rule() { fr: "aucune", en: "none" }
    /// Lines that the format could not read.
    pub(crate) fn malformed(count; why) {
        fr: "\u{a0}; {count} ligne n'est pas de ce format\u{a0}: {why}" | "\u{a0}; {count} lignes ne sont pas de ce format\u{a0}: {why}",
        en: "; {count} line malformed: {why}" | "; {count} lines malformed: {why}",
    }
    /// A match is about something else.
    pub(crate) fn other_subject(name, wanted, found) {
        fr: "détection attendue avec {name} = {wanted}, trouvé\u{a0}: {found}",
        en: "expected a hit about {name} = {wanted}, found {found}",
    }
    /// A match is about nothing of that name.
    pub(crate) fn no_subject() { fr: "rien", en: "none" }
}
