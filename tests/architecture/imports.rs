//! Who may know whom. Imports only point down; the three wings do not know each other; and inside a wing, the parts
//! that decide do not know the parts that touch the world.

use crate::graph::Graph;
use crate::rust::{RustFile, root, shipped};
use crate::{Offence, refuse};

/// A room under `src/` and what else of this crate it may name, as paths: `base`, `alert::chain`.
struct Room {
    name: &'static str,
    knows: &'static [&'static str],
}

const FOUNDATIONS: &[&str] = &["account", "base", "words", "finding", "text"];

/// From the foundations up. A new folder under `src/` needs a row here.
const ROOMS: &[Room] = &[
    Room { name: "account", knows: &[] },
    Room { name: "base", knows: &[] },
    Room { name: "words", knows: &["base"] },
    Room { name: "finding", knows: &["base", "words"] },
    Room { name: "text", knows: &["base", "words", "finding"] },
    Room {
        name: "site",
        knows: &[
            "account",
            "base",
            "finding",
            "text",
            // A site's files are written in the words of the wings.
            "alert::chain",
            "alert::channel",
            "alert::digest",
            "alert::duty",
            "alert::Joining",
            "alert::medium",
            "alert::oncall",
            "alert::page",
            "alert::silence",
            "watch::event",
            "watch::format",
            "watch::source",
        ],
    },
    Room { name: "store", knows: &["base", "words", "text"] },
    Room { name: "watch", knows: FOUNDATIONS },
    Room { name: "alert", knows: FOUNDATIONS },
    Room {
        name: "drill",
        knows: &[
            "base",
            "words",
            "finding",
            "text",
            // A drill calls real people by the real chain, and points at rules and lines.
            "alert::chain",
            "alert::oncall",
            "alert::page",
            "watch::label",
            "watch::line",
        ],
    },
    Room { name: "check", knows: &["base", "words", "finding", "text", "site", "store", "watch", "alert", "drill"] },
    Room { name: "api", knows: &["base", "words", "text", "alert", "drill"] },
    Room {
        name: "core",
        knows: &["base", "words", "text", "site", "store", "watch", "alert", "drill", "check", "api"],
    },
    Room {
        name: "rehearsal",
        knows: &["base", "words", "text", "site", "store", "watch", "alert", "drill", "check", "api", "core"],
    },
    Room { name: "scan", knows: &["base", "words", "text", "store", "watch", "alert", "check", "api", "core"] },
    Room {
        name: "daemon",
        knows: &[
            "account", "base", "words", "finding", "text", "site", "store", "watch", "alert", "drill", "check", "api",
            "core",
        ],
    },
    Room { name: "console", knows: &["base", "words", "text", "api"] },
    Room {
        name: "cli",
        knows: &[
            "base",
            "words",
            "finding",
            "text",
            "site",
            "store",
            "watch",
            "alert",
            "drill",
            "check",
            "api",
            "core",
            "rehearsal",
            "scan",
            "daemon",
            "console",
        ],
    },
    Room { name: "main", knows: &["cli"] },
];

/// Parts that must stay strangers although they are in the same room, or although the room may know the other.
const STRANGERS: &[(&str, &str, &str)] = &[
    ("src/alert/chain", "alert::channel", "a chain says who is told, never how"),
    ("src/alert/channel", "alert::chain", "a channel gets a rendered page and knows no chain"),
    ("src/alert/oncall", "alert::channel", "who is on call does not depend on how they are reached"),
    ("src/watch/sigma", "watch::source", "a rule only sees events"),
    ("src/watch/sigma", "watch::format", "a rule only sees events"),
    ("src/watch/sigma", "watch::json", "a rule does not know how a line is written"),
    ("src/watch/kind", "watch::format", "what kind of log it is, formats and rules both ask"),
    ("src/watch/kind", "watch::sigma", "what kind of log it is, formats and rules both ask"),
    ("src/watch/record.rs", "watch::format", "the seam knows neither side"),
    ("src/watch/record.rs", "watch::json", "the seam knows neither side"),
    ("src/watch/record.rs", "watch::sigma", "the seam knows neither side"),
    ("src/watch/sigma/view", "watch::sigma::rule", "an event does not know what is written of it"),
    ("src/watch/sigma/prefilter", "watch::sigma::rule", "matching knows no rule file"),
    ("src/watch/sigma/prefilter", "watch::sigma::matcher", "what rules out knows no detection"),
    ("src/watch/sigma/matcher", "watch::sigma::rule", "matching knows no rule file"),
    ("src/watch/sigma/matcher", "watch::sigma::correlate", "looking at one event remembers nothing"),
    ("src/watch/sigma/rule", "watch::sigma::correlate", "a rule is read before anything is counted"),
    ("src/watch/sigma/rule", "watch::sigma::engine", "a rule is read before it is put to work"),
    ("src/watch/sigma/correlate", "watch::sigma::engine", "counting knows no events"),
    ("src/watch/format", "watch::source", "a format only sees lines"),
    ("src/watch/format", "watch::sigma", "a format does not know what will be looked for"),
    ("src/watch/source", "watch::sigma", "a source does not know what will be looked for"),
];

