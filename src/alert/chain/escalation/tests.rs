//! Scenes of one alert on its way up, told in the order in which they happen. Those that other programs are tried by are
//! played through the whole core, in `tests/core/scenes`.

use std::collections::BTreeMap;

use jiff::SignedDuration;

use super::*;
use crate::alert::chain::{FALLBACK_AFTER, Step, StepKind, Unanswered};
use crate::alert::oncall::cover::Cover;
use crate::alert::oncall::{Handovers, Person, Rota, Target};
use crate::base::language::Language;
use crate::base::level::Level;

/// The round and the step stood on, both from 0; no step once the end was reached.
fn place(escalation: &Escalation) -> (u32, Option<usize>) {
    (escalation.round, escalation.told.as_ref().map(|_| escalation.step))
}

/// A made-up site with one escalation, its clock, and what it asked for since the last look.
struct Scene {
    chain: Chain,
    roster: Roster,
    reach: Reach,
    now: Timestamp,
    escalation: Escalation,
    seen: Vec<Effect>,
}

const CHANNELS: [&str; 4] = ["mail", "sms", "dect", "papier"];

fn minutes(count: i64) -> SignedDuration {
    SignedDuration::from_mins(count)
}

fn person(id: &str) -> Person {
    Person {
        id: id.into(),
        name: id.to_owned(),
        language: Language::Fr,
        addresses: Vec::new(),
        phone: None,
        accounts: Vec::new(),
        away: Vec::new(),
        quiet: None,
    }
}

/// `"mail+sms, dect"` as groups of channels.
fn by(text: &str) -> Vec<Vec<ChannelName>> {
    text.split(", ").map(|group| group.split('+').map(ChannelName::from).collect()).collect()
}

fn notify(to: &str, channels: &str) -> Step {
    let to = match to.strip_prefix('@') {
        Some(rota) => Target::Rota(rota.into()),
        None => Target::Person(to.into()),
    };
    Step { to, kind: StepKind::Notify, by: by(channels), ack: minutes(10), hours: None }
}

fn declare(duty: &str, owner: &str, channels: &str) -> Step {
    Step { kind: StepKind::Declare(duty.into()), ..notify(owner, channels) }
}

fn chain(steps: Vec<Step>) -> Chain {
    Chain {
        id: "cyber".into(),
        levels: [Level::Critical].into(),
        steps,
        unanswered: Unanswered { repeat: 0, then: Some("papier".into()) },
        hours: None,
        respects_quiet: false,
        reack: Some(SignedDuration::from_hours(2)),
    }
}

fn rota(id: &str, members: &[&str]) -> Rota {
    Rota {
        id: id.into(),
        handovers: Handovers::new(jiff::tz::TimeZone::UTC, [(None, jiff::civil::time(8, 0, 0, 0))]),
        members: members.iter().map(|member| PersonId::from(*member)).collect(),
        start: Timestamp::UNIX_EPOCH,
        otherwise: None,
        shifts: Vec::new(),
        covers: Vec::new(),
        calendar: None,
    }
}

/// Three people, and rotas with one of them or with nobody.
pub(super) fn roster() -> Roster {
    let people: BTreeMap<_, _> = ["a", "b", "c"].map(|id| (PersonId::from(id), person(id))).into();
    let rotas: [(&str, &[&str]); 4] = [("of-a", &["a"]), ("of-b", &["b"]), ("empty", &[]), ("turns", &["a", "b"])];
    let rotas = rotas.map(|(id, members)| (id.into(), rota(id, members)));
    Roster { people, rotas: rotas.into(), ..Roster::default() }
}

fn everywhere() -> Reach {
    ["a", "b", "c"].iter().flat_map(|who| CHANNELS.map(|channel| ((*who).into(), channel.into()))).collect()
}

impl Scene {
    fn of(chain: Chain) -> Self {
        Self::at_pace(chain, everywhere(), Pace::REAL)
    }

    fn at_pace(chain: Chain, reach: Reach, pace: Pace) -> Self {
        let roster = roster();
        let now = "2026-11-21T19:31:05Z".parse().unwrap();
        let (escalation, seen) =
            Escalation::start(Context { chain: &chain, roster: &roster, reach: &reach, now }, pace, None);
        Self { chain, roster, reach, now, escalation, seen }
    }

    fn input(&mut self, input: Input) {
        let context = Context { chain: &self.chain, roster: &self.roster, reach: &self.reach, now: self.now };
        self.seen.extend(self.escalation.step(context, input));
    }

