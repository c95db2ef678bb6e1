//! Where windows stand: found by their key, and in each row (those of one correlation in one realm) by who was touched
//! last. Knows how many there are and which changed, not what they count.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;

use super::window::Window;
use crate::base::realm::Realm;
use crate::base::redact::Clean;

/// Which window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Key {
    /// The number of the correlation.
    pub(crate) correlation: u32,
    /// Real lines and lines of an exercise never meet.
    pub(crate) realm: Realm,
    /// A number made from the values that are grouped by.
    pub(crate) group: u128,
}

/// Who or what a match of a window is about.
#[derive(Debug, Clone)]
pub(crate) struct About {
    pub(crate) subject: Arc<[(String, Clean)]>,
    /// What stands for it, where something was taken out of it.
    pub(crate) whose: Option<u128>,
}

/// A place on the store. It stays the same as long as its window is there.
pub(crate) type SlotNumber = u32;

const NOWHERE: SlotNumber = SlotNumber::MAX;

/// A window and what is known about it.
#[derive(Debug)]
pub(crate) struct Slot {
    pub(crate) key: Key,
    pub(crate) window: Window,
    /// The number of the event that touched it last.
    pub(crate) touched: u64,
    /// Who its last match was about, as it was told. Not kept on disk: the next event says it anew.
    pub(crate) about: Option<About>,
    /// The number of its reminder; zero where nothing waits for it.
    pub(crate) reminder: u64,
    /// Whether it changed since it was written last.
    changed: bool,
    /// Whether it was ever written.
    written: bool,
    row: u32,
    older: SlotNumber,
    newer: SlotNumber,
    /// How many marks it had when they were counted last.
    marks: usize,
}

/// The windows of one correlation in one realm, the longest untouched first.
#[derive(Debug, Clone, Copy)]
struct Row {
    name: (u32, Realm),
    oldest: SlotNumber,
    newest: SlotNumber,
    windows: usize,
    marks: usize,
}

/// All windows.
#[derive(Debug, Default)]
pub(crate) struct WindowStore {
    index: HashMap<Key, SlotNumber, BuildHasherDefault<Spread>>,
    places: Vec<Option<Slot>>,
    free: Vec<SlotNumber>,
    rows: Vec<Row>,
    row_names: BTreeMap<(u32, Realm), u32>,
    free_rows: Vec<u32>,
    marks: usize,
    changed: Vec<SlotNumber>,
    /// What was written once and is not there any more.
    gone: Vec<Key>,
}

impl WindowStore {
    pub(crate) fn len(&self) -> usize {
        self.index.len()
    }

    /// How many places there are, taken or not.
    #[cfg(test)]
    pub(crate) fn capacity(&self) -> usize {
        self.places.len()
    }

    /// How many marks all windows hold.
    pub(crate) fn marks(&self) -> usize {
        self.marks
    }

    pub(crate) fn find(&self, key: Key) -> Option<SlotNumber> {
        self.index.get(&key).copied()
    }

    /// The place of a window, a new one where it was not there.
    pub(crate) fn place(&mut self, key: Key) -> SlotNumber {
        match self.find(key) {
            Some(place) => place,
            None => self.put(key, Window::default(), 0, false),
        }
    }

    /// Puts a window that is not there yet in front of its row.
    pub(crate) fn put(&mut self, key: Key, window: Window, touched: u64, written: bool) -> SlotNumber {
        let row = self.row(key);
        let marks = window.len();
        let kept = Slot {
            about: None,
            key,
            window,
            touched,
            reminder: 0,
            changed: false,
            written,
            row,
            older: NOWHERE,
            newer: NOWHERE,
            marks,
        };
        let place = self.free.pop().unwrap_or_else(|| {
            self.places.push(None);
            SlotNumber::try_from(self.places.len() - 1).expect("there are fewer than four thousand million windows")
        });
        self.places[place as usize] = Some(kept);
        self.index.insert(key, place);
        let row = &mut self.rows[row as usize];
        row.windows += 1;
        row.marks += marks;
        self.marks += marks;
        self.link(place);
        place
    }

