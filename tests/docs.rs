//! What the pages for beginners say is so: every block of theirs is typed into an empty folder, in order, and what is shown
//! below a command is what it prints; every key of the three files has its place on them.

use std::io::Write as _;
use std::net::UdpSocket;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::Value;

/// How often somebody looks again, and how long they wait between.
const TRIES: usize = 100;
const PAUSE: Duration = Duration::from_millis(200);

fn page(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The fenced blocks of a page: what they are, and their lines.
fn blocks(page: &str) -> Vec<(&str, Vec<&str>)> {
    let mut blocks: Vec<(&str, Vec<&str>)> = Vec::new();
    let mut inside = false;
    for line in page.lines() {
        match (line.strip_prefix("```"), inside) {
            (Some(kind), false) => blocks.push((kind, Vec::new())),
            (None, true) => blocks.last_mut().expect("a block was begun").1.push(line),
            _ => {}
        }
        inside ^= line.starts_with("```");
    }
    blocks
}

/// An empty folder in which somebody types what a page says.
struct Reader {
    folder: tempfile::TempDir,
    /// What goes on in the background.
    running: Vec<Child>,
}

impl Reader {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder"), running: Vec::new() }
    }

    fn shell(&self, words: &str) -> Command {
        let vigie = Path::new(env!("CARGO_BIN_EXE_vigie"));
        let path = std::env::var("PATH").unwrap_or_default();
        let mut command = Command::new("sh");
        command.args(["-c", words]).current_dir(self.folder.path()).env("LC_ALL", "en_US.UTF-8");
        command.env("PATH", format!("{}:{path}", vigie.parent().expect("a folder").display()));
        command
    }

    fn follows(&mut self, page: &str) {
        for (kind, lines) in blocks(page) {
            match kind {
                "yaml" => self.writes(&lines),
                "console" => self.types(&lines),
                calendar if calendar.starts_with("ics ") => self.keeps(&calendar["ics ".len()..], &lines),
                "rsyslog" => self.is_understood(&["rsyslogd", "-N1", "-f"], &lines),
                "syslog-ng" => self.is_understood(&["syslog-ng", "--syntax-only", "-f"], &lines),
                other => panic!("a block of {other:?}: what is to be done with it?"),
            }
        }
    }

    /// What only looks is typed again on a slow machine, as a person would who waits for something to come.
    fn sees(&self, command: &str, shown: &[&str]) {
        let looks = ["vigie alert list", "vigie alert show", "vigie status", "ls "];
        let tries = if looks.iter().any(|look| command.starts_with(look)) { TRIES } else { 1 };
        for left in (0..tries).rev() {
            let output = self.shell(command).output().expect("it runs");
            let said = String::from_utf8(output.stdout).expect("text");
            let printed: Vec<&str> = said.lines().collect();
            if output.status.success() && fits(shown, &printed) {
                return;
            }
            let error = String::from_utf8_lossy(&output.stderr);
            assert!(left > 0, "{command}: {}\nshown: {shown:#?}\n{said}{error}", output.status);
            std::thread::sleep(PAUSE);
        }
    }

    /// The first line of a block says which file it is.
    fn writes(&self, lines: &[&str]) {
        let name = lines[0].strip_prefix("# ").expect("the name of the file");
        self.keeps(name, lines);
    }

    fn keeps(&self, name: &str, lines: &[&str]) {
        std::fs::write(self.folder.path().join(name), lines.join("\n") + "\n").expect("a file");
    }

    /// Settings of another program are read by that program, where it is on this machine.
    fn is_understood(&self, program: &[&str], lines: &[&str]) {
        let tls = self.folder.path().join("tls").display().to_string();
        let text = lines.join("\n") + "\n";
        let text =
            text.replace("/etc/ssl/lindenhof/sender", &format!("{tls}/vigie")).replace("/etc/ssl/lindenhof", &tls);
        let path = self.folder.path().join("settings");
        std::fs::write(&path, text).expect("a file");
        let Ok(read) = Command::new(program[0]).args(&program[1..]).arg(path).output() else {
            let said =
                format!("skipped: no {} on this machine: its settings in docs/sources.md are not tried", program[0]);
            return writeln!(std::io::stderr(), "{said}").expect("it can be said");
        };
        assert!(read.status.success(), "{lines:#?}\n{}", String::from_utf8_lossy(&read.stderr));
    }

    fn types(&mut self, lines: &[&str]) {
        let mut left = lines;
        while let [command, rest @ ..] = left {
            let command = command.strip_prefix("$ ").expect("a command");
            let shown = rest.iter().take_while(|line| !line.starts_with("$ ")).count();
            if let Some(command) = command.strip_suffix(" &") {
                let mut shell = self.shell(&format!("exec {command}"));
                self.running.push(shell.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts"));
                self.sees("vigie status", &["…"]);
            } else {
                self.sees(command, &rest[..shown]);
            }
            left = &rest[shown..];
        }
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        for running in &mut self.running {
            drop(running.kill());
            drop(running.wait());
        }
    }
}

/// Whether lines are as shown: a line `…` stands for any lines, and `…` in a line for anything.
fn fits(shown: &[&str], printed: &[&str]) -> bool {
    match (shown, printed) {
        ([], printed) => printed.is_empty(),
        (["…", shown @ ..], _) => (0..=printed.len()).any(|skipped| fits(shown, &printed[skipped..])),
        ([first, shown @ ..], [line, printed @ ..]) => alike(first, line) && fits(shown, printed),
        _ => false,
    }
}

fn alike(shown: &str, line: &str) -> bool {
    let Some((start, rest)) = shown.split_once('…') else { return shown == line };
    let Some(line) = line.strip_prefix(start) else { return false };
    rest.is_empty() || line.char_indices().any(|(at, _)| alike(rest, &line[at..]))
}

#[test]
fn a_first_reader_gets_from_an_empty_folder_to_an_alert() {
    Reader::new().follows(&page("site.md"));
    Reader::new().follows(&page("oncall.md"));
}

#[test]
fn whoever_asks_what_is_private_is_shown() {
    Reader::new().follows(&page("privacy.md"));
}

#[test]
fn a_first_reader_of_chains_sees_one_climb() {
    // The page is written in a week of bob's: here every week is his.
    let (page, both) = (page("chains.md"), "members: [bob, ann]");
    assert!(page.contains(both), "the rota of the page has other members");
    Reader::new().follows(&page.replace(both, "members: [bob]"));
}

#[test]
fn whoever_keeps_the_record_sees_what_it_proves() {
    Reader::new().follows(&page("ledger.md"));
}

#[test]
fn whoever_must_declare_something_sees_it_to_its_end() {
    Reader::new().follows(&page("duties.md"));
}

#[test]
fn whoever_connects_the_logs_of_others_sees_them_come() {
    if Command::new("logger").arg("--version").output().is_err() {
        return writeln!(std::io::stderr(), "skipped: no logger (util-linux) on this machine").expect("it can be said");
    }
    // Nobody else's port.
    let free = UdpSocket::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).expect("a port").port();
    Reader::new().follows(&page("sources.md").replace("5514", &free.to_string()));
}

/// The keys of a document by its schema, but for those that are names of the author's.
fn keys(schema: &Value, found: &mut Vec<String>) {
    match schema {
        Value::Object(entries) => {
            for (key, value) in entries {
                if key == "properties" {
                    found.extend(value.as_object().expect("keys").keys().cloned());
                }
                keys(value, found);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| keys(value, found)),
        _ => {}
    }
}

#[test]
fn every_key_of_the_three_files_has_its_place() {
    let pages = page("site.md") + &page("chains.md") + &page("oncall.md");
    for file in ["site", "people", "chains"] {
        let output = Reader::new().shell(&format!("vigie schema {file}")).output().expect("it runs");
        let mut found = Vec::new();
        keys(&serde_json::from_slice(&output.stdout).expect("JSON"), &mut found);
        assert!(found.len() > 5, "the schema of {file} was not read: {found:?}");
        for key in found {
            let named = [format!("`{key}`"), format!("`{key}:"), format!("{key}:")];
            assert!(named.iter().any(|name| pages.contains(name)), "`{key}` of {file} is on no page");
        }
    }
}
