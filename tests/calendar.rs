//! Calendars of turns through other programs: Radicale, a calendar server; vdirsyncer, which fetches from one; and khal, which
//! shows and writes calendars. Hours must be right in the nights in which the clock is changed, in Paris and in Chicago.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

/// Days around both clock changes of 2026, in Paris and in Chicago.
const CHANGES: [&str; 4] = ["2026-03-05T12:00", "2026-03-26T12:00", "2026-10-22T12:00", "2026-10-29T12:00"];

/// A site of one rota, in a folder of its own.
struct Site(tempfile::TempDir);

impl Site {
    /// The rota is what these lines say.
    fn new(zone: &str, rota: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let files = [
            (
                "vigie.yaml",
                format!(
                    "site: {{name: 'Lindenhof; \"A\", B', language: en, zone: {zone}}}\n\
                     sources: {{a: {{follow: a.log, format: opencanary}}}}\nchannels: {{paper: {{folder: paper}}}}\n"
                ),
            ),
            (
                "people.yaml",
                format!(
                    "people:\n  ann:   {{name: 'Ann Ferrand, security; officer: \"A\\B\" — première, de nuit comme de jour, et le dimanche'}}\n  \
                     bob:   {{name: Bob Leroy, mail: bob@lindenhof.example}}\n  nora:  {{name: Nora Petit}}\n  \
                     zed:   {{name: Zed}}\nrotas:\n  on-call: {rota}\n"
                ),
            ),
            (
                "chains.yaml",
                "chains:\n  all:\n    levels: [low, medium, high, critical]\n    steps: [{notify: on-call, by: paper, answer_within: 10m}]\n    \
                 nobody_answers: {rounds: 1, leave_in: paper}\n"
                    .to_owned(),
            ),
            ("a.log", String::new()),
        ];
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).expect("a file");
        }
        Self(folder)
    }

    /// Nights are Nora's, days take turns.
    fn with_nights(zone: &str) -> Self {
        let shifts = "[{hours: '18:00-08:00', members: [nora]}]";
        Self::new(zone, &format!("{{handover: '08:00', start: 2026-01-05, members: [ann, bob], shifts: {shifts}}}"))
    }

    /// The rota is Zed's, but for what a calendar says.
    fn with_calendar(zone: &str, text: &str) -> Self {
        let site = Self::new(zone, "{handover: 'mon 08:00', members: [zed], calendar: swaps.ics}");
        std::fs::write(site.path("swaps.ics"), text).expect("a file");
        site
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn vigie(&self, words: &[&str]) -> String {
        let site = self.0.path().display().to_string();
        let mut command = Command::new(env!("CARGO_BIN_EXE_vigie"));
        let output = command.args(words).args(["--site", &site]).env("LC_ALL", "C").output().expect("it runs");
        output_of(words, output)
    }

    /// Who has the rota from which instant on, for five days.
    fn turns(&self, at: &str) -> Vec<(String, String)> {
        let said = self.vigie(&["who", "on-call", "--at", at, "--days", "5", "--json"]);
        let said: Value = serde_json::from_str(&said).expect("JSON");
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        let turns = said.as_array().expect("a list").iter().map(|turn| (text(&turn["from"]), text(&turn["person"])));
        let mut turns: Vec<_> = turns.collect();
        turns.dedup_by(|next, last| next.1 == last.1);
        turns
    }
}

fn output_of(words: &[&str], output: Output) -> String {
    let said = String::from_utf8(output.stdout).expect("text");
    assert!(output.status.success(), "{words:?}: {said}{}", String::from_utf8_lossy(&output.stderr));
    said
}

/// Says that a test looked at nothing. Past the test runner, which keeps to itself what a passing test prints.
fn skipped(program: &str) {
    let said = format!("skipped: {program} is not installed (apt-get install {program})");
    writeln!(std::io::stderr(), "{said}").expect("standard error can be written");
}

fn is_there(program: &str) -> bool {
    let found = Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok();
    if !found {
        skipped(program);
    }
    found
}

/// Radicale on a port of this machine, with an empty store.
struct Server {
    process: Child,
    port: u16,
    _store: tempfile::TempDir,
}

