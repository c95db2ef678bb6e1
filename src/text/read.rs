//! From a [`Node`] tree to the structs of a file format, reporting every mistake in one pass.
//!
//! A serde reader stops at its first mistake. This one notes the mistake, puts a plain value in place of the wrong one
//! and reads again, until nothing is wrong any more; where no plain value fits, the wrong one is taken out. What is only
//! a consequence of something taken out ("missing field") is not reported, and what a later check says of a value put
//! in place is an echo for [`super::diagnostic::without_echoes`]. Unknown keys are noted on the way, with the nearest
//! known one.

use std::collections::HashMap;
use std::fmt;

use serde::de::value::{StrDeserializer, U64Deserializer};
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer as _, MapAccess, SeqAccess,
    Unexpected, VariantAccess, Visitor,
};

use super::diagnostic::{Diagnostic, suggest};
use super::node::{Kind, Node};
use super::source::{Source, Span};
use super::spanned::MARKER;
use crate::base::language::{Language, Text};
use crate::finding::document::{missing_key, none_of, several_keys, unbracketed, unknown_key, unknown_word, unlike};
use crate::finding::document::{unquoted, unreadable};
use crate::finding::{Finding, expected};

/// Reads `node` as a `T`, adding every mistake to `found`. Nothing is returned where `T` could not be made even
/// without the wrong parts; with mistakes beside the point (unknown keys) there is both a value and findings.
pub fn read<T: DeserializeOwned>(source: &Source, node: &Node, found: &mut Vec<Diagnostic>) -> Option<T> {
    let mut removed = HashMap::new();
    let notes = std::cell::RefCell::new(Vec::new());
    loop {
        let reader = Reader { node, source, removed: &removed, notes: &notes };
        match T::deserialize(reader) {
            Ok(value) => {
                found.extend(notes.into_inner());
                return Some(value);
            }
            Err(error) => {
                let Some(place) = error.place else {
                    found.extend(notes.into_inner());
                    found.push(error.finding.at(source, node.span));
                    return None;
                };
                if !place.consequence && !removed.contains_key(&place.id) {
                    found.push(error.finding.at(source, place.span));
                }
                let gone = match removed.get(&place.id) {
                    None if place.id != node.id => Gone::Replaced,
                    Some(Gone::Replaced) => Gone::Absent,
                    _ => {
                        found.extend(notes.into_inner());
                        return None;
                    }
                };
                removed.insert(place.id, gone);
            }
        }
    }
}

/// What went wrong and, once a reader has seen it, where.
#[derive(Debug)]
pub struct ReadError {
    finding: Finding,
    /// The key that is missing, where that is the mistake.
    missing: Option<&'static str>,
    place: Option<Place>,
}

#[derive(Debug, Clone, Copy)]
struct Place {
    id: u32,
    span: Span,
    consequence: bool,
}

impl fmt::Display for ReadError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.finding.message.get(Language::En))
    }
}

impl std::error::Error for ReadError {}

impl From<Finding> for ReadError {
    fn from(finding: Finding) -> Self {
        Self { finding, missing: None, place: None }
    }
}

impl de::Error for ReadError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        unreadable(message).into()
    }

    fn missing_field(field: &'static str) -> Self {
        Self { missing: Some(field), ..missing_key(field).into() }
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        unknown_word(variant).advice(suggest(variant, expected.iter().copied())).into()
    }

    fn invalid_type(unexpected: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        unlike(expected::of_type(&expected.to_string()), describe(unexpected)).into()
    }

    fn invalid_value(unexpected: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::invalid_type(unexpected, expected)
    }
}

fn describe(unexpected: Unexpected<'_>) -> Text {
    match unexpected {
        Unexpected::Bool(value) => expected::the_word(value),
        Unexpected::Unsigned(value) => expected::the_number(value),
        Unexpected::Signed(value) => expected::the_number(value),
        Unexpected::Float(value) => expected::the_number(value),
        Unexpected::Str(value) => expected::the_text(value),
        Unexpected::Unit | Unexpected::Option => expected::nothing(),
        Unexpected::Seq => expected::list(),
        Unexpected::Map => expected::map(),
        other => expected::the_word(other),
    }
}

/// What stands for a wrong value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gone {
    /// A plain value: empty text, zero, an empty list, the first word of a choice.
    Replaced,
    /// Nothing.
    Absent,
}

type Notes = std::cell::RefCell<Vec<Diagnostic>>;

#[derive(Clone, Copy)]
struct Reader<'a> {
    node: &'a Node,
    source: &'a Source,
    removed: &'a HashMap<u32, Gone>,
    notes: &'a Notes,
}

impl<'a> Reader<'a> {
    fn at(self, node: &'a Node) -> Self {
        Self { node, ..self }
    }