    pub(crate) fn at(&self, place: SlotNumber) -> &Slot {
        self.places[place as usize].as_ref().expect("places are given out for windows that are there")
    }

    /// Whether the window that this reminder was for is still there.
    pub(crate) fn holds(&self, place: SlotNumber, reminder: u64) -> bool {
        self.places[place as usize].as_ref().is_some_and(|kept| kept.reminder == reminder)
    }

    pub(crate) fn at_mut(&mut self, place: SlotNumber) -> &mut Slot {
        self.places[place as usize].as_mut().expect("places are given out for windows that are there")
    }

    /// Notes that the event of this number touched a window and changed it.
    pub(crate) fn touch(&mut self, place: SlotNumber, number: u64) {
        if self.rows[self.at(place).row as usize].newest != place {
            self.unlink(place);
            self.link(place);
        }
        self.at_mut(place).touched = number;
        self.change(place);
    }

    /// Notes that a window changed.
    pub(crate) fn change(&mut self, place: SlotNumber) {
        let kept = self.at_mut(place);
        let first = !std::mem::replace(&mut kept.changed, true);
        let marks = kept.window.len();
        let (row, before) = (kept.row, std::mem::replace(&mut kept.marks, marks));
        let row = &mut self.rows[row as usize];
        row.marks = row.marks + marks - before;
        self.marks = self.marks + marks - before;
        if first {
            self.changed.push(place);
        }
    }

    pub(crate) fn remove(&mut self, place: SlotNumber) {
        self.unlink(place);
        let kept = self.places[place as usize].take().expect("places are given out for windows that are there");
        self.index.remove(&kept.key);
        self.free.push(place);
        self.marks -= kept.marks;
        if kept.written {
            self.gone.push(kept.key);
        }
        let row = &mut self.rows[kept.row as usize];
        row.windows -= 1;
        row.marks -= kept.marks;
        if row.windows == 0 {
            self.row_names.remove(&row.name);
            self.free_rows.push(kept.row);
        }
    }

    /// The longest untouched window of the row that has the most of them: whoever floods one correlation with names
    /// makes only that one forget.
    pub(crate) fn most_crowded(&self) -> Option<SlotNumber> {
        self.longest_untouched(|row| row.windows)
    }

    /// The longest untouched window of the row that holds the most marks.
    pub(crate) fn heaviest(&self) -> Option<SlotNumber> {
        self.longest_untouched(|row| row.marks)
    }

    fn longest_untouched(&self, size: impl Fn(&Row) -> usize) -> Option<SlotNumber> {
        let rows = self.rows.iter().filter(|row| row.windows > 0);
        // The smaller name decides between rows of the same size, so that a restart changes nothing.
        rows.max_by_key(|row| (size(row), std::cmp::Reverse(row.name))).map(|row| row.oldest)
    }

    /// The window of a row that was touched last.
    pub(crate) fn latest(&self, correlation: u32, realm: Realm) -> Option<SlotNumber> {
        let row = self.row_names.get(&(correlation, realm))?;
        Some(self.rows[*row as usize].newest)
    }

    /// The windows of a row, the longest untouched first.
    pub(crate) fn of(&self, correlation: u32, realm: Realm) -> Vec<SlotNumber> {
        let Some(row) = self.row_names.get(&(correlation, realm)) else { return Vec::new() };
        let mut place = self.rows[*row as usize].oldest;
        let mut all = Vec::new();
        while place != NOWHERE {
            all.push(place);
            place = self.at(place).newer;
        }
        all
    }

    /// All windows, in no order that means anything.
    pub(crate) fn all(&self) -> impl Iterator<Item = (SlotNumber, &Slot)> {
        (0..).zip(&self.places).filter_map(|(place, kept)| Some((place, kept.as_ref()?)))
    }

    /// Which windows changed since the last call, and which that were written are gone.
    pub(crate) fn take_changes(&mut self) -> (Vec<Key>, Vec<SlotNumber>) {
        let mut gone = std::mem::take(&mut self.gone);
        gone.retain(|key| !self.index.contains_key(key));
        gone.sort_unstable();
        gone.dedup();
        let mut changed = std::mem::take(&mut self.changed);
        // A place can be in the list for a window that is gone, and again for the one that followed it.
        changed.retain(|place| match &mut self.places[*place as usize] {
            Some(kept) if kept.changed => {
                kept.changed = false;
                kept.written = true;
                true
            }
            _ => false,
        });
        (gone, changed)
    }

