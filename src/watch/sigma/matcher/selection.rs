//! A search identifier of a detection: maps are "and", lists are "or", and a plain value without a field is looked for
//! in the whole line (Sigma rules specification 2.1, section "Detection").

use std::sync::OnceLock;

use super::comparison::{Field, Matcher, related};
use super::list::List;
use super::pattern::{Shape, Template};
use crate::text::node::{Kind as NodeKind, Node};
use crate::text::source::Span;
use crate::watch::sigma::prefilter::witness::{Need, Prior, Spot};
use crate::watch::sigma::rule::code::{BAD_DETECTION, MODIFIER_REFUSED};
use crate::watch::sigma::rule::expansion::Filler;
use crate::watch::sigma::rule::modifier::{self, Kind, Modifiers};
use crate::watch::sigma::rule::reading::{Reading, place};
use crate::watch::sigma::rule::value;
use crate::watch::sigma::view::View;
use crate::watch::sigma::view::fields::Names;

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

    /// Puts the lists of the site in the place of placeholders.
    pub(crate) fn fill(&mut self, filler: &mut Filler<'_, '_>) {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter_mut().for_each(|part| part.fill(filler)),
            Self::Test(test) => test.matchers.iter_mut().for_each(|matcher| filler.fill(matcher)),
        }
    }
}

/// Where a test looks.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Place {
    Field(Field),
    /// In the whole line. `values` too where the line may spell with escapes what a value holds.
    Line {
        values: bool,
    },
}

/// The values of one key, held against one field or the line.
#[derive(Debug, Clone)]
pub(crate) struct Test {
    pub(crate) place: Place,
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
    fn new(key: &Node, values: &[Node]) -> Self {
        Self { key: key.span, values: values.iter().map(|value| place(key, value)).collect() }
    }

    /// The same for one of the values.
    pub(crate) fn of(&self, value: usize) -> Self {
        Self { key: self.key, values: self.values.get(value).copied().into_iter().collect() }
    }
}

impl Test {
    /// A test that wants every value to fit or any, and may be negated.
    pub(crate) fn new(place: Place, (every, negated): (bool, bool), matchers: Vec<Matcher>, written: Written) -> Self {
        Self { place, every, negated, matchers, way: OnceLock::new(), written }
    }

    pub(crate) fn holds(&self, view: &mut View<'_>) -> bool {
        self.finds(view) != self.negated
    }

