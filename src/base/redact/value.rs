//! Where values end, and what only looks like a number.

use std::ops::Range;

/// What stands between the digits of a number that is written in groups.
pub(super) fn gap(text: &str) -> Option<usize> {
    const GAPS: [&str; 9] = ["\u{a0}", "\u{202f}", "%C2%A0", "%c2%a0", "&nbsp;", "\\u00a0", "%20", " ", "+"];
    GAPS.into_iter().find(|gap| text.starts_with(gap)).map(str::len)
}

/// Where a patient's number ends that begins at `start`: at its own end. Blanks belong to it where it is written in groups of
/// a few digits from the beginning.
pub(super) fn number_end(text: &str, start: usize) -> usize {
    let mut end = start + word(&text[start..]);
    let mut digits = count_digits(&text[start..end]);
    if end - start > 4 || digits == 0 {
        return end;
    }
    while let Some(gap) = gap(&text[end..]) {
        let group = word(&text[end + gap..]);
        let written = &text[end + gap..end + gap + group];
        let is_group = (2..=4).contains(&group)
            && written.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'A' | b'B'));
        if !is_group || digits + group > 16 || digits >= 15 {
            break;
        }
        digits += group;
        end += gap + group;
    }
    // The key of a social security number.
    if text[end..].starts_with('/') {
        let key = word(&text[end + 1..]);
        if key == 2 {
            end += 3;
        }
    }
    end
}

/// How long the letters, digits and joints are that `text` begins with.
fn word(text: &str) -> usize {
    let end = text.find(|letter: char| !(letter.is_alphanumeric() || matches!(letter, '-' | '.' | '_' | '/' | '*')));
    let word = &text[..end.unwrap_or(text.len())];
    word.trim_end_matches(['.', '-', '_', '/']).len()
}

pub(super) fn count_digits(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}

/// Where a person's name, or a date, ends that begins at `start`: what follows belongs to it while it looks like more of it.
pub(super) fn name_end(text: &str, start: usize) -> usize {
    let first = name_word(&text[start..]);
    let mut end = start + first;
    let is_low = text[start..].starts_with(char::is_lowercase);
    for _ in 0..5 {
        let rest = &text[end..];
        let blanks = rest.len() - rest.trim_start_matches([' ', ',', '\u{a0}']).len();
        let next = name_word(&rest[blanks..]);
        let written = &rest[blanks..blanks + next];
        let follows = &rest[blanks + next..];
        let is_label = follows.starts_with(['=', ':', '[', '(']);
        if blanks == 0
            || blanks > 2
            || next == 0
            || is_label
            || !(is_part_of_name(written) || is_low && is_low_name(written))
        {
            break;
        }
        end += blanks + next;
        if is_low && is_low_name(written) {
            break;
        }
    }
    // A particle alone is none.
    end
}

fn name_word(text: &str) -> usize {
    let ends = |letter: char| {
        letter.is_whitespace()
            || matches!(letter, ',' | ';' | '"' | '<' | '>' | '&' | ']' | '}' | '{' | '|' | '=' | ')' | '\\')
    };
    text.find(ends).unwrap_or(text.len())
}

fn is_part_of_name(word: &str) -> bool {
    const PARTICLES: [&str; 16] =
        ["de", "du", "des", "la", "le", "van", "von", "der", "den", "el", "al", "ben", "da", "di", "dos", "d'"];
    const MONTHS: [&str; 12] =
        ["janv", "févr", "mars", "avr", "mai", "juin", "juil", "août", "sept", "oct", "nov", "déc"];
    let letters = word.chars().all(|letter| letter.is_alphabetic() || matches!(letter, '-' | '\'' | '’' | '.' | '^'));
    let is_name = letters && word.starts_with(char::is_uppercase);
    let low = word.to_lowercase();
    let is_month = MONTHS.iter().any(|month| low.starts_with(month));
    let is_year = word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    is_name || PARTICLES.contains(&word) || is_month || is_year
}

/// `dupont marie`: a first name may be written small where the name is. Words of a sentence are no names.
fn is_low_name(word: &str) -> bool {
    const WORDS: [&str; 28] = [
        "from", "for", "to", "at", "in", "on", "of", "by", "is", "was", "has", "not", "and", "with", "failed",
        "refused", "rejected", "accepted", "logged", "port", "user", "par", "pour", "sur", "est", "dans", "depuis",
        "src",
    ];
    word.chars().all(|letter| letter.is_lowercase() || letter == '-') && !WORDS.contains(&word)
}

/// Whether what stands there is an address, a date or a version, and no number of anybody.
pub(super) fn is_elsewise(value: &str) -> bool {
    let parts = |by: char| value.split(by).collect::<Vec<_>>();
    let all_digits =
        |parts: &[&str]| parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    let dotted = parts('.');
    if (2..=4).contains(&dotted.len()) && all_digits(&dotted) && dotted.iter().all(|part| part.len() <= 3) {
        return true;
    }
    let dashed = parts('-');
    let head = value.split(['T', ' ']).next().unwrap_or(value);
    let day = head.split('-').collect::<Vec<_>>();
    let is_day = day.len() == 3 && all_digits(&day) && day[0].len() == 4 && day[1].len() == 2 && day[2].len() == 2;
    let is_guid = dashed.len() == 5 && value.len() == 36;
    is_day || is_guid || value.parse::<std::net::IpAddr>().is_ok()
}

/// Where a value without quotes ends: what stands behind a comma or the like belongs to it unless it is the next name with
/// its value.
pub(super) fn secret_end(text: &str, at: &Range<usize>) -> usize {
    let mut end = at.end;
    loop {
        let rest = &text[end..];
        if !rest.starts_with([',', ';', '&', '<', '{', '}']) || rest.len() < 2 || rest.starts_with("</") {
            return end;
        }
        let next = &rest[1..];
        let stop = next.find(|letter: char| {
            letter.is_whitespace()
                || matches!(letter, ',' | ';' | '&' | '"' | '\'' | '<' | '>' | '}' | '{' | ']' | '[' | ')')
        });
        let more = &next[..stop.unwrap_or(next.len())];
        if more.is_empty() || more.contains(['=', ':', '%']) {
            return end;
        }
        end += 1 + more.len();
    }
}
