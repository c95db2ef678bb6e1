//! A kind of finding is its row in `src/finding` and the check that finds it: codes and sentences stand nowhere else. A
//! row that lacks a language, its advice in one of them, or its explanation does not compile.

use std::path::Path;
use std::process::Command;

use crate::rust::{RustFile, root, shipped};
use crate::{Offence, refuse};

/// Where the rows are.
const ROWS: &str = "src/finding";

/// Where a file writes a code, or puts a finding together by itself.
fn strays(file: &RustFile) -> Vec<Offence> {
    if file.is_in(ROWS) {
        return Vec::new();
    }
    let is_code = |at: &usize| {
        let code = &file.text[*at + 2..];
        code.len() > 4 && code.as_bytes()[..3].iter().all(u8::is_ascii_digit) && code.as_bytes()[3] == b'"'
    };
    let codes = file.text.match_indices("\"V").map(|(at, _)| at).filter(is_code);
    // Literals and tests are blanked in the code; a line of a test is blank as a whole, and so is a comment.
    let is_shipped = |at: &usize| {
        let start = file.text[..*at].rfind('\n').map_or(0, |end| end + 1);
        let end = file.text[*at..].find('\n').map_or(file.text.len(), |end| at + end);
        !file.code[start..end].trim().is_empty()
    };
    let codes = codes.filter(is_shipped);
    let made = file.words("Code").filter(|at| file.code[*at..].starts_with("Code("));
    let why = "a kind of finding has its code and its sentences in its row of src/finding";
    codes.chain(made).map(|at| file.line(at)).map(|(line, text)| Offence::new(&file.path, line, text, why)).collect()
}

#[test]
fn a_kind_of_finding_stands_in_its_row() {
    refuse(&shipped("src").iter().flat_map(strays).collect::<Vec<_>>());
}

/// Compiles `rows` as a family of findings; what the compiler says where it refuses.
fn compiled(rows: &str) -> Result<(), String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("family.rs");
    let text = format!(
        r#"
        #![allow(dead_code, unused_macros, unused_imports)]
        pub mod base {{ pub mod language {{
            #[derive(Clone, Copy)]
            pub enum Language {{ Fr, En }}
            pub struct Text {{ pub fr: Option<String>, pub en: Option<String> }}
        }} }}
        pub mod words {{
            pub trait Said {{ fn said(&self, _: crate::base::language::Language) -> String; }}
            impl Said for &str {{ fn said(&self, _: crate::base::language::Language) -> String {{ (*self).into() }} }}
        }}
        pub mod finding {{
            #[path = "{}"]
            pub mod row;
            pub struct Both {{ pub fr: &'static str, pub en: &'static str }}
            pub struct Code(pub &'static str);
            impl Clone for Code {{ fn clone(&self) -> Self {{ *self }} }}
            impl Copy for Code {{}}
            pub enum Severity {{ Error, Warning, Hint }}
            pub struct Kind {{ pub code: Code, pub severity: Severity, pub title: Both, pub why: Both, pub todo: Both }}
            pub struct Family {{ pub title: Both, pub kinds: &'static [&'static Kind] }}
            pub struct Finding {{
                pub code: Code, pub severity: Severity, pub message: crate::base::language::Text,
                pub label: Option<crate::base::language::Text>, pub help: Option<crate::base::language::Text>,
            }}
        }}
        mod family {{
            use crate::finding::row::findings;
            findings! {{ {{ fr: "f", en: "e" }} {rows} }}
        }}
        "#,
        root().join("src/finding/row.rs").display()
    );
    std::fs::write(&file, text).expect("it can be written");
    let output = Command::new(std::env::var("RUSTC").unwrap_or_else(|_| "rustc".to_owned()))
        .args(["--edition", "2024", "--crate-type", "lib", "--emit", "metadata", "--out-dir"])
        .args([folder.path(), Path::new(&file)])
        .output()
        .expect("the compiler that built this test is there");
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}

#[test]
fn a_row_without_a_language_an_argument_or_its_explanation_does_not_compile() {
    let sound = r#"ODD = "V999" error {
        title { fr: "Un titre", en: "A title" }
        why { fr: "Parce que.", en: "Because." }
        todo { fr: "Faites.", en: "Do." }
        fn odd(name) { fr: "`{name}` est étrange" => "changez-le", en: "`{name}` is odd" => "change it" }
        fn plain(name) warning { fr: "`{name}` est étrange", en: "`{name}` is odd" }
    }"#;
    assert_eq!(compiled(sound), Ok(()));
    for (from, to, words) in [
        (r#", en: "A title""#, "", "no rules expected"),
        (r#"why { fr: "Parce que.", en: "Because." }"#, "", "no rules expected"),
        (r#"fr: "Faites.", "#, "", "no rules expected"),
        (r#", en: "`{name}` is odd" }"#, " }", "no rules expected"),
        (r#" => "change it""#, "", "no rules expected"),
        (r#""`{name}` is odd" }"#, r#""it is odd" }"#, "unused variable: `name`"),
        (r#""`{name}` est étrange" => "changez-le""#, r#""c'est étrange" => "changez-le""#, "unused variable: `name`"),
        (r#""V999" error"#, r#""V999" grave"#, "unexpected end of macro invocation"),
    ] {
        assert!(sound.contains(from), "{from}");
        let said = compiled(&sound.replacen(from, to, 1)).expect_err(from);
        assert!(said.contains(words), "{from}: {said}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_or_a_finding_elsewhere_is_refused() {
        for text in ["const A: Code = Code(X);", "fn f() { say(\"V101\") }"] {
            assert_eq!(strays(&RustFile::new("src/site/a.rs", text)).len(), 1, "{text}");
            assert_eq!(strays(&RustFile::new("src/finding/a.rs", text)), [], "{text}");
        }
        for text in ["// Code(\"V101\")", "fn f() { say(\"V1012\", \"V10\", \"Vx\") }", "fn f(code: Code) {}"] {
            assert_eq!(strays(&RustFile::new("src/site/a.rs", text)), [], "{text}");
        }
    }
}
