//! Why a document is no YAML: what the reader says of it, and the same in French.

use super::Both;
use super::reason::Reasons;
use crate::base::language::Text;
use crate::words::words;

words! {
    /// Stands under the place.
    pub(crate) fn stopped_here() { fr: "la lecture s'est arrêtée ici", en: "the reading stopped here" }
}

/// What the reader says where somebody made a slip, by its beginning.
const REASONS: Reasons<'_> = Reasons(&[
    Both { en: "unclosed quote", fr: "un guillemet n'est jamais fermé" },
    Both { en: "unclosed bracket", fr: "un crochet ou une accolade n'est jamais fermé" },
    Both { en: "misplaced bracket", fr: "un crochet ou une accolade est de trop" },
    Both { en: "illegal placement of ':'", fr: "un `:` n'a pas sa place ici" },
    Both { en: "mapping values are not allowed", fr: "une clé n'a pas sa place ici" },
    Both {
        en: "while parsing a block mapping",
        fr: "il faut une clé ici : le retrait n'est pas celui des clés au-dessus",
    },
    Both { en: "while parsing a block collection", fr: "il faut un `-` ici, comme aux autres éléments de la liste" },
    Both { en: "while parsing a flow mapping", fr: "il faut une virgule ou une accolade fermante ici" },
    Both { en: "while parsing a flow sequence", fr: "il faut une virgule ou un crochet fermant ici" },
    Both { en: "unexpected character", fr: "ce caractère ne peut pas commencer une valeur sans guillemets" },
    Both { en: "alias references unknown anchor", fr: "un alias (`*nom`) renvoie à une ancre qui n'est pas là" },
    Both { en: "invalid trailing content", fr: "quelque chose suit le guillemet fermant" },
    Both {
        en: "while parsing a quoted scalar, found unknown escape",
        fr: "une barre oblique inverse est suivie d'une lettre qui n'a pas de sens entre guillemets",
    },
    Both { en: "while scanning a block scalar", fr: "rien ne peut suivre `|` ou `>` sur sa ligne" },
    Both { en: "the handle wasn't declared", fr: "une étiquette (`!nom`) n'a pas sa place ici" },
]);

/// What the reader says, in both languages.
pub(crate) fn said(message: &str) -> Text {
    REASONS.said(message)
}
