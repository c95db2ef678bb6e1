//! The names of fields as numbers, and the values of one event by these numbers.

use std::collections::HashMap;

use super::calendar::Zone;
use super::matcher::Field;
use crate::watch::event::{Event, Value};

/// The fields that one document names, in the order of their first mention.
#[derive(Debug, Default)]
pub(super) struct Names(Vec<String>);

impl Names {
    /// The number of `name`, a new one where it was not mentioned before.
    pub(super) fn number(&mut self, name: &str) -> Field {
        let known = self.0.iter().position(|other| other == name);
        let index = known.unwrap_or_else(|| {
            self.0.push(name.to_owned());
            self.0.len() - 1
        });
        Field::try_from(index).expect("a document names fewer than four thousand million fields")
    }

    /// What the field of this number is called.
    pub(super) fn name(&self, field: Field) -> &str {
        &self.0[field as usize]
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

const NONE: u32 = u32::MAX;

/// The fields that any rule names, and where the event looked at last has them. Kept from event to event, so that
/// looking at one asks for no memory.
#[derive(Debug, Default)]
pub(super) struct Fields {
    numbers: HashMap<String, Field>,
    /// For each known field, its first place in the event.
    heads: Vec<u32>,
    /// For each place in the event, the next one of the same field.
    next: Vec<u32>,
    /// The known fields that the event has.
    used: Vec<Field>,
}

impl Fields {
    /// The number of `name`, a new one where no rule mentioned it before.
    pub(super) fn number(&mut self, name: &str) -> Field {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = Field::try_from(self.heads.len()).expect("rules name fewer than four thousand million fields");
        self.numbers.insert(name.to_owned(), number);
        self.heads.push(NONE);
        number
    }

    /// Finds the known fields of `event`, which is looked at in `zone`.
    pub(super) fn look<'a>(&'a mut self, event: &'a Event, zone: &'a Zone) -> View<'a> {
        for field in self.used.drain(..) {
            self.heads[field as usize] = NONE;
        }
        self.next.clear();
        self.next.resize(event.fields.len(), NONE);
        // From the last to the first, so that each chain runs in the order of the line.
        for (place, (name, _)) in event.fields.iter().enumerate().rev() {
            if let Some(field) = self.numbers.get(name.as_str()) {
                let head = &mut self.heads[*field as usize];
                if *head == NONE {
                    self.used.push(*field);
                }
                self.next[place] = *head;
                *head = u32::try_from(place).unwrap_or(NONE);
            }
        }
        View { event, zone, heads: &self.heads, next: &self.next }
    }
}

/// One event, its fields found.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) event: &'a Event,
    /// Where the site is.
    pub(super) zone: &'a Zone,
    heads: &'a [u32],
    next: &'a [u32],
}

impl<'a> View<'a> {
    /// Every value of a field: a line can say a field twice.
    pub(super) fn values(self, field: Field) -> impl Iterator<Item = &'a Value> {
        let mut place = self.heads[field as usize];
        std::iter::from_fn(move || {
            let (_, value) = self.event.fields.get(place as usize)?;
            place = self.next[place as usize];
            Some(value)
        })
    }
}
