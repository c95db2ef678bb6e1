//! What a running daemon tells whoever watches it.

use super::words;

words! {
    /// A source cannot be read as it should.
    pub(crate) fn source_trouble(source, file, what, remedy) {
        fr: "source {source} : {file} : {what} {remedy}",
        en: "source {source}: {file}: {what} {remedy}",
    }
    /// The format of a source was found out.
    pub(crate) fn source_picked(source, format) {
        fr: "source {source} : lue comme {format}",
        en: "source {source}: reads as {format}",
    }
    /// A first line is not of the format.
    pub(crate) fn source_misread(source, format, why) {
        fr: "source {source} : une ligne n'est pas du format {format} : {why} ; de telles lignes sont comptées et regardées telles quelles",
        en: "source {source}: a line is not {format}: {why}; such lines are counted and looked at as they stand",
    }
    /// A source is ahead of the clock.
    pub(crate) fn source_ahead(source, seconds) {
        fr: "source {source} : une ligne est en avance de {seconds} s sur l'horloge de cette machine ; de telles lignes \
             comptent à leur arrivée. Vérifiez cette horloge, ou la clé `zone:` de la source dans vigie.yaml",
        en: "source {source}: a line is {seconds} s ahead of this machine's clock; such lines count from when they \
             arrive. Look at that clock, or at the `zone:` of the source in vigie.yaml",
    }
    /// A page is delayed.
    pub(crate) fn page_delayed(page, to, channel, why) {
        fr: "{page} à {to} par {channel} : {why} ; de nouveaux essais suivent jusqu'à ce qu'il arrive",
        en: "{page} to {to} by {channel}: {why}; tried again until it arrives",
    }
    /// A page failed.
    pub(crate) fn page_failed(page, to, channel, why) {
        fr: "{page} à {to} par {channel} a échoué : {why}",
        en: "{page} to {to} by {channel} failed: {why}",
    }
    /// A page found in the store is not sent.
    pub(crate) fn page_not_sent(page, to, channel, why) {
        fr: "{page} à {to} par {channel} n'est pas envoyé : {why}",
        en: "{page} to {to} by {channel} is not sent: {why}",
    }
    /// A drill is over.
    pub(crate) fn drill_over(drill) {
        fr: "{drill} est terminé ; son rapport : vigie drill report {drill}",
        en: "{drill} is over; its report: vigie drill report {drill}",
    }
    /// A drill cannot go on.
    pub(crate) fn drill_lost(drill, why) {
        fr: "{drill} ne peut pas continuer : {why} ; il est terminé",
        en: "{drill} cannot go on: {why}; it is over",
    }
    /// Why a drill cannot go on: its row.
    pub(crate) fn lost_row() {
        fr: "ce qui en a été conservé ne peut pas être lu",
        en: "its row in the store cannot be read",
    }
    /// Why a drill cannot go on: its playbook.
    pub(crate) fn lost_playbook() {
        fr: "cette version ne peut pas lire son scénario",
        en: "this version cannot read its playbook",
    }
    /// An alert set out on another chain.
    pub(crate) fn chain_replaced(alert, from, why, to) {
        fr: "{alert} était sur la chaîne {from} : {why} ; elle repart sur {to}",
        en: "{alert} was on chain {from}: {why}; it sets out anew on {to}",
    }
    /// An alert has no chain any more.
    pub(crate) fn chain_gone(alert, from, why) {
        fr: "{alert} était sur la chaîne {from} : {why} ; aucune chaîne ne prend son niveau : PERSONNE n'est prévenu",
        en: "{alert} was on chain {from}: {why}; no chain takes alerts of its level: NOBODY is paged about it",
    }
    /// Why an alert set out anew: it could not be read.
    pub(crate) fn replaced_unreadable() {
        fr: "son avancement ne peut pas être lu",
        en: "how far it was cannot be read",
    }
    /// Why an alert set out anew: its chain is gone.
    pub(crate) fn replaced_went_on() { fr: "cela continue après sa fin", en: "it goes on after its end" }
    /// Why an alert set out anew: its chain.
    pub(crate) fn replaced_gone() {
        fr: "la chaîne n'est plus dans chains.yaml",
        en: "the chain is not in chains.yaml any more",
    }
    /// The clock was set back.
    pub(crate) fn clock_set_back(far) {
        fr: "l'horloge de la machine a été reculée de {far} ; les délais des chaînes et des exercices n'en sont pas changés",
        en: "the machine's clock was set back by {far}; the deadlines of chains and exercises are as they were",
    }
    /// The clock was set forward.
    pub(crate) fn clock_set_forward(far) {
        fr: "l'horloge de la machine a été avancée de {far} ; les délais des chaînes et des exercices n'en sont pas changés",
        en: "the machine's clock was set forward by {far}; the deadlines of chains and exercises are as they were",
    }
    /// The store was put back.
    pub(crate) fn store_put_back() {
        fr: "les données ont été effacées pendant que vigie tournait ; elles ont été remises avec tout leur contenu, rien \
             n'est perdu. Cherchez qui efface le dossier d'état : ce qui est effacé quand vigie ne tourne pas le reste",
        en: "the store was deleted while vigie ran; it was put back with all it held, nothing was lost. Find out who \
             deletes the state folder: what is deleted while vigie does not run stays deleted",
    }
    /// The store cannot be written.
    pub(crate) fn store_trouble(cause, why) {
        fr: "la base ne peut pas être écrite : {cause} ({why}) ; vigie lit et prévient de mémoire, et essaie de nouveau \
             chaque seconde. Ce qui n'est pas écrit serait oublié si vigie s'arrêtait",
        en: "the store cannot be written: {cause} ({why}); vigie reads and warns from memory, and tries again each second. \
             What is not written would be forgotten if vigie stopped",
    }
    /// The store can be written again.
    pub(crate) fn store_well() {
        fr: "la base peut de nouveau être écrite ; ce qui attendait en mémoire est enregistré",
        en: "the store can be written again; what waited in memory is kept",
    }
    /// Entries are missing in the ledger.
    pub(crate) fn entries_omitted(count) {
        fr: "{count} écriture de la main courante n'a pas pu attendre en mémoire et manque"
            | "{count} écritures de la main courante n'ont pas pu attendre en mémoire et manquent",
        en: "{count} entry of the ledger could not wait in memory and is missing"
            | "{count} entries of the ledger could not wait in memory and are missing",
    }
    /// An alert in the store cannot be read.
    pub(crate) fn alert_unreadable(alert) {
        fr: "l'alerte {alert} ne peut pas être relue ; elle est laissée telle quelle",
        en: "alert {alert} in the store cannot be read; it is left as it is",
    }
    /// Files were taken up.
    pub(crate) fn reloaded(what) { fr: "rechargé : {what}", en: "reloaded: {what}" }
    /// Files were not taken up.
    pub(crate) fn not_reloaded(count) {
        fr: "non rechargé : {count} obstacle ; rien n'a été pris en compte"
            | "non rechargé : {count} obstacles ; rien n'a été pris en compte",
        en: "not reloaded: {count} reason why not; nothing was taken up"
            | "not reloaded: {count} reasons why not; nothing was taken up",
    }
    /// Windows are thrown away.
    pub(crate) fn evicted(windows, kept) {
        fr: "des règles qui comptent sur plusieurs événements ont oublié {windows} fenêtres avant leur terme, car {kept} \
             au plus sont gardées ; cherchez une règle dont `group-by` a trop de valeurs, ou un attaquant qui en invente",
        en: "rules that count over many events forgot {windows} windows before their time, because {kept} are kept at \
             most; look for a rule whose `group-by` has too many values, or for an attacker who makes them up",
    }
    /// Something that cannot be.
    pub(crate) fn inconsistent(what, of) {
        fr: "ERREUR DE VIGIE, à signaler : {what} ({of})",
        en: "A MISTAKE IN VIGIE, please report it: {what} ({of})",
    }
    /// A channel cannot be used.
    pub(crate) fn channel_shut(channel, why) {
        fr: "le canal {channel} est inutilisable : {why}",
        en: "channel {channel} cannot be used: {why}",
    }
    /// A card was written.
    pub(crate) fn card(drill, path) {
        fr: "{drill} : fiche pour l'animateur : {path}",
        en: "{drill}: card for the facilitator: {path}",
    }
    /// A card could not be written.
    pub(crate) fn card_lost(drill, path, why) {
        fr: "{drill} : la fiche {path} ne peut pas être écrite : {why}",
        en: "{drill}: the card {path} cannot be written: {why}",
    }
    /// A line of a card that could not be written.
    pub(crate) fn card_line(drill, line) { fr: "{drill} | {line}", en: "{drill} | {line}" }
}
