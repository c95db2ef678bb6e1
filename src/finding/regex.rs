//! Why a regular expression is wrong: what its reader says, and the same in French.

use super::Both;
use super::reason::Reasons;
use crate::base::language::Text;

/// What the reader says, by its beginning.
const REASONS: Reasons<'_> = Reasons(&[
    Both { en: "look-around", fr: "regarder en avant ou en arrière (`(?=…)`, `(?<!…)`) n'est pas pris en charge" },
    Both {
        en: "backreferences are not supported", fr: "les références arrière (`\\1`) ne sont pas prises en charge"
    },
    Both { en: "unclosed character class", fr: "un crochet `[` n'est jamais fermé" },
    Both { en: "unclosed group", fr: "une parenthèse n'est jamais fermée" },
    Both { en: "unopened group", fr: "une parenthèse n'a jamais été ouverte" },
    Both { en: "unrecognized escape sequence", fr: "cette barre oblique inverse n'a pas de sens ici" },
    Both { en: "invalid escape sequence", fr: "cette barre oblique inverse n'a pas de sens entre crochets" },
    Both { en: "invalid range boundary", fr: "une plage entre crochets va d'un caractère à un autre" },
    Both { en: "invalid character class range", fr: "une plage entre crochets commence après sa fin" },
    Both { en: "repetition operator missing", fr: "il n'y a rien à répéter ici" },
    Both { en: "repetition quantifier expects", fr: "une répétition est un nombre, comme `{3}`" },
    Both { en: "unclosed counted repetition", fr: "une accolade de répétition n'est jamais fermée" },
    Both { en: "invalid repetition count range", fr: "une répétition va du plus petit nombre au plus grand" },
    Both { en: "unrecognized flag", fr: "cette option n'existe pas" },
    Both { en: "duplicate flag", fr: "cette option est écrite deux fois" },
    Both { en: "duplicate capture group name", fr: "deux groupes ont le même nom" },
    Both { en: "invalid capture group", fr: "un nom de groupe ne peut pas avoir ce caractère" },
    Both { en: "empty capture group name", fr: "un groupe a un nom vide" },
    Both { en: "unclosed capture group name", fr: "le nom d'un groupe n'est jamais fermé" },
    Both { en: "invalid hexadecimal digit", fr: "ce n'est pas un chiffre hexadécimal" },
    Both { en: "invalid Unicode character class", fr: "cette classe Unicode ne peut pas être lue" },
    Both { en: "Unicode property not found", fr: "cette propriété Unicode n'existe pas" },
]);

/// What the reader says, in both languages.
pub(crate) fn said(message: &str) -> Text {
    REASONS.said(message)
}
