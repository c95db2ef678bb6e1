//! Detection rules: documents, and what they say about themselves.

use super::findings;

findings! {
    { fr: "Règles de détection", en: "Detection rules" }

    NOT_A_RULE = "V200" error {
        title {
            fr: "Un document qui n'est pas une règle, ou d'une sorte qui n'est pas lue",
            en: "A document that is no rule, or of a kind that is not read"
        }
        why { fr: "Rien ne serait cherché dans les journaux.", en: "Nothing would be looked for in the logs." }
        todo {
            fr: "Un document est une règle avec `detection`, une corrélation ou un filtre ; une ligne `---` les sépare.",
            en: "A document is a rule with a `detection`, a correlation or a filter; a line `---` separates them."
        }
        fn no_rule(found) {
            fr: "attendu : une règle ; trouvé : {found}" => "commencez par `title:`",
            en: "expected a rule, found {found}" => "start with `title:`",
        }
        fn filter_and_rule() {
            fr: "un document est soit un filtre, soit une règle"
                => "écrivez le filtre dans un document à part, derrière une ligne `---`",
            en: "a document is either a filter or a rule"
                => "write the filter into a document of its own, behind a line `---`",
        }
        fn extension_and_rule() {
            fr: "`absence` et `first_seen` portent sur d'autres règles, et ne font pas partie d'une règle"
                => "écrivez-le dans un document à part, derrière une ligne `---`",
            en: "`absence` and `first_seen` are about other rules, and not part of one"
                => "write it into a document of its own, behind a line `---`",
        }
        fn two_extensions() {
            fr: "un document a soit une `absence`, soit un `first_seen`"
                => "écrivez-le dans un document à part, derrière une ligne `---`",
            en: "a document has either an `absence` or a `first_seen`"
                => "write it into a document of its own, behind a line `---`",
        }
        fn detection_and_correlation() {
            fr: "une règle a soit une détection, soit une corrélation"
                => "écrivez la corrélation dans un document à part, derrière une ligne `---`",
            en: "a rule has either a detection or a correlation"
                => "write the correlation into a document of its own, behind a line `---`",
        }
        fn looks_for_nothing() {
            fr: "cette règle ne cherche rien" => "écrivez ce qu'il faut chercher sous `detection`",
            en: "this rule looks for nothing" => "write what to look for under `detection`",
        }
        fn nothing_to_repeat() {
            fr: "il n'y a rien à répéter" => "écrivez avant ce document la règle qui est répétée",
            en: "there is nothing to repeat" => "write the rule that is repeated before this document",
        }
        fn no_action(name) { fr: "il n'y a pas d'action `{name}`", en: "there is no action `{name}`" }
        fn shared_by_none() {
            fr: "aucune règle qui partage ces clés ne suit"
                => "écrivez les règles derrière, chacune derrière une ligne `---`",
            en: "no rule follows that shares these keys" => "write the rules behind it, each behind a line `---`",
        }
    }

    UNKNOWN_RULE_KEY = "V201" warning {
        title {
            fr: "Une clé de premier niveau que Sigma ne connaît pas",
            en: "A top-level key that Sigma does not know"
        }
        why {
            fr: "Sigma permet des clés à soi ; mais une faute de frappe n'aurait aucun effet.",
            en: "Sigma allows keys of one's own; but a slip of the keyboard would have no effect."
        }
        todo {
            fr: "Corrigez la clé, ou laissez-la : elle n'est pas regardée.",
            en: "Correct the key, or leave it: it is not looked at."
        }
        fn no_sigma_key(name) {
            fr: "Sigma n'a pas de clé `{name}`" => "elle n'est pas regardée",
            en: "Sigma has no key `{name}`" => "it is not looked at",
        }
    }

    SAME_ID = "V212" error {
        title { fr: "Deux règles du même nom", en: "Two rules of the same name" }
        why {
            fr: "On ne saurait pas laquelle a donné une alerte ; la seconde est laissée de côté.",
            en: "It would not be known which one raised an alert; the second is left out."
        }
        todo {
            fr: "Donnez un autre `name` à l'une, ou un autre nom à son fichier.",
            en: "Give one of them another `name`, or its file another name."
        }
        fn same_name_in_file(name) {
            fr: "deux règles de ce fichier s'appellent `{name}`" => "donnez un autre `name` à l'une des deux",
            en: "two rules of this file are called `{name}`" => "give one of them another `name`",
        }
        fn same_rule(id) {
            fr: "une autre règle s'appelle `{id}`, celle-ci est laissée de côté" => "donnez un autre nom à son fichier",
            en: "there is another rule called `{id}`, this one is left out" => "give its file another name",
        }
        fn same_uuid(id, other) warning {
            fr: "la règle `{other}` a le même `id`, et qui lit l'un ne sait pas laquelle est dite"
                => "donnez à celle-ci un `id` à elle : `{id}` est pris",
            en: "the rule `{other}` has the same `id`, and whoever reads it cannot tell which is meant"
                => "give this one an `id` of its own: `{id}` is taken",
        }
    }

    UNSAID = "V213" warning {
        title {
            fr: "Une règle qui en dit moins que ce dont ses lecteurs ont besoin",
            en: "A rule that says less than its readers need"
        }
        why {
            fr: "Le niveau choisit qui est prévenu, `logsource` choisit ce qui est regardé.",
            en: "The level chooses who is told, `logsource` chooses what is looked at."
        }
        todo { fr: "Ajoutez ce que le message nomme.", en: "Add what the message names." }
        fn no_level() {
            fr: "cette règle n'a pas de niveau et compte comme medium" => "écrivez `level: medium`, ou ce qu'elle mérite",
            en: "this rule has no level and counts as medium" => "write `level: medium`, or what it deserves",
        }
        fn every_log() {
            fr: "cette règle regarde les événements de tous les journaux"
                => "nommez une `category`, un `product` ou un `service`",
            en: "this rule looks at the events of every log" => "name a `category`, `product` or `service`",
        }
    }

    UNARMED = "V214" warning {
        title { fr: "Une règle qui n'est pas armée, faute d'une liste du site", en: "A rule that is not armed, for want of a list of the site" }
        why {
            fr: "Une liste dont elle a besoin manque ou est vide : elle ne trouve jamais rien.",
            en: "A list that it needs is missing or empty, so it never matches."
        }
        todo {
            fr: "Écrivez les valeurs de votre site sous `lists:` dans `vigie.yaml`.",
            en: "Write the values of your site under `lists:` in `vigie.yaml`."
        }
        fn list_missing(why, name) {
            fr: "ceci n'est pas armé : {why}" => "écrivez les valeurs de votre site dans une liste nommée `{name}`",
            en: "this is not armed: {why}" => "write the values of your site into a list called `{name}`",
        }
    }

    STRAY_LEVEL = "V216" error {
        title {
            fr: "Un `log_level` là où aucun journal nommé ne pourrait l'avoir",
            en: "A `log_level` where no logs are named that could have it"
        }
        why {
            fr: "Dans une corrélation ou un filtre, il ne peut être comparé à rien. Sans `product`, c'est un avertissement.",
            en: "In a correlation or filter it can be held against nothing. Without a `product` it is a warning."
        }
        todo {
            fr: "Écrivez-le dans les règles avec `detection`, et nommez leur `product`.",
            en: "Write it into the rules with a `detection`, and name their `product`."
        }
        fn level_without_detection() {
            fr: "seule une règle avec `detection` a besoin d'un niveau de journal"
                => "écrivez-le sous `vigie` dans les règles dont il s'agit",
            en: "only a rule with a `detection` needs a log level"
                => "write it under `vigie` of the rules that this is about",
        }
        fn level_of_what() warning {
            fr: "on ne peut pas dire de quels journaux c'est le niveau"
                => "nommez le `product` sous `logsource` ; chacun a ses propres niveaux",
            en: "whose log level this is cannot be told"
                => "name the `product` under `logsource`; each has a level of its own",
        }
    }

    GESTURES = "V217" error {
        title { fr: "Des premiers gestes qu'on ne pourrait pas suivre", en: "First gestures that could not be followed" }
        why {
            fr: "Ils se lisent en pleine nuit et se cochent ; en deux langues, ce sont les mêmes dans le même ordre.",
            en: "They are read in the middle of the night and ticked; in two languages they are the same in the same order."
        }
        todo {
            fr: "Au plus six phrases courtes sous `gestures`, autant sous `fr` ; `{machine}`, `{account}` et `{address}` \
                 disent de quoi il s'agit.",
            en: "At most six short sentences under `gestures`, as many under `fr`; `{machine}`, `{account}` and \
                 `{address}` say what it is about."
        }
        fn no_gesture() {
            fr: "ce geste ne dit rien, ou pas sur une ligne" => "écrivez une phrase courte",
            en: "this gesture says nothing, or not on one line" => "write one short sentence",
        }
        fn long_gesture(most, long) {
            fr: "ce geste a {long} caractères ; au plus {most} se lisent d'un coup d'œil" => "faites-en deux",
            en: "this gesture has {long} letters; at most {most} are read at a glance" => "make two of it",
        }
        fn many_gestures(most) {
            fr: "une liste de premiers gestes en a au plus {most}" => "gardez ce qui ne peut pas attendre",
            en: "a list of first gestures has {most} at most" => "keep what cannot wait",
        }
        fn gestures_apart(english, french) {
            fr: "{french} gestes en français, {english} en anglais" => "écrivez les mêmes dans le même ordre",
            en: "{french} gestures in French, {english} in English" => "write the same in the same order",
        }
        fn unknown_place(name) {
            fr: "un geste ne peut pas parler de `{name}`" => "il y a `{{machine}}`, `{{account}}` et `{{address}}`",
            en: "a gesture cannot speak of `{name}`" => "there are `{{machine}}`, `{{account}}` and `{{address}}`",
        }
    }

    TAG = "V218" warning {
        title { fr: "Une étiquette qu'ATT&CK n'a pas, ou n'a plus", en: "A tag that ATT&CK does not have, or has no more" }
        why {
            fr: "Ce que les règles couvrent se compte par ces étiquettes ; une ancienne compte à part, ou pas du tout.",
            en: "What rules cover is counted by these tags; an old one counts apart, or not at all."
        }
        todo {
            fr: "Écrivez l'étiquette d'aujourd'hui. La liste porte sa version et sa date ; un numéro plus récent est \
                 accepté sans y être.",
            en: "Write the tag of today. The list bears its version and date; a newer number is taken without being on \
                 it."
        }
        fn renamed_tag(old, new, version) {
            fr: "`{old}` a un autre numéro ({version})" => "écrivez `{new}`",
            en: "`{old}` has another number ({version})" => "write `{new}`",
        }
        fn split_tactic(old, version) {
            fr: "de `{old}` sont nées deux tactiques ({version})"
                => "écrivez `attack.stealth` si l'attaquant se cache, `attack.defense-impairment` s'il abîme une défense",
            en: "`{old}` has become two tactics ({version})"
                => "write `attack.stealth` where the attacker hides, `attack.defense-impairment` where a defence is damaged",
        }
        fn no_tactic(written, version) {
            fr: "ATT&CK n'a pas de tactique `{written}` ({version})",
            en: "ATT&CK has no tactic `{written}` ({version})",
        }
        fn no_technique(written) {
            fr: "`{written}` n'a pas la forme d'un numéro d'ATT&CK" => "une technique s'écrit `attack.t1110` ou `attack.t1110.003`",
            en: "`{written}` has not the form of a number of ATT&CK" => "a technique is written `attack.t1110` or `attack.t1110.003`",
        }
    }
}
