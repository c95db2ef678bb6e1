//! A selection of a detection and the tests it is made of, held against one event.

use std::sync::OnceLock;

use super::comparison::{Matcher, related};
use super::list::List;
use crate::text::source::Span;
use crate::watch::record::Field;
use crate::watch::sigma::prefilter::rarity::Prior;
use crate::watch::sigma::prefilter::witness::{Need, Spot};
use crate::watch::sigma::view::View;

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

    /// What an event must have somewhere for this to hold.
    pub(crate) fn need(&self, prior: &Prior) -> Need {
        match self {
            Self::All(parts) => Need::of_all(parts.iter().map(|part| part.need(prior))),
            Self::Any(parts) => Need::of_any(parts.iter().map(|part| part.need(prior))),
            Self::Test(test) => test.need(prior),
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
    pub(crate) fn change(&mut self, change: &mut impl FnMut(&mut Matcher)) {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter_mut().for_each(|part| part.change(change)),
            Self::Test(test) => test.matchers.iter_mut().for_each(change),
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
    pub(crate) matchers: Vec<Matcher>,
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
    /// The values, in the order of the matchers.
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
    pub(crate) fn new(place: Spot, (every, negated): (bool, bool), matchers: Vec<Matcher>, written: Written) -> Self {
        Self { place, every, negated, matchers, way: OnceLock::new(), written }
    }

    pub(crate) fn holds(&self, view: &mut View<'_>) -> bool {
        self.finds(view) != self.negated
    }

    fn finds(&self, view: &mut View<'_>) -> bool {
        let mut matchers = self.matchers.iter();
        match (self.place, self.way.get_or_init(|| self.way())) {
            (Spot::Field(field), Way::AtOnce(list)) => {
                view.folded(field).any(|value| value.has_text() && list.fits(value.folded))
            }
            (Spot::Field(field), Way::Singly) => {
                let mut values = view.values(field);
                if self.every {
                    matchers.all(|matcher| values.clone().any(|value| matcher.fits(value)))
                } else {
                    values.any(|value| matchers.clone().any(|matcher| matcher.fits(value)))
                }
            }
            _ if self.every => matchers.all(|matcher| self.fits(matcher, view)),
            _ => matchers.any(|matcher| self.fits(matcher, view)),
        }
    }

    fn way(&self) -> Way {
        if self.matchers.iter().any(Matcher::is_special) {
            return Way::Specially;
        }
        let list = if self.every { None } else { List::new(&self.matchers) };
        list.map_or(Way::Singly, |list| Way::AtOnce(Box::new(list)))
    }

    /// Whether one of its matchers fits.
    pub(crate) fn fits(&self, matcher: &Matcher, view: &mut View<'_>) -> bool {
        let field = match &self.place {
            Spot::Line { values } => {
                return matcher.fits_text(view.line()) || *values && view.any_value(|value| matcher.fits(value));
            }
            Spot::Field(field) => *field,
        };
        match matcher {
            Matcher::Exists(wanted) => view.has(field) == *wanted,
            Matcher::Null => !view.has(field) || view.values(field).any(|value| matcher.fits(value)),
            Matcher::Time(moment) => {
                let zone = view.zone();
                view.values(field).any(|value| moment.fits(value, zone))
            }
            Matcher::FieldRef { field: other, shape, cased } => {
                view.prepare(field);
                view.prepare(*other);
                let view = &*view;
                let one = |value| view.ready(*other).any(|other| related(value, other, *shape, *cased));
                view.ready(field).any(one)
            }
            _ => view.values(field).any(|value| matcher.fits(value)),
        }
    }

    /// Whether it looks at all values of an event, whatever their names.
    pub(crate) fn looks_everywhere(&self) -> bool {
        matches!(self.place, Spot::Line { values: true })
    }

    /// Tells `prior` of every text that is looked for.
    pub(crate) fn teach(&self, prior: &mut Prior) {
        self.matchers.iter().for_each(|matcher| matcher.teach(prior));
    }

    fn need(&self, prior: &Prior) -> Need {
        if self.negated {
            return Need::NOTHING;
        }
        let needs = self.matchers.iter().map(|matcher| matcher.need(self.place, prior));
        if self.every { Need::of_all(needs) } else { Need::of_any(needs) }
    }

    fn renumber(&mut self, numbers: &[Field]) {
        if let Spot::Field(field) = &mut self.place {
            *field = numbers[*field as usize];
        }
        for matcher in &mut self.matchers {
            if let Matcher::FieldRef { field, .. } = matcher {
                *field = numbers[*field as usize];
            }
        }
    }
}
