//! What a rule looks for in one event: selections, modifiers, values, conditions.

use super::findings;

findings! {
    { fr: "Détections", en: "Detections" }

    BAD_DETECTION = "V202" error {
        title {
            fr: "Une détection qui n'est pas construite comme Sigma le veut",
            en: "A detection that is not built as Sigma wants it"
        }
        why {
            fr: "On ne saurait pas ce qu'elle cherche. Ce qui ne change rien n'est qu'un avertissement.",
            en: "It would not be known what it looks for. What changes nothing is only a warning."
        }
        todo {
            fr: "Écrivez des champs et leurs valeurs, ou des listes de mots, et une condition.",
            en: "Write fields and their values, or lists of words, and a condition."
        }
        fn nothing_looked_for() {
            fr: "rien n'est cherché ici"
                => "écrivez un champ et sa valeur, ou une liste de mots à chercher dans la ligne",
            en: "nothing is looked for here" => "write a field and its value, or a list of words to look for in the line",
        }
        fn timeframe() {
            fr: "`timeframe` ne fait plus partie de Sigma"
                => "écrivez une corrélation avec un `timespan` dans un second document",
            en: "`timeframe` is no longer part of Sigma"
                => "write a correlation with a `timespan` in a second document",
        }
        fn all_of_one() warning {
            fr: "`all` ne change rien pour une seule valeur" => "retirez `all`, ou écrivez plusieurs valeurs",
            en: "`all` changes nothing for a single value" => "take `all` away, or write several values",
        }
        fn nothing_to_expand() warning {
            fr: "il n'y a ici rien à remplacer par une liste"
                => "écrivez le nom d'une liste entre deux `%`, ou retirez `expand`",
            en: "there is no placeholder to expand here"
                => "write the name of a list between two `%`, or take `expand` away",
        }
        fn filter_of_none() {
            fr: "ce filtre ne porte sur aucune règle"
                => "écrivez le `name` ou l'`id` des règles visées, ou `any` pour toutes celles de ces journaux",
            en: "this filter is for no rule"
                => "write the `name` or `id` of the rules it is for, or `any` for every rule of these logs",
        }
    }

    UNKNOWN_MODIFIER = "V203" error {
        title { fr: "Un modificateur qui n'existe pas", en: "A modifier that does not exist" }
        why {
            fr: "On ne saurait pas comment comparer la valeur.",
            en: "It would not be known how to compare the value."
        }
        todo { fr: "Le modificateur connu le plus proche est proposé.", en: "The nearest known modifier is suggested." }
        fn no_modifier(word) { fr: "il n'y a pas de modificateur `{word}`", en: "there is no modifier `{word}`" }
        fn not_modifier() {
            fr: "il n'y a pas de modificateur `not`" => "écrivez `neq`, ou niez la sélection dans la condition",
            en: "there is no modifier `not`" => "write `neq`, or negate the selection in the condition",
        }
        fn empty_modifier() {
            fr: "il n'y a pas de modificateur derrière ce `|`" => "écrivez-en un, ou retirez le `|`",
            en: "there is no modifier behind this `|`" => "write one, or take the `|` away",
        }
    }

    MODIFIER_REFUSED = "V204" error {
        title {
            fr: "Un modificateur qui n'est pas pris en charge, ou pas avec ses voisins",
            en: "A modifier that is not supported, or not together with its neighbours"
        }
        why {
            fr: "Ensemble, ils ne disent pas comment comparer la valeur.",
            en: "Together they do not say how to compare the value."
        }
        todo { fr: "Faites ce que propose le message.", en: "Do what the message suggests." }
        fn cannot_stand(name, help) {
            fr: "le modificateur `{name}` ne peut pas être ici" => "{help}",
            en: "the modifier `{name}` cannot stand here" => "{help}",
        }
        fn says_too_little(name, help) {
            fr: "le modificateur `{name}` n'en dit pas assez ici" => "{help}",
            en: "the modifier `{name}` says too little here" => "{help}",
        }
        fn needs_field() {
            fr: "ces modificateurs ont besoin d'un champ" => "écrivez le nom d'un champ avant le premier `|`",
            en: "these modifiers need a field" => "write the name of a field before the first `|`",
        }
    }

    BAD_VALUE = "V205" error {
        title { fr: "Une valeur que ses modificateurs ne peuvent pas utiliser", en: "A value that its modifiers cannot use" }
        why { fr: "La comparaison ne pourrait jamais réussir.", en: "The comparison could never succeed." }
        todo { fr: "Écrivez une valeur de la sorte attendue.", en: "Write a value of the kind that was expected." }
        fn other_value(expected, found) {
            fr: "attendu : {expected} ; trouvé : {found}",
            en: "expected {expected}, found {found}",
        }
        fn quoted_number(expected, found) {
            fr: "attendu : {expected} ; trouvé : {found}" => "écrivez-le sans guillemets",
            en: "expected {expected}, found {found}" => "write it without quotes",
        }
        fn no_text(expected, found) {
            fr: "attendu : {expected} ; trouvé : {found}" => "écrivez '' pour le texte vide",
            en: "expected {expected}, found {found}" => "write '' for the empty text",
        }
        fn no_network(expected, found) {
            fr: "attendu : {expected} ; trouvé : {found}" => "écrivez par exemple 10.0.0.0/8 ou 2001:db8::/32",
            en: "expected {expected}, found {found}" => "write for example 10.0.0.0/8 or 2001:db8::/32",
        }
        fn encoded_wildcard() {
            fr: "un joker ne peut pas être encodé"
                => "retirez le joker, ou mettez une barre oblique inverse devant pour désigner le caractère lui-même",
            en: "a wildcard cannot be encoded"
                => "take the wildcard away, or write a backslash before it to mean the character itself",
        }
        fn too_many_texts(why) {
            fr: "{why}" => "prenez des listes plus courtes, ou une seule liste par valeur",
            en: "{why}" => "use shorter lists, or one list in a value",
        }
    }

    BAD_REGEX = "V206" error {
        title {
            fr: "Une expression régulière qui ne peut pas être utilisée",
            en: "A regular expression that cannot be used"
        }
        why {
            fr: "Elle est fausse, trop grande, ou demande ce qui ne se lit pas en temps linéaire.",
            en: "It is wrong, too big, or asks for what cannot be read in linear time."
        }
        todo {
            fr: "Corrigez-la à l'endroit montré, ou prenez une seconde sélection avec `not`.",
            en: "Correct it at the place shown, or use a second selection with `not`."
        }
        fn regex_too_big() {
            fr: "cette expression régulière est trop grande"
                => "écrivez moins de répétitions, ou de plus petites, que {{1000}} par exemple",
            en: "this regular expression is too big" => "write fewer or smaller repetitions such as {{1000}}",
        }
        fn regex_beyond(reason) {
            fr: "cette expression régulière ne peut pas être utilisée : {reason}"
                => "vigie lit chaque expression en temps linéaire, ce qui exclut cela : prenez une seconde sélection et \
                    `not`",
            en: "this regular expression cannot be used: {reason}"
                => "vigie reads every expression in linear time, which leaves these out: use a second selection and `not`",
        }
        fn regex_twice() warning {
            fr: "cette répétition en répète une autre, ce qui ne change rien ici ; ailleurs (`++`, `*+`), rien de ce qu'elle \
                 a pris n'est rendu"
                => "retirez le second signe",
            en: "this repeats a repetition, which changes nothing here; elsewhere (`++`, `*+`) it gives back nothing it took"
                => "take the second sign away",
        }
        fn regex_wrong(reason) {
            fr: "cette expression régulière ne peut pas être utilisée : {reason}"
                => "vérifiez les crochets, les barres obliques inverses et les répétitions à cet endroit",
            en: "this regular expression cannot be used: {reason}"
                => "check the brackets, the backslashes and the repetitions at this place",
        }
    }

    BAD_CONDITION = "V207" error {
        title { fr: "Une condition qui ne peut pas être lue", en: "A condition that cannot be read" }
        why { fr: "On ne saurait pas quand la règle trouve.", en: "It would not be known when the rule matches." }
        todo {
            fr: "Écrivez par exemple `selection and not filter`.",
            en: "Write for example `selection and not filter`."
        }
        fn ends_early(one) {
            fr: "la condition finit trop tôt" => "écrivez derrière ceci le nom d'une {one}",
            en: "the condition ends too early" => "write the name of a {one} behind this",
        }
        fn no_name_here(one, found) {
            fr: "attendu : le nom d'une {one} ; trouvé : `{found}`" => "écrivez par exemple `selection and not filter`",
            en: "expected the name of a {one}, found `{found}`" => "write for example `selection and not filter`",
        }
        fn too_nested(most) {
            fr: "plus de {most} parenthèses sont emboîtées" => "écrivez la condition avec moins de parenthèses",
            en: "brackets are nested more than {most} deep" => "write the condition with fewer brackets",
        }
        fn never_closed() {
            fr: "cette parenthèse n'est jamais fermée" => "écrivez `)` là où elle finit",
            en: "this bracket is never closed" => "write `)` where it ends",
        }
        fn never_opened() {
            fr: "cette parenthèse n'a jamais été ouverte" => "retirez-la, ou écrivez `(` là où elle commence",
            en: "this bracket was never opened" => "take it away, or write `(` where it starts",
        }
        fn counting_bar() {
            fr: "compter avec `|` ne fait plus partie de Sigma"
                => "écrivez une corrélation de type `event_count` ou `value_count` dans un second document",
            en: "counting with `|` is no longer part of Sigma"
                => "write a correlation of the type `event_count` or `value_count` in a second document",
        }
        fn not_joined(found) {
            fr: "attendu : `and` ou `or` ; trouvé : `{found}`" => "joignez les deux par `and` ou `or`",
            en: "expected `and` or `or`, found `{found}`" => "join the two with `and` or `or`",
        }
        fn of_nothing(count, many) {
            fr: "`{count} of` a besoin de noms de {many}" => "écrivez par exemple `1 of selection_*` ou `all of them`",
            en: "`{count} of` needs the names of {many}" => "write for example `1 of selection_*` or `all of them`",
        }
        fn no_quantity(count, many) {
            fr: "`{count}` n'est pas un nombre de {many}" => "écrivez `1`, `2`, … ou `all` avant `of`",
            en: "`{count}` is not a number of {many}" => "write `1`, `2`, … or `all` before `of`",
        }
        fn stands_for_fewer(target, chosen, many) {
            fr: "`{target}` ne désigne que {chosen} {many}" => "écrivez un nombre plus petit, ou `all`",
            en: "`{target}` stands for {chosen} {many} only" => "write a smaller number, or `all`",
        }
        fn no_condition(found) {
            fr: "attendu : une condition ; trouvé : {found}" => "écrivez par exemple `selection and not filter`",
            en: "expected a condition, found {found}" => "write for example `selection and not filter`",
        }
    }

    UNKNOWN_SELECTION = "V208" error {
        title {
            fr: "Une condition qui nomme une sélection qui n'est pas là",
            en: "A condition that names a selection which is not there"
        }
        why { fr: "La condition ne pourrait jamais être jugée.", en: "The condition could never be judged." }
        todo { fr: "Corrigez le nom, ou écrivez la sélection.", en: "Correct the name, or write the selection." }
        fn no_selection(one, name) { fr: "il n'y a pas de {one} `{name}`", en: "there is no {one} `{name}`" }
        fn no_selection_called(one, name) { fr: "aucune {one} ne s'appelle `{name}`", en: "no {one} is called `{name}`" }
    }

    UNUSED_SELECTION = "V209" warning {
        title { fr: "Une sélection qu'aucune condition ne nomme", en: "A selection that no condition names" }
        why { fr: "Elle n'a aucun effet.", en: "It has no effect." }
        todo {
            fr: "Nommez-la dans la condition, ou faites commencer son nom par `_`.",
            en: "Name it in the condition, or start its name with `_`."
        }
        fn unused_selection(name) {
            fr: "la condition n'utilise pas la sélection `{name}`"
                => "nommez-la dans la condition, ou faites commencer son nom par `_`",
            en: "the condition does not use the selection `{name}`"
                => "name it in the condition, or start its name with `_`",
        }
    }
}
