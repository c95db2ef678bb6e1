//! The frame of whatever vigie writes for a browser or a printer: a page that needs nothing else, no script, no picture, no
//! font from elsewhere. What is put into it was escaped.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::language::Language;

/// A whole page, with its title and its style, around what stands in its body.
pub(crate) fn document(language: Language, title: &str, style: &str, body: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang=(language) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light";
                title { (title) }
                style { (PreEscaped(style)) }
            }
            body { (body) }
        }
    };
    page.into_string()
}
