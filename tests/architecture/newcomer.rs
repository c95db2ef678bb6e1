//! The questions of a newcomer in docs/ARCHITECTURE.md: each path exists and declares what is named.

use crate::rust::root;

/// The rows of the page's table: question, path, declaration.
fn answers(page: &str) -> Vec<[String; 3]> {
    let section = page.split("## Ten questions of a newcomer").nth(1).and_then(|rest| rest.split("\n## ").next());
    let rows = section.unwrap_or_default().lines().filter(|line| line.starts_with("| ") && line.contains("`src/"));
    let cells =
        |row: &str| row.trim_matches('|').split('|').map(|cell| cell.trim().trim_matches('`').to_owned()).collect();
    rows.map(cells).filter_map(|cells: Vec<String>| cells.try_into().ok()).collect()
}

#[test]
fn every_question_of_a_newcomer_is_answered_where_the_page_says() {
    let page = std::fs::read_to_string(root().join("docs/ARCHITECTURE.md")).unwrap();
    let answers = answers(&page);
    assert_eq!(answers.len(), 10, "{answers:?}");
    for [question, path, declared] in &answers {
        let text =
            std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{question} {path}: {error}"));
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        assert!(code.contains(declared.as_str()), "{question} {path} does not declare `{declared}`");
    }
}
