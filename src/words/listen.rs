//! What can be wrong where messages of other machines are received, and what to do about it.

use super::words;

words! {
    /// An address without the way by which messages come.
    pub(crate) fn no_transport() {
        fr: "une adresse commence par udp://, tcp:// ou tls://",
        en: "an address begins with udp://, tcp:// or tls://",
    }
    /// An address without a port, or by name.
    pub(crate) fn no_socket_address() {
        fr: "il faut une adresse IP et un port, comme 0.0.0.0:5514 ou [::]:5514",
        en: "it takes an IP address and a port, such as 0.0.0.0:5514 or [::]:5514",
    }

    /// An address that cannot be had.
    pub(crate) fn taken(why) {
        fr: "vigie ne peut pas écouter à cette adresse : {why}.",
        en: "vigie cannot listen at this address: {why}.",
    }
    /// What to do then.
    pub(crate) fn mend_taken() {
        fr: "Cherchez quel programme l’écoute déjà (ss -lnptu) ; un port sous 1024 demande un droit (CAP_NET_BIND_SERVICE). \
             vigie réessaie toutes les 5 secondes.",
        en: "Find out which program listens there already (ss -lnptu); a port below 1024 takes a right \
             (CAP_NET_BIND_SERVICE). vigie tries again every 5 seconds.",
    }
    /// Datagrams that the system threw away.
    pub(crate) fn dropped(count) {
        fr: "Le système a jeté {count} messages UDP que vigie n’a pas pris à temps : ils sont perdus.",
        en: "The system threw away {count} UDP messages that vigie did not take in time: they are lost.",
    }
    /// What to do then.
    pub(crate) fn mend_dropped() {
        fr: "Préférez tcp:// pour cet émetteur ; sinon, donnez plus de place (sysctl net.core.rmem_max=33554432) et cherchez qui envoie tant.",
        en: "Prefer tcp:// for this sender; otherwise give more room (sysctl net.core.rmem_max=33554432) and find out who sends so much.",
    }
    /// Bytes that are no messages.
    pub(crate) fn no_text() {
        fr: "Cet émetteur envoie autre chose que des messages : la connexion est fermée.",
        en: "This sender sends something else than messages: the connection is closed.",
    }
    /// What to do then.
    pub(crate) fn mend_no_text() {
        fr: "S’il chiffre (TLS), envoyez-le vers une adresse tls:// ; sinon, cherchez ce qui se connecte de là.",
        en: "If it encrypts (TLS), point it to a tls:// address; otherwise find out what connects from there.",
    }
    /// A wrong count.
    pub(crate) fn wrong_count() {
        fr: "Cet émetteur annonce de fausses longueurs de messages : la connexion est fermée.",
        en: "This sender announces wrong lengths of messages: the connection is closed.",
    }
    /// What to do then.
    pub(crate) fn mend_wrong_count() {
        fr: "Réglez-le sur une ligne par message (LF), ou mettez-le à jour.",
        en: "Set it to one line for each message (LF), or update it.",
    }
    /// What comes rests nowhere until it is kept.
    pub(crate) fn unspooled(why) {
        fr: "Ce qui arrive est lu et surveillé, mais ne peut pas être mis à l’abri : {why}. Un arrêt brutal de vigie en perdrait.",
        en: "What comes is read and watched, but cannot be put in safety: {why}. If vigie were killed, some of it would be lost.",
    }
    /// What to do then.
    pub(crate) fn mend_unspooled() {
        fr: "Faites de la place sur le disque du dossier d’état ; vigie reprend seul.",
        en: "Make room on the disk of the state folder; vigie goes on by itself.",
    }
    /// Part of a spool that is none.
    pub(crate) fn unreadable(bytes) {
        fr: "{bytes} octets de messages mis à l’abri ne peuvent pas être relus : ils sont perdus.",
        en: "{bytes} bytes of messages put in safety cannot be read back: they are lost.",
    }
    /// What to do then.
    pub(crate) fn mend_unreadable() {
        fr: "Vérifiez le disque, et que le fichier « key » du dossier d’état n’a pas été remplacé.",
        en: "Check the disk, and that the file \"key\" of the state folder was not replaced.",
    }
    /// No agreement on encryption.
    pub(crate) fn refused(why) {
        fr: "Cet émetteur est refusé : {why}.",
        en: "This sender is refused: {why}.",
    }
    /// What to do then.
    pub(crate) fn mend_refused() {
        fr: "S’il est de l’établissement, donnez-lui un certificat de l’autorité nommée sous `clients`, et vérifiez sa date ; \
             sinon, cherchez ce qui se connecte de là.",
        en: "If it is one of yours, give it a certificate of the authority named under `clients`, and check its dates; \
             otherwise find out what connects from there.",
    }
    /// Certificates that cannot be used.
    pub(crate) fn certificate(why) {
        fr: "Les certificats ne peuvent pas être pris : {why}.",
        en: "The certificates cannot be used: {why}.",
    }
    /// What to do then.
    pub(crate) fn mend_certificate() {
        fr: "Corrigez ces fichiers (PEM, lisibles par le compte de vigie) ; ils sont relus tout seuls.",
        en: "Correct these files (PEM, readable by vigie’s account); they are read again by themselves.",
    }
    /// Too many connections.
    pub(crate) fn crowded(most) {
        fr: "Il y a déjà {most} connexions : celle-ci est refusée.",
        en: "There are {most} connections already: this one is turned away.",
    }
    /// What to do then.
    pub(crate) fn mend_crowded() {
        fr: "Cherchez qui en ouvre tant (ss -tn) ; un pare-feu ne devrait laisser venir que les émetteurs connus.",
        en: "Find out who opens so many (ss -tn); a firewall should let known senders in only.",
    }
}
