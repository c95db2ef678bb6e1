//! Marks a line as part of an exercise, and knows such a line again.
//!
//! A drill's lines are written into the hospital's own logs, where anybody can read and copy them. The mark is
//! therefore signed over the drill, the line's number and its text: whatever is not signed, or not for exactly this
//! text, is real. A signature cannot tell a copy from the original, so whoever reads must also accept each number of
//! a drill **once**, and only **while that drill runs**: a line played again is then real, as it should be.

use crate::base::id::DrillId;
use crate::base::seal::Key;

/// What stands between a line and its drill.
const SIGN: &str = " #EXERCICE:";

/// Keeps these signatures apart from others made with the same key.
const PURPOSE: &str = "vigie line of an exercise";

/// The mark found on a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label<'a> {
    /// The drill the line belongs to.
    pub drill: DrillId,
    /// Which line of the drill it is.
    pub number: u64,
    /// The line as it was before it was marked.
    pub text: &'a str,
}

/// What a real line looks like that carries a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CopyOf {
    /// Its mark is genuine, but was seen before, or belongs elsewhere: the line is a copy of one of this exercise, by the
    /// site's own doing or by somebody who hides behind it.
    Exercise(DrillId),
    /// Its mark does not verify: nobody knows where it comes from, or something was written before or behind a line of an
    /// exercise.
    Unproven,
}

/// `line` with its mark: `… #EXERCICE:D3:17:0123456789abcdef0123456789abcdef`.
pub fn mark(line: &str, drill: DrillId, number: u64, key: &Key) -> String {
    let signature = key.sign(&signed(line, drill, number));
    format!("{line}{SIGN}{drill}:{number}:{signature}")
}

/// Whether a line may have a mark. Without the key nobody can tell whether it is genuine.
pub fn looks_marked(line: &str) -> bool {
    // Nearly no line has even this.
    memchr::memchr(b'#', line.as_bytes()).is_some() && line.contains(SIGN)
}

/// Whether bytes may hold a line that does.
pub fn is_in(bytes: &[u8]) -> bool {
    memchr::memmem::find(bytes, SIGN.as_bytes()).is_some()
}

/// The mark of a line, if it is genuine. Nothing means that the line is real, all of it, whatever it looks like.
pub fn read<'a>(line: &'a str, key: &Key) -> Option<Label<'a>> {
    // No mark has this sign again, and nearly no line has it at all: looked for first, since every line is asked.
    let last = memchr::memrchr(b'#', line.as_bytes())?;
    let text = line[..last].strip_suffix(' ')?;
    let mark = line[text.len()..].strip_prefix(SIGN)?;
    let mut parts = mark.split(':');
    let (drill, number, signature) = (parts.next()?, parts.next()?, parts.next()?);
    let label = Label { drill: DrillId(plain(drill.strip_prefix('D')?)?), number: plain(number)?, text };
    let genuine = parts.next().is_none() && key.verify(&signed(text, label.drill, label.number), signature);
    genuine.then_some(label)
}

/// A number in the one way that [`mark`] writes it.
fn plain(digits: &str) -> Option<u64> {
    let number: u64 = digits.parse().ok()?;
    (number.to_string() == digits).then_some(number)
}

fn signed(line: &str, drill: DrillId, number: u64) -> Vec<u8> {
    format!("{PURPOSE}\n{}\n{number}\n{line}", drill.0).into_bytes()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key() -> Key {
        Key::from_bytes([7; 32])
    }

    #[test]
    fn a_mark_can_be_read_by_a_person_and_by_vigie() {
        let marked = mark("Failed password for root", DrillId(3), 17, &key());
        assert!(marked.starts_with("Failed password for root #EXERCICE:D3:17:"));
        assert_eq!(marked.len(), "Failed password for root #EXERCICE:D3:17:".len() + 32);
        let label = read(&marked, &key()).unwrap();
        assert_eq!((label.drill, label.number, label.text), (DrillId(3), 17, "Failed password for root"));
    }

    #[test]
    fn what_only_looks_marked_is_real() {
        let genuine = mark("x", DrillId(3), 17, &key());
        for line in [
            "x".to_owned(),
            "x #EXERCICE:".to_owned(),
            "x #EXERCICE:D3:17:".to_owned(),
            format!("x #EXERCICE:D3:17:{}", "0".repeat(32)),
            genuine.replace(":17:", ":18:"),
            genuine.replace(":17:", ":+17:"),
            genuine.replace(":17:", ":017:"),
            genuine.replace("D3", "D4"),
            genuine.replace("D3", "3"),
            genuine.to_uppercase(),
            format!("{genuine} "),
            format!("{genuine}:"),
            format!(" {genuine}"),
            genuine.replace('x', "y"),
        ] {
            assert_eq!(read(&line, &key()), None, "{line}");
        }
        assert_eq!(read(&genuine, &Key::from_bytes([8; 32])), None, "another site's key");
    }

    proptest! {
        #[test]
        fn any_line_survives(line in "\\PC*", drill in any::<u64>(), number in any::<u64>()) {
            let marked = mark(&line, DrillId(drill), number, &key());
            prop_assert_eq!(read(&marked, &key()), Some(Label { drill: DrillId(drill), number, text: &line }));
            let twice = mark(&marked, DrillId(number), drill, &key());
            prop_assert_eq!(read(&twice, &key()).map(|label| label.text), Some(marked.as_str()));
        }

        #[test]
        fn any_altered_byte_makes_it_real(line in "[ -~]{0,80}", at in any::<prop::sample::Index>(), byte in b' '..=b'~') {
            let marked = mark(&line, DrillId(3), 17, &key());
            let mut bytes = marked.clone().into_bytes();
            let at = at.index(bytes.len());
            prop_assume!(bytes[at] != byte);
            bytes[at] = byte;
            let altered = String::from_utf8(bytes).unwrap();
            prop_assert_eq!(read(&altered, &key()), None);
        }

        #[test]
        fn any_other_line_is_real(line in "\\PC*( #EXERCICE:D[0-9]:[0-9]:[0-9a-f]{32})?") {
            prop_assert_eq!(read(&line, &key()), None);
        }
    }
}
