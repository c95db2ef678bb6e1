//! Texts of a line of which only its format knows that they are secrets or tell of a patient: the statement of a database,
//! what somebody typed, the password of a decoy. Rules look at them; nobody else is shown them.

use std::borrow::Cow;
use std::fmt;

use crate::base::redact::REMOVED;

/// So many texts of one line are looked for in what is shown of it; of a line with more, nothing is shown.
const TEXTS: usize = 20;

/// The texts that must not be shown.
#[derive(Clone, Default, PartialEq)]
pub struct Hidden {
    texts: Vec<String>,
    all: bool,
}

impl Hidden {
    /// Hides one more text.
    pub(super) fn hide(&mut self, text: &str) {
        let text = text.trim();
        if text.is_empty() || self.all || self.texts.iter().any(|known| known == text) {
            return;
        }
        self.texts.push(text.to_owned());
        self.all = self.texts.len() > TEXTS;
    }

    /// Hides everything.
    pub(super) fn hide_all(&mut self) {
        self.all = true;
    }

    /// `shown` without them.
    pub(super) fn taken_out_of<'t>(&self, shown: &'t str) -> Cow<'t, str> {
        if self.all {
            return Cow::Borrowed(REMOVED);
        }
        let mut left = Cow::Borrowed(shown);
        for text in &self.texts {
            if let Some(without) = without(&left, text) {
                left = Cow::Owned(without);
            }
        }
        left
    }
}

/// `shown` without `text` wherever it stands by itself: a password of one letter is no part of every word.
fn without(shown: &str, text: &str) -> Option<String> {
    let mut left: Option<String> = None;
    let mut kept = 0;
    for (at, _) in shown.match_indices(text) {
        let end = at + text.len();
        let joined_before = is_joined(shown[..at].chars().next_back(), text.chars().next());
        let joined_after = is_joined(text.chars().next_back(), shown[end..].chars().next());
        if at < kept || joined_before || joined_after {
            continue;
        }
        let left = left.get_or_insert_default();
        left.push_str(&shown[kept..at]);
        left.push_str(REMOVED);
        kept = end;
    }
    left.map(|left| left + &shown[kept..])
}

/// Whether two characters are of one word.
fn is_joined(one: Option<char>, next: Option<char>) -> bool {
    one.zip(next).is_some_and(|(one, next)| one.is_alphanumeric() && next.is_alphanumeric())
}

/// Without the texts.
impl fmt::Debug for Hidden {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self { all: true, .. } => out.write_str("Hidden(everything)"),
            Self { texts, .. } => write!(out, "Hidden({})", texts.len()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden(texts: &[&str]) -> Hidden {
        let mut hidden = Hidden::default();
        for text in texts {
            hidden.hide(text);
        }
        hidden
    }

    #[test]
    fn texts_are_taken_out_wherever_they_stand_by_themselves() {
        for (texts, shown, left) in [
            (&["e"][..], "the e in every \"e\"", "the […] in every \"[…]\""),
            (&["hunter2", "tr0ub"], "a=hunter2 b='tr0ub'", "a=[…] b='[…]'"),
            (&["-x"], "a-x -xb -x", "a[…] -xb […]"),
            (&["été"], "été, étés", "[…], étés"),
            (&["aa"], "aa aaaa aa", "[…] aaaa […]"),
            (&["", "  "], "nothing", "nothing"),
        ] {
            assert_eq!(hidden(texts).taken_out_of(shown), left);
        }
    }

    #[test]
    fn of_a_line_with_too_many_nothing_is_shown() {
        let many: Vec<String> = (0..=TEXTS).map(|number| format!("secret{number}")).collect();
        let many = hidden(&many.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(many.taken_out_of("alice"), REMOVED);
        assert_eq!(format!("{many:?} {:?}", hidden(&["hunter2"])), "Hidden(everything) Hidden(1)");
    }
}
