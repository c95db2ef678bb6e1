//! The report as Markdown (the tables are those of GitHub and GitLab).

use std::fmt::Write as _;

use super::layout::{Block, Cell, Table, sections};
use super::record::Record;
use crate::base::language::Language;
use crate::base::visible::visible;
use crate::words::report::marking;

/// The report in `language`.
pub fn markdown(record: &Record, language: Language) -> String {
    let marking = marking();
    let marking = marking.get(language);
    let mut text = format!("**{marking}**\n\n# {}\n", escape(record.title.get(language)));
    for section in sections(record, language) {
        line(&mut text, format_args!("\n## {}\n", escape(&section.title)));
        for block in &section.blocks {
            write_block(&mut text, block);
        }
    }
    line(&mut text, format_args!("\n**{marking}**"));
    text
}

fn write_block(text: &mut String, block: &Block) {
    match block {
        Block::Paragraph(words) => line(text, format_args!("{}\n", escape(words))),
        Block::Notice(words) => line(text, format_args!("> **{}**\n", escape(words))),
        Block::Facts(facts) => {
            for (term, value) in facts {
                line(text, format_args!("- **{}** — {}", escape(term), escape(value)));
            }
            text.push('\n');
        }
        Block::Table(table) => write_table(text, table),
        // The table under the drawing says the same.
        Block::Timeline => {}
        Block::Lines(title, count) => {
            line(text, format_args!("### {}\n", escape(title)));
            for _ in 0..*count {
                line(text, format_args!("- …"));
            }
            text.push('\n');
        }
    }
}

fn write_table(text: &mut String, table: &Table) {
    line(text, format_args!("*{}*\n", escape(&table.caption)));
    let head: Vec<_> = table.head.iter().map(|title| escape(title)).collect();
    line(text, format_args!("| {} |", head.join(" | ")));
    line(text, format_args!("|{}", " --- |".repeat(head.len())));
    for row in &table.rows {
        let cells: Vec<_> = row.iter().map(|Cell { text, .. }| escape(text)).collect();
        line(text, format_args!("| {} |", cells.join(" | ")));
    }
    text.push('\n');
}

fn line(text: &mut String, words: std::fmt::Arguments<'_>) {
    writeln!(text, "{words}").expect("writing to a string cannot fail");
}

/// Text that people wrote must not turn into markup, nor break out of its line, nor hide.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in visible(text).chars() {
        match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' => {
                escaped.push('\\');
                escaped.push(letter);
            }
            _ => escaped.push(letter),
        }
    }
    escaped
}
