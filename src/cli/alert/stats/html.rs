//! The figures as one HTML page that a director reads, and that prints on A4.

use maud::{Markup, html};

use super::figures::{Month, name};
use super::said::Figures;
use super::sheets::Sheet;
use crate::base::paper::document;
use crate::base::visible::visible;
use crate::words::stats as words;

const STYLE: &str = include_str!("stats.css");

pub(super) fn page(figures: &Figures) -> String {
    let title = figures.say(&words::title());
    let sheets = figures.sheets();
    let body = html! {
        header {
            h1 { (title) }
            p.place { (visible(&figures.site)) " · " (figures.say(&words::made(figures.at(figures.made)))) }
            @if let Some((at, month)) = figures.months.last_key_value() { (tiles(figures, &name(*at), month)) }
        }
        main {
            @if sheets.is_empty() { p { (figures.say(&words::nothing())) } }
            @for sheet in &sheets { (table(figures, sheet)) }
            @for remark in figures.remarks() { p.remark { (figures.say(&remark)) } }
        }
    };
    document(figures.language, &title, STYLE, &body)
}

/// The last month in four figures.
fn tiles(figures: &Figures, name: &str, month: &Month) -> Markup {
    let answers = &month.answers;
    let half = answers.half_within.map_or_else(|| "–".to_owned(), |time| figures.lasted(time));
    let tiles = [
        (answers.alerts.to_string(), words::tile_alerts()),
        (half, words::tile_half()),
        (figures.say(&words::of(answers.false_alarms, answers.qualified)), words::tile_false()),
        (figures.say(&words::of(month.pages.at_night(), month.pages.pages)), words::tile_night()),
    ];
    html! {
        section.tiles {
            h2 { (name) }
            @for (figure, what) in &tiles { p { b { (figure) } " " span { (figures.say(what)) } } }
        }
    }
}

fn table(figures: &Figures, sheet: &Sheet) -> Markup {
    html! {
        section {
            h2 { (figures.say(&sheet.title)) }
            table {
                thead { tr { @for (at, title) in sheet.head.iter().enumerate() { th.figure[at >= sheet.worded] scope="col" { (figures.say(title)) } } } }
                tbody {
                    @for row in &sheet.rows {
                        tr { @for (at, cell) in row.iter().enumerate() { td.figure[at >= sheet.worded] { (visible(cell)) } } }
                    }
                }
            }
            p.remark { (figures.say(&sheet.how)) }
        }
    }
}
