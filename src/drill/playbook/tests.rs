//! Every mistake a playbook can hold, and a good one read whole.

use std::collections::BTreeMap;
use std::io;

use jiff::SignedDuration;

use super::*;
use crate::base::id::{InjectId, PersonId};
use crate::base::language::Language;

const GOOD: &str = r#"
playbook: essai
title: {fr: Essai, en: Trial}
leans_on: "Armentières, 2024-02-11"
duration: 1h
objectives:
  voir: {fr: Voir, en: See}
  decider: {fr: Décider, en: Decide}
cells:
  si: [rssi, dsi-astreinte]
  direction: [adm-garde]
timeline:
  - id: renommages
    at: T+0:05
    class: structurant
    do: {log: {source: fichiers, lines: essai/renommages.log, repeat: 3, over: 40s}}
    expect:
      - {hit: ransomware.rename_burst, within: 1m, objective: voir}
      - {ack: {chain: cyber-majeur}, within: 10m, objective: voir}
      - {page: {chain: cyber-majeur, person: rssi}, within: 2m}
  - id: appel
    at: T+0:10
    class: load
    title: {fr: Appel, en: Call}
    do: {phone: {from: "Mme Petit", to: [si, adm-garde], script: {fr: Allô, en: Hello}}}
    expect: [{action: {fr: Isole, en: Isolates}, within: 5m, objective: voir}]
  - id: plan-blanc
    at: T+0:20
    do:
      decision:
        to: direction
        ask: {fr: "Plan blanc ?", en: "Emergency plan?"}
        options: {oui: {label: {fr: Oui, en: "Yes"}, next: cellule}, non: {}}
        default: non
    expect: [{decision: oui, objective: decider}]
  - id: cellule
    do: {message: {to: direction, from: {fr: ARS, en: ARS}, subject: {fr: A, en: B}, body: {fr: C, en: D}}}
  - id: relance
    manual: true
    class: rattrapage
    do: {log: {source: pacs, lines: ["{{orthanc}} a", "b {{n:2}}"]}}
cast:
  people: {rssi: {answers: 4m}, adm-garde: never}
  decisions: {plan-blanc: {option: oui, after: 6m}}
  actions: 3m
  fires: {relance: T+0:30}
"#;

fn files(name: &str) -> io::Result<String> {
    match name {
        "essai/renommages.log" => Ok("{{rfc3164}} srv a|{{n}}\n\n{{rfc3164}} srv b|{{n}}\r\n".to_owned()),
        "essai/faux.log" => Ok("bon\nmauvais {{heure}} ici\n".to_owned()),
        _ => Err(io::Error::from(io::ErrorKind::NotFound)),
    }
}

fn parse(text: &str) -> (Option<Playbook>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let playbook = read(&Source::new("playbooks/essai.yaml", text), &files, &mut found);
    (playbook, found)
}

/// `GOOD` with one part replaced, and the findings as `line:column [code] message`.
fn findings(from: &str, to: &str) -> Vec<String> {
    assert!(GOOD.contains(from), "{from}");
    let (_, found) = parse(&GOOD.replacen(from, to, 1));
    found
        .iter()
        .map(|finding| {
            let (line, column) = finding.position();
            format!(
                "{}:{line}:{column} [{}] {}",
                finding.source.name(),
                finding.code(),
                finding.finding.message.get(Language::En)
            )
        })
        .collect()
}

#[test]
fn a_good_playbook_is_read_whole() {
    let (playbook, found) = parse(GOOD);
    assert!(found.is_empty(), "{found:#?}");
    let playbook = playbook.unwrap();
    assert_eq!(playbook.duration, SignedDuration::from_hours(1));
    assert_eq!(
        playbook.objectives.iter().map(|objective| objective.id.as_str()).collect::<Vec<_>>(),
        ["voir", "decider"]
    );
    assert_eq!(playbook.timeline.len(), 5);
    let inject = |name: &str| playbook.inject(&InjectId::from(name)).unwrap();
    let burst = inject("renommages").action.means().burst().unwrap();
    assert_eq!((burst.lines.len(), burst.count()), (2, 6));
    assert_eq!(burst.line(5).unwrap().number, 3);
    assert_eq!(burst.line(6), None);
    assert_eq!((burst.due(0), burst.due(5)), (SignedDuration::ZERO, burst.over));
    assert_eq!(inject("renommages").expect.len(), 3);
    let called = inject("appel").action.means().audience().unwrap();
    let players: Vec<_> = called.players.iter().map(|player| player.0.as_str()).collect();
    assert_eq!(players, ["rssi", "dsi-astreinte", "adm-garde"]);
    assert_eq!(inject("appel").class, Class::Saturant);
    assert_eq!(inject("cellule").start, Start::Chosen(None));
    assert_eq!(inject("relance").start, Start::Manual(None));
    let question = inject("plan-blanc").action.means().question().unwrap();
    assert_eq!(question.within, SignedDuration::from_mins(10));
    assert_eq!(inject("plan-blanc").expect[0].within, question.within);
    let people: BTreeMap<_, _> =
        [(PersonId::from("rssi"), Some(SignedDuration::from_mins(4))), (PersonId::from("adm-garde"), None)].into();
    assert_eq!(playbook.cast.people, people);
    assert_eq!(playbook.cast.decisions[&InjectId::from("plan-blanc")].option, "oui");
    assert_eq!(playbook.cast.fires.len(), 1);
}

