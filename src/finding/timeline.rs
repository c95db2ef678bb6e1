//! The timeline of a playbook: what is played when, what is decided, what is expected.

use super::findings;

findings! {
    { fr: "Déroulés", en: "Timelines" }

    MOMENT = "V302" error {
        title { fr: "Un moment du déroulé qui ne peut pas être lu", en: "A moment of the script that cannot be read" }
        why { fr: "On ne saurait pas quand jouer le stimulus.", en: "It would not be known when to play the inject." }
        todo { fr: "`T+0:05` ou `T+0:05:30`.", en: "`T+0:05` or `T+0:05:30`." }
        fn no_moment(written) {
            fr: "`{written}` n'est pas un moment du déroulé"
                => "écrivez `T+0:05` pour cinq minutes après le début, ou `T+0:05:30` avec les secondes",
            en: "`{written}` is not a moment of the script"
                => "write `T+0:05` for five minutes after the start, or `T+0:05:30` with seconds",
        }
    }

    DUPLICATE = "V304" error {
        title { fr: "Deux stimuli du même nom", en: "Two injects with the same name" }
        why { fr: "On ne saurait pas lequel est visé.", en: "It would not be known which one is meant." }
        todo { fr: "Donnez à chacun son nom.", en: "Give each inject a name of its own." }
        fn inject_again(name) {
            fr: "il y a déjà un stimulus `{name}`" => "donnez à chaque stimulus son nom",
            en: "there is already an inject `{name}`" => "give each inject a name of its own",
        }
    }

    NEXT = "V307" error {
        title { fr: "Un `next` qui ne mène nulle part", en: "A `next` that leads nowhere" }
        why { fr: "Ce choix n'aurait aucune suite.", en: "Nothing would follow this choice." }
        todo { fr: "Corrigez le nom, ou écrivez le stimulus.", en: "Correct the name, or write the inject." }
        fn no_next(name) { fr: "il n'y a pas de stimulus `{name}`", en: "there is no inject `{name}`" }
    }

    OPTION = "V308" error {
        title { fr: "Un choix que la décision n'offre pas", en: "An option that the decision does not offer" }
        why { fr: "Il ne pourrait jamais être pris.", en: "It could never be taken." }
        todo { fr: "Nommez un choix de `options:`.", en: "Name an option of `options:`." }
        fn not_offered(name) { fr: "la décision n'offre pas `{name}`", en: "the decision does not offer `{name}`" }
    }

    AFTER_END = "V309" error {
        title { fr: "Un stimulus prévu après la fin", en: "An inject planned after the end" }
        why { fr: "Il ne serait jamais joué.", en: "It would never be played." }
        todo { fr: "Allongez `duration`, ou jouez-le plus tôt.", en: "Make `duration` longer, or play it earlier." }
        fn over_by_then(end) {
            fr: "l'exercice est fini à {end}" => "allongez `duration`, ou jouez ceci plus tôt",
            en: "the exercise is over at {end}" => "make `duration` longer, or play this earlier",
        }
    }

    BEYOND_END = "V310" warning {
        title {
            fr: "Ce qui commence à temps mais ne peut pas finir avant la fin",
            en: "Something that starts in time but cannot be over before the end"
        }
        why { fr: "Le bilan le compterait comme manqué.", en: "The report would count it as missed." }
        todo { fr: "Raccourcissez-le, ou allongez `duration`.", en: "Shorten it, or make `duration` longer." }
        fn ends_before(name, seconds, at) {
            fr: "l'exercice finit avant la fin de `{name}`"
                => "il reste {seconds} s après {at} ; raccourcissez-le, ou allongez `duration`",
            en: "the exercise ends before `{name}` is over"
                => "{seconds} s are left after {at}; shorten it, or make `duration` longer",
        }
        fn ends_before_time(seconds, at) {
            fr: "l'exercice finit avant la fin de ce délai"
                => "il reste {seconds} s après {at} ; raccourcissez-le, ou allongez `duration`",
            en: "the exercise ends before this time is up"
                => "{seconds} s are left after {at}; shorten it, or make `duration` longer",
        }
    }

    UNREACHABLE = "V312" error {
        title { fr: "Un stimulus que rien ne joue jamais", en: "An inject that nothing ever plays" }
        why {
            fr: "Il n'est que la suite de stimuli qui ne sont jamais joués.",
            en: "It is only the `next` of injects that are never played."
        }
        todo { fr: "Donnez un moment à l'un d'eux.", en: "Give one of them a moment of its own." }
        fn never_played(name) {
            fr: "rien ne joue jamais le stimulus `{name}`"
                => "il n'est que le `next` de stimuli qui ne sont jamais joués ; donnez un moment à l'un d'eux",
            en: "nothing ever plays the inject `{name}`"
                => "it is only the `next` of injects that are never played; give one of them a moment of its own",
        }
    }

    EXPECTATION = "V313" error {
        title {
            fr: "Une attente qui ne dit rien, ou deux choses à la fois",
            en: "An expectation that says nothing, or two things at once"
        }
        why { fr: "On ne saurait pas quand elle est remplie.", en: "It would not be known when it is met." }
        todo {
            fr: "Exactement un de `hit`, `ack`, `page`, `action`, `decision`.",
            en: "Exactly one of `hit`, `ack`, `page`, `action`, `decision`."
        }
        fn says_nothing() {
            fr: "cette attente ne dit pas ce qui est attendu"
                => "écrivez exactement un de `hit`, `ack`, `page`, `action`, `decision` dans chaque attente",
            en: "this expectation does not say what is expected"
                => "write exactly one of `hit`, `ack`, `page`, `action`, `decision` in each expectation",
        }
        fn says_several() {
            fr: "cette attente dit plusieurs choses à la fois"
                => "écrivez exactement un de `hit`, `ack`, `page`, `action`, `decision` dans chaque attente",
            en: "this expectation says several things at once"
                => "write exactly one of `hit`, `ack`, `page`, `action`, `decision` in each expectation",
        }
        fn page_of_nobody() {
            fr: "ce message ne nomme ni une chaîne ni une personne"
                => "écrivez `page: {{person: …}}`, `page: {{chain: …}}` ou les deux",
            en: "this page names neither a chain nor a person"
                => "write `page: {{person: …}}`, `page: {{chain: …}}` or both",
        }
    }

    WITHIN = "V314" error {
        title { fr: "Une attente sans délai", en: "An expectation without a time allowed" }
        why { fr: "Elle ne pourrait jamais être manquée.", en: "It could never be missed." }
        todo { fr: "Ajoutez `within: 5m`.", en: "Add `within: 5m`." }
        fn no_time_allowed() {
            fr: "cette attente ne dit pas combien de temps elle laisse" => "ajoutez `within: 5m`",
            en: "this expectation does not say how long it may take" => "add `within: 5m`",
        }
    }

    NO_DECISION = "V315" error {
        title { fr: "Une décision attendue là où rien n'est décidé", en: "An expected decision where nothing is decided" }
        why { fr: "L'attente serait toujours manquée.", en: "The expectation would always be missed." }
        todo {
            fr: "N'attendez une décision que là où `do:` est une `decision`.",
            en: "Expect a decision only where `do:` is a `decision`."
        }
        fn nothing_decided() {
            fr: "rien n'est décidé dans ce stimulus"
                => "n'attendez une décision que là où `do:` est une `decision` ; ailleurs, décrivez une `action`",
            en: "nothing is decided in this inject"
                => "expect a decision only where `do:` is a `decision`; elsewhere describe an `action`",
        }
    }

    NO_MOMENT = "V316" error {
        title { fr: "Un stimulus sans moment", en: "An inject without a moment" }
        why { fr: "On ne saurait pas quand le jouer.", en: "It would not be known when to play it." }
        todo {
            fr: "Ajoutez `at: T+0:05`, ou `manual: true` si l'animateur le joue.",
            en: "Add `at: T+0:05`, or `manual: true` if the facilitator plays it."
        }
        fn without_moment(name) {
            fr: "le stimulus `{name}` n'a pas de moment"
                => "ajoutez `at: T+0:05`, ou `manual: true` si l'animateur le joue",
            en: "the inject `{name}` has no moment"
                => "add `at: T+0:05`, or `manual: true` if the facilitator plays it",
        }
    }

    UNUSED = "V321" warning {
        title { fr: "Un objectif qu'aucune attente ne sert", en: "An objective that no expectation serves" }
        why { fr: "Le bilan n'en dirait rien.", en: "The report would say nothing of it." }
        todo { fr: "Ajoutez `objective: …` à ce qui doit le montrer.", en: "Add `objective: …` to what should show it." }
        fn unserved(name) {
            fr: "rien dans le déroulé ne sert l'objectif `{name}`" => "ajoutez `objective: {name}` à ce qui doit le montrer",
            en: "nothing in the timeline serves the objective `{name}`"
                => "add `objective: {name}` to what should show it",
        }
    }
}