    /// Lets time pass the way the daemon does: it wakes the escalation at each of its deadlines.
    fn wait(&mut self, duration: SignedDuration) {
        let until = self.now + duration;
        while let Some(deadline) = self.escalation.deadline().filter(|deadline| *deadline <= until) {
            self.now = deadline;
            self.input(Input::Clock);
        }
        self.now = until;
    }

    /// Lets time pass without waking the escalation before the end.
    fn sleep(&mut self, duration: SignedDuration) {
        self.now += duration;
        self.input(Input::Clock);
    }

    fn ack(&mut self, by: &str) {
        self.input(Input::Acked { by: by.into() });
    }

    /// Tells the escalation what became of the page that the step stood on sent by `channel`.
    fn receipt(&mut self, person: &str, channel: &str, outcome: Outcome) {
        let (round, step) = place(&self.escalation);
        let step = step.expect("the escalation stands on a step");
        let reason = PageReason::Turn;
        let page = PageKey { round, step, person: person.into(), channel: channel.into(), reason };
        self.input(Input::Receipt { page, outcome });
    }

    /// What was asked for since the last look, one line each, ledger facts left out.
    fn pages(&self) -> Vec<String> {
        let line = |effect: &Effect| match effect {
            Effect::Page(page) => Some(match &page.reason {
                PageReason::Turn => format!("{} {}", page.person, page.channel),
                PageReason::Again(_) => format!("{} {} once more", page.person, page.channel),
                PageReason::Graver(number) => format!("{} {} graver {number}", page.person, page.channel),
                PageReason::Handed(number) => format!("{} {} handed {number}", page.person, page.channel),
                PageReason::Update(_) => format!("{} {} learns more", page.person, page.channel),
                PageReason::Relieved(_) => format!("{} {} is relieved", page.person, page.channel),
                PageReason::OnDuty(_) => format!("{} {} is on duty", page.person, page.channel),
                PageReason::Taken(_) => format!("{} {} learns who has it", page.person, page.channel),
                PageReason::Over(_) => format!("{} {} learns it is over", page.person, page.channel),
                PageReason::Erratum(_) => format!("{} {} learns it was wrong", page.person, page.channel),
                PageReason::Reack(number) => format!("{} {} again {number}", page.person, page.channel),
                PageReason::Duty(duty) => format!("{} {} must declare {duty}", page.person, page.channel),
                PageReason::LastResort => format!("{} {} last", page.person, page.channel),
            }),
            Effect::Cancel(page) => Some(format!("not {} {}", page.person, page.channel)),
            Effect::Fact(_) | Effect::RoundOver => None,
        };
        self.seen.iter().filter_map(line).collect()
    }

    fn facts(&self) -> Vec<Fact> {
        let fact = |effect: &Effect| match effect {
            Effect::Fact(fact) => Some(fact.clone()),
            _ => None,
        };
        self.seen.iter().filter_map(fact).collect()
    }

    /// Checks all pages since the last look: one too many is as wrong as one too few.
    #[track_caller]
    fn expect(&mut self, pages: &[&str]) {
        assert_eq!(self.pages(), pages, "{:#?}", self.seen);
        self.seen.clear();
    }
}

fn three() -> Chain {
    chain(vec![notify("a", "mail+sms, dect"), notify("@of-b", "sms, dect"), notify("c", "sms")])
}

#[test]
fn when_nobody_answers_for_ten_minutes_the_second_step_is_paged() {
    let mut scene = Scene::of(three());
    scene.receipt("a", "sms", Outcome::Accepted);
    scene.expect(&["a mail", "a sms"]);
    scene.wait(minutes(9));
    scene.expect(&[]);
    scene.wait(minutes(1));
    assert_eq!(
        scene.facts(),
        [
            Fact::StepUnanswered { round: 0, step: 0, person: "a".into() },
            Fact::StepReached { round: 0, step: 1, person: "b".into() }
        ]
    );
    scene.expect(&["b sms"]);
}

#[test]
fn a_group_that_nobody_took_within_a_minute_is_followed_by_the_next() {
    let mut scene = Scene::of(three());
    scene.expect(&["a mail", "a sms"]);
    scene.wait(FALLBACK_AFTER - SignedDuration::from_millis(1));
    scene.expect(&[]);
    scene.wait(SignedDuration::from_millis(1));
    scene.expect(&["a dect"]);
}

