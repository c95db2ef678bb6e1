//! The site's files were edited while alerts were open: the next start goes on with what is there, says what is gone,
//! and keeps every alert in sight.

use vigie::alert::page::Address;
use vigie::api::{ChainFact, Command, Fact, LostDrill, PageFact, WhyLost};
use vigie::base::id::{AlertId, ChainId};
use vigie::store::PageState;

use super::site::FILES;
use super::world::{End, World};

/// From which chain to which an alert was told to have set out anew.
fn replaced(world: &World) -> Vec<(ChainId, Option<ChainId>)> {
    let moved = |fact: &Fact| match fact {
        Fact::Chain(ChainFact::Replaced { from, to, .. }) => Some((from.clone(), to.clone())),
        _ => None,
    };
    world.told.iter().filter_map(moved).collect()
}

/// Why pages were told to be lost.
fn lost(world: &World) -> Vec<&str> {
    let failed = world.told.iter().filter_map(|fact| match fact {
        Fact::Page(PageFact::Failed(end)) => Some(end.proof.as_str()),
        _ => None,
    });
    failed.collect()
}

fn attacked() -> World {
    let mut world = World::new();
    world.attack("u");
    world.end_all(End::Accepted);
    world
}

#[test]
fn a_chain_that_was_removed_is_replaced_and_the_ledger_says_so() {
    let mut world = attacked();
    world.die();
    world.edit("chains.yaml", "  major:", "  night:");
    world.start();
    assert_eq!(world.entries("chain.replaced").len(), 1);
    assert!(replaced(&world).contains(&("major".into(), Some("night".into()))), "{:?}", world.told);
    assert_eq!(world.held_by(), ["ann mail".to_owned(), "ann sms".to_owned()].into(), "it sets out anew");
    world.end_all(End::Accepted);
    // And back again: pages of the third setting out are pages of their own.
    world.die();
    world.edit("chains.yaml", "  night:", "  major:");
    world.start();
    assert_eq!(world.held.len(), 2);
    world.end_all(End::Accepted);
    world.pass(11 * 60);
    assert!(world.held_by().iter().any(|held| held.starts_with("bob")), "the new chain goes on");
    assert_eq!(world.alerts().len(), 1);
    world.restart();
    assert_eq!(world.entries("chain.replaced").len(), 2, "said once each time");
    world.ledger_is_whole();
}

#[test]
fn what_is_over_is_told_though_its_chain_was_removed_meanwhile() {
    let mut world = attacked();
    world.ask(Command::Resolve { alert: AlertId(1), reason: None, by: "cleo".into() });
    world.die();
    world.edit("chains.yaml", "  major:", "  night:");
    world.start();
    world.pass(60);
    assert_eq!(world.held_by(), ["ann mail".to_owned()].into(), "that it is over");
    world.end_all(End::Accepted);
    world.ask(Command::Erratum { alert: AlertId(1), text: "it was the other server".to_owned(), by: "cleo".into() });
    assert!(world.held_by().contains("ann mail"), "{:?}", world.held_by());
    assert_eq!(world.entries("core.inconsistent").len(), 0);
}

#[test]
fn who_has_an_alert_still_has_it_when_its_chain_is_replaced() {
    let mut world = attacked();
    world.ack(1, "ann");
    world.die();
    world.edit("chains.yaml", "  major:", "  night:");
    world.start();
    world.pass(3600);
    assert!(world.held.is_empty(), "{:?}", world.held_by());
    world.pass(3600 + 60);
    assert!(world.held_by().iter().all(|held| held.starts_with("ann")) && !world.held.is_empty(), "asked again");
}

#[test]
fn an_alert_whose_level_no_chain_takes_any_more_stays_open_and_in_sight() {
    let mut world = attacked();
    world.die();
    let path = world.folder.path().join("chains.yaml");
    std::fs::write(path, "chains: {}\n").unwrap();
    world.start();
    assert!(replaced(&world).iter().any(|(_, to)| to.is_none()), "{:?}", world.told);
    assert!(world.alert(AlertId(1)).0.open());
    world.pass(3600);
    assert!(matches!(world.ack(1, "ann"), vigie::api::Answer::Done(_)));
    assert_eq!(world.entries("chain.acked").len(), 1);
}