/// Strangers that are reached by a detour today, to be mended: the place, the stranger.
const DETOURS: &[(&str, &str)] = &[];

/// Strangers that a place reaches through others: the place, the stranger, and the first file of each that shows it.
fn detours(files: &[RustFile]) -> Vec<(&'static str, &'static str, String)> {
    let graph = Graph::of(files);
    let mut found = Vec::new();
    for (place, stranger, _) in STRANGERS {
        let inside = files.iter().enumerate().filter(|(_, file)| file.is_in(place));
        let reached =
            inside.flat_map(|(number, file)| graph.reached_from(number).into_iter().map(move |at| (file, at)));
        let mut strange = reached.filter(|(_, at)| leads_to(&files[*at].module().join("::"), stranger));
        if let Some((file, at)) = strange.next() {
            found.push((*place, *stranger, format!("{} reaches {}", file.path, files[at].path)));
        }
    }
    found
}

/// Every name in `file` that its room must not know.
fn strays(file: &RustFile) -> Vec<Offence> {
    let Some(room) = ROOMS.iter().find(|room| room.name == file.room()) else {
        return vec![Offence::new(
            &file.path,
            1,
            file.line(0).1,
            "no row for this room in tests/architecture/imports.rs",
        )];
    };
    let mut strays = Vec::new();
    for name in file.named() {
        let own_crate = if room.name == "main" { "vigie" } else { "crate" };
        if name.path.first().is_none_or(|first| first != own_crate) {
            continue;
        }
        let path = name.path[1..].join("::");
        let stranger = STRANGERS.iter().find(|(place, other, _)| file.is_in(place) && leads_to(&path, other));
        let why = if let Some((_, _, why)) = stranger {
            (*why).to_owned()
        } else if leads_to(&path, room.name) || room.knows.iter().any(|known| leads_to(&path, known)) {
            continue;
        } else {
            format!("{} must not know {}", room.name, if path.is_empty() { "the whole crate" } else { &path })
        };
        let (line, text) = file.line(name.at);
        strays.push(Offence::new(&file.path, line, text, why));
    }
    strays
}

