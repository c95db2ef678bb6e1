//! docs/glossary.md: one row for each word, in order, and each file that it names is there and speaks of the word.

use crate::rust::root;

/// The rows: a word, and the files that it lives in.
fn rows(page: &str) -> Vec<(&str, Vec<&str>)> {
    let rows = page.lines().filter(|line| line.starts_with("| ") && line.contains("`src/"));
    rows.filter_map(row).collect()
}

fn row(line: &str) -> Option<(&str, Vec<&str>)> {
    let (word, rest) = line.strip_prefix("| ")?.split_once(" | ")?;
    let (_, files) = rest.rsplit_once(" | ")?;
    Some((word, files.split('`').filter(|part| part.starts_with("src/")).collect()))
}

/// Whether `text` speaks of `word`, in a name or in a sentence.
fn speaks_of(text: &str, word: &str) -> bool {
    let plain = |text: &str| text.to_lowercase().replace([' ', '_'], "");
    plain(text).contains(&plain(word))
}

#[test]
fn every_word_stands_once_and_lives_where_the_page_says() {
    let page = std::fs::read_to_string(root().join("docs/glossary.md")).unwrap();
    let rows = rows(&page);
    assert!(rows.len() > 60, "{} words", rows.len());
    assert!(rows.is_sorted_by(|(one, _), (other, _)| one < other), "in order, each word once");
    for (word, files) in rows {
        assert!(!files.is_empty(), "{word}");
        for file in files {
            let text =
                std::fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{word} {file}: {error}"));
            assert!(speaks_of(&text, word), "{file} does not speak of `{word}`");
        }
    }
}
