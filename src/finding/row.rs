//! How rows are written down: the macro [`findings!`].

/// Declares a family of kinds.
///
/// ```text
/// findings! {
///     { fr: "people.yaml", en: "people.yaml" }
///
///     NOT_A_DATE = "V125" error {
///         title { fr: "Une date qui n'en est pas une", en: "A date that is not one" }
///         why { fr: "Les tours de garde se comptent…", en: "Turns are counted…" }
///         todo { fr: "Écrivez `2026-01-05`.", en: "Write `2026-01-05`." }
///         fn no_date(written) {
///             fr: "`{written}` n'est pas une date" => "écrivez-la `2026-01-05`",
///             en: "`{written}` is not a date" => "write it as `2026-01-05`",
///         }
///     }
/// }
/// ```
///
/// Each sentence is a function that gives a [`Finding`](super::Finding): what is wrong and, behind `=>`, what to do
/// instead. Its arguments are anything [`Said`](crate::words::Said), and each language must use all of them. A language
/// that lacks the advice, or a kind that lacks its explanation, does not compile. A sentence that is not of the severity
/// of its kind says so behind its arguments: `fn odd(name) warning { … }`.
macro_rules! findings {
    (
        { fr: $family_fr:literal, en: $family_en:literal }
        $($kind:ident = $code:literal $severity:ident {
            title { fr: $title_fr:literal, en: $title_en:literal }
            why { fr: $why_fr:literal, en: $why_en:literal }
            todo { fr: $todo_fr:literal, en: $todo_en:literal }
            $(fn $sentence:ident($($arg:ident),*) $($own:ident)? { $($said:tt)* })*
        })*
    ) => {
        pub(crate) static FAMILY: $crate::finding::Family = $crate::finding::Family {
            title: $crate::finding::Both { fr: $family_fr, en: $family_en },
            kinds: &[$(&$kind),*],
        };
        $(
            #[doc = $title_en]
            pub(crate) static $kind: $crate::finding::Kind = $crate::finding::Kind {
                code: $crate::finding::Code($code),
                severity: $crate::finding::row::severity!($severity),
                title: $crate::finding::Both { fr: $title_fr, en: $title_en },
                why: $crate::finding::Both { fr: $why_fr, en: $why_en },
                todo: $crate::finding::Both { fr: $todo_fr, en: $todo_en },
            };
            $($crate::finding::row::finding! {
                $kind [$severity $($own)?] fn $sentence($($arg),*) { $($said)* }
            })*
        )*
    };
}

/// One sentence of a kind; see [`findings!`].
macro_rules! finding {
    ($kind:ident [$($severity:ident)+] fn $name:ident($($arg:ident),*) {
        fr: $fr:literal => $fr_help:literal, en: $en:literal => $en_help:literal $(,)?
    }) => {
        #[doc = $en]
        pub(crate) fn $name($($arg: impl $crate::words::Said),*) -> $crate::finding::Finding {
            #[allow(unused_imports, reason = "a sentence without arguments needs neither")]
            use $crate::{base::language::Language, words::Said as _};
            let (fr, fr_help) = {
                $(#[deny(unused_variables)] let $arg = $arg.said(Language::Fr);)*
                (format!($fr), format!($fr_help))
            };
            let (en, en_help) = {
                $(#[deny(unused_variables)] let $arg = $arg.said(Language::En);)*
                (format!($en), format!($en_help))
            };
            $crate::finding::Finding {
                code: $kind.code,
                severity: $crate::finding::row::severity!($($severity)+),
                message: $crate::base::language::Text { fr: Some(fr), en: Some(en) },
                label: None,
                help: Some($crate::base::language::Text { fr: Some(fr_help), en: Some(en_help) }),
            }
        }
    };
    ($kind:ident [$($severity:ident)+] fn $name:ident($($arg:ident),*) { fr: $fr:literal, en: $en:literal $(,)? }) => {
        #[doc = $en]
        pub(crate) fn $name($($arg: impl $crate::words::Said),*) -> $crate::finding::Finding {
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
            $crate::finding::Finding {
                code: $kind.code,
                severity: $crate::finding::row::severity!($($severity)+),
                message: $crate::base::language::Text { fr: Some(fr), en: Some(en) },
                label: None,
                help: None,
            }
        }
    };
}

/// A severity as it is written; of two, the one of the sentence.
macro_rules! severity {
    (error) => {
        $crate::finding::Severity::Error
    };
    (warning) => {
        $crate::finding::Severity::Warning
    };
    (hint) => {
        $crate::finding::Severity::Hint
    };
    ($kind:ident $own:ident) => {
        $crate::finding::row::severity!($own)
    };
}

pub(crate) use {finding, findings, severity};
