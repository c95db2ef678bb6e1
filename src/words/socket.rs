//! What is said about the local socket, and about the folder that vigie keeps its state in.

use super::words;

words! {
    /// Nobody can answer: no daemon runs.
    pub(crate) fn nobody(path) {
        fr: "aucune vigie ne répond sur {path} : lancez-la avec `vigie run`",
        en: "no daemon answers at {path}: start it with `vigie run`",
    }
    /// A daemon was there, and ended badly.
    pub(crate) fn left_behind(path) {
        fr: "personne n'écoute sur {path} : la vigie qui l'avait ouvert s'est arrêtée sans le retirer ; relancez-la avec \
             `vigie run`",
        en: "nobody listens at {path}: the daemon that opened it ended without taking it away; start it again with \
             `vigie run`",
    }
    /// The system does not let this account in.
    pub(crate) fn not_allowed(path, own, owner) {
        fr: "accès refusé à {path} : le compte {own} ne peut pas parler à la vigie du compte {owner} ; agissez en tant que \
             {owner}, ou entrez dans le groupe que `socket: {{group: …}}` nomme dans vigie.yaml",
        en: "permission denied at {path}: the account {own} may not speak to the daemon of the account {owner}; act as \
             {owner}, or join the group that `socket: {{group: …}}` of vigie.yaml names",
    }
    /// The system does not let this account in; it names who may.
    pub(crate) fn not_in_group(path, own, owner, group) {
        fr: "accès refusé à {path} : le compte {own} n'est pas dans le groupe {group}, dont les membres parlent à la vigie \
             du compte {owner} ; agissez en tant que l'un d'eux, ou entrez dans ce groupe (et rouvrez votre session)",
        en: "permission denied at {path}: the account {own} is not in the group {group}, whose members may speak to the \
             daemon of the account {owner}; act as one of them, or join that group (and log in anew)",
    }
    /// A daemon is there and says nothing.
    pub(crate) fn mute(path, seconds, process) {
        fr: "la vigie de {path} (processus {process}) ne répond pas depuis {seconds} s : elle est suspendue ou débordée. \
             N'en lancez pas une autre. Ce qui était demandé n'est pas fait tant qu'elle ne l'a pas dit : regardez ensuite \
             avec `vigie status`",
        en: "the daemon at {path} (process {process}) does not answer in {seconds} s: it is suspended or overwhelmed. Do not \
             start another. What was asked for is not done unless it says so: look with `vigie status` afterwards",
    }
    /// Somebody else answers where the daemon should.
    pub(crate) fn stranger(path, account) {
        fr: "{path} est tenu par le compte {account}, et non par la vigie de ce site : rien ne lui a été dit",
        en: "{path} is held by the account {account}, not by the daemon of this site: nothing was said to it",
    }
    /// A conversation that broke off.
    pub(crate) fn broke_off(path, error) {
        fr: "la vigie de {path} n'a pas répondu : {error}",
        en: "the daemon at {path} did not answer: {error}",
    }
    /// A folder for the socket that is somebody's.
    pub(crate) fn not_ours(folder, account) {
        fr: "le dossier {folder} appartient au compte {account}, qui pourrait remplacer la prise locale",
        en: "the folder {folder} belongs to the account {account}, who could replace the socket",
    }
    /// A folder for the socket that anybody can write.
    pub(crate) fn open_to_all(folder) {
        fr: "tout le monde peut écrire dans le dossier {folder} et y remplacer la prise locale",
        en: "anybody can write to the folder {folder} and replace the socket in it",
    }
    /// A folder for the socket that holds other things.
    pub(crate) fn not_alone(folder) {
        fr: "le dossier {folder} contient autre chose : nommez un dossier réservé à la prise locale",
        en: "the folder {folder} holds other things: name one for the socket alone",
    }
    /// A group that this machine does not have.
    pub(crate) fn no_group(group) {
        fr: "cette machine n'a pas de groupe {group}",
        en: "this machine has no group {group}",
    }
    /// Something of vigie's own that others could read, and cannot any more.
    pub(crate) fn tightened(path, mode) {
        fr: "{path} était ouvert à d'autres comptes (mode {mode}) : il ne l'est plus",
        en: "{path} was open to other accounts (mode {mode}): it is not any more",
    }
    /// Something of vigie's own that others can read.
    pub(crate) fn left_open(path, mode, why) {
        fr: "{path} est ouvert à d'autres comptes (mode {mode}) et le reste : {why}",
        en: "{path} is open to other accounts (mode {mode}) and stays so: {why}",
    }
}
