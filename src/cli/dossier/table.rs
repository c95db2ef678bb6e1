//! The entries about an alert as CSV (RFC 4180), for a spreadsheet.

use super::Dossier;
use super::words;
use crate::cli::csv::line;

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