#[test]
fn a_group_in_which_one_channel_failed_but_another_took_the_page_is_enough() {
    let mut scene = Scene::of(three());
    scene.receipt("a", "mail", Outcome::Failed);
    scene.receipt("a", "sms", Outcome::Accepted);
    scene.wait(minutes(9));
    scene.expect(&["a mail", "a sms"]);
}

/// A refusal for good is not tried again, and is not waited for.
#[test]
fn channels_that_refuse_for_good_are_left_at_once() {
    let mut scene = Scene::of(three());
    scene.expect(&["a mail", "a sms"]);
    scene.receipt("a", "mail", Outcome::Failed);
    scene.expect(&[]);
    scene.receipt("a", "sms", Outcome::Failed);
    scene.expect(&["a dect"]);
    scene.receipt("a", "dect", Outcome::Failed);
    assert!(scene.facts().contains(&Fact::StepSkipped { round: 0, step: 0, why: Skip::NoChannelTook }));
    scene.expect(&["b sms"]);
}

#[test]
fn a_refusal_that_comes_late_does_not_hurry_the_step_stood_on() {
    let mut scene = Scene::of(chain(vec![notify("a", "mail"), notify("b", "sms"), notify("c", "sms")]));
    let late = scene.seen.iter().find_map(|effect| match effect {
        Effect::Page(page) => Some(page.clone()),
        _ => None,
    });
    scene.wait(minutes(10));
    scene.expect(&["a mail", "b sms"]);
    scene.input(Input::Receipt { page: late.expect("a was paged"), outcome: Outcome::Failed });
    scene.expect(&[]);
    assert_eq!(place(&scene.escalation), (0, Some(1)));
}

#[test]
fn a_step_without_anybody_or_without_a_way_is_skipped_at_once() {
    let chain = chain(vec![notify("@empty", "sms"), notify("a", "dect"), notify("c", "mail+sms")]);
    let reach = [("a", "mail"), ("c", "sms")].map(|(who, channel)| (who.into(), channel.into()));
    let mut scene = Scene::at_pace(chain, reach.into_iter().collect(), Pace::REAL);
    assert_eq!(
        scene.facts(),
        [
            Fact::StepSkipped { round: 0, step: 0, why: Skip::NobodyOnCall },
            Fact::StepSkipped { round: 0, step: 1, why: Skip::NobodyReachable },
            Fact::StepReached { round: 0, step: 2, person: "c".into() },
        ]
    );
    scene.expect(&["c sms"]);
}

#[test]
fn an_acknowledgement_between_due_time_and_sending_takes_the_pages_back() {
    let mut scene = Scene::of(three());
    scene.receipt("a", "mail", Outcome::Accepted);
    scene.expect(&["a mail", "a sms"]);
    scene.wait(minutes(10));
    scene.expect(&["b sms"]);
    scene.ack("c");
    scene.expect(&["not a sms", "not b sms", "a mail learns who has it"]);
    scene.wait(minutes(119));
    scene.expect(&[]);
}

#[test]
fn two_who_acknowledge_are_both_written_down_and_the_same_one_once() {
    let mut scene = Scene::of(three());
    scene.seen.clear();
    scene.ack("a");
    scene.ack("b");
    scene.ack("a");
    scene.ack("nobody-we-know");
    let acked = |by: &str| Fact::Acked { by: by.into() };
    assert_eq!(scene.facts(), [acked("a"), acked("b"), acked("a")]);
    scene.ack("b");
    scene.ack("b");
    assert_eq!(scene.facts().len(), 4, "who has it already says nothing new");
    assert_eq!(scene.escalation.status, Status::Acked { by: "b".into(), at: scene.now }, "the last one has it");
}

#[test]
fn to_escalate_an_acknowledged_alert_pages_the_next_step_and_opens_the_question_again() {
    let mut scene = Scene::of(three());
    scene.ack("a");
    scene.wait(minutes(30));
    scene.seen.clear();
    scene.input(Input::Escalate { to: None });
    scene.expect(&["b sms"]);
    assert_eq!(scene.escalation.status, Status::Escalating);
    scene.ack("a");
    assert_eq!(scene.facts(), [Fact::Acked { by: "a".into() }], "the same person may take it again");
}

#[test]
fn to_escalate_at_the_end_begins_once_more() {
    let mut scene = Scene::of(chain(vec![notify("a", "sms")]));
    scene.input(Input::Escalate { to: None });
    scene.expect(&["a sms", "a papier last"]);
    assert_eq!(scene.escalation.status, Status::Exhausted);
    scene.input(Input::Escalate { to: None });
    scene.expect(&["not a sms", "a sms"]);
    assert_eq!(place(&scene.escalation), (1, Some(0)));
}

