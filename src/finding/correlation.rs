//! What a rule looks for in several events, and which rules it does that with.

use super::findings;

findings! {
    { fr: "Corrélations et filtres", en: "Correlations and filters" }

    BAD_CORRELATION = "V210" error {
        title { fr: "Une corrélation qui ne peut pas être lue", en: "A correlation that cannot be read" }
        why {
            fr: "On ne saurait pas quoi compter, ni jusqu'où. Ce qui est inutile n'est qu'un avertissement.",
            en: "It would not be known what to count, nor how far. What is of no use is only a warning."
        }
        todo {
            fr: "Écrivez `type`, `rules`, `timespan` et `condition` comme le message le demande.",
            en: "Write `type`, `rules`, `timespan` and `condition` as the message asks."
        }
        fn no_type(name) {
            fr: "il n'y a pas de corrélation de type `{name}`",
            en: "there is no correlation of the type `{name}`",
        }
        fn counts_nothing() {
            fr: "cette corrélation ne compte rien"
                => "écrivez le `name` ou l'`id` des règles dont les détections sont comptées",
            en: "this correlation counts nothing" => "write the `name` or `id` of the rules whose matches are counted",
        }
        fn too_many_rules(most, count) {
            fr: "une corrélation nomme au plus {most} règles, celle-ci en nomme {count}"
                => "réunissez les règles qui disent la même chose, ou enchaînez deux corrélations",
            en: "a correlation can name {most} rules at most, this one names {count}"
                => "join rules that mean the same, or chain two correlations",
        }
        fn named_twice(name) {
            fr: "`{name}` est nommée deux fois" => "retirez l'une des deux",
            en: "`{name}` is named twice" => "take one of the two away",
        }
        fn no_timespan(written) {
            fr: "`{written}` n'est pas une durée"
                => "écrivez un nombre et s, m, h, d, w, M ou y : `90m` est une heure et demie",
            en: "`{written}` is not a timespan"
                => "write a number and s, m, h, d, w, M or y: `90m` is an hour and a half",
        }
        fn not_asked_for(name) warning {
            fr: "la condition ne demande pas `{name}`" => "nommez-la dans la condition, ou retirez-la de `rules`",
            en: "the condition does not ask for `{name}`" => "name it in the condition, or take it away from `rules`",
        }
        fn too_many_ordered(most) {
            fr: "une condition en mots met au plus {most} règles en ordre"
                => "nommez moins de règles, ou enchaînez deux corrélations",
            en: "a condition in words can put {most} rules in order at most"
                => "name fewer rules, or chain two correlations",
        }
        fn too_many_ways() {
            fr: "cette condition peut devenir vraie de trop de façons"
                => "nommez moins de règles, ou enchaînez deux corrélations",
            en: "this condition can come true in too many ways" => "name fewer rules, or chain two correlations",
        }
        fn holds_of_nothing() {
            fr: "cette condition tient là où rien ne se passe, et rien n'est alors jamais regardé"
                => "demandez aussi une règle qui trouve : `a and not b` ; ce qui ne vient pas du tout est une `absence`",
            en: "this condition holds where nothing happens, and nothing is ever looked at then"
                => "ask for a rule that matches too: `a and not b`; what does not come at all is an `absence`",
        }
        fn compares_nothing() {
            fr: "cette condition ne compare le compte à rien" => "écrivez par exemple {{gte: 10}}",
            en: "this condition compares the count with nothing" => "write for example {{gte: 10}}",
        }
        fn never_holds() {
            fr: "aucun compte ne remplit cette condition : elle est regardée quand quelque chose vient, et compte donc au \
                 moins 1"
                => "corrigez les bornes ; ce qui ne vient pas du tout est une `absence`",
            en: "no count meets this condition: it is looked at when something comes, and so counts at least 1"
                => "correct the bounds; what does not come at all is an `absence`",
        }
        fn which_values() {
            fr: "`value_count` ne dit pas de quel champ les valeurs sont comptées"
                => "écrivez `field: <nom>` à côté de la comparaison",
            en: "`value_count` does not say which field's values are counted"
                => "write `field: <name>` beside the comparison",
        }
        fn which_numbers() {
            fr: "cette condition ne dit pas quel champ contient les nombres"
                => "écrivez `field: <nom>` à côté de la comparaison",
            en: "this condition does not say which field holds the numbers"
                => "write `field: <name>` beside the comparison",
        }
        fn field_of_no_use() {
            fr: "seul `value_count` compte les valeurs d'un champ" => "écrivez `type: value_count`, ou retirez `field`",
            en: "only `value_count` counts the values of a field" => "write `type: value_count`, or take `field` away",
        }
        fn one_field_only() {
            fr: "les nombres ne sont pris que dans un champ" => "écrivez un champ, et une seconde corrélation pour l'autre",
            en: "numbers are taken from one field only" => "write one field, and a second correlation for the other",
        }
        fn which_percentile() {
            fr: "cette condition ne dit pas quel percentile"
                => "écrivez par exemple `percentile: 95` à côté de la comparaison",
            en: "this condition does not say which percentile"
                => "write for example `percentile: 95` beside the comparison",
        }
        fn percentile_of_no_use() {
            fr: "seul `value_percentile` a un percentile" => "écrivez `type: value_percentile`, ou retirez `percentile`",
            en: "only `value_percentile` has a percentile"
                => "write `type: value_percentile`, or take `percentile` away",
        }
        fn forgets_early() {
            fr: "ce qui est appris serait oublié avant la fin de l'apprentissage"
                => "écrivez une durée plus longue que sous `learn`, si possible plusieurs fois plus longue",
            en: "what is learnt would be forgotten before learning ends"
                => "write a longer time than under `learn`, several times as long if possible",
        }
        fn new_values_of_what() {
            fr: "`first_seen` ne dit pas de quel champ les nouvelles valeurs sont cherchées"
                => "écrivez `field: <nom>`",
            en: "`first_seen` does not say the new values of which field are looked for" => "write `field: <name>`",
        }
        fn grouped_already(name) {
            fr: "on groupe déjà par `{name}` : un groupe n'en a qu'une valeur"
                => "retirez-le de `group-by`, ou de `field`",
            en: "`{name}` is grouped by already: a group has one value of it only"
                => "take it away from `group-by`, or from `field`",
        }
        fn too_long_a_chain(most) {
            fr: "plus de {most} corrélations sont enchaînées" => "comptez les premières règles directement",
            en: "more than {most} correlations are chained" => "count the first rules directly",
        }
        fn counts_itself(name) {
            fr: "`{name}` compte à son tour cette corrélation" => "une corrélation ne peut pas se compter elle-même",
            en: "`{name}` counts this correlation in turn" => "a correlation cannot count itself",
        }
        fn part_has_mistakes(name) {
            fr: "cette corrélation est laissée de côté, car `{name}` a ses propres erreurs" => "corrigez d'abord cette règle",
            en: "this correlation is left out, because `{name}` has mistakes of its own" => "correct that rule first",
        }
    }

    UNKNOWN_RULE = "V211" error {
        title {
            fr: "Une corrélation ou un filtre qui nomme une règle qui n'est pas là",
            en: "A correlation or filter that names a rule which is not there"
        }
        why { fr: "Il n'y a rien à compter, ou rien à filtrer.", en: "There is nothing to count, or nothing to filter." }
        todo {
            fr: "Corrigez le nom, ou écrivez l'`id` de la règle.",
            en: "Correct the name, or write the `id` of the rule."
        }
        fn no_such_rule(name) { fr: "il n'y a pas de règle `{name}`", en: "there is no rule `{name}`" }
        fn several_rules(name) {
            fr: "plusieurs règles s'appellent `{name}`" => "écrivez l'`id` de celle qui est visée",
            en: "several rules are called `{name}`" => "write the `id` of the one that is meant",
        }
        fn which_field(name, rule) {
            fr: "`{name}` ne dit pas quel champ de `{rule}` c'est" => "écrivez `{rule}: <champ>` sous ce nom dans `aliases`",
            en: "`{name}` does not say which field of `{rule}` it is"
                => "write `{rule}: <field>` under this name in `aliases`",
        }
    }

    IDLE_FILTER = "V215" warning {
        title {
            fr: "Un filtre qui ne change rien pour une règle qu'il nomme",
            en: "A filter that changes nothing for a rule that it names"
        }
        why { fr: "Les fausses alertes qu'il devait ôter resteront.", en: "The false alerts that it was to take away will stay." }
        todo { fr: "Faites ce que propose le message.", en: "Do what the message suggests." }
        fn other_logs(name) {
            fr: "ce filtre ne change rien pour `{name}` : cette règle est pour d'autres journaux"
                => "écrivez sous `logsource` ce que la règle y a, ou moins",
            en: "this filter changes nothing for `{name}`: that rule is for other logs"
                => "write under `logsource` what the rule has there, or less",
        }
        fn filters_correlation(name) {
            fr: "ce filtre ne change rien pour `{name}` : c'est une corrélation" => "nommez les règles qu'elle compte",
            en: "this filter changes nothing for `{name}`: that is a correlation" => "name the rules that it counts",
        }
        fn filters_mistakes(name) {
            fr: "ce filtre ne change rien pour `{name}` : cette règle a ses propres erreurs"
                => "corrigez d'abord cette règle",
            en: "this filter changes nothing for `{name}`: that rule has mistakes of its own" => "correct that rule first",
        }
    }
}
