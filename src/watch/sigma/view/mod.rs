//! One event as the rules look at it: the fields they name, decoded when first asked for, and ready to be compared
//! without regard to letter case.

pub(super) mod entry;
pub(super) mod fields;
pub(super) mod number;
pub(super) mod text;

use std::ops::Range;

use jiff::tz::TimeZone;

use crate::watch::kind;
use crate::watch::record::{Date, Field, Listener, Notes, Record, Said, Unreadable};
use entry::{Entry, Ready, Seen, Sort, Unescape};
use fields::Table;
use text::{place, push_folded};

/// The zone in which times are looked at.
#[derive(Debug)]
pub(crate) struct Zone(pub(crate) TimeZone);

impl Default for Zone {
    fn default() -> Self {
        Self(TimeZone::UTC)
    }
}

/// What is kept from event to event, so that looking at one asks for no memory.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    /// For each known field, its first value in the event.
    heads: Vec<u32>,
    /// For each known field that is there, its last one.
    tails: Vec<u32>,
    /// The known fields that the event has.
    used: Vec<Field>,
    entries: Vec<Entry<'static>>,
    /// Decoded texts.
    plain: String,
    /// Folded texts.
    folded: String,
    dates: Vec<Date<'static>>,
    /// Fields that a text names, and where among the decoded texts their values are.
    parts: Vec<(Field, u32, u32)>,
    /// What readers found out.
    notes: Notes,
    /// The same where all that no rule names is wanted too.
    all_notes: Notes,
}

/// No entry.
const NONE: u32 = u32::MAX;

/// One event, its fields found.
#[derive(Debug)]
pub(crate) struct View<'a> {
    text: &'a str,
    spelling: Spelling,
    zone: &'a Zone,
    table: &'a Table,
    scratch: Scratch,
    entries: Vec<Entry<'a>>,
    dates: Vec<Date<'a>>,
    line: Option<Range<usize>>,
    /// Whether the values of fields that no rule names are there.
    whole: bool,
}

/// How the format of a record spells what it cannot write as it is.
#[derive(Debug, Clone, Copy)]
struct Spelling {
    unescape: Unescape,
    by_number: fn(&str) -> bool,
    without_names: fn(&str) -> Option<String>,
}

/// A vector of the same allocation for what another event says.
fn reuse<Old, New>(mut said: Vec<Old>) -> Vec<New> {
    said.clear();
    said.into_iter().map(|_| unreachable!("the vector was just emptied")).collect()
}

impl Scratch {
    /// Finds in `record` the fields of `table`.
    #[inline]
    pub(crate) fn look<'a, R: Record>(
        mut self,
        record: &'a R,
        table: &'a Table,
        zone: &'a Zone,
    ) -> (View<'a>, Result<(), Unreadable>) {
        self.heads.resize(table.len(), NONE);
        self.tails.resize(table.len(), NONE);
        self.plain.clear();
        self.folded.clear();
        let entries = reuse(std::mem::take(&mut self.entries));
        let dates = reuse(std::mem::take(&mut self.dates));
        let text = record.text();
        let spelling =
            Spelling { unescape: R::unescape, by_number: R::spells_by_number, without_names: R::without_names };
        let mut view = View { text, spelling, zone, table, scratch: self, entries, dates, line: None, whole: false };
        let told = record.tell(&mut view);
        (view, told)
    }
}

impl<'a> Listener<'a> for View<'a> {
    fn wants(&mut self, name: &str) -> Option<Field> {
        self.table.find(name)
    }

    fn hear(&mut self, field: Field, said: Said<'a>) {
        self.push(field, Entry { said, next: NONE, ready: Ready::No, plain: (0, 0), folded: (0, 0) });
    }

    fn date(&mut self, date: Date<'a>) {
        self.dates.push(date);
    }

    fn notes(&mut self) -> &mut Notes {
        &mut self.scratch.notes
    }
}

/// Hears of a record what no rule names.
struct Rest<'v, 'a> {
    view: &'v mut View<'a>,
    rest: Field,
}

