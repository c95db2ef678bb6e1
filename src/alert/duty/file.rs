//! A duty as its file says it.

use jiff::civil::Date;
use serde::Deserialize;

use super::clock::{Clock, From, Within};
use super::country::Country;
use super::definition::{Duty, Source, Status};
use super::form::Question;
use crate::base::id::DutyId;
use crate::base::language::Text;
use crate::finding::{Finding, duty as finding};
use crate::text::diagnostic::{Diagnostic, has_errors};
use crate::text::read;
use crate::text::source::{Source as Document, Span};
use crate::text::spanned::Spanned;
use crate::text::yaml;

/// The word for what could not be looked up.
const UNVERIFIED: &str = "unverified";

/// A file of a duty, as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    country: Spanned<String>,
    title: Spanned<Text>,
    who: Spanned<Text>,
    to: Spanned<Text>,
    trigger: Spanned<Text>,
    how: Spanned<Text>,
    clock: WrittenClock,
    #[serde(default)]
    fallback: Option<Spanned<Text>>,
    status: Status,
    #[serde(default)]
    note: Option<Spanned<Text>>,
    sources: Spanned<Vec<WrittenSource>>,
    form: Vec<Spanned<Question>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenClock {
    from: Spanned<String>,
    within: Spanned<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenSource {
    text: Spanned<Text>,
    #[serde(default)]
    seen_at: Option<String>,
    checked_on: Spanned<String>,
}

/// The duty of a document, which is named as its file is. Nothing where anything is wrong with it; all of that is `found`.
pub(super) fn read(document: &Document, found: &mut Vec<Diagnostic>) -> Option<Duty> {
    let mut own = Vec::new();
    let duty = match yaml::parse(document) {
        Ok(node) => read::read::<Written>(document, &node, &mut own)
            .and_then(|written| Reading { document, found: &mut own }.duty(written)),
        Err(error) => {
            own.push(error);
            None
        }
    };
    let sound = !has_errors(&own);
    found.append(&mut own);
    duty.filter(|_| sound)
}

/// A file while it is looked at.
struct Reading<'a> {
    document: &'a Document,
    found: &'a mut Vec<Diagnostic>,
}

impl Reading<'_> {
    fn say(&mut self, finding: Finding, span: Span) {
        self.found.push(finding.at(self.document, span));
    }

    fn duty(mut self, written: Written) -> Option<Duty> {
        let id = DutyId(std::path::Path::new(self.document.name()).file_stem()?.to_str()?.to_owned());
        let country = Country::read(&written.country);
        if country.is_none() {
            self.say(finding::no_country(&written.country), written.country.span);
        }
        let within = Within::read(&written.clock.within);
        if within.is_none() {
            self.say(finding::no_delay(&written.clock.within), written.clock.within.span);
        }
        let from = match written.clock.from.value.as_str() {
            "awareness" => From::Awareness,
            other => From::Done(DutyId(other.to_owned())),
        };
        if written.sources.is_empty() {
            self.say(finding::no_source(), written.sources.span);
        }
        for question in &written.form {
            self.in_both(&question.ask, question.span);
        }
        let sources = written.sources.value.into_iter().map(|source| self.source(source)).collect();
        Some(Duty {
            id,
            title: self.text(written.title),
            who: self.text(written.who),
            to: self.text(written.to),
            trigger: self.text(written.trigger),
            how: self.text(written.how),
            fallback: written.fallback.map(|text| self.text(text)),
            note: written.note.map(|text| self.text(text)),
            country: country?,
            clock: Clock { from, within: within? },
            status: written.status,
            sources,
            form: written.form.into_iter().map(|question| question.value).collect(),
        })
    }

    fn text(&mut self, text: Spanned<Text>) -> Text {
        self.in_both(&text.value, text.span);
        text.value
    }

    /// Whoever reads one of the languages must not be told less.
    fn in_both(&mut self, text: &Text, span: Span) {
        let is_empty = |text: &Option<String>| text.as_deref().is_none_or(|text| text.trim().is_empty());
        if is_empty(&text.fr) || is_empty(&text.en) {
            self.say(finding::one_language(), span);
        }
    }

    fn source(&mut self, source: WrittenSource) -> Source {
        let checked_on = source.checked_on.parse::<Date>().ok();
        if checked_on.is_none() && source.checked_on.value != UNVERIFIED {
            self.say(finding::no_day(&source.checked_on), source.checked_on.span);
        }
        if checked_on.is_some() && source.seen_at.is_none() {
            self.say(finding::seen_nowhere(), source.text.span);
        }
        Source { text: self.text(source.text), seen_at: source.seen_at, checked_on }
    }
}
