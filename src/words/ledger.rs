//! What is said of the ledger.

use super::words;
use crate::base::fault::{Fault, Witness};
use crate::base::id::EntryId;
use crate::base::language::Text;

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
    /// It is sealed without the site's key.
    pub(crate) fn unkeyed() {
        fr: "elle est scellée sans la clé du site\u{a0}: quelqu'un qui n'a pas cette clé l'a écrite, ou un vigie d'une version \
             d'avant",
        en: "it is sealed without the site's key: somebody who has not that key wrote it, or a vigie of a version before",
    }
    /// It has another seal than it had once.
    pub(crate) fn differs(by) {
        fr: "elle n'a pas le sceau qu'elle avait d'après {by}\u{a0}: elle a été récrite",
        en: "it has not the seal that it had according to {by}: it was rewritten",
    }
    /// The ledger went on behind it once.
    pub(crate) fn cut(known, by) {
        fr: "elle n'est plus là, alors que la main courante allait jusqu'à {known} d'après {by}\u{a0}: la fin a été coupée, ou un \
             état plus ancien a été remis",
        en: "it is not there any more, although the ledger went up to {known} according to {by}: its end was cut off, or an \
             older state was put back",
    }
    /// What is to remember the last entry is not there.
    pub(crate) fn forgotten() {
        fr: "le fichier «\u{a0}head\u{a0}», qui à côté de la base retient la dernière écriture, manque ou n'est pas d'ici\u{a0}: des \
             écritures d'après peuvent avoir été coupées",
        en: "the file `head`, which beside the store remembers the last entry, is missing or not of this site: entries behind \
             it may have been cut off",
    }
    /// Who remembers: the file beside the store.
    pub(crate) fn beside() { fr: "le fichier «\u{a0}head\u{a0}» à côté de la base", en: "the file `head` beside the store" }
    /// Who remembers: the anchor, at some time.
    pub(crate) fn anchor_of(at) { fr: "l'ancre du {at}", en: "the anchor of {at}" }
    /// From which entry on they are sealed with the key.
    pub(crate) fn keyed_from(entry) {
        fr: "les écritures d'avant {entry} viennent d'une version sans clé\u{a0}: quiconque pouvait écrire la base alors a pu les \
             récrire jusque-là, mais plus depuis",
        en: "the entries before {entry} are of a version without a key: whoever could write the store then could rewrite them \
             up to there, but not since",
    }
    /// Nothing is sealed with a key.
    pub(crate) fn keyless() {
        fr: "elle n'est pas scellée avec une clé\u{a0}: quiconque peut écrire la base peut aussi tout récrire",
        en: "it is not sealed with a key: whoever can write the store can rewrite all of it",
    }
    /// It was found broken before.
    pub(crate) fn was_broken(count) {
        fr: "ATTENTION\u{a0}: {count} écriture ledger.broken dit qu'elle a été trouvée rompue\u{a0}; ce qui suit est intègre"
            | "ATTENTION\u{a0}: {count} écritures ledger.broken disent qu'elle a été trouvée rompue\u{a0}; ce qui suit est intègre",
        en: "NOTE: {count} entry ledger.broken says that it was found broken; what follows is whole"
            | "NOTE: {count} entries ledger.broken say that it was found broken; what follows is whole",
    }
    /// Bodies were erased.
    pub(crate) fn erased(count) {
        fr: "le contenu de {count} écriture a été effacé, comme une écriture ledger.erased le dit\u{a0}; son sceau tient"
            | "le contenu de {count} écritures a été effacé, comme des écritures ledger.erased le disent\u{a0}; leurs sceaux tiennent",
        en: "the body of {count} entry was erased, as an entry ledger.erased says; its seal holds"
            | "the bodies of {count} entries were erased, as entries ledger.erased say; their seals hold",
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
    /// What the operator is told of a ledger that is broken.
    pub(crate) fn broken_at(entry, what) {
        fr: "la main courante est rompue\u{a0}: écriture {entry}\u{a0}: {what}",
        en: "the ledger is broken: entry {entry}: {what}",
    }
    /// The title of the alert about a ledger that is broken.
    pub(crate) fn broken_title() {
        fr: "la main courante de vigie n'est plus ce qui a été écrit",
        en: "the ledger of vigie is not what was written any more",
    }
    /// What that means, and what to do first.
    pub(crate) fn broken_gestures(entry, what, folder) {
        fr: "Écriture {entry}\u{a0}: {what}. Quelqu'un a changé la base de vigie par ailleurs, ou une sauvegarde a été remise. \
             vigie continue de veiller et de prévenir. Gestes à faire d'abord\u{a0}: 1. Ne rien remettre en place\u{a0}; copier \
             le dossier {folder} tel quel, avec l'ancre. 2. Demander qui a remis une sauvegarde ou touché à ce dossier. 3. Si \
             personne ne l'a fait, traiter la machine comme compromise\u{a0}: changer ses mots de passe, et voir qui s'y est \
             connecté. 4. Comparer avec les sceaux au bas des mails et papiers d'avant\u{a0}: `vigie ledger verify --head SCEAU`.",
        en: "Entry {entry}: {what}. Somebody changed the store of vigie behind its back, or a backup was put back. vigie goes \
             on watching and warning. First: 1. Put nothing back; copy the folder {folder} as it is, and the anchor. 2. Ask who \
             put a backup back or touched that folder. 3. If nobody did, treat the machine as compromised: change its \
             passwords, and see who logged in. 4. Compare with the seals at the foot of mails and papers of before: `vigie \
             ledger verify --head SEAL`.",
    }
    /// The title of the alert about an anchor that cannot be written.
    pub(crate) fn no_anchor_title() {
        fr: "l'ancre de la main courante ne peut pas être écrite",
        en: "the anchor of the ledger cannot be written",
    }
    /// What that means.
    pub(crate) fn no_anchor(why) {
        fr: "{why}. Tant que cela dure, un état plus ancien de vigie remis en place ne se verrait qu'aux sceaux des mails et des \
             papiers. Voyez si le dossier nommé sous `ledger: anchor:` est là et si le compte de vigie peut y écrire\u{a0}; l'essai \
             suivant est demain, ou au prochain démarrage.",
        en: "{why}. While this lasts, an older state of vigie put back would show only by the seals on mails and papers. See \
             whether the folder named under `ledger: anchor:` is there and vigie's account may write to it; the next try is \
             tomorrow, or at the next start.",
    }
    /// The anchor cannot be read.
    pub(crate) fn unread_anchor(path, why) {
        fr: "l'ancre {path} ne peut pas être lue ({why})\u{a0}: rien d'ailleurs n'a donc été comparé",
        en: "the anchor {path} cannot be read ({why}): nothing from elsewhere was compared",
    }
    /// The foot of every mail and paper: where the ledger stood.
    pub(crate) fn foot(entry, seal) {
        fr: "Main courante\u{a0}: {entry}, sceau {seal}",
        en: "Ledger: {entry}, seal {seal}",
    }
    /// Something is written down.
    pub(crate) fn noted() { fr: "c'est écrit dans la main courante", en: "it is written in the ledger" }
    /// Something is written down about an alert.
    pub(crate) fn noted_of(alert) {
        fr: "c'est écrit dans la main courante, avec l'alerte {alert}",
        en: "it is written in the ledger, with alert {alert}",
    }
    /// It is written down, and may yet be forgotten.
    pub(crate) fn noted_unkept() { fr: "la note est reçue", en: "the note is taken" }
    /// So many bodies were erased.
    pub(crate) fn bodies_erased(count) {
        fr: "le contenu de {count} écriture est effacé" | "le contenu de {count} écritures est effacé",
        en: "the body of {count} entry is erased" | "the bodies of {count} entries are erased",
    }
    /// A time that lies ahead.
    pub(crate) fn not_yet() {
        fr: "une note dit ce qui est arrivé\u{a0}: son heure ne peut pas être à venir",
        en: "a note says what happened: its time cannot lie ahead",
    }
    /// Nothing says what to erase.
    pub(crate) fn erases_all() {
        fr: "dites ce qui est à effacer\u{a0}: --alert A3, ou --before 2025-01-01",
        en: "say what to erase: --alert A3, or --before 2025-01-01",
    }
}

/// What is wrong with an entry.
pub(crate) fn fault(entry: EntryId, what: &Fault) -> Text {
    match what {
        Fault::Time => no_time(),
        Fault::Column => no_column(),
        Fault::Rewritten => other_time(),
        Fault::Seal => other_seal(),
        Fault::Removed { next } if u64::try_from(*next) == Ok(entry.0 + 1) => removed(),
        Fault::Removed { next } => removed_up_to(next),
        Fault::Count { counted, found } => other_count(counted, found),
        Fault::Head => other_head(),
        Fault::Unkeyed => unkeyed(),
        Fault::Differs { by } => differs(witness(by)),
        Fault::Cut { known, by } => cut(EntryId(*known), witness(by)),
        Fault::Forgotten => forgotten(),
    }
}

/// Who remembers where the ledger stood.
fn witness(by: &Witness) -> Text {
    match by {
        Witness::Beside => beside(),
        Witness::Anchor(at) => anchor_of(at),
    }
}
