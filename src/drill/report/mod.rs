//! The after-action report. `record` is what happened, as plain values; `layout` puts it into headings, paragraphs and
//! tables in one language; `html` and `markdown` write those down, `json` writes the record itself. The same record
//! always gives the same bytes.

mod drawing;
mod html;
mod json;
mod layout;
mod markdown;
mod record;
mod score;
mod words;

#[cfg(test)]
mod tests;

pub use html::html;
pub use json::{from_json, json};
pub use markdown::markdown;
pub use record::{
    AckRecord, AlertRecord, DecisionRecord, ExpectationRecord, GapRecord, HitRecord, InjectRecord, LedgerHead,
    LineCount, Mode, NoteOf, NoteRecord, ObjectiveRecord, OptionRecord, Outcome, PageRecord, Record, Took, When,
};
pub use score::{Rating, Tally};
