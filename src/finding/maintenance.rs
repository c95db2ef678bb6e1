//! `vigie.yaml`: maintenance windows, during which people need not be told of some things.

use super::findings;

findings! {
    { fr: "vigie.yaml, maintenance", en: "vigie.yaml, maintenance" }

    EVERYTHING = "V150" error {
        title {
            fr: "Une fenêtre de maintenance qui porterait sur tout",
            en: "A maintenance window that would be about everything"
        }
        why {
            fr: "Pendant ces heures, personne ne serait prévenu de rien.",
            en: "During these hours nobody would be told of anything."
        }
        todo {
            fr: "Nommez au moins une machine, un compte, une adresse, une règle ou une source.",
            en: "Name at least one machine, account, address, rule or source."
        }
        fn about_everything() {
            fr: "cette fenêtre ne dit pas sur quoi elle porte"
                => "ajoutez `machines:`, `accounts:`, `addresses:`, `rules:` ou `sources:`",
            en: "this window does not say what it is about"
                => "add `machines:`, `accounts:`, `addresses:`, `rules:` or `sources:`",
        }
    }

    ENDLESS = "V151" error {
        title {
            fr: "Une fenêtre de maintenance dont les heures ne conviennent pas",
            en: "A maintenance window whose hours do not do"
        }
        why {
            fr: "Ce qu'elle retient serait annoncé au mauvais moment, ou jamais.",
            en: "What it holds back would be told at the wrong time, or never."
        }
        todo {
            fr: "`sun 02:00-04:00` ; au-delà de minuit, écrivez deux fenêtres.",
            en: "`sun 02:00-04:00`; write two windows for hours that go beyond midnight."
        }
        fn never_ends() {
            fr: "cette fenêtre ne finit jamais" => "écrivez des heures qui finissent, comme `sun 02:00-04:00`",
            en: "this window never ends" => "write hours that end, such as `sun 02:00-04:00`",
        }
        fn no_hours(written) {
            fr: "« {written} » ne dit pas des heures"
                => "écrivez des jours et des heures comme `sun 02:00-04:00` ; au-delà de minuit, deux fenêtres",
            en: "\"{written}\" says no hours"
                => "write days and hours such as `sun 02:00-04:00`; two windows for hours that go beyond midnight",
        }
    }

    NAMED = "V152" error {
        title {
            fr: "Une fenêtre de maintenance qui nomme ce qui n'existe pas",
            en: "A maintenance window that names what is not there"
        }
        why { fr: "Elle ne retiendrait rien.", en: "It would hold nothing back." }
        todo { fr: "Corrigez le nom.", en: "Correct the name." }
        fn no_source_called(name) {
            fr: "aucune source ne s'appelle `{name}`",
            en: "no source is called `{name}`",
        }
        fn no_rule_called(name) {
            fr: "aucune règle ne s'appelle `{name}` ici",
            en: "no rule is called `{name}` here",
        }
        fn no_reason() {
            fr: "cette fenêtre ne dit pas pourquoi" => "écrivez la raison : ceux qui la lisent la nuit n'étaient pas là",
            en: "this window does not say why" => "write the reason: whoever reads it at night was not there",
        }
    }
}