    fn row(&mut self, key: Key) -> u32 {
        let name = (key.correlation, key.realm);
        if let Some(row) = self.row_names.get(&name) {
            return *row;
        }
        let row = Row { name, oldest: NOWHERE, newest: NOWHERE, windows: 0, marks: 0 };
        let number = self.free_rows.pop().unwrap_or_else(|| {
            self.rows.push(row);
            u32::try_from(self.rows.len() - 1).expect("there are fewer rows than windows")
        });
        self.rows[number as usize] = row;
        self.row_names.insert(name, number);
        number
    }

    fn link(&mut self, place: SlotNumber) {
        let row = self.at(place).row as usize;
        let newest = std::mem::replace(&mut self.rows[row].newest, place);
        let kept = self.at_mut(place);
        (kept.older, kept.newer) = (newest, NOWHERE);
        match newest {
            NOWHERE => self.rows[row].oldest = place,
            newest => self.at_mut(newest).newer = place,
        }
    }

    fn unlink(&mut self, place: SlotNumber) {
        let Slot { older, newer, row, .. } = *self.at(place);
        match older {
            NOWHERE => self.rows[row as usize].oldest = newer,
            older => self.at_mut(older).newer = newer,
        }
        match newer {
            NOWHERE => self.rows[row as usize].newest = older,
            newer => self.at_mut(newer).older = older,
        }
    }
}

/// Spreads keys over the table. Groups are hashes under the site's secret key already, so that nobody can choose
/// two that meet.
#[derive(Debug, Default)]
pub(crate) struct Spread(u64);

impl Hasher for Spread {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(5) ^ number).wrapping_mul(0x517c_c1b7_2722_0a95);
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }

    fn write_isize(&mut self, number: isize) {
        self.write_u64(number.cast_unsigned() as u64);
    }

    #[expect(clippy::cast_possible_truncation, reason = "both halves are taken")]
    fn write_u128(&mut self, number: u128) {
        self.write_u64(number as u64);
        self.write_u64((number >> 64) as u64);
    }

    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(correlation: u32, group: u128) -> Key {
        Key { correlation, realm: Realm::Live, group }
    }

    fn order(store: &WindowStore, correlation: u32) -> Vec<u128> {
        store.of(correlation, Realm::Live).into_iter().map(|place| store.at(place).key.group).collect()
    }

    #[test]
    fn rows_are_in_the_order_of_the_last_touch() {
        let mut store = WindowStore::default();
        for (number, group) in [1, 2, 3, 1, 4, 3].into_iter().enumerate() {
            let place = store.place(key(0, group));
            store.touch(place, number as u64);
        }
        store.place(key(1, 9));
        assert_eq!(order(&store, 0), [2, 1, 4, 3]);
        for group in [1, 3, 2, 4] {
            store.remove(store.find(key(0, group)).unwrap());
            assert!(!order(&store, 0).contains(&group));
        }
        assert_eq!((store.len(), order(&store, 0).len()), (1, 0));
        // A row that was empty is taken again.
        store.place(key(2, 5));
        assert_eq!((order(&store, 2), order(&store, 1)), (vec![5], vec![9]));
    }

    #[test]
    fn what_was_never_written_need_not_be_forgotten_on_disk() {
        let mut store = WindowStore::default();
        let place = store.place(key(0, 1));
        store.touch(place, 1);
        store.remove(place);
        assert_eq!(store.take_changes(), (vec![], vec![]));
        let place = store.place(key(0, 2));
        store.touch(place, 2);
        assert_eq!(store.take_changes(), (vec![], vec![place]));
        store.remove(place);
        let again = store.place(key(0, 3));
        store.touch(again, 3);
        assert_eq!(store.take_changes(), (vec![key(0, 2)], vec![again]));
        store.remove(again);
        let again = store.place(key(0, 3));
        store.touch(again, 4);
        assert_eq!(store.take_changes(), (vec![], vec![again]));
    }
}
