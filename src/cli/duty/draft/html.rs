//! The draft as one HTML page that needs nothing else, and prints on A4.

use maud::html;

use super::Draft;
use crate::base::paper::document;
use crate::words::duty as words;

const STYLE: &str = include_str!("draft.css");

/// The page.
pub(super) fn html(draft: &Draft) -> String {
    let say = |text: crate::base::language::Text| text.get(draft.language).to_owned();
    let body = html! {
        @if let Some(marking) = &draft.marking { p.marking { (marking) } }
        header {
            p.draft { (say(words::draft())) }
            h1 { (draft.title) }
            p.about { (draft.about) }
            @if let Some(warning) = &draft.warning { p.alarm role="note" { (warning) } }
        }
        main {
            dl.duty {
                @for (name, text) in &draft.duty { div { dt { (name) } dd { (text) } } }
            }
            h2 { (say(words::form())) }
            ol {
                @for (ask, answer) in &draft.answers {
                    li {
                        p.ask { (ask) }
                        @match answer {
                            Some(answer) => @for line in answer.lines() { p.answer { (line) } },
                            None => p.blank { (say(words::unknown_yet())) },
                        }
                    }
                }
            }
            section.proof {
                h2 { (say(words::proof())) }
                @for name in &draft.to_fill { p.fill { span { (name) } } }
            }
            p.alone { (say(words::draft_alone())) }
        }
        @if let Some(marking) = &draft.marking { p.marking { (marking) } }
    };
    document(draft.language, &draft.title, STYLE, &body)
}
