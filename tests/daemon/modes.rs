//! What other accounts of the machine can read and reach, whatever the umask of whoever started vigie.

use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
use std::os::unix::net::UnixListener;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::hospital::{Hospital, sample, wait};

/// An account and a group that own nothing else.
const SOMEBODY: u32 = 3_999_999;

fn mode(path: &Path) -> u32 {
    std::fs::symlink_metadata(path).unwrap().mode() & 0o7777
}

fn set_mode(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

/// Everything in a folder, with the folder.
fn everything(folder: PathBuf) -> Vec<PathBuf> {
    let inside = if folder.is_dir() { std::fs::read_dir(&folder).unwrap().flatten().collect() } else { Vec::new() };
    std::iter::once(folder).chain(inside.into_iter().flat_map(|entry| everything(entry.path()))).collect()
}

fn only_file(folder: &Path) -> Option<PathBuf> {
    let files = std::fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path());
    files.into_iter().find(|path| path.extension().is_some_and(|end| end == "txt"))
}

/// Only root can give things to others.
pub(crate) fn is_root() -> bool {
    let root = std::fs::metadata("/proc/self").unwrap().uid() == 0;
    if !root {
        use std::io::Write as _;
        drop(writeln!(std::io::stderr(), "skipped: only root can be somebody else"));
    }
    root
}

/// How whoever is on call is told of what is not grave.
const ON_CALL: &str = "by: mail,       if_undelivered: papier, answer_within: 15m";

#[test]
fn state_spools_and_cards_are_private_whatever_the_umask() {
    for umask in ["000", "022", "077"] {
        let mut hospital = Hospital::new();
        for wait in ["10m", "15m"] {
            let by = |channels: &str| format!("by: {channels}, answer_within: {wait}");
            hospital.edit("chains.yaml", &by("mail + sms, if_undelivered: papier"), &by("mail + sms + papier"));
        }
        hospital.edit("chains.yaml", ON_CALL, "by: mail + sms + papier, answer_within: 15m");
        hospital.start_with_umask(umask);
        hospital.append("fichiers.log", &sample("linux/samba-full_audit.log"));
        hospital.vigie(&["drill", "start", "premier-exercice", "--pace", "600"]);
        let texts = wait("a text message", || only_file(&hospital.path("spool/sms")));
        let sheet = wait("a sheet", || only_file(&hospital.path("spool/papier")));
        let card = wait("a card", || only_file(&hospital.path("state/drills/D1")));
        assert_eq!([&texts, &sheet].map(|path| mode(path)), [0o640; 2], "umask {umask}");
        assert_eq!(mode(&card), 0o600, "umask {umask}");
        for path in everything(hospital.path("state")) {
            assert_eq!(mode(&path) & 0o077, 0, "umask {umask}: {}", path.display());
        }
        assert_eq!(mode(&hospital.path("state")), 0o700, "umask {umask}");
        assert_eq!(mode(&hospital.path("state/vigie.sock")), 0o600, "umask {umask}");
    }
}

#[test]
fn a_state_that_was_open_is_closed_at_the_next_start_and_said() {
    let mut hospital = Hospital::new();
    hospital.start();
    hospital.stop();
    std::fs::create_dir_all(hospital.path("state/drills/D1")).unwrap();
    std::fs::write(hospital.path("state/drills/D1/appel.txt"), "card").unwrap();
    for path in everything(hospital.path("state")) {
        set_mode(&path, if path.is_dir() { 0o777 } else { 0o666 });
    }
    let said = hospital.start_with_umask("022");
    for path in everything(hospital.path("state")) {
        assert_eq!(mode(&path) & 0o077, 0, "{}", path.display());
    }
    for name in ["state", "state/vigie.db", "state/key", "state/drills/D1/appel.txt"] {
        let shown = hospital.path(name).display().to_string();
        let line = said.iter().find(|line| line.contains(&format!("{shown} "))).unwrap_or_else(|| panic!("{name}"));
        assert!(line.contains("(mode ") && line.contains("open to other accounts"), "{line}");
    }
}

