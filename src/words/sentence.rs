//! How a sentence is written down: the macro [`words!`], and what can stand in a sentence.

use std::borrow::Cow;

use crate::base::language::{Language, Text};
use crate::base::visible::{visible, visible_lines};

/// Something that can stand in a sentence: the same in all languages, or in the words of each.
///
/// A sentence is one line, and what stands in it may come from a log or a stranger: it is visible, so it begins no
/// line, hides nothing and turns nothing around.
pub trait Said {
    /// As it is said in `language`, on one line.
    fn said(&self, language: Language) -> Cow<'_, str>;
}

impl<T: std::fmt::Display + ?Sized> Said for T {
    fn said(&self, _: Language) -> Cow<'_, str> {
        Cow::Owned(visible(&self.to_string()).into_owned())
    }
}

/// A text of several lines, such as what somebody reads aloud: each of its lines is visible, and stays a line.
#[derive(Debug)]
pub(crate) struct Lines<'a>(pub(crate) &'a Text);

impl Said for Lines<'_> {
    fn said(&self, language: Language) -> Cow<'_, str> {
        Cow::Owned(visible_lines(self.0.get(language)))
    }
}

impl Said for &Text {
    fn said(&self, language: Language) -> Cow<'_, str> {
        visible(self.get(language))
    }
}

impl Said for Text {
    fn said(&self, language: Language) -> Cow<'_, str> {
        visible(self.get(language))
    }
}

/// Declares sentences.
///
/// ```text
/// words! {
///     /// Somebody is not in people.yaml.
///     pub(crate) fn unknown_person(name) {
///         fr: "personne ne s'appelle `{name}` dans people.yaml",
///         en: "nobody called `{name}` is in people.yaml",
///     }
///     /// How many lines were read. The first argument counts: French says one for 0 and 1, English for 1 alone.
///     pub(crate) fn lines_read(count; source) {
///         fr: "{count} ligne lue de {source}" | "{count} lignes lues de {source}",
///         en: "{count} line read from {source}" | "{count} lines read from {source}",
///     }
/// }
/// ```
///
/// Arguments are anything [`Said`]: numbers, names, texts in both languages. Each language must use all of them.
macro_rules! words {
    ($($(#[$doc:meta])* $vis:vis fn $name:ident($($arg:ident),* $(; $($more:ident),*)?) {
        fr: $fr:literal $(| $fr_many:literal)?,
        en: $en:literal $(| $en_many:literal)? $(,)?
    })*) => {$(
        $crate::words::sentence::sentence! {
            $(#[$doc])* $vis fn $name($($arg),* $(; $($more),*)?) {
                fr: $fr $(| $fr_many)?, en: $en $(| $en_many)?
            }
        }
    )*};
}

/// One sentence; see [`words!`].
macro_rules! sentence {
    ($(#[$doc:meta])* $vis:vis fn $name:ident($($arg:ident),*) { fr: $fr:literal, en: $en:literal }) => {
        $(#[$doc])*
        $vis fn $name($($arg: impl $crate::words::Said),*) -> $crate::base::language::Text {
            #[allow(unused_imports, reason = "a sentence without arguments needs neither")]
            use $crate::{base::language::Language, words::Said as _};
            let fr = {
                $(#[deny(unused_variables)] let $arg = $arg.said(Language::Fr);)*
                format!($fr)
            };
            let en = {
                $(#[deny(unused_variables)] let $arg = $arg.said(Language::En);)*
                format!($en)
            };
            $crate::base::language::Text { fr: Some(fr), en: Some(en) }
        }
    };
    ($(#[$doc:meta])* $vis:vis fn $name:ident($count:ident $(; $($arg:ident),*)?) {
        fr: $fr_one:literal | $fr_many:literal, en: $en_one:literal | $en_many:literal
    }) => {
        $(#[$doc])*
        $vis fn $name($count: u64 $(, $($arg: impl $crate::words::Said),*)?) -> $crate::base::language::Text {
            #[allow(unused_imports, reason = "a sentence that only counts needs neither")]
            use $crate::{base::language::Language, words::Said as _};
            let fr = {
                $($(#[deny(unused_variables)] let $arg = $arg.said(Language::Fr);)*)?
                if $count < 2 { format!($fr_one) } else { format!($fr_many) }
            };
            let en = {
                $($(#[deny(unused_variables)] let $arg = $arg.said(Language::En);)*)?
                if $count == 1 { format!($en_one) } else { format!($en_many) }
            };
            $crate::base::language::Text { fr: Some(fr), en: Some(en) }
        }
    };
}

pub(crate) use {sentence, words};

#[cfg(test)]
mod tests {
    use crate::base::language::{Language, Text};

    words! {
        /// Nothing to fill in.
        fn plain() { fr: "bonjour", en: "hello" }
        /// Two things, in another order in each language.
        fn two(first, second) { fr: "{second} puis {first}", en: "{first}, then {second}" }
        /// Something counted.
        fn lines(count; source) {
            fr: "{count} ligne de {source}" | "{count} lignes de {source}",
            en: "{count} line of {source}" | "{count} lines of {source}",
        }
        /// Something that only counts.
        fn days(count) { fr: "{count} jour" | "{count} jours", en: "{count} day" | "{count} days" }
    }

    fn both(text: &Text) -> [&str; 2] {
        [text.get(Language::Fr), text.get(Language::En)]
    }

    #[test]
    fn each_language_is_said_whole() {
        assert_eq!(both(&plain()), ["bonjour", "hello"]);
        assert_eq!(both(&two("a", 7)), ["7 puis a", "a, then 7"]);
        let inner = Text::both("le disque", "the disk");
        assert_eq!(both(&two(&inner, "x")), ["x puis le disque", "the disk, then x"]);
    }

    #[test]
    fn french_says_one_for_nothing_too() {
        let said = [0, 1, 2].map(|count| lines(count, "pacs"));
        let said: Vec<_> = said.iter().map(both).collect();
        assert_eq!(
            said,
            [
                ["0 ligne de pacs", "0 lines of pacs"],
                ["1 ligne de pacs", "1 line of pacs"],
                ["2 lignes de pacs", "2 lines of pacs"]
            ]
        );
        assert_eq!(both(&days(1)), ["1 jour", "1 day"]);
    }
}
