//! The members that objects were seen to have, and what was found out of their names: for whoever reads many lines, and
//! always wants the same.
//!
//! Lines of one log have nearly the same members in nearly the same order. Each member remembers which ones stood behind
//! it last, so that most names are neither searched for their end nor looked up: they are compared with what is expected.

use std::collections::HashMap;

use super::{Hearer, Naming, Quoted, Wanted};

/// A tree of names. It may only serve one hearer, and one that always wants the same.
#[derive(Debug, Default)]
pub(in crate::watch) struct Members {
    /// The object itself comes first.
    members: Vec<Member>,
    /// What is asked for less often, in the same order.
    names: Vec<Name>,
}

/// How many members are remembered. Whoever writes the logs chooses the names, so there is a bound; only one line can lead
/// over it, and there is one for lines.
const MANY: usize = 4_096;

#[derive(Debug)]
struct Member {
    spelling: Spelling,
    /// Once somebody asked.
    wanted: Option<Wanted>,
    /// The length of its dotted name.
    length: u32,
    /// The members that stood behind it, the last one first.
    next: Expected,
    /// The members that stood first below it.
    first: Expected,
}

/// A name as lines spell it, with the quote behind it.
#[derive(Debug, Default)]
struct Spelling {
    text: Box<[u8]>,
    /// Its first and its last eight bytes, where it has as many: all there is of most names, and compared without a call.
    ends: Option<([u8; 8], [u8; 8])>,
}

impl Spelling {
    fn new(name: &str) -> Self {
        let text: Box<[u8]> = [name.as_bytes(), b"\""].concat().into();
        let ends = text.first_chunk().copied().zip(text.last_chunk().copied());
        Self { text, ends }
    }

    /// How long it is, where `rest` starts with it. The object itself has no spelling, and is nowhere.
    fn starts(&self, rest: &[u8]) -> Option<usize> {
        let length = self.text.len();
        let there = rest.get(..length)?;
        let same = match self.ends {
            Some((head, tail)) => {
                there.first_chunk() == Some(&head)
                    && there.last_chunk() == Some(&tail)
                    && (length <= 16 || *there == *self.text)
            }
            None => length > 0 && *there == *self.text,
        };
        same.then_some(length)
    }
}

/// A few members, the object itself standing for none.
type Expected = [u32; 4];

#[derive(Debug)]
struct Name {
    dotted: Box<str>,
    below: HashMap<Box<str>, u32>,
}

impl Members {
    /// To be called before each line: forgets everything where it has become too much.
    pub(in crate::watch) fn begin(&mut self) {
        if (1..=MANY).contains(&self.members.len()) {
            return;
        }
        self.members.clear();
        self.names.clear();
        self.put(Spelling::default(), Box::default());
    }

    /// Appends a member.
    fn put(&mut self, spelling: Spelling, dotted: Box<str>) {
        let length = u32::try_from(dotted.len()).expect("lines are far shorter than four gigabytes");
        self.members.push(Member {
            spelling,
            wanted: None,
            length,
            next: Expected::default(),
            first: Expected::default(),
        });
        self.names.push(Name { dotted, below: HashMap::new() });
    }

    /// What is expected behind `before`, or first below `parent`.
    fn expectation(&mut self, parent: u32, before: Option<u32>) -> &mut Expected {
        match before {
            Some(before) => &mut self.members[before as usize].next,
            None => &mut self.members[parent as usize].first,
        }
    }

    fn add(&mut self, name: Quoted<'_>, parent: u32) -> u32 {
        let new = u32::try_from(self.members.len()).expect("lines have a bound of members");
        let above = &mut self.names[parent as usize];
        above.below.insert(name.text.into(), new);
        let mut dotted = String::from(&*above.dotted);
        if !dotted.is_empty() {
            dotted.push('.');
        }
        name.put(&mut dotted);
        self.put(Spelling::new(name.text), dotted.into());
        new
    }
}

impl Naming for Members {
    type Place = u32;

