//! `vigie rules list`.

use serde::Serialize;

use super::table;
use crate::base::language::{Language, Text};
use crate::base::level::Level;
use crate::check::{self, Readiness, RuleFile};
use crate::cli::screen::Screen;
use crate::watch::sigma::Engine;
use crate::watch::sigma::rule::Rule;
use crate::words::level::level;
use crate::words::rules as words;

/// One rule, as scripts read it.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    rule: String,
    title: Text,
    level: Level,
    logs: Vec<Logs>,
    armed: bool,
    /// Why it is not armed.
    why: Option<Text>,
    /// What must be logged for it to see anything.
    needs: Option<Text>,
    /// The log level that it or one of its parts needs, where too little was seen to know whether it is written.
    unheard: Option<Text>,
    /// What it does not see, because some of its parts are not armed.
    blind: Option<Text>,
    /// Whether its test has cases.
    tested: bool,
    playbook: Option<String>,
    author: Option<String>,
    license: Option<String>,
    tags: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Logs {
    product: Option<String>,
    service: Option<String>,
    category: Option<String>,
}

/// The rules that are there for themselves; those that are only counted by others are parts of those.
pub(super) fn rows(readiness: &Readiness<'_>, engine: &Engine, files: &[RuleFile]) -> Vec<Row> {
    let tested = check::tested(files);
    let row = |rule: &std::sync::Arc<Rule>| {
        let why = readiness.why_not(rule);
        let file = rule.id.as_str().split('#').next().unwrap_or_default();
        let logs = |logsource: &crate::watch::sigma::rule::Logsource| Logs {
            product: logsource.product.clone(),
            service: logsource.service.clone(),
            category: logsource.category.clone(),
        };
        Row {
            rule: rule.id.to_string(),
            title: rule.title.clone(),
            level: rule.level,
            logs: rule.logsources.iter().map(logs).collect(),
            armed: why.is_none(),
            unheard: readiness.unheard(rule).filter(|_| why.is_none()),
            blind: readiness.blind_for(rule).filter(|_| why.is_none()),
            why,
            needs: rule.needs.clone(),
            tested: tested.contains(&file.into()),
            playbook: rule.playbook.as_ref().map(ToString::to_string),
            author: rule.author.clone(),
            license: rule.license.clone(),
            tags: rule.tags.clone(),
        }
    };
    engine.rules().filter(|rule| rule.emits).map(row).collect()
}

pub(super) fn show(screen: Screen, rows: &[Row], json: bool) {
    if json {
        screen.json(&rows);
        return;
    }
    let language = screen.language();
    let heads = [
        words::rule(),
        words::level(),
        words::logs(),
        words::test(),
        words::playbook(),
        words::author(),
        words::armed(),
    ];
    let cells: Vec<_> = rows.iter().map(|row| row.cells(language)).collect();
    table::show(screen, heads.each_ref().map(|head| head.get(language)), &cells);
    let armed = rows.iter().filter(|row| row.armed).count();
    screen.note(words::rules_armed(rows.len(), armed));
}

impl Row {
    fn cells(&self, language: Language) -> [String; 7] {
        let said = |text: Text| text.get(language).to_owned();
        let logs: Vec<String> = self.logs.iter().map(Logs::words).collect();
        let armed = match &self.why {
            None => words::yes(),
            Some(why) => words::no_because(why),
        };
        [
            self.rule.clone(),
            said(level(self.level)),
            logs.join(", "),
            said(if self.tested { words::yes() } else { words::no() }),
            self.playbook.clone().unwrap_or_else(|| "–".to_owned()),
            self.author.clone().unwrap_or_else(|| "–".to_owned()),
            said(armed),
        ]
    }
}

impl Logs {
    /// `linux/sshd`, `webserver`.
    fn words(&self) -> String {
        let parts = [&self.product, &self.service, &self.category];
        let words: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
        if words.is_empty() { "*".to_owned() } else { words.join("/") }
    }
}
