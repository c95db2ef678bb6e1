//! What became of a letter, as the ledger keeps it: what a channel answered, and why it did not take it. What relays and
//! libraries say themselves is quoted as it is.

use super::words;

words! {
    /// Where or when something happened, and what.
    pub(crate) fn at(place, what) { fr: "{place}\u{a0}: {what}", en: "{place}: {what}" }

    /// An address that the channel has no use for.
    pub(crate) fn only_folder() {
        fr: "un dossier n'accepte que les messages qui lui sont adressés",
        en: "a folder takes only pages that are addressed to it",
    }
    /// An address that the channel has no use for.
    pub(crate) fn no_mail_address() { fr: "le courriel demande une adresse de courriel", en: "mail needs a mail address" }
    /// An address that the channel has no use for.
    pub(crate) fn no_number() {
        fr: "un SMS demande un numéro de mobile",
        en: "text messages need a mobile number",
    }
    /// An address that is none.
    pub(crate) fn bad_mail_address() { fr: "ce n'est pas une adresse de courriel", en: "this is not a mail address" }
    /// A number that cannot be dialled from everywhere.
    pub(crate) fn bad_number() {
        fr: "le numéro n'est pas sous forme internationale\u{a0}: écrivez-le comme +33600000001",
        en: "the number is not in international form: write it as +33600000001",
    }
    /// A message that cannot be put into the form of mail.
    pub(crate) fn not_built(why) {
        fr: "le message n'a pas pu être composé\u{a0}: {why}",
        en: "the message cannot be built: {why}",
    }

    /// The folder is missing, and stays so.
    pub(crate) fn no_folder(folder, why) {
        fr: "impossible de créer le dossier {folder}\u{a0}: {why}",
        en: "cannot make the folder {folder}: {why}",
    }
    /// Nothing can be put there.
    pub(crate) fn not_put(folder, why) {
        fr: "impossible d'écrire dans {folder}\u{a0}: {why}",
        en: "cannot write into {folder}: {why}",
    }
    /// It was put there, and may be lost in a power cut.
    pub(crate) fn not_sure(folder, why) {
        fr: "rien ne garantit que {folder} l'ait gardé\u{a0}: {why}",
        en: "cannot make sure of {folder}: {why}",
    }
    /// Whoever empties the folder could not read what is put there.
    pub(crate) fn left_out(owner, group, why) {
        fr: "{owner} ne pourrait pas lire ce qui y est déposé, et cela ne peut pas être donné au groupe {group}\u{a0}: {why}",
        en: "{owner} could not read what is put there, and it cannot be given to the group {group}: {why}",
    }
    /// A text message waits for whoever sends it.
    pub(crate) fn in_spool(letter) { fr: "{letter} est dans le répertoire d'envoi", en: "{letter} in the spool" }

    /// The modem's daemon moved it to what was sent.
    pub(crate) fn modem_sent(letter) { fr: "{letter} envoyé par le modem", en: "{letter} sent by the modem" }
    /// It is in no folder any more.
    pub(crate) fn left_spool(letter) {
        fr: "{letter} a quitté le répertoire d'envoi (rien ne dit s'il a été envoyé)",
        en: "{letter} left the spool (nothing says whether it was sent)",
    }
    /// The modem's daemon moved it to what cannot be sent.
    pub(crate) fn modem_refused(letter) {
        fr: "{letter} refusé par le modem ou le réseau mobile",
        en: "{letter} refused by the modem or the mobile network",
    }

    /// A step towards a relay.
    pub(crate) fn connecting() { fr: "connexion impossible", en: "cannot connect" }
    /// A relay whose name leads nowhere.
    pub(crate) fn no_such_host(said) {
        fr: "ce nom n'a pas d'adresse ({said})",
        en: "that name has no address ({said})",
    }
    /// A step towards a relay.
    pub(crate) fn encrypting() { fr: "chiffrement impossible", en: "cannot encrypt" }
    /// A step of a conversation with a relay.
    pub(crate) fn greeting() { fr: "à l'accueil", en: "at the greeting" }
    /// A step of a conversation with a relay.
    pub(crate) fn starttls() { fr: "à STARTTLS", en: "at STARTTLS" }
    /// A step of a conversation with a relay.
    pub(crate) fn login() { fr: "à l'authentification", en: "at the login" }
    /// A step of a conversation with a relay.
    pub(crate) fn sender() { fr: "à l'expéditeur", en: "at the sender" }
    /// A step of a conversation with a relay.
    pub(crate) fn recipient() { fr: "au destinataire", en: "at the recipient" }
    /// A step of a conversation with a relay.
    pub(crate) fn message() { fr: "au message", en: "at the message" }
    /// A step of a conversation with a relay.
    pub(crate) fn end() { fr: "à la fin du message", en: "at the end of the message" }

    /// A relay said no, for now.
    pub(crate) fn for_now(code, said) { fr: "refus provisoire ({code})\u{a0}: {said}", en: "refused for now ({code}): {said}" }
    /// A relay said no.
    pub(crate) fn for_ever(code, said) { fr: "refus définitif ({code})\u{a0}: {said}", en: "refused for good ({code}): {said}" }
    /// A relay said no, to everything of this kind: it is asked again all the same.
    pub(crate) fn refused(code, said) { fr: "refus ({code})\u{a0}: {said}", en: "refused ({code}): {said}" }
    /// A relay says yes to something else.
    pub(crate) fn no_answer(code) { fr: "{code} n'est pas une réponse à cela", en: "{code} is no answer to that" }
    /// What a relay says has not the form of an answer.
    pub(crate) fn unreadable(said) { fr: "réponse incompréhensible\u{a0}: {said}", en: "unreadable answer: {said}" }
    /// A relay speaks when it was not asked.
    pub(crate) fn out_of_turn() {
        fr: "le relais a répondu à ce qui ne lui était pas demandé",
        en: "the relay answered what it was not asked",
    }
    /// A relay elsewhere, where only one on this machine may be.
    pub(crate) fn elsewhere() {
        fr: "ce n'est pas cette machine, et le message partirait en clair",
        en: "not this machine, and mail would leave in clear",
    }
    /// A relay that cannot encrypt.
    pub(crate) fn no_starttls() {
        fr: "STARTTLS n'est pas proposé, et le message partirait en clair",
        en: "no STARTTLS is offered, and mail would leave in clear",
    }

    /// The channel was taken out of the site's files.
    pub(crate) fn no_channel(channel) {
        fr: "vigie.yaml n'a plus de canal {channel}",
        en: "vigie.yaml has no channel {channel} any more",
    }
    /// The person was taken out of the site's files.
    pub(crate) fn no_person(person) {
        fr: "{person} n'est plus dans people.yaml",
        en: "{person} is not in people.yaml any more",
    }
    /// The address was taken out of the site's files.
    pub(crate) fn no_address_now(person, channel) {
        fr: "{person} n'a plus d'adresse pour {channel}",
        en: "{person} has no address for {channel} any more",
    }
    /// Nobody can be reached that way.
    pub(crate) fn no_address() { fr: "pas d'adresse", en: "no address" }
    /// A mistake in vigie.
    pub(crate) fn broke() {
        fr: "le canal s'est arrêté en envoyant le message ; c'est une erreur de vigie",
        en: "the channel broke while it sent the letter; this is a mistake in vigie",
    }
    /// A channel without a word.
    pub(crate) fn silent() {
        fr: "le canal n'a jamais dit ce qu'il en était",
        en: "the channel never said what became of it",
    }
    /// Nobody wants the page any more.
    pub(crate) fn unwanted() { fr: "plus nécessaire", en: "no longer needed" }
    /// A newer page about the same, to the same person by the same channel, has not left either.
    pub(crate) fn replaced() {
        fr: "remplacé par un message plus récent sur la même alerte",
        en: "replaced by a newer message about the same alert",
    }
    /// Nobody wants the page any more.
    pub(crate) fn drill_over() { fr: "l'exercice est terminé", en: "the drill is over" }

    /// A row that is no page.
    pub(crate) fn unreadable_row() {
        fr: "sa ligne dans la base est illisible",
        en: "its row in the store cannot be read",
    }
    /// A row that is no page.
    pub(crate) fn not_a_page(why) { fr: "ce n'est pas un message\u{a0}: {why}", en: "this is not a page: {why}" }
    /// A page of an exercise that does not say so.
    pub(crate) fn unmarked(page) {
        fr: "le message {page} d'un exercice n'en porte pas la marque",
        en: "page {page} of an exercise lacks its marking",
    }
    /// A live page that says it is an exercise.
    pub(crate) fn marked_live(page) {
        fr: "le message réel {page} porte la marque d'un exercice",
        en: "live page {page} carries the marking of an exercise",
    }
    /// The allow list does not admit it.
    pub(crate) fn not_admitted(page, person, channel) {
        fr: "le message {page} d'un exercice n'a pas le droit d'atteindre {person} par {channel}",
        en: "page {page} of an exercise may not reach {person} by {channel}",
    }
}
