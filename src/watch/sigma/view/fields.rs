//! The names of fields as numbers.

use crate::base::redact::{Class, class_of};
use crate::watch::record::Field;

/// The fields that any rule names. Asked for every field of every event, nearly always in vain or for a short name: what
/// fits into two words is compared as two words.
#[derive(Debug, Default)]
pub(crate) struct Table {
    names: Vec<String>,
    /// What each of them says of its values.
    classes: Vec<Class>,
    /// Open addressing; the length is a power of two, and more than half of it is free.
    places: Vec<Option<Place>>,
    rest: Option<Field>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    brief: Brief,
    field: Field,
}

/// The first eight and the last eight bytes of a name, and how long it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Brief {
    head: u64,
    tail: u64,
    length: usize,
}

impl Brief {
    fn of(name: &[u8]) -> Self {
        let (head, tail) = if let (Some(head), Some(tail)) = (name.first_chunk::<8>(), name.last_chunk::<8>()) {
            (u64::from_le_bytes(*head), u64::from_le_bytes(*tail))
        } else if let (Some(head), Some(tail)) = (name.first_chunk::<4>(), name.last_chunk::<4>()) {
            (u32::from_le_bytes(*head).into(), u32::from_le_bytes(*tail).into())
        } else {
            (name.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)), 0)
        };
        Self { head, tail, length: name.len() }
    }

    /// Whether it says all of the name.
    fn is_whole(self) -> bool {
        self.length <= 16
    }

    /// A place is taken from the upper bits, of which there are fewer.
    fn hash(self) -> usize {
        let mixed = (self.head ^ self.tail.rotate_left(29) ^ self.length as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (mixed >> 32) as usize
    }
}

impl Table {
    /// The number of `name`, a new one where no rule mentioned it before.
    pub(crate) fn number(&mut self, name: &str) -> Field {
        if let Some(field) = self.find(name) {
            return field;
        }
        let field = Field::try_from(self.names.len()).expect("rules name fewer than four thousand million fields");
        self.names.push(name.to_owned());
        self.classes.push(class_of(name));
        if self.names.len() * 4 > self.places.len() {
            self.places = vec![None; (self.names.len() * 8).next_power_of_two()];
            for (field, name) in (0..).zip(&self.names) {
                put(&mut self.places, Place { brief: Brief::of(name.as_bytes()), field });
            }
        } else {
            put(&mut self.places, Place { brief: Brief::of(name.as_bytes()), field });
        }
        field
    }

    /// The number of `name`, where any rule mentions it.
    pub(crate) fn find(&self, name: &str) -> Option<Field> {
        let brief = Brief::of(name.as_bytes());
        let mask = self.places.len().wrapping_sub(1);
        let mut at = brief.hash();
        loop {
            let place = (*self.places.get(at & mask)?)?;
            if place.brief == brief && (brief.is_whole() || self.names[place.field as usize] == name) {
                return Some(place.field);
            }
            at += 1;
        }
    }

    /// The field that all others go by, where any rule looks at them.
    pub(crate) fn rest(&self) -> Option<Field> {
        self.rest
    }

    /// Lets all other fields go by one more field.
    pub(crate) fn want_rest(&mut self) {
        if self.rest.is_none() {
            self.rest = Some(Field::try_from(self.names.len()).expect("rules name fewer fields than that"));
            self.names.push(String::new());
            self.classes.push(Class::Open);
        }
    }

    /// What a field is called.
    pub(crate) fn name(&self, field: Field) -> &str {
        &self.names[field as usize]
    }

    /// What the name says of its values.
    pub(crate) fn class(&self, field: Field) -> Class {
        self.classes[field as usize]
    }

    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }
}

fn put(places: &mut [Option<Place>], place: Place) {
    let mask = places.len() - 1;
    let mut at = place.brief.hash();
    while places[at & mask].is_some() {
        at += 1;
    }
    places[at & mask] = Some(place);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_by_its_own_number() {
        let mut table = Table::default();
        assert_eq!(table.find("a"), None);
        let names: Vec<String> = (0..500)
            .map(|number| format!("{}{number}{}", "x".repeat(number % 23), "y".repeat(number % 7)))
            .chain(["", "a", "ab", "abc", "abcd", "abcdefgh", "abcdefghi"].map(str::to_owned))
            .collect();
        let fields: Vec<Field> = names.iter().map(|name| table.number(name)).collect();
        for (name, field) in names.iter().zip(fields) {
            assert_eq!((table.find(name), table.name(field)), (Some(field), name.as_str()));
        }
        for name in ["b", "abd", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"] {
            assert_eq!(table.find(name), None);
        }
        // The same ends, another middle.
        table.number("12345678-abcd-12345678");
        assert_eq!(table.find("12345678-abce-12345678"), None);
    }
}
