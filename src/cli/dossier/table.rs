//! The entries about an alert as CSV (RFC 4180), for a spreadsheet.

use super::Dossier;
use super::words;

/// What makes a spreadsheet reckon instead of show.
const RECKONS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// One row for each entry.
pub(super) fn csv(dossier: &Dossier<'_>) -> String {
    let head = [
        words::entry(),
        words::instant(),
        words::realm(),
        words::kind(),
        words::what(),
        words::account(),
        words::particulars(),
        words::seal(),
    ];
    let head = head.map(|title| dossier.say(&title));
    let mut lines = vec![line(&head)];
    for entry in &dossier.view.story {
        let account = entry.done_by().map(|by| by.account).unwrap_or_default();
        lines.push(line(&[
            entry.id.to_string(),
            entry.at.to_string(),
            entry.realm.to_string(),
            entry.kind.clone(),
            dossier.sentence(entry),
            account,
            entry.body.to_string(),
            entry.seal.clone(),
        ]));
    }
    lines.concat()
}

fn line(cells: &[String]) -> String {
    format!("{}\r\n", cells.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(","))
}

fn quoted(cell: &str) -> String {
    let text = if cell.starts_with(RECKONS) { format!("'{cell}") } else { cell.to_owned() };
    format!("\"{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_quoted_and_never_reckoned_with() {
        assert_eq!(quoted(r#"a "b", c"#), r#""a ""b"", c""#);
        for formula in ["=1+1", "+1", "-1", "@x", "\t=1"] {
            assert!(quoted(formula).starts_with("\"'"), "{formula}");
        }
        assert_eq!(line(&["a".to_owned(), String::new()]), "\"a\",\"\"\r\n");
    }
}
