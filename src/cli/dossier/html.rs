//! The file of an alert as one HTML page that needs nothing else: no script, no picture, no font from elsewhere. It prints on
//! A4. Whatever stands in it is escaped.

use maud::{Markup, html};

use super::{Dossier, words};
use crate::api::{ChainFact, EntryView, Fact, LedgerFact, LedgerView, PageView};
use crate::base::language::Text;
use crate::base::paper::document;
use crate::base::visible::visible;
use crate::cli::alert::state;
use crate::words::alert as of_alert;
use crate::words::ledger as of_ledger;
use crate::words::level::level;

const STYLE: &str = include_str!("dossier.css");

pub(super) fn page(dossier: &Dossier<'_>) -> String {
    let alert = &dossier.view.alert;
    let title = dossier.say(&words::title(alert.id));
    let drill = alert.realm.drill().map(|drill| dossier.say(&of_ledger::exercise(drill)));
    let body = html! {
        @if let Some(drill) = &drill { p.marking { (drill) } }
        header {
            p.kind { (title) }
            h1 { (visible(alert.title.get(dossier.language))) }
            p.place { (visible(&dossier.site)) " · " (dossier.say(&words::made(dossier.at(dossier.made)))) }
        }
        main {
            (brief(dossier))
            (told(dossier))
            (taken(dossier))
            (notes(dossier))
            (duties(dossier))
            (course(dossier))
            (proof(dossier))
        }
        @if let Some(drill) = &drill { p.marking { (drill) } }
    };
    document(dossier.language, &title, STYLE, &body)
}

fn section(dossier: &Dossier<'_>, title: &Text, inside: &Markup) -> Markup {
    html! { section { h2 { (dossier.say(title)) } (inside) } }
}

/// What it was, in few rows.
fn brief(dossier: &Dossier<'_>) -> Markup {
    let alert = &dossier.view.alert;
    let or_unknown = |known: Option<bool>| match known {
        Some(true) => of_alert::yes(),
        Some(false) => of_alert::no(),
        None => words::unknown(),
    };
    let mut rows = vec![
        (words::level(), dossier.say(&level(alert.level))),
        (words::first(), dossier.at(alert.first)),
        (words::raised(), dossier.at(alert.raised)),
        (words::over(), alert.resolved.map_or_else(|| dossier.say(&words::still_open()), |at| dossier.at(at))),
    ];
    if let Some((by, why)) = &alert.ended {
        let ended = why.as_ref().map_or_else(|| by.clone(), |why| dossier.say(&words::by_for(by, why)));
        rows.push((words::ended_by(), ended));
    }
    let said = alert.qualified.as_ref();
    let verdict = said.map_or_else(words::unknown, |said| words::by_whom(said.verdict.said(), &said.by));
    rows.push((words::verdict(), dossier.say(&verdict)));
    if let Some(note) = said.and_then(|said| said.note.as_ref()) {
        rows.push((words::remark(), note.clone()));
    }
    rows.push((of_alert::personal_data(), dossier.say(&or_unknown(said.and_then(|said| said.personal_data)))));
    rows.push((of_alert::care(), dossier.say(&or_unknown(said.and_then(|said| said.care)))));
    for (name, value) in &alert.subject {
        rows.push((of_alert::field(name), value.to_string()));
    }
    let description = alert.description.get(dossier.language);
    let inside = html! {
        @for part in description.lines() { p { (visible(part)) } }
        dl { @for (name, value) in &rows { div { dt { (dossier.say(name)) } dd { (visible(value)) } } } }
    };
    section(dossier, &words::brief(), &inside)
}

fn table(dossier: &Dossier<'_>, head: &[Text], rows: &[Vec<String>]) -> Markup {
    html! {
        @if rows.is_empty() {
            p.none { (dossier.say(&words::none())) }
        } @else {
            table {
                thead { tr { @for title in head { th scope="col" { (dossier.say(title)) } } } }
                tbody { @for row in rows { tr { @for cell in row { td { (visible(cell)) } } } } }
            }
        }
    }
}

