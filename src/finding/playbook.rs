//! Playbooks: their names, texts, players, lines and casts.

use super::findings;

findings! {
    { fr: "Scénarios", en: "Playbooks" }

    DURATION = "V301" error {
        title {
            fr: "Une durée qui ne peut pas être lue, ou hors limites",
            en: "A duration that cannot be read, or is out of bounds"
        }
        why { fr: "L'exercice ne saurait pas quand finir.", en: "The exercise would not know when to end." }
        todo { fr: "`40s`, `10m` ou `1h30m`, une semaine au plus.", en: "`40s`, `10m` or `1h30m`, up to a week." }
        fn no_duration(written) {
            fr: "`{written}` n'est pas une durée d'une semaine au plus" => "écrivez par exemple `40s`, `10m` ou `1h30m`",
            en: "`{written}` is not a duration of up to a week" => "write for example `40s`, `10m` or `1h30m`",
        }
        fn lasts_no_time() {
            fr: "un exercice ne peut pas durer zéro seconde" => "écrivez par exemple `20m`",
            en: "an exercise cannot last no time" => "write for example `20m`",
        }
    }

    NAME = "V303" error {
        title {
            fr: "Un nom avec des caractères que les noms n'ont pas",
            en: "A name with characters that names do not have"
        }
        why {
            fr: "Les noms sont tapés en ligne de commande et deviennent des noms de fichiers.",
            en: "Names are typed on the command line and become names of files."
        }
        todo {
            fr: "Des lettres, des chiffres et des traits d'union, sans espace.",
            en: "Letters, digits and hyphens only, without spaces."
        }
        fn no_name(written) {
            fr: "`{written}` ne peut pas être un nom"
                => "ne prenez que des lettres, des chiffres et des traits d'union, sans espace",
            en: "`{written}` cannot be a name" => "use letters, digits and hyphens only, without spaces",
        }
    }

    OBJECTIVE = "V305" error {
        title { fr: "Un objectif qui n'est pas déclaré", en: "An objective that is not declared" }
        why { fr: "Le bilan ne saurait pas où compter ce point.", en: "The report would not know where to count this." }
        todo { fr: "Déclarez-le sous `objectives:`, ou corrigez le nom.", en: "Declare it under `objectives:`, or correct the name." }
        fn no_objective(name) { fr: "il n'y a pas d'objectif `{name}`", en: "there is no objective `{name}`" }
    }

    RECIPIENT = "V306" error {
        title {
            fr: "Un destinataire qui n'est ni une cellule, ni quelqu'un d'une cellule",
            en: "A recipient who is neither a cell nor somebody in one"
        }
        why { fr: "Le stimulus ne parviendrait à personne.", en: "The inject would reach nobody." }
        todo { fr: "Nommez une cellule de `cells:`, ou l'un de ses membres.", en: "Name a cell of `cells:`, or one of its members." }
        fn no_recipient(name) {
            fr: "`{name}` n'est ni une cellule, ni quelqu'un d'une cellule",
            en: "`{name}` is neither a cell nor somebody in a cell",
        }
    }

    LANGUAGE = "V311" warning {
        title { fr: "Un texte auquel manque l'une des deux langues", en: "A text that lacks one of the two languages" }
        why { fr: "Des joueurs le liraient dans l'autre langue.", en: "Some players would read it in the other language." }
        todo { fr: "Écrivez `{fr: …, en: …}`.", en: "Write `{fr: …, en: …}`." }
        fn no_french() {
            fr: "ce texte n'est pas en français"
                => "ajoutez `fr: …` à côté de `en: …` ; d'ici là, l'autre langue est montrée",
            en: "this text has no French wording" => "add `fr: …` beside `en: …`; until then the other language is shown",
        }
        fn no_english() {
            fr: "ce texte n'est pas en anglais"
                => "ajoutez `en: …` à côté de `fr: …` ; d'ici là, l'autre langue est montrée",
            en: "this text has no English wording" => "add `en: …` beside `fr: …`; until then the other language is shown",
        }
    }

    LINES_FILE = "V317" error {
        title { fr: "Un fichier de lignes qui ne peut pas être lu", en: "A file of log lines that cannot be had" }
        why {
            fr: "Il n'est pas là, n'est pas un fichier ordinaire, ou un nom ou un lien mène hors du dossier du scénario.",
            en: "It is not there, is no ordinary file, or a name or a link leads out of the playbook's folder."
        }
        todo {
            fr: "Mettez le fichier à côté du scénario, ou écrivez les lignes dedans.",
            en: "Put the file beside the playbook, or write the lines into it."
        }
        fn not_beside(name) {
            fr: "`{name}` n'est pas un fichier à côté du scénario"
                => "nommez un fichier du dossier du scénario, comme `mon-scenario/renommages.log`, ou donnez une liste de \
                    lignes",
            en: "`{name}` is not a file beside the playbook"
                => "name a file in the playbook's own folder, such as `my-playbook/renames.log`, or give a list of lines",
        }
        fn unreadable_lines(name, why) {
            fr: "le fichier de lignes `{name}` ne peut pas être lu : {why}"
                => "mettez le fichier à côté du scénario, ou corrigez son nom",
            en: "the file of lines `{name}` cannot be read: {why}"
                => "put the file beside the playbook, or correct its name",
        }
    }

    PLACEHOLDER = "V318" error {
        title { fr: "Un emplacement inconnu dans une ligne", en: "A placeholder of a log line that is not known" }
        why { fr: "La ligne serait écrite telle quelle, et aucune règle ne la lirait.", en: "The line would be written as it is, and no rule would read it." }
        todo { fr: "L'emplacement connu le plus proche est proposé.", en: "The nearest known placeholder is suggested." }
        fn no_blank(name) {
            fr: "`{{{{{name}}}}}` n'est pas quelque chose qui peut être écrit dans une ligne",
            en: "`{{{{{name}}}}}` is not something that can be written into a line",
        }
    }

    LINES = "V319" error {
        title { fr: "Trop de lignes, ou aucune", en: "Too many log lines, or none" }
        why { fr: "Un exercice n'est pas un essai de charge.", en: "An exercise is not a load test." }
        todo { fr: "De 1 à 100000 lignes.", en: "From 1 to 100000 lines." }
        fn so_many_lines(count, most) {
            fr: "nombre de lignes que ce stimulus écrirait : {count}" => "écrivez de 1 à {most} lignes",
            en: "this inject would write {count} lines" => "write from 1 to {most} lines",
        }
    }

    EMPTY = "V320" error {
        title { fr: "Une liste qui ne doit pas être vide", en: "A list that must not be empty" }
        why { fr: "Il n'y aurait personne à qui le dire, ou rien à jouer.", en: "There would be nobody to tell, or nothing to play." }
        todo { fr: "Écrivez au moins ce que le message demande.", en: "Write at least what the message asks for." }
        fn nobody_named() {
            fr: "personne n'est nommé ici" => "nommez une cellule, ou quelqu'un d'une cellule",
            en: "nobody is named here" => "name a cell, or somebody in one",
        }
        fn empty_cell(name) {
            fr: "personne n'est dans la cellule `{name}`"
                => "citez des personnes ou des tours de garde : `[rssi, dsi-astreinte]`",
            en: "nobody is in the cell `{name}`" => "list people or rotas: `[rssi, dsi-astreinte]`",
        }
        fn no_inject() {
            fr: "le déroulé n'a aucun stimulus" => "ajoutez au moins un `- id: …`",
            en: "the timeline has no inject" => "add at least one `- id: …`",
        }
        fn no_choice() {
            fr: "il n'y a rien à choisir" => "offrez au moins un choix : `options: {{oui: {{label: …}}}}`",
            en: "there is nothing to choose from" => "offer at least one: `options: {{yes: {{label: …}}}}`",
        }
    }

    CAST = "V322" error {
        title {
            fr: "Une distribution qui parle de ce que le déroulé n'a pas",
            en: "A cast that speaks of something the timeline does not have"
        }
        why { fr: "Personne ne le jouerait en répétition.", en: "Nobody would play it in a rehearsal." }
        todo { fr: "Corrigez le nom, ou écrivez le stimulus.", en: "Correct the name, or write the inject." }
        fn asks_no_decision(name) {
            fr: "aucun stimulus `{name}` ne demande une décision",
            en: "no decision is asked by an inject `{name}`",
        }
        fn not_by_hand(name) {
            fr: "`{name}` n'est pas joué à la main",
            en: "`{name}` is not played by hand",
        }
    }
}
