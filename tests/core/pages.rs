//! Pages: sent once, again where nobody knows, not after somebody has the alert, and never stuck.

use vigie::alert::page::Address;
use vigie::api::{Answer, Command, Refusal};
use vigie::base::id::{AlertId, PageId};
use vigie::store::PageState;

use super::world::{End, World};

#[test]
fn an_attack_pages_the_first_rung_and_an_answer_silences_the_chain() {
    let mut world = World::new();
    world.attack("u");
    assert_eq!(world.held_by(), ["ann mail".to_owned(), "ann sms".to_owned()].into());
    world.end_all(End::Accepted);
    assert!(matches!(world.ack(1, "bob"), Answer::Done(_)));
    // Ann, who was told, learns who has it, by what wakes nobody.
    assert!(world.held.is_empty(), "no more than one message a minute");
    world.pass(60);
    assert_eq!(world.held_by(), ["ann mail".to_owned()].into());
    world.end_all(End::Accepted);
    world.pass(3600);
    assert!(world.held.is_empty());
    world.ledger_is_whole();
}

#[test]
fn a_page_that_still_waits_in_its_channel_is_recalled_when_somebody_has_the_alert() {
    let mut world = World::new();
    world.attack("u");
    world.ack(1, "bob");
    assert!(world.held.is_empty(), "the channel was asked to give back what it had not begun to send");
    assert!(world.pages().iter().all(|page| page.state == PageState::Cancelled));
}

#[test]
fn a_page_refused_for_now_is_not_tried_again_once_somebody_has_the_alert() {
    let mut world = World::new();
    world.attack("u");
    world.end_all(End::Later);
    world.ack(1, "ann");
    world.pass(600);
    assert!(world.held.is_empty());
    assert_eq!(world.arrived.len(), 0);
}

#[test]
fn an_old_acknowledgement_does_not_swallow_the_pages_of_the_next_rung() {
    let mut world = World::new();
    world.attack("u");
    world.end_all(End::Accepted);
    world.ack(1, "ann");
    world.ask(Command::Escalate { alert: AlertId(1), to: None });
    assert_eq!(world.held_by(), ["bob sms".to_owned()].into());
    // The modem is busy for a moment: Bob must be told all the same.
    world.end_all(End::Later);
    world.pass(5);
    assert_eq!(world.held_by(), ["bob sms".to_owned()].into());
}

#[test]
fn a_machine_that_dies_with_a_letter_sends_it_again_and_says_so_but_not_if_somebody_answered() {
    let mut world = World::new();
    world.attack("u");
    world.restart();
    assert_eq!(world.held_by(), ["ann mail".to_owned(), "ann sms".to_owned()].into());
    world.end_all(End::Accepted);
    assert!(world.arrived.iter().all(super::world::Arrived::is_repeat));

    world.attack("v");
    let held: Vec<PageId> = world.held.keys().copied().collect();
    // The letters are being sent right now, and cannot be given back.
    world.held.clear();
    let last = world.alerts().last().unwrap().id;
    world.ack(last.0, "cleo");
    world.restart();
    assert!(world.held.is_empty(), "Cleo has it: {held:?} are not sent again");
    assert!(world.pages().iter().filter(|page| held.contains(&page.id)).all(|page| page.state.settled()));
}

#[test]
fn a_letter_whose_fate_was_unclear_before_a_crash_still_says_so_after_it() {
    let mut world = World::new();
    world.attack("u");
    world.end_all(End::Unclear);
    world.restart();
    world.end_all(End::Accepted);
    let repeats = world.arrived.iter().filter(|arrived| arrived.is_repeat()).count();
    assert_eq!((world.arrived.len(), repeats), (4, 2), "{:#?}", world.arrived);
}

#[test]
fn a_channel_that_dies_with_a_letter_in_its_hands_is_not_waited_for_for_ever() {
    let mut world = World::new();
    world.edit("chains.yaml", "ack: 10m", "ack: 3h");
    world.restart();
    world.attack("u");
    world.end_all(End::Dead);
    world.pass(66 * 60);
    let ann: Vec<_> = world.held_by().into_iter().filter(|held| held.starts_with("ann")).collect();
    assert!(ann.contains(&"ann mail".to_owned()) && ann.contains(&"ann sms".to_owned()), "{ann:?}");
    // They are those of the second round, which took the place of the first.
    let first: Vec<_> = world.pages().into_iter().take(2).map(|page| page.state).collect();
    assert_eq!(first, [PageState::Cancelled, PageState::Cancelled]);
}

#[test]
fn a_closing_house_keeps_letters_in_and_the_next_start_sends_them_unmarked() {
    let mut world = World::new();
    world.core().stay_in();
    world.attack("u");
    assert!(world.held.is_empty());
    world.restart();
    world.end_all(End::Accepted);
    assert_eq!(world.arrived.len(), 2);
    assert!(!world.arrived.iter().any(super::world::Arrived::is_repeat));
}

#[test]
fn an_alert_that_is_over_cannot_be_answered_or_ended_again_in_the_same_breath() {
    use vigie::core::Input;
    let mut world = World::new();
    world.attack("u");
    let resolve = || Command::Resolve { alert: AlertId(1), reason: None, by: "ann".into() };
    let asked = |command: Command| Input::Asked { ask: command.into(), ticket: 1, caller: None };
    world.step(vec![asked(resolve()), asked(Command::Ack { alert: AlertId(1), by: "bob".into() }), asked(resolve())]);
    assert!(matches!(&world.answer, Some(Answer::Refused(Refusal::AlertOver { .. }))), "{:?}", world.answer);
    assert_eq!(world.entries("alert.resolved").len(), 1);
    assert!(world.alert(AlertId(1)).0.acks.is_empty());
}

#[test]
fn a_receipt_that_comes_twice_is_written_down_once() {
    use vigie::alert::channel::Receipt;
    use vigie::base::language::Text;
    use vigie::core::Input;
    let mut world = World::new();
    world.attack("u");
    let page = *world.held.keys().next().unwrap();
    let receipt = || Input::Receipt { page, receipt: Receipt::Accepted { proof: Text::quoted("250") } };
    world.step(vec![receipt(), receipt()]);
    world.step(vec![receipt()]);
    assert_eq!(world.entries("page.accepted").len(), 1);
}

#[test]
fn a_relay_that_takes_its_time_gets_one_copy_while_the_next_channel_is_used() {
    let mut world = World::new();
    world.edit("chains.yaml", "by: [mail+sms, paper]", "by: [mail, paper]");
    world.restart();
    world.attack("u");
    assert_eq!(world.held_by(), ["ann mail".to_owned()].into());
    world.pass(35);
    assert_eq!(world.held_by(), ["ann mail".to_owned()].into(), "it has its time");
    world.pass(30);
    assert_eq!(world.held_by(), ["ann folder".to_owned(), "ann mail".to_owned()].into());
    world.pass(8 * 60);
    world.end_all(End::Accepted);
    world.pass(30);
    let mails = world.arrived.iter().filter(|arrived| matches!(arrived.address, Address::Mail(_)));
    assert_eq!(mails.map(|mail| (mail.person.as_str(), mail.is_repeat())).collect::<Vec<_>>(), [("ann", false)]);
    assert!(world.doubted.is_empty(), "handed over once");
}
