//! What is wrong with a store.

use super::words;
use crate::base::cause::Cause;
use crate::base::language::Text;

words! {
    /// The folder cannot be made or written.
    pub(crate) fn folder(folder, why) {
        fr: "impossible d'utiliser le dossier d'état {folder}\u{a0}: {why}",
        en: "cannot use the state folder {folder}: {why}",
    }
    /// Another vigie holds it.
    pub(crate) fn taken(folder) {
        fr: "le dossier d'état {folder} est utilisé par un autre vigie ; arrêtez d'abord celui-là, ou donnez à ce site un `state:` à lui",
        en: "the state folder {folder} is in use by another vigie; stop that one first, or give this site its own `state:`",
    }
    /// Not a file of ours.
    pub(crate) fn foreign(file, version) {
        fr: "{file} n'est pas une base de vigie, ou d'un vigie plus récent (version des tables {version})",
        en: "{file} is not a store of vigie, or of a newer one (table version {version})",
    }
    /// There is none yet.
    pub(crate) fn absent(file) {
        fr: "il n'y a pas de base dans {file}\u{a0}: «\u{a0}vigie run\u{a0}» a-t-il été lancé ici\u{a0}?",
        en: "there is no store at {file}: has `vigie run` been started here?",
    }
    /// It belongs to another account.
    pub(crate) fn not_yours(file) {
        fr: "ce compte ne peut pas utiliser la base {file}\u{a0}: lancez la commande sous le compte de «\u{a0}vigie run\u{a0}»",
        en: "this account may not use the store at {file}: run the command as the account that runs `vigie run`",
    }
    /// Something else has its name.
    pub(crate) fn not_a_store(file) {
        fr: "{file} n'est pas une base\u{a0}: déplacez-le, ou restaurez-la depuis une sauvegarde",
        en: "{file} is not a store: move it away, or restore it from a backup",
    }
    /// Another file stands in its place.
    pub(crate) fn displaced(file) {
        fr: "{file} n'est pas la base que ce vigie a ouverte\u{a0}: remettez celle-là, ou redémarrez vigie pour continuer avec celle-ci",
        en: "{file} is not the store that this vigie opened: put that one back, or start vigie again to go on with this one",
    }
    /// The ledger is sealed with a key that is not here.
    pub(crate) fn keyless() {
        fr: "la main courante est scellée avec la clé du site, et le fichier «\u{a0}key\u{a0}» n'est pas à côté de la base ou ne \
             peut pas être lu\u{a0}: sans elle, rien ne peut être vérifié",
        en: "the ledger is sealed with the site's key, and the file `key` is not beside the store or may not be read: without \
             it nothing can be verified",
    }
    /// It is only in memory.
    pub(crate) fn nowhere() {
        fr: "cette base n'a pas de dossier où garder une clé",
        en: "this store has no folder of its own to keep a key in",
    }
    /// The database says no.
    pub(crate) fn broken(why) {
        fr: "la base ne peut être ni lue ni écrite\u{a0}: {why}",
        en: "the store cannot be read or written: {why}",
    }
    /// Its pages do not hang together.
    pub(crate) fn unsound(found) {
        fr: "la base est abîmée\u{a0}: {found}",
        en: "the store is damaged: {found}",
    }
    /// A row makes no sense.
    pub(crate) fn row(table) {
        fr: "la base contient une ligne de la table `{table}` qui ne peut pas être lue",
        en: "the store holds a row of table `{table}` that cannot be read",
    }

    fn full() { fr: "il n'y a plus de place sur le disque", en: "there is no room left on the disk" }
    fn locked() { fr: "un autre programme la tient", en: "another program holds it" }
    fn damaged() { fr: "elle est abîmée", en: "it is damaged" }
    fn denied() { fr: "vigie n'a pas le droit d'y écrire", en: "vigie may not write there" }
    fn another() { fr: "un autre fichier est à sa place", en: "another file stands in its place" }
    fn disk() { fr: "le disque ne répond pas comme il faut", en: "the disk does not answer as it should" }
    fn other() { fr: "la cause n'est pas connue", en: "the cause is not known" }

    fn make_room(folder) {
        fr: "Libérez de la place sur le disque du dossier {folder} (`df -h`), par exemple d'anciens journaux.",
        en: "Free space on the disk of the folder {folder} (`df -h`), of old logs for example.",
    }
    fn let_go(folder) {
        fr: "Cherchez quel programme tient {folder}/vigie.db (`fuser`), par exemple une sauvegarde, et arrêtez-le.",
        en: "Find out which program holds {folder}/vigie.db (`fuser`), a backup for example, and stop it.",
    }
    fn let_go_of(folder, holders) {
        fr: "{holders} tient {folder}/vigie.db\u{a0}: arrêtez ce programme.",
        en: "{holders} holds {folder}/vigie.db: stop that program.",
    }
    fn mend(folder) {
        fr: "Regardez le disque du dossier {folder} (`dmesg`)\u{a0}: il peut être en train de lâcher.",
        en: "Look at the disk of the folder {folder} (`dmesg`): it may be failing.",
    }
    fn permit(folder) {
        fr: "Rendez le dossier {folder} et ses fichiers au compte de vigie, et regardez si le disque est monté en lecture \
             seule (`mount`).",
        en: "Give the folder {folder} and its files back to the account of vigie, and look whether the disk is mounted \
             read-only (`mount`).",
    }
    fn put_back(folder) {
        fr: "Remettez dans {folder} le fichier vigie.db qui y était, ou redémarrez vigie pour continuer avec celui qui y est.",
        en: "Put the file vigie.db that was there back into {folder}, or start vigie again to go on with the one that is there.",
    }
    fn look(folder) {
        fr: "Regardez le dossier {folder} et son disque (`vigie status`, `dmesg`).",
        en: "Look at the folder {folder} and its disk (`vigie status`, `dmesg`).",
    }

    /// The title of the alert that nothing can be kept.
    pub(crate) fn not_kept_title(cause) {
        fr: "la base de vigie ne peut plus être écrite\u{a0}: {cause}",
        en: "the store of vigie cannot be written any more: {cause}",
    }
    /// What it means that nothing can be kept.
    pub(crate) fn not_kept(remedy) {
        fr: "vigie continue de lire les journaux et de prévenir, de mémoire. Mais si cette machine ou vigie s'arrête \
             maintenant, ce qui s'est passé depuis est oublié\u{a0}: des personnes seront prévenues deux fois, et qui s'en \
             occupe ne sera plus connu. {remedy}",
        en: "vigie goes on reading logs and warning people, from memory. But should this machine or vigie stop now, what \
             happened since is forgotten: people will be told twice, and who has it will not be known. {remedy}",
    }
}

/// What keeps the store from being used.
pub(crate) fn cause(cause: Cause) -> Text {
    match cause {
        Cause::Full => full(),
        Cause::Locked => locked(),
        Cause::Damaged => damaged(),
        Cause::Denied => denied(),
        Cause::Displaced => another(),
        Cause::Disk => disk(),
        Cause::Other => other(),
    }
}

/// What to do about it. `holders` are the programs that hold the store, where they are known.
pub(crate) fn remedy(cause: Cause, folder: &str, holders: &str) -> Text {
    match cause {
        Cause::Full => make_room(folder),
        Cause::Locked if holders.is_empty() => let_go(folder),
        Cause::Locked => let_go_of(folder, holders),
        Cause::Damaged => mend(folder),
        Cause::Denied => permit(folder),
        Cause::Displaced => put_back(folder),
        Cause::Disk | Cause::Other => look(folder),
    }
}
