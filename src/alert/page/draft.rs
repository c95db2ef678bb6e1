//! The words of a page before it has a realm and an address.

use super::marking;
use super::short;
use crate::base::language::Language;

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
    /// is put into the alphabet of telephones and cut to what leaves room for the marking.
    pub fn new(language: Language, subject: &str, body: &str, short: &str) -> Self {
        let subject = marking::stripped(&one_line(subject)).to_owned();
        let lines: Vec<_> = body.lines().map(|line| shown(line).trim_end().to_owned()).collect();
        let body = marking::stripped(&lines.join("\n")).to_owned();
        let short = short::in_alphabet(short);
        let short = short::fit(marking::stripped(&short), short::LIMIT - marking::ROOM);
        Self { language, subject: clip(&subject, SUBJECT), body, short }
    }

    /// The language of the words.
    pub fn language(&self) -> Language {
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

    /// The same words with the remark that they may have arrived once already.
    #[must_use]
    pub(super) fn again(&self) -> Self {
        let language = self.language;
        let tag = language.pick("[rappel possible]", "[possible repeat]");
        let remark = language.pick(
            "Rappel possible\u{a0}: ce message vous est peut-être déjà parvenu.",
            "Possible repeat: this message may have reached you already.",
        );
        let short = language.pick("(rappel possible)", "(possible repeat)");
        let subject = format!("{tag} {}", self.subject);
        let body = format!("{remark}\n\n{}", self.body);
        Self::new(language, &subject, &body, &format!("{short} {}", self.short))
    }
}

/// `text` on one line, without characters that cannot be seen.
pub(super) fn one_line(text: &str) -> String {
    shown(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `text` without control characters and without those that turn the direction of writing or hide: what an attacker
/// wrote into a log must not rearrange what is read at night.
fn shown(text: &str) -> String {
    let hidden = |letter: &char| matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    text.chars()
        .filter(|letter| !hidden(letter))
        .map(|letter| if letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}') { ' ' } else { letter })
        .collect()
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
