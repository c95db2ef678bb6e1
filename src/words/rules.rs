//! What is said of rules in lists: which are armed, what they cover, what is missing.

use super::words;

words! {
    /// A folder holds no rule.
    pub(crate) fn no_rule_file(path) {
        fr: "il n'y a pas de fichier de règles dans {path}",
        en: "there is no rule file in {path}",
    }
    /// How many rules of a site are armed.
    pub(crate) fn armed_at(site, armed, rules) {
        fr: "{site}\u{a0}: {armed} règles armées sur {rules}",
        en: "{site}: {armed} of {rules} rules armed",
    }
    /// How many rules there are.
    pub(crate) fn rules(count) { fr: "{count} règle" | "{count} règles", en: "{count} rule" | "{count} rules" }
    /// How many rules there are, and how many are armed.
    pub(crate) fn rules_armed(rules, armed) {
        fr: "{rules} règles, dont {armed} armées",
        en: "{rules} rules, {armed} of them armed",
    }
    /// How many rules there are, and how many need a site to be armed.
    pub(crate) fn rules_unarmed(rules, unarmed) {
        fr: "{rules} règles, dont {unarmed} non armées sans un site",
        en: "{rules} rules, {unarmed} of them not armed without a site",
    }
    /// Over rules that cannot match.
    pub(crate) fn not_armed() { fr: "Règles non armées", en: "Rules that are not armed" }
    /// Over rules of which parts cannot match.
    pub(crate) fn partly_armed() { fr: "Règles armées en partie", en: "Rules that are armed in part" }
    /// Over rules of which too little is known.
    pub(crate) fn level_unknown() { fr: "Niveau de journal encore inconnu", en: "Log level not known yet" }
    /// Over what programs must write.
    pub(crate) fn must_be_logged() { fr: "Ce qui doit être journalisé", en: "What must be logged" }
    /// A heading and names.
    pub(crate) fn row(heading, names) { fr: "{heading}\u{a0}: {names}", en: "{heading}: {names}" }
    /// Over tactics.
    pub(crate) fn tactics() { fr: "Tactiques (ATT&CK)", en: "Tactics (ATT&CK)" }
    /// Over techniques.
    pub(crate) fn techniques() { fr: "Techniques (ATT&CK)", en: "Techniques (ATT&CK)" }
    /// Over rules that no test covers.
    pub(crate) fn without_test() { fr: "Sans test", en: "Without a test" }
    /// Every rule has a test.
    pub(crate) fn all_tested() {
        fr: "aucune\u{a0}: chaque règle a un test",
        en: "none: every rule has a test",
    }
    /// Over sources.
    pub(crate) fn sources() { fr: "Sources", en: "Sources" }
    /// There is no source.
    pub(crate) fn no_source() { fr: "aucune\u{a0}: rien n'est surveillé", en: "none: nothing is watched" }
    /// No rule looks at a source.
    pub(crate) fn unwatched() { fr: "aucune règle ne la regarde", en: "no rule looks at it" }
    /// The rules that look at a source.
    pub(crate) fn watched(count; names) {
        fr: "{count} règle\u{a0}: {names}" | "{count} règles\u{a0}: {names}",
        en: "{count} rule: {names}" | "{count} rules: {names}",
    }
    /// There is none.
    pub(crate) fn none() { fr: "aucune", en: "none" }
    /// Some of the rules of a technique are armed.
    pub(crate) fn some_armed(armed, rules) {
        fr: "{armed} sur {rules}, les autres ne sont pas armées",
        en: "{armed} of {rules}, the others are not armed",
    }

    /// Over a column.
    pub(crate) fn rule() { fr: "règle", en: "rule" }
    /// Over a column.
    pub(crate) fn level() { fr: "niveau", en: "level" }
    /// Over a column.
    pub(crate) fn logs() { fr: "journaux", en: "logs" }
    /// Over a column.
    pub(crate) fn test() { fr: "test", en: "test" }
    /// Over a column.
    pub(crate) fn playbook() { fr: "scénario", en: "playbook" }
    /// Over a column.
    pub(crate) fn author() { fr: "auteur", en: "author" }
    /// Over a column.
    pub(crate) fn armed() { fr: "armée", en: "armed" }
    /// It is so.
    pub(crate) fn yes() { fr: "oui", en: "yes" }
    /// It is not so.
    pub(crate) fn no() { fr: "non", en: "no" }
    /// It is not so, and why.
    pub(crate) fn no_because(why) { fr: "non\u{a0}: {why}", en: "no: {why}" }
}