    /// Gives an error that has no place yet this node's.
    fn place(self, mut error: ReadError) -> ReadError {
        if error.place.is_none() {
            let consequence = match error.missing {
                Some(key) => self.node.get(key).is_some(),
                None => self.lost_something(),
            };
            error.place = Some(Place { id: self.node.id, span: self.span(), consequence });
        }
        error
    }

    /// Where to point for a mistake of the whole node: a map's first key says more than the whole map.
    fn span(self) -> Span {
        match &self.node.kind {
            Kind::Map(entries) => entries.first().map_or(self.node.span, |(key, _)| key.span),
            _ => self.node.span,
        }
    }

    fn lost_something(self) -> bool {
        match &self.node.kind {
            Kind::Seq(items) => items.iter().any(|item| self.absent(item)),
            Kind::Map(entries) => entries.iter().any(|(_, value)| self.absent(value)),
            _ => false,
        }
    }

    fn absent(self, node: &Node) -> bool {
        self.removed.get(&node.id) == Some(&Gone::Absent)
    }

    /// Whether a plain value stands for this one.
    fn replaced(self) -> bool {
        self.removed.contains_key(&self.node.id)
    }

    /// Keys cannot be replaced: two of them could become the same.
    fn replaced_key(self, key: &Node) -> bool {
        self.removed.contains_key(&key.id)
    }

    fn entries(self, entries: &'a [(Node, Node)]) -> Entries<'a> {
        Entries { reader: self, left: entries.iter(), value: None, known: None }
    }

    fn invalid(self, expected: Text) -> ReadError {
        self.refused(unlike(expected, self.node.describe()))
    }

    fn refused(self, finding: Finding) -> ReadError {
        self.place(finding.into())
    }
}

impl<'de> Deserializer<'de> for Reader<'_> {
    type Error = ReadError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        if self.replaced() {
            return visitor.visit_unit();
        }
        match &self.node.kind {
            Kind::Null => visitor.visit_unit(),
            Kind::Bool(value) => visitor.visit_bool(*value),
            Kind::Int(value) => match u64::try_from(*value) {
                Ok(value) => visitor.visit_u64(value),
                Err(_) => visitor.visit_i64(*value),
            },
            Kind::Float(value) => visitor.visit_f64(*value),
            Kind::Str(value) => visitor.visit_str(value),
            Kind::Seq(items) => visitor.visit_seq(Items { reader: self, items: items.iter() }),
            Kind::Map(entries) => visitor.visit_map(self.entries(entries)),
        }
        .map_err(|error| self.place(error))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self.node.kind {
            _ if self.replaced() => visitor.visit_none(),
            Kind::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        match &self.node.kind {
            _ if self.replaced() => visitor.visit_map(self.entries(&[])).map_err(|error| self.place(error)),
            Kind::Map(entries) => {
                let entries = Entries { known: Some(fields), ..self.entries(entries) };
                visitor.visit_map(entries).map_err(|error| self.place(error))
            }
            Kind::Null => visitor.visit_map(self.entries(&[])).map_err(|error| self.place(error)),
            _ => Err(self.invalid(expected::keys_and_values())),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        if let (true, Some(first)) = (self.replaced(), variants.first()) {
            let word: StrDeserializer<'_, ReadError> = first.into_deserializer();
            return visitor.visit_enum(word).map_err(|error| self.place(error));
        }
        let (name, value) = match &self.node.kind {
            Kind::Map(entries) if entries.len() == 1 => (&entries[0].0, Some(&entries[0].1)),
            Kind::Map(entries) => {
                let span = entries.get(1).map_or(self.span(), |(key, _)| key.span);
                let place = Place { id: self.node.id, span, consequence: self.lost_something() };
                let error: ReadError = several_keys(entries.len(), variants.join(", ")).into();
                return Err(ReadError { place: Some(place), ..error });
            }
            Kind::Str(_) => (self.node, None),
            _ => {
                return Err(self.refused(none_of(expected::word(), self.node.describe(), variants.join(", "))));
            }
        };
        if value.is_some_and(|value| self.absent(value)) {
            let mut error: ReadError = de::Error::custom("taken out");
            error.place = Some(Place { id: self.node.id, span: self.span(), consequence: true });
            return Err(error);
        }
        visitor.visit_enum(Choice { reader: self, name, value }).map_err(|error| self.place(error))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        visitor.visit_newtype_struct(self).map_err(|error| self.place(error))
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _len: usize,
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        if name == MARKER {
            return visitor.visit_seq(Marked { reader: self, given: 0 }).map_err(|error| self.place(error));
        }
        self.deserialize_any(visitor)
    }

    /// Text may be written as a plain number or word: `smtp: 587` reads as the text "587" only where a format says so,
    /// so numbers are refused here with advice to quote them.
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match &self.node.kind {
            _ if self.replaced() => visitor.visit_str("").map_err(|error| self.place(error)),
            Kind::Str(text) => visitor.visit_str(text).map_err(|error| self.place(error)),
            Kind::Int(_) | Kind::Float(_) | Kind::Bool(_) => {
                let written = self.source.slice(self.node.span);
                Err(self.refused(unquoted(expected::text(), self.node.describe(), written)))
            }
            _ => Err(self.invalid(expected::text())),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        self.deserialize_str(visitor)
    }

    /// An empty `key:` reads as an empty list.
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match &self.node.kind {
            _ if self.replaced() => visitor.visit_seq(Items { reader: self, items: [].iter() }),
            Kind::Seq(_) => self.deserialize_any(visitor),
            Kind::Null => {
                visitor.visit_seq(Items { reader: self, items: [].iter() }).map_err(|error| self.place(error))
            }
            Kind::Map(_) => Err(self.invalid(expected::list())),
            _ => {
                let written = self.source.slice(self.node.span);
                Err(self.refused(unbracketed(expected::list(), self.node.describe(), written)))
            }
        }
    }

