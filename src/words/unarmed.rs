//! Why a rule cannot match, whatever is logged.

use super::words;

words! {
    /// A list is there, and holds nothing.
    pub(crate) fn list_empty(name) { fr: "la liste `{name}` est vide", en: "the list `{name}` is empty" }
    /// A list is not there.
    pub(crate) fn no_list(name) { fr: "il n'y a pas de liste `{name}`", en: "there is no list `{name}`" }
    /// A list holds something else than is needed.
    pub(crate) fn unfit_value() {
        fr: "une de ses listes contient une valeur qu'elle ne peut pas utiliser",
        en: "one of its lists holds a value that it cannot use",
    }
    /// Lists multiply.
    pub(crate) fn too_many_texts(most) {
        fr: "cette valeur désigne plus de {most} textes",
        en: "this value stands for more than {most} texts",
    }
    /// A correlation waits for a part of it.
    pub(crate) fn part_unarmed(part, why) {
        fr: "`{part}`, qu'elle compte, n'est pas armée : {why}",
        en: "`{part}`, which it counts, is not armed: {why}",
    }
    /// A pipeline takes a rule out.
    pub(crate) fn left_out(pipeline, why) {
        fr: "le pipeline `{pipeline}` laisse cette règle de côté : {why}",
        en: "the pipeline `{pipeline}` leaves this rule out: {why}",
    }
    /// A pipeline took all tests of a rule.
    pub(crate) fn nothing_left() {
        fr: "il ne reste rien de ce qu'elle cherche",
        en: "nothing is left of what it looks for",
    }
}
