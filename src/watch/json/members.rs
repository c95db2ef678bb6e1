//! The members that objects were seen to have, and what was found out of their names: for whoever reads many lines, and
//! always wants the same.
//!
//! Lines of one log have nearly the same members in nearly the same order. Each member remembers which ones stood behind
//! it last, so that most names are neither searched for their end nor looked up: they are compared with what is expected.

use std::collections::HashMap;

use super::{Hearer, Naming, Quoted, Wanted};

/// A tree of names. It may only serve one hearer, and one that always wants the same.
#[derive(Debug, Default)]
pub struct Members {
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
    /// How it is spelled, with the quote behind it.
    spelling: Box<[u8]>,
    /// Once somebody asked.
    wanted: Option<Wanted>,
    /// The length of its dotted name.
    length: u32,
    /// The members that stood behind it, the last one first.
    next: Expected,
    /// The members that stood first below it.
    first: Expected,
}

/// Two members, the object itself standing for none.
type Expected = [u32; 2];

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
        self.put(Box::default(), Box::default());
    }

    /// Appends a member with this spelling and this dotted name.
    fn put(&mut self, spelling: Box<[u8]>, dotted: Box<str>) {
        let length = u32::try_from(dotted.len()).expect("lines are far shorter than four gigabytes");
        self.members.push(Member { spelling, wanted: None, length, next: [0; 2], first: [0; 2] });
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
        self.put([name.text.as_bytes(), b"\""].concat().into(), dotted.into());
        new
    }
}

impl Naming for Members {
    type Place = u32;

    fn root(&self) -> u32 {
        0
    }

    fn expected(&mut self, rest: &[u8], parent: u32, before: Option<u32>) -> Option<(u32, usize)> {
        let [first, second] = *self.expectation(parent, before);
        let length = |member: u32| {
            let spelling = &*self.members[member as usize].spelling;
            (!spelling.is_empty() && rest.starts_with(spelling)).then_some(spelling.len())
        };
        if let Some(length) = length(first) {
            return Some((first, length));
        }
        let length = length(second)?;
        *self.expectation(parent, before) = [second, first];
        Some((second, length))
    }

    fn enter(&mut self, name: Quoted<'_>, parent: u32, before: Option<u32>) -> u32 {
        let known = self.names[parent as usize].below.get(name.text).copied();
        let member = known.unwrap_or_else(|| self.add(name, parent));
        let expected = self.expectation(parent, before);
        *expected = [member, expected[0]];
        member
    }

    fn length(&self, place: u32) -> usize {
        self.members[place as usize].length as usize
    }

    fn wanted<'a>(&mut self, place: u32, hearer: &mut impl Hearer<'a>) -> Wanted {
        let (member, name) = (&mut self.members[place as usize], &self.names[place as usize]);
        *member.wanted.get_or_insert_with(|| hearer.wants(&name.dotted))
    }
}