#[test]
fn to_escalate_at_the_end_of_a_chain_that_was_shorter_meanwhile_tells_nobody_the_same_twice() {
    let mut scene = Scene::of(chain(vec![notify("@empty", "sms"), notify("a", "sms")]));
    scene.chain = chain(vec![]);
    scene.wait(minutes(10));
    assert_eq!(scene.escalation.status, Status::Exhausted);
    scene.chain = chain(vec![notify("@empty", "sms"), notify("a", "sms")]);
    // Also where somebody took it meanwhile.
    let mut taken = Scene { escalation: scene.escalation.clone(), ..Scene::of(scene.chain.clone()) };
    taken.ack("c");
    for mut scene in [scene, taken] {
        scene.input(Input::Escalate { to: None });
        assert_eq!(place(&scene.escalation), (1, Some(1)), "another round");
    }
}

/// With a chain that names the same person twice on purpose.
#[test]
fn the_same_target_twice_in_a_row_is_paged_twice() {
    let mut scene = Scene::of(chain(vec![notify("a", "sms+dect"), notify("a", "sms")]));
    scene.expect(&["a sms", "a dect"]);
    scene.receipt("a", "sms", Outcome::Accepted);
    scene.wait(minutes(10));
    scene.expect(&["a sms"]);
}

#[test]
fn a_rota_that_means_the_person_just_paged_is_skipped_unless_it_has_another_way() {
    let mut scene = Scene::of(chain(vec![notify("b", "sms"), notify("@of-b", "sms"), notify("c", "sms")]));
    scene.receipt("b", "sms", Outcome::Accepted);
    scene.wait(minutes(10));
    assert!(scene.facts().contains(&Fact::StepSkipped { round: 0, step: 1, why: Skip::JustPaged }));
    scene.expect(&["b sms", "c sms"]);

    let mut scene = Scene::of(chain(vec![notify("b", "sms"), notify("@of-b", "dect+sms"), notify("c", "sms")]));
    scene.receipt("b", "sms", Outcome::Accepted);
    scene.wait(minutes(10));
    scene.expect(&["b sms", "b dect", "b sms"]);
}

#[test]
fn a_declaration_is_no_step_of_the_way() {
    let mut chain =
        chain(vec![declare("cert-sante", "b", "mail, sms"), notify("a", "sms"), declare("cnil", "b", "mail")]);
    chain.unanswered.repeat = 1;
    let mut scene = Scene::of(chain);
    scene.expect(&["a sms"]);
    scene.receipt("a", "sms", Outcome::Accepted);
    // The next round begins at once: nobody waits for a declaration.
    scene.wait(minutes(10));
    scene.expect(&["a sms once more"]);
    scene.ack("a");
    scene.input(Input::Resolved { by: None });
    assert!(
        scene.pages().iter().all(|page| !page.contains("declare")),
        "that is its owner's, whatever becomes of the alert"
    );
}

#[test]
fn behind_the_last_step_the_chain_is_repeated_then_printed() {
    let mut chain = chain(vec![notify("a", "sms"), notify("c", "sms")]);
    chain.unanswered.repeat = 1;
    let mut scene = Scene::of(chain);
    scene.receipt("a", "sms", Outcome::Accepted);
    scene.wait(minutes(39));
    scene.expect(&["a sms", "c sms", "a sms once more", "not c sms", "c sms"]);
    scene.wait(minutes(1));
    assert_eq!(scene.facts().last(), Some(&Fact::Exhausted));
    scene.expect(&["a papier last"]);
    scene.ack("b");
    assert!(matches!(scene.escalation.status, Status::Acked { .. }), "an acknowledgement still counts");
}

#[test]
fn a_chain_that_reaches_nobody_is_printed_at_once_and_not_repeated() {
    let mut chain = chain(vec![notify("@empty", "sms"), notify("a", "sms")]);
    chain.unanswered.repeat = 1000;
    let reach = [("a".into(), "papier".into())].into_iter().collect();
    let mut scene = Scene::at_pace(chain, reach, Pace::REAL);
    assert_eq!(scene.facts().len(), 3, "two steps skipped, then the end");
    scene.expect(&["a papier last"]);
    let once_more = scene.now + SILENCE_AT_MOST;
    assert_eq!((scene.escalation.status.clone(), scene.escalation.deadline()), (Status::Exhausted, Some(once_more)));
}

