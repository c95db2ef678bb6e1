//! A selection of a detection and the tests it is made of, held against one event.

use std::sync::OnceLock;

use super::comparison::{Comparison, related};
use super::list::List;
use crate::text::source::Span;
use crate::watch::record::Field;
use crate::watch::sigma::prefilter::needle::{Need, Spot};
use crate::watch::sigma::prefilter::rarity::Rarity;
use crate::watch::sigma::view::View;
use crate::watch::sigma::view::entry::{Seen, Sort};
use crate::watch::sigma::view::text::folded;

/// What must hold for a selection.
#[derive(Debug)]
pub(crate) enum Selection {
    All(Vec<Self>),
    Any(Vec<Self>),
    Test(Test),
}

impl Selection {
    pub(crate) fn holds(&self, view: &mut View<'_>) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.holds(view)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(view)),
            Self::Test(test) => test.holds(view),
        }
    }

    /// Adds the fields in which it found what it looks for.
    pub(crate) fn matched(&self, view: &mut View<'_>, fields: &mut Vec<Field>) {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.matched(view, fields)),
            Self::Test(test) => {
                if let Spot::Field(field) = test.place
                    && !test.negated
                    && test.finds(view)
                {
                    fields.push(field);
                }
            }
        }
    }

    /// What an event must have somewhere for this to hold.
    pub(crate) fn need(&self, rarity: &Rarity) -> Need {
        match self {
            Self::All(parts) => Need::of_all(parts.iter().map(|part| part.need(rarity))),
            Self::Any(parts) => Need::of_any(parts.iter().map(|part| part.need(rarity))),
            Self::Test(test) => test.need(rarity),
        }
    }

    /// Calls `seen` with every test.
    pub(crate) fn visit(&self, seen: &mut impl FnMut(&Test)) {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.visit(seen)),
            Self::Test(test) => seen(test),
        }
    }

    /// Changes the numbers of one document into those of all documents.
    pub(crate) fn renumber(&mut self, numbers: &[Field]) {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter_mut().for_each(|part| part.renumber(numbers)),
            Self::Test(test) => test.renumber(numbers),
        }
    }

    /// Calls `change` with every value that is held against events.
    pub(crate) fn change(&mut self, change: &mut impl FnMut(&mut Comparison)) {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter_mut().for_each(|part| part.change(change)),
            Self::Test(test) => test.comparisons.iter_mut().for_each(change),
        }
    }
}

/// The values of one key, held against one field or the line.
#[derive(Debug, Clone)]
pub(crate) struct Test {
    /// Where it looks.
    pub(crate) place: Spot,
    pub(crate) every: bool,
    pub(crate) negated: bool,
    /// One for each value written.
    pub(crate) comparisons: Vec<Comparison>,
    /// How they are compared. Found out when first asked: lists of the site come late.
    way: OnceLock<Way>,
    pub(crate) written: Written,
}

/// How the values of a test are compared.
#[derive(Debug, Clone)]
enum Way {
    /// With each value of the field, all at once.
    AtOnce(Box<List>),
    /// With each value of the field, one after the other.
    Singly,
    /// In some way that needs more than a value of the field.
    Specially,
}

/// Where a test stands in its rule file, to be shown to whoever asks why it holds or not.
#[derive(Debug, Clone)]
pub(crate) struct Written {
    /// The field and its modifiers; the name of the selection for words without a field.
    pub(crate) key: Span,
    /// The values, in the order of the comparisons.
    pub(crate) values: Box<[Span]>,
}

impl Written {
    /// The same for one of the values.
    pub(crate) fn of(&self, value: usize) -> Self {
        Self { key: self.key, values: self.values.get(value).copied().into_iter().collect() }
    }
}

impl Test {
    /// A test that wants every value to fit or any, and may be negated.
    pub(crate) fn new(
        place: Spot,
        (every, negated): (bool, bool),
        comparisons: Vec<Comparison>,
        written: Written,
    ) -> Self {
        Self { place, every, negated, comparisons, way: OnceLock::new(), written }
    }

