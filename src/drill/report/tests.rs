//! Reports of drills with a known course.

use super::*;
use crate::base::language::Language;
use crate::drill::play::tests::shipped::record_of;

const BOTH: [Language; 2] = [Language::Fr, Language::En];

#[test]
fn the_same_record_gives_the_same_bytes() {
    for language in BOTH {
        let (one, other) = (record_of("nuit-de-dimanche", 60), record_of("nuit-de-dimanche", 60));
        assert_eq!(html(&one, language), html(&other, language));
        assert_eq!(markdown(&one, language), markdown(&other, language));
        assert_eq!(json(&one), json(&other));
    }
}

#[test]
fn the_record_survives_its_json() {
    let record = record_of("nuit-de-dimanche", 7);
    assert_eq!(from_json(&json(&record)).unwrap(), record);
}

#[test]
fn the_page_needs_nothing_else_and_runs_nothing() {
    for language in BOTH {
        let page = html(&record_of("premier-exercice", 1), language);
        for forbidden in
            ["<script", "http://", "https://", "url(", "@import", "<img", "<link", "javascript:", " onload"]
        {
            assert!(!page.contains(forbidden), "{forbidden}");
        }
        assert!(page.contains(&format!("<html lang=\"{language}\">")), "{}", &page[..200]);
    }
}

#[test]
fn the_marking_is_at_the_top_and_at_the_bottom() {
    for (language, word) in [(Language::Fr, "EXERCICE"), (Language::En, "EXERCISE")] {
        let record = record_of("premier-exercice", 1);
        let page = html(&record, language);
        let (body, main) = (page.find("<body>").unwrap(), page.find("<main>").unwrap());
        assert!(page[body..main].contains(word) && page[page.find("</main>").unwrap()..].contains(word));
        let text = markdown(&record, language);
        assert!(text.lines().next().unwrap().contains(word) && text.lines().last().unwrap().contains(word));
    }
}

#[test]
fn each_language_is_whole() {
    let record = record_of("nuit-de-dimanche", 60);
    let [fr, en] = BOTH.map(|language| markdown(&record, language).replace('\u{a0}', " "));
    let shape = |text: &str| {
        text.lines()
            .map(|line| line.chars().take_while(|letter| "#|-".contains(*letter)).collect::<String>())
            .collect::<Vec<_>>()
    };
    assert_eq!(shape(&fr), shape(&en), "both have the same headings, rows and lists");
    for word in ["Objectif", "Chronogramme", "non joué", "branche non choisie", "Points forts", "DNS/2025/12"] {
        assert!(fr.contains(word), "{word}");
        assert!(word == "DNS/2025/12" || !en.contains(word), "{word}");
    }
    for word in ["Objective", "Timeline", "not played", "branch not chosen", "Strengths"] {
        assert!(en.contains(word) && !fr.contains(word), "{word}");
    }
}

#[test]
fn both_clocks_are_shown_where_they_differ() {
    let text = markdown(&record_of("premier-exercice", 60), Language::En).replace('\u{a0}', " ");
    assert!(text.contains("(of the script, at ×60)") && text.contains("| 0.8 s (45 s) |"), "{text}");
    let text = markdown(&record_of("premier-exercice", 1), Language::En).replace('\u{a0}', " ");
    assert!(text.contains("| Time taken |") && text.contains("| 45 s |"), "{text}");
}

#[test]
fn what_people_wrote_stays_text() {
    let mut record = record_of("premier-exercice", 1);
    record.notes.push(NoteRecord {
        at: record.started,
        by: "<b>x</b>".to_owned(),
        text: "a | b\n<script>alert(1)</script> **c** \u{202e}d".to_owned(),
    });
    let page = html(&record, Language::Fr);
    assert!(!page.contains("<script>") && page.contains("b\\n&lt;script&gt;") && page.contains("\\u{202e}d"));
    let text = markdown(&record, Language::Fr);
    assert!(text.contains("a \\| b\\\\n\\<script\\>alert(1)\\</script\\> \\*\\*c\\*\\* \\\\u{202e}d"), "{text}");
}

#[test]
fn what_did_not_happen_is_told() {
    let mut record = record_of("premier-exercice", 1);
    record.injects[2].outcome = Outcome::Failed { why: "disque plein".to_owned() };
    record.real_alerts.push(AlertRecord { at: record.started, alert: crate::base::id::AlertId(77) });
    let text = markdown(&record, Language::Fr).replace('\u{a0}', " ");
    assert!(text.contains("non délivré : disque plein") && text.contains("A77"), "{text}");
}

#[test]
fn an_untidy_evening_is_told_as_it_was() {
    let mut record = record_of("nuit-de-dimanche", 60);
    untidy(&mut record);
    let share = record.tally.share().unwrap();
    assert!((1..100).contains(&share), "{:?}", record.tally);
    let page = html(&record, Language::En).replace('\u{a0}', " ");
    for words in [
        format!("<strong>{share}%</strong>"),
        "✗ missed".to_owned(),
        "◐ partly".to_owned(),
        "? not observed".to_owned(),
        "not delivered: le relais de messagerie ne répond pas".to_owned(),
        "<caption>Pauses</caption>".to_owned(),
        "A77".to_owned(),
        "Crisis exercise report".to_owned(),
    ] {
        assert!(page.contains(&words), "{words}");
    }
    assert!(!page.contains("nobody played"), "people did");
}

#[test]
fn who_observes_is_said_in_the_language_of_the_report() {
    let mut record = record_of("premier-exercice", 60);
    let note = |by: &str| NoteOf { by: by.to_owned(), text: String::new() };
    let notes = [note("facilitator"), note("rssi")];
    let expected = record.injects.iter_mut().flat_map(|inject| &mut inject.expectations);
    for (expected, note) in expected.zip(notes) {
        expected.note = Some(note);
    }
    record.people.insert("rssi".to_owned(), "Mme A. Ferrand".to_owned());
    let page = html(&record, Language::Fr);
    assert!(page.contains("animateur</td>") && !page.contains("facilitator"), "{page}");
    assert!(page.contains("Mme A. Ferrand</td>"), "by name, as everywhere in the report");
    assert!(html(&record, Language::En).contains("the facilitator</td>"));
}

/// What a real evening looks like: some things missed, half done, never played.
fn untidy(record: &mut Record) {
    use crate::drill::play::Verdict;
    record.mode = Mode::Live;
    let verdicts = [Verdict::Met, Verdict::Missed, Verdict::Partly, Verdict::Met, Verdict::NotObserved];
    let late = jiff::SignedDuration::from_mins(4);
    for (index, inject) in record.injects.iter_mut().enumerate() {
        if let Some(played) = inject.played.as_mut().filter(|_| index % 3 == 1) {
            played.script += late;
        }
        for (expected, verdict) in inject.expectations.iter_mut().zip(verdicts.iter().cycle().skip(index)) {
            expected.verdict = *verdict;
        }
    }
    let broken = record.injects.len() / 2;
    record.injects[broken].outcome = Outcome::Failed { why: "le relais de messagerie ne répond pas".to_owned() };
    record.gaps.push(GapRecord { from: record.started, to: record.ended });
    let all = record.injects.iter().flat_map(|inject| &inject.expectations);
    record.tally = Tally::of(all.map(|expected| expected.verdict));
    record.real_alerts.push(AlertRecord { at: record.started, alert: crate::base::id::AlertId(77) });
    let text = "La salle n'a pas de téléphone ; on a perdu quatre minutes.".to_owned();
    record.notes.push(NoteRecord { at: record.started, by: "animateur".to_owned(), text });
}
