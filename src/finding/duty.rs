//! What must be declared: the files inside vigie, and what a site makes of them.

use super::findings;

findings! {
    { fr: "Ce qui doit être déclaré", en: "What must be declared" }

    DUTY_FILE = "V170" error {
        title { fr: "Un fichier d'obligation où quelque chose ne va pas", en: "A file of a duty that is not sound" }
        why {
            fr: "On dirait à quelqu'un de déclarer ce que la loi ne demande pas ainsi.",
            en: "Somebody would be told to declare what the law does not ask so."
        }
        todo { fr: "Voyez `src/alert/duty/law/fr/cnil.yaml`.", en: "See `src/alert/duty/law/fr/cnil.yaml`." }
        fn no_country(written) {
            fr: "« {written} » n'est pas un pays" => "écrivez ses deux lettres, comme `FR`",
            en: "\"{written}\" is not a country" => "write its two letters, such as `FR`",
        }
        fn no_delay(written) {
            fr: "« {written} » n'est pas un délai" => "écrivez `without_delay`, `72h`, `60 days` ou `1 month`",
            en: "\"{written}\" is not a delay" => "write `without_delay`, `72h`, `60 days` or `1 month`",
        }
        fn no_source() {
            fr: "aucun texte ne demande cela" => "ajoutez-en un sous `sources:`",
            en: "no text asks for this" => "add one under `sources:`",
        }
        fn no_day(written) {
            fr: "« {written} » n'est pas un jour" => "écrivez `2026-11-30`, ou `unverified`",
            en: "\"{written}\" is not a day" => "write `2026-11-30`, or `unverified`",
        }
        fn seen_nowhere() {
            fr: "vérifié, mais on ne sait pas où" => "ajoutez `seen_at:`, ou écrivez `checked_on: unverified`",
            en: "checked, but it is not said where" => "add `seen_at:`, or write `checked_on: unverified`",
        }
        fn one_language() {
            fr: "cela ne se lit pas dans les deux langues" => "écrivez `fr:` et `en:`",
            en: "this cannot be read in both languages" => "write `fr:` and `en:`",
        }
    }

    STALE_DUTY = "V171" warning {
        title { fr: "Une obligation vérifiée il y a longtemps", en: "A duty that was checked long ago" }
        why {
            fr: "La loi, un portail ou un numéro peut avoir changé depuis.",
            en: "The law, a portal or a number may have changed since."
        }
        todo {
            fr: "Vérifiez les textes cités par `vigie duty list`, ou mettez vigie à jour.",
            en: "Check the texts that `vigie duty list` names, or update vigie."
        }
        fn checked_long_ago(duty, day) {
            fr: "l'obligation `{duty}` a été vérifiée le {day}, il y a plus de 180 jours"
                => "vérifiez les textes que cite `vigie duty list`, ou mettez vigie à jour",
            en: "the duty `{duty}` was checked on {day}, more than 180 days ago"
                => "check the texts that `vigie duty list` names, or update vigie",
        }
        fn never_checked(duty) {
            fr: "les textes de l'obligation `{duty}` n'ont pas pu être vérifiés"
                => "vérifiez les textes que cite `vigie duty list`",
            en: "the texts of the duty `{duty}` could not be checked" => "check the texts that `vigie duty list` names",
        }
    }

    NO_LAW = "V172" error {
        title { fr: "Une obligation qui n'est pas en vigueur", en: "A duty that is not in force" }
        why {
            fr: "Quelqu'un serait pressé de déclarer ce que la loi ne demande pas, et personne ne le recevrait.",
            en: "Somebody would be hurried to declare what no law asks for, and nobody would take it."
        }
        todo {
            fr: "Ôtez la déclaration ; `vigie duty list` dit ce qui est en vigueur.",
            en: "Take the declaration out; `vigie duty list` says what is in force."
        }
        fn pending(duty) {
            fr: "l'obligation `{duty}` n'est pas encore en vigueur : aucun délai ne court"
                => "ôtez-la ; `vigie duty list` montre le délai qui est prévu",
            en: "the duty `{duty}` is not in force yet: no clock runs"
                => "take it out; `vigie duty list` shows the clock that is planned",
        }
        fn repealed(duty) {
            fr: "l'obligation `{duty}` est abrogée" => "ôtez-la ; `vigie duty list` dit ce qui est en vigueur",
            en: "the duty `{duty}` is repealed" => "take it out; `vigie duty list` says what is in force",
        }
    }

    OTHER_COUNTRY = "V173" warning {
        title { fr: "Une obligation d'un autre pays", en: "A duty of another country" }
        why { fr: "La loi d'ailleurs n'est pas celle d'ici.", en: "The law of elsewhere is not the law here." }
        todo {
            fr: "Corrigez le nom, ou `country:` sous `site:` dans `vigie.yaml`.",
            en: "Correct the name, or `country:` under `site:` in `vigie.yaml`."
        }
        fn of_elsewhere(duty, of, here) {
            fr: "l'obligation `{duty}` est du pays {of}, et ce site est du pays {here}"
                => "corrigez le nom, ou écrivez `country: {of}` sous `site:` dans vigie.yaml",
            en: "the duty `{duty}` is one of the country {of}, and this site is in the country {here}"
                => "correct the name, or write `country: {of}` under `site:` in vigie.yaml",
        }
    }

    COUNTRY = "V174" warning {
        title { fr: "Un pays dont vigie ne connaît pas la loi", en: "A country whose law vigie does not know" }
        why {
            fr: "vigie ne dirait à personne ce qui doit y être déclaré.",
            en: "vigie would tell nobody what must be declared there."
        }
        todo {
            fr: "Tenez vous-même la liste de ce qui doit être déclaré.",
            en: "Keep a list of your own of what must be declared."
        }
        fn no_profile(country, known) {
            fr: "vigie ne connaît aucune obligation du pays {country} ; il connaît : {known}"
                => "tenez vous-même la liste de ce qui doit être déclaré",
            en: "vigie knows no duty of the country {country}; it knows those of: {known}"
                => "keep a list of your own of what must be declared",
        }
        fn not_a_country(written) error {
            fr: "« {written} » n'est pas un pays" => "écrivez ses deux lettres, comme `FR`",
            en: "\"{written}\" is not a country" => "write its two letters, such as `FR`",
        }
    }

    WITHOUT_BEGINNING = "V175" error {
        title {
            fr: "Une obligation qui se compte d'une autre, que la chaîne ne confie à personne",
            en: "A duty that counts from another one, which the chain gives to nobody"
        }
        why { fr: "Son délai ne commencerait jamais.", en: "Its clock would never begin." }
        todo { fr: "Confiez aussi l'autre à quelqu'un.", en: "Give the other one to somebody as well." }
        fn counts_from(duty, other) {
            fr: "`{duty}` se compte du jour où `{other}` est faite, que cette chaîne ne confie à personne"
                => "ajoutez `{{what: {other}, who: <personne>, by: <canal>}}`",
            en: "`{duty}` counts from when `{other}` is done, which this chain gives to nobody"
                => "add `{{what: {other}, who: <person>, by: <channel>}}`",
        }
    }
}
