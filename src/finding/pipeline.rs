//! Processing pipelines: how rules are changed where events call fields differently.

use super::findings;

findings! {
    { fr: "Pipelines de traitement", en: "Processing pipelines" }

    BAD_PIPELINE = "V230" error {
        title {
            fr: "Un pipeline qui ne peut pas être lu tel quel",
            en: "A processing pipeline that cannot be read as written"
        }
        why { fr: "Les règles resteraient comme elles sont.", en: "The rules would stay as they are." }
        todo {
            fr: "Écrivez `name:` et `transformations:` comme le message le demande.",
            en: "Write `name:` and `transformations:` as the message asks."
        }
        fn no_pipeline(found) {
            fr: "attendu : un pipeline ; trouvé : {found}" => "commencez par `name:` et `transformations:`",
            en: "expected a pipeline, found {found}" => "start with `name:` and `transformations:`",
        }
        fn changes_nothing() {
            fr: "ce pipeline ne change rien"
                => "écrivez au moins une transformation, comme `- {{type: field_name_mapping, mapping: {{Image: \
                    process.executable}}}}`",
            en: "this pipeline changes nothing"
                => "write at least one, such as `- {{type: field_name_mapping, mapping: {{Image: process.executable}}}}`",
        }
        fn leaves_nothing() {
            fr: "ceci ne laisserait rien d'aucune règle"
                => "nommez les champs : `field_name_conditions: [{{type: include_fields, fields: […]}}]`",
            en: "this would leave nothing of any rule"
                => "name the fields: `field_name_conditions: [{{type: include_fields, fields: […]}}]`",
        }
        fn empty_key(key) { fr: "`{key}` est vide", en: "`{key}` is empty" }
        fn no_new_name(name) {
            fr: "`{name}` ne reçoit aucun nom, ou un qui n'est pas un texte"
                => "écrivez un nom, ou une liste de noms dont chacun peut avoir la valeur",
            en: "`{name}` is given no name, or one that is no text"
                => "write one name, or a list of names of which any may hold the value",
        }
        fn no_old_name() {
            fr: "ceci ne nomme aucun champ, et ce qui est cherché dans toute la ligne n'en a pas"
                => "nommez le champ qui change de nom, ou retirez cette ligne",
            en: "this names no field, and what is looked for in the whole line has none"
                => "name the field that is called otherwise, or take this line away",
        }
        fn no_logs_named() {
            fr: "ceci ne nomme aucun journal" => "nommez une `category`, un `product` ou un `service`",
            en: "this names no logs" => "name a `category`, `product` or `service`",
        }
        fn joins_nothing(word) { fr: "`{word}` ne joint pas de conditions", en: "`{word}` joins no conditions" }
        fn no_field_named() { fr: "aucun champ n'est nommé ici", en: "no field is named here" }
    }

    UNKNOWN_STEP = "V231" error {
        title {
            fr: "Une transformation ou une condition que vigie n'a pas",
            en: "A transformation or condition of a pipeline that vigie does not have"
        }
        why { fr: "Les règles ne seraient pas changées comme prévu.", en: "Rules would not be changed as planned." }
        todo { fr: "La plus proche est proposée ; sinon, toutes sont citées.", en: "The nearest one is suggested; otherwise all are listed." }
        fn no_transformation(name) {
            fr: "vigie n'a pas de transformation `{name}`",
            en: "vigie has no transformation `{name}`",
        }
        fn no_condition_here(name) {
            fr: "vigie n'a pas de condition `{name}` ici",
            en: "vigie has no condition `{name}` here",
        }
    }

    LEFT_OUT = "V232" warning {
        title { fr: "Une règle qu'un pipeline laisse de côté", en: "A rule that a pipeline leaves out" }
        why {
            fr: "Elle est là, n'est pas armée, et ne trouve jamais rien.",
            en: "It is there, is not armed, and never matches."
        }
        todo {
            fr: "Changez les conditions du pipeline, ou retirez la règle.",
            en: "Change the conditions of the pipeline, or take the rule away."
        }
        fn left_out(why) {
            fr: "{why}" => "changez les conditions du pipeline, ou retirez la règle",
            en: "{why}" => "change the conditions of the pipeline, or take the rule away",
        }
    }

    SEVERAL_NAMES = "V233" warning {
        title {
            fr: "Un champ à plusieurs noms après un pipeline, là où une corrélation en veut un",
            en: "A field with several names after a pipeline, where a correlation needs one"
        }
        why { fr: "Seul le premier nom est regardé.", en: "Only the first name is looked at." }
        todo { fr: "Donnez un seul nom au champ dans le pipeline.", en: "Give the field one name in the pipeline." }
        fn several_names(field, name) {
            fr: "`{field}` a maintenant plusieurs noms, et seul `{name}` est regardé"
                => "un groupe veut une valeur : donnez un seul nom au champ dans le pipeline",
            en: "`{field}` has several names now, and only `{name}` is looked at"
                => "a group needs one value: give the field one name in the pipeline",
        }
    }

    NO_LIST = "V234" warning {
        title {
            fr: "Un pipeline qui demande une liste absente ou vide",
            en: "A pipeline that asks for a list which is missing or empty"
        }
        why { fr: "Les règles qui l'attendent ne sont pas armées.", en: "The rules that wait for it are not armed." }
        todo {
            fr: "Écrivez ses valeurs sous `vars` ici, ou sous `lists` dans `vigie.yaml`.",
            en: "Write its values under `vars` here, or under `lists` in `vigie.yaml`."
        }
        fn no_list(name) {
            fr: "il n'y a pas de liste `{name}`, ou rien dedans"
                => "écrivez ses valeurs sous `vars` ici, ou sous `lists` dans vigie.yaml",
            en: "there is no list `{name}`, or nothing in it"
                => "write its values under `vars` here, or under `lists` in vigie.yaml",
        }
    }
}
