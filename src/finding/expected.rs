//! What a value should be, and what it is instead: the parts of "expected …, found …".

use crate::base::language::{Language, Text};
use crate::words::words;

words! {
    /// The empty value.
    pub(crate) fn nothing() { fr: "rien", en: "nothing" }
    /// A word of YAML.
    pub(crate) fn the_word(word) { fr: "`{word}`", en: "`{word}`" }
    /// A certain number.
    pub(crate) fn the_number(number) { fr: "le nombre {number}", en: "the number {number}" }
    /// A certain text.
    pub(crate) fn the_text(text) { fr: "le texte «\u{a0}{text}\u{a0}»", en: "the text \"{text}\"" }
    /// A list.
    pub(crate) fn list() { fr: "une liste", en: "a list" }
    /// A map that was found.
    pub(crate) fn map() { fr: "des clés et des valeurs", en: "a map" }
    /// A map that was expected.
    pub(crate) fn keys_and_values() { fr: "des clés et des valeurs", en: "a map of keys and values" }

    /// Text.
    pub(crate) fn text() { fr: "un texte", en: "text" }
    /// One word.
    pub(crate) fn word() { fr: "un mot", en: "a word" }
    /// A truth.
    pub(crate) fn truth() { fr: "`true` ou `false`", en: "`true` or `false`" }
    /// Any number.
    pub(crate) fn number() { fr: "un nombre", en: "a number" }
    /// A number without a fraction.
    pub(crate) fn whole_number() { fr: "un nombre entier", en: "a whole number" }
    /// A number without a fraction that counts.
    pub(crate) fn count() { fr: "un nombre entier, 0 ou plus", en: "a whole number, 0 or more" }
    /// A number within bounds.
    pub(crate) fn whole_between(least, most) {
        fr: "un nombre entier de {least} à {most}",
        en: "a whole number from {least} to {most}",
    }
    /// A number within bounds.
    pub(crate) fn number_between(least, most) {
        fr: "un nombre de {least} à {most}",
        en: "a number from {least} to {most}",
    }
    /// One text or several.
    pub(crate) fn text_or_texts() { fr: "un texte ou une liste de textes", en: "a text or a list of texts" }
    /// One text, or one for each language.
    pub(crate) fn wording() { fr: "un texte, ou `{{fr: …, en: …}}`", en: "a text, or `{{fr: …, en: …}}`" }

    /// The keys of a log source.
    pub(crate) fn logsource() {
        fr: "`category`, `product` ou `service`",
        en: "`category`, `product` or `service`",
    }
    /// A value of a detection.
    pub(crate) fn scalar() {
        fr: "un texte, un nombre, `true`, `false` ou `null`",
        en: "a text, a number, `true`, `false` or `null`",
    }
    /// A text to look for.
    pub(crate) fn a_text() { fr: "un texte", en: "a text" }
    /// A regular expression.
    pub(crate) fn regex() { fr: "une expression régulière", en: "a regular expression" }
    /// A network.
    pub(crate) fn network() { fr: "un réseau", en: "a network" }
    /// A name of a field.
    pub(crate) fn field() { fr: "le nom d'un champ", en: "the name of a field" }
    /// What a detection holds.
    pub(crate) fn detection() { fr: "des sélections et une condition", en: "selections and a condition" }
    /// What a filter holds.
    pub(crate) fn filter() { fr: "des règles, des sélections et une condition", en: "rules, selections and a condition" }
    /// What a correlation holds.
    pub(crate) fn correlation() { fr: "les parties d'une corrélation", en: "the parts of a correlation" }
    /// What an absence or a first seen holds.
    pub(crate) fn rules_and_time() { fr: "`rules` et une durée", en: "`rules` and how long" }
    /// What aliases hold.
    pub(crate) fn aliases() {
        fr: "des noms, chacun avec les champs qu'il désigne",
        en: "names, each with the fields it stands for",
    }
    /// What an alias holds.
    pub(crate) fn alias() { fr: "des règles, chacune avec son propre champ", en: "rules, each with its own field" }
    /// A percentile.
    pub(crate) fn percentile() { fr: "un percentile entre 0 et 100", en: "a percentile between 0 and 100" }
    /// What variables of a pipeline hold.
    pub(crate) fn variables() { fr: "des noms, chacun avec ses valeurs", en: "names, each with its values" }
    /// What a pipeline does.
    pub(crate) fn transformations() { fr: "une liste de transformations", en: "a list of transformations" }
    /// One thing that a pipeline does.
    pub(crate) fn transformation() { fr: "une transformation", en: "a transformation" }
    /// What a mapping holds.
    pub(crate) fn mapping() {
        fr: "des noms de champs, chacun avec son nom dans vos journaux",
        en: "names of fields, each with its name in your logs",
    }
    /// What an added condition holds.
    pub(crate) fn fields_and_values() { fr: "des champs et leurs valeurs", en: "fields and their values" }
    /// Conditions of a pipeline.
    pub(crate) fn conditions() { fr: "une liste de conditions", en: "a list of conditions" }
    /// A condition of a pipeline.
    pub(crate) fn condition() { fr: "une condition avec son `type`", en: "a condition with its `type`" }
    /// What conditions are over.
    pub(crate) fn selection() { fr: "sélection", en: "selection" }
    /// What conditions are over, several.
    pub(crate) fn selections() { fr: "sélections", en: "selections" }
    /// What conditions of correlations are over.
    pub(crate) fn rule() { fr: "règle", en: "rule" }
    /// What conditions of correlations are over, several.
    pub(crate) fn rules() { fr: "règles", en: "rules" }

    /// A word alone.
    pub(crate) fn nothing_behind() { fr: "rien derrière ce mot", en: "nothing behind this word" }
    /// A word with a value.
    pub(crate) fn value_behind() { fr: "une valeur derrière ce mot", en: "a value behind this word" }
    /// A word with a list.
    pub(crate) fn list_behind() { fr: "une liste derrière ce mot", en: "a list behind this word" }
    /// A word with keys.
    pub(crate) fn keys_behind() { fr: "des clés et des valeurs derrière ce mot", en: "keys and values behind this word" }
    /// Whatever a reader says that has no words here.
    fn other(said) { fr: "{said}", en: "{said}" }
}

/// What serde expected, in words for somebody who does not know Rust's types.
pub(crate) fn of_type(expected: &str) -> Text {
    match expected {
        "u8" => whole_between(0, u8::MAX),
        "u16" => whole_between(0, u16::MAX),
        "u32" | "u64" | "usize" => count(),
        "i32" | "i64" => whole_number(),
        "f32" | "f64" => number(),
        "a boolean" => truth(),
        "a string" => text(),
        "a sequence" => list(),
        "a map" => keys_and_values(),
        // What readers of our own expect is said in English.
        _ => own().into_iter().find(|text| text.get(Language::En) == expected).unwrap_or_else(|| other(expected)),
    }
}

fn own() -> [Text; 3] {
    [word(), text_or_texts(), wording()]
}
