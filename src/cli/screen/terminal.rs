//! Which language the terminal is set to.

use crate::base::language::Language;

/// The language that the terminal is set to; nothing where it says none (POSIX, "Internationalization Variables").
pub(super) fn language() -> Option<Language> {
    of_variables(["LC_ALL", "LC_MESSAGES", "LANG"].map(|name| std::env::var(name).ok()))
}

fn of_variables(values: [Option<String>; 3]) -> Option<Language> {
    // The first that is set counts, even where what it says is nothing.
    let set = values.into_iter().flatten().find(|value| !value.is_empty())?;
    match set.split(['_', '.', '@']).next() {
        Some("C" | "POSIX") => None,
        Some("fr") => Some(Language::Fr),
        _ => Some(Language::En),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_says_its_language_or_nothing() {
        let said = |all: &str, messages: &str, lang: &str| {
            of_variables([all, messages, lang].map(|value| Some(value.to_owned())))
        };
        assert_eq!(said("fr_FR.UTF-8", "", ""), Some(Language::Fr));
        assert_eq!(said("", "fr", "en_US.UTF-8"), Some(Language::Fr));
        assert_eq!(said("", "", "fr@euro"), Some(Language::Fr));
        assert_eq!(said("en_GB.UTF-8", "fr_FR", "fr_FR"), Some(Language::En));
        assert_eq!(said("", "", "de_DE.UTF-8"), Some(Language::En), "vigie speaks no German");
        assert_eq!(said("C.UTF-8", "", "fr_FR.UTF-8"), None, "the first that is set counts");
        assert_eq!(said("POSIX", "", ""), None);
        assert_eq!(of_variables([None, None, None]), None);
    }
}
