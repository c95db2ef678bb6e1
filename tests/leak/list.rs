//! The two lists: what must go, with the part that must go between `«` and `»`, and what must stay.

use std::path::Path;

/// A text out of a list.
pub(crate) struct Form {
    pub(crate) text: String,
    /// What must go of it, each by the longest word that it has: how the rest is written differs from way out to way out.
    pub(crate) secrets: Vec<String>,
}

pub(crate) fn read(name: &str) -> Vec<Form> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/leak").join(name);
    let text = std::fs::read_to_string(&path).unwrap();
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with("# "));
    lines.map(|line| form(&spelled(line))).collect()
}

/// A line with its letters that are written as numbers.
fn spelled(line: &str) -> String {
    let mut parts = line.split("\\u{");
    let mut spelled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (number, rest) = part.split_once('}').unwrap();
        spelled.push(u32::from_str_radix(number, 16).ok().and_then(char::from_u32).unwrap());
        spelled.push_str(rest);
    }
    spelled
}

fn form(line: &str) -> Form {
    let (mut text, mut secrets) = (String::new(), Vec::new());
    for (number, part) in line.split(['«', '»']).enumerate() {
        text.push_str(part);
        if number % 2 == 1 {
            secrets.push(telling(part));
        }
    }
    Form { text, secrets }
}

/// The word that tells most of a text: the longest with digits, or in capitals; all of it where its words are short.
fn telling(mark: &str) -> String {
    const OF_FORM: [&str; 9] = [
        "birthdate",
        "identifier",
        "theme",
        "PHPSESSID",
        "DicomAttribute",
        "Alphabetic",
        "PersonName",
        "FamilyName",
        "number",
    ];
    let words = mark.split(|letter: char| !letter.is_alphanumeric());
    let words = words.filter(|word| word.chars().count() >= 5 && !OF_FORM.contains(word));
    let tells = |word: &&str| word.chars().all(|letter| letter.is_uppercase() || letter.is_numeric());
    let has_digit = |word: &&str| word.contains(|letter: char| letter.is_numeric());
    let most = words.max_by_key(|word| (tells(word) || has_digit(word), word.chars().count()));
    most.unwrap_or(mark).to_owned()
}
