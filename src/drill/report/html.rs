//! The report as one HTML page that needs nothing else: no script, no picture, no font from elsewhere. It prints on A4.

use maud::{Markup, html};

use super::layout::{Block, Cell, Mark, Section, Table, sections};
use super::record::{Mode, Record};
use super::{drawing, words};
use crate::base::language::{Language, Text};
use crate::base::paper::document;
use crate::base::visible::visible;
use crate::words::report::{self, summary};

const STYLE: &str = include_str!("report.css");

/// The report in `language`.
pub fn html(record: &Record, language: Language) -> String {
    let title = visible(record.title.get(language));
    let parts = sections(record, language);
    let body = html! {
        (marking(language))
        header {
            p.kind { (kind(record.mode).get(language)) }
            h1 { (title) }
            p.where { (visible(&record.site)) " · " (words::said(language, &words::day_and_hour(record.started))) }
            (tiles(record, language))
        }
        main {
            @for part in &parts { (section(part, record, language)) }
        }
        (marking(language))
    };
    let head = format!("{title} — {} — {}", record.drill, report::marking().get(language));
    document(language, &head, &format!("{STYLE}{}", running_head(language)), &body)
}

/// The marking on every printed page.
fn running_head(language: Language) -> String {
    format!("@page {{ @top-center {{ content: \"{}\"; }} }}", report::marking().get(language))
}

fn marking(language: Language) -> Markup {
    html! { p.marking { (report::marking().get(language)) } }
}

fn kind(mode: Mode) -> Text {
    match mode {
        Mode::Live => report::of_exercise(),
        Mode::Rehearsal => report::of_rehearsal(),
    }
}

/// The four numbers to see first.
fn tiles(record: &Record, language: Language) -> Markup {
    let tally = record.tally;
    let share = words::said(language, &words::share(tally));
    let tiles = [
        ("plain", share, summary::of_judged()),
        ("good", tally.met.to_string(), summary::met()),
        ("half", tally.partly.to_string(), summary::partly()),
        ("bad", tally.missed.to_string(), summary::missed()),
        ("quiet", (tally.all() - tally.judged()).to_string(), summary::not_judged()),
    ];
    html! {
        ul.tiles {
            @for (class, number, label) in tiles {
                li class=(class) { strong { (number) } " " span { (label.get(language)) } }
            }
        }
    }
}

fn section(section: &Section, record: &Record, language: Language) -> Markup {
    html! {
        section {
            h2 { (section.title) }
            @for block in &section.blocks { (part(block, record, language)) }
        }
    }
}

fn part(part: &Block, record: &Record, language: Language) -> Markup {
    html! {
        @match part {
            Block::Paragraph(words) => p { (visible(words)) },
            Block::Notice(words) => p.notice role="note" { (visible(words)) },
            Block::Facts(facts) => dl {
                @for (term, value) in facts { div { dt { (visible(term)) } dd { (visible(value)) } } }
            },
            Block::Table(shown) => (table(shown)),
            Block::Timeline => figure { (drawing::drawing(record, language)) },
            Block::Lines(title, count) => {
                h3 { (title) }
                @for _ in 0..*count { div.line {} }
            },
        }
    }
}

fn table(table: &Table) -> Markup {
    // Rows of nothing but a number are there to be written on.
    let to_fill = table.rows.iter().all(|row| row.iter().skip(1).all(|cell| cell.text.is_empty()));
    html! {
        div.wide {
            table.fill[to_fill] {
                caption { (table.caption) }
                thead { tr { @for title in &table.head { th scope="col" { (title) } } } }
                tbody {
                    @for row in &table.rows {
                        tr { @for shown in row { (cell(shown)) } }
                    }
                }
            }
        }
    }
}

fn cell(cell: &Cell) -> Markup {
    let class = match cell.mark {
        Mark::Plain => None,
        Mark::Good => Some("good"),
        Mark::Half => Some("half"),
        Mark::Bad => Some("bad"),
        Mark::Quiet => Some("quiet"),
    };
    html! { td class=[class] { (visible(&cell.text)) } }
}
