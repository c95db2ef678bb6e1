//! Why a modifier cannot stand where it stands, and what to do.

use super::words;

words! {
    /// The same modifier again.
    pub(crate) fn twice(name) {
        fr: "`{name}` y est deux fois : retirez-en un",
        en: "`{name}` is there twice: take one away",
    }
    /// One of two has to go.
    pub(crate) fn take_away(why, name) {
        fr: "{why} : retirez `{name}`, ou prenez une seconde sélection",
        en: "{why}: take `{name}` away, or use a second selection",
    }
    /// Two that exclude each other.
    pub(crate) fn apart(one, other) {
        fr: "`{one}` et `{other}` ne vont pas ensemble",
        en: "`{one}` and `{other}` do not go together",
    }
    /// Two parts of a time.
    pub(crate) fn one_part() {
        fr: "on compare une seule partie d'un moment à la fois",
        en: "one part of a time is compared at once",
    }
    /// Two places in a text.
    pub(crate) fn one_place() {
        fr: "une valeur n'est qu'à un endroit",
        en: "a value stands in one place only",
    }
    /// Something that only texts have.
    pub(crate) fn for_text(name) { fr: "`{name}` est pour les textes", en: "`{name}` is for text" }
    /// A flag of regular expressions.
    pub(crate) fn behind_re(name) {
        fr: "la place de `{name}` est derrière `re` : écrivez `re|{name}`",
        en: "`{name}` belongs behind `re`: write `re|{name}`",
    }
    /// `exists` with others before it.
    pub(crate) fn exists_alone() {
        fr: "`exists` prend une valeur, `true` ou `false`, et rien d'autre",
        en: "`exists` takes one value, `true` or `false`, and nothing else",
    }
    /// `exists` behind others.
    pub(crate) fn exists_last() {
        fr: "`exists` prend une valeur, `true` ou `false` : retirez les autres modificateurs",
        en: "`exists` takes one value, `true` or `false`: take the other modifiers away",
    }
    /// `windash` and an encoding.
    pub(crate) fn windash_encoded() {
        fr: "`windash` désigne plusieurs textes, qui ne peuvent pas être encodés : retirez l'un des deux",
        en: "`windash` stands for several texts, which cannot be encoded: take one of the two away",
    }
    /// UTF-16 of UTF-16.
    pub(crate) fn utf16_once() {
        fr: "une valeur n'est mise en UTF-16 qu'une fois",
        en: "a value is put into UTF-16 once",
    }
    /// Something behind Base64.
    pub(crate) fn base64_last() {
        fr: "Base64 vient en dernier : écrivez par exemple `wide|base64offset|contains`",
        en: "Base64 comes last: write for example `wide|base64offset|contains`",
    }
    /// A part of a time as something else than a number.
    pub(crate) fn part_is_number() {
        fr: "une partie d'un moment est un nombre : seuls `lt`, `lte`, `gt`, `gte`, `neq` et `all` vont avec",
        en: "a part of a time is a number: only `lt`, `lte`, `gt`, `gte`, `neq` and `all` go with it",
    }
    /// `expand` of what is no text.
    pub(crate) fn expand_of_what() {
        fr: "`expand` est pour les textes, les expressions régulières et les réseaux : retirez-le",
        en: "`expand` is for texts, regular expressions and networks: take it away",
    }
    /// UTF-16 alone.
    pub(crate) fn utf16_alone() {
        fr: "mettez `base64` ou `base64offset` derrière : les journaux ne contiennent pas d'UTF-16 tel quel",
        en: "put `base64` or `base64offset` behind it: logs hold no UTF-16 as such",
    }
    /// Base64 at an unknown offset as a whole value.
    pub(crate) fn offset_inside() {
        fr: "un décalage ne se rencontre que dans un texte plus long : écrivez `base64offset|contains`",
        en: "an offset is only met inside a longer text: write `base64offset|contains`",
    }
}