/// Everybody who was told, and with what proof.
fn told(dossier: &Dossier<'_>) -> Markup {
    let row = |page: &PageView| {
        let proof = page.receipt.clone().unwrap_or_default();
        vec![
            dossier.at(page.created),
            dossier.name(&page.person),
            page.channel.to_string(),
            dossier.say(&state(&page.state)),
            proof,
            page.page.to_string(),
        ]
    };
    let rows: Vec<_> = dossier.view.pages.iter().map(row).collect();
    let head =
        [words::decided(), words::whom(), words::channel(), words::outcome(), words::receipt(), words::message()];
    section(
        dossier,
        &words::told(),
        &html! { (table(dossier, &head, &rows)) p.remark { (dossier.say(&words::accepted_means())) } },
    )
}

/// What of the story is of one kind.
fn rows_of(dossier: &Dossier<'_>, wanted: impl Fn(&Fact) -> bool) -> Vec<Vec<String>> {
    let is_wanted =
        |entry: &&EntryView| Fact::read(&entry.kind, &entry.body.to_string()).is_some_and(|fact| wanted(&fact));
    let row = |entry: &EntryView| vec![dossier.at(entry.at), dossier.sentence(entry), entry.id.to_string()];
    dossier.view.story.iter().filter(is_wanted).map(row).collect()
}

fn head() -> [Text; 3] {
    [words::when(), words::what(), words::entry()]
}

/// Who said "I have it".
fn taken(dossier: &Dossier<'_>) -> Markup {
    let is_of_it = |fact: &Fact| {
        matches!(fact, Fact::Chain(ChainFact::Acked { .. } | ChainFact::HandedOn { .. } | ChainFact::Snoozed { .. }))
    };
    section(dossier, &words::taken(), &table(dossier, &head(), &rows_of(dossier, is_of_it)))
}

/// What people wrote down.
fn notes(dossier: &Dossier<'_>) -> Markup {
    let mut rows = Vec::new();
    for entry in &dossier.view.story {
        if let Some(Fact::Ledger(LedgerFact::Note { text, by, happened, .. })) =
            Fact::read(&entry.kind, &entry.body.to_string())
        {
            let happened = dossier.at(happened.unwrap_or(entry.at));
            rows.push(vec![happened, dossier.name(&by), text, dossier.at(entry.at), entry.id.to_string()]);
        }
    }
    let head = [words::happened(), words::who(), words::note(), words::noted(), words::entry()];
    section(dossier, &words::notes(), &table(dossier, &head, &rows))
}

/// What was to be declared, and by whom.
fn duties(dossier: &Dossier<'_>) -> Markup {
    let rows = rows_of(dossier, |fact| matches!(fact, Fact::Duty(_)));
    section(dossier, &words::duties(), &table(dossier, &head(), &rows))
}

/// All of it, entry by entry.
fn course(dossier: &Dossier<'_>) -> Markup {
    let row = |entry: &EntryView| {
        let account = entry.done_by().map(|by| by.account).unwrap_or_default();
        let seal: String = entry.seal.chars().take(16).collect();
        vec![entry.id.to_string(), dossier.at(entry.at), dossier.sentence(entry), account, seal]
    };
    let rows: Vec<_> = dossier.view.story.iter().map(row).collect();
    let head = [words::entry(), words::when(), words::what(), words::account(), words::seal()];
    section(dossier, &words::course(), &table(dossier, &head, &rows))
}

/// How all that can be checked.
fn proof(dossier: &Dossier<'_>) -> Markup {
    let verdict = match dossier.ledger {
        LedgerView::Whole { entries, head, .. } => html! {
            p.good { (dossier.say(&of_ledger::whole())) }
            dl {
                div { dt { (dossier.say(&words::entries())) } dd { (entries) } }
                div { dt { (dossier.say(&words::head())) } dd.seal { (head) } }
            }
            p { (dossier.say(&words::how())) }
            pre { "vigie ledger verify --head " (head) }
        },
        LedgerView::Broken { entry, what } => html! {
            p.bad { (dossier.say(&of_ledger::broken_at(entry, of_ledger::fault(*entry, what)))) }
        },
    };
    section(dossier, &words::proof(), &html! { (verdict) p.remark { (dossier.say(&words::limits())) } })
}
