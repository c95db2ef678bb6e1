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
            fr: "Un échelon qui n'est ni `notify` ni `declare`, ou les deux, ou auquel il manque quelque chose",
            en: "A step that is neither `notify` nor `declare`, or both, or lacks a part"
        }
        why {
            fr: "On ne saurait pas qui prévenir, comment, ou combien de temps attendre.",
            en: "It would not be known whom to tell, how, or how long to wait."
        }
        todo {
            fr: "`{notify: <personne>, by: […], ack: 10m}` ou `{declare: <obligation>, owner: <personne>, by: […]}`.",
            en: "`{notify: <person>, by: […], ack: 10m}` or `{declare: <duty>, owner: <person>, by: […]}`."
        }
        fn no_steps(chain) {
            fr: "la chaîne `{chain}` n'a pas d'échelon"
                => "ajoutez `- {{notify: <personne>, by: [<canal>], ack: 10m}}`",
            en: "the chain `{chain}` has no steps" => "add `- {{notify: <person>, by: [<channel>], ack: 10m}}`",
        }
        fn no_owner() {
            fr: "une déclaration a besoin de quelqu'un qui la fasse" => "ajoutez `owner: <personne>`",
            en: "a declaration needs somebody who makes it" => "add `owner: <person>`",
        }
        fn neither_nor() {
            fr: "un échelon prévient quelqu'un (`notify`) ou lui donne quelque chose à déclarer (`declare`)"
                => "écrivez `notify: <personne>`, ou `declare: <obligation>, owner: <personne>`",
            en: "a step either tells somebody (`notify`) or gives them something to `declare`"
                => "write `notify: <person>`, or `declare: <duty>, owner: <person>`",
        }
        fn no_patience() {
            fr: "l'échelon ne dit pas combien de temps attendre une réponse" => "ajoutez `ack: 10m`",
            en: "the step does not say how long to wait for an answer" => "add `ack: 10m`",
        }
        fn no_way() {
            fr: "l'échelon ne dit pas comment les joindre" => "ajoutez `by: [<canal>]`",
            en: "the step does not say how to reach them" => "add `by: [<channel>]`",
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
                => "confiez la déclaration à une personne : `{{declare: {name}, owner: <personne>, by: […]}}`",
            en: "`{name}` is an authority: vigie never writes to one"
                => "give the declaration to a person: `{{declare: {name}, owner: <person>, by: […]}}`",
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
            fr: "Ajoutez une chaîne avec `when: {level: high}` ou plus bas.",
            en: "Add a chain with `when: {level: high}` or lower."
        }
        fn uncovered() {
            fr: "aucune chaîne ne prend les alertes de niveau high : personne ne serait prévenu"
                => "ajoutez une chaîne avec `when: {{level: high}}` ou plus bas",
            en: "no chain takes alerts of level high: nobody would be told"
                => "add a chain with `when: {{level: high}}` or lower",
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
}
