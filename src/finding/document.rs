//! Any file: whether it is YAML, and whether its keys and values are those of its format.

use super::findings;

findings! {
    { fr: "Tous les fichiers", en: "Any file" }

    NOT_YAML = "V001" error {
        title { fr: "Le document n'est pas du YAML", en: "The document is not YAML" }
        why {
            fr: "Rien de ce fichier ne peut être lu tant que cet endroit n'est pas corrigé.",
            en: "Nothing of this file can be read before this place is corrected."
        }
        todo {
            fr: "Vérifiez le retrait, les guillemets et les crochets juste avant l'endroit montré.",
            en: "Check indentation, quotes and brackets just before the place shown."
        }
        fn not_yaml(what) {
            fr: "ce n'est pas du YAML valide : {what}"
                => "vérifiez le retrait, les guillemets et les crochets juste avant cet endroit",
            en: "this is not valid YAML: {what}"
                => "check the indentation, the quotes and the brackets just before this place",
        }
        fn key_twice(key) {
            fr: "ce n'est pas du YAML valide : la clé `{key}` est écrite deux fois" => "gardez une seule des deux",
            en: "this is not valid YAML: the key `{key}` is written twice" => "keep one of the two",
        }
        fn tab() {
            fr: "ce n'est pas du YAML valide : une tabulation est là où il faut des espaces"
                => "mettez le retrait en espaces",
            en: "this is not valid YAML: a tab stands where spaces belong" => "indent with spaces",
        }
        fn outdented() {
            fr: "ce n'est pas du YAML valide : cette ligne n'est pas plus à droite que la clé à laquelle elle appartient"
                => "ajoutez des espaces devant, aussi devant un crochet ou une accolade fermant",
            en: "this is not valid YAML: this line stands no further right than the key it belongs to"
                => "put spaces before it, also before a closing bracket or brace",
        }
        fn too_deep() {
            fr: "ce n'est pas du YAML valide : trop de listes et de clés sont emboîtées les unes dans les autres"
                => "un crochet ouvert devrait-il être fermé ?",
            en: "this is not valid YAML: lists and maps lie too deep in each other"
                => "is a bracket open that should be closed?",
        }
        fn too_large() {
            fr: "ce n'est pas du YAML valide : le document est trop grand"
                => "un alias (`*nom`) est-il répété à l'intérieur d'autres ?",
            en: "this is not valid YAML: the document is too large" => "is an alias (`*name`) repeated inside others?",
        }
        fn alias_inside() {
            fr: "ce n'est pas du YAML valide : un alias (`*nom`) est à l'intérieur de ce qu'il remplace"
                => "écrivez la valeur elle-même",
            en: "this is not valid YAML: an alias (`*name`) stands inside what it stands for"
                => "write the value itself",
        }
    }

    UNKNOWN_KEY = "V002" error {
        title { fr: "Une clé que le format ne connaît pas", en: "A key that the format does not know" }
        why {
            fr: "Ce qui est écrit sous une telle clé n'aurait aucun effet ; c'est souvent une faute de frappe.",
            en: "What is written under such a key would have no effect; often it is a slip of the keyboard."
        }
        todo {
            fr: "La clé connue la plus proche est proposée ; sinon, toutes celles qui sont connues sont citées.",
            en: "The nearest known key is suggested; otherwise all known ones are listed."
        }
        fn unknown_key(key) { fr: "la clé `{key}` est inconnue", en: "unknown key `{key}`" }
        fn only_for_queries(key) {
            fr: "la clé `{key}` est inconnue" => "retirez-la : elle modifie des requêtes, et vigie n'en fait pas",
            en: "unknown key `{key}`" => "take it out: it changes queries, and vigie makes none",
        }
    }

    MISSING_KEY = "V003" error {
        title { fr: "Une clé nécessaire manque", en: "A key that the format needs is not there" }
        why {
            fr: "Sans elle, le reste ne dit pas ce qu'il faut faire.",
            en: "Without it the rest does not say what to do."
        }
        todo { fr: "Ajoutez la clé.", en: "Add the key." }
        fn missing_key(key) { fr: "la clé `{key}` manque", en: "the key `{key}` is missing" }
    }

    WRONG_VALUE = "V004" error {
        title {
            fr: "Une valeur de la mauvaise sorte, ou qui n'est pas permise",
            en: "A value of the wrong kind or outside the allowed ones"
        }
        why {
            fr: "La valeur ne peut pas être lue comme le format le demande.",
            en: "The value cannot be read as the format asks."
        }
        todo {
            fr: "Écrivez ce que le message attend ; mettez entre guillemets un texte qui ressemble à un nombre.",
            en: "Write what the message says was expected; put text that looks like a number in quotes."
        }
        fn unlike(expected, found) {
            fr: "attendu : {expected} ; trouvé : {found}",
            en: "expected {expected}, found {found}",
        }
        fn unquoted(expected, found, written) {
            fr: "attendu : {expected} ; trouvé : {found}" => "mettez-le entre guillemets : \"{written}\"",
            en: "expected {expected}, found {found}" => "put it in quotes: \"{written}\"",
        }
        fn unbracketed(expected, found, written) {
            fr: "attendu : {expected} ; trouvé : {found}" => "mettez-le entre crochets : [{written}]",
            en: "expected {expected}, found {found}" => "put it in brackets: [{written}]",
        }
        fn none_of(expected, found, words) {
            fr: "attendu : {expected} ; trouvé : {found}" => "écrivez l'un de ces mots : {words}",
            en: "expected {expected}, found {found}" => "write one of: {words}",
        }
        fn no_comparison(found) {
            fr: "attendu : une comparaison comme {{gte: 10}} ; trouvé : {found}"
                => "écrivez {{gte: 2}} pour demander deux des règles ; sans condition, toutes sont demandées",
            en: "expected a comparison such as {{gte: 10}}, found {found}"
                => "write {{gte: 2}} to ask for two of the rules; without a condition, all of them are asked for",
        }
        fn counts_too_far(most) {
            fr: "cette corrélation peut compter jusqu'à {most} au plus" => "écrivez un nombre plus petit",
            en: "this correlation can count to {most} at most" => "write a smaller number",
        }
        fn no_level(word) { fr: "il n'y a pas de niveau `{word}`", en: "there is no level `{word}`" }
        fn no_status(word) warning { fr: "il n'y a pas de statut `{word}`", en: "there is no status `{word}`" }
        fn several_keys(found, words) {
            fr: "il faut exactement une de ces clés, il y en a {found}" => "écrivez l'une de celles-ci : {words}",
            en: "expected exactly one of these keys, found {found}" => "write one of: {words}",
        }
        fn unknown_word(word) { fr: "`{word}` n'est pas connu ici", en: "`{word}` is not known here" }
        fn unreadable(why) { fr: "cette valeur ne peut pas être lue : {why}", en: "{why}" }
    }

    SECOND_DOCUMENT = "V005" error {
        title { fr: "Un second document là où un seul est lu", en: "A second document where one belongs" }
        why { fr: "Personne ne lirait ce qui y est écrit.", en: "Nobody would read what is written there." }
        todo {
            fr: "Retirez la ligne `---`, ou mettez la suite dans un fichier à part.",
            en: "Take out the `---`, or give it a file of its own."
        }
        fn second_document() {
            fr: "un second document commence ici"
                => "ce fichier contient un seul document : retirez la ligne `---` au-dessus, ou mettez la suite dans un \
                    fichier à part",
            en: "a second document begins here"
                => "this file holds one document: take out the `---` above, or move what follows to its own file",
        }
    }
}
