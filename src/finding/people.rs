//! `people.yaml`: who can be reached, and who is on call.

use super::findings;

findings! {
    { fr: "people.yaml", en: "people.yaml" }

    UNKNOWN_PERSON = "V120" error {
        title {
            fr: "Un nom, sous `rotas:` ou `chains:`, que personne ne porte",
            en: "A name under `rotas:` or `chains:` that no person has"
        }
        why { fr: "Personne ne serait prévenu à sa place.", en: "Nobody would be told in their place." }
        todo {
            fr: "Ajoutez la personne à `people:`, ou corrigez le nom.",
            en: "Add the person to `people:`, or correct the name."
        }
        fn not_under_people(name) {
            fr: "personne ne s'appelle `{name}` sous `people:`",
            en: "nobody called `{name}` is under `people:`",
        }
        fn not_in_people_yaml(name) {
            fr: "personne ne s'appelle `{name}` dans people.yaml",
            en: "nobody called `{name}` is in people.yaml",
        }
        fn neither_person_nor_rota(name) {
            fr: "aucune personne et aucun tour de garde ne s'appelle `{name}`",
            en: "no person and no rota is called `{name}`",
        }
    }

    HANDOVER = "V121" error {
        title {
            fr: "Une relève qui n'est pas un jour et une heure",
            en: "A hand-over that is not a weekday and an hour"
        }
        why { fr: "On ne saurait pas qui est de garde.", en: "It would not be known who is on call." }
        todo {
            fr: "`lundi 08:00` pour chaque lundi, `08:00` pour chaque jour.",
            en: "`mon 08:00` for every Monday, `08:00` for every day."
        }
        fn no_handover(written) {
            fr: "« {written} » n'est pas une relève"
                => "écrivez `lundi 08:00` pour chaque lundi à huit heures, ou `08:00` pour chaque jour",
            en: "\"{written}\" is not a hand-over"
                => "write `mon 08:00` for every Monday at eight, or `08:00` for every day",
        }
    }

    EMPTY_ROTA = "V122" error {
        title { fr: "Un tour où personne n'est jamais de garde", en: "A rota in which nobody is ever on call" }
        why { fr: "Une chaîne qui le nomme ne préviendrait personne.", en: "A chain that names it would tell nobody." }
        todo {
            fr: "Ajoutez `members: […]` ou `else: <personne>`.",
            en: "Add `members: […]` or `else: <person>`."
        }
        fn empty_rota(name) {
            fr: "le tour de garde `{name}` n'a ni `members` ni `else` : personne ne serait jamais prévenu"
                => "ajoutez `members: […]` ou `else: <personne>`",
            en: "the rota `{name}` has no members and no `else`: nobody would ever be told"
                => "add `members: […]` or `else: <person>`",
        }
    }

    PHONE = "V123" error {
        title {
            fr: "Un numéro de téléphone qui n'est pas en forme internationale",
            en: "A telephone number that is not in international form"
        }
        why {
            fr: "Le modem ou l'opérateur pourrait l'envoyer dans un autre pays, ou pas du tout.",
            en: "The modem or the provider might send it to another country, or not at all."
        }
        todo { fr: "`\"+33600000001\"`, entre guillemets.", en: "`\"+33600000001\"`, in quotes." }
        fn no_phone(written) {
            fr: "« {written} » n'est pas un numéro de téléphone en forme internationale"
                => "écrivez-le en forme internationale, comme \"+33600000001\"",
            en: "\"{written}\" is not a telephone number in international form"
                => "write it in international form, such as \"+33600000001\"",
        }
        fn french_phone(written, rest) {
            fr: "« {written} » n'est pas un numéro de téléphone en forme internationale"
                => "en forme internationale : \"+33{rest}\"",
            en: "\"{written}\" is not a telephone number in international form" => "in international form: \"+33{rest}\"",
        }
    }

    MAIL = "V124" error {
        title { fr: "Une adresse de courriel qui n'en est pas une", en: "A mail address that is not one" }
        why { fr: "Le relais refuserait le message.", en: "The relay would refuse the message." }
        todo { fr: "Une seule adresse, comme `nom@hopital.example`.", en: "One address, such as `name@hospital.example`." }
        fn no_mail(written) {
            fr: "« {written} » n'est pas une adresse de courriel"
                => "écrivez une seule adresse, comme nom@hopital.example",
            en: "\"{written}\" is not a mail address" => "write one address, such as name@hospital.example",
        }
    }

    DATE = "V125" error {
        title { fr: "Une date qui n'en est pas une", en: "A date that is not one" }
        why {
            fr: "Les tours de garde se comptent à partir de cette date.",
            en: "The turns of a rota are counted from this date."
        }
        todo { fr: "`2026-01-05`.", en: "`2026-01-05`." }
        fn no_date(written) {
            fr: "« {written} » n'est pas une date à partir de laquelle compter des tours" => "écrivez-la 2026-01-05",
            en: "\"{written}\" is not a date from which turns can be counted" => "write it as 2026-01-05",
        }
    }

    SAME_NAME = "V126" error {
        title { fr: "Une personne et un tour de garde du même nom", en: "A person and a rota of the same name" }
        why { fr: "Une chaîne ne saurait pas lequel est visé.", en: "A chain could not tell which one is meant." }
        todo { fr: "Donnez un autre nom au tour de garde.", en: "Give the rota another name." }
        fn person_already(name, person) {
            fr: "`{name}` est déjà une personne ({person}) ; une chaîne ne pourrait pas les distinguer"
                => "donnez un autre nom au tour de garde",
            en: "`{name}` is a person already ({person}); a chain could not tell them apart"
                => "give the rota another name",
        }
    }

    NAME = "V127" error {
        title {
            fr: "Un nom qui ne peut pas être montré : vide, ou avec des retours à la ligne",
            en: "A name that cannot be shown: empty, or with line breaks in it"
        }
        why {
            fr: "Les noms, celui du site aussi, vont dans les objets de courriels et les lignes de listes.",
            en: "Names, that of the site too, go into the subjects of mails and the lines of lists."
        }
        todo { fr: "Une seule ligne de texte.", en: "One line of text." }
        fn no_name() {
            fr: "ce nom ne peut pas être montré aux gens" => "écrivez-le sur une ligne, comme \"Mme A. Ferrand\"",
            en: "this name cannot be shown to people" => "write it on one line, such as \"Mme A. Ferrand\"",
        }
    }

    SAME_ADDRESS = "V128" warning {
        title { fr: "Deux personnes pour une adresse ou un numéro", en: "Two people with one address or number" }
        why {
            fr: "Si l'une ne répond pas, c'est le même téléphone qu'on appelle ensuite.",
            en: "Where one does not answer, the next to be told has the same telephone."
        }
        todo { fr: "Donnez à chacune la sienne.", en: "Give each their own." }
        fn same_address(first, second) {
            fr: "`{first}` et `{second}` ont la même adresse : si l'une ne répond pas, l'autre n'en saura pas plus"
                => "donnez à chacune la sienne",
            en: "`{first}` and `{second}` have the same address: where one does not answer, the other is told nothing new"
                => "give each their own",
        }
    }

    ACCOUNT = "V129" error {
        title {
            fr: "Un compte de la machine qui ne dit pas qui c'est",
            en: "An account of the machine that does not tell who it is"
        }
        why {
            fr: "Le compte de qui tape une commande dit qui parle ; partagé, il ne le dirait plus. Un avertissement si cette \
                 machine n'a pas un tel compte.",
            en: "The account of whoever types a command tells who speaks; shared, it would not. A warning where this \
                 machine has no such account."
        }
        todo {
            fr: "À chaque personne le sien ; sans compte, on la nomme avec `--as`.",
            en: "To each person their own; somebody without one is named with `--as`."
        }
        fn same_account(account, person) {
            fr: "le compte `{account}` est déjà celui de `{person}` : il ne dirait pas qui parle"
                => "à chaque personne son compte ; sans compte, on la nomme avec `--as`",
            en: "the account `{account}` is already that of `{person}`: it would not tell who speaks"
                => "to each person their own account; somebody without one is named with `--as`",
        }
        fn unknown_account(account) warning {
            fr: "cette machine n'a pas de compte `{account}`"
                => "corrigez son nom, ou créez-le là où tourne vigie",
            en: "this machine has no account `{account}`"
                => "correct its name, or make it where vigie runs",
        }
    }

    GAP = "V130" warning {
        title { fr: "Un tour où personne n'est encore de garde", en: "A rota in which nobody is on call yet" }
        why {
            fr: "Jusque-là, un échelon qui le nomme ne prévient personne.",
            en: "Until then a step that names it tells nobody."
        }
        todo {
            fr: "Ajoutez `else: <personne>`, ou commencez plus tôt.",
            en: "Add `else: <person>`, or start earlier."
        }
        fn nobody_yet(rota, start) {
            fr: "dans le tour de garde `{rota}`, personne n'est de garde avant le {start}"
                => "ajoutez `else: <personne>`, ou un `start:` déjà passé",
            en: "in the rota `{rota}` nobody is on call before {start}"
                => "add `else: <person>`, or a `start:` that has passed",
        }
    }

    UNCLEAR_HANDOVER = "V140" warning {
        title {
            fr: "Une relève à une heure qui manque ou revient, la nuit du changement d'heure",
            en: "A hand-over at an hour that the night of a clock change lacks, or has twice"
        }
        why { fr: "Cette nuit-là, deux personnes se croiraient de garde, ou aucune.", en: "In that night two people would think that they are on call, or nobody." }
        todo { fr: "Une heure hors de 02:00–03:00.", en: "An hour outside of 02:00–03:00." }
        fn unclear_handover(written, night) {
            fr: "la nuit du {night}, l'heure de « {written} » manque ou vient deux fois"
                => "choisissez une heure hors de 02:00–03:00",
            en: "in the night of {night} the hour of \"{written}\" is missing or comes twice"
                => "choose an hour outside of 02:00–03:00",
        }
    }

    SPAN = "V142" error {
        title {
            fr: "Une absence ou un remplacement dont les dates n'en sont pas, ou finissent avant de commencer",
            en: "An absence or an override whose dates are none, or that ends before it begins"
        }
        why { fr: "On ne saurait pas qui est de garde.", en: "It would not be known who is on call." }
        todo { fr: "`2026-12-24` ou `2026-12-24 18:00`.", en: "`2026-12-24` or `2026-12-24 18:00`." }
        fn no_instant(written) {
            fr: "« {written} » n'est ni un jour ni une heure d'un jour" => "écrivez `2026-12-24` ou `2026-12-24 18:00`",
            en: "\"{written}\" is neither a day nor an hour of a day" => "write `2026-12-24` or `2026-12-24 18:00`",
        }
        fn ends_first(from, to) {
            fr: "« {to} » ne vient pas après « {from} »" => "échangez-les, ou corrigez l'un des deux",
            en: "\"{to}\" is not behind \"{from}\"" => "exchange them, or correct one of the two",
        }
        fn instead_of_themselves(name) {
            fr: "`{name}` se remplacerait soi-même" => "nommez quelqu'un d'autre, ou retirez `instead`",
            en: "`{name}` would stand in for themselves" => "name somebody else, or leave `instead` out",
        }
    }

    HOLIDAY = "V143" error {
        title { fr: "Un jour férié qui n'en est pas un", en: "A holiday that is none" }
        why {
            fr: "Les jours fériés comptent comme des dimanches pour toutes les heures.",
            en: "Holidays count as Sundays for all hours."
        }
        todo {
            fr: "`fr`, `fr-alsace-moselle`, ou une date comme `2026-12-24`.",
            en: "`fr`, `fr-alsace-moselle`, or a date such as `2026-12-24`."
        }
        fn no_holiday(written) {
            fr: "« {written} » n'est pas un jour férié" => "écrivez `fr`, `fr-alsace-moselle`, ou une date comme `2026-12-24`",
            en: "\"{written}\" is no holiday" => "write `fr`, `fr-alsace-moselle`, or a date such as `2026-12-24`",
        }
    }
}
