//! What messages to people say around the values of an alert.

use super::words;

words! {
    /// How to answer.
    pub(crate) fn ask() {
        fr: "Pour dire «\u{a0}je m'en charge\u{a0}», sur un poste où vigie est installé\u{a0}:",
        en: "To say \"I have it\", on a machine where vigie is installed:",
    }
    /// What happens without an answer.
    pub(crate) fn otherwise() {
        fr: "Sans réponse, la personne suivante de la chaîne sera prévenue.",
        en: "Without an answer, the next person of the chain will be told.",
    }
    /// How to answer a question that stands above.
    pub(crate) fn say_so() {
        fr: "Pour le dire, sur un poste où vigie est installé\u{a0}:",
        en: "To say so, on a machine where vigie is installed:",
    }
    /// What happens without an answer, and when.
    pub(crate) fn otherwise_at(when) {
        fr: "Sans réponse avant le {when}, la personne suivante de la chaîne sera prévenue.",
        en: "Without an answer by {when}, the next person of the chain will be told.",
    }
    /// Over an alert that got graver.
    pub(crate) fn graver() { fr: "aggravée", en: "graver" }
    /// Asks whoever has it whether they have it as it is now.
    pub(crate) fn ask_graver() {
        fr: "Vous avez pris cette alerte en charge et elle s'est aggravée. La prenez-vous encore\u{a0}?",
        en: "You took this alert and it got graver. Do you still have it?",
    }
    /// Over an alert that is handed on.
    pub(crate) fn handed() { fr: "pour vous", en: "for you" }
    /// Asks somebody to take it over.
    pub(crate) fn ask_handed() {
        fr: "On vous demande de reprendre cette alerte. La prenez-vous\u{a0}?",
        en: "You are asked to take over this alert. Do you take it?",
    }
    /// Over more of an alert.
    pub(crate) fn more() { fr: "suite", en: "more of it" }
    /// What more there is, to whoever has it.
    pub(crate) fn more_of_yours() {
        fr: "L'alerte que vous avez prise en charge continue ou s'étend. Il n'y a rien à répondre.",
        en: "The alert that you have goes on or spreads. There is nothing to answer.",
    }
    /// Somebody has it.
    pub(crate) fn taken(who) { fr: "{who} s'en occupe", en: "{who} has it" }
    /// Somebody's turn is over, and somebody else is asked now.
    pub(crate) fn relieved(next) { fr: "votre tour est fini, {next} est de garde", en: "your turn is over, {next} is on call" }
    /// What that means for whoever was asked.
    pub(crate) fn relieved_of_question() {
        fr: "Cette alerte attendait votre réponse\u{a0}; elle ne vous est plus demandée, et la chaîne continue. Il n'y a rien à répondre.",
        en: "This alert waited for your answer; it is not asked of you any more, and the chain goes on. There is nothing to answer.",
    }
    /// What that means for whoever has it.
    pub(crate) fn still_yours(command) {
        fr: "Vous avez toujours cette alerte. Gardez-la, ou passez-la avec\u{a0}: {command}",
        en: "You still have this alert. Keep it, or hand it on with: {command}",
    }
    /// Somebody's turn began.
    pub(crate) fn on_duty(holder) { fr: "vous êtes de garde, {holder} s'en occupe", en: "you are on call, {holder} has it" }
    /// What that means.
    pub(crate) fn held_by_other() {
        fr: "Il n'y a rien à répondre\u{a0}: qui s'en occupe la garde, ou vous la passera.",
        en: "There is nothing to answer: whoever has it keeps it, or hands it on to you.",
    }
    /// Somebody of whom no name is known.
    pub(crate) fn somebody() { fr: "Quelqu'un", en: "Somebody" }
    /// What that means for whoever was told.
    pub(crate) fn nothing_to_do() {
        fr: "Vous aviez été prévenu\u{a0}; il n'y a rien à répondre. Une déclaration qui vous a été confiée reste à faire.",
        en: "You had been told; there is nothing to answer. A declaration that was given to you is still yours to make.",
    }
    /// Somebody ended it.
    pub(crate) fn over_by(who) { fr: "terminée par {who}", en: "over, says {who}" }
    /// It ended by itself.
    pub(crate) fn over_by_itself() { fr: "terminée d'elle-même", en: "over by itself" }
    /// Why.
    pub(crate) fn reason(why) { fr: "Raison\u{a0}: {why}", en: "Reason: {why}" }
    /// Over what puts right what was told.
    pub(crate) fn erratum() { fr: "ERRATUM", en: "CORRECTION" }
    /// What is put right.
    pub(crate) fn erratum_of(alert) {
        fr: "Ce qui vous a été dit de l'alerte {alert} était faux. Voici ce qui est juste\u{a0}:",
        en: "What you were told of alert {alert} was wrong. This is right:",
    }
    /// Which time somebody is told.
    pub(crate) fn reminder(time) { fr: "rappel {time}", en: "reminder {time}" }
    /// Which time somebody is told, of how many.
    pub(crate) fn reminder_of(time, of) { fr: "rappel {time}/{of}", en: "reminder {time}/{of}" }
    /// How many rules found something, and what the gravest found.
    pub(crate) fn signs(count; gravest) {
        fr: "{count} signe\u{a0}: {gravest}" | "{count} signes, dont\u{a0}: {gravest}",
        en: "{count} sign: {gravest}" | "{count} signs, among them: {gravest}",
    }
    /// Those that are not shown whole.
    pub(crate) fn and_others(count; names) {
        fr: "… et {count} autre\u{a0}: {names}" | "… et {count} autres\u{a0}: {names}",
        en: "… and {count} other: {names}" | "… and {count} others: {names}",
    }
    /// A line of a log.
    pub(crate) fn line() { fr: "Ligne", en: "Line" }
    /// Over what it means.
    pub(crate) fn meaning() { fr: "Ce que cela veut dire\u{a0}:", en: "What it means:" }
    /// Over what to do first.
    pub(crate) fn first_gestures() { fr: "À regarder d'abord\u{a0}:", en: "To look at first:" }
    /// In whose hands it is.
    pub(crate) fn in_hands() { fr: "Prise en charge", en: "In hand" }
    /// Who was told.
    pub(crate) fn told(names) { fr: "Prévenus avant vous\u{a0}: {names}", en: "Told before you: {names}" }
    /// Nobody was told before.
    pub(crate) fn told_nobody() {
        fr: "Personne d'autre n'avait été joint quand ce message a été écrit.",
        en: "Nobody else had been reached when this message was written.",
    }
    /// Why a sign is in this alert: both name something.
    pub(crate) fn shares(kind, name) { fr: "(réunie ici\u{a0}: même {kind}, {name})", en: "(joined here: same {kind}, {name})" }
    /// Why a sign is in this alert: the rule.
    pub(crate) fn same_rule() {
        fr: "(réunie ici\u{a0}: même règle, peu après)",
        en: "(joined here: same rule, shortly after)",
    }
    /// Why a sign is in this alert: the site says so.
    pub(crate) fn explained() { fr: "(expliquée par cette alerte)", en: "(explained by this alert)" }
    /// Why a sign is in this alert: somebody took it out of another.
    pub(crate) fn was_split() { fr: "(séparée d'une autre alerte)", en: "(taken out of another alert)" }
    /// How often, and since which hour.
    pub(crate) fn count_since(count, since) { fr: "{count}x depuis {since}", en: "{count}x since {since}" }
    /// vigie raised it about itself.
    pub(crate) fn by_vigie() { fr: "Alerte de vigie sur lui-même", en: "Raised by vigie about itself" }
    /// Over a repeated question.
    pub(crate) fn still_open() { fr: "Toujours ouverte", en: "Still open" }
    /// Asks whoever said "I have it" whether they still do.
    pub(crate) fn ask_again() {
        fr: "Vous avez pris cette alerte en charge et elle est toujours ouverte. Si vous vous en occupez encore, redites-le\u{a0}:",
        en: "You took this alert and it is still open. If you are still on it, say so again:",
    }
    /// What happens without an answer.
    pub(crate) fn otherwise_again() {
        fr: "Sans réponse, la chaîne sera reprise depuis le début.",
        en: "Without an answer, the chain starts again from its first rung.",
    }
    /// Over something to declare.
    pub(crate) fn to_declare() { fr: "À déclarer", en: "To declare" }
    /// What to declare.
    pub(crate) fn yours_to_declare(what) {
        fr: "C'est à vous de faire cette déclaration\u{a0}: {what}",
        en: "This declaration is yours to make: {what}",
    }
    /// Before where it is declared, which may take several lines.
    pub(crate) fn place() { fr: "Où\u{a0}:", en: "Where:" }
    /// By when.
    pub(crate) fn before(due) { fr: "Avant\u{a0}: {due}", en: "Before: {due}" }
    /// It is still to be declared.
    pub(crate) fn still_to_declare() { fr: "Toujours à déclarer", en: "Still to declare" }
    /// The last instant.
    pub(crate) fn deadline(at) { fr: "le {at}", en: "{at}" }
    /// What its owner types.
    pub(crate) fn how_to_declare(duty, alert, site) {
        fr: "Un brouillon à imprimer, puis ce qui arrête les rappels\u{a0}:\n    vigie duty draft {duty} --alert {alert}{site}\n    vigie duty done {duty} --alert {alert} --receipt NUMÉRO{site}",
        en: "A draft to print, then what ends the reminders:\n    vigie duty draft {duty} --alert {alert}{site}\n    vigie duty done {duty} --alert {alert} --receipt NUMBER{site}",
    }
    /// That nobody else does it.
    pub(crate) fn alone() {
        fr: "vigie ne déclare rien à votre place. Notez la date, l'heure et le numéro du récépissé.",
        en: "vigie declares nothing in your place. Note the date, the time and the number of the receipt.",
    }
    /// Over the last sheet.
    pub(crate) fn nobody_answered() { fr: "Personne n'a répondu", en: "Nobody answered" }
    /// What to do with it.
    pub(crate) fn call() {
        fr: "Personne n'a répondu à cette alerte. Appelez ces personnes dans l'ordre, jusqu'à ce que l'une réponde\u{a0}:",
        en: "Nobody answered this alert. Call these people in order until one of them answers:",
    }
    /// Room to write, for each person.
    pub(crate) fn called_at() {
        fr: "      appelé à ____h____  par ______________  réponse ______________________",
        en: "      called at ____:____  by ______________  answer ______________________",
    }
    /// Which alert.
    pub(crate) fn heading(alert, level) { fr: "Alerte {alert}, niveau {level}", en: "Alert {alert}, level {level}" }
    /// A name and its value.
    pub(crate) fn row(name, value) { fr: "{name}\u{a0}: {value}", en: "{name}: {value}" }
    /// The hospital.
    pub(crate) fn site() { fr: "Site", en: "Site" }
    /// Values that are not shown.
    pub(crate) fn other_values() { fr: "Autres valeurs", en: "Other values" }
    /// When it was seen.
    pub(crate) fn seen() { fr: "Vu", en: "Seen" }
    /// Where the lines came from.
    pub(crate) fn source() { fr: "Source", en: "Source" }
    /// How often.
    pub(crate) fn times(count) { fr: "{count} fois" | "{count} fois", en: "once" | "{count} times" }
    /// How often, at one instant.
    pub(crate) fn at(times, when) { fr: "{times}, le {when}", en: "{times}, on {when}" }
    /// How often, in a span.
    pub(crate) fn span(times, first, last) { fr: "{times}, du {first} au {last}", en: "{times}, from {first} to {last}" }
    /// The rule that matched.
    pub(crate) fn rule() { fr: "Règle", en: "Rule" }
    /// It was raised by hand.
    pub(crate) fn by_hand() { fr: "Alerte donnée par une personne", en: "Raised by a person" }
    /// Who wrote the rule.
    pub(crate) fn author() { fr: "Auteur de la règle", en: "Author of the rule" }
    /// Over where to read more.
    pub(crate) fn references() { fr: "Références\u{a0}:", en: "References:" }

    /// Before the subject of a message that may have arrived once already.
    pub(crate) fn repeat_tag() { fr: "[rappel possible]", en: "[possible repeat]" }
    /// Before its text.
    pub(crate) fn repeat() {
        fr: "Rappel possible\u{a0}: ce message vous est peut-être déjà parvenu.",
        en: "Possible repeat: this message may have reached you already.",
    }
    /// Before its text for a telephone.
    pub(crate) fn repeat_short() { fr: "(rappel possible)", en: "(possible repeat)" }

    // Messages that were kept are known again by these two: they stay what they are, to the letter.
    /// Before the text of a message of an exercise.
    pub(crate) fn opens_exercise() {
        fr: "EXERCICE\nCeci est un message d'exercice\u{a0}: rien de ce qu'il annonce n'est réel.\n\n",
        en: "EXERCISE\nThis is an exercise message: nothing it announces is real.\n\n",
    }
    /// After it.
    pub(crate) fn closes_exercise() {
        fr: "\n\nFin du message d'exercice.\nEXERCICE",
        en: "\n\nEnd of the exercise message.\nEXERCISE",
    }
}
