//! `vigie scan` over what people have: folders, pipes, packed and broken files, and a terminal to look at.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

const RULE: &str = "\
title: Refused
level: high
logsource: {product: dpi}
detection: {s: ['refused'], condition: s}
";

const LINE: &str = "the wrong password was refused\n";

/// A folder with a rule and these files.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, bytes) in [("refused.yml", RULE.as_bytes())].iter().chain(files) {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("it is in the folder")).expect("a folder can be made");
        fs::write(path, bytes).expect("a file can be written");
    }
    folder
}

const ARGUMENTS: [&str; 7] = ["scan", "--rules", "refused.yml", "--format", "plain", "--logsource", "product=dpi"];

fn command(folder: &Path, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vigie"));
    command.args(ARGUMENTS).args(more).current_dir(folder);
    command.env("LC_ALL", "en_US.UTF-8").env("NO_COLOR", "1").stdin(Stdio::null());
    command
}

/// How a scan ended, what it found, what it said beside.
fn scan(folder: &Path, more: &[&str], input: Option<&[u8]>) -> (i32, String, String) {
    let mut command = command(folder, more);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    if input.is_some() {
        command.stdin(Stdio::piped());
    }
    let mut child = command.spawn().expect("vigie runs");
    if let (Some(mut pipe), Some(bytes)) = (child.stdin.take(), input) {
        pipe.write_all(bytes).ok();
    }
    let output = child.wait_with_output().expect("vigie ends");
    let text = |bytes| String::from_utf8(bytes).expect("vigie prints UTF-8");
    (output.status.code().expect("vigie ends by itself"), text(output.stdout), text(output.stderr))
}

fn packed(text: &str) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(text.as_bytes()).expect("memory takes it");
    encoder.finish().expect("memory takes it")
}

fn hits(out: &str) -> usize {
    out.lines().filter(|line| line.contains("Refused")).count()
}

