//! `vigie.yaml`: what a site takes out of lines besides.

use super::findings;

findings! {
    { fr: "vigie.yaml, redact", en: "vigie.yaml, redact" }

    PATTERN = "V160" error {
        title { fr: "Un motif à retirer qui ne convient pas", en: "A pattern to take out that does not do" }
        why {
            fr: "Ce qu'il devait retirer sortirait tel quel, ou tout serait haché.",
            en: "What it was to take out would get out, or everything would be cut to pieces."
        }
        todo {
            fr: "Écrivez une expression régulière courte qui exige au moins un caractère, comme `B[0-9]{6}`, et essayez-la avec \
                 `vigie redact`.",
            en: "Write a short regular expression that needs at least one letter, such as `B[0-9]{6}`, and try it with \
                 `vigie redact`."
        }
        fn no_pattern(name, why) {
            fr: "le motif de `{name}` ne peut pas être lu : {why}",
            en: "the pattern of `{name}` cannot be read: {why}",
        }
        fn fits_nothing(name) {
            fr: "le motif de `{name}` convient aussi à un texte vide" => "exigez au moins un caractère, avec `+` au lieu de `*`",
            en: "the pattern of `{name}` also fits an empty text" => "let it need at least one letter: `+` instead of `*`",
        }
        fn too_long(name, most) {
            fr: "le motif de `{name}` a plus de {most} caractères" => "partagez-le en plusieurs",
            en: "the pattern of `{name}` has more than {most} letters" => "part it into several",
        }
        fn too_large(name) {
            fr: "le motif de `{name}` prend trop de mémoire" => "répétez moins, ou partagez-le en plusieurs",
            en: "the pattern of `{name}` takes too much memory" => "repeat less, or part it into several",
        }
    }
}
