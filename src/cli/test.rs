//! `vigie test`: rules against their lines, playbooks against the clock. For CI.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;
use jiff::tz::TimeZone;

use super::drill::{Hall, rehearse_file};
use super::exit::Exit;
use super::place::{self, Place};
use super::scan::{Scanned, scan_text};
use super::screen::{Paint, Screen};
use crate::base::id::RuleId;
use crate::base::language::Text;
use crate::check::{self, Contents, RuleCase};
use crate::rehearsal::Players;
use crate::site;
use crate::text::diagnostic::{Diagnostic, has_errors};
use crate::watch::sigma::{Engine, Match, Pipeline};
use crate::words::check as words;
use crate::words::misfit::misfit;

/// Runs the tests of rules and rehearses playbooks (for CI)
#[derive(Debug, Args)]
pub(super) struct Test {
    /// Rule files, playbooks, or folders of them
    #[arg(default_values = ["rules", "playbooks"])]
    paths: Vec<PathBuf>,
    /// Test them as they would run at this site: rules with its lists, pipelines and time zone. Playbooks are rehearsed
    /// at the site in this folder where none is named
    #[arg(long, value_name = "FOLDER")]
    site: Option<PathBuf>,
}

/// What rules are tested with.
#[derive(Debug)]
struct Bench {
    pipelines: Vec<Pipeline>,
    lists: BTreeMap<String, Vec<String>>,
    zone: TimeZone,
}

impl Bench {
    /// Rules as they are written, with nothing of a site.
    fn bare() -> Self {
        Self { pipelines: Vec::new(), lists: BTreeMap::new(), zone: TimeZone::UTC }
    }

    /// What a site gives its rules; nothing where the site has mistakes, which are then in `found`.
    fn of(site: &Path, found: &mut Vec<Diagnostic>) -> Option<Self> {
        let site = site::load(site, found)?;
        let pipelines = check::pipelines_of(&site, found);
        let settings = site.settings;
        (!has_errors(found)).then_some(Self { pipelines, lists: settings.lists, zone: settings.zone })
    }
}

#[derive(Debug, Default)]
struct Tally {
    passed: usize,
    failed: usize,
}

impl Test {
    pub(super) fn run(self, screen: Screen) -> Result<Exit> {
        let site = self.site.clone().or_else(place::named);
        let place = Place { site: site.clone().unwrap_or_else(place::here) };
        let screen = place.on(screen);
        let bench = match &site {
            None => Bench::bare(),
            Some(site) => {
                let mut found = Vec::new();
                let Some(bench) = Bench::of(site, &mut found) else {
                    super::findings::show(screen, &found, false);
                    return Ok(Exit::Findings);
                };
                bench
            }
        };
        let hall = Hall { place: &place, players: Players::Cast, report: None };
        let mut tally = Tally::default();
        for path in &self.paths {
            let mut found = Vec::new();
            let contents = Contents::of(path, &mut found);
            for playbook in &contents.playbooks {
                let passed = rehearse_file(screen, playbook, hall)? == Exit::Fine;
                tally.count(passed);
            }
            tally.rules(screen, &bench, &contents, found)?;
        }
        screen.line(words::tally(tally.passed, tally.failed));
        if tally.passed + tally.failed == 0 {
            screen.note(words::nothing_to_test());
            return Ok(Exit::Usage);
        }
        Ok(if tally.failed == 0 { Exit::Fine } else { Exit::Findings })
    }
}

impl Tally {
    fn count(&mut self, passed: bool) {
        if passed {
            self.passed += 1;
        } else {
            self.failed += 1;
        }
    }

    /// Each rule is tested among all the others of its path, as it would run.
    fn rules(&mut self, screen: Screen, bench: &Bench, contents: &Contents, mut found: Vec<Diagnostic>) -> Result<()> {
        let files = &contents.rules;
        let engine = check::compile_through(&bench.pipelines, files, &bench.lists, &mut found);
        let mut engine = engine.in_zone(bench.zone.clone());
        for file in files {
            let test = check::test_of(Path::new(file.source.name()));
            // A filter is tested with the rules it is for.
            if !test.exists() && check::only_filters(file) {
                continue;
            }
            let cases = check::read_test(&contents.ground, &test, &mut found);
            for case in cases {
                let wrong = run_case(&file.id, &case, &bench.zone, &mut engine)?;
                show_case(screen, &file.id, &case, wrong.as_ref());
                self.count(wrong.is_none());
            }
        }
        screen.diagnostics(&found);
        if has_errors(&found) {
            self.failed += 1;
        }
        Ok(())
    }
}

/// Lets a case go by; gives what is wrong with it, if anything is.
fn run_case(rule: &RuleId, case: &RuleCase, zone: &TimeZone, engine: &mut Engine) -> Result<Option<Text>> {
    let own = case.logsource.as_ref();
    let (scanned, hits) = scan_text(&case.lines, case.format, zone, own, engine)?;
    Ok(judge(rule, case, &scanned, &hits))
}

fn show_case(screen: Screen, rule: &RuleId, case: &RuleCase, wrong: Option<&Text>) {
    let name = words::case(rule, &case.name);
    match wrong {
        None => screen.row().paint(Paint::Green, words::ok()).put(" ").put(name).end(),
        Some(why) => {
            let (line, _) = case.source.position(case.span.start);
            screen.row().paint(Paint::Red, words::failed()).put(" ").put(name).end();
            screen.row().put("   ").put(words::case_at(case.source.name(), line, why)).end();
        }
    }
}

/// What is wrong with a case, if anything is.
fn judge(rule: &RuleId, case: &RuleCase, scanned: &Scanned, all: &[Match]) -> Option<Text> {
    let hits: Vec<_> = all.iter().filter(|hit| hit.rule.id == *rule).collect();
    if hits.len() != case.hits {
        let others: Vec<&str> = all.iter().map(|hit| hit.rule.id.as_str()).collect();
        let others = if others.is_empty() { words::no_rule() } else { same(&others.join(", ")) };
        let malformed = scanned.first_malformed.as_ref().map(|why| words::malformed(scanned.malformed, misfit(why)));
        let malformed = malformed.unwrap_or_default();
        return Some(words::other_hits(case.hits, hits.len(), scanned.lines, others, malformed));
    }
    case.subject.iter().find_map(|(name, wanted)| {
        let value = |hit: &Match| hit.subject.iter().find(|(field, _)| field == name).map(|(_, value)| value.clone());
        let other = hits.iter().map(|hit| value(hit)).find(|value| value.as_deref() != Some(wanted.as_str()))?;
        let other = other.map_or_else(words::no_subject, |other| same(&other));
        Some(words::other_subject(name, wanted, other))
    })
}

/// What reads the same in both languages.
fn same(text: &str) -> Text {
    Text::both(text, text)
}