impl Server {
    fn start() -> Self {
        let store = tempfile::tempdir().expect("a folder");
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a port").port();
        let mut process = Command::new("radicale")
            .args(["--config", "", "--auth-type", "none", "--logging-level", "info"])
            .args(["--server-hosts", &format!("127.0.0.1:{port}"), "--storage-filesystem-folder"])
            .arg(store.path())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("radicale starts");
        let mut says = BufReader::new(process.stderr.take().expect("it was piped")).lines().map_while(Result::ok);
        assert!(says.any(|line| line.contains("Listening on")), "radicale listens");
        // What it says further is read, so that it never waits for a reader.
        std::thread::spawn(move || says.count());
        Self { process, port, _store: store }
    }

    /// What the server answers to one request of HTTP 1.0, of the user `vigie`.
    fn ask(&self, method: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("the server is there");
        let head = format!(
            "{method} /vigie/turns/ HTTP/1.0\r\nAuthorization: Basic dmlnaWU6eA==\r\nContent-Type: text/calendar; charset=utf-8\r\n\
             Content-Length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes())).expect("it takes it");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("it answers");
        answer
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

#[test]
fn what_vigie_wrote_comes_back_from_a_calendar_server_as_the_same_turns() {
    if !is_there("radicale") {
        return;
    }
    let server = Server::start();
    for zone in ["Europe/Paris", "America/Chicago"] {
        let site = Site::with_nights(zone);
        let written = site.vigie(&["who", "on-call", "--ics", "--at", "2026-03-01T12:00", "--days", "300"]);
        let answer = server.ask("PUT", &written);
        assert!(answer.starts_with("HTTP/1.0 201"), "{answer}");
        let answer = server.ask("GET", "");
        let (head, kept) = answer.split_once("\r\n\r\n").expect("a head and a body");
        assert!(head.starts_with("HTTP/1.0 200"), "{head}");
        for text in [kept.to_owned(), fetched(&server).unwrap_or_else(|| kept.to_owned())] {
            let other = Site::with_calendar(zone, &text);
            for at in CHANGES {
                let turns = site.turns(at);
                assert!(turns.len() > 8, "{turns:?}");
                assert_eq!(other.turns(at), turns, "{zone} {at}");
            }
        }
        // The same turns have the same names on another day.
        let again = site.vigie(&["who", "on-call", "--ics", "--at", "2026-06-10T03:00", "--days", "3"]);
        let names = |text: &str| text.lines().filter(|line| line.starts_with("UID:")).map(str::to_owned).collect();
        let (all, few): (BTreeSet<String>, BTreeSet<String>) = (names(&written), names(&again));
        assert!(few.len() > 5 && few.is_subset(&all), "{few:?}");
    }
}

/// The calendar of the server as vdirsyncer puts it into one file.
fn fetched(server: &Server) -> Option<String> {
    if !is_there("vdirsyncer") {
        return None;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path().display();
    let settings = format!(
        "[general]\nstatus_path = \"{here}/status/\"\n[pair turns]\na = \"here\"\nb = \"there\"\ncollections = null\n\
         [storage here]\ntype = \"singlefile\"\npath = \"{here}/swaps.ics\"\n[storage there]\ntype = \"caldav\"\n\
         url = \"http://127.0.0.1:{}/vigie/turns/\"\nusername = \"vigie\"\npassword = \"x\"\n",
        server.port
    );
    std::fs::write(folder.path().join("settings"), settings).expect("a file");
    std::fs::write(folder.path().join("swaps.ics"), "").expect("a file");
    for words in [["discover", "turns"], ["sync", "turns"]] {
        let mut command = Command::new("vdirsyncer");
        command.arg("-c").arg(folder.path().join("settings")).args(words).env("LC_ALL", "C.UTF-8");
        output_of(&words, command.stdin(Stdio::null()).output().expect("it runs"));
    }
    Some(std::fs::read_to_string(folder.path().join("swaps.ics")).expect("the file"))
}

/// khal, with one calendar, on the clock of a zone.
struct Khal(tempfile::TempDir);

impl Khal {
    fn new(zone: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let here = folder.path().display();
        let settings = format!(
            "[calendars]\n[[turns]]\npath = {here}/turns\ntype = calendar\n[locale]\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\n\
             longdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n\
             local_timezone = {zone}\ndefault_timezone = {zone}\n[default]\ndefault_calendar = turns\n\
             [sqlite]\npath = {here}/khal.db\n"
        );
        std::fs::create_dir(folder.path().join("turns")).expect("a folder");
        std::fs::write(folder.path().join("settings"), settings).expect("a file");
        Self(folder)
    }

    fn types(&self, words: &[&str]) -> String {
        let mut command = Command::new("khal");
        command.arg("-c").arg(self.0.path().join("settings")).args(words).env("LC_ALL", "C.UTF-8");
        output_of(words, command.stdin(Stdio::null()).output().expect("it runs"))
    }

    /// What it lists of so many days: from when until when, and the title.
    fn lists(&self, from: &str, days: &str) -> String {
        let format = "{start-long}/{end-long} {title}";
        self.types(&["list", "--day-format", "", "--format", format, from, days])
    }

    /// The same, without what goes on from one day into the next twice.
    fn shows(&self, from: &str, days: &str) -> BTreeSet<String> {
        self.lists(from, days).lines().map(str::to_owned).collect()
    }

    /// All that it keeps, one event a file, in one text.
    fn keeps(&self) -> String {
        let files = std::fs::read_dir(self.0.path().join("turns")).expect("its folder");
        let paths = files.map(|file| file.expect("a file").path());
        paths.filter(|path| is_calendar(path)).map(|path| std::fs::read_to_string(path).expect("text")).collect()
    }
}

fn is_calendar(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "ics")
}

#[test]
fn a_calendar_program_shows_the_hours_of_nights_in_which_the_clock_is_changed() {
    if !is_there("khal") {
        return;
    }
    for (zone, nights) in [
        ("Europe/Paris", [("2026-03-28", "2026-03-29"), ("2026-10-24", "2026-10-25")]),
        ("America/Chicago", [("2026-03-07", "2026-03-08"), ("2026-10-31", "2026-11-01")]),
    ] {
        let (site, khal) = (Site::with_nights(zone), Khal::new(zone));
        let file = site.path("turns.ics").display().to_string();
        for (night, next) in nights {
            let at = format!("{night}T06:00");
            site.vigie(&["who", "on-call", "--ics", "--at", &at, "--days", "2", "-o", &file]);
            for _ in 0..2 {
                khal.types(&["import", "--batch", &file]);
            }
            let shown = khal.shows(night, "2d");
            assert!(shown.contains(&format!("{night} 18:00/{next} 08:00 On call: Nora Petit")), "{shown:#?}");
            let of_day = format!("{night} 08:00/{night} 18:00 On call: ");
            assert_eq!(
                khal.lists(night, "1d").matches(&of_day).count(),
                1,
                "imported twice, and there once: {shown:#?}"
            );
        }
        // A name full of what means something in such a file comes out as it is.
        let shown: BTreeSet<String> = nights.iter().flat_map(|(night, _)| khal.shows(night, "2d")).collect();
        let name = "Ann Ferrand, security; officer: \"A\\B\" — première, de nuit comme de jour, et le dimanche";
        assert!(shown.iter().any(|line| line.ends_with(&format!("On call: {name}"))), "{shown:#?}");
    }
}

#[test]
fn what_somebody_writes_in_a_calendar_program_is_an_override() {
    if !is_there("khal") {
        return;
    }
    for (zone, begins, ends) in [
        ("Europe/Paris", "2026-10-24T20:00:00Z", "2026-10-25T05:00:00Z"),
        ("America/Chicago", "2026-10-25T03:00:00Z", "2026-10-25T11:00:00Z"),
    ] {
        let khal = Khal::new(zone);
        khal.types(&["new", "2026-10-24", "22:00", "2026-10-25", "06:00", "On call: Bob Leroy"]);
        khal.types(&["new", "2026-10-22", "2026-10-22", "nora"]);
        khal.types(&["new", "--repeat", "weekly", "--until", "2026-11-30", "2026-10-26", "09:00", "10:00", "ann"]);
        let site = Site::with_calendar(zone, &khal.keeps());
        let turns = site.turns("2026-10-21T12:00");
        let of = |person: &str| {
            let at = turns.iter().position(|(_, who)| who == person).expect("they have a turn");
            (turns[at].0.as_str(), turns[at + 1].0.as_str())
        };
        assert_eq!(of("bob"), (begins, ends), "{turns:#?}");
        let midnight = if zone == "Europe/Paris" { "22:00:00Z" } else { "05:00:00Z" };
        assert!(of("nora").0.ends_with(midnight) && of("nora").1.ends_with(midnight), "{turns:#?}");
        let shown = khal.shows("2026-11-09", "1d");
        assert_eq!(shown.into_iter().collect::<Vec<_>>(), ["2026-11-09 09:00/2026-11-09 10:00 ann"]);
        let said = site.vigie(&["who", "--at", "2026-11-09T09:30"]);
        assert!(said.contains("(ann)") && said.contains("override, swaps.ics"), "{said}");
    }
}