#[test]
fn an_old_acknowledgement_is_asked_about_and_the_chain_begun_again_without_an_answer() {
    let mut scene = Scene::of(three());
    scene.ack("a");
    scene.seen.clear();
    scene.wait(minutes(120));
    assert_eq!(scene.facts(), [Fact::ReackAsked { of: "a".into() }]);
    scene.expect(&["a mail again 1", "a sms again 1"]);
    scene.wait(minutes(1));
    scene.expect(&["a dect again 1"]);
    scene.wait(minutes(9));
    assert_eq!(place(&scene.escalation), (1, Some(0)));
    scene.expect(&["not a mail", "a mail", "not a sms", "a sms"]);
    scene.wait(minutes(10));
    assert_eq!(place(&scene.escalation), (1, Some(1)));
}

#[test]
fn an_answer_to_the_question_sets_the_clock_anew() {
    let mut scene = Scene::of(three());
    scene.ack("a");
    scene.wait(minutes(120));
    scene.ack("c");
    scene.seen.clear();
    scene.wait(minutes(119));
    scene.expect(&[]);
    scene.wait(minutes(1));
    scene.expect(&["c sms again 2"]);
}

#[test]
fn somebody_who_stands_on_no_step_can_take_it_and_be_asked_again() {
    let mut scene = Scene::of(chain(vec![notify("a", "sms")]));
    scene.ack("c");
    scene.seen.clear();
    scene.wait(minutes(120));
    scene.expect(&["c sms again 1"]);
}

#[test]
fn a_machine_that_slept_pages_the_step_due_now_and_everybody_it_slept_over() {
    let mut scene = Scene::of(chain(vec![
        notify("a", "mail"),
        notify("@of-b", "sms"),
        declare("cnil", "a", "mail"),
        notify("b", "sms+dect"),
        notify("c", "sms"),
    ]));
    scene.receipt("a", "mail", Outcome::Accepted);
    scene.seen.clear();
    scene.sleep(minutes(25));
    // Step 3 is due since 20:00; b was slept over on step 1, by a channel that step 3 uses anyway.
    scene.expect(&["b sms", "b dect"]);
    assert_eq!(place(&scene.escalation), (0, Some(3)));
    scene.wait(minutes(9));
    scene.expect(&[]);
    scene.wait(minutes(1));
    scene.expect(&["c sms"]);
}

#[test]
fn a_machine_that_slept_for_days_still_gives_the_last_step_its_time() {
    let mut scene = Scene::of(three());
    scene.receipt("a", "sms", Outcome::Accepted);
    scene.seen.clear();
    scene.sleep(SignedDuration::from_hours(80));
    scene.expect(&["b sms", "c sms"]);
    scene.receipt("c", "sms", Outcome::Accepted);
    scene.sleep(minutes(9));
    assert_eq!(scene.escalation.status, Status::Escalating);
    scene.wait(minutes(1));
    assert_eq!(scene.escalation.status, Status::Exhausted);
}

#[test]
fn an_exercise_at_pace_sixty_takes_a_sixtieth_of_the_time() {
    let mut scene = Scene::at_pace(three(), everywhere(), Pace::new(60).unwrap());
    scene.wait(SignedDuration::from_millis(999));
    scene.expect(&["a mail", "a sms"]);
    scene.wait(SignedDuration::from_millis(1));
    scene.expect(&["a dect"]);
    scene.wait(SignedDuration::from_secs(9));
    scene.expect(&["b sms"]);
}

#[test]
fn nothing_follows_the_end_of_an_alert() {
    let mut scene = Scene::of(three());
    scene.input(Input::Resolved { by: None });
    scene.expect(&["a mail", "a sms", "not a mail", "not a sms", "a mail learns it is over"]);
    scene.wait(minutes(1000));
    scene.input(Input::Escalate { to: None });
    scene.ack("a");
    assert!(scene.seen.is_empty());
    assert_eq!(scene.escalation.deadline(), None);
}

/// A4: nobody answered up to the end, and the attack goes on.
#[test]
fn an_alert_that_nobody_holds_pages_somebody_every_half_hour() {
    let mut scene = Scene::of(chain(vec![notify("a", "sms"), notify("c", "sms")]));
    scene.receipt("a", "sms", Outcome::Accepted);
    scene.wait(minutes(10));
    scene.receipt("c", "sms", Outcome::Accepted);
    scene.wait(minutes(29));
    scene.expect(&["a sms", "c sms", "a papier last"]);
    scene.wait(minutes(1));
    scene.expect(&["a sms once more"]);
    scene.wait(minutes(10));
    scene.expect(&["c sms once more"]);
    scene.wait(minutes(30));
    // The sheet is printed once: it is whoever reads it that is told, not the printer.
    scene.expect(&["not a sms", "a sms once more"]);
}