    fn root(&self) -> u32 {
        0
    }

    fn expected(&mut self, rest: &[u8], parent: u32, before: Option<u32>) -> Option<(u32, usize)> {
        let expected = *self.expectation(parent, before);
        let length = |member: u32| self.members[member as usize].spelling.starts(rest);
        if let Some(length) = length(expected[0]) {
            return Some((expected[0], length));
        }
        let (at, length) = (1..expected.len()).find_map(|at| Some((at, length(expected[at])?)))?;
        // What comes most often is to be compared first.
        self.expectation(parent, before)[..=at].rotate_right(1);
        Some((expected[at], length))
    }

    fn enter(&mut self, name: Quoted<'_>, parent: u32, before: Option<u32>) -> u32 {
        let known = self.names[parent as usize].below.get(name.text).copied();
        let member = known.unwrap_or_else(|| self.add(name, parent));
        let expected = self.expectation(parent, before);
        expected.rotate_right(1);
        expected[0] = member;
        member
    }

    fn length(&self, place: u32) -> usize {
        self.members[place as usize].length as usize
    }

    fn wanted<'a>(&mut self, place: u32, hearer: &mut impl Hearer<'a>) -> Wanted {
        if let Some(wanted) = self.members[place as usize].wanted {
            return wanted;
        }
        let wanted = hearer.wants(&self.names[place as usize].dotted);
        self.members[place as usize].wanted = Some(wanted);
        wanted
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::watch::json::{Spelled, walk};
    use crate::watch::record::{Field, Said};

    /// Wants every name, and writes down what it hears.
    #[derive(Default)]
    struct Ear {
        names: Vec<String>,
        heard: Vec<String>,
    }

    impl<'a> Hearer<'a> for Ear {
        fn wants(&mut self, name: &str) -> Wanted {
            let known = self.names.iter().position(|known| known == name);
            let place = known.unwrap_or_else(|| {
                self.names.push(name.to_owned());
                self.names.len() - 1
            });
            Field::try_from(place).ok().into()
        }

        fn hear(&mut self, field: Field, said: Said<'a>) {
            self.heard.push(format!("{} {said:?}", self.names[field as usize]));
        }
    }

    fn object() -> impl Strategy<Value = serde_json::Value> {
        let leaf = prop_oneof![Just(serde_json::json!({})), any::<i8>().prop_map(serde_json::Value::from)];
        let value = leaf.prop_recursive(3, 12, 4, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..3).prop_map(serde_json::Value::from),
                members(inner),
            ]
        });
        members(value)
    }

    /// Names of every length that matters, and with every sort of sign.
    fn members(value: impl Strategy<Value = serde_json::Value>) -> impl Strategy<Value = serde_json::Value> {
        let name = prop_oneof!["[ab\"\\\\é.]{0,2}", "(name|game){1,5}[ab]"];
        proptest::collection::vec((name, value), 0..5).prop_map(|members| members.into_iter().collect())
    }

    proptest! {
        #[test]
        fn what_was_met_before_changes_nothing(objects in proptest::collection::vec(object(), 1..8)) {
            let mut members = Members::default();
            let mut ear = Ear::default();
            for object in objects {
                let text = object.to_string();
                let mut fresh = Ear::default();
                walk(&text, &mut Spelled::default(), &mut fresh).unwrap();
                members.begin();
                walk(&text, &mut members, &mut ear).unwrap();
                prop_assert_eq!(std::mem::take(&mut ear.heard), fresh.heard, "{}", text);
            }
        }
    }

    #[test]
    fn names_that_never_come_again_are_forgotten() {
        let (mut members, mut ear) = (Members::default(), Ear::default());
        for line in 0..3 * MANY {
            members.begin();
            walk(&format!("{{\"name{line}\":1}}"), &mut members, &mut ear).unwrap();
        }
        assert!(members.members.len() <= MANY + 1, "{}", members.members.len());
        assert_eq!(ear.heard.len(), 3 * MANY);
    }
}
