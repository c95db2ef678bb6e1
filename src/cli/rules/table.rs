//! Rows of words in columns that are as wide as they need to be.

use crate::base::visible::visible;
use crate::cli::screen::{Paint, Screen};

/// The widest a column gets.
const WIDEST: usize = 48;

/// Shows `rows` under `heads`; the last column is never padded nor cut.
pub(super) fn show<const N: usize>(screen: Screen, heads: [&str; N], rows: &[[String; N]]) {
    let length = |text: &str| visible(text).chars().count();
    let width = |column: usize| {
        let cells = rows.iter().map(|row| length(&row[column]));
        cells.chain([length(heads[column])]).max().unwrap_or(0).min(WIDEST)
    };
    let widths: Vec<usize> = (0..N).map(width).collect();
    let line = |cells: [&str; N]| {
        let padded = cells.iter().zip(&widths).map(|(cell, width)| format!("{:<width$}", visible(cell)));
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    screen.row().paint(Paint::Dim, line(heads)).end();
    for row in rows {
        screen.line(line(std::array::from_fn(|column| row[column].as_str())));
    }
}