    pub(crate) fn holds(&self, view: &mut View<'_>) -> bool {
        self.finds(view) != self.negated
    }

    fn finds(&self, view: &mut View<'_>) -> bool {
        let mut comparisons = self.comparisons.iter();
        match (self.place, self.way.get_or_init(|| self.way())) {
            (Spot::Field(field), Way::AtOnce(list)) => {
                view.folded(field).any(|value| value.has_text() && list.fits(value.folded))
            }
            (Spot::Field(field), Way::Singly) => {
                let mut values = view.values(field);
                if self.every {
                    comparisons.all(|comparison| values.clone().any(|value| comparison.fits(value)))
                } else {
                    values.any(|value| comparisons.clone().any(|comparison| comparison.fits(value)))
                }
            }
            _ if self.every => comparisons.all(|comparison| self.fits(comparison, view)),
            _ => comparisons.any(|comparison| self.fits(comparison, view)),
        }
    }

    fn way(&self) -> Way {
        if self.comparisons.iter().any(Comparison::is_special) {
            return Way::Specially;
        }
        let list = if self.every { None } else { List::new(&self.comparisons) };
        list.map_or(Way::Singly, |list| Way::AtOnce(Box::new(list)))
    }

    /// Whether one of its comparisons fits.
    pub(crate) fn fits(&self, comparison: &Comparison, view: &mut View<'_>) -> bool {
        let field = match &self.place {
            Spot::Line { values } => {
                return fits_line(comparison, view) || *values && view.any_value(|value| comparison.fits(value));
            }
            Spot::Field(field) => *field,
        };
        match comparison {
            Comparison::Exists(wanted) => view.has(field) == *wanted,
            Comparison::Null => !view.has(field) || view.values(field).any(|value| comparison.fits(value)),
            Comparison::Time(moment) => {
                let zone = view.zone();
                view.values(field).any(|value| moment.fits(value, zone))
            }
            Comparison::FieldRef { field: other, shape, cased } => {
                view.prepare(field);
                view.prepare(*other);
                let view = &*view;
                let one = |value| view.ready(*other).any(|other| related(value, other, *shape, *cased));
                view.ready(field).any(one)
            }
            _ => view.values(field).any(|value| comparison.fits(value)),
        }
    }

    /// Whether it looks at all values of an event, whatever their names.
    pub(crate) fn looks_everywhere(&self) -> bool {
        matches!(self.place, Spot::Line { values: true })
    }

    /// Tells `rarity` of every text that is looked for.
    pub(crate) fn teach(&self, rarity: &mut Rarity) {
        self.comparisons.iter().for_each(|comparison| comparison.teach(rarity));
    }

    fn need(&self, rarity: &Rarity) -> Need {
        if self.negated {
            return Need::NOTHING;
        }
        let needs = self.comparisons.iter().map(|comparison| comparison.need(self.place, rarity));
        if self.every { Need::of_all(needs) } else { Need::of_any(needs) }
    }

    fn renumber(&mut self, numbers: &[Field]) {
        if let Spot::Field(field) = &mut self.place {
            *field = numbers[*field as usize];
        }
        for comparison in &mut self.comparisons {
            if let Comparison::FieldRef { field, .. } = comparison {
                *field = numbers[*field as usize];
            }
        }
    }
}

/// Whether a word is in the line; where the line is an object of JSON, in what it says and not in the names of its members.
/// A word with quotation marks in it is meant for the line as it is spelled.
fn fits_line(word: &Comparison, view: &mut View<'_>) -> bool {
    if !word.fits_text(view.line()) {
        return false;
    }
    let Some(said) = view.without_names() else { return true };
    let fits = |text: &str| word.fits_text(Seen { sort: Sort::Text, plain: text, folded: &folded(text) });
    fits(&said) || !fits(&view.text().replace('"', ""))
}
