//! A hospital of its own for each test: the example site in a temporary folder, with its daemon as a process.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::mailbox::Mailbox;

/// How long anything may take before a test gives up. Far more than it needs: these machines are shared.
const PATIENCE: Duration = Duration::from_mins(1);

pub(crate) struct Hospital {
    folder: tempfile::TempDir,
    pub(crate) mailbox: Mailbox,
    daemon: Option<Child>,
}

/// The genuine logs that ship with the project.
pub(crate) fn sample(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Waits until `ready` gives something; looks often, and gives up loudly.
#[expect(clippy::disallowed_methods, reason = "waits for another process")]
pub(crate) fn wait<T>(what: &str, mut ready: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(found) = ready() {
            return found;
        }
        assert!(start.elapsed() < PATIENCE, "waited in vain for {what}");
        std::thread::park_timeout(Duration::from_millis(10));
    }
}

/// A disk that is soon full.
pub(crate) struct SmallDisk {
    folder: PathBuf,
}

impl SmallDisk {
    /// Fills it to the last byte.
    pub(crate) fn fill(&self) {
        let mut file = std::fs::File::create(self.folder.join("filler")).expect("a name fits");
        while file.write_all(&[0; 512]).is_ok() {}
    }

    pub(crate) fn make_room(&self) {
        std::fs::remove_file(self.folder.join("filler")).expect("it was filled");
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Lazily: a daemon may still have it open.
        drop(Command::new("umount").arg("-l").arg(&self.folder).status());
    }
}

/// Most tests look at what becomes of an alert for each attack: what joins is tried by those that are about it.
const APART: &str = "state: state\nalerts: {join_by: [], same_rule: 0s}\n";

