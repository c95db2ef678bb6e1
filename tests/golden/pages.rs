//! What was owed is sent once, what was on its way is sent again and says so, what was settled stays settled.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use vigie::store::{PageRow, PageState, Store};

use super::hospital::{Hospital, PAGES, copy};

/// The pages of the golden store that no channel had settled.
fn owed() -> (Vec<u64>, u64) {
    let folder = copy();
    let pages = Store::read(&folder.path().join("state")).unwrap().all_pages().unwrap();
    let of = |state| pages.iter().filter(move |page: &&PageRow| page.state == state).map(|page| page.id.0);
    (of(PageState::Owed).collect(), of(PageState::Sending).next().unwrap())
}

#[test]
fn every_page_owed_leaves_once_and_none_of_the_others_again() {
    let (owed, sending) = owed();
    assert_eq!(owed.len(), 8, "{owed:?}");
    let mut hospital = Hospital::left_behind();
    hospital.pass(SignedDuration::from_mins(3));
    let mut left: BTreeMap<u64, usize> = BTreeMap::new();
    for (page, _) in &hospital.sent {
        *left.entry(page.0).or_default() += 1;
    }
    let mut expected = owed.clone();
    expected.push(sending);
    expected.sort_unstable();
    let of_then: Vec<u64> = left.keys().copied().filter(|page| *page <= PAGES).collect();
    assert_eq!(of_then, expected);
    assert!(left.values().all(|times| *times == 1), "{left:?}");
    let rows = hospital.pages();
    for page in &of_then {
        assert_eq!(rows.iter().find(|row| row.id.0 == *page).unwrap().state, PageState::Accepted, "P{page}");
    }
}

#[test]
fn only_the_page_that_was_on_its_way_says_that_it_may_be_a_repeat() {
    let (_, sending) = owed();
    let mut hospital = Hospital::left_behind();
    hospital.pass(SignedDuration::from_mins(3));
    for (page, letter) in &hospital.sent {
        let says_so = letter.subject().to_lowercase().contains("rappel possible");
        assert_eq!(says_so, page.0 == sending, "{page}: {}", letter.subject());
    }
}
