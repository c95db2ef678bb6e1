//! What rules cover: which sources of a site are watched, which rules nothing feeds or only in part, which techniques of
//! attackers would be seen, and what no test ever showed to work.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;

use super::cases::count_cases;
use super::log_probe::Probed;
use super::readiness::{NotArmed, Readiness, by_reason};
use super::rule_sources::sources_of;
use super::rules::RuleFile;
use crate::base::id::{RuleId, SourceName};
use crate::base::language::Text;
use crate::site::{Site, SourceSettings};
use crate::watch::format::Format;
use crate::watch::sigma::Engine;
use crate::watch::sigma::rule::Rule;

/// What rules cover, at a site or anywhere.
#[derive(Debug, Clone, Serialize)]
pub struct Coverage {
    /// How many rules there are, those that are only counted by others left out.
    pub rules: usize,
    /// How many of them can match here.
    pub armed: usize,
    /// The sources of the site, each with the rules that look at it. Nothing where no site is known.
    pub sources: Option<Vec<Watching>>,
    /// Why rules are not armed, and which.
    pub not_armed: Vec<Unfed>,
    /// What armed rules do not see, because some of their parts are not armed.
    pub blind: Vec<Unfed>,
    /// Log levels that armed rules need and of which too little was seen to know whether they are written.
    pub unheard: Vec<Unfed>,
    /// The tactics of ATT&CK, by tag.
    pub tactics: BTreeMap<String, Covered>,
    /// The techniques of ATT&CK, by number.
    pub techniques: BTreeMap<String, Covered>,
    /// What must be logged for rules at work, and which rules.
    pub needs: Vec<Need>,
    /// Rules of which no test shows that they work.
    pub untested: Vec<RuleId>,
}

/// A source and who looks at it.
#[derive(Debug, Clone, Serialize)]
pub struct Watching {
    /// Its name.
    pub source: SourceName,
    /// Its format.
    pub format: Format,
    /// The armed rules that look at it.
    pub rules: Vec<RuleId>,
}

/// Rules of which one thing is said.
#[derive(Debug, Clone, Serialize)]
pub struct Unfed {
    /// Why they cannot match, or not in every case.
    pub why: Text,
    /// The rules.
    pub rules: Vec<RuleId>,
}

/// How many rules are about something.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Covered {
    /// Rules that can match here.
    pub armed: usize,
    /// All rules.
    pub rules: usize,
}

/// Something that must be logged.
#[derive(Debug, Clone, Serialize)]
pub struct Need {
    /// What.
    pub needs: Text,
    /// For which rules.
    pub rules: Vec<RuleId>,
}

/// What `engine`, made from `files`, covers at a site of whose sources this was heard; without a site, what can be told
/// of the rules alone.
pub fn coverage(place: Option<(&Site, &Probed)>, engine: &Engine, files: &[RuleFile]) -> Coverage {
    let readiness = place.map_or_else(Readiness::anywhere, |(site, probed)| Readiness::at(site, probed));
    let not = readiness.not_armed(engine);
    let silent: BTreeSet<&RuleId> = not.iter().map(|NotArmed { rule, .. }| &rule.id).collect();
    let rules: Vec<&Arc<Rule>> = engine.rules().filter(|rule| rule.emits).collect();
    let is_armed = |rule: &Rule| !silent.contains(&rule.id);
    let armed: Vec<&Arc<Rule>> = rules.iter().copied().filter(|rule| is_armed(rule)).collect();
    let told = |of: &dyn Fn(&Rule) -> Option<Text>| {
        let told = |rule: &&Arc<Rule>| Some(NotArmed { rule: Arc::clone(rule), why: of(rule)?, no_log: false });
        unfed(&armed.iter().filter_map(told).collect::<Vec<_>>())
    };
    let (mut tactics, mut techniques) = (BTreeMap::new(), BTreeMap::new());
    for rule in &rules {
        for tag in attack_tags(rule) {
            let table = if is_technique(&tag) { &mut techniques } else { &mut tactics };
            let covered: &mut Covered = table.entry(tag).or_default();
            covered.rules += 1;
            covered.armed += usize::from(is_armed(rule));
        }
    }
    let tested = tested(files);
    let file_of = |rule: &RuleId| RuleId(rule.as_str().split('#').next().unwrap_or_default().to_owned());
    Coverage {
        rules: rules.len(),
        armed: armed.len(),
        sources: place.map(|(site, _)| watching(site, &armed)),
        not_armed: unfed(&not),
        blind: told(&|rule| readiness.blind_for(rule)),
        unheard: told(&|rule| readiness.unheard(rule)),
        tactics,
        techniques,
        needs: needs(&armed),
        untested: rules.iter().map(|rule| &rule.id).filter(|id| !tested.contains(&file_of(id))).cloned().collect(),
    }
}

/// The sources of a site, each with those of the `armed` rules that look at it.
fn watching(site: &Site, armed: &[&Arc<Rule>]) -> Vec<Watching> {
    let watching = |source: &SourceSettings| {
        let looks = armed.iter().filter(|rule| sources_of(site, rule).any(|name| *name == source.name));
        let rules = looks.map(|rule| rule.id.clone()).collect();
        Watching { source: source.name.clone(), format: source.format, rules }
    };
    site.settings.sources.iter().map(watching).collect()
}

fn unfed(rules: &[NotArmed]) -> Vec<Unfed> {
    by_reason(rules).into_iter().map(|(why, rules)| Unfed { why, rules }).collect()
}

/// The files whose tests have cases.
pub fn tested(files: &[RuleFile]) -> BTreeSet<RuleId> {
    files.iter().filter(|file| count_cases(file) > 0).map(|file| file.id.clone()).collect()
}

fn needs(armed: &[&Arc<Rule>]) -> Vec<Need> {
    let mut needs: Vec<Need> = Vec::new();
    for rule in armed {
        let Some(text) = &rule.needs else { continue };
        match needs.iter_mut().find(|need| need.needs == *text) {
            Some(need) => need.rules.push(rule.id.clone()),
            None => needs.push(Need { needs: text.clone(), rules: vec![rule.id.clone()] }),
        }
    }
    needs
}

/// Tactics and techniques that a rule is about: `credential-access`, `T1110.003`. Groups and programs of attackers are
/// left out.
fn attack_tags(rule: &Rule) -> BTreeSet<String> {
    let tag = |tag: &String| {
        let tag = tag.to_ascii_lowercase();
        let name = tag.strip_prefix("attack.")?;
        let numbered = |letter: char| {
            name.strip_prefix(letter).is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()))
        };
        if numbered('t') {
            return Some(name.to_ascii_uppercase());
        }
        // Both spellings are met.
        (!numbered('g') && !numbered('s')).then(|| name.replace('_', "-"))
    };
    rule.tags.iter().filter_map(tag).collect()
}

fn is_technique(tag: &str) -> bool {
    tag.starts_with('T')
}
