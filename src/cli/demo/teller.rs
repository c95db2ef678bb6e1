//! Tells what happens as it happens, from the facts that the daemon tells of: what is told is what was kept.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result};
use tokio::sync::mpsc::UnboundedReceiver;

use super::sink::Sink;
use crate::api::{AlertFact, ChainFact, DutyFact, Fact, PageEnd, PageFact, Told};
use crate::base::id::{AlertId, PersonId};
use crate::base::language::Text;
use crate::cli::screen::{Paint, Row, Screen};
use crate::drill::play;
use crate::drill::play::Verdict;
use crate::site::Site;
use crate::store::Verified;
use crate::words::demo as words;
use crate::words::failure::colon;

/// The teller.
pub(super) struct Teller {
    screen: Screen,
    site: Site,
    sink: Sink,
    facts: UnboundedReceiver<Told>,
    /// Who was told last of each alert that nobody has.
    waiting: BTreeMap<AlertId, PersonId>,
    mails: usize,
}

impl Teller {
    pub(super) fn new(screen: Screen, site: &Site, sink: Sink, facts: UnboundedReceiver<Told>) -> Self {
        Self { screen, site: site.clone(), sink, facts, waiting: BTreeMap::new(), mails: 0 }
    }

    /// Listens to another daemon from now on.
    pub(super) fn listen(&mut self, facts: UnboundedReceiver<Told>) {
        self.facts = facts;
    }

    /// Who was told last of each alert that nobody has.
    pub(super) fn waiting(&self) -> &BTreeMap<AlertId, PersonId> {
        &self.waiting
    }

    pub(super) fn opening(&self, folder: &Path) {
        self.screen.row().paint(Paint::Bold, words::title()).end();
        self.screen.line(words::opening(folder.display()));
    }

    pub(super) fn act(&self, number: u8) {
        let title = match number {
            1 => words::watch(),
            2 => words::warn(),
            _ => words::rehearse(),
        };
        self.screen.line("");
        self.screen.row().paint(Paint::Bold, title).end();
    }

    pub(super) fn closing(&self, folder: &Path, verified: &Verified) {
        self.screen.line("");
        self.screen.line(words::ledger(verified.entries));
        self.screen.line(format!("  vigie ledger verify --site {} --head {}", folder.display(), verified.head));
        self.screen.line(words::reports());
        for name in ["report.html", "report.md", "report.json"] {
            self.screen.line(format!("  {}", folder.join(name).display()));
        }
        self.screen.line(words::mails());
        self.screen.line(format!("  {} × {}", self.sink.delivered(), folder.join("mail").display()));
    }

    /// Tells on until a fact fits, and returns it.
    pub(super) async fn until(&mut self, fits: impl Fn(&Fact) -> bool) -> Result<Fact> {
        loop {
            let told = self.facts.recv().await.context("the daemon tells nothing any more")?;
            self.tell(&told);
            if fits(&told.fact) {
                return Ok(told.fact);
            }
        }
    }

    /// Tells on until nothing new has come for a moment.
    pub(super) async fn until_quiet(&mut self) {
        while let Ok(Some(told)) = tokio::time::timeout(super::QUIET, self.facts.recv()).await {
            self.tell(&told);
        }
    }

    /// Tells everything new, and returns it.
    pub(super) fn catch_up(&mut self) -> Vec<Told> {
        let mut new = Vec::new();
        while let Ok(told) = self.facts.try_recv() {
            self.tell(&told);
            new.push(told);
        }
        new
    }

    fn tell(&mut self, told: &Told) {
        match &told.fact {
            Fact::Chain(ChainFact::StepReached { alert, person, .. }) => {
                self.waiting.insert(*alert, person.clone());
            }
            Fact::Chain(ChainFact::Acked { alert, .. }) => {
                self.waiting.remove(alert);
            }
            _ => {}
        }
        let zone = self.site.settings.zone.clone();
        let clock = told.at.to_zoned(zone).strftime("%H:%M:%S%.1f").to_string();
        let marking = told.realm.drill().map(|_| words::exercise());
        let row = self.screen.row().put("  ").paint(Paint::Dim, clock).put("  ");
        let row = row.maybe(marking, |row, marking| row.paint(Paint::Dim, marking));
        if let Some(row) = self.words(row, &told.fact) {
            row.end();
        }
    }

    /// The row with what a fact says; nothing for what is not told.
    fn words(&mut self, row: Row, fact: &Fact) -> Option<Row> {
        Some(match fact {
            Fact::Alert(fact) => return alert_words(row, fact),
            Fact::Chain(ChainFact::StepReached { alert, person, .. }) => {
                row.put(words::telling(alert, self.name(person)))
            }
            Fact::Chain(ChainFact::StepUnanswered { alert, person, .. }) => {
                row.put(words::no_answer(alert, self.name(person))).paint(Paint::Red, words::climbs())
            }
            Fact::Chain(ChainFact::Acked { alert, by }) => row.paint(Paint::Green, words::has_it(alert, self.name(by))),
            Fact::Duty(DutyFact::Given { alert, duty, owner, .. }) => {
                row.put(words::duty(alert, duty, self.name(owner)))
            }
            Fact::Page(PageFact::Accepted(end)) => row.put(self.page_words(end)),
            Fact::Page(PageFact::Failed(end)) => row.put(words::failed(end.page, &end.proof)),
            Fact::Drill(fact) => return drill_words(row, fact),
            _ => return None,
        })
    }

    fn page_words(&mut self, end: &PageEnd) -> Text {
        let PageEnd { page, channel, proof, .. } = end;
        let to = self.name(&end.to);
        if self.sink.delivered() > self.mails && channel.as_str() == "mail" {
            self.mails += 1;
            return words::mailed(page, to, proof);
        }
        words::sent(page, to, channel, proof)
    }

    fn name(&self, id: &PersonId) -> String {
        self.site.roster.people.get(id).map_or_else(|| id.to_string(), |person| person.name.clone())
    }
}

fn alert_words(row: Row, fact: &AlertFact) -> Option<Row> {
    let AlertFact::Raised { alert, rule, title, subject, source, .. } = fact else { return None };
    let subject: Vec<String> = subject.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let subject = if subject.is_empty() { String::new() } else { format!(" [{}]", subject.join(" ")) };
    let source = source.as_ref().map(ToString::to_string).unwrap_or_default();
    let rule = rule.as_ref().map(ToString::to_string).unwrap_or_default();
    Some(row.paint(Paint::Bold, words::alert(alert, title)).put(format!("{subject} ({source}, {rule})")))
}

fn drill_words(row: Row, fact: &play::Fact) -> Option<Row> {
    Some(match fact {
        play::Fact::Started { playbook, .. } => row.put(words::starts(playbook)),
        play::Fact::Played { inject } => row.put(words::played(inject)),
        play::Fact::CallMade { inject } => row.put(words::called(inject)),
        play::Fact::Decided { inject, option, .. } => row.put(words::decided(inject, option)),
        play::Fact::Judged { inject, verdict, .. } => {
            let (paint, words) = match verdict {
                Verdict::Met => (Paint::Green, words::met()),
                Verdict::Partly => (Paint::Red, words::partly()),
                _ => (Paint::Red, words::missed()),
            };
            row.put(inject).put(colon()).paint(paint, words)
        }
        play::Fact::Ended { .. } => row.put(words::ends()),
        _ => return None,
    })
}