#[test]
fn whoever_has_longer_than_half_an_hour_to_answer_is_told_again_meanwhile() {
    let mut slow = chain(vec![notify("a", "sms")]);
    slow.steps[0].ack = SignedDuration::from_hours(24 * 400);
    let mut scene = Scene::of(slow);
    scene.receipt("a", "sms", Outcome::Accepted);
    scene.wait(minutes(61));
    scene.expect(&["a sms", "a sms once more", "not a sms", "a sms once more"]);
}

/// A8.
#[test]
fn whoever_raised_the_alert_is_not_asked_first() {
    let (chain, roster, reach) = (three(), roster(), everywhere());
    let now = "2026-11-21T19:31:05Z".parse().unwrap();
    let context = Context { chain: &chain, roster: &roster, reach: &reach, now };
    let (escalation, seen) = Escalation::start(context, Pace::REAL, Some("a".into()));
    let mut scene = Scene { chain, roster, reach, now, escalation, seen };
    assert_eq!(scene.facts()[0], Fact::StepSkipped { round: 0, step: 0, why: Skip::Raiser });
    scene.expect(&["b sms"]);
    // When nobody else answers, they are.
    scene.wait(minutes(50));
    assert!(scene.pages().iter().any(|page| page.starts_with("a ")), "{:?}", scene.pages());
}

/// A10: the last who took it is asked, and whoever had it before learns who has it.
#[test]
fn who_took_it_over_is_asked_and_who_had_it_is_told() {
    let mut scene = Scene::of(three());
    scene.receipt("a", "mail", Outcome::Accepted);
    scene.ack("a");
    scene.seen.clear();
    scene.ack("b");
    scene.expect(&["a mail learns who has it"]);
    scene.wait(minutes(120));
    scene.expect(&["b sms again 1"]);
}

/// B9: who was told learns the end of it, but for who brought it.
#[test]
fn whoever_was_told_learns_that_somebody_has_it_and_that_it_is_over() {
    let mut scene = Scene::of(three());
    scene.receipt("a", "sms", Outcome::Accepted);
    scene.wait(minutes(10));
    scene.receipt("b", "sms", Outcome::Accepted);
    scene.seen.clear();
    scene.ack("b");
    scene.expect(&["not a mail", "a sms learns who has it"]);
    scene.input(Input::Resolved { by: Some("b".into()) });
    scene.expect(&["not a sms", "a sms learns it is over"]);
}

#[test]
fn what_gets_graver_is_asked_of_who_has_it_and_then_goes_up_the_chain_from_its_first_step() {
    let mut scene = Scene::of(three());
    scene.wait(minutes(10));
    scene.ack("c");
    scene.seen.clear();
    scene.chain.id = "majeur".into();
    scene.input(Input::Graver);
    scene.expect(&["c sms graver 1"]);
    assert_eq!(
        (scene.escalation.chain.as_str(), scene.escalation.deadline()),
        ("majeur", Some(scene.now + minutes(10)))
    );
    scene.wait(minutes(10));
    scene.expect(&["a mail", "a sms"]);
    assert_eq!(place(&scene.escalation).1, Some(0));
    // Nobody has it: it begins at the first step at once, and is news to everybody again.
    scene.receipt("a", "sms", Outcome::Accepted);
    scene.wait(minutes(10));
    scene.seen.clear();
    scene.input(Input::Graver);
    scene.expect(&["not c sms", "not a mail", "not b sms", "a mail", "a sms"]);
}

#[test]
fn to_escalate_what_got_graver_begins_with_the_first_step_of_its_new_chain() {
    let mut scene = Scene::of(chain(vec![notify("c", "sms")]));
    scene.ack("c");
    scene.seen.clear();
    scene.chain = three();
    scene.input(Input::Graver);
    scene.expect(&["c sms graver 1"]);
    scene.input(Input::Escalate { to: None });
    scene.expect(&["not c sms", "a mail", "a sms"]);
    // Also where nobody has it, and nobody is to be told for a while.
    let mut scene = Scene::of(chain(vec![notify("@empty", "sms")]));
    scene.input(Input::Muted { until: scene.now + minutes(60) });
    scene.chain = three();
    scene.input(Input::Graver);
    scene.seen.clear();
    scene.input(Input::Escalate { to: None });
    scene.expect(&["a mail", "a sms"]);
}

