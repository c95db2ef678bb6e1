//! What is said of duties. What the law asks stands in the files under `src/alert/duty/law/`.

use super::words;

words! {
    /// It is the law.
    pub(crate) fn in_force() { fr: "en vigueur", en: "in force" }
    /// It is planned.
    pub(crate) fn pending() { fr: "pas encore en vigueur", en: "not in force yet" }
    /// It was the law.
    pub(crate) fn repealed() { fr: "abrogée", en: "repealed" }
    /// It could not be looked up.
    pub(crate) fn unverified() { fr: "non vérifiée", en: "unverified" }
    /// The law gives no number.
    pub(crate) fn without_delay() { fr: "sans délai", en: "without delay" }
    /// So many hours.
    pub(crate) fn hours(count) { fr: "{count} heure" | "{count} heures", en: "{count} hour" | "{count} hours" }
    /// So many days.
    pub(crate) fn days(count) { fr: "{count} jour" | "{count} jours", en: "{count} day" | "{count} days" }
    /// So many months.
    pub(crate) fn months(count) { fr: "{count} mois" | "{count} mois", en: "{count} month" | "{count} months" }
    /// What a clock counts from: the moment the hospital knows.
    pub(crate) fn from_awareness(within) {
        fr: "{within}, dès que l'établissement en a connaissance",
        en: "{within}, from when the hospital knows",
    }
    /// What a clock counts from: another duty.
    pub(crate) fn from_done(within, duty) { fr: "{within}, après {duty}", en: "{within}, after {duty}" }

    /// The clock of what is not in force.
    pub(crate) fn planned(clock) { fr: "prévu\u{a0}: {clock} ; rien ne court", en: "planned: {clock}; nothing runs" }
    /// By when.
    pub(crate) fn clock() { fr: "délai", en: "by when" }
    /// Who must do it.
    pub(crate) fn who() { fr: "qui", en: "who" }
    /// To whom.
    pub(crate) fn to() { fr: "auprès de", en: "to" }
    /// What makes it due.
    pub(crate) fn trigger() { fr: "dans quel cas", en: "in which case" }
    /// Where and how.
    pub(crate) fn how() { fr: "comment", en: "how" }
    /// Where that cannot be done.
    pub(crate) fn fallback() { fr: "à défaut", en: "failing that" }
    /// What else there is to know.
    pub(crate) fn note() { fr: "à savoir", en: "note" }
    /// A text that asks for it.
    pub(crate) fn source() { fr: "texte", en: "text" }
    /// A text, and when it was looked at.
    pub(crate) fn checked(text, day, place) {
        fr: "{text} (vérifié le {day} : {place})",
        en: "{text} (checked on {day}: {place})",
    }
    /// A text that could not be looked at.
    pub(crate) fn not_checked(text) { fr: "{text} (non vérifié)", en: "{text} (unverified)" }
    /// Whom a chain gives it to.
    pub(crate) fn given_to(who, chain) {
        fr: "ici, confiée à {who} par la chaîne {chain}",
        en: "here, given to {who} by the chain {chain}",
    }
    /// No chain gives it to anybody.
    pub(crate) fn given_to_nobody() {
        fr: "ici, aucune chaîne ne la confie à quelqu'un",
        en: "here, no chain gives it to anybody",
    }
    /// Nothing can be read of what was given.
    pub(crate) fn given_unread() {
        fr: "ce qui a été confié à quelqu'un ne peut pas être lu ici, ou rien ne l'a été : `vigie run` n'a pas tourné",
        en: "what was given to somebody cannot be read here, or nothing was: `vigie run` did not run",
    }
    /// A country without duties.
    pub(crate) fn none_known(country) {
        fr: "vigie ne connaît aucune obligation du pays {country} ; tenez vous-même la liste de ce qui doit y être déclaré",
        en: "vigie knows no duty of the country {country}; keep a list of your own of what must be declared there",
    }
    /// What is no country.
    pub(crate) fn no_country() { fr: "écrivez les deux lettres d'un pays, comme FR", en: "write the two letters of a country, such as FR" }

    /// A duty came to its end.
    pub(crate) fn ended(alert, duty) {
        fr: "{alert} : {duty} est noté ; plus aucun rappel",
        en: "{alert}: {duty} is noted; no more reminders",
    }
    /// A duty came to its end in memory only.
    pub(crate) fn unkept(alert, duty) { fr: "{alert}, {duty} : en mémoire seulement", en: "{alert}, {duty}: in memory only" }
    /// No duty is open.
    pub(crate) fn none_open(alert, duty) {
        fr: "{duty} n'est à déclarer par personne pour {alert} ; `vigie duty list` montre ce qui l'est",
        en: "{duty} is nobody's to declare because of {alert}; `vigie duty list` shows what is",
    }
    /// Others are open.
    pub(crate) fn not_open(alert, duty, known) {
        fr: "{duty} n'est pas à déclarer pour {alert} ; ceci l'est : {known}",
        en: "{duty} is not to be declared because of {alert}; this is: {known}",
    }
    /// It cannot have been done then.
    pub(crate) fn not_then(aware) {
        fr: "on ne peut pas avoir déclaré avant de savoir ({aware}), ni après maintenant",
        en: "nobody can have declared it before they knew ({aware}), or later than now",
    }
    /// What is open, in a status.
    pub(crate) fn status(count; overdue) {
        fr: "{count} obligation à déclarer, dont en retard\u{a0}: {overdue} (vigie duty list)"
            | "{count} obligations à déclarer, dont en retard\u{a0}: {overdue} (vigie duty list)",
        en: "{count} duty to declare, of which late: {overdue} (vigie duty list)"
            | "{count} duties to declare, of which late: {overdue} (vigie duty list)",
    }
    /// Of an exercise.
    pub(crate) fn of_drill() { fr: "exercice", en: "exercise" }
    /// It is to be declared up to then.
    pub(crate) fn open_until(owner, deadline) { fr: "à {owner}, avant le {deadline}", en: "{owner} is to, before {deadline}" }
    /// It is to be declared, without a number.
    pub(crate) fn open_since(owner, since) { fr: "à {owner}, sans délai depuis le {since}", en: "{owner} is to, without delay since {since}" }
    /// It waits for another one.
    pub(crate) fn waits(clock) { fr: "attend son tour : {clock}", en: "waits: {clock}" }
    /// It is late.
    pub(crate) fn late() { fr: "EN RETARD", en: "LATE" }
    /// Nobody has it.
    pub(crate) fn nobody() { fr: "personne", en: "nobody" }
    /// It is done.
    pub(crate) fn done(by, at, receipt) {
        fr: "déclarée par {by} le {at}, récépissé {receipt}",
        en: "declared by {by} on {at}, receipt {receipt}",
    }
    /// It need not be.
    pub(crate) fn not_due(by, at, reason) {
        fr: "pas à déclarer, selon {by} le {at} : {reason}",
        en: "need not be declared, said {by} on {at}: {reason}",
    }
    /// It is moot.
    pub(crate) fn withdrawn(at) { fr: "sans objet depuis le {at}", en: "moot since {at}" }
    /// Not a duty.
    pub(crate) fn unknown_duty(name, help) { fr: "aucune obligation ne s'appelle `{name}` ; {help}", en: "no duty is called `{name}`; {help}" }
    /// A receipt or a reason without a word in it.
    pub(crate) fn no_receipt() {
        fr: "écrivez le numéro du récépissé, ou pourquoi il n'y a pas à déclarer, en 200 caractères au plus",
        en: "write the number of the receipt, or why it need not be declared, in at most 200 characters",
    }

    /// Over a draft.
    pub(crate) fn draft() { fr: "BROUILLON – à valider par le déclarant", en: "DRAFT – to be approved by whoever declares" }
    /// That nothing is declared by it.
    pub(crate) fn draft_alone() {
        fr: "vigie ne déclare rien à votre place. Ce brouillon est rempli de ce que vigie sait ; n'y mettez aucun nom de patient.",
        en: "vigie declares nothing in your place. This draft holds what vigie knows; put no patient's name in it.",
    }
    /// Not in force.
    pub(crate) fn draft_of_no_law() { fr: "Cette obligation n'est pas en vigueur\u{a0}: aucun délai ne court.", en: "This duty is not in force: no clock runs." }
    /// Which alert it is about.
    pub(crate) fn of_alert(alert, made) { fr: "Alerte {alert}, brouillon du {made}", en: "Alert {alert}, draft of {made}" }
    /// What is not known.
    pub(crate) fn unknown_yet() { fr: "inconnu à ce stade", en: "unknown at this stage" }
    /// A deadline with what it counts from.
    pub(crate) fn due(deadline, clock) { fr: "avant le {deadline} ({clock})", en: "before {deadline} ({clock})" }
    /// The part with the questions.
    pub(crate) fn form() { fr: "Ce que la déclaration demande", en: "What the declaration asks" }
    /// The part to fill in by hand.
    pub(crate) fn proof() { fr: "Preuve", en: "Proof" }
    /// The number of the receipt.
    pub(crate) fn receipt_number() { fr: "Numéro du récépissé", en: "Number of the receipt" }
    /// When it was declared.
    pub(crate) fn declared_at() { fr: "Déclaré le, à", en: "Declared on, at" }
    /// By whom.
    pub(crate) fn declared_by() { fr: "Déclaré par", en: "Declared by" }
    /// When it was noticed.
    pub(crate) fn noticed(first, raised) {
        fr: "Premier signe le {first} ; alerte donnée le {raised}",
        en: "First sign on {first}; alert raised on {raised}",
    }
    /// Somebody raised it.
    pub(crate) fn aware_raised(at, who) { fr: "Le {at}, quand {who} a donné l'alerte", en: "On {at}, when {who} raised the alert" }
    /// Somebody took it.
    pub(crate) fn aware_acked(at, who) { fr: "Le {at}, quand {who} a pris l'alerte", en: "On {at}, when {who} took the alert" }
    /// Somebody qualified it.
    pub(crate) fn aware_qualified(at, who) { fr: "Le {at}, quand {who} a confirmé l'attaque", en: "On {at}, when {who} confirmed the attack" }
    /// What happened, and how often.
    pub(crate) fn what(title, count) { fr: "{title} (×{count})", en: "{title} (×{count})" }
    /// Something that was done, and when.
    pub(crate) fn measure(at, what) { fr: "{at} : {what}", en: "{at}: {what}" }
}
