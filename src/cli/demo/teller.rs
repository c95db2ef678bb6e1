//! Tells what happens as it happens, from the ledger alone: what is told is what was kept.

use std::path::Path;

use anyhow::Result;
use serde_json::Value;

use super::sink::Sink;
use crate::base::language::Language;
use crate::cli::screen::Screen;
use crate::site::Site;
use crate::store::{Entry, Store, Verified};

/// The teller.
pub(super) struct Teller {
    screen: Screen,
    language: Language,
    site: Site,
    sink: Sink,
    next: u64,
    mails: usize,
}

impl Teller {
    pub(super) fn new(screen: Screen, language: Language, site: &Site, sink: Sink) -> Self {
        Self { screen, language, site: site.clone(), sink, next: 1, mails: 0 }
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

    /// Tells on until an entry fits, and returns it.
    pub(super) async fn until(&mut self, store: &Store, fits: impl Fn(&Entry) -> bool) -> Result<Entry> {
        loop {
            let mut found = None;
            for entry in store.entries(self.next)? {
                self.next = entry.id.0 + 1;
                self.tell(&entry);
                if fits(&entry) {
                    found = Some(entry);
                    break;
                }
            }
            if let Some(entry) = found {
                return Ok(entry);
            }
            tokio::time::sleep(super::GLANCE).await;
        }
    }

    /// Tells on until nothing new has come for a moment.
    pub(super) async fn until_quiet(&mut self, store: &Store) -> Result<()> {
        let mut quiet = 0;
        while quiet < super::QUIET {
            tokio::time::sleep(super::GLANCE).await;
            quiet = if self.catch_up(store)?.is_empty() { quiet + 1 } else { 0 };
        }
        Ok(())
    }

    /// Tells everything new, and returns it.
    pub(super) fn catch_up(&mut self, store: &Store) -> Result<Vec<Entry>> {
        let entries = store.entries(self.next)?;
        for entry in &entries {
            self.next = entry.id.0 + 1;
            self.tell(entry);
        }
        Ok(entries)
    }

    fn tell(&mut self, entry: &Entry) {
        let body: Value = serde_json::from_str(&entry.body).unwrap_or_default();
        let Some(words) = self.words(entry, &body) else { return };
        let zone = self.site.settings.zone.clone();
        let clock = entry.at.to_zoned(zone).strftime("%H:%M:%S%.1f").to_string();
        let marking = match entry.realm.drill() {
            Some(_) => self.screen.dim(self.language.pick("EXERCICE ", "EXERCISE ")),
            None => String::new(),
        };
        self.screen.line(format!("  {}  {marking}{words}", self.screen.dim(&clock)));
    }

    fn words(&mut self, entry: &Entry, body: &Value) -> Option<String> {
        let language = self.language;
        let word = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default();
        let alert = word("alert");
        Some(match entry.kind.as_str() {
            "alert.raised" => self.alert_words(body),
            "chain.step_reached" => {
                format!("{alert}: {} {}", language.pick("on prévient", "telling"), self.name(word("person")))
            }
            "chain.step_unanswered" => format!(
                "{alert}: {} {}{}",
                self.name(word("person")),
                language.pick("ne répond pas", "does not answer"),
                self.screen.red(language.pick(" — la chaîne monte", " — the chain climbs"))
            ),
            "chain.acked" => self.screen.green(&format!(
                "{alert}: {} {}",
                self.name(word("by")),
                language.pick("s'en occupe", "has it")
            )),
            "duty.given" => format!("{alert}: {} → {}", word("duty"), self.name(word("owner"))),
            "page.accepted" => self.page_words(body),
            "page.failed" => format!("{} {}: {}", word("page"), language.pick("a échoué", "failed"), word("proof")),
            _ => return self.drill_words(entry, body),
        })
    }

    fn alert_words(&self, body: &Value) -> String {
        let language = self.language;
        let title = body.pointer(language.pick("/title/fr", "/title/en")).and_then(Value::as_str).unwrap_or_default();
        let subject: Vec<String> = body
            .get("subject")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(|pair| Some(format!("{}={}", pair.get(0)?.as_str()?, pair.get(1)?.as_str()?)))
            .collect();
        let word = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default();
        let heading = format!("{} {}: {title}", language.pick("ALERTE", "ALERT"), word("alert"));
        let subject = if subject.is_empty() { String::new() } else { format!(" [{}]", subject.join(" ")) };
        format!("{}{subject} ({}, {})", self.screen.bold(&heading), word("source"), word("rule"))
    }

    fn page_words(&mut self, body: &Value) -> String {
        let language = self.language;
        let word = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default();
        let to = self.name(word("to"));
        let (page, channel, proof) = (word("page"), word("channel"), word("proof"));
        if self.sink.delivered() > self.mails && channel == "mail" {
            self.mails += 1;
            let by = language.pick("reçu par courriel (session SMTP)", "has mail (SMTP session)");
            return format!("{page}: {to} {by}: {proof}");
        }
        format!("{page}: {to} ← {channel}: {proof}")
    }

    fn drill_words(&self, entry: &Entry, body: &Value) -> Option<String> {
        let language = self.language;
        let word = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default();
        let inject = word("inject");
        Some(match entry.kind.as_str() {
            "drill.started" => format!("{} {}", language.pick("début de", "start of"), word("playbook")),
            "drill.played" => format!("{} {inject}", language.pick("stimulus", "inject")),
            "drill.call_made" => format!("{inject}: {}", language.pick("appel passé", "call made")),
            "drill.decided" => format!("{inject}: {} {}", language.pick("décision", "decision"), word("option")),
            "drill.judged" => {
                let verdict = word("verdict");
                let met = verdict == "met";
                let shown = match verdict {
                    "met" => language.pick("attendu atteint", "expectation met"),
                    "partly" => language.pick("attendu partiel", "expectation met in part"),
                    _ => language.pick("attendu manqué", "expectation missed"),
                };
                let shown = if met { self.screen.green(shown) } else { self.screen.red(shown) };
                format!("{inject}: {shown}")
            }
            "drill.ended" => language.pick("fin de l'exercice", "end of the exercise").to_owned(),
            _ => return None,
        })
    }

    fn name(&self, id: &str) -> String {
        let people = &self.site.roster.people;
        people.get(&crate::base::id::PersonId::from(id)).map_or_else(|| id.to_owned(), |person| person.name.clone())
    }
}