#[test]
fn who_took_it_when_nobody_was_to_be_asked_again_is_asked_once_the_chain_says_so() {
    let mut scene = Scene::of(Chain { reack: None, ..three() });
    scene.ack("c");
    assert_eq!(scene.escalation.deadline(), None);
    scene.now += minutes(60);
    scene.chain = three();
    scene.input(Input::LookedAt);
    assert_eq!(scene.escalation.deadline(), Some(scene.now + minutes(60)));
}

#[test]
fn who_has_it_learns_of_more_and_a_question_is_not_buried_under_it() {
    let mut scene = Scene::of(three());
    scene.input(Input::Grew);
    scene.expect(&["a mail", "a sms"]);
    scene.receipt("a", "sms", Outcome::Accepted);
    scene.ack("a");
    scene.seen.clear();
    scene.input(Input::Grew);
    scene.input(Input::Grew);
    scene.expect(&[
        "a mail learns more",
        "a sms learns more",
        "not a mail",
        "a mail learns more",
        "not a sms",
        "a sms learns more",
    ]);
    scene.wait(minutes(120));
    scene.seen.clear();
    scene.input(Input::Grew);
    scene.expect(&[]);
}

#[test]
fn who_has_it_can_hand_it_on_and_be_asked_later() {
    let mut scene = Scene::of(three());
    scene.ack("a");
    scene.seen.clear();
    scene.input(Input::HandedOn { to: "c".into() });
    assert_eq!(scene.escalation.status, Status::Acked { by: "a".into(), at: scene.now }, "until c answers");
    scene.expect(&["c sms handed 1"]);
    scene.ack("c");
    scene.expect(&["not c sms"]);
    scene.input(Input::Snoozed { by: "c".into(), until: scene.now + minutes(300) });
    scene.wait(minutes(299));
    scene.expect(&[]);
    scene.wait(minutes(1));
    scene.expect(&["c sms again 2"]);
}

#[test]
fn who_has_it_and_is_edited_away_has_it_no_longer() {
    let mut scene = Scene::of(three());
    scene.ack("b");
    scene.roster.people.remove(&PersonId::from("b"));
    scene.seen.clear();
    scene.input(Input::LookedAt);
    assert_eq!(scene.escalation.status, Status::Escalating);
    assert!(scene.pages().contains(&"a mail".to_owned()), "{:?}", scene.pages());
}

#[test]
fn to_escalate_to_a_step_goes_there() {
    let mut scene = Scene::of(three());
    scene.seen.clear();
    scene.input(Input::Escalate { to: Some(2) });
    scene.expect(&["c sms"]);
    scene.input(Input::Escalate { to: Some(0) });
    scene.expect(&["not a mail", "a mail", "not a sms", "a sms"]);
}

/// B3.
#[test]
fn a_chain_with_hours_waits_for_them_and_a_step_with_hours_is_passed_over() {
    use jiff::civil::{Weekday, time};
    let zone = jiff::tz::TimeZone::UTC;
    let hours = crate::alert::oncall::Hours {
        zone,
        days: vec![Weekday::Monday],
        from: time(8, 0, 0, 0),
        to: time(18, 0, 0, 0),
        holidays: std::sync::Arc::default(),
    };
    let mut steps = vec![notify("a", "sms"), notify("b", "sms")];
    steps[0].hours = Some(hours.clone());
    // A Saturday evening.
    let mut scene = Scene::of(chain(steps));
    assert_eq!(scene.facts()[0], Fact::StepSkipped { round: 0, step: 0, why: Skip::OutOfHours });
    scene.expect(&["b sms"]);
    let mut waits = three();
    waits.hours = Some(hours);
    let mut scene = Scene::of(waits);
    scene.expect(&[]);
    let monday: Timestamp = "2026-11-23T08:00:00Z".parse().unwrap();
    assert_eq!(scene.escalation.deadline(), Some(monday));
    scene.wait(monday.duration_since(scene.now));
    scene.expect(&["a mail", "a sms"]);
}

