//! What is counted, and how it is said.

use jiff::civil::date;
use serde_json::{Value, json};

use super::figures::Month;
use super::*;
use crate::alert::Verdict;
use crate::api::{AlertFact, ChainFact, Fact, PageEnd, PageFact};
use crate::base::id::{AlertId, EntryId, PersonId};
use crate::base::language::Language;
use crate::base::realm::Realm;

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

fn paris() -> TimeZone {
    TimeZone::get("Europe/Paris").expect("a zone")
}

fn entry(at: Timestamp, realm: Realm, (kind, body): (String, Value)) -> EntryView {
    EntryView { id: EntryId(1), at, realm, kind, body, seal: String::new() }
}

fn page(to: &str, accepted: bool) -> Fact {
    let key = json!({"lap": 0, "step": 0, "person": to, "channel": "mail", "reason": "turn"});
    let end = json!({"page": "P1", "to": to, "channel": "mail", "proof": "250", "attempts": 1, "for": {"climb": {"alert": 1, "key": key}}});
    let end: PageEnd = serde_json::from_value(end).expect("a page");
    Fact::Page(if accepted { PageFact::Accepted(end) } else { PageFact::Failed(end) })
}

fn raised(alert: u64) -> Fact {
    let raised = json!({"raised": {"alert": format!("A{alert}"), "rule": null, "level": "high", "title": {"en": "x"}, "subject": [], "source": null}});
    Fact::Alert(serde_json::from_value(raised).expect("an alert"))
}

fn asked(alert: u64) -> Fact {
    Fact::Chain(ChainFact::StepReached { alert: AlertId(alert), round: 1, step: 1, person: "bob".into() })
}

fn acked(alert: u64, by: &str) -> Fact {
    Fact::Chain(ChainFact::Acked { alert: AlertId(alert), by: by.into() })
}

fn qualified(alert: u64, verdict: Verdict) -> Fact {
    let said = json!({"verdict": verdict, "personal_data": null, "care": null, "by": "bob", "at": "2026-11-02T08:00:00Z", "note": null});
    let said = serde_json::from_value(said).expect("a qualification");
    Fact::Alert(AlertFact::Qualified { alert: AlertId(alert), said })
}

fn counted(facts: &[(&str, Fact)]) -> Figures {
    let entries: Vec<_> = facts.iter().map(|(when, fact)| entry(at(when), Realm::Live, fact.entry())).collect();
    of(&entries)
}

fn of(entries: &[EntryView]) -> Figures {
    let roster = Roster::default();
    let mut tally = Tally::new(Calendar { zone: paris(), roster: &roster }, date(2026, 10, 1));
    for entry in entries {
        tally.add(entry);
    }
    let made = at("2026-12-05T08:00:00Z");
    let names = [(PersonId::from("bob"), "Bob =1 <b>Leroy</b>".to_owned())].into();
    let months = tally.done(made);
    Figures { site: "Valmont <script>".to_owned(), months, names, zone: paris(), made, language: Language::En }
}

fn month(figures: &Figures, of: i8) -> &Month {
    &figures.months[&date(2026, of, 1)]
}

#[test]
fn times_go_from_the_first_question_to_the_first_answer() {
    let figures = counted(&[
        ("2026-11-02T08:00:00Z", raised(1)),
        ("2026-11-02T08:01:00Z", asked(1)),
        ("2026-11-02T08:04:00Z", asked(1)),
        ("2026-11-02T08:06:00Z", acked(1, "bob")),
        ("2026-11-02T09:06:00Z", acked(1, "ann")),
        ("2026-11-02T10:00:00Z", raised(2)),
        ("2026-11-02T10:00:00Z", asked(2)),
        ("2026-11-02T10:30:00Z", acked(2, "ann")),
        // Raised in November, answered in December: of November.
        ("2026-11-30T22:30:00Z", raised(3)),
        ("2026-11-30T22:30:00Z", asked(3)),
        ("2026-12-01T00:30:00Z", acked(3, "bob")),
        // Nobody was asked: what a person then does is no answer.
        ("2026-11-03T10:00:00Z", raised(4)),
        ("2026-11-03T10:30:00Z", acked(4, "ann")),
    ]);
    let answers = &month(&figures, 11).answers;
    assert_eq!((answers.alerts, answers.asked, answers.answered), (4, 3, 3));
    let minutes = |time: Option<jiff::SignedDuration>| time.expect("a time").as_mins();
    assert_eq!((minutes(answers.half_within), minutes(answers.nine_tenths_within)), (30, 120));
    assert_eq!(month(&figures, 11).people[&PersonId::from("bob")].answers, 2);
    // A month of which nothing is known stands there as well.
    assert_eq!(*month(&figures, 12), Month::default());
}

