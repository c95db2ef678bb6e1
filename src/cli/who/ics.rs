//! `vigie who --ics`: the turns of rotas, or those of one person in all of them, as a calendar for other programs. It says what
//! `vigie who` prints, and nothing more.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use jiff::{SignedDuration, Timestamp};

use super::super::screen::Screen;
use crate::alert::oncall::{OnCall, Span, Target};
use crate::base::id::RotaId;
use crate::base::seal::Seal;
use crate::base::visible::visible;
use crate::daemon::clock;
use crate::site::Site;
use crate::text::calendar::{self, Entry};
use crate::words::failure::{Failure, unwritten};
use crate::words::oncall as words;

/// So many days where nobody says how many.
const DAYS: u16 = 90;

/// What is asked for.
pub(super) struct Asked {
    pub(super) now: Timestamp,
    pub(super) days: Option<u16>,
    pub(super) file: Option<PathBuf>,
}

/// Writes the calendar to the file, or to the screen.
pub(super) fn write(screen: Screen, site: &Site, targets: &[Target], asked: Asked) -> Result<()> {
    let days = SignedDuration::from_hours(24 * i64::from(asked.days.unwrap_or(DAYS)));
    let until = asked.now.saturating_add(days).unwrap_or(Timestamp::MAX);
    let entries = entries(site, targets, (asked.now, until));
    if entries.is_empty() {
        screen.note(words::no_turn());
    }
    let title = words::turns_at(visible(&site.settings.name));
    let text = calendar::write(title.get(site.settings.language), clock::now(), entries);
    match asked.file {
        None => screen.text(&text),
        Some(file) => {
            std::fs::write(&file, text).with_context(|| Failure(unwritten(file.display())))?;
            screen.line(words::written(file.display()));
        }
    }
    Ok(())
}

/// The turns of each rota that is meant, or those of one person in all rotas.
fn entries(site: &Site, targets: &[Target], (from, until): (Timestamp, Timestamp)) -> Vec<Entry> {
    let mut entries = Vec::new();
    for target in targets {
        let (rotas, person): (Vec<&RotaId>, _) = match target {
            Target::Rota(rota) => (vec![rota], None),
            Target::Person(person) => (site.roster.rotas.keys().collect(), Some(person)),
        };
        for rota in rotas {
            let turns = site.roster.turns(rota, from, until);
            let held = turns.iter().filter_map(|span| Some((span, span.who?)));
            let meant = held.filter(|(_, who)| person.is_none_or(|person| who.person.id == *person));
            entries.extend(meant.map(|(span, who)| entry(site, rota, span, &who)));
        }
    }
    entries
}

fn entry(site: &Site, rota: &RotaId, span: &Span<'_>, who: &OnCall<'_>) -> Entry {
    let (language, person) = (site.settings.language, who.person);
    let why = super::why(who, span.from).map(|why| why.get(language).to_owned());
    let lines = [format!("{} ({})", visible(&person.name), person.id)];
    let more = person.number().map(str::to_owned).into_iter().chain(why);
    // The same turn has the same name each time, so that a calendar which took it once only changes it.
    let named = [&site.settings.name, rota.as_str(), person.id.as_str(), &span.from.to_string()];
    let seal = Seal::of(&named.map(str::as_bytes)).to_string();
    Entry {
        uid: format!("{}@vigie", &seal[..32]),
        from: span.from,
        to: span.to,
        summary: words::turn_of(visible(&person.name)).get(language).to_owned(),
        description: lines.into_iter().chain(more).collect::<Vec<_>>().join("\n"),
        category: visible(rota.as_str()).into_owned(),
    }
}
