//! Tells what happens as it happens, from the facts that the daemon tells of: what is told is what was kept.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result};
use tokio::sync::mpsc::UnboundedReceiver;

use super::sink::Sink;
use crate::api::{AlertFact, ChainFact, DutyFact, Fact, PageEnd, PageFact, Told};
use crate::base::id::{AlertId, PersonId};
use crate::base::language::Language;
use crate::cli::screen::Screen;
use crate::drill::play;
use crate::drill::play::Verdict;
use crate::site::Site;
use crate::store::Verified;

/// The teller.
pub(super) struct Teller {
    screen: Screen,
    language: Language,
    site: Site,
    sink: Sink,
    facts: UnboundedReceiver<Told>,
    /// Who was told last of each alert that nobody has.
    waiting: BTreeMap<AlertId, PersonId>,
    mails: usize,
}

impl Teller {
    pub(super) fn new(
        screen: Screen,
        language: Language,
        site: &Site,
        sink: Sink,
        facts: UnboundedReceiver<Told>,
    ) -> Self {
        Self { screen, language, site: site.clone(), sink, facts, waiting: BTreeMap::new(), mails: 0 }
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
        let language = self.language;
        self.screen.line(self.screen.bold(language.pick(
            "vigie au CH de Valmont, un hôpital qui n'existe pas",
            "vigie at CH de Valmont, a hospital that does not exist",
        )));
        let words = language.pick(
            "Tout le reste est vrai : journaux d'origine, règles, SMTP, base, rapport. Les minutes de la chaîne \
             d'alerte durent ici des secondes. Dossier :",
            "Everything else is real: genuine logs, rules, SMTP, store, report. The chain's minutes are seconds here. \
             Folder:",
        );
        self.screen.line(format!("{words} {}", folder.display()));
    }

    pub(super) fn act(&self, number: u8) {
        let language = self.language;
        let title = match number {
            1 => language.pick(
                "1. Veiller — des lignes d'un PACS Orthanc arrivent dans son journal",
                "1. Watch — lines of an Orthanc PACS arrive in its log",
            ),
            2 => language.pick(
                "2. Prévenir — le serveur de fichiers chiffre : qui répond ?",
                "2. Warn — the file server is being encrypted: who answers?",
            ),
            _ => language.pick(
                "3. S'exercer — vingt minutes de premier exercice en dix secondes",
                "3. Rehearse — twenty minutes of a first exercise in ten seconds",
            ),
        };
        self.screen.line(format!("\n{}", self.screen.bold(title)));
    }

    pub(super) fn closing(&self, folder: &Path, verified: &Verified) {
        let language = self.language;
        self.screen.line("");
        self.screen.line(format!(
            "{} {} {}, {}",
            language.pick("Main courante :", "Ledger:"),
            verified.entries,
            language.pick("écritures, intègre", "entries, whole"),
            language.pick("vérifiable par :", "verify it with:"),
        ));
        self.screen.line(format!("  vigie ledger verify --site {} --head {}", folder.display(), verified.head));
        self.screen.line(language.pick("Rapport de l'exercice (RETEX) :", "After-action report:"));
        for name in ["report.html", "report.md", "report.json"] {
            self.screen.line(format!("  {}", folder.join(name).display()));
        }
        self.screen.line(
            language.pick("Courriels reçus par une vraie session SMTP :", "Mail delivered by real SMTP sessions:"),
        );
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
        let Some(words) = self.words(&told.fact) else { return };
        let zone = self.site.settings.zone.clone();
        let clock = told.at.to_zoned(zone).strftime("%H:%M:%S%.1f").to_string();
        let marking = match told.realm.drill() {
            Some(_) => self.screen.dim(self.language.pick("EXERCICE ", "EXERCISE ")),
            None => String::new(),
        };
        self.screen.line(format!("  {}  {marking}{words}", self.screen.dim(&clock)));
    }

    fn words(&mut self, fact: &Fact) -> Option<String> {
        let language = self.language;
        Some(match fact {
            Fact::Alert(fact @ AlertFact::Raised { .. }) => return self.alert_words(fact),
            Fact::Chain(ChainFact::StepReached { alert, person, .. }) => {
                format!("{alert}: {} {}", language.pick("on prévient", "telling"), self.name(person))
            }
            Fact::Chain(ChainFact::StepUnanswered { alert, person, .. }) => format!(
                "{alert}: {} {}{}",
                self.name(person),
                language.pick("ne répond pas", "does not answer"),
                self.screen.red(language.pick(" — la chaîne monte", " — the chain climbs"))
            ),
            Fact::Chain(ChainFact::Acked { alert, by }) => {
                self.screen.green(&format!("{alert}: {} {}", self.name(by), language.pick("s'en occupe", "has it")))
            }
            Fact::Duty(DutyFact::Given { alert, duty, owner }) => format!("{alert}: {duty} → {}", self.name(owner)),
            Fact::Page(PageFact::Accepted(end)) => self.page_words(end),
            Fact::Page(PageFact::Failed(end)) => {
                format!("{} {}: {}", end.page, language.pick("a échoué", "failed"), end.proof)
            }
            Fact::Drill(fact) => return self.drill_words(fact),
            _ => return None,
        })
    }

    fn alert_words(&self, fact: &AlertFact) -> Option<String> {
        let AlertFact::Raised { alert, rule, title, subject, source, .. } = fact else { return None };
        let language = self.language;
        let subject: Vec<String> = subject.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let heading = format!("{} {alert}: {}", language.pick("ALERTE", "ALERT"), title.get(language));
        let subject = if subject.is_empty() { String::new() } else { format!(" [{}]", subject.join(" ")) };
        let source = source.as_ref().map(ToString::to_string).unwrap_or_default();
        let rule = rule.as_ref().map(ToString::to_string).unwrap_or_default();
        Some(format!("{}{subject} ({source}, {rule})", self.screen.bold(&heading)))
    }

    fn page_words(&mut self, end: &PageEnd) -> String {
        let PageEnd { page, channel, proof, .. } = end;
        let to = self.name(&end.to);
        if self.sink.delivered() > self.mails && channel.as_str() == "mail" {
            self.mails += 1;
            let by = self.language.pick("reçu par courriel (session SMTP)", "has mail (SMTP session)");
            return format!("{page}: {to} {by}: {proof}");
        }
        format!("{page}: {to} ← {channel}: {proof}")
    }

    fn drill_words(&self, fact: &play::Fact) -> Option<String> {
        let language = self.language;
        Some(match fact {
            play::Fact::Started { playbook, .. } => format!("{} {playbook}", language.pick("début de", "start of")),
            play::Fact::Played { inject } => format!("{} {inject}", language.pick("stimulus", "inject")),
            play::Fact::CallMade { inject } => format!("{inject}: {}", language.pick("appel passé", "call made")),
            play::Fact::Decided { inject, option, .. } => {
                format!("{inject}: {} {option}", language.pick("décision", "decision"))
            }
            play::Fact::Judged { inject, verdict, .. } => {
                let shown = match verdict {
                    Verdict::Met => self.screen.green(language.pick("attendu atteint", "expectation met")),
                    Verdict::Partly => self.screen.red(language.pick("attendu partiel", "expectation met in part")),
                    _ => self.screen.red(language.pick("attendu manqué", "expectation missed")),
                };
                format!("{inject}: {shown}")
            }
            play::Fact::Ended { .. } => language.pick("fin de l'exercice", "end of the exercise").to_owned(),
            _ => return None,
        })
    }

    fn name(&self, id: &PersonId) -> String {
        self.site.roster.people.get(id).map_or_else(|| id.to_string(), |person| person.name.clone())
    }
}
