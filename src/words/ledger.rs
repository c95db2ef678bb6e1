//! What is said of the ledger.

use super::words;

words! {
    /// By which account something was done.
    pub(crate) fn account(account) { fr: "compte {account}", en: "account {account}" }
    /// By which account, which named somebody else.
    pub(crate) fn as_said(account) { fr: "selon le compte {account}", en: "as said by account {account}" }
    /// What is not of an exercise.
    pub(crate) fn real() { fr: "réel", en: "real" }
    /// What is of an exercise.
    pub(crate) fn exercise(drill) { fr: "EXERCICE {drill}", en: "EXERCISE {drill}" }
    /// Every entry is as it was written.
    pub(crate) fn whole() { fr: "la main courante est intègre", en: "the ledger is whole" }
    /// How many entries, and the last seal.
    pub(crate) fn head(count; head) {
        fr: "{count} écriture, tête {head}" | "{count} écritures, tête {head}",
        en: "{count} entry, head {head}" | "{count} entries, head {head}",
    }
    /// An entry is not as it was written.
    pub(crate) fn broken() { fr: "la main courante est rompue", en: "the ledger is broken" }
    /// Which entry, and what is wrong with it.
    pub(crate) fn entry(entry, what) { fr: "écriture {entry}\u{a0}: {what}", en: "entry {entry}: {what}" }
    /// Its time cannot be read.
    pub(crate) fn no_time() { fr: "son heure ne peut pas être lue", en: "its time cannot be read" }
    /// A column of it cannot be read.
    pub(crate) fn no_column() {
        fr: "une de ses colonnes ne peut pas être lue",
        en: "one of its columns cannot be read",
    }
    /// Its time was rewritten.
    pub(crate) fn other_time() { fr: "son heure a été réécrite", en: "its time was rewritten" }
    /// The seals do not hold.
    pub(crate) fn other_seal() {
        fr: "elle, ou la précédente, n'est pas ce qui a été scellé",
        en: "it, or the entry before it, is not what was sealed",
    }
    /// It is not there.
    pub(crate) fn removed() { fr: "elle a été retirée", en: "it was removed" }
    /// Neither it nor those behind it are there.
    pub(crate) fn removed_up_to(next) {
        fr: "elle a été retirée\u{a0}; la suivante est L{next}",
        en: "it was removed; the next entry there is L{next}",
    }
    /// There are more or fewer than the head counts.
    pub(crate) fn other_count(counted, found) {
        fr: "la tête de la main courante compte {counted} écritures, il y en a {found}",
        en: "the ledger's head says {counted} entries, {found} are there",
    }
    /// The head has another seal.
    pub(crate) fn other_head() {
        fr: "la tête de la main courante n'a pas son sceau",
        en: "the ledger's head does not hold its seal",
    }
    /// It does not hold the seal that was printed.
    pub(crate) fn rewritten() { fr: "la main courante a été réécrite", en: "the ledger was rewritten" }
    /// The seal that was printed.
    pub(crate) fn lacks(seal) { fr: "aucune écriture n'a le sceau {seal}", en: "no entry has the seal {seal}" }
    /// Entries were lost with a damaged store.
    pub(crate) fn missing(count) {
        fr: "{count} écriture a été perdue avec une base abîmée, comme l'écriture store.set_aside le dit"
            | "{count} écritures ont été perdues avec une base abîmée, comme l'écriture store.set_aside le dit",
        en: "{count} entry was lost with a damaged store, as the entry store.set_aside says"
            | "{count} entries were lost with a damaged store, as the entry store.set_aside says",
    }
}
