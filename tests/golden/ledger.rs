//! The ledger of then holds, and what is written now is sealed to it.

use jiff::SignedDuration;
use vigie::store::Store;

use super::hospital::{ENTRIES, HEAD, Hospital, copy};

#[test]
fn it_holds_before_anything_is_written() {
    let folder = copy();
    let store = Store::read(&folder.path().join("state")).unwrap();
    let verified = store.verify().unwrap().unwrap();
    assert_eq!((verified.entries, verified.head.to_string().as_str()), (ENTRIES, HEAD));
}

#[test]
fn what_is_written_now_goes_on_from_its_last_entry() {
    let mut hospital = Hospital::left_behind();
    hospital.pass(SignedDuration::from_mins(20));
    let ledger = hospital.ledger();
    let last = &ledger[usize::try_from(ENTRIES).unwrap() - 1];
    assert_eq!((last.id.0, last.seal.to_string().as_str()), (ENTRIES, HEAD), "what was there stays as it was");
    assert!(ledger.len() > 200, "only {} entries", ledger.len());
    assert_eq!(ledger.last().unwrap().id.0, ledger.len() as u64);
    assert!(hospital.entries("alert.lost").is_empty() && hospital.entries("drill.lost").is_empty());
    assert!(hospital.entries("chain.replaced").is_empty(), "no alert had to set out anew");
}