#[test]
fn every_name_that_a_site_must_know_is_handed_over_with_its_place() {
    let references = parse(GOOD).0.unwrap().references();
    let source = Source::new("", GOOD);
    let mut seen = Vec::new();
    for reference in &references {
        assert_eq!(source.slice(reference.name.span), reference.name.as_str());
        seen.push((reference.kind, reference.name.as_str()));
    }
    for expected in [
        (ReferenceKind::Player, "dsi-astreinte"),
        (ReferenceKind::Source, "fichiers"),
        (ReferenceKind::Source, "pacs"),
        (ReferenceKind::Rule, "ransomware.rename_burst"),
        (ReferenceKind::Chain, "cyber-majeur"),
        (ReferenceKind::Person, "rssi"),
    ] {
        assert!(seen.contains(&expected), "{expected:?} in {seen:?}");
    }
}

#[test]
fn each_mistake_is_found_at_its_place() {
    for (from, to, code, place) in [
        ("duration: 1h", "duration: 1 heure", "V301", "1 heure"),
        ("duration: 1h", "duration: 0s", "V301", "0s"),
        ("at: T+0:05", "at: 0:05", "V302", "0:05"),
        ("id: appel", "id: mon appel", "V303", "mon appel"),
        ("id: appel", "id: renommages", "V304", "renommages"),
        ("objective: decider", "objective: decidr", "V305", "decidr"),
        ("to: [si, adm-garde]", "to: [si, adm-gard]", "V306", "adm-gard]"),
        ("next: cellule", "next: celule", "V307", "celule"),
        ("default: non", "default: peut-etre", "V308", "peut-etre"),
        ("decision: oui,", "decision: ouii,", "V308", "ouii"),
        ("at: T+0:20", "at: T+1:00", "V309", "T+1:00"),
        ("duration: 1h", "duration: 12m", "V310", "5m"),
        ("over: 40s", "over: 58m", "V310", "T+0:05"),
        ("{fr: Voir, en: See}", "{fr: Voir}", "V311", "{fr: Voir}"),
        ("{fr: Voir, en: See}", "{fr: Voir, en: ''}", "V311", "{fr: Voir"),
        ("next: cellule", "next: plan-blanc", "V312", "T+0:20"),
        ("{page: {chain: cyber-majeur, person: rssi}, within: 2m}", "{page: {}, within: 2m}", "V313", "{}"),
        ("{hit: ransomware.rename_burst, within", "{within", "V313", "{within"),
        ("{hit: ransomware.rename_burst, ", "{hit: a.b, decision: c, ", "V313", "{hit"),
        ("{hit: ransomware.rename_burst, within: 1m, ", "{hit: ransomware.rename_burst, ", "V314", "{hit"),
        ("{action: {fr: Isole, en: Isolates},", "{decision: oui,", "V315", "oui"),
        ("    at: T+0:10\n", "", "V316", "appel"),
        ("essai/renommages.log", "essai/absent.log", "V317", "essai/absent"),
        ("essai/renommages.log", "../renommages.log", "V317", "../"),
        ("\"b {{n:2}}\"", "\"b {{m}}\"", "V318", "{{m}}"),
        ("repeat: 3", "repeat: 0", "V319", "0"),
        ("repeat: 3", "repeat: 900000", "V319", "900000"),
        ("direction: [adm-garde]", "direction: []", "V320", "direction"),
        (", objective: decider}", "}", "V321", "decider"),
        ("decisions: {plan-blanc: {", "decisions: {appel: {", "V322", "appel"),
        ("fires: {relance:", "fires: {appel:", "V322", "appel"),
        ("option: oui, after", "option: autre, after", "V308", "autre"),
        ("actions: 3m", "actions: bientôt", "V301", "bientôt"),
        ("class: load", "class: bruit", "V004", "bruit"),
        ("answers: 4m", "answer: 4m", "V004", "answer"),
        ("source: pacs, ", "sourc: pacs, ", "V002", "sourc"),
    ] {
        assert!(GOOD.contains(from), "{from}");
        let (_, found) = parse(&GOOD.replacen(from, to, 1));
        let is_it = |finding: &Diagnostic| {
            finding.code().0 == code && finding.source.text()[finding.span.start..].starts_with(place)
        };
        assert!(found.iter().any(is_it), "{from} -> {to}: {code} at {place} in {found:#?}");
    }
}

