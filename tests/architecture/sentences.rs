//! Sentences for people stand in `src/words`, in both languages: the macro there refuses a sentence without one of them
//! or one that forgets an argument, and nobody picks between two literals elsewhere.

use std::path::Path;
use std::process::Command;

use crate::rust::{RustFile, root, shipped};
use crate::{Offence, refuse};

/// What two wordings can be handed to, and how one of them begins where it is written down on the spot.
const CHOICES: [&str; 4] = [".pick(", "Text::both(", "Language::Fr =>", "Language::En =>"];
const LITERALS: [&str; 5] = ["\"", "[", "(", "&format!", "format!"];

/// A choice between two literals, which is a sentence outside the catalogue.
fn picks(file: &RustFile) -> Vec<Offence> {
    if file.is_in("src/words") || file.is_in("src/base/language.rs") {
        return Vec::new();
    }
    let choices = CHOICES.iter().flat_map(|choice| file.code.match_indices(choice));
    let picks = choices.filter(|(at, choice)| {
        let inside = file.text[at + choice.len()..].trim_start();
        LITERALS.iter().any(|literal| inside.starts_with(literal))
    });
    let why = "sentences are declared with `words!` in src/words";
    picks.map(|(at, _)| file.line(at)).map(|(line, text)| Offence::new(&file.path, line, text, why)).collect()
}

#[test]
fn sentences_stand_in_the_catalogue() {
    refuse(&shipped("src").iter().flat_map(picks).collect::<Vec<_>>());
}

/// Compiles `sentences` as a part of the catalogue would be; what the compiler says where it refuses.
fn compiled(sentences: &str) -> Result<(), String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("catalogue.rs");
    let macros = root().join("src/words/sentence.rs");
    let text = format!(
        r#"
        pub mod base {{
            pub mod language {{
                #[derive(Clone, Copy)]
                pub enum Language {{ Fr, En }}
                #[derive(Debug)]
                pub struct Text {{ pub fr: Option<String>, pub en: Option<String> }}
                impl Text {{
                    pub fn get(&self, language: Language) -> &str {{
                        match language {{ Language::Fr => &self.fr, Language::En => &self.en }}.as_deref().unwrap_or("")
                    }}
                }}
            }}
            pub mod visible {{
                pub fn visible(text: &str) -> std::borrow::Cow<'_, str> {{ text.into() }}
                pub fn visible_lines(text: &str) -> String {{ text.into() }}
            }}
        }}
        pub mod words {{
            #[path = "{}"]
            mod sentence;
            pub use self::sentence::Said;
            pub(crate) use self::sentence::words;
            words! {{ {sentences} }}
        }}
        "#,
        macros.display()
    );
    std::fs::write(&file, text).expect("it can be written");
    let rustc = std::env::var("RUSTC").unwrap_or_else(|_| "rustc".to_owned());
    let output = Command::new(rustc)
        .args(["--edition", "2024", "--crate-type", "lib", "--emit", "metadata", "--out-dir"])
        .args([folder.path(), Path::new(&file)])
        .output()
        .expect("the compiler that built this test is there");
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}

#[test]
fn a_sentence_without_a_language_or_an_argument_does_not_compile() {
    let sound = r#"
        /// A sentence.
        pub fn one(name) { fr: "bonjour {name}", en: "hello {name}" }
        /// Something counted.
        pub fn two(count; name) { fr: "{count} {name}" | "{count} {name}s", en: "{count} {name}" | "{count} {name}s" }
    "#;
    assert_eq!(compiled(sound), Ok(()));
    for (wrong, words) in [
        (r#"pub fn one() { fr: "bonjour" }"#, "no rules expected"),
        (r#"pub fn one() { en: "hello" }"#, "no rules expected"),
        (r#"pub fn one(name) { fr: "bonjour {name}", en: "hello" }"#, "unused variable: `name`"),
        (r#"pub fn one(name) { fr: "bonjour", en: "hello {name}" }"#, "unused variable: `name`"),
        (r#"pub fn one(name) { fr: "bonjour {nom}", en: "hello {name}" }"#, "cannot find value `nom`"),
        (
            r#"pub fn one(count; name) { fr: "{count}" | "{count}", en: "{name}" | "{name}" }"#,
            "unused variable: `name`",
        ),
        (r#"pub fn one(count) { fr: "{count}" | "{count}", en: "{count}" }"#, "no rules expected"),
    ] {
        let said = compiled(wrong).expect_err(wrong);
        assert!(said.contains(words), "{wrong}: {said}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_between_two_literals_is_refused() {
        for text in [
            "fn f() { language.pick(\"un\", \"one\") }",
            "fn f() { language.pick(\n    \"un\",\n    \"one\",\n) }",
            "fn f() { language.pick([\"un\"], [\"one\"]) }",
            "fn f() { self.pick(&format!(\"un\"), &format!(\"one\")) }",
            "fn f() { Text::both(\"un\", \"one\") }",
            "fn f() { match language { Language::Fr => \"un\", other => one(other) } }",
            "fn f() { match language { Language::En => format!(\"one\"), other => un(other) } }",
        ] {
            assert_eq!(picks(&RustFile::new("src/cli/a.rs", text)).len(), 1, "{text}");
        }
        for text in [
            "fn f() { language.pick(fr, en) }",
            "fn f() { Text::both(&name, &name) }",
            "// language.pick(\"un\", \"one\")",
        ] {
            assert_eq!(picks(&RustFile::new("src/cli/a.rs", text)), [], "{text}");
        }
        assert_eq!(picks(&RustFile::new("src/words/time.rs", "language.pick(\"a\", \"b\")")), []);
    }
}
