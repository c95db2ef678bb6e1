//! The story of the demonstration.

use super::words;

words! {
    /// Its title.
    pub(crate) fn title() {
        fr: "vigie au CH de Valmont, un hôpital qui n'existe pas",
        en: "vigie at CH de Valmont, a hospital that does not exist",
    }
    /// What is real in it.
    pub(crate) fn opening(folder) {
        fr: "Tout le reste est vrai\u{a0}: journaux d'origine, règles, SMTP, base, rapport. Les minutes de la chaîne d'alerte durent ici des secondes. Dossier\u{a0}: {folder}",
        en: "Everything else is real: genuine logs, rules, SMTP, store, report. The chain's minutes are seconds here. Folder: {folder}",
    }
    /// The first act.
    pub(crate) fn watch() {
        fr: "1. Veiller — des lignes d'un PACS Orthanc arrivent dans son journal",
        en: "1. Watch — lines of an Orthanc PACS arrive in its log",
    }
    /// The second act.
    pub(crate) fn warn() {
        fr: "2. Prévenir — le serveur de fichiers chiffre\u{a0}: qui répond\u{a0}?",
        en: "2. Warn — the file server is being encrypted: who answers?",
    }
    /// The third act.
    pub(crate) fn rehearse() {
        fr: "3. S'exercer — vingt minutes de premier exercice en dix secondes",
        en: "3. Rehearse — twenty minutes of a first exercise in ten seconds",
    }
    /// The ledger at the end.
    pub(crate) fn ledger(count) {
        fr: "Main courante\u{a0}: {count} écriture, intègre, vérifiable par\u{a0}:" | "Main courante\u{a0}: {count} écritures, intègre, vérifiable par\u{a0}:",
        en: "Ledger: {count} entry, whole, verify it with:" | "Ledger: {count} entries, whole, verify it with:",
    }
    /// The reports at the end.
    pub(crate) fn reports() { fr: "Rapport de l'exercice (RETEX)\u{a0}:", en: "After-action report:" }
    /// The mails at the end.
    pub(crate) fn mails() {
        fr: "Courriels reçus par une vraie session SMTP\u{a0}:",
        en: "Mail delivered by real SMTP sessions:",
    }

    /// The mark of an exercise.
    pub(crate) fn exercise() { fr: "EXERCICE ", en: "EXERCISE " }
    /// A rung of the chain.
    pub(crate) fn telling(alert, who) { fr: "{alert}\u{a0}: on prévient {who}", en: "{alert}: telling {who}" }
    /// Nobody answers there.
    pub(crate) fn no_answer(alert, who) { fr: "{alert}\u{a0}: {who} ne répond pas", en: "{alert}: {who} does not answer" }
    /// What follows from it.
    pub(crate) fn climbs() { fr: " — la chaîne monte", en: " — the chain climbs" }
    /// Somebody answers.
    pub(crate) fn has_it(alert, who) { fr: "{alert}\u{a0}: {who} s'en occupe", en: "{alert}: {who} has it" }
    /// A declaration is somebody's.
    pub(crate) fn duty(alert, duty, who) { fr: "{alert}\u{a0}: {duty} → {who}", en: "{alert}: {duty} → {who}" }
    /// An alert.
    pub(crate) fn alert(alert, title) { fr: "ALERTE {alert}\u{a0}: {title}", en: "ALERT {alert}: {title}" }
    /// A message that was mailed.
    pub(crate) fn mailed(page, who, proof) {
        fr: "{page}\u{a0}: {who} reçu par courriel (session SMTP)\u{a0}: {proof}",
        en: "{page}: {who} has mail (SMTP session): {proof}",
    }
    /// A message by another channel.
    pub(crate) fn sent(page, who, channel, proof) {
        fr: "{page}\u{a0}: {who} ← {channel}\u{a0}: {proof}",
        en: "{page}: {who} ← {channel}: {proof}",
    }
    /// A message that nobody took.
    pub(crate) fn failed(page, proof) { fr: "{page} a échoué\u{a0}: {proof}", en: "{page} failed: {proof}" }
    /// The exercise begins.
    pub(crate) fn starts(playbook) { fr: "début de {playbook}", en: "start of {playbook}" }
    /// Something is played.
    pub(crate) fn played(inject) { fr: "stimulus {inject}", en: "inject {inject}" }
    /// A call was made.
    pub(crate) fn called(inject) { fr: "{inject}\u{a0}: appel passé", en: "{inject}: call made" }
    /// A decision was taken.
    pub(crate) fn decided(inject, option) { fr: "{inject}\u{a0}: décision {option}", en: "{inject}: decision {option}" }
    /// What came of an expectation.
    pub(crate) fn met() { fr: "attendu atteint", en: "expectation met" }
    /// What came of an expectation.
    pub(crate) fn partly() { fr: "attendu partiel", en: "expectation met in part" }
    /// What came of an expectation.
    pub(crate) fn missed() { fr: "attendu manqué", en: "expectation missed" }
    /// The exercise ends.
    pub(crate) fn ends() { fr: "fin de l'exercice", en: "end of the exercise" }

    /// The machine is too slow.
    pub(crate) fn too_slow() {
        fr: "la démonstration n'a pas fini à temps ; cette machine est-elle très occupée\u{a0}?",
        en: "the demonstration was not done in time; is this machine very busy?",
    }
    /// The ledger is not as it was written.
    pub(crate) fn broken(entry, what) {
        fr: "la main courante ne tient pas à {entry}\u{a0}: {what}",
        en: "the ledger does not hold at {entry}: {what}",
    }
    /// The folder is nobody's to use.
    pub(crate) fn not_a_folder(folder) {
        fr: "{folder} n'est pas un dossier, ou c'est un lien\u{a0}: nommez-en un autre par --folder",
        en: "{folder} is not a folder, or it is a link: name another --folder",
    }
    /// The folder is somebody else's.
    pub(crate) fn not_yours(folder) {
        fr: "{folder} appartient à quelqu'un d'autre\u{a0}: nommez-en un autre par --folder",
        en: "{folder} belongs to somebody else: name another --folder",
    }
    /// The folder holds something.
    pub(crate) fn not_empty(folder) {
        fr: "{folder} n'est pas vide\u{a0}: nommez-en un autre par --folder",
        en: "{folder} is not empty: name another --folder",
    }
}
