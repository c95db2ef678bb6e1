//! Every genuine log, read line by line.

use std::fs;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use vigie::watch::event::{Event, Value};
use vigie::watch::format::{Decoded, Decoder, Format};

fn arrived() -> Timestamp {
    "2026-11-22T06:00:00Z".parse().unwrap()
}

struct Read {
    events: Vec<Event>,
    skipped: usize,
    malformed: usize,
    picked: Option<Format>,
}

fn read(format: Format, file: &str) -> Read {
    let path = format!("{}/tests/samples/{file}", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(path).unwrap();
    let mut decoder = Decoder::new(format, TimeZone::UTC, None);
    let mut read = Read { events: Vec::new(), skipped: 0, malformed: 0, picked: None };
    for line in text.lines() {
        match decoder.decode(arrived(), line) {
            Decoded::Event(event) => read.events.push(event),
            Decoded::Skipped => read.skipped += 1,
            Decoded::Malformed { .. } => read.malformed += 1,
        }
    }
    read.picked = decoder.picked();
    read
}

#[test]
fn x() {
    for dir in ["orthanc", "linux", "samba-ad", "opencanary", "dcmtk"] {
        for f in fs::read_dir(format!("{}/tests/samples/{dir}", env!("CARGO_MANIFEST_DIR"))).unwrap() {
            let f = f.unwrap().file_name().into_string().unwrap();
            let r = read(Format::Auto, &format!("{dir}/{f}"));
            println!("{dir}/{f} {:?} {} {} {}", r.picked, r.events.len(), r.skipped, r.malformed);
        }
    }
    let show = |f: &str, n: usize| {
        for e in read(Format::Auto, f).events.iter().step_by(n) {
            println!("{} {:?}", e.time, e.logsource);
            for (k, v) in &e.fields {
                println!("      {k} = {v:?}");
            }
        }
    };
    show("linux/auth.log", 11);
    show("linux/all-rfc5424.log", 150);
    show("samba-ad/samba-stdout.log", 17);
    show("opencanary/opencanary.log", 6);
    show("linux/nginx-orthanc-access.log", 7);
    show("linux/nginx-orthanc-access.json", 17);
    show("orthanc/orthanc-1.12.7-verbose.log", 20);
}
