//! `vigie scan --explain`: why a rule matched lines of a log, or what was missing in those that came nearest.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use anyhow::Result;

use super::answer::{Answer, Explained, Looked, Question};
use super::words;
use crate::base::id::RuleId;
use crate::base::language::{Language, Text};
use crate::base::realm::Realm;
use crate::check;
use crate::cli::screen::Screen;
use crate::daemon::clock;
use crate::scan::pass::arrival;
use crate::text::diagnostic::{nearest, suggest};
use crate::watch::event::{Event, Logsource};
use crate::watch::format::{Decoded, Decoder, UNKNOWN};
use crate::watch::sigma::Engine;
use crate::watch::sigma::explain::Distance;
use crate::watch::sigma::rule::Rule;
use crate::watch::source::replay;
use crate::words::failure::{Failure, cannot_read, system};
use crate::words::scan::{all_rules, no_rule};
use crate::words::suggestion::did_you_mean;

/// How many matching events, and how many of those that came nearest, are explained for each rule.
const SHOWN: usize = 3;

/// Finds the rule that a person means: by its name here, its `name:`, its `id:`, or the last part of its name where no other
/// has it.
pub(super) fn find(engine: &Engine, word: &str) -> Result<Arc<Rule>, Text> {
    let called =
        |rule: &&Arc<Rule>| [Some(rule.id.as_str()), rule.name.as_deref(), rule.uuid.as_deref()].contains(&Some(word));
    if let Some(rule) = engine.rules().find(called) {
        return Ok(Arc::clone(rule));
    }
    let is_last = |rule: &&Arc<Rule>| rule.id.as_str().rsplit('.').next() == Some(word);
    if let (Some(rule), None) = (engine.rules().find(is_last), engine.rules().filter(is_last).nth(1)) {
        return Ok(Arc::clone(rule));
    }
    let known: Vec<&str> = engine.rules().map(|rule| rule.id.as_str()).collect();
    // Thousands of names help nobody.
    let help = if known.len() <= 20 { suggest(word, known) } else { nearest(word, known).map(did_you_mean) };
    Err(no_rule(word, help.unwrap_or_else(all_rules)))
}

/// Looks through one file.
pub(super) fn look(question: &Question, path: &Path, engine: &mut Engine) -> Result<Answer> {
    let rule = &question.rule;
    engine.forget(Realm::Live);
    engine.observe(&rule.id);
    let mut answer = Answer::new(path, rule, engine);
    let unreadable = |error: std::io::Error| Failure(cannot_read(path.display(), system(&error)));
    let mut log = replay::open(path).map_err(unreadable)?;
    let mut decoder = Decoder::new(question.format, question.zone.clone(), question.own.clone());
    let arrived = arrival(path, clock::now);
    'log: while let Some(block) = log.next(replay::ROOM).map_err(unreadable)? {
        for line in &block.lines {
            answer.line(question, decoder.decode_line(arrived, &block, line), engine);
            if question.line == Some(answer.lines) {
                break 'log;
            }
        }
    }
    answer.counted = engine.observed();
    for looked in &mut answer.rules {
        looked.explained.extend(std::mem::take(&mut looked.misses).into_iter().map(|(_, explained)| explained));
    }
    Ok(answer)
}

/// Tells what was found.
pub(super) fn show(screen: Screen, question: &Question, answer: &Answer, json: bool) {
    if json {
        screen.json_line(answer);
    } else {
        words::tell(screen, question, answer);
    }
}

impl Answer {
    fn new(path: &Path, rule: &Rule, engine: &Engine) -> Self {
        let looked = |id: RuleId| {
            let of = engine.rules().find(|rule| rule.id == id);
            let logs = of.map(|rule| check::said(&rule.logsource)).unwrap_or_default();
            Looked { rule: id, logs, events: 0, matched: 0, explained: Vec::new(), misses: Vec::new() }
        };
        Self {
            file: path.display().to_string(),
            rule: rule.id.clone(),
            not_armed: rule.unarmed().map(|why| why.get(Language::En).to_owned()),
            lines: 0,
            events: 0,
            malformed: 0,
            first_malformed: None,
            logs: BTreeMap::new(),
            matches: 0,
            counted: Vec::new(),
            rules: engine.bases(&rule.id).into_iter().map(looked).collect(),
        }
    }

