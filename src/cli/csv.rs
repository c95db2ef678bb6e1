//! Rows for a spreadsheet (RFC 4180): every cell in quotation marks, and none that makes it reckon.

/// What makes a spreadsheet reckon instead of show.
const RECKONS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// One row.
pub(super) fn line(cells: &[String]) -> String {
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
