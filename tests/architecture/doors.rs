//! Which crate comes in by which door, and what the pure parts must not touch. A dependency named in one place can be
//! replaced in one place; a part that touches no clock, file or socket can be tested at any date and rate.

use crate::rust::{Named, RustFile, root, shipped};
use crate::{Offence, refuse};

/// A dependency, the only places that may name it, and why.
struct Door {
    name: &'static str,
    places: &'static [&'static str],
    why: &'static str,
}

const DOORS: &[Door] = &[
    Door {
        name: "annotate_snippets",
        places: &["src/cli"],
        why: "mistakes are data until the command line draws them",
    },
    Door {
        name: "anyhow",
        places: &["src/cli", "src/daemon", "src/scan"],
        why: "below the doors an error says what it is",
    },
    Door {
        name: "calcard",
        places: &["src/text/calendar", "src/text/calendar.rs"],
        why: "calendars are read by one reader, which compares what the library made of them with what is written",
    },
    Door { name: "clap", places: &["src/cli"], why: "only the command line has arguments" },
    Door { name: "evtx", places: &["src/watch/source/evtx.rs"], why: "one reader of the logs that Windows keeps" },
    Door { name: "hmac", places: &["src/base/seal.rs"], why: "seals are made in one place" },
    Door {
        name: "lettre",
        places: &["src/alert/channel/mail.rs", "src/alert/channel/mail"],
        why: "only the mail channel sends mail",
    },
    Door {
        name: "maud",
        places: &[
            "src/drill/report",
            "src/cli/dossier",
            "src/cli/duty/draft",
            "src/daemon/call_tree",
            "src/cli/alert/stats",
            "src/base/paper.rs",
            "src/console",
        ],
        why: "only reports, drafts, files of alerts, the call tree figures and the console are HTML",
    },
    Door { name: "mimalloc", places: &["src/main.rs"], why: "who embeds the library chooses for itself" },
    Door {
        name: "nix",
        places: &["src/account.rs", "src/watch/source/listen/datagrams.rs"],
        why: "accounts of the machine are asked for in one place, and many datagrams taken at once in another",
    },
    Door { name: "notify", places: &["src/watch/source"], why: "only a source watches files" },
    Door { name: "quick_xml", places: &["src/watch/format/xml.rs"], why: "XML is read by one bounded reader" },
    Door { name: "ring", places: &["src/base/cipher.rs"], why: "what rests encrypted is so in one way" },
    Door { name: "rusqlite", places: &["src/store"], why: "only the store speaks SQL" },
    Door { name: "serde_yaml", places: &["src/text/yaml.rs"], why: "one YAML reader, so that positions are kept" },
    Door { name: "sha2", places: &["src/base/seal.rs"], why: "seals are made in one place" },
    Door {
        name: "siphasher",
        places: &["src/watch/sigma/keyed_hash.rs"],
        why: "windows are found again by one hash, which must never change",
    },
    Door {
        name: "tokio_rustls",
        places: &[
            "src/alert/channel/mail",
            "src/watch/source/listen/connection.rs",
            "src/watch/source/listen/connections.rs",
            "src/watch/source/listen/encryption.rs",
        ],
        why: "mail is encrypted, and what senders send",
    },
    Door {
        name: "webpki_roots",
        places: &["src/alert/channel/mail/encryption.rs"],
        why: "which certificates count is said in one place",
    },
];

/// What decides and describes, and so touches nothing.
const PURE: &[&str] = &[
    "src/alert/alert.rs",
    "src/alert/chain",
    "src/alert/duty",
    "src/alert/medium.rs",
    "src/alert/oncall",
    "src/alert/page",
    "src/base",
    "src/drill",
    "src/finding",
    "src/text",
    "src/watch/event.rs",
    "src/watch/format",
    "src/watch/json",
    "src/watch/json.rs",
    "src/watch/kind",
    "src/watch/label.rs",
    "src/watch/line.rs",
    "src/watch/log_level.rs",
    "src/watch/record.rs",
    "src/watch/sigma",
    "src/watch/verbosity.rs",
];

/// What touches the world.
const WORLD: &[&str] = &[
    "jiff::Timestamp::now",
    "jiff::Zoned::now",
    "rusqlite",
    "std::env",
    "std::fs",
    "std::net",
    "std::process",
    "std::thread",
    "std::time::Instant",
    "std::time::SystemTime",
    "tokio",
];

/// Parts of the above that are only values.
const VALUES: &[&str] = &[
    "std::net::AddrParseError",
    "std::net::IpAddr",
    "std::net::Ipv4Addr",
    "std::net::Ipv6Addr",
    "std::net::SocketAddr",
];

/// Where a pure part touches the world after all.
struct Exception {
    file: &'static str,
    name: &'static str,
    why: &'static str,
}

const EXCEPTIONS: &[Exception] = &[
    Exception { file: "src/text/source.rs", name: "std::fs", why: "Source::open is how every document comes in" },
    Exception { file: "src/text/beneath.rs", name: "std::fs", why: "how a file that a document names comes in" },
];

/// Crates named outside their door.
fn trespasses(file: &RustFile) -> Vec<Offence> {
    offences(file, |path| {
        let door = DOORS.iter().find(|door| path.split("::").next() == Some(door.name))?;
        let is_open = door.places.iter().any(|place| file.is_in(place));
        (!is_open).then(|| format!("{} belongs to {}: {}", door.name, door.places.join(", "), door.why))
    })
}

