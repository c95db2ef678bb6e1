//! What each kind of inject asks of the world, in the words that people read.

use super::*;
use crate::base::language::Language;

/// What an inject asked for, once played at `second`.
fn asked(inject: &str, second: i64) -> Vec<Effect> {
    let mut scene = Scene::new(SCRIPT, 1);
    scene.at(second, Input::Fire(id(inject)));
    let of_it = |effect: &Effect| match effect {
        Effect::Lines { inject: of, .. } | Effect::Message { inject: of, .. } | Effect::Card { inject: of, .. } => {
            *of == id(inject)
        }
        Effect::Fact(_) | Effect::Finished => false,
    };
    scene.seen.into_iter().map(|(_, effect)| effect).filter(of_it).collect()
}

fn card(inject: &str, first: Language) -> String {
    match &asked(inject, 1)[..] {
        [Effect::Card { card, .. }] => card.shown(&id(inject), "Mme A. Ferrand (4512)", first),
        other => panic!("{inject}: {other:?}"),
    }
}

#[test]
fn a_call_is_a_card_in_both_languages() {
    let french = "APPELER : Mme A. Ferrand (4512)\nVOUS JOUEZ : Mme Petit\n\nAllô\n\n\
                  Appel passé ? vigie drill called D1 appel\n";
    let english =
        "CALL: Mme A. Ferrand (4512)\nYOU PLAY: Mme Petit\n\nHello\n\nCall made? vigie drill called D1 appel\n";
    let marking = "EXERCICE EXERCICE EXERCICE";
    assert_eq!(card("appel", Language::Fr), format!("{marking} — appel\n\n{french}\n\n---\n\n{english}\n{marking}\n"));
    assert_eq!(card("appel", Language::En), format!("{marking} — appel\n\n{english}\n\n---\n\n{french}\n{marking}\n"));
}

#[test]
fn a_decision_is_a_card_with_a_box_for_each_answer() {
    let shown = card("plan-blanc", Language::Fr);
    for words in [
        "DÉCISION À DEMANDER À : Mme A. Ferrand (4512)\n\nPlan blanc ?\n\n  [ ] oui  oui\n  [ ] non  non\n",
        "Sans réponse : non\nNoter la décision : vigie drill decide D1 plan-blanc <option> --by <nom>\n",
        "DECISION TO ASK OF: Mme A. Ferrand (4512)\n\nEmergency plan?\n\n  [ ] oui  oui\n",
        "Without an answer: non\nRecord the decision: vigie drill decide D1 plan-blanc <option> --by <name>\n",
    ] {
        assert!(shown.contains(words), "{words:?} is not in:\n{shown}");
    }
}

#[test]
fn a_message_says_whom_it_pretends_to_come_from() {
    let [Effect::Message { message, .. }] = &asked("aide", 1)[..] else { panic!("{:?}", asked("aide", 1)) };
    assert_eq!(message.to.named, ["si"]);
    assert_eq!(message.subject, crate::base::language::Text::both("A", "B"));
    assert_eq!(message.body, crate::base::language::Text::both("De : CERT\n\nC", "From: CERT\n\nD"));
}

#[test]
fn lines_name_their_source_and_come_one_by_one() {
    let lines = asked("renommages", 10);
    let [Effect::Lines { source, lines, .. }, ..] = &lines[..] else { panic!("{lines:?}") };
    assert_eq!((source.as_str(), lines.len()), ("fichiers", 1));
}

#[test]
fn each_kind_has_its_word_in_both_languages() {
    let words: Vec<_> = script_of(SCRIPT).timeline.iter().map(|inject| inject.action.kind().word()).collect();
    let both: Vec<_> = words[..4].iter().map(|word| (word.get(Language::Fr), word.get(Language::En))).collect();
    assert_eq!(both, [("journal", "log"), ("appel", "call"), ("décision", "decision"), ("message", "message")]);
}