#[test]
fn a_text_message_belongs_to_the_group_that_empties_the_spool() {
    if !is_root() {
        return;
    }
    let mut hospital = Hospital::new();
    hospital.edit("chains.yaml", ON_CALL, "by: mail + sms, answer_within: 15m");
    chown(hospital.path("spool/sms"), Some(SOMEBODY), Some(SOMEBODY)).unwrap();
    hospital.start_with_umask("077");
    hospital.append("fichiers.log", &sample("linux/samba-full_audit.log"));
    let text = wait("a text message", || only_file(&hospital.path("spool/sms")));
    assert_eq!((mode(&text), std::fs::metadata(&text).unwrap().gid()), (0o640, SOMEBODY));
}

#[test]
fn check_says_where_nobody_could_read_what_is_put_there() {
    if !is_root() {
        return;
    }
    let hospital = Hospital::new();
    // vigie is one account, who empties the spool another one, and nothing connects them.
    std::fs::create_dir(hospital.path("state")).unwrap();
    chown(hospital.path("state"), Some(SOMEBODY - 1), None).unwrap();
    chown(hospital.path("spool/sms"), Some(SOMEBODY), Some(SOMEBODY)).unwrap();
    let check = || {
        let site = hospital.path("");
        let output = Command::new(env!("CARGO_BIN_EXE_vigie"))
            .env("LC_ALL", "en_US.UTF-8")
            .arg("check")
            .arg(site)
            .output()
            .unwrap();
        String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
    };
    let said = check();
    assert!(said.contains("V115") && said.contains("could not read"), "{said}");
    set_mode(&hospital.path("spool/sms"), 0o2770);
    let said = check();
    assert!(!said.contains("V115"), "{said}");
}

#[test]
fn a_group_speaks_to_vigie_and_does_not_read_its_state() {
    if !is_root() {
        return;
    }
    let mut hospital = Hospital::new();
    set_mode(&hospital.path(""), 0o755);
    hospital.edit("vigie.yaml", "state: state\n", &format!("state: state\nsocket: {{group: \"{SOMEBODY}\"}}\n"));
    let old = hospital.path("state/vigie.sock");
    std::fs::create_dir(hospital.path("state")).unwrap();
    drop(UnixListener::bind(&old).unwrap());
    hospital.start_with_umask("000");
    let (folder, socket) = (hospital.path("run"), hospital.path("run/vigie.sock"));
    assert_eq!((mode(&folder), mode(&socket), mode(&hospital.path("state"))), (0o750, 0o660, 0o700));
    assert_eq!([&folder, &socket].map(|path| std::fs::metadata(path).unwrap().gid()), [SOMEBODY; 2]);
    assert!(!old.exists(), "nobody waits at the old place");
    let (code, said) = as_account(&hospital, SOMEBODY, SOMEBODY);
    assert_eq!(code, 0, "{said}");
    let (code, said) = as_account(&hospital, SOMEBODY, SOMEBODY - 1);
    assert_eq!(code, 4, "{said}");
    assert!(said.contains("permission denied") && said.contains("of the account root"), "{said}");
}

/// What `vigie status` says to an account.
fn as_account(hospital: &Hospital, account: u32, group: u32) -> (i32, String) {
    let program = hospital.path("vigie");
    if !program.exists() {
        std::fs::copy(env!("CARGO_BIN_EXE_vigie"), &program).unwrap();
        set_mode(&program, 0o755);
    }
    let mut status = Command::new(program);
    status.args(["status", "--site"]).arg(hospital.path("")).current_dir("/").uid(account).gid(group);
    let output = status.output().unwrap();
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    (output.status.code().unwrap_or(-1), said)
}

