//! The first gestures of a rule, and their mistakes at their places.

use super::{documents, findings, rule};
use crate::base::language::{Language, Text};
use crate::watch::sigma::Engine;

fn with(gestures: &str) -> String {
    rule("s: {a: 1}\ncondition: s").replace("level: low", &format!("level: low\nvigie:\n{gestures}"))
}

fn gestures(text: &str) -> Vec<Text> {
    let (documents, mut found) = documents(text);
    let engine = Engine::compile(documents, &mut found);
    assert!(found.is_empty(), "{found:?}");
    engine.rules().flat_map(|rule| rule.gestures.clone()).collect()
}

#[test]
fn gestures_stand_in_two_languages_in_the_same_order() {
    let both = gestures(&with(
        "  gestures: [Unplug it, 'Lock the account {account}']\n  fr: {gestures: [Débrancher, Bloquer]}",
    ));
    let said: Vec<_> = both.iter().map(|text| (text.get(Language::Fr), text.get(Language::En))).collect();
    assert_eq!(said, [("Débrancher", "Unplug it"), ("Bloquer", "Lock the account {account}")]);
    // One language alone is better than none.
    let english = gestures(&with("  gestures: [Unplug it]"));
    assert_eq!(english[0].get(Language::Fr), "Unplug it");
    assert!(gestures(&rule("s: {a: 1}\ncondition: s")).is_empty());
}

#[test]
fn mistakes_of_gestures_are_found_at_their_place() {
    let long = "x".repeat(121);
    for (text, wanted) in [
        ("  gestures: Unplug it".to_owned(), "4:13: [V004] expected a list"),
        ("  gesture: [a]".to_owned(), "4:3: [V002] unknown key `gesture` (did you mean `gestures`?)"),
        ("  gestures: [a, '']".to_owned(), "4:17: [V217] this gesture says nothing"),
        ("  gestures: [\"a\\nb\"]".to_owned(), "4:14: [V217] this gesture says nothing, or not on one line"),
        (format!("  gestures: [{long}]"), "4:14: [V217] this gesture has 121 letters; at most 120"),
        ("  gestures: [a, b, c, d, e, f, g]".to_owned(), "4:32: [V217] a list of first gestures has 6 at most"),
        (
            "  gestures: [a, b]\n  fr:\n    gestures: [c]".to_owned(),
            "6:5: [V217] 1 gestures in French, 2 in English (write the same in the same order)",
        ),
        (
            "  gestures: ['Unplug {host}']".to_owned(),
            "4:14: [V217] a gesture cannot speak of `host` (there are `{machine}`, `{account}` and `{address}`)",
        ),
        ("  gestures: ['Unplug {machine']".to_owned(), "4:14: [V217] a gesture cannot speak of"),
        ("  fr: {gestures: ['{x}']}".to_owned(), "4:19: [V217] a gesture cannot speak of `x`"),
    ] {
        let found = findings(&with(&text));
        assert!(found.len() == 1 && found[0].contains(wanted), "{wanted}: {found:#?}");
    }
}

/// Whatever pages somebody at night says what to do first, in both languages.
#[test]
fn every_grave_rule_of_the_pack_has_its_gestures() {
    let mut found = Vec::new();
    let (_, engine) = crate::check::open(std::path::Path::new("examples/valmont"), &mut found).expect("a site");
    let grave = engine.rules().filter(|rule| rule.emits && rule.level >= crate::base::level::Level::High);
    let mut count = 0;
    for rule in grave {
        count += 1;
        assert!((2..=4).contains(&rule.gestures.len()), "{}", rule.id);
        for gesture in &rule.gestures {
            assert!(
                gesture.fr.is_some() && gesture.en.is_some() && gesture.fr != gesture.en,
                "{}: {gesture:?}",
                rule.id
            );
        }
    }
    assert!(count > 30, "{count}");
}
