//! The two lists: what must go, with the part that must go between `«` and `»`, and what must stay.

use std::path::Path;

use super::marked;

/// A text out of a list.
pub(crate) struct Form {
    pub(crate) text: String,
    /// What must go of it, each by the longest word that it has: how the rest is written differs from way out to way out.
    pub(crate) secrets: Vec<String>,
}

pub(crate) fn read(name: &str) -> Vec<Form> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/leak").join(name);
    let forms = marked::list(&std::fs::read_to_string(&path).unwrap()).into_iter();
    forms.map(|(text, marks)| Form { text, secrets: marks.iter().map(|mark| telling(mark)).collect() }).collect()
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
