//! What is wrong with a store.

use super::words;

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
    /// A row makes no sense.
    pub(crate) fn row(table) {
        fr: "la base contient une ligne de la table `{table}` qui ne peut pas être lue",
        en: "the store holds a row of table `{table}` that cannot be read",
    }
}
