//! Scenes of alerts, as tables: those that other programs are tried by, ported, and our own. A scene says what is set up,
//! what happens when, and which messages come within which time. One that comes and is not in the table fails it, as does
//! one that does not come.

mod set_up;
mod stage;
mod table;

use std::collections::BTreeSet;
use std::path::Path;

use stage::{Came, Stage};
use table::{Expected, Scene};

/// The tables, and what their rows are called.
const TABLES: [(&str, &str); 3] = [
    ("Alertmanager", include_str!("scenes/alertmanager.txt")),
    ("GoAlert", include_str!("scenes/goalert.txt")),
    ("our own", include_str!("scenes/own.txt")),
];
/// Rows that no scene plays, each with the reason and where it is tried instead.
const ELSEWHERE: &str = include_str!("scenes/elsewhere.txt");

/// Every row that there is to be played.
const ROWS: &str = "
    AM-01 AM-02 AM-03 AM-04 AM-05 AM-06 AM-08 AM-10 AM-11 AM-13 AM-14 AM-16 AM-17 AM-18 AM-19 AM-20 AM-21 AM-22 AM-23
    AM-N1 AM-N2
    GA-01 GA-02 GA-04 GA-05 GA-07 GA-08 GA-09 GA-11 GA-12 GA-13 GA-14 GA-15 GA-17 GA-18 GA-19 GA-21 GA-22 GA-23 GA-25
    GA-27 GA-28 GA-29 GA-30 GA-31 GA-32
    X1 X2 X3 X4 X5 X6 X7 X8 X9 X10 X11 X12";

fn play(scene: &Scene) -> Vec<String> {
    let mut stage = Stage::new(&scene.set_up);
    for ((at, _), what) in &scene.happens {
        stage.until(*at);
        if what != "end" {
            stage.happens(what);
        }
    }
    assert!(scene.happens.last().is_some_and(|(_, what)| what == "end"), "{}: a scene has an end", scene.title);
    judge(&scene.comes, &stage.came)
}

/// What came and was not expected, and what was expected and did not come.
fn judge(expected: &[Expected], came: &[Came]) -> Vec<String> {
    let mut left: Vec<(Expected, usize)> = expected.iter().map(|one| (one.clone(), one.count)).collect();
    let mut wrong = Vec::new();
    for message in came {
        let fits = |(one, count): &&mut (Expected, usize)| {
            *count > 0
                && (one.span.0..=one.span.1).contains(&message.at)
                && one.what == message.what
                && (one.alert == "A*" || one.alert == message.alert)
                && message.text.contains(&one.says)
        };
        match left.iter_mut().find(fits) {
            Some((_, count)) => *count -= 1,
            None => wrong.push(format!("came at {}: {} {}", clock(message.at), message.alert, message.what)),
        }
    }
    let missing = left.iter().filter(|(_, count)| *count > 0);
    wrong.extend(missing.map(|(one, count)| {
        format!("did not come from {} to {}: {count}x {} {}", clock(one.span.0), clock(one.span.1), one.alert, one.what)
    }));
    wrong
}

fn clock(at: i64) -> String {
    format!("{}:{:02}:{:02}.{:03}", at / 3_600_000, at / 60_000 % 60, at / 1000 % 60, at % 1000)
}

#[test]
fn every_scene_goes_as_its_table_says() {
    let only = std::env::var("VIGIE_SCENE").ok();
    let mut wrong = Vec::new();
    for (name, table) in TABLES {
        for scene in Scene::all(table) {
            if only.as_ref().is_none_or(|only| scene.ids.contains(only)) {
                let found = play(&scene);
                let head = format!("{name}, {}: {}", scene.ids.join(" "), scene.title);
                wrong.extend((!found.is_empty()).then(|| format!("{head}\n    {}", found.join("\n    "))));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_row_is_a_scene_or_says_where_it_is_tried() {
    let played: Vec<String> =
        TABLES.iter().flat_map(|(_, table)| Scene::all(table)).flat_map(|scene| scene.ids).collect();
    let mut known: BTreeSet<String> = played.iter().cloned().collect();
    for line in ELSEWHERE.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let parts: Vec<&str> = line.split("  ").map(str::trim).filter(|part| !part.is_empty()).collect();
        let [id, reason, place] = parts[..] else { panic!("{line}: a row, why it is not played, where it is tried") };
        assert!(!reason.is_empty() && known.insert(id.to_owned()), "{id} is in two places");
        if let Some((file, name)) = place.split_once(": ") {
            let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap_or_default();
            assert!(text.contains(name), "{id}: {name} is not in {file}");
        }
    }
    assert_eq!(known, ROWS.split_whitespace().map(str::to_owned).collect());
}

#[test]
fn a_message_too_many_too_few_or_at_another_time_fails_a_scene() {
    let of = |lines: &str| Scene::all(&format!("T-01  A scene.\n  0:00  attack u\n{lines}")).remove(0);
    let wrong = |lines: &str| play(&of(&format!("{lines}  9:00  end\n"))).len();
    let right = "  0:00  > ann mail turn\n  0:00  > ann sms turn \"Attack\"\n";
    assert_eq!(wrong(right), 0);
    assert_eq!(wrong("  0:00  > ann mail turn\n"), 1, "one too many came");
    assert_eq!(wrong(&format!("{right}  5:00  > bob sms turn\n")), 1, "one did not come");
    assert_eq!(wrong(&right.replace("0:00  > ann sms", "0:01  > ann sms")), 2, "at another time");
    assert_eq!(wrong(&right.replace("Attack", "Burst")), 2, "about something else");
    assert_eq!(wrong(&right.replace("sms turn", "sms again")), 2, "for another reason");
}