fn leads_to(path: &str, room: &str) -> bool {
    path.strip_prefix(room).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

#[test]
fn imports_only_point_down() {
    let files = shipped("src");
    assert!(files.len() > 20, "the walk found only {} files", files.len());
    let strays: Vec<_> = files.iter().filter(|file| file.path != "src/lib.rs").flat_map(strays).collect();
    refuse(&strays);
}

#[test]
fn strangers_are_not_reached_by_a_detour() {
    let found = detours(&shipped("src"));
    let new = found.iter().filter(|(place, stranger, _)| !DETOURS.contains(&(place, stranger)));
    assert_eq!(new.map(|(.., shown)| shown.as_str()).collect::<Vec<_>>(), [""; 0]);
    for (place, stranger) in DETOURS {
        let is_there = found.iter().any(|(from, to, _)| (from, to) == (place, stranger));
        assert!(is_there, "{place} does not reach {stranger} any more: take its row out of DETOURS");
    }
}

#[test]
fn lib_rs_only_lists_modules() {
    let library = RustFile::new("src/lib.rs", &std::fs::read_to_string(root().join("src/lib.rs")).unwrap());
    let extra = |line: &&str| !line.trim().is_empty() && !line.starts_with("pub mod ") && !line.starts_with("mod ");
    assert_eq!(library.code.lines().find(extra), None, "src/lib.rs lists modules, nothing else");
}

#[test]
fn places_named_in_the_tables_are_spelled_right() {
    let known: Vec<_> = ROOMS.iter().map(|room| room.name).collect();
    for name in ROOMS.iter().flat_map(|room| room.knows).chain(STRANGERS.iter().map(|(_, other, _)| other)) {
        let room = name.split("::").next().unwrap();
        assert!(known.contains(&room), "{name}");
    }
    for (place, ..) in STRANGERS {
        assert!(root().join(place).exists(), "{place} is gone: its row in STRANGERS guards nothing");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn why(path: &str, text: &str) -> Vec<String> {
        strays(&RustFile::new(path, text)).iter().map(Offence::to_string).collect()
    }

    #[test]
    fn up_and_sideways_are_refused() {
        let cases = [
            ("src/base/id.rs", "use crate::text::node::Node;"),
            ("src/base/id.rs", "use super::super::text;"),
            ("src/text/read.rs", "fn f() { crate::site::load() }"),
            ("src/store/mod.rs", "use crate::{base::id::SiteName, alert::chain::Escalation};"),
            ("src/site/mod.rs", "use crate::drill::playbook::Playbook;"),
            ("src/site/mod.rs", "use crate::alert::{self, chain};"),
            ("src/watch/line.rs", "use crate::alert::page::Page;"),
            ("src/alert/page/mod.rs", "use crate::watch::line::Line;"),
            ("src/drill/play/mod.rs", "use crate::watch::sigma::Rule;"),
            ("src/drill/play/mod.rs", "use crate::alert::channel::Channel;"),
            ("src/check/mod.rs", "use crate::daemon::clock::Clock;"),
            ("src/console/mod.rs", "use crate::daemon::Handle;"),
            ("src/daemon/mod.rs", "use crate::cli::screen::Screen;"),
            ("src/base/id.rs", "use crate::*;"),
            ("src/base/id.rs", "use crate as vigie;"),
            ("src/main.rs", "use vigie::daemon;"),
            ("src/attic/mod.rs", "//! A folder nobody knows."),
            ("src/alert/chain/escalation.rs", "use super::super::channel::mail;"),
            ("src/alert/channel/mail.rs", "use crate::alert::{chain::Escalation, page::Page};"),
            ("src/watch/sigma/rule/metadata.rs", "use crate::watch::source::Follow;"),
            ("src/watch/line.rs", "use crate::store::Store;"),
            ("src/alert/duty/file.rs", "use crate::site::Site;"),
            ("src/drill/play/mod.rs", "use crate::site::Site;"),
        ];
        for (path, text) in cases {
            assert_eq!(why(path, text).len(), 1, "{path}: {text}: {:?}", why(path, text));
        }
        assert_eq!(
            why("src/base/id.rs", "//! Ids.\nuse crate::{\n    base::level,\n    text::Node,\n};\n"),
            ["src/base/id.rs:4: text::Node, — base must not know text::Node"]
        );
    }

    #[test]
    fn a_detour_to_a_stranger_is_found() {
        let tree = |between: &str| {
            [
                RustFile::new("src/watch/sigma/rule.rs", "use crate::watch::kind::Kind;"),
                RustFile::new("src/watch/kind.rs", between),
                RustFile::new("src/watch/format/mod.rs", "pub struct Format;"),
            ]
        };
        let shown = "src/watch/sigma/rule.rs reaches src/watch/format/mod.rs".to_owned();
        let by_kind = tree("use super::format::Format;\npub struct Kind;");
        assert_eq!(detours(&by_kind), [("src/watch/sigma", "watch::format", shown)]);
        assert_eq!(detours(&tree("pub struct Kind;")), []);
    }

    #[test]
    fn down_and_home_are_fine() {
        let cases = [
            ("src/text/read.rs", "use super::node::Node; use crate::base::id::SiteName;"),
            ("src/site/mod.rs", "use crate::{alert::{chain::Chain, oncall::Roster}, watch::source};"),
            ("src/drill/play/mod.rs", "use crate::alert::oncall::Roster; use crate::watch::label::Label;"),
            ("src/cli/run.rs", "use crate::daemon; fn f() { crate::watch::sigma::compile() }"),
            ("src/main.rs", "fn main() -> std::process::ExitCode { vigie::cli::main() }"),
            ("src/base/id.rs", "// use crate::cli;\n#[cfg(test)]\nmod tests { use crate::cli; }"),
        ];
        for (path, text) in cases {
            assert_eq!(why(path, text), [""; 0], "{path}");
        }
    }
}