impl<'a> Listener<'a> for Rest<'_, 'a> {
    fn wants(&mut self, name: &str) -> Option<Field> {
        self.view.table.find(name)
    }

    fn otherwise(&mut self) -> Option<Field> {
        Some(self.rest)
    }

    fn hear(&mut self, field: Field, said: Said<'a>) {
        if field == self.rest {
            self.view.hear(field, said);
        }
    }

    fn date(&mut self, _: Date<'a>) {}

    fn notes(&mut self) -> &mut Notes {
        &mut self.view.scratch.all_notes
    }
}

impl<'a> View<'a> {
    /// Takes in the values of fields that no rule names too: for the few rules that look at every value. It was read from
    /// this `record`, so it can be read once more.
    pub(crate) fn complete(&mut self, record: &'a impl Record) {
        if let (false, Some(rest)) = (std::mem::replace(&mut self.whole, true), self.table.rest()) {
            record.tell(&mut Rest { view: self, rest }).expect("it could be read before");
        }
    }

    /// Gives back what is kept for the next event.
    pub(crate) fn done(mut self) -> Scratch {
        for field in self.scratch.used.drain(..) {
            self.scratch.heads[field as usize] = NONE;
        }
        self.scratch.entries = reuse(self.entries);
        self.scratch.dates = reuse(self.dates);
        self.scratch
    }

    /// What was said of the time.
    pub(crate) fn dates(&self) -> &[Date<'a>] {
        &self.dates
    }

    /// The fields that are there, in the order of the line.
    pub(crate) fn fields(&self) -> &[Field] {
        &self.scratch.used
    }

    pub(crate) fn has(&self, field: Field) -> bool {
        self.scratch.heads[field as usize] != NONE
    }

    pub(crate) fn zone(&self) -> &'a Zone {
        self.zone
    }

    /// Lets `to` be there with the values of `from`, where it is not there itself.
    pub(crate) fn alias(&mut self, from: Field, to: Field) {
        let head = self.scratch.heads[from as usize];
        if head != NONE && !self.has(to) {
            self.scratch.heads[to as usize] = head;
            self.scratch.used.push(to);
        }
    }

    /// Lets what the texts of `field` name be there too, where it is not there itself.
    pub(crate) fn divide(&mut self, field: Field) {
        self.prepare(field);
        let mut parts = std::mem::take(&mut self.scratch.parts);
        let mut place = self.scratch.heads[field as usize];
        while let Some(entry) = self.entries.get(place as usize) {
            if let Said::Text(text) = entry.said {
                // The other texts are among the decoded ones already.
                let start = self.scratch.plain.len();
                self.scratch.plain.push_str(text);
                self.name_parts(start, self.scratch.plain.len(), &mut parts);
            } else {
                self.name_parts(entry.plain.0 as usize, entry.plain.1 as usize, &mut parts);
            }
            place = self.entries[place as usize].next;
        }
        for (field, start, end) in parts.drain(..) {
            let folded = push_folded(&mut self.scratch.folded, &self.scratch.plain[start as usize..end as usize]);
            let (said, plain) = (Said::Escaped(""), (start, end));
            self.push(field, Entry { said, next: NONE, ready: Ready::Fully, plain, folded });
        }
        self.scratch.parts = parts;
    }

    /// What the decoded text from `start` to `end` names: the fields, and where their values are.
    fn name_parts(&self, start: usize, end: usize, parts: &mut Vec<(Field, u32, u32)>) {
        for (name, value) in kind::pairs(&self.scratch.plain[start..end]) {
            let field = match self.table.find(name) {
                Some(field) => (!self.has(field) && parts.iter().all(|(known, ..)| *known != field)).then_some(field),
                None => self.table.rest(),
            };
            parts.extend(field.map(|field| (field, place(start + value.start), place(start + value.end))));
        }
    }

    fn push(&mut self, field: Field, entry: Entry<'a>) {
        let new = u32::try_from(self.entries.len()).expect("formats bound the number of fields");
        if self.has(field) {
            let last = self.scratch.tails[field as usize];
            self.entries[last as usize].next = new;
        } else {
            self.scratch.heads[field as usize] = new;
            self.scratch.used.push(field);
        }
        self.scratch.tails[field as usize] = new;
        self.entries.push(entry);
    }

