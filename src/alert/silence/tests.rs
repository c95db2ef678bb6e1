//! What a silence is about.

use super::*;
use crate::alert::Alert;
use crate::base::language::Text;
use crate::base::realm::Realm;

fn tie(kind: TieKind, name: &str) -> Tie {
    Tie::of(kind, name).expect("a name")
}

/// A detection of a rule about a machine and an account.
fn detection() -> Detection {
    let alert = Alert::new(Realm::Live, Level::High, Text::default(), Timestamp::UNIX_EPOCH);
    Detection {
        rule: Some("ransomware.rename_burst".into()),
        source: Some("files".into()),
        ties: vec![tie(TieKind::Machine, "srv1"), tie(TieKind::Account, "bob")],
        ..Detection::from(&alert)
    }
}

fn matcher(rules: &[&str], ties: &[Tie], sources: &[&str]) -> Matcher {
    Matcher {
        rules: rules.iter().map(|name| (*name).into()).collect(),
        ties: ties.iter().cloned().collect(),
        sources: sources.iter().map(|name| (*name).into()).collect(),
    }
}

#[test]
fn of_each_part_that_is_said_one_thing_must_match() {
    let (srv1, srv2) = (tie(TieKind::Machine, "SRV1.corp.example"), tie(TieKind::Machine, "srv2"));
    let (bob, eve) = (tie(TieKind::Account, "CORP\\bob"), tie(TieKind::Account, "eve"));
    let here = tie(TieKind::Address, "10.0.0.5");
    for (matcher, covers) in [
        (matcher(&["ransomware.rename_burst"], &[], &[]), true),
        (matcher(&["ransomware.rename_burst", "x.y"], &[], &[]), true),
        (matcher(&["x.y"], &[], &[]), false),
        (matcher(&[], std::slice::from_ref(&srv1), &[]), true),
        (matcher(&[], &[srv1.clone(), srv2.clone()], &[]), true),
        (matcher(&[], &[srv2], &[]), false),
        (matcher(&[], &[srv1.clone(), bob.clone()], &["files"]), true),
        (matcher(&[], &[srv1.clone(), eve], &[]), false),
        (matcher(&[], &[srv1.clone(), here], &[]), false),
        (matcher(&[], &[], &["files", "mail"]), true),
        (matcher(&["ransomware.rename_burst"], &[srv1, bob], &["mail"]), false),
    ] {
        assert_eq!(matcher.matches(&detection(), None), covers, "{matcher:?}");
    }
}

#[test]
fn what_was_seen_elsewhere_too_is_not_covered_by_where_it_began() {
    let (srv1, bob) = (tie(TieKind::Machine, "srv1"), tie(TieKind::Account, "bob"));
    let mut found = detection();
    let files = Some(&"files".into());
    assert!(!found.seen_with(files, &[bob.clone(), srv1.clone()]), "as before");
    let by_machine = matcher(&[], std::slice::from_ref(&srv1), &[]);
    assert!(by_machine.matches(&found, None));
    assert!(found.seen_with(files, &[bob.clone(), tie(TieKind::Machine, "srv2")]));
    assert!(!by_machine.matches(&found, None));
    assert!(matcher(&[], std::slice::from_ref(&bob), &["files"]).matches(&found, None), "that is in all of it");
    assert!(found.seen_with(Some(&"mail".into()), &[bob.clone(), srv1]));
    assert!(!matcher(&[], &[bob], &["files"]).matches(&found, None));
    assert!(matcher(&["ransomware.rename_burst"], &[], &[]).matches(&found, None));
}

#[test]
fn what_a_person_saw_is_not_covered_and_what_vigie_suffers_only_by_its_name() {
    let alert = Alert::new(Realm::Live, Level::High, Text::default(), Timestamp::UNIX_EPOCH);
    let found = Detection { ties: detection().ties, source: Some("files".into()), ..Detection::from(&alert) };
    let by_name = matcher(&["vigie:channel:sms"], &[], &[]);
    for other in [matcher(&[], &found.ties, &[]), matcher(&[], &[], &["files"]), by_name.clone()] {
        assert!(!other.matches(&found, None), "{other:?}");
    }
    assert!(by_name.matches(&found, Some("channel:sms")));
    assert!(!by_name.matches(&found, Some("channel:mail")));
    assert!(!matcher(&[], &[], &["files"]).matches(&found, Some("source:files")));
}
