//! What belongs together, and what does not.

use super::*;
use crate::alert::Alert;
use crate::base::language::Text;
use crate::base::level::Level;
use crate::base::redact::Clean;

fn at(seconds: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds)
}

fn ties(of: &[(TieKind, &str)]) -> Vec<Tie> {
    of.iter().filter_map(|(kind, name)| Tie::of(*kind, name)).collect()
}

const ACCOUNT: TieKind = TieKind::Account;
const ADDRESS: TieKind = TieKind::Address;
const MACHINE: TieKind = TieKind::Machine;

/// Alerts as they are raised and joined.
#[derive(Default)]
struct Scene {
    grouping: Grouping,
    last: u64,
    made: BTreeSet<(AlertId, u64)>,
}

impl Scene {
    fn detection(rule: &str, subject: &str, of: &[(TieKind, &str)]) -> Detection {
        let subject = vec![("about".to_owned(), Clean::of(subject))];
        let alert =
            Alert { rule: Some(rule.into()), subject, ..Alert::new(Realm::Live, Level::High, Text::default(), at(0)) };
        Detection { ties: ties(of), ..Detection::from(&alert) }
    }

    /// Something matches; gives the number of its alert, and why it is there.
    fn hit(&mut self, realm: Realm, detection: &Detection, seconds: i64) -> (u64, Option<Why>) {
        let (rule, key) = (detection.rule.clone().expect("a rule"), detection.key().expect("a key"));
        let sign = Sign { realm, rule: &rule, key: &key, ties: &detection.ties, at: at(seconds) };
        let (alert, why) = match self.grouping.find(sign) {
            Belongs::To(alert, _) => {
                self.grouping.seen(realm, alert, detection, at(seconds));
                return (alert.0, None);
            }
            Belongs::Among(alert, why) => (alert, Some(why)),
            Belongs::Nowhere => {
                self.last += 1;
                (AlertId(self.last), None)
            }
        };
        let number = self.made.range((alert, 0)..=(alert, u64::MAX)).next_back().map_or(1, |(_, last)| last + 1);
        self.made.insert((alert, number));
        self.grouping.holds(Place { realm, alert, number }, key, detection, at(seconds));
        (alert.0, why)
    }

    fn live(&mut self, rule: &str, subject: &str, of: &[(TieKind, &str)], seconds: i64) -> u64 {
        self.hit(Realm::Live, &Self::detection(rule, subject, of), seconds).0
    }
}

#[test]
fn signs_that_share_a_machine_an_account_or_an_address_within_the_hour_are_one_alert() {
    let mut scene = Scene::default();
    assert_eq!(scene.live("rename", "durand", &[(ACCOUNT, "durand"), (ADDRESS, "10.0.0.5")], 0), 1);
    let (alert, why) = scene.hit(Realm::Live, &Scene::detection("decoy", "x", &[(ADDRESS, "10.0.0.5")]), 60);
    assert_eq!((alert, why), (1, Tie::of(ADDRESS, "10.0.0.5").map(Why::Shares)));
    assert_eq!(scene.live("backup", "srv", &[(MACHINE, "srv-01"), (ACCOUNT, "CORP\\Durand")], 120), 1);
    assert_eq!(scene.live("login", "y", &[(MACHINE, "srv-01.chu.example")], 180), 1, "also what joined joins");
    assert_eq!(scene.live("other", "z", &[(ADDRESS, "10.0.0.6"), (ACCOUNT, "morel")], 200), 2, "nothing is shared");
    assert_eq!(scene.live("late", "w", &[(MACHINE, "srv-01")], 180 + 3601), 3, "an hour has passed");
    let drill = Realm::Drill(crate::base::id::DrillId(1));
    let (alert, _) = scene.hit(drill, &Scene::detection("decoy", "x", &[(ADDRESS, "10.0.0.5")]), 60);
    assert_eq!(alert, 4, "realms never meet");
}

#[test]
fn subjects_of_one_rule_within_ten_minutes_are_one_alert() {
    let mut scene = Scene::default();
    for subject in 0..40 {
        assert_eq!(scene.live("spray", &subject.to_string(), &[], subject * 10), 1);
    }
    assert_eq!(scene.live("spray", "late", &[], 390 + 601), 2);
    assert_eq!(scene.live("spray", "7", &[], 390 + 700), 1, "a known subject still belongs where it was");
    assert_eq!(scene.live("other", "0", &[], 0), 3);
}

#[test]
fn what_everybody_shares_joins_nothing() {
    let mut scene = Scene::default();
    // A proxy, seen with more than a dozen others.
    for user in 0..13 {
        let account = format!("u{user}");
        scene.live("web", &account, &[(ADDRESS, "10.0.0.254"), (ACCOUNT, &account)], 0);
    }
    let proxy = Tie::of(ADDRESS, "10.0.0.254").expect("an address");
    assert!(scene.grouping.is_shared(Realm::Live, &proxy));
    let before = scene.last;
    assert_eq!(scene.live("decoy", "x", &[(ADDRESS, "10.0.0.254")], 1), before + 1);
    // What the site says so of, from the first.
    let shared = BTreeSet::from([Tie::of(MACHINE, "dc01").expect("a machine")]);
    scene.grouping.joins_by(&Joining { shared, ..Joining::default() });
    scene.live("a", "1", &[(MACHINE, "dc01")], 2);
    assert_eq!(scene.live("b", "2", &[(MACHINE, "DC01.corp.example")], 3), before + 3);
    // What a site does not want to join by.
    scene.grouping.joins_by(&Joining { by: BTreeSet::from([MACHINE]), ..Joining::default() });
    scene.live("c", "1", &[(ACCOUNT, "durand")], 4);
    assert_eq!(scene.live("d", "2", &[(ACCOUNT, "durand")], 5), before + 5);
}

#[test]
fn nothing_new_joins_what_is_over_and_what_belongs_to_it_comes_back_until_it_is_forgotten() {
    let mut scene = Scene::default();
    let durand = Scene::detection("rename", "durand", &[(ACCOUNT, "durand")]);
    scene.hit(Realm::Live, &durand, 0);
    scene.grouping.over(Realm::Live, AlertId(1), [&durand]);
    assert_eq!(scene.live("decoy", "x", &[(ACCOUNT, "durand")], 1), 2);
    assert_eq!(scene.hit(Realm::Live, &durand, 2).0, 1);
    scene.grouping.forget(Realm::Live, AlertId(1), durand.key());
    assert_eq!(scene.hit(Realm::Live, &durand, 4000).0, 3);
}

#[test]
fn names_that_an_attacker_chooses_fill_no_memory() {
    let mut scene = Scene::default();
    for number in 0..(TIES + 10) {
        let tie = Tie::of(ACCOUNT, &format!("u{number}")).expect("an account");
        let detection = Detection { ties: vec![tie], ..Scene::detection("r", "same", &[]) };
        let place = Place { realm: Realm::Live, alert: AlertId(1), number: 1 };
        scene.grouping.holds(place, "key".to_owned(), &detection, at(i64::try_from(number).expect("small")));
    }
    assert!(scene.grouping.by_tie.len() <= TIES);
}