#[test]
fn a_chain_that_lost_its_upper_rungs_comes_to_its_end_and_says_so() {
    let mut world = attacked();
    world.pass(21 * 60);
    world.end_all(End::Accepted);
    world.die();
    let short = "chains:
  major:
    when: {level: critical}
    steps:
      - {notify: ann, by: [mail], ack: 10m}
    unanswered: {repeat: 0, then: paper}
";
    std::fs::write(world.folder.path().join("chains.yaml"), short).unwrap();
    world.start();
    for _ in 0..2 {
        world.pass(11 * 60);
        world.end_all(End::Accepted);
    }
    assert_eq!(world.entries("chain.exhausted").len(), 1);
    assert!(world.arrived.last().unwrap().address == Address::Folder, "the last resort");
    // And nobody is left alone for longer than half an hour behind it.
    world.pass(31 * 60);
    assert_eq!(world.held_by(), ["ann mail".to_owned()].into());
}

#[test]
fn a_person_who_left_is_not_paged_and_the_chain_goes_on_at_once() {
    let mut world = World::new();
    world.attack("u");
    world.end_all(End::Later);
    world.die();
    world.edit("people.yaml", "  ann: {name: Ann, mail: ann@three.example, sms: \"+33600000001\"}\n", "");
    world.edit("vigie.yaml", "    ann: {mail: ann+drill@three.example}\n", "");
    world.edit("chains.yaml", "      - {notify: ann, by: [mail+sms, paper], ack: 10m}\n", "");
    world.edit("playbooks/tryout.yaml", "[ann, bob]", "[bob]");
    world.start();
    world.pass(1);
    assert!(lost(&world).contains(&"ann is not in people.yaml any more"), "{:?}", world.told);
    assert!(!world.held.is_empty() && world.held_by().iter().all(|held| !held.starts_with("ann")));
    assert_eq!(world.entries("page.failed").len(), 2);
}

#[test]
fn a_channel_that_was_removed_fails_its_pages_and_the_next_one_is_used_at_once() {
    let mut world = World::new();
    world.attack("u");
    world.end_all(End::Later);
    world.die();
    world.edit("vigie.yaml", "  sms: {spool: spool}\n", "");
    world.edit("chains.yaml", "mail+sms", "mail");
    world.edit("chains.yaml", "[sms, mail]", "[mail]");
    world.start();
    assert!(lost(&world).contains(&"vigie.yaml has no channel sms any more"), "{:?}", world.told);
    world.pass(60);
    assert!(world.held_by().contains("ann mail"));
    assert!(
        world.pages().iter().filter(|page| page.channel.as_str() == "sms").all(|page| page.state == PageState::Failed)
    );
}

#[test]
fn a_wrong_address_put_right_is_used_for_the_page_that_is_owed() {
    let mut world = World::new();
    world.edit("people.yaml", "mail: ann@three.example", "mail: anne@three.example");
    world.restart();
    world.attack("u");
    world.end_all(End::Later);
    world.die();
    world.edit("people.yaml", "mail: anne@three.example", "mail: ann@three.example");
    world.start();
    world.pass(10);
    world.end_all(End::Accepted);
    let ann = Address::Mail("ann@three.example".to_owned());
    assert!(world.arrived.iter().any(|arrived| arrived.address == ann), "{:?}", world.arrived);
    assert_eq!(world.pages().iter().filter(|page| page.letter.contains("anne@")).count(), 0, "and kept so");
}

#[test]
fn an_escalation_that_cannot_be_read_sets_out_anew() {
    let mut world = attacked();
    world.die();
    let store = rusqlite::Connection::open(world.folder.path().join("state/vigie.db")).unwrap();
    store.execute("UPDATE alert SET climb = '{'", []).unwrap();
    drop(store);
    world.start();
    assert_eq!(world.held.len(), 2);
    assert_eq!(world.entries("chain.replaced").len(), 1);
}

#[test]
fn a_drill_whose_playbook_cannot_be_read_is_over_and_its_alerts_with_it() {
    let mut world = World::new();
    let drill = world.start_drill().unwrap();
    world.end_all(End::Accepted);
    world.pass(61);
    world.inject();
    world.look();
    assert_eq!(world.alerts().len(), 1);
    world.die();
    let store = rusqlite::Connection::open(world.folder.path().join("state/vigie.db")).unwrap();
    store.execute("UPDATE drill SET state = replace(state, 'playbook: tryout', 'playbook: [')", []).unwrap();
    drop(store);
    world.start();
    assert!(world.core().running_drills().is_empty());
    assert!(
        world.told.contains(&Fact::DrillItself(LostDrill::Lost { drill, why: WhyLost::Playbook })),
        "{:?}",
        world.told
    );
    assert!(!world.alert(AlertId(1)).0.open());
    world.pass(3600);
    assert!(world.held.is_empty());
}

#[test]
fn the_site_of_these_tests_has_no_mistake() {
    assert!(FILES.len() > 5);
    let mut world = World::new();
    assert!(world.start_drill().is_some());
}