#[test]
fn a_mistake_in_a_file_of_lines_is_shown_in_that_file() {
    let found = findings("essai/renommages.log", "essai/faux.log");
    let expected = "playbooks/essai/faux.log:2:9 [V318] `{{heure}}` is not something that can be written into a line";
    assert_eq!(found, [expected]);
}

#[test]
fn all_mistakes_of_a_document_come_in_one_pass() {
    let text = GOOD
        .replace("duration: 1h", "duration: soon")
        .replace("at: T+0:05", "at: early")
        .replace("objective: decider", "objective: nobody")
        .replace("next: cellule", "next: nowhere")
        .replace("en: Trial", "en: ''");
    let (playbook, found) = parse(&text);
    let mut codes: Vec<_> = found.iter().map(|finding| finding.code().0).collect();
    codes.sort_unstable();
    codes.dedup();
    for code in ["V301", "V302", "V305", "V307", "V311", "V316"] {
        assert!(codes.contains(&code), "{code} in {found:#?}");
    }
    assert!(has_errors(&found));
    assert!(playbook.is_some(), "what could be read goes on to the checks against the site");
}

#[test]
fn the_digest_covers_the_files_of_lines() {
    let digest = |files: &dyn Fn(&str) -> io::Result<String>| {
        read(&Source::new("a.yaml", GOOD), files, &mut Vec::new()).unwrap().digest
    };
    assert_eq!(digest(&files), digest(&files));
    assert_ne!(digest(&files), digest(&|name| files(name).map(|text| text + "c\n")));
}

#[test]
fn the_schema_speaks_of_every_key() {
    let schema = schema().to_string();
    for key in ["leans_on", "timeline", "repeat", "red_herring", "rattrapage", "fires", "within", "\"do\""] {
        assert!(schema.contains(key), "{key}");
    }
}

#[test]
fn plain_yes_and_no_can_be_options() {
    let text = GOOD.replace("options: {oui:", "options: {yes: {}, no: {}, oui:").replace("default: non", "default: no");
    let (playbook, found) = parse(&text);
    assert!(found.is_empty(), "{found:#?}");
    let inject = playbook.unwrap().inject(&InjectId::from("plan-blanc")).unwrap().clone();
    let question = inject.action.means().question().unwrap();
    assert_eq!(question.names(), ["yes", "no", "oui", "non"]);
    assert_eq!(question.default, "no");
}

#[test]
fn documents_that_are_nothing_like_a_playbook_are_told_so() {
    for text in ["", "- a\n", "12", "playbook: [x", "playbook: x\n---\nplaybook: y\n"] {
        let (playbook, found) = parse(text);
        assert!(playbook.is_none() && has_errors(&found), "{text:?}: {found:#?}");
    }
}

proptest::proptest! {
    #[test]
    fn a_damaged_playbook_is_never_more_than_a_finding(
        at in 0..GOOD.len(), length in 0..80_usize, put in "[ \\n:{}\\[\\]a-z0-9+-]{0,12}"
    ) {
        let from = GOOD.char_indices().map(|(place, _)| place).rfind(|place| *place <= at).unwrap_or_default();
        let to = GOOD.char_indices().map(|(place, _)| place).find(|place| *place >= from + length).unwrap_or(GOOD.len());
        let (playbook, found) = parse(&format!("{}{put}{}", &GOOD[..from], &GOOD[to..]));
        proptest::prop_assert!(playbook.is_some() || has_errors(&found));
        for finding in found {
            proptest::prop_assert!(finding.span.end <= finding.source.text().len(), "{finding}");
        }
    }
}