#[test]
fn a_folder_is_looked_through_and_what_cannot_be_read_costs_only_itself() {
    let wide: Vec<u8> = [0xFF, 0xFE].into_iter().chain(LINE.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let holes = [&[0; 9000], LINE.as_bytes()].concat();
    let folder = folder(&[
        ("logs/a.log", LINE.as_bytes()),
        ("logs/deep/er/b.log.1", b"long ago it was refused\n"),
        ("logs/c.log.gz", &packed(LINE)),
        ("logs/wide.log", &wide),
        ("logs/holes.log", &holes),
        ("logs/wtmp", b"\x07\0\0\0refused\0\0\0"),
        ("logs/old.xz", b"\xFD7zXZ\0\0\x04refused"),
        ("logs/cut.gz", &packed(&LINE.repeat(5000))[..60]),
    ]);
    let at = folder.path();
    // A file under two names is one, and a link that goes around ends nothing.
    std::os::unix::fs::symlink("a.log", at.join("logs/z.log")).expect("a link can be made");
    std::os::unix::fs::symlink("..", at.join("logs/deep/around")).expect("a link can be made");
    std::os::unix::fs::symlink("nowhere", at.join("logs/dangling.log")).expect("a link can be made");
    let (code, out, error) = scan(at, &["logs"], None);
    assert_eq!(code, 3, "something could not be read: {error}");
    assert!(hits(&out) >= 5, "{out}{error}");
    for file in
        ["logs/a.log:1 ", "logs/deep/er/b.log.1:1 ", "logs/c.log.gz:1 ", "logs/wide.log:1 ", "logs/holes.log:1 "]
    {
        assert_eq!(out.matches(file).count(), 1, "{file}: {out}{error}");
    }
    for said in [
        "logs/wtmp: is no log in text and is left out",
        "logs/old.xz: is no log in text and is left out",
        "cannot read logs/cut.gz: the end is missing",
        "cannot read logs/dangling.log: no such file or directory",
    ] {
        assert!(error.contains(said), "{said}: {error}");
    }
    assert!(!out.contains("z.log") && !out.contains("around"), "{out}");

    // The same into a store, file by file.
    let (code, out, error) = scan(at, &["logs", "--store", "kept"], None);
    assert!(code == 3 && out.contains("logs/deep/er/b.log.1: 1 new line"), "{code} {out}{error}");
    assert!(error.contains("cannot read logs/cut.gz"), "{error}");
    // Where everything can be read, what was found is the end of it.
    for name in ["cut.gz", "dangling.log"] {
        fs::remove_file(at.join("logs").join(name)).expect("it is there");
    }
    let (code, _, error) = scan(at, &["logs"], None);
    assert_eq!((code, error.contains("cannot read")), (1, false), "{error}");
}

#[test]
fn the_folder_of_a_site_is_looked_through_for_logs_and_nothing_else() {
    let site =
        b"site: {name: refused}\nrules: [refused.yml]\nsources: {a: {follow: logs/a.log}}\nchannels: {p: {folder: paper}}\n";
    let folder = folder(&[
        ("vigie.yaml", site),
        ("people.yaml", b"people: {refused: {name: Refused}}\n"),
        ("chains.yaml", b"# refused\n"),
        ("paper/A1.txt", b"refused\n"),
        ("state/kept", b"refused\n"),
        ("logs/a.log", LINE.as_bytes()),
        ("logs/other.yaml", b"refused\n"),
    ]);
    let at = folder.path();
    for name in [".", at.to_str().expect("plain")] {
        let (_, out, error) = scan(at, &[name], None);
        // What is no site's is a log, whatever it is called.
        assert_eq!(hits(&out), 2, "{out}{error}");
        let said = format!("{name}: the folder of a site: its own files (rules, people, state) are left out");
        assert_eq!(error.matches(&said).count(), 1, "{error}");
        assert!(out.contains("logs/a.log:1 ") && out.contains("logs/other.yaml:1 "), "{out}{error}");
    }
    // A file that is named always is.
    let (_, out, _) = scan(at, &["chains.yaml"], None);
    assert_eq!(hits(&out), 1, "{out}");
}

#[test]
fn a_missing_file_among_many_is_named_and_the_others_are_read() {
    let folder = folder(&[("a.log", LINE.as_bytes()), ("b.log", LINE.as_bytes())]);
    let (code, out, error) = scan(folder.path(), &["a.log", "nowhere.log", "b.log"], None);
    assert_eq!((code, hits(&out)), (3, 2), "{out}{error}");
    assert!(error.contains("cannot read nowhere.log: no such file or directory"), "{error}");
    let (code, out, error) = scan(folder.path(), &["a.log", "nowhere.log", "b.log", "--line", "1"], None);
    assert_eq!((code, out.matches("Line 1").count().max(out.matches("line 1").count())), (3, 2), "{out}{error}");
}

#[test]
fn what_is_piped_in_is_read_packed_or_not() {
    let folder = folder(&[]);
    let packed = packed(LINE);
    for input in [LINE.as_bytes(), LINE.trim_end().as_bytes(), &packed] {
        let (code, out, error) = scan(folder.path(), &["-"], Some(input));
        assert_eq!((code, hits(&out)), (1, 1), "{out}{error}");
        assert!(out.contains(" -:1 ") && error.contains("-: 1 line read as plain, 1 hit"), "{out}{error}");
    }
    let (code, _, error) = scan(folder.path(), &["-"], Some(b""));
    assert!(code == 3 && error.contains("empty, nothing was read"), "{error}");
    let (code, _, error) = scan(folder.path(), &["-"], Some(b"ElfFile\0and so on"));
    assert!(code == 3 && error.contains("read from a file only, not from a pipe"), "{error}");
    // What cannot be found again cannot be kept.
    let (code, _, error) = scan(folder.path(), &["-", "--store", "kept"], Some(LINE.as_bytes()));
    assert!(code == 3 && error.contains("copy it into a file first"), "{error}");
}

#[test]
fn long_work_says_on_a_terminal_how_far_it_is_and_nowhere_else() {
    let folder = folder(&[("lines.log", LINE.replace("refused", "good").repeat(3000).as_bytes())]);
    let vigie = format!("{} {}", env!("CARGO_BIN_EXE_vigie"), ARGUMENTS.join(" "));
    let slow = format!("(cat lines.log; sleep 1.3; cat lines.log; sleep 0.4; cat lines.log) | {vigie} -");
    let on = |terminal: bool, line: &str| {
        let mut command = Command::new(if terminal { "script" } else { "sh" });
        let arguments: &[&str] = if terminal { &["-qec", line, "/dev/null"] } else { &["-c", line] };
        command.args(arguments);
        command.current_dir(folder.path()).stdin(Stdio::null());
        command.env("LC_ALL", "en_US.UTF-8").env("TERM", "xterm").env("SHELL", "/bin/sh");
        command.output().map(|output| String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
    };
    let plain = on(false, &slow).expect("there is a shell");
    assert!(plain.contains("9000 lines read") && !plain.contains("lines/s"), "{plain}");
    let Ok(shown) = on(true, &slow) else {
        return println!("skipped: no `script` (bsdutils) here, so no terminal to look at");
    };
    assert!(shown.contains("kB, ") && shown.contains(" lines/s"), "{shown:?}");
    assert!(shown.contains("\r\u{1b}[K"), "the line goes away again: {shown:?}");
    // Of files it is known how much there is; how many lines are long work depends on the machine.
    let mut shown = String::new();
    for lines in [400_000, 1_600_000, 6_400_000] {
        fs::write(folder.path().join("big.log"), LINE.replace("refused", "good").repeat(lines)).expect("it is written");
        shown = on(true, &format!("{vigie} --threads 1 big.log")).expect("it was there");
        if shown.contains("lines/s") {
            break;
        }
    }
    assert!(shown.contains("\u{a0}MB of ") && shown.contains(" lines/s, ") && shown.contains(" left"), "{shown:?}");
}