#[test]
fn the_last_word_on_an_alert_counts_and_false_is_a_share_of_those_with_one() {
    let figures = counted(&[
        ("2026-11-02T08:00:00Z", raised(1)),
        ("2026-11-02T08:00:00Z", raised(2)),
        ("2026-11-02T08:00:00Z", raised(3)),
        ("2026-11-02T09:00:00Z", qualified(1, Verdict::False)),
        ("2026-11-02T10:00:00Z", qualified(1, Verdict::Confirmed)),
        ("2026-11-02T11:00:00Z", qualified(2, Verdict::False)),
    ]);
    let answers = &month(&figures, 11).answers;
    assert_eq!((answers.alerts, answers.qualified, answers.false_alarms), (3, 2, 1));
    assert_eq!(figures.sheets()[0].rows[0].last().map(String::as_str), Some("1 (50 %)"));
}

#[test]
fn a_night_goes_over_midnight_and_over_changes_of_the_clock() {
    let figures = counted(&[
        // The night of 24 October, in which the clock is set back: 21:59, 22:00, twice 02:30, 06:59, 07:00 in Paris.
        ("2026-10-24T19:59:00Z", page("bob", true)),
        ("2026-10-24T20:00:00Z", page("bob", true)),
        ("2026-10-25T00:30:00Z", page("bob", true)),
        ("2026-10-25T01:30:00Z", page("bob", true)),
        ("2026-10-25T05:59:00Z", page("bob", true)),
        ("2026-10-25T06:00:00Z", page("bob", true)),
        // A night of its own.
        ("2026-10-28T03:00:00Z", page("bob", true)),
        // By day on a Wednesday.
        ("2026-10-28T10:00:00Z", page("bob", true)),
        ("2026-10-28T10:00:00Z", page("ann", false)),
    ]);
    let october = month(&figures, 10);
    let bob = &october.people[&PersonId::from("bob")].load;
    assert_eq!((bob.pages, bob.at_night(), bob.nights.len(), bob.worst_night()), (8, 5, 2, 4));
    assert_eq!((bob.free_days, bob.failed), (2, 0));
    assert_eq!((october.pages.pages, october.pages.failed), (8, 1));
}

#[test]
fn exercises_digests_and_what_is_before_do_not_count_and_what_was_erased_is_said() {
    let digest = json!({"page": "P1", "to": "bob", "channel": "mail", "proof": "250", "attempts": 1,
        "for": {"digest": {"day": "2026-11-02", "person": "bob", "channel": "mail"}}});
    let digest = Fact::Page(PageFact::Accepted(serde_json::from_value(digest).expect("a page")));
    let erased = ("page.accepted".to_owned(), json!({"erased": "x"}));
    let figures = of(&[
        entry(at("2026-09-30T20:00:00Z"), Realm::Live, page("bob", true).entry()),
        entry(at("2026-11-02T20:00:00Z"), Realm::Drill(crate::base::id::DrillId(1)), page("bob", true).entry()),
        entry(at("2026-11-02T20:00:00Z"), Realm::Live, digest.entry()),
        entry(at("2026-11-02T20:00:00Z"), Realm::Live, erased),
    ]);
    assert_eq!(figures.months.keys().copied().collect::<Vec<_>>(), [date(2026, 11, 1), date(2026, 12, 1)]);
    assert_eq!(month(&figures, 11).pages, figures::Load::default());
    let remarks = figures.remarks();
    assert!(remarks.len() == 1 && remarks[0].get(Language::En).starts_with("2026-11: 1 entry"), "{remarks:?}");
}

#[test]
fn a_hostile_name_is_text_on_the_page_and_in_the_spreadsheet() {
    let figures = counted(&[("2026-11-02T08:00:00Z", page("bob", true)), ("2026-11-02T08:00:00Z", page("=2", true))]);
    let (html, csv) = (html::page(&figures), spreadsheet::csv(&figures));
    assert!(!html.contains("<script>") && !html.contains("<b>Leroy"), "{html}");
    assert!(html.contains("Valmont &lt;script&gt;") && html.contains("Bob =1"), "{html}");
    assert!(csv.contains("\"'=2\"") && csv.contains("\"Bob =1 <b>Leroy</b>\""), "{csv}");
    let width = |line: &str| line.matches("\",\"").count();
    assert!(csv.lines().all(|line| width(line) == 17), "{csv}");
}