/// A9 of issue 12.
#[test]
fn an_open_question_goes_to_whoever_comes_on() {
    let mut scene = Scene::of(chain(vec![notify("@turns", "mail+sms"), notify("c", "sms")]));
    // Turns of a day, from eight on; it is 19:31, and b's. Nobody answers in the last minutes before the hand-over.
    scene.input(Input::Resolved { by: None });
    scene.now = "2026-11-22T07:59:56Z".parse().unwrap();
    let context = Context { chain: &scene.chain, roster: &scene.roster, reach: &scene.reach, now: scene.now };
    (scene.escalation, scene.seen) = Escalation::start(context, Pace::REAL, None);
    let first = scene.roster.who(&Target::Rota("turns".into()), scene.now).unwrap().id.to_string();
    let second = if first == "a" { "b" } else { "a" };
    scene.expect(&[&format!("{first} mail"), &format!("{first} sms")]);
    scene.receipt(&first, "sms", Outcome::Accepted);
    scene.wait(minutes(1));
    let words = ["not F mail", "S mail", "S sms", "F sms is relieved"];
    let words = words.map(|line| line.replace('F', &first).replace('S', second));
    scene.expect(&words.each_ref().map(String::as_str));
    // Whoever comes on has the whole time.
    scene.wait(minutes(8));
    scene.expect(&[]);
    scene.wait(minutes(2));
    scene.expect(&["c sms"]);
}

/// A9 of issue 12.
#[test]
fn an_override_that_is_written_down_late_takes_the_question_with_it() {
    let mut scene = Scene::of(chain(vec![notify("@turns", "mail+sms"), notify("c", "sms")]));
    let first = scene.roster.who(&Target::Rota("turns".into()), scene.now).unwrap().id.to_string();
    scene.receipt(&first, "sms", Outcome::Accepted);
    scene.wait(minutes(5));
    scene.seen.clear();
    scene.input(Input::LookedAt);
    scene.expect(&[]);
    let (from, to) = (scene.now - minutes(60), scene.now + minutes(60));
    let cover = Cover { from, to, who: "c".into(), instead_of: None };
    scene.roster.rotas.get_mut(&"turns".into()).unwrap().covers.push(cover);
    scene.input(Input::LookedAt);
    let words = ["not F mail", "c mail", "c sms", "F sms is relieved"].map(|line| line.replace('F', &first));
    scene.expect(&words.each_ref().map(String::as_str));
    scene.input(Input::LookedAt);
    scene.expect(&[]);
    // And back, where it is taken away again.
    scene.roster.rotas.get_mut(&"turns".into()).unwrap().covers.clear();
    scene.input(Input::LookedAt);
    scene.expect(&[]);
}

/// A9 of issue 12.
#[test]
fn what_somebody_holds_at_the_end_of_their_turn_is_told_to_both() {
    let steps = vec![notify("@turns", "mail+sms"), notify("c", "sms")];
    let mut scene = Scene::of(Chain { reack: None, ..chain(steps) });
    let first = scene.roster.who(&Target::Rota("turns".into()), scene.now).unwrap().id.to_string();
    let second = if first == "a" { "b" } else { "a" };
    scene.receipt(&first, "sms", Outcome::Accepted);
    scene.ack(&first);
    scene.seen.clear();
    // It is 19:31: half a minute before eight in the morning.
    scene.wait(SignedDuration::from_hours(12) + minutes(28));
    scene.expect(&[]);
    scene.wait(minutes(2));
    let words =
        [format!("{first} sms is relieved"), format!("{second} mail is on duty"), format!("{second} sms is on duty")];
    scene.expect(&words.each_ref().map(String::as_str));
    assert!(matches!(&scene.escalation.status, Status::Acked { by, .. } if by.as_str() == first));
    // Who took over over the counter is told nothing at the next end of a turn that is not theirs.
    scene.ack("c");
    scene.seen.clear();
    scene.wait(SignedDuration::from_hours(1));
    scene.expect(&[]);
}

#[test]
fn who_wants_peace_is_passed_over_only_where_the_chain_allows_it() {
    let nights = crate::alert::oncall::Hours {
        zone: jiff::tz::TimeZone::UTC,
        days: vec![jiff::civil::Weekday::Saturday],
        from: jiff::civil::time(19, 0, 0, 0),
        to: jiff::civil::time(22, 0, 0, 0),
        holidays: std::sync::Arc::default(),
    };
    for (respects_quiet, wanted) in [(false, "a sms"), (true, "c sms")] {
        let mut scene = Scene::of(Chain { respects_quiet, ..chain(vec![notify("a", "sms"), notify("c", "sms")]) });
        scene.roster.people.get_mut(&PersonId::from("a")).unwrap().quiet = Some(vec![nights.clone()]);
        let context = Context { chain: &scene.chain, roster: &scene.roster, reach: &scene.reach, now: scene.now };
        (scene.escalation, scene.seen) = Escalation::start(context, Pace::REAL, None);
        scene.expect(&[wanted]);
    }
}