#[test]
fn whoever_finds_nobody_is_told_the_true_reason() {
    let hospital = Hospital::new();
    let status = || {
        let (code, out, error) = hospital.vigie(&["status"]);
        assert_eq!(code, 4, "{out}{error}");
        error
    };
    assert!(status().contains("no daemon answers at") && status().contains("start it"), "no state at all");
    std::fs::create_dir(hospital.path("state")).unwrap();
    assert!(status().contains("no daemon answers at"), "no socket");
    drop(UnixListener::bind(hospital.path("state/vigie.sock")).unwrap());
    assert!(status().contains("nobody listens at"), "a socket left behind");
    if is_root() {
        set_mode(&hospital.path(""), 0o755);
        set_mode(&hospital.path("state"), 0o700);
        let (code, said) = as_account(&hospital, SOMEBODY, SOMEBODY);
        assert!(code == 4 && said.contains("permission denied"), "{said}");
        assert!(!said.contains("start it"), "that would be a second daemon: {said}");
    }
}

#[test]
fn nothing_is_said_to_a_stranger() {
    if !is_root() {
        return;
    }
    let hospital = Hospital::new();
    set_mode(&hospital.path(""), 0o755);
    let (state, socket) = (hospital.path("state"), hospital.path("state/vigie.sock"));
    std::fs::create_dir(&state).unwrap();
    set_mode(&state, 0o755);
    // Who asks is somebody, vigie is another, and the socket was put there by a third.
    let listener = UnixListener::bind(&socket).unwrap();
    set_mode(&socket, 0o666);
    chown(&state, Some(SOMEBODY - 1), None).unwrap();
    let heard = std::thread::spawn(move || {
        use std::io::Read as _;
        let mut heard = String::new();
        let (mut stream, _) = listener.accept().unwrap();
        stream.read_to_string(&mut heard).unwrap();
        heard
    });
    chown(&socket, Some(SOMEBODY - 2), None).unwrap();
    let (code, said) = as_account(&hospital, SOMEBODY, SOMEBODY);
    assert!(code == 4 && said.contains(&format!("held by the account {}", SOMEBODY - 2)), "{said}");
    assert_eq!(heard.join().unwrap(), "", "not a word");
}

#[test]
fn a_stranger_who_listens_behind_a_socket_that_looks_right_is_a_stranger() {
    if !is_root() {
        return;
    }
    let hospital = Hospital::new();
    set_mode(&hospital.path(""), 0o755);
    std::fs::create_dir(hospital.path("state")).unwrap();
    let socket = hospital.path("state/vigie.sock");
    let listen = "import socket, sys, time\n\
                  s = socket.socket(socket.AF_UNIX); s.bind(sys.argv[1]); s.listen(1); time.sleep(60)";
    set_mode(&hospital.path("state"), 0o777);
    let mut python = Command::new("python3");
    let Ok(mut stranger) = python.args(["-c", listen]).arg(&socket).current_dir("/").uid(SOMEBODY).spawn() else {
        return;
    };
    wait("the stranger", || socket.exists().then_some(()));
    chown(&socket, Some(0), Some(0)).unwrap();
    let said = wait("the stranger's ear", || {
        let (code, _, error) = hospital.vigie(&["status"]);
        assert_eq!(code, 4, "{error}");
        // It was bound, and may not listen yet.
        (!error.contains("nobody listens")).then_some(error)
    });
    stranger.kill().unwrap();
    stranger.wait().unwrap();
    assert!(said.contains(&format!("held by the account {SOMEBODY}")), "{said}");
}

#[test]
fn a_socket_folder_that_others_hold_or_use_is_refused() {
    let hospital = Hospital::new();
    hospital.edit("vigie.yaml", "state: state\n", "state: state\nsocket: {folder: shared}\n");
    std::fs::create_dir(hospital.path("shared")).unwrap();
    std::fs::write(hospital.path("shared/other"), "").unwrap();
    set_mode(&hospital.path("shared"), 0o755);
    let (code, _, error) = hospital.run();
    assert!(code == 4 && error.contains("holds other things"), "{error}");
    assert_eq!(mode(&hospital.path("shared")), 0o755, "others go on using it");
    std::fs::remove_file(hospital.path("shared/other")).unwrap();
    if is_root() {
        chown(hospital.path("shared"), Some(SOMEBODY), None).unwrap();
        let (code, _, error) = hospital.run();
        assert!(code == 4 && error.contains("who could replace the socket"), "{error}");
    }
}
