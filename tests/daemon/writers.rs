//! An exercise never blinds a log: it writes only where the log's own program was seen to append, or the site says so.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, Command, Stdio};

use super::hospital::{Hospital, wait};
use super::plain::hospital_with_a_plain_source;

/// A program that has the log of the plain source open, as a shell does with this sign.
struct Program(Child);

impl Program {
    fn writes(sign: &str, hospital: &Hospital) -> Self {
        let script = format!("exec 3{sign}\"$1\"; echo open; while read line; do echo \"$line\" >&3; done");
        let mut shell = Command::new("sh");
        shell.args(["-c", &script, "sh"]).arg(hospital.path("logs/dpi.log"));
        let mut shell = shell.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(shell.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert_eq!(line, "open\n");
        Self(shell)
    }

    fn write(&mut self, line: &str) {
        writeln!(self.0.stdin.as_mut().unwrap(), "{line}").unwrap();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// Starts the exercise; what became of its lines: the words for why none was written, where none was.
fn outcome(hospital: &Hospital) -> Option<String> {
    let (code, out, error) = hospital.vigie(&["drill", "start", "refus", "--pace", "60"]);
    assert_eq!(code, 0, "{out}{error}");
    wait("the lines of the exercise", || {
        let failed = hospital.entries("drill.failed");
        if let Some(entry) = failed.first() {
            return Some(Some(entry["body"]["why"].as_str().unwrap().to_owned()));
        }
        let text = std::fs::read_to_string(hospital.path("logs/dpi.log")).unwrap();
        text.contains("#EXERCICE:").then_some(None)
    })
}

#[test]
fn a_log_that_nobody_is_seen_to_append_to_takes_no_line_of_an_exercise() {
    let mut hospital = hospital_with_a_plain_source("");
    hospital.start();
    let why = outcome(&hospital).expect("nothing shows that the program appends");
    assert!(why.contains("écrivez `writer: appends`"), "{why}");
    assert_eq!(std::fs::read_to_string(hospital.path("logs/dpi.log")).unwrap(), "");
}

#[test]
fn a_log_whose_program_is_seen_to_append_takes_them_without_a_word_of_the_site() {
    let mut hospital = hospital_with_a_plain_source("");
    hospital.start();
    let _program = Program::writes(">>", &hospital);
    assert_eq!(outcome(&hospital), None);
}

#[test]
fn a_log_whose_program_writes_over_it_takes_none_and_its_attack_is_seen() {
    let mut hospital = hospital_with_a_plain_source(", writer: appends");
    hospital.start();
    let mut program = Program::writes("<>", &hospital);
    let why = outcome(&hospital).expect("the program was seen not to append");
    assert!(why.contains("sh (") && why.contains("n'ajoute pas à la fin"), "{why}");
    program.write("ERROR Accès refusé : poste 7");
    let real = wait("the attack", || hospital.alerts().into_iter().next());
    assert!(real.1.contains("poste 7"), "{real:?}");
}