/// The world named in a pure part.
fn impurities(file: &RustFile) -> Vec<Offence> {
    let Some(part) = PURE.iter().find(|part| file.is_in(part)) else { return Vec::new() };
    offences(file, |path| {
        let touched = WORLD.iter().find(|name| starts_with(path, name))?;
        let is_value = VALUES.iter().any(|value| starts_with(path, value));
        let is_excepted = EXCEPTIONS.iter().any(|except| except.file == file.path && except.name == *touched);
        (!is_value && !is_excepted).then(|| format!("{part} is pure and must not touch {touched}"))
    })
}

/// What `judge` says about each name; a line that names the same thing twice is one offence.
fn offences(file: &RustFile, judge: impl Fn(&str) -> Option<String>) -> Vec<Offence> {
    let judged = |name: Named| {
        let (line, text) = file.line(name.at);
        judge(&name.path.join("::")).map(|why| Offence::new(&file.path, line, text, why))
    };
    let mut found: Vec<_> = file.named().into_iter().filter_map(judged).collect();
    found.dedup();
    found
}

fn starts_with(path: &str, start: &str) -> bool {
    path.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

#[test]
fn every_crate_uses_its_door() {
    refuse(&shipped("src").iter().flat_map(trespasses).collect::<Vec<_>>());
}

#[test]
fn pure_parts_touch_nothing() {
    refuse(&shipped("src").iter().flat_map(impurities).collect::<Vec<_>>());
}

#[test]
fn the_tables_name_what_exists() {
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    for door in DOORS {
        let is_dependency = manifest.lines().any(|line| line.split(" =").next() == Some(&door.name.replace('_', "-")))
            || manifest.lines().any(|line| line.split(" =").next() == Some(door.name));
        assert!(is_dependency, "{} is no dependency any more", door.name);
    }
    for part in PURE {
        assert!(root().join(part).exists(), "{part} is gone: its row guards nothing");
    }
    for except in EXCEPTIONS {
        let file = RustFile::new(except.file, &std::fs::read_to_string(root().join(except.file)).unwrap());
        let uses_it = file.named().iter().any(|name| starts_with(&name.path.join("::"), except.name));
        assert!(uses_it, "{} no longer needs {} ({})", except.file, except.name, except.why);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_by_the_wrong_door_is_refused() {
        let cases = [
            ("src/site/mod.rs", "use serde_yaml::Value;"),
            ("src/store/ledger.rs", "use sha2::{Digest as _, Sha256};"),
            ("src/alert/channel/sms.rs", "fn f() { lettre::Message::builder(); }"),
            ("src/watch/label.rs", "use notify::Watcher as _;"),
            ("src/daemon/mod.rs", "use ::rusqlite::Connection;"),
            ("src/drill/play/mod.rs", "#[derive(clap::Args)]\nstruct A;"),
            ("src/drill/play/mod.rs", "use maud::html;"),
        ];
        for (path, text) in cases {
            assert_eq!(trespasses(&RustFile::new(path, text)).len(), 1, "{path}: {text}");
        }
        for (path, text) in [
            ("src/text/yaml.rs", "use serde_yaml::Spanned;"),
            ("src/store/schema.rs", "use rusqlite::Connection;"),
            ("src/drill/report/page.rs", "use maud::html;"),
            ("src/site/mod.rs", "/// Not `serde_yaml::Value`.\nuse crate::alert::notify;\nlet s = \"clap::Parser\";"),
        ] {
            assert_eq!(trespasses(&RustFile::new(path, text)), [], "{path}");
        }
    }

    #[test]
    fn the_world_in_a_pure_part_is_refused() {
        for text in [
            "use std::{fmt, fs};",
            "fn f() { std::fs::read(path) }",
            "use tokio::sync::mpsc;",
            "use std::net::{IpAddr, UdpSocket};",
            "use std::thread::{self};",
            "use std::time::{Duration, SystemTime};",
            "fn f() { jiff::Timestamp::now() }",
            "fn f() { std::env::var(name) }",
        ] {
            assert_eq!(impurities(&RustFile::new("src/watch/sigma/rule/metadata.rs", text)).len(), 1, "{text}");
            assert_eq!(impurities(&RustFile::new("src/watch/source/file.rs", text)), [], "{text}");
        }
        let file = RustFile::new(
            "src/watch/sigma/rule/metadata.rs",
            "use std::net::{IpAddr, Ipv4Addr};\nuse std::time::Duration;",
        );
        assert_eq!(impurities(&file), []);
        assert_eq!(impurities(&RustFile::new("src/text/source.rs", "use std::fs;")), []);
        assert_eq!(impurities(&RustFile::new("src/text/source.rs", "use std::net;")).len(), 1);
    }
}

/// Who may say of a text that it was cleaned: the cleaner of lines, a record that asks it, and the facts of a record, which
/// it left as they are.
const CLEANERS: &[&str] =
    &["src/base/redact", "src/watch/clean.rs", "src/watch/record.rs", "src/watch/sigma/matcher/facts.rs"];

#[test]
fn only_the_cleaner_says_what_is_clean() {
    let mut offences = Vec::new();
    for file in shipped("src") {
        if CLEANERS.iter().any(|place| file.is_in(place) || file.path == *place) {
            continue;
        }
        offences.extend(file.words("Clean::left").map(|at| {
            let (line, text) = file.line(at);
            Offence::new(&file.path, line, text, "`Clean::of` cleans; who was given a clean text passes that on")
        }));
    }
    refuse(&offences);
}