    fn finds(&self, view: &mut View<'_>) -> bool {
        let mut matchers = self.matchers.iter();
        match (self.place, self.way.get_or_init(|| self.way())) {
            (Place::Field(field), Way::AtOnce(list)) => {
                view.folded(field).any(|value| value.has_text() && list.fits(value.folded))
            }
            (Place::Field(field), Way::Singly) => {
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
            Place::Line { values } => {
                return matcher.fits_text(view.line()) || *values && view.any_value(|value| matcher.fits(value));
            }
            Place::Field(field) => *field,
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
        matches!(self.place, Place::Line { values: true })
    }

    /// Tells `prior` of every text that is looked for.
    pub(crate) fn teach(&self, prior: &mut Prior) {
        self.matchers.iter().for_each(|matcher| matcher.teach(prior));
    }

    fn need(&self, prior: &Prior) -> Need {
        if self.negated {
            return Need::NOTHING;
        }
        let spot = match self.place {
            Place::Field(field) => Spot::Field(field),
            Place::Line { values } => Spot::Line { values },
        };
        let needs = self.matchers.iter().map(|matcher| matcher.need(spot, prior));
        if self.every { Need::of_all(needs) } else { Need::of_any(needs) }
    }

    fn renumber(&mut self, numbers: &[Field]) {
        if let Place::Field(field) = &mut self.place {
            *field = numbers[*field as usize];
        }
        for matcher in &mut self.matchers {
            if let Matcher::FieldRef { field, .. } = matcher {
                *field = numbers[*field as usize];
            }
        }
    }
}

/// Reads the selection at `node`, which `key` names. Nothing where it is wrong, which is then in the findings.
pub(crate) fn read(reading: &mut Reading<'_>, key: &Node, node: &Node, names: &mut Names) -> Option<Selection> {
    match &node.kind {
        NodeKind::Map(entries) => map(reading, key, entries, names),
        NodeKind::Seq(items) => list(reading, key, items, names),
        NodeKind::Null => empty(reading, key, node),
        _ => keywords(reading, key, std::slice::from_ref(node), Modifiers::default(), names),
    }
}

fn empty<T>(reading: &mut Reading<'_>, key: &Node, node: &Node) -> Option<T> {
    let help = "write a field and its value, or a list of words to look for in the line";
    reading.error(BAD_DETECTION, place(key, node), "nothing is looked for here", Some(help.to_owned()));
    None
}

fn map(reading: &mut Reading<'_>, key: &Node, entries: &[(Node, Node)], names: &mut Names) -> Option<Selection> {
    if entries.is_empty() {
        return empty(reading, key, key);
    }
    let parts: Vec<_> = entries.iter().map(|(key, value)| item(reading, key, value, names)).collect();
    let mut parts = parts.into_iter().collect::<Option<Vec<_>>>()?;
    Some(if parts.len() == 1 { parts.swap_remove(0) } else { Selection::All(parts) })
}

fn list(reading: &mut Reading<'_>, key: &Node, items: &[Node], names: &mut Names) -> Option<Selection> {
    if items.is_empty() {
        return empty(reading, key, key);
    }
    let (maps, words): (Vec<_>, Vec<_>) = items.iter().partition(|item| matches!(item.kind, NodeKind::Map(_)));
    let mut parts: Vec<Option<Selection>> = Vec::new();
    for node in maps {
        let entries = node.as_map().unwrap_or_default();
        parts.push(map(reading, key, entries, names));
    }
    if !words.is_empty() {
        let words: Vec<Node> = words.into_iter().cloned().collect();
        parts.push(keywords(reading, key, &words, Modifiers::default(), names));
    }
    let mut parts = parts.into_iter().collect::<Option<Vec<_>>>()?;
    Some(if parts.len() == 1 { parts.swap_remove(0) } else { Selection::Any(parts) })
}

/// One key of a map and its values.
fn item(reading: &mut Reading<'_>, key: &Node, value: &Node, names: &mut Names) -> Option<Selection> {
    let name = reading.name(key);
    let (field, modifiers) = modifier::split(reading, key, &name)?;
    let values = match &value.kind {
        NodeKind::Seq(items) => items.as_slice(),
        _ => std::slice::from_ref(value),
    };
    if values.is_empty() {
        return empty(reading, key, key);
    }
    if modifiers.every && values.len() == 1 && !field.is_empty() {
        let help = "take `all` away, or write several values";
        reading.warning(BAD_DETECTION, key.span, "`all` changes nothing for a single value", Some(help.to_owned()));
    }
    if field.is_empty() {
        if !name.contains('|') {
            return empty(reading, key, key);
        }
        return keywords(reading, key, values, modifiers, names);
    }
    let place = Place::Field(names.number(field));
    let matchers = matchers(reading, key, values, &modifiers, names)?;
    let written = Written::new(key, values);
    Some(Selection::Test(Test::new(place, (modifiers.every, modifiers.negated), matchers, written)))
}

/// Values without a field, which are looked for in the whole line.
fn keywords(
    reading: &mut Reading<'_>,
    key: &Node,
    values: &[Node],
    mut modifiers: Modifiers,
    names: &mut Names,
) -> Option<Selection> {
    let at_an_end = matches!(modifiers.shape, Shape::Start | Shape::End);
    if at_an_end || modifiers.part.is_some() || !matches!(modifiers.kind, Kind::Text | Kind::Regex) {
        let help = "write the name of a field before the first `|`";
        reading.error(MODIFIER_REFUSED, key.span, "these modifiers need a field", Some(help.to_owned()));
        return None;
    }
    if modifiers.kind == Kind::Text {
        modifiers.shape = Shape::Anywhere;
    }
    let escaped = |node: &Node| node.as_str().is_some_and(|text| Template::parse(text).may_be_escaped());
    let values_too = modifiers.kind == Kind::Text && (modifiers.expand || values.iter().any(escaped));
    let matchers = matchers(reading, key, values, &modifiers, names)?;
    let place = Place::Line { values: values_too };
    let written = Written::new(key, values);
    Some(Selection::Test(Test::new(place, (modifiers.every, modifiers.negated), matchers, written)))
}

/// The values under `key`, each made ready.
fn matchers(
    reading: &mut Reading<'_>,
    key: &Node,
    values: &[Node],
    modifiers: &Modifiers,
    names: &mut Names,
) -> Option<Vec<Matcher>> {
    let matchers: Vec<_> = values.iter().map(|value| value::read(reading, key, value, modifiers, names)).collect();
    let matchers = matchers.into_iter().collect::<Option<Vec<_>>>()?;
    if modifiers.expand && !matchers.iter().any(|matcher| matches!(matcher, Matcher::Expand(_))) {
        let help = "write the name of a list between two `%`, or take `expand` away".to_owned();
        reading.warning(BAD_DETECTION, key.span, "there is no placeholder to expand here", Some(help));
    }
    Some(matchers)
}
