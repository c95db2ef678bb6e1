//! Files together: what one of them needs of another.

use super::findings;

findings! {
    { fr: "Fichiers ensemble", en: "Files together" }

    RULE_FILE = "V401" error {
        title { fr: "Un fichier de règles ne peut pas être ouvert", en: "A rule file cannot be opened" }
        why { fr: "Ses règles ne veillent pas.", en: "Its rules do not watch." }
        todo {
            fr: "Vérifiez le fichier et qui peut le lire ; aucun lien ne mène hors du dossier vérifié.",
            en: "Check the file and who may read it; no link leads out of the folder that is checked."
        }
        fn unreadable_rule(why) {
            fr: "ce fichier de règles ne peut pas être lu : {why}",
            en: "this rule file cannot be read: {why}",
        }
        fn unreadable_pipeline(why) {
            fr: "ce pipeline ne peut pas être lu : {why}",
            en: "this pipeline cannot be read: {why}",
        }
        fn unreadable_folder(why) {
            fr: "ce dossier ne peut pas être lu : {why}",
            en: "this folder cannot be read: {why}",
        }
        fn nothing_there() {
            fr: "il n'y a pas de fichier ou de dossier de ce nom"
                => "nommez le dossier d'un site, un scénario, une règle, ou un dossier qui en contient",
            en: "there is no file or folder of this name"
                => "name a site's folder, a playbook, a rule, or a folder of them",
        }
    }

    PLAYBOOK_FILE = "V402" error {
        title { fr: "Un scénario ne peut pas être ouvert", en: "A playbook cannot be opened" }
        why { fr: "Il ne peut pas être joué.", en: "It cannot be played." }
        todo {
            fr: "Vérifiez le fichier et qui peut le lire ; aucun lien ne mène hors du dossier vérifié.",
            en: "Check the file and who may read it; no link leads out of the folder that is checked."
        }
        fn unreadable_playbook(why) {
            fr: "ce scénario ne peut pas être lu : {why}",
            en: "this playbook cannot be read: {why}",
        }
    }

    NOT_IN_SITE = "V403" error {
        title {
            fr: "Un scénario nomme ce que son site n'a pas",
            en: "A playbook names something its site does not have"
        }
        why { fr: "L'exercice ne pourrait pas être joué comme écrit.", en: "The exercise could not be played as written." }
        todo { fr: "Ajoutez-le au site, ou corrigez le scénario.", en: "Add it to the site, or correct the playbook." }
        fn no_person(name) { fr: "le site n'a pas de personne `{name}`", en: "the site has no person `{name}`" }
        fn no_player(name) {
            fr: "le site n'a ni personne ni tour de garde `{name}`",
            en: "the site has no person or rota `{name}`",
        }
        fn no_chain(name) { fr: "le site n'a pas de chaîne `{name}`", en: "the site has no chain `{name}`" }
        fn no_source(name) { fr: "le site n'a pas de source `{name}`", en: "the site has no source `{name}`" }
        fn no_rule(name) { fr: "le site n'a pas de règle `{name}`", en: "the site has no rule `{name}`" }
    }

    SAME_NAME = "V404" error {
        title { fr: "Deux scénarios du même nom", en: "Two playbooks of the same name" }
        why { fr: "On ne saurait pas lequel jouer.", en: "It would not be known which one to play." }
        todo { fr: "Donnez à l'un un autre nom sous `playbook:`.", en: "Give one of them another `playbook:` name." }
        fn playbook_again(name, first) {
            fr: "`{name}` est déjà le nom de {first}" => "donnez-lui un autre nom sous `playbook:`",
            en: "`{name}` is the name of {first} already" => "give it another `playbook:` name",
        }
    }

    NO_INJECT = "V405" error {
        title {
            fr: "Une source dans laquelle un exercice ne peut pas écrire",
            en: "A source that an exercise cannot write to"
        }
        why {
            fr: "Elle suit un motif : on ne sait pas dans quel fichier écrire.",
            en: "It follows a pattern: it is not known which file to write to."
        }
        todo { fr: "Ajoutez `inject: <fichier>` à la source.", en: "Add `inject: <file>` to the source." }
        fn no_inject_file(name) {
            fr: "la source `{name}` suit un motif : un exercice ne sait pas dans quel fichier écrire"
                => "ajoutez `inject: <fichier>` à la source dans vigie.yaml",
            en: "the source `{name}` follows a pattern: an exercise does not know which file to write to"
                => "add `inject: <file>` to the source in vigie.yaml",
        }
    }

    UNSHOWN = "V406" warning {
        title {
            fr: "Une source où les lignes d'un exercice seraient refusées",
            en: "A source that would refuse the lines of an exercise"
        }
        why {
            fr: "Un programme qui n'ajoute pas à la fin de son journal écrirait par-dessus ces lignes, et vigie ne lirait pas les siennes.",
            en: "A program that does not append to its log would write over these lines, and vigie would not read its own."
        }
        todo {
            fr: "Si le programme ajoute à la fin de son journal, écrivez `writer: appends` à la source ; sinon n'y faites rien écrire.",
            en: "If the program appends to its log, write `writer: appends` at the source; otherwise have nothing written there."
        }
        fn nothing_shown(name) {
            fr: "rien ne montre que le programme de la source `{name}` ajoute à la fin de son journal : un exercice n'y écrirait pas"
                => "si c'est le cas, écrivez `writer: appends` à cette source",
            en: "nothing shows that the program of the source `{name}` appends to its log: an exercise would not write there"
                => "if it does, write `writer: appends` at that source",
        }
        fn written_over(name, program) {
            fr: "{program} n'ajoute pas à la fin du journal de la source `{name}` (`O_APPEND`) : un exercice n'y écrirait pas"
                => "retirez de vos scénarios les lignes de cette source, ou faites écrire ce programme par syslog",
            en: "{program} does not append to the log of the source `{name}` (`O_APPEND`): an exercise would not write there"
                => "leave the lines of that source out of your playbooks, or have that program write through syslog",
        }
    }
}
