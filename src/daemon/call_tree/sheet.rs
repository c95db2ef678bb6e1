//! The call tree on paper: whom to call in which order, with room to write, who is on call, and all numbers. It needs nothing
//! else: no script, no picture, no font from elsewhere.

use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};

use crate::alert::chain::{Chain, Step, StepKind};
use crate::alert::oncall::{Roster, Target};
use crate::base::language::Language;
use crate::base::paper::document;
use crate::base::visible::visible;
use crate::site::Site;
use crate::words::Said;
use crate::words::oncall::{self as words, levels};
use crate::words::time::{At, Lasted};

const STYLE: &str = include_str!("sheet.css");

/// The call tree of a site, with the plan of so many days.
pub(crate) fn html(site: &Site, now: Timestamp, days: u16, language: Language) -> String {
    let say = |text: &dyn Said| text.said(language).into_owned();
    let mut chains: Vec<&Chain> = site.chains.iter().collect();
    // What is grave is looked for first.
    chains.sort_by_key(|chain| std::cmp::Reverse(chain.levels.last().copied()));
    let body = html! {
        h1 { (say(&words::sheet())) }
        p.where { (visible(&site.settings.name)) " · " (say(&words::made(At(now, &site.settings.zone)))) }
        p.use { (say(&words::sheet_use())) }
        @for chain in chains { (self::chain(site, chain, now, language)) }
        (plan(site, now, days, language))
        (everybody(&site.roster, language))
    };
    let title = format!("{} — {}", say(&words::sheet()), visible(&site.settings.name));
    document(language, &title, STYLE, &body)
}

fn chain(site: &Site, chain: &Chain, now: Timestamp, language: Language) -> Markup {
    let say = |text: &dyn Said| text.said(language).into_owned();
    let asked = |step: &&Step| step.kind == StepKind::Notify;
    let declared = chain.steps.iter().filter_map(|step| match &step.kind {
        StepKind::Declare(duty) => Some((duty, step)),
        StepKind::Notify => None,
    });
    let declared: Vec<_> = declared.collect();
    html! {
        h2 { (visible(chain.id.as_str())) }
        p.takes { (say(&words::takes(levels(&chain.levels)))) }
        table {
            tr {
                th { } th.who { (say(&words::who_column())) } th { (say(&words::number_column())) }
                th { (say(&words::after_column())) } th.room { (say(&words::called_column())) }
                th.room { (say(&words::by_column())) } th.wide { (say(&words::answer_column())) }
            }
            @for (number, step) in (1..).zip(chain.steps.iter().filter(asked)) {
                tr {
                    td { (number) } (person(&site.roster, &step.to, now, language))
                    td { (say(&Lasted(step.ack))) } td { } td { } td { }
                }
            }
        }
        @if !declared.is_empty() {
            p.end { strong { (say(&words::to_declare())) } }
            table {
                @for (duty, step) in declared {
                    tr { td { (visible(duty.as_str())) } (person(&site.roster, &step.to, now, language)) td.wide { } }
                }
            }
        }
    }
}

/// Who a step means, and their number.
fn person(roster: &Roster, target: &Target, now: Timestamp, language: Language) -> Markup {
    let person = roster.who(target, now);
    let nobody = words::nobody();
    html! {
        td {
            (person.map_or_else(|| nobody.get(language).to_owned(), |person| visible(&person.name).into_owned()))
            @if let Target::Rota(rota) = target { div.rota { (visible(rota.as_str())) } }
        }
        td.number { (visible(person.and_then(|person| person.number()).unwrap_or_default())) }
    }
}

fn plan(site: &Site, now: Timestamp, days: u16, language: Language) -> Markup {
    let say = |text: &dyn Said| text.said(language).into_owned();
    let until = now.saturating_add(SignedDuration::from_hours(24 * i64::from(days))).unwrap_or(Timestamp::MAX);
    html! {
        @for rota in site.roster.rotas.keys() {
            h2 { (say(&words::plan(days))) " — " (visible(rota.as_str())) }
            table {
                @for span in site.roster.spans(&Target::Rota(rota.clone()), now, until) {
                    tr {
                        td { (say(&words::span(At(span.from, &site.settings.zone), At(span.to, &site.settings.zone)))) }
                        @let person = span.who.map(|who| who.person);
                        td { (person.map_or_else(|| say(&words::nobody()), |person| visible(&person.name).into_owned())) }
                        td.number { (visible(person.and_then(|person| person.number()).unwrap_or_default())) }
                    }
                }
            }
        }
    }
}

fn everybody(roster: &Roster, language: Language) -> Markup {
    html! {
        h2 { (words::everybody().get(language)) }
        table {
            @for person in roster.people.values() {
                tr { td { (visible(&person.name)) } td.number { (visible(person.number().unwrap_or_default())) } td.wide { } }
            }
        }
    }
}