impl Hospital {
    /// The example site with empty logs, its mail going to a mailbox of its own.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mailbox = Mailbox::open();
        let valmont = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/valmont");
        for name in ["vigie.yaml", "people.yaml", "chains.yaml"] {
            let text = std::fs::read_to_string(valmont.join(name)).expect("the example is there");
            // Whoever counts mails is not to be surprised by one that comes each morning, or that waits for it, or is in
            // another language every second week.
            let at_any_hour = |line: &&str| !line.starts_with("digest:") && !line.starts_with("    hours:");
            let text = text.lines().filter(at_any_hour).collect::<Vec<_>>().join("\n") + "\n";
            let text = text.replace("127.0.0.1:2525", &mailbox.address.to_string()).replace("state: state\n", APART);
            let text = text.replace("members: [b-leroy, c-nunez]", "members: [b-leroy]");
            std::fs::write(folder.path().join(name), text).expect("writable");
        }
        for name in ["logs", "spool/sms", "spool/papier"] {
            std::fs::create_dir_all(folder.path().join(name)).expect("writable");
        }
        for log in ["Orthanc.log", "fichiers.log", "annuaire.log", "portail.log", "leurre.log"] {
            std::fs::write(folder.path().join("logs").join(log), "").expect("writable");
        }
        Self { folder, mailbox, daemon: None }
    }

    /// The hospital of the golden store (tests/golden), as a daemon of an earlier version left it.
    pub(crate) fn left_by_an_earlier_version() -> Self {
        let hospital = Self::new();
        let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/valmont");
        std::fs::create_dir(hospital.path("state")).expect("writable");
        for folder in ["", "logs", "state"] {
            for entry in std::fs::read_dir(golden.join(folder)).expect("it is there").flatten() {
                if entry.path().is_file() {
                    std::fs::copy(entry.path(), hospital.path(folder).join(entry.file_name())).expect("writable");
                }
            }
        }
        hospital.edit("vigie.yaml", "127.0.0.1:2525", &hospital.mailbox.address.to_string());
        // What a site has to say since exercises write only to logs that are known to be appended to.
        hospital.edit("vigie.yaml", "{follow: ", "{writer: appends, follow: ");
        hospital.edit("vigie.yaml", "state: state\n", APART);
        hospital
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Whether a folder holds anything.
    pub(crate) fn has_files(&self, folder: &str) -> bool {
        std::fs::read_dir(self.path(folder)).expect("the folder is there").next().is_some()
    }

    /// Replaces words in one of the site's files.
    pub(crate) fn edit(&self, name: &str, from: &str, to: &str) {
        let text = std::fs::read_to_string(self.path(name)).expect("readable");
        assert!(text.contains(from), "{name} does not hold {from}");
        std::fs::write(self.path(name), text.replace(from, to)).expect("writable");
    }

    /// Puts the state folder on a disk of its own, of so many kilobytes. Says so where this machine does not allow it.
    pub(crate) fn small_disk(&self, kilobytes: u32) -> Option<SmallDisk> {
        let folder = self.path("state");
        std::fs::create_dir_all(&folder).expect("writable");
        let size = format!("size={kilobytes}k");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(&folder).output();
        if mounted.is_ok_and(|mounted| mounted.status.success()) {
            return Some(SmallDisk { folder });
        }
        writeln!(std::io::stderr(), "skipped: a disk can be mounted by root only").expect("it can be said");
        None
    }

    /// Starts the daemon and waits until it watches.
    pub(crate) fn start(&mut self) {
        self.start_with(&[]);
    }

    /// The same in a changed environment.
    pub(crate) fn start_with(&mut self, environment: &[(&str, &str)]) {
        let mut vigie = Command::new(env!("CARGO_BIN_EXE_vigie"));
        vigie.env("LC_ALL", "en_US.UTF-8").envs(environment.iter().copied()).arg("run").arg(self.folder.path());
        self.started(vigie);
    }

    /// The same from a shell with this umask; what it says before it watches.
    pub(crate) fn start_with_umask(&mut self, umask: &str) -> Vec<String> {
        let mut shell = Command::new("sh");
        shell.env("LC_ALL", "en_US.UTF-8");
        shell.args(["-c", "umask $0; exec \"$@\"", umask, env!("CARGO_BIN_EXE_vigie"), "run"]).arg(self.folder.path());
        self.started(shell)
    }

    fn started(&mut self, mut vigie: Command) -> Vec<String> {
        let mut child = vigie.stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn().expect("vigie starts");
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let mut said = Vec::new();
        let ready = lines.by_ref().map_while(Result::ok).any(|line| {
            said.push(line);
            said.last().is_some_and(|line| line == "ready")
        });
        assert!(ready, "the daemon ended before it was ready");
        // Somebody must go on reading, or the daemon would wait for its reader.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        self.daemon = Some(child);
        said
    }

    /// Kills the daemon as `kill -9` does.
    pub(crate) fn kill(&mut self) {
        let mut child = self.daemon.take().expect("it runs");
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
    }

    /// The number of the daemon's process.
    pub(crate) fn process(&self) -> u32 {
        self.daemon.as_ref().expect("it runs").id()
    }

    /// Stops the daemon's process where it is; from here on it can be killed or let go on.
    pub(crate) fn freeze(&self) {
        let id = self.process();
        let asked = Command::new("kill").args(["-STOP", &id.to_string()]).status().expect("there is a kill");
        assert!(asked.success());
        let stands_still = |task: std::fs::DirEntry| {
            let stat = std::fs::read_to_string(task.path().join("stat")).unwrap_or_default();
            stat.rsplit_once(") ").is_some_and(|(_, state)| state.starts_with('T'))
        };
        wait("all its threads to stand still", || {
            let tasks = std::fs::read_dir(format!("/proc/{id}/task")).expect("it runs");
            tasks.flatten().all(stands_still).then_some(())
        });
    }

    /// Lets it go on.
    pub(crate) fn thaw(&self) {
        let id = self.process();
        let asked = Command::new("kill").args(["-CONT", &id.to_string()]).status().expect("there is a kill");
        assert!(asked.success());
    }

    /// Has the daemon read its files again, as the system does.
    pub(crate) fn hang_up(&self) {
        let id = self.daemon.as_ref().expect("it runs").id().to_string();
        let asked = Command::new("kill").args(["-HUP", &id]).status().expect("there is a kill");
        assert!(asked.success());
    }

    /// Asks the daemon to stop, as the system does, and waits until it has.
    pub(crate) fn stop(&mut self) {
        let mut child = self.daemon.take().expect("it runs");
        let asked = Command::new("kill").arg(child.id().to_string()).status().expect("there is a kill");
        assert!(asked.success());
        let ended = wait("the end of the daemon", || child.try_wait().expect("it is ours"));
        assert!(ended.success(), "{ended}");
    }

    /// Appends to a followed log.
    pub(crate) fn append(&self, log: &str, bytes: &[u8]) {
        let path = self.path("logs").join(log);
        let mut file = std::fs::File::options().append(true).open(path).expect("the log is there");
        file.write_all(bytes).expect("the log can be written");
    }

    /// Runs a command that names its site itself.
    pub(crate) fn vigie_without_a_site(arguments: &[&str]) -> (i32, String, String) {
        let mut vigie = Command::new(env!("CARGO_BIN_EXE_vigie"));
        let output =
            vigie.env("LC_ALL", "en_US.UTF-8").env("NO_COLOR", "1").args(arguments).output().expect("vigie runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("vigie prints UTF-8");
        (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
    }

    /// Runs a command on this site; its exit code and what it printed.
    pub(crate) fn vigie(&self, arguments: &[&str]) -> (i32, String, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_vigie"))
            .env("LC_ALL", "en_US.UTF-8")
            .args(arguments)
            .arg("--site")
            .arg(self.folder.path())
            .env("NO_COLOR", "1")
            .output()
            .expect("vigie runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("vigie prints UTF-8");
        (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
    }

    /// Checks the site.
    pub(crate) fn check(&self) -> (i32, String, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_vigie"))
            .env("LC_ALL", "en_US.UTF-8")
            .arg("check")
            .arg(self.folder.path())
            .env("NO_COLOR", "1")
            .output()
            .expect("vigie runs");
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
    }

    /// Runs `vigie run`, which is expected to end by itself.
    pub(crate) fn run(&self) -> (i32, String, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_vigie"))
            .env("LC_ALL", "en_US.UTF-8")
            .arg("run")
            .arg(self.folder.path())
            .env("NO_COLOR", "1")
            .output()
            .expect("vigie runs");
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
    }

    /// What a command prints as JSON.
    pub(crate) fn json(&self, arguments: &[&str]) -> serde_json::Value {
        let (code, out, error) = self.vigie(arguments);
        assert_eq!(code, 0, "{arguments:?}: {error}");
        serde_json::from_str(&out).unwrap_or_else(|_| panic!("{arguments:?} printed {out}"))
    }

    /// All alerts: rule and subject of each.
    pub(crate) fn alerts(&self) -> Vec<(String, String)> {
        let alerts = self.json(&["alert", "list", "--all", "--json"]);
        let alerts = alerts.as_array().expect("a list");
        alerts
            .iter()
            .map(|alert| (alert["rule"].as_str().unwrap_or_default().to_owned(), alert["subject"].to_string()))
            .collect()
    }

    /// How many lines of a source were read since the start.
    pub(crate) fn lines(&self, source: &str) -> u64 {
        let status = self.json(&["status", "--json"]);
        let sources = status["sources"].as_array().expect("a list");
        let source = sources.iter().find(|known| known["name"] == source).expect("it is followed");
        source["lines"].as_u64().expect("a number")
    }

    /// The ledger's entries of one kind.
    pub(crate) fn entries(&self, kind: &str) -> Vec<serde_json::Value> {
        let (code, out, error) = self.vigie(&["ledger", "show", "--json"]);
        assert_eq!(code, 0, "{error}");
        let entries =
            out.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("one object a line"));
        entries.filter(|entry| entry["kind"] == kind).collect()
    }

    pub(crate) fn ledger_is_whole(&self) {
        let (code, _, error) = self.vigie(&["ledger", "verify"]);
        assert_eq!(code, 0, "{error}");
    }
}

impl Drop for Hospital {
    fn drop(&mut self) {
        if let Some(mut child) = self.daemon.take() {
            // The test is over, however it went.
            drop(child.kill());
            drop(child.wait());
        }
    }
}