    fn line(&mut self, question: &Question, decoded: Decoded, engine: &mut Engine) {
        self.lines += 1;
        match decoded {
            Decoded::Event(event) => self.event(question, &event, engine),
            Decoded::Several(events) => events.iter().for_each(|event| self.event(question, event, engine)),
            Decoded::Unknown(event) => self.misread(UNKNOWN, question, &event, engine),
            Decoded::Malformed { why, event } => self.misread(why, question, &event, engine),
            Decoded::Skipped => {}
        }
    }

    /// A line that its format cannot read is looked at as it stands.
    fn misread(&mut self, why: &'static str, question: &Question, event: &Event, engine: &mut Engine) {
        self.malformed += 1;
        self.first_malformed.get_or_insert(why);
        self.event(question, event, engine);
    }

    fn event(&mut self, question: &Question, event: &Event, engine: &mut Engine) {
        self.events += 1;
        *self.logs.entry(logs(&event.logsource)).or_default() += 1;
        let hits = engine.step(Realm::Live, event).into_iter().filter(|hit| hit.rule.id == question.rule.id);
        self.matches += hits.count() as u64;
        let number = self.lines;
        for looked in &mut self.rules {
            match question.line {
                None => looked.event(number, event, engine),
                Some(line) => looked.only(number == line, number, event, engine),
            }
        }
    }
}

impl Looked {
    /// Counts an event, and keeps it where it is among the first matches or the nearest misses.
    fn event(&mut self, line: u64, event: &Event, engine: &mut Engine) {
        let Some(distance) = engine.distance(&self.rule, event) else { return };
        self.events += 1;
        if distance.is_none() {
            self.matched += 1;
            if self.explained.len() < SHOWN {
                self.explained.extend(explained(&self.rule, line, event, true, engine));
            }
            return;
        }
        let farthest = self.misses.last().map(|(farthest, _)| *farthest);
        if self.misses.len() >= SHOWN && farthest.is_some_and(|farthest| farthest <= distance) {
            return;
        }
        let Some(miss) = explained(&self.rule, line, event, true, engine) else { return };
        // Of misses equally near, the first counts.
        let at = self.misses.partition_point(|(other, _)| *other <= distance);
        self.misses.insert(at, (distance, miss));
        self.misses.truncate(SHOWN);
    }

    /// Counts an event, and explains the one that was asked for.
    fn only(&mut self, asked: bool, line: u64, event: &Event, engine: &mut Engine) {
        let distance = engine.distance(&self.rule, event);
        self.events += u64::from(distance.is_some());
        self.matched += u64::from(distance.is_some_and(Distance::is_none));
        if asked {
            self.explained.extend(explained(&self.rule, line, event, distance.is_some(), engine));
        }
    }
}

fn explained(rule: &RuleId, line: u64, event: &Event, of_its_logs: bool, engine: &mut Engine) -> Option<Explained> {
    let why = engine.explain(rule, event)?;
    Some(Explained { line, time: event.time, logs: logs(&event.logsource), of_its_logs, why })
}

/// The log source of an event, as one writes it in a rule.
pub(super) fn logs(logsource: &Logsource) -> String {
    let words = |key: &str, word: &str| format!("{key}: {word}");
    let product = logsource.product.iter().map(|word| words("product", word));
    let service = logsource.service.iter().map(|word| words("service", word));
    let category = logsource.category.iter().map(|word| words("category", word));
    let parts: Vec<String> = product.chain(service).chain(category).collect();
    format!("{{{}}}", parts.join(", "))
}
