//! `vigie status`: how a running daemon is doing.

use anyhow::Result;
use clap::Args;

use super::answer::told;
use super::exit::Exit;
use super::place::Place;
use super::screen::Screen;
use super::tongue::of_terminal;
use crate::api::{Answer, NotArmed, Query};
use crate::base::id::RuleId;
use crate::base::language::{Language, Text};

/// How many rules that are not armed are named in one line.
const NAMED: usize = 6;

/// Says how the running daemon is doing
#[derive(Debug, Args)]
pub(super) struct StatusOf {
    #[command(flatten)]
    place: Place,
    /// Print it as JSON
    #[arg(long)]
    json: bool,
}

impl StatusOf {
    pub(super) fn run(self, screen: Screen) -> Result<Exit> {
        let status = match self.place.ask(Query::Status)? {
            Answer::Status(status) => status,
            other => return Ok(told(screen, of_terminal(), &other)),
        };
        if self.json {
            screen.json(&status);
            return Ok(Exit::Fine);
        }
        screen.line(format!(
            "{}: {} rules, {} open alerts, {} pages on their way",
            screen.bold(&status.site),
            status.rules,
            status.open_alerts,
            status.owed_pages
        ));
        if let Some(since) = status.rules_since {
            screen.line(format!("  these rules since {}", since.strftime("%Y-%m-%d %H:%M:%SZ")));
        }
        for source in &status.sources {
            let malformed = match source.malformed {
                0 => String::new(),
                count => format!(", {count} not in this format"),
            };
            screen.line(format!("  {:<16} {:<20} {} lines{malformed}", source.name, source.format, source.lines));
        }
        for NotArmed { why, rules } in &status.not_armed {
            screen.line(unarmed_words(why, rules));
        }
        for drill in &status.drills {
            let paused = if drill.paused { ", paused" } else { "" };
            screen.line(format!("  drill {} {} at {}{paused}", drill.id, drill.playbook, drill.at));
        }
        if let Some(trouble) = &status.store_trouble {
            screen.line(format!("  {}: {trouble}", screen.red("the store cannot be written")));
        }
        Ok(Exit::Fine)
    }
}

/// Rules that cannot match for one reason, in one line.
pub(super) fn unarmed_words(why: &Text, rules: &[RuleId]) -> String {
    let named: Vec<&str> = rules.iter().take(NAMED).map(RuleId::as_str).collect();
    let more = rules.len().saturating_sub(NAMED);
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    format!("  not armed, {}: {}{more}", why.get(Language::En), named.join(", "))
}