    /// An empty `key:` reads as an empty map.
    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match &self.node.kind {
            _ if self.replaced() => visitor.visit_map(self.entries(&[])).map_err(|error| self.place(error)),
            Kind::Map(_) => self.deserialize_any(visitor),
            Kind::Null => visitor.visit_map(self.entries(&[])).map_err(|error| self.place(error)),
            _ => Err(self.invalid(expected::keys_and_values())),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        if self.replaced() { visitor.visit_bool(false) } else { self.deserialize_any(visitor) }
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        if self.replaced() { visitor.visit_u64(0) } else { self.deserialize_any(visitor) }
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        self.deserialize_u64(visitor)
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i32 i128 u128 f32 f64 char bytes byte_buf unit unit_struct tuple ignored_any
    }
}

struct Items<'a> {
    reader: Reader<'a>,
    items: std::slice::Iter<'a, Node>,
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = ReadError;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, ReadError> {
        let reader = self.reader;
        match self.items.find(|item| !reader.absent(item)) {
            Some(item) => {
                let reader = self.reader.at(item);
                seed.deserialize(reader).map(Some).map_err(|error| reader.place(error))
            }
            None => Ok(None),
        }
    }
}

struct Entries<'a> {
    reader: Reader<'a>,
    left: std::slice::Iter<'a, (Node, Node)>,
    value: Option<(&'a Node, &'a Node)>,
    /// The keys of a struct; nothing for a map with free keys.
    known: Option<&'static [&'static str]>,
}

impl Entries<'_> {
    fn note_unknown(&self, key: &Node, known: &'static [&'static str]) {
        let written = key.scalar().unwrap_or_default();
        // The tree is read again after each mistake: note a key once.
        if self.reader.notes.borrow().iter().any(|noted| noted.span == key.span) {
            return;
        }
        let finding = unknown_key(&written).advice(suggest(&written, known.iter().copied()));
        self.reader.notes.borrow_mut().push(finding.at(self.reader.source, key.span));
    }
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = ReadError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, ReadError> {
        while let Some((key, value)) = self.left.next() {
            if self.reader.absent(value) || self.reader.replaced_key(key) {
                continue;
            }
            match self.known {
                Some(known) if !key.as_str().is_some_and(|name| known.contains(&name)) => self.note_unknown(key, known),
                Some(_) => {
                    self.value = Some((key, value));
                    let name: StrDeserializer<'_, ReadError> = key.as_str().unwrap_or_default().into_deserializer();
                    return seed.deserialize(name).map(Some);
                }
                None => {
                    self.value = Some((key, value));
                    let reader = self.reader.at(key);
                    return seed.deserialize(reader).map(Some).map_err(|error| reader.place(error));
                }
            }
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, ReadError> {
        let (key, value) = self.value.take().expect("serde asks for a value only after its key");
        let reader = self.reader.at(value);
        seed.deserialize(reader).map_err(|error| {
            let empty = value.kind == Kind::Null && error.place.is_none_or(|place| place.id == value.id);
            let mut error = reader.place(error);
            // An empty value has no place of its own: point at its key.
            if let (true, Some(place)) = (empty, &mut error.place) {
                place.span = key.span;
            }
            error
        })
    }
}

struct Choice<'a> {
    reader: Reader<'a>,
    name: &'a Node,
    value: Option<&'a Node>,
}

impl<'de> EnumAccess<'de> for Choice<'_> {
    type Error = ReadError;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), ReadError> {
        let name = self.reader.at(self.name);
        match seed.deserialize(name) {
            Ok(value) => Ok((value, self)),
            Err(error) => {
                let mut error = name.place(error);
                // A key cannot be taken out alone: take the whole choice.
                if let Some(place) = &mut error.place {
                    place.id = self.reader.node.id;
                }
                Err(error)
            }
        }
    }
}

