//! What can keep the journal of systemd from being read, and what to do about it.

use super::words;

words! {
    /// There is no such program.
    pub(crate) fn no_program() {
        fr: "Il n’y a pas de programme journalctl sur cette machine : rien du journal n’est surveillé.",
        en: "There is no program journalctl on this machine: nothing of the journal is watched.",
    }
    /// What to do then.
    pub(crate) fn mend_no_program() {
        fr: "Installez-le (paquet systemd), ou suivez les fichiers de journaux avec `follow:`. vigie réessaie seule.",
        en: "Install it (package systemd), or follow the log files with `follow:`. vigie tries again by itself.",
    }
    /// It cannot be started.
    pub(crate) fn unstarted(why) {
        fr: "journalctl ne peut pas être lancé : {why}.",
        en: "journalctl cannot be started: {why}.",
    }
    /// What to do then.
    pub(crate) fn mend_unstarted() {
        fr: "Vérifiez que le compte de vigie peut lancer journalctl. vigie réessaie seule.",
        en: "Check that vigie’s account may run journalctl. vigie tries again by itself.",
    }
    /// It ended.
    pub(crate) fn over(said) {
        fr: "journalctl s’est arrêté ({said}) : ce qui s’écrit au journal sera lu quand il repart.",
        en: "journalctl ended ({said}): what is written to the journal is read when it runs again.",
    }
    /// What to do then.
    pub(crate) fn mend_over() {
        fr: "vigie le relance là où il en était ; s’il s’arrête encore, essayez `journalctl --follow` avec le compte de vigie.",
        en: "vigie starts it again where it was; if it ends again, try `journalctl --follow` with vigie’s account.",
    }
    /// It may not see all.
    pub(crate) fn partly() {
        fr: "vigie n’a le droit de lire que ses propres messages du journal : tout le reste n’est pas surveillé.",
        en: "vigie may read only its own messages of the journal: all others are not watched.",
    }
    /// What to do then.
    pub(crate) fn mend_partly() {
        fr: "Ajoutez le compte de vigie au groupe systemd-journal, puis redémarrez vigie.",
        en: "Add vigie’s account to the group systemd-journal, then start vigie again.",
    }
    /// There is none.
    pub(crate) fn nothing() {
        fr: "À cet endroit, il n’y a aucune entrée de journal que vigie ait le droit de lire.",
        en: "In this place there is no entry of a journal that vigie may read.",
    }
    /// What to do then.
    pub(crate) fn mend_nothing() {
        fr: "Vérifiez le dossier dans vigie.yaml, et que le compte de vigie est du groupe systemd-journal ; ce qui y vient est lu.",
        en: "Check the folder in vigie.yaml, and that vigie’s account is in the group systemd-journal; what comes there is read.",
    }
    /// An entry that is none.
    pub(crate) fn unreadable() {
        fr: "Une entrée du journal n’a pas pu être lue, ou dépasse 8 Mio : elle n’est pas surveillée.",
        en: "An entry of the journal could not be read, or is longer than 8 MiB: it is not watched.",
    }
    /// What to do then.
    pub(crate) fn mend_unreadable() {
        fr: "Vérifiez le journal (`journalctl --verify`) et cherchez quel programme écrit de si longs messages.",
        en: "Check the journal (`journalctl --verify`), and find out which program writes such long messages.",
    }
}
