//! The words of a page before it has a realm and an address.

use super::marking;
use super::short;
use crate::base::language::{Language, Text};
use crate::base::visible::{visible, visible_lines};
use crate::words::page as words;

/// The longest subject kept.
const SUBJECT: usize = 180;

/// Words in one language, without any marking: that an exercise is one is said by the page, never by its author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    language: Language,
    subject: String,
    body: String,
    short: String,
}

impl Draft {
    /// Words for a page. The subject is put on one line and kept to a length that lists of mail show; the short text
    /// is put into the alphabet of telephones and cut to what one message holds.
    pub fn new(language: Language, subject: &str, body: &str, short: &str) -> Self {
        // Looked at twice: behind a marking that is taken off, a mark may be left without a letter to stand on.
        let subject = visible(marking::stripped(&one_line(subject))).into_owned();
        let shown = visible_lines(body);
        let lines: Vec<_> = shown.lines().map(str::trim_end).collect();
        let body = visible_lines(marking::stripped(&lines.join("\n")));
        let short = short::in_alphabet(short);
        let short = short::fit(marking::stripped(&short), short::LIMIT);
        Self { language, subject: clip(&subject, SUBJECT), body, short }
    }

    /// The language of the words.
    pub(crate) fn language(&self) -> Language {
        self.language
    }

    /// One line, such as the subject of a mail.
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// The whole text.
    pub fn body(&self) -> &str {
        &self.body
    }

    /// The text for a telephone.
    pub fn short(&self) -> &str {
        &self.short
    }

    /// The same words with a line at the foot of the whole text.
    #[must_use]
    pub(crate) fn with_foot(self, foot: &Text) -> Self {
        let body = format!("{}\n\n-- \n{}", self.body.trim_end(), foot.get(self.language));
        Self { body, ..self }
    }

    /// The same words with room for the marking in the text for a telephone.
    #[must_use]
    pub(super) fn with_room(self) -> Self {
        Self { short: short::fit(&self.short, short::LIMIT - marking::ROOM), ..self }
    }

    /// The same words with the remark that they may have arrived once already.
    #[must_use]
    pub(super) fn again(&self) -> Self {
        let language = self.language;
        let [tag, remark, short] = [words::repeat_tag(), words::repeat(), words::repeat_short()];
        let subject = format!("{} {}", tag.get(language), self.subject);
        let body = format!("{}\n\n{}", remark.get(language), self.body);
        Self::new(language, &subject, &body, &format!("{} {}", short.get(language), self.short))
    }
}

/// An author's words on one line, all of them visible. What came out of a log is made visible before, line breaks too.
pub(super) fn one_line(text: &str) -> String {
    let usual = |letter: char| matches!(letter, ' ' | '\t' | '\n' | '\r');
    let words: Vec<_> = text.split(usual).filter(|word| !word.is_empty()).collect();
    visible(&words.join(" ")).into_owned()
}

/// `text` cut to `limit` characters, with an ellipsis where something was cut.
pub(super) fn clip(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let mut cut: String = text.chars().take(limit.saturating_sub(1)).collect();
    cut.push('…');
    cut
}