    /// What is said of a field, undecoded.
    pub(crate) fn said(&self, field: Field) -> Option<Said<'a>> {
        self.entries.get(self.scratch.heads[field as usize] as usize).map(|entry| entry.said)
    }

    /// Every value of a field: a line can say a field twice, or a list.
    pub(crate) fn values(&mut self, field: Field) -> impl Iterator<Item = Seen<'_>> + Clone {
        self.prepare(field);
        self.ready(field)
    }

    /// The same of which nothing but the folded texts will be looked at.
    pub(crate) fn folded(&mut self, field: Field) -> impl Iterator<Item = Seen<'_>> + Clone {
        self.prepare_for(field, Ready::Folded);
        self.ready(field)
    }

    /// Whether any value at all fits, whatever the name of its field. To be asked once they are there ([`Self::complete`]).
    pub(crate) fn any_value(&mut self, fits: impl Fn(Seen<'_>) -> bool) -> bool {
        for entry in self.entries.iter_mut().filter(|entry| entry.ready < Ready::Fully) {
            entry.decode(Ready::Fully, self.spelling.unescape, &mut self.scratch.plain, &mut self.scratch.folded);
        }
        self.entries.iter().any(|entry| fits(self.seen(entry)))
    }

    /// Makes every value of a field ready.
    pub(crate) fn prepare(&mut self, field: Field) {
        self.prepare_for(field, Ready::Fully);
    }

    fn prepare_for(&mut self, field: Field, wanted: Ready) {
        let mut place = self.scratch.heads[field as usize];
        while let Some(entry) = self.entries.get_mut(place as usize) {
            if entry.ready < wanted {
                entry.decode(wanted, self.spelling.unescape, &mut self.scratch.plain, &mut self.scratch.folded);
            }
            place = entry.next;
        }
    }

    /// Every value of a field that was made ready before.
    pub(crate) fn ready(&self, field: Field) -> impl Iterator<Item = Seen<'_>> + Clone {
        let mut place = self.scratch.heads[field as usize];
        std::iter::from_fn(move || {
            let entry = self.entries.get(place as usize)?;
            place = entry.next;
            Some(self.seen(entry))
        })
    }

    fn seen(&self, entry: &Entry<'a>) -> Seen<'_> {
        let folded = &self.scratch.folded[entry.folded.0 as usize..entry.folded.1 as usize];
        let decoded = &self.scratch.plain[entry.plain.0 as usize..entry.plain.1 as usize];
        let (sort, plain) = match entry.said {
            Said::Null => (Sort::Null, ""),
            Said::Empty => (Sort::Empty, ""),
            Said::Bool(truth) => (Sort::Bool, if truth { "true" } else { "false" }),
            Said::Int(_) | Said::Float(_) => (Sort::Number, decoded),
            Said::Number(text) => (Sort::Number, text),
            Said::Text(text) => (Sort::Text, text),
            Said::Escaped(_) => (Sort::Text, decoded),
        };
        Seen { sort, plain, folded }
    }

    /// Whether the line may spell letters by their numbers.
    pub(crate) fn spells_by_number(&self) -> bool {
        (self.spelling.by_number)(self.text)
    }

    /// What the line says without the names under which it says it, where those are no part of it.
    pub(crate) fn without_names(&self) -> Option<String> {
        (self.spelling.without_names)(self.text)
    }

    /// The whole line as it is.
    pub(crate) fn text(&self) -> &'a str {
        self.text
    }

    /// The whole line.
    pub(crate) fn line(&mut self) -> Seen<'_> {
        let folded = &mut self.scratch.folded;
        let range = self.line.get_or_insert_with(|| {
            let (start, end) = push_folded(folded, self.text);
            start as usize..end as usize
        });
        Seen { sort: Sort::Text, plain: self.text, folded: &folded[range.clone()] }
    }
}