impl<'de> VariantAccess<'de> for Choice<'_> {
    type Error = ReadError;

    fn unit_variant(self) -> Result<(), ReadError> {
        match self.value {
            None | Some(Node { kind: Kind::Null, .. }) => Ok(()),
            Some(value) => Err(self.reader.at(value).invalid(expected::nothing_behind())),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, ReadError> {
        let Some(value) = self.value else { return Err(self.reader.invalid(expected::value_behind())) };
        let reader = self.reader.at(value);
        seed.deserialize(reader).map_err(|error| reader.place(error))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _len: usize, visitor: V) -> Result<V::Value, ReadError> {
        let Some(value) = self.value else { return Err(self.reader.invalid(expected::list_behind())) };
        self.reader.at(value).deserialize_any(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        let Some(value) = self.value else { return Err(self.reader.invalid(expected::keys_behind())) };
        self.reader.at(value).deserialize_struct("", fields, visitor)
    }
}

/// Gives a [`super::spanned::Spanned`] its three parts: start, end, value.
struct Marked<'a> {
    reader: Reader<'a>,
    given: u8,
}

impl<'de> SeqAccess<'de> for Marked<'_> {
    type Error = ReadError;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, ReadError> {
        self.given += 1;
        let offset = |at: usize| -> U64Deserializer<ReadError> { (at as u64).into_deserializer() };
        match self.given {
            1 => seed.deserialize(offset(self.reader.node.span.start)).map(Some),
            2 => seed.deserialize(offset(self.reader.node.span.end)).map(Some),
            3 => seed.deserialize(self.reader).map(Some),
            _ => Ok(None),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::super::spanned::Spanned;
    use super::super::yaml;
    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code, reason = "only what is read is tested")]
    struct Site {
        name: Spanned<String>,
        #[serde(default)]
        port: Option<Spanned<u16>>,
        #[serde(default)]
        sources: BTreeMap<Spanned<String>, Input>,
        #[serde(default)]
        tags: Vec<Spanned<String>>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "lowercase")]
    #[allow(dead_code, reason = "only what is read is tested")]
    enum Input {
        Follow(Spanned<String>),
        Listen { address: String },
        Nothing,
    }

    fn check(text: &str) -> (Option<Site>, Vec<String>) {
        let source = Source::new("t", text);
        let mut found = Vec::new();
        let site = read(&source, &yaml::parse(&source).unwrap(), &mut found);
        (site, found.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn reads_values_with_their_places() {
        let (site, found) = check("name: x\nport: 12\nsources:\n  a: {follow: /f}\n  b: nothing\n");
        let site = site.unwrap();
        assert_eq!(found, Vec::<String>::new());
        assert_eq!((site.name.as_str(), site.name.span.start), ("x", 6));
        assert_eq!(site.port.unwrap().value, 12);
        assert_eq!(site.sources.len(), 2);
        assert_eq!(site.sources.keys().next().unwrap().span.start, 28);
    }

    #[test]
    fn reports_every_mistake_in_one_pass() {
        let (site, found) = check(
            "nam: x\nport: 99999\nsources:\n  a: {folow: /f}\n  b: {listen: {adress: y}}\n  c: nothing\ntags: [one, 2, {}]\n",
        );
        assert!(site.is_none());
        let at = |line: usize, column: usize| {
            found.iter().filter(|text| text.starts_with(&format!("t:{line}:{column}:"))).count()
        };
        assert_eq!(at(1, 1), 2, "unknown `nam`, missing `name`: {found:#?}");
        assert_eq!(at(2, 7), 1, "{found:#?}");
        assert_eq!(at(4, 7), 1, "{found:#?}");
        assert_eq!(at(5, 16), 2, "{found:#?}");
        assert_eq!(at(7, 13), 1, "{found:#?}");
        assert_eq!(at(7, 16), 1, "{found:#?}");
        assert_eq!(found.len(), 8, "{found:#?}");
        assert!(found.iter().any(|text| text.contains("did you mean `follow`?")), "{found:#?}");
    }

    #[test]
    fn advice_is_for_the_place_where_it_stands() {
        for (text, advice) in [
            ("name: 5\n", "put it in quotes: \"5\""),
            ("name: x\ntags: one\n", "put it in brackets: [one]"),
            ("name: x\nsources: {a: 5}\n", "write one of: follow, listen, nothing"),
            ("name: x\nsources: {a: {follow: x, listen: y}}\n", "write one of: follow, listen, nothing"),
        ] {
            let (_, found) = check(text);
            assert!(found.len() == 1 && found[0].contains(advice), "{text}: {found:#?}");
        }
    }
}
