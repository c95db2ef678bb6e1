//! What is said of alerts.

use super::words;
use crate::base::language::Text;
use crate::base::tie::TieKind;

words! {
    /// A machine whose name is not known.
    fn this_machine() { fr: "cette machine", en: "this machine" }
    /// An account whose name is not known, behind "the account".
    fn account_concerned() { fr: "concerné", en: "concerned" }
    /// An address that is not known, behind "the address".
    fn address_concerned() { fr: "concernée", en: "concerned" }
    /// In front of the first gestures.
    pub(crate) fn gestures() { fr: "premiers gestes", en: "first gestures" }
    /// Who ticked a gesture, and when.
    pub(crate) fn ticked_by(who, when) { fr: "{who}, {when}", en: "{who}, {when}" }
    /// How to tick one.
    pub(crate) fn how_to_tick(alert) {
        fr: "cochez avec «\u{a0}vigie alert tick {alert} NUMÉRO\u{a0}»",
        en: "tick with `vigie alert tick {alert} NUMBER`",
    }
    /// What an alert means that no rule found.
    pub(crate) fn raised_by_hand() { fr: "Alerte donnée par une personne.", en: "Raised by a person." }
    /// A real line that is a copy of one of an exercise.
    pub(crate) fn copy_of_exercise(drill) {
        fr: "ATTENTION\u{a0}: cette ligne porte la signature de l'exercice {drill}\u{a0}; une copie\u{a0}? Elle est traitée \
             comme réelle, car un attaquant peut copier aussi.",
        en: "NOTE: this line carries the signature of exercise {drill}; a copy? It is taken as real, since an attacker can \
             copy too.",
    }
    /// A real line with a mark of an exercise that does not verify.
    pub(crate) fn unproven_exercise() {
        fr: "ATTENTION\u{a0}: cette ligne porte une marque d'exercice qui n'est pas authentique\u{a0}; elle est traitée comme \
             réelle.",
        en: "NOTE: this line carries a mark of an exercise that is not genuine; it is taken as real.",
    }
    /// It is no attack.
    pub(crate) fn verdict_false() { fr: "Fausse alerte", en: "False alarm" }
    /// Nobody knows yet whether it is an attack.
    pub(crate) fn verdict_open() { fr: "À vérifier", en: "To be checked" }
    /// It is an attack.
    pub(crate) fn verdict_confirmed() { fr: "Attaque confirmée", en: "Attack confirmed" }
    /// A machine.
    fn machine() { fr: "machine", en: "machine" }
    /// An account.
    fn account() { fr: "compte", en: "account" }
    /// An address.
    fn address() { fr: "adresse", en: "address" }
    /// A folder.
    fn path() { fr: "chemin", en: "path" }
    /// A shared folder.
    fn share() { fr: "partage", en: "share" }
    /// Who raised it.
    fn raised_by() { fr: "donnée par", en: "raised by" }
    /// Who saw it.
    fn seen_by() { fr: "signalée par", en: "reported by" }
    /// The list of all alerts is empty.
    pub(crate) fn none_yet() { fr: "aucune alerte pour l'instant", en: "no alert yet" }
    /// The list of open alerts is empty.
    pub(crate) fn none_open() { fr: "aucune alerte ouverte", en: "no open alert" }
    /// `--all` found none.
    pub(crate) fn none_of_these() { fr: "aucune alerte n'attend cela", en: "no alert waits for that" }
    /// Further subjects of an alert.
    pub(crate) fn and_others(count) {
        fr: " et {count} autre" | " et {count} autres",
        en: " and {count} other" | " and {count} others",
    }
    /// Somebody ended it.
    pub(crate) fn over() { fr: "terminée", en: "over" }
    /// Somebody said "I have it".
    pub(crate) fn has_it(who) { fr: "{who} s'en occupe", en: "{who} has it" }
    /// Somebody has it, and since when.
    pub(crate) fn has_it_since(who, when) { fr: "{who} s'en occupe depuis le {when}", en: "{who} has it since {when}" }
    /// Who has it is asked again.
    pub(crate) fn asked_again(who) { fr: "on redemande à {who}, qui s'en occupait", en: "asking {who} again, who had it" }
    /// Who has it hands it on.
    pub(crate) fn handed_to(who, to) { fr: "{who} la passe à {to}", en: "{who} hands it on to {to}" }
    /// Somebody is waited for.
    pub(crate) fn asked(who) { fr: "réponse de {who} attendue", en: "waiting for {who}" }
    /// Somebody is waited for, and until when.
    pub(crate) fn asked_until(who, until) {
        fr: "réponse de {who} attendue avant le {until}",
        en: "waiting for {who} until {until}",
    }
    /// Nobody answered up to the end.
    pub(crate) fn unanswered_until(again) {
        fr: "personne n'a répondu\u{a0}; on recommence le {again}",
        en: "nobody answered; it begins once more on {again}",
    }
    /// It waits for the hours of its chain.
    pub(crate) fn waits_until(until) { fr: "attend le {until}", en: "waits until {until}" }
    /// A silence holds it.
    pub(crate) fn silenced_until(until) { fr: "en silence jusqu'au {until}", en: "silenced until {until}" }
    /// Whether personal data are touched.
    pub(crate) fn personal_data() { fr: "Données personnelles touchées", en: "Personal data touched" }
    /// Whether care is touched.
    pub(crate) fn care() { fr: "Soins touchés", en: "Care touched" }
    /// Yes.
    pub(crate) fn yes() { fr: "oui", en: "yes" }
    /// No.
    pub(crate) fn no() { fr: "non", en: "no" }
    /// Where the line stands.
    pub(crate) fn source_at(source, place) { fr: "source {source}, {place}", en: "source {source}, {place}" }
    /// Nobody said "I have it" yet.
    pub(crate) fn nobody_has_it() { fr: "personne ne s'en occupe", en: "nobody has it" }
    /// It climbs no chain.
    pub(crate) fn no_chain() {
        fr: "aucune chaîne ne la prend\u{a0}: personne n'est prévenu",
        en: "no chain takes it: nobody is told",
    }
    /// When it happened.
    pub(crate) fn span(first, last, raised) {
        fr: "du {first} au {last}, donnée le {raised}",
        en: "from {first} to {last}, raised {raised}",
    }
    /// Where the lines came from.
    pub(crate) fn source(source) { fr: "source {source}", en: "source {source}" }
    /// The rule that matched.
    pub(crate) fn rule(rule) { fr: "règle {rule}", en: "rule {rule}" }
    /// The rule that matched, and who wrote it: licences of public rules ask for it.
    pub(crate) fn rule_by(rule, author) { fr: "règle {rule}, écrite par {author}", en: "rule {rule}, written by {author}" }
    /// Where to read more.
    pub(crate) fn see(reference) { fr: "voir {reference}", en: "see {reference}" }

    /// A message that waits.
    pub(crate) fn owed() { fr: "en attente", en: "owed" }
    /// A message on its way.
    pub(crate) fn sending() { fr: "en route", en: "sending" }
    /// A message that lies where a modem's daemon takes it from.
    pub(crate) fn spooled() { fr: "déposé", en: "spooled" }
    /// A message that a channel took.
    pub(crate) fn accepted() { fr: "accepté", en: "accepted" }
    /// A message that nobody took.
    pub(crate) fn failed() { fr: "échoué", en: "failed" }
    /// A message that is not needed any more.
    pub(crate) fn cancelled() { fr: "annulé", en: "cancelled" }
}

/// What a field is called by people: those of every day in the reader's language, others as their logs write them.
pub(crate) fn field(name: &str) -> Text {
    let known = name.rsplit('.').next().unwrap_or(name).to_lowercase();
    match known.as_str() {
        "host" | "hostname" | "computer" | "computername" | "machine" => machine(),
        "user" | "username" | "account" | "targetusername" | "subjectusername" => account(),
        "src_ip" | "ip" | "ipaddress" | "sourceip" | "source_ip" | "address" | "remote" | "client" => address(),
        "path" | "file" | "folder" => path(),
        "share" => share(),
        "by" => raised_by(),
        "told_by" => seen_by(),
        _ => Text::both(name, name),
    }
}

/// What stands for a machine, an account or an address in a gesture where it is not known.
pub(crate) fn this(kind: TieKind) -> Text {
    match kind {
        TieKind::Machine => this_machine(),
        TieKind::Account => account_concerned(),
        TieKind::Address => address_concerned(),
    }
}

/// What kind of thing ties.
pub(crate) fn tie(kind: TieKind) -> Text {
    match kind {
        TieKind::Machine => machine(),
        TieKind::Account => account(),
        TieKind::Address => address(),
    }
}
