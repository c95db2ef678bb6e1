//! What a rule is: a pattern, and a judge of what it finds.

use std::ops::Range;

use regex::Captures;

/// Something that goes.
pub(crate) struct Rule {
    /// What `vigie redact` calls it.
    pub(crate) name: &'static str,
    /// Words of which one is in every text that it matches, in lower case.
    pub(super) needles: &'static [&'static str],
    /// Whether ten digits that belong together are enough to suspect it.
    pub(super) of_digits: bool,
    /// Group `v` is what goes. Blanks and what stands behind `#` are not part of it.
    pub(super) pattern: &'static str,
    /// What of it really goes.
    pub(super) judge: Judge,
}

/// What of a match goes; nothing where it is innocent.
pub(super) type Judge = fn(&Found<'_>) -> Option<Range<usize>>;

/// A match.
pub(super) struct Found<'a> {
    pub(super) text: &'a str,
    pub(super) groups: &'a Captures<'a>,
}

impl<'a> Found<'a> {
    /// Where group `v` stands, without the quotes around it.
    pub(super) fn at(&self) -> Range<usize> {
        let Some(value) = self.groups.name("v") else { return 0..0 };
        unquoted(self.text, value.range())
    }

    /// What is written there.
    pub(super) fn value(&self) -> &'a str {
        &self.text[self.at()]
    }

    /// The group called `name`; nothing is as good as empty.
    pub(super) fn group(&self, name: &str) -> &'a str {
        self.groups.name(name).map_or("", |group| group.as_str())
    }

    /// What stands before the value.
    pub(super) fn before(&self) -> &'a str {
        &self.text[..self.at().start]
    }

    /// What stands behind it.
    pub(super) fn after(&self) -> &'a str {
        &self.text[self.at().end..]
    }
}

/// All of group `v` goes.
#[expect(clippy::unnecessary_wraps, reason = "one shape for all judges")]
pub(super) fn all_of_it(found: &Found<'_>) -> Option<Range<usize>> {
    Some(found.at())
}

/// The place of a value without the quotes around it, also where backslashes stand before them.
fn unquoted(text: &str, at: Range<usize>) -> Range<usize> {
    let value = &text[at.clone()];
    let slashes = value.len() - value.trim_start_matches('\\').len();
    if !value[slashes..].starts_with(['"', '\'']) {
        return at;
    }
    let (open, inner) = value.split_at(slashes + 1);
    let inner = inner.strip_suffix(open).or_else(|| inner.strip_suffix(&open[slashes..])).unwrap_or(inner);
    let start = at.start + open.len();
    start..start + inner.len()
}
