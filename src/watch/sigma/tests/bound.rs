//! Memory stays within its bounds, whatever comes, and whoever floods one rule makes only that one forget.

use crate::base::realm::Realm;
use crate::watch::sigma::correlate::memory::Memory;
use crate::watch::sigma::correlate::window::{Counted, Counting};
use crate::watch::sigma::correlate::window_store::Key;
use crate::watch::sigma::rule::measure::{Bound, Compare, Kind};

fn counting(kind: Kind, number: f64) -> Counting {
    Counting::new(kind, vec![Bound { compare: Compare::AtLeast, number }], 3_600_000, 1)
}

fn key(correlation: u32, group: u128) -> Key {
    // As hashes are: spread over all bits.
    Key { correlation, realm: Realm::Live, group: group.wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835) }
}

#[test]
fn a_million_groups_stay_within_the_bound() {
    const MOST: usize = 20_000;
    let all = [counting(Kind::Events, 5.0), counting(Kind::Events, 5.0)];
    let mut memory = Memory { most: MOST, ..Memory::default() };
    for group in 0..100 {
        memory.count(&all, key(1, group), 0, 0);
    }
    let mut taken = 0;
    for group in 0..1_000_000_u128 {
        memory.count(&all, key(0, group), 0, 0);
        if group % 50_000 == 0 {
            taken += memory.take_changes(&["a".to_owned(), "b".to_owned()]).len();
        }
    }
    assert_eq!(memory.len(), MOST);
    assert_eq!(memory.evicted(), 1_000_100 - MOST as u64, "each that is not there any more was counted");
    assert_eq!(memory.store.marks(), MOST);
    assert!(memory.store.capacity() <= MOST + 1, "places are taken again: {}", memory.store.capacity());
    assert!(taken <= 20 * 2 * (MOST + 1) + 20, "{taken}");
    // The other correlation kept all of its groups.
    let outcome = |group| (0..4).map(|_| memory.count(&all, key(1, group), 1, 0)).last();
    assert_eq!((0..100).map(outcome).filter(|counted| *counted == Some(Counted::Reached)).count(), 100);
}

#[test]
fn marks_are_bounded_over_all_windows() {
    let all = [counting(Kind::Events, 1_000.0), counting(Kind::Events, 3.0)];
    let mut memory = Memory { most_marks: 5_000, ..Memory::default() };
    memory.count(&all, key(1, 7), 0, 0);
    for turn in 0..100_000_u128 {
        memory.count(&all, key(0, turn % 100), i64::try_from(turn).unwrap(), 0);
        assert!(memory.store.marks() <= 5_000);
    }
    assert!(memory.evicted() > 0);
    memory.count(&all, key(1, 7), 1, 0);
    assert_eq!(memory.count(&all, key(1, 7), 2, 0), Counted::Reached, "who is small is left alone");
}

#[test]
fn looking_for_old_windows_costs_little_however_many_there_are() {
    let all = [counting(Kind::Events, 5.0)];
    let mut memory = Memory { most: 50_000, sweep: 64, ..Memory::default() };
    for group in 0..200_000_u128 {
        // A window is over after an hour, that is after 36 000 events.
        memory.count(&all, key(0, group), i64::try_from(group).unwrap() * 100, 0);
    }
    assert!(memory.evicted() < 100_000, "most were forgotten because they were old: {}", memory.evicted());
}
