//! `chains.yaml`: who is told next.

use super::findings;

findings! {
    { fr: "chains.yaml", en: "chains.yaml" }

    UNKNOWN_CHANNEL = "V131" error {
        title { fr: "Un canal que `vigie.yaml` n'a pas", en: "A channel that `vigie.yaml` does not have" }
        why { fr: "L'échelon ne joindrait personne par lui.", en: "The step would reach nobody by it." }
        todo {
            fr: "Ajoutez-le sous `channels:` dans `vigie.yaml`, ou corrigez le nom.",
            en: "Add it under `channels:` in `vigie.yaml`, or correct the name."
        }
        fn no_channel(name) { fr: "vigie.yaml n'a pas de canal `{name}`", en: "vigie.yaml has no channel `{name}`" }
        fn channel_without_name() {
            fr: "le nom d'un canal manque" => "écrivez `mail`, ou `mail+sms` pour les deux à la fois",
            en: "the name of a channel is missing" => "write `mail`, or `mail+sms` for both at the same time",
        }
    }

    UNREACHABLE = "V132" error {
        title {
            fr: "Quelqu'un qu'aucun canal de l'échelon ne joint",
            en: "Somebody whom none of a step's channels reaches"
        }
        why { fr: "L'échelon passerait sans que personne le sache.", en: "The step would pass without anybody knowing." }
        todo {
            fr: "Donnez une adresse à la personne dans `people.yaml`, ou un autre canal à l'échelon.",
            en: "Give the person an address in `people.yaml`, or the step another channel."
        }
        fn no_address(person, channels) {
            fr: "`{person}` n'a d'adresse pour aucun de : {channels}"
                => "ajoutez l'adresse à `{person}` dans people.yaml, ou un autre canal à `by:`",
            en: "`{person}` has no address for any of: {channels}"
                => "add the address to `{person}` in people.yaml, or another channel to `by:`",
        }
    }

    DURATION = "V133" error {
        title { fr: "Une durée qui ne peut pas être lue", en: "A duration that cannot be read" }
        why { fr: "On ne saurait pas combien de temps attendre.", en: "It would not be known how long to wait." }
        todo { fr: "`40s`, `10m`, `1h30m`.", en: "`40s`, `10m`, `1h30m`." }
        fn no_duration(written) {
            fr: "« {written} » n'est pas une durée" => "écrivez une durée comme `40s`, `10m`, `1h30m` ou `2d`",
            en: "\"{written}\" is not a duration" => "write a duration such as `40s`, `10m`, `1h30m` or `2d`",
        }
    }

    STEP = "V134" error {
        title {
            fr: "Un échelon qui ne dit pas qui prévenir (`notify`), ou auquel il manque quelque chose",
            en: "A step that does not say whom to `notify`, or lacks a part"
        }
        why {
            fr: "On ne saurait pas qui prévenir, comment, ou combien de temps attendre.",
            en: "It would not be known whom to tell, how, or how long to wait."
        }
        todo {
            fr: "`{notify: <personne>, by: <canal>, answer_within: 10m}`.",
            en: "`{notify: <person>, by: <channel>, answer_within: 10m}`."
        }
        fn no_steps(chain) {
            fr: "la chaîne `{chain}` n'a pas d'échelon"
                => "ajoutez `- {{notify: <personne>, by: <canal>, answer_within: 10m}}`",
            en: "the chain `{chain}` has no steps" => "add `- {{notify: <person>, by: <channel>, answer_within: 10m}}`",
        }
        fn no_owner() {
            fr: "une déclaration a besoin de quelqu'un qui la fasse" => "ajoutez `owner: <personne>`",
            en: "a declaration needs somebody who makes it" => "add `owner: <person>`",
        }
        fn neither_nor() {
            fr: "l'échelon ne dit pas qui prévenir"
                => "écrivez `notify: <personne>` ; ce qu'il faut déclarer va sous `declare:` de la chaîne",
            en: "the step does not say whom to tell"
                => "write `notify: <person>`; what must be declared goes under `declare:` of the chain",
        }
        fn no_patience() {
            fr: "l'échelon ne dit pas combien de temps attendre une réponse" => "ajoutez `answer_within: 10m`",
            en: "the step does not say how long to wait for an answer" => "add `answer_within: 10m`",
        }
        fn no_way() {
            fr: "l'échelon ne dit pas comment les joindre" => "ajoutez `by: <canal>`",
            en: "the step does not say how to reach them" => "add `by: <channel>`",
        }
    }

    AUTHORITY = "V135" error {
        title { fr: "Une autorité à la place d'une personne", en: "An authority where a person belongs" }
        why {
            fr: "vigie n'écrit jamais à une autorité : une déclaration se fait par quelqu'un, qui en répond.",
            en: "vigie never writes to an authority: a declaration is made by somebody who answers for it."
        }
        todo { fr: "Confiez la déclaration à une personne.", en: "Give the declaration to a person." }
        fn authority(name) {
            fr: "`{name}` est une autorité : vigie n'écrit jamais à une autorité"
                => "confiez la déclaration à une personne : `{{what: {name}, who: <personne>, by: <canal>}}`",
            en: "`{name}` is an authority: vigie never writes to one"
                => "give the declaration to a person: `{{what: {name}, who: <person>, by: <channel>}}`",
        }
    }

    UNKNOWN_DUTY = "V136" error {
        title { fr: "Une obligation qui n'est pas connue", en: "A duty that is not known" }
        why { fr: "On ne saurait ni quoi déclarer, ni à qui.", en: "It would not be known what to declare, nor to whom." }
        todo { fr: "Les obligations connues sont citées.", en: "Known duties are listed." }
        fn no_duty(name) { fr: "l'obligation `{name}` n'est pas connue", en: "the duty `{name}` is not known" }
    }

    SAME_LEVEL = "V137" error {
        title { fr: "Deux chaînes pour le même niveau", en: "Two chains for the same level" }
        why { fr: "On ne saurait pas laquelle suivre.", en: "It would not be known which one to take." }
        todo { fr: "Un niveau, une chaîne.", en: "One level, one chain." }
        fn level_taken(chain, level) {
            fr: "la chaîne `{chain}` prend déjà les alertes de niveau {level}"
                => "un niveau a une chaîne ; donnez un autre niveau à l'une des deux",
            en: "the chain `{chain}` already takes alerts of level {level}"
                => "one level has one chain; give one of them another level",
        }
    }

    UNCOVERED = "V138" warning {
        title { fr: "Des alertes dont personne ne serait prévenu", en: "Alerts that nobody would be told about" }
        why {
            fr: "Aucune chaîne ne prend les alertes de niveau `high`.",
            en: "No chain takes alerts of the level `high`."
        }
        todo {
            fr: "Ajoutez une chaîne avec `levels: [high, critical]`.",
            en: "Add a chain with `levels: [high, critical]`."
        }
        fn uncovered() {
            fr: "aucune chaîne ne prend les alertes de niveau high : personne ne serait prévenu"
                => "ajoutez une chaîne avec `levels: [high, critical]`",
            en: "no chain takes alerts of level high: nobody would be told"
                => "add a chain with `levels: [high, critical]`",
        }
    }

    LAST_RESORT = "V139" error {
        title { fr: "Un dernier recours qui n'est pas un dossier", en: "A last resort that is not a folder" }
        why {
            fr: "Quand personne n'a répondu, il ne doit plus falloir que quelqu'un réponde.",
            en: "Where nobody answered, nobody's answer must be needed any more."
        }
        todo {
            fr: "Nommez un canal avec `folder:`, qui n'a besoin d'aucune réponse.",
            en: "Name a channel with `folder:`; it needs nobody to answer."
        }
        fn needs_answer(name) {
            fr: "le dernier recours `{name}` a besoin lui aussi que quelqu'un réponde"
                => "nommez un canal avec `folder:`, qui n'a besoin de personne",
            en: "the last resort `{name}` needs somebody to answer too"
                => "name a channel with `folder:`, which needs no peer",
        }
    }

    HOURS = "V141" error {
        title { fr: "Des heures qui ne peuvent pas être lues", en: "Hours that cannot be read" }
        why {
            fr: "On ne saurait pas quand prévenir.",
            en: "It would not be known when to tell anybody."
        }
        todo {
            fr: "`mon-fri 08:00-18:00`, `sam,dim 09:00-12:00`, ou `08:00-20:00` pour tous les jours.",
            en: "`mon-fri 08:00-18:00`, `sat,sun 09:00-12:00`, or `08:00-20:00` for every day."
        }
        fn no_hours(written) {
            fr: "« {written} » ne dit pas des heures" => "écrivez des jours et des heures comme `mon-fri 08:00-18:00`",
            en: "\"{written}\" says no hours" => "write days and hours such as `mon-fri 08:00-18:00`",
        }
    }

    OLDER_WORD = "V145" hint {
        title { fr: "Un mot plus ancien", en: "An older word" }
        why {
            fr: "Il est toujours compris, mais on le lit souvent pour autre chose que ce qu'il veut dire.",
            en: "It is still understood, but is often read as something else than it means."
        }
        todo { fr: "Écrivez le mot qui est cité.", en: "Write the word that is named." }
        fn older_word(word, instead) {
            fr: "`{word}` est un mot plus ancien, toujours compris" => "écrivez `{instead}`",
            en: "`{word}` is an older word, still understood" => "write `{instead}`",
        }
        fn said_twice(word, newer) error {
            fr: "`{word}` dit la même chose que `{newer}`, qui est déjà là" => "supprimez `{word}`",
            en: "`{word}` says the same as `{newer}`, which is there already" => "delete `{word}`",
        }
    }

    LEVELS = "V146" error {
        title { fr: "Des niveaux qui manquent", en: "Levels that are missing" }
        why { fr: "On ne saurait pas quelles alertes suivent cette chaîne.", en: "It would not be known which alerts take the chain." }
        todo { fr: "`levels: [high, critical]`, chaque niveau dans une seule chaîne.", en: "`levels: [high, critical]`, each level in one chain." }
        fn no_levels(chain) {
            fr: "la chaîne `{chain}` ne dit pas quelles alertes la suivent" => "ajoutez `levels: [high, critical]`",
            en: "the chain `{chain}` does not say which alerts take it" => "add `levels: [high, critical]`",
        }
        fn level_unnamed(level, chain) warning {
            fr: "aucune chaîne ne nomme le niveau {level} : une telle alerte suit `{chain}`"
                => "ajoutez `{level}` aux `levels` d'une chaîne",
            en: "no chain names the level {level}: such an alert takes `{chain}`"
                => "add `{level}` to the `levels` of a chain",
        }
    }

    MAIL_ALONE = "V147" warning {
        title { fr: "Une chaîne qui n'a que le courriel", en: "A chain that has nothing but mail" }
        why {
            fr: "Pendant une attaque, la messagerie et le réseau tombent souvent aussi : personne ne serait prévenu.",
            en: "During an attack mail and network are often down too: nobody would be told."
        }
        todo {
            fr: "Ajoutez un SMS par modem, ou un dossier à imprimer.",
            en: "Add text messages through a modem, or a folder to print from."
        }
        fn mail_alone(chain) {
            fr: "la chaîne `{chain}` n'a que le courriel pour des alertes graves"
                => "ajoutez `if_undelivered: <dossier>` à ses échelons, ou un SMS : `by: mail + sms`",
            en: "the chain `{chain}` has nothing but mail for grave alerts"
                => "add `if_undelivered: <folder>` to its steps, or text messages: `by: mail + sms`",
        }
    }

    PATIENCE = "V148" warning {
        title { fr: "Une attente sans fin", en: "A wait without end" }
        why {
            fr: "Une alerte qu'on a prise puis oubliée n'est rappelée à personne.",
            en: "An alert that was taken and forgotten is recalled to nobody."
        }
        todo { fr: "Des minutes pour répondre, des heures avant de redemander.", en: "Minutes to answer, hours until asked again." }
        fn never_asked_again() {
            fr: "qui prend une alerte n'est jamais redemandé" => "écrivez `ask_again_after: 2h`",
            en: "whoever has an alert is never asked about it again" => "write `ask_again_after: 2h`",
        }
        fn long_patience(written) {
            fr: "{written}, c'est plus d'un jour à attendre une seule personne"
                => "des minutes pour répondre, des heures avant de redemander",
            en: "{written} is more than a day to wait for one person"
                => "minutes to answer, hours until asked again",
        }
    }

    ROUNDS = "V149" error {
        title { fr: "Une chaîne qu'on ne parcourt jamais", en: "A chain that is never gone through" }
        why { fr: "Personne ne serait prévenu.", en: "Nobody would be told." }
        todo { fr: "Un tour ou plus.", en: "One round or more." }
        fn no_rounds() {
            fr: "zéro tour, c'est ne prévenir personne" => "écrivez `rounds: 1`, ou plus",
            en: "no round at all is to tell nobody" => "write `rounds: 1`, or more",
        }
    }

    DIGEST = "V153" error {
        title { fr: "Un bilan dont l'heure ne peut pas être lue", en: "A digest whose hour cannot be read" }
        why { fr: "On ne saurait pas quand l'envoyer.", en: "It would not be known when to send it." }
        todo { fr: "`07:30`, ou `mon-fri 07:30`.", en: "`07:30`, or `mon-fri 07:30`." }
        fn no_digest_hour(written) {
            fr: "« {written} » n'est pas une heure" => "écrivez une heure comme `07:30`, ou `mon-fri 07:30`",
            en: "\"{written}\" is not an hour" => "write an hour such as `07:30`, or `mon-fri 07:30`",
        }
    }

    UNHEARD = "V154" hint {
        title {
            fr: "Des niveaux qui ne réveillent personne et dont personne n'entend parler",
            en: "Levels that wake nobody and of which nobody hears"
        }
        why {
            fr: "Leurs alertes ne sont que dans la liste, que personne n'ouvre peut-être.",
            en: "Their alerts are only in the list, which perhaps nobody opens."
        }
        todo {
            fr: "Ajoutez un bilan quotidien : `digest: {at: \"mon-fri 07:30\", notify: <personne>, by: mail}`.",
            en: "Add a daily digest: `digest: {at: \"mon-fri 07:30\", notify: <person>, by: mail}`."
        }
        fn unheard(levels) {
            fr: "les alertes de niveau {levels} ne préviennent personne et ne sont dans aucun bilan"
                => "ajoutez `digest: {{at: \"mon-fri 07:30\", notify: <personne>, by: mail}}`",
            en: "alerts of the levels {levels} tell nobody and are in no digest"
                => "add `digest: {{at: \"mon-fri 07:30\", notify: <person>, by: mail}}`",
        }
    }
}
