//! Every command, and where it is tried that nothing private comes out of it. A new one has to be put here.

use std::path::Path;

use super::program::printed;

/// Where a command is tried.
enum Tried {
    /// By these questions to a daemon that has seen every form.
    Asked(&'static [&'static str]),
    /// In another test, or in another way.
    There(&'static str),
    /// Nowhere: what it prints is not about logs.
    Nowhere(&'static str),
}

use Tried::{Asked, Nowhere, There};

/// Questions come before what changes an alert. `TABLES` asks once for each table of the store.
const COMMANDS: &[(&str, Tried)] = &[
    ("alert list", Asked(&["", "--json", "--all"])),
    ("alert stats", Asked(&["", "--format csv", "--format html", "--format json"])),
    ("alert show", Asked(&["A1", "A1 --json", "A2", "A3"])),
    ("ledger show", Asked(&["", "--json"])),
    ("ledger verify", Asked(&[""])),
    ("ledger export", Asked(&["--alert A1", "--alert A1 --format csv", "--alert A2 --format json"])),
    ("ledger erase", Nowhere("says how many")),
    ("note", Nowhere("says that it is written")),
    ("duty list", Nowhere("what the law says")),
    ("duty draft", Asked(&["cert-sante --alert A1", "cert-sante --alert A2 --format html"])),
    ("duty done", Nowhere("says what a person typed")),
    ("who", Nowhere("who is on call")),
    ("chain show", Nowhere("who is told of alerts")),
    ("chain simulate", Nowhere("who would be told")),
    ("chain print", Nowhere("who is to be called")),
    ("status", Asked(&["", "--json"])),
    ("source list", Asked(&["", "--json"])),
    ("source show", Asked(&["s0", "s0 --json"])),
    ("store check", Asked(&["", "--json"])),
    ("store query", Asked(&["TABLES", "TABLES --json"])),
    ("drill status", Asked(&[""])),
    ("check", Asked(&["", "--json"])),
    ("rules list", Asked(&["", "--json"])),
    ("rules coverage", Asked(&["", "--json"])),
    ("silence add", Asked(&["--source s0 --for 1h --reason why --as bob"])),
    ("silence list", Asked(&["", "--json"])),
    ("silence end", Asked(&["S1 --as bob"])),
    ("alert ack", Asked(&["A5 --as bob"])),
    ("alert take", Asked(&["A6 --as bob"])),
    ("alert hand", Asked(&["A7 --to bob --as bob"])),
    ("alert snooze", Asked(&["A8 --for 1h --as bob"])),
    ("alert qualify", Asked(&["A9 confirmed --as bob"])),
    ("alert split", Asked(&["A10 1 --as bob"])),
    ("alert tick", Asked(&["A11 1 --as bob"])),
    ("alert erratum", Asked(&["A12 nothing --as bob"])),
    ("alert escalate", Asked(&["A13"])),
    ("alert resolve", Asked(&["A14 --as bob"])),
    ("reload", Asked(&[""])),
    ("drill report", Asked(&["D1", "D1 --form markdown", "D1 --form json"])),
    ("run", There("what the daemon writes, and what it says to its terminal")),
    ("scan", There("a_scan_prints_nothing_private_and_says_why_by_the_same_path")),
    ("drill start", There("the exercise that goes on in the daemon")),
    ("redact", Nowhere("shows to whoever has the file what would go out of it")),
    ("demo", Nowhere("its logs are made up")),
    ("alert raise", Nowhere("says what a person typed")),
    ("drill list", Nowhere("playbooks")),
    ("drill rehearse", Nowhere("its logs are made up")),
    ("drill fire", Nowhere("says what the playbook says")),
    ("drill skip", Nowhere("says what the playbook says")),
    ("drill called", Nowhere("says what a person typed")),
    ("drill observe", Nowhere("says what a person typed")),
    ("drill decide", Nowhere("says what a person typed")),
    ("drill note", Nowhere("says what a person typed")),
    ("drill pause", Nowhere("the clock of an exercise")),
    ("drill resume", Nowhere("the clock of an exercise")),
    ("drill stop", Nowhere("the clock of an exercise")),
    ("formats", Nowhere("its samples are made up")),
    ("test", Nowhere("its lines are made up")),
    ("schema", Nowhere("the form of files")),
];

/// The questions to a daemon, word by word.
pub(crate) fn questions(tables: &[String]) -> Vec<Vec<String>> {
    let words =
        |command: &str, more: &str| [command, " ", more].concat().split_whitespace().map(str::to_owned).collect();
    let asked = COMMANDS.iter().filter_map(|(command, tried)| match tried {
        Asked(questions) => Some(questions.iter().map(move |more| words(command, more))),
        There(_) | Nowhere(_) => None,
    });
    let of_tables = |question: Vec<String>| {
        let is_of_tables = question.iter().any(|word| word == "TABLES");
        let each = |table: &String| {
            let named = |word: &String| if word == "TABLES" { format!("SELECT * FROM {table}") } else { word.clone() };
            let mut question: Vec<String> = question.iter().map(named).collect();
            question.extend(["--most".to_owned(), "100000".to_owned()]);
            question
        };
        if is_of_tables { tables.iter().map(each).collect() } else { vec![question.clone()] }
    };
    asked.flatten().flat_map(of_tables).collect()
}

/// The commands below `above`, as its help names them; it itself where it has none.
fn commands(above: &str) -> Vec<String> {
    let help: Vec<&str> = above.split_whitespace().chain(["--help"]).collect();
    let help = printed(Path::new("."), &help);
    let below = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names = below.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let names = names.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help");
    let below: Vec<String> = names.map(|name| format!("{above} {name}").trim().to_owned()).collect();
    if below.is_empty() { vec![above.to_owned()] } else { below.iter().flat_map(|name| commands(name)).collect() }
}

#[test]
fn every_command_is_tried_or_has_a_reason_not_to_be() {
    let mut there = commands("");
    let mut known: Vec<String> = COMMANDS.iter().map(|(command, _)| (*command).to_owned()).collect();
    there.sort();
    known.sort();
    assert_eq!(there, known);
    for (command, tried) in COMMANDS {
        let (There(why) | Nowhere(why)) = tried else { continue };
        assert!(!why.is_empty(), "{command}");
    }
}
