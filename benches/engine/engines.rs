//! Both engines with the same rules: loading, one pass over lines, and whether they find the same.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rsigma_eval::{JsonEvent, LogSourceExtractor};
use serde_json::Value;
use vigie::check;
use vigie::watch::event::Logsource;
use vigie::watch::format::{Decoded, Decoder, Format, Read};
use vigie::watch::sigma::{Engine, Matcher, Rule, Sighting};

/// A rule that both engines loaded, by the number that stands at the end of its name here.
pub(crate) type Found = BTreeSet<String>;

pub(crate) fn ours(rules: &Path) -> Engine {
    let mut found = Vec::new();
    let files = check::rule_files(rules, &mut found);
    check::compile(&files, &BTreeMap::new(), &mut found)
}

/// How the other engine is told what kind of log an event is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Setting {
    /// By the event itself, its best setting where the events say so.
    Routed,
    /// The same, and a filter over the parts of texts that it has and does not use by itself.
    Bloom,
    /// By the operator: everything is from Windows, and the rules are rewritten for Sysmon.
    ByHand,
    /// Not at all, as it does by itself.
    Default,
}

pub(crate) fn theirs(rules: &Path, setting: Setting) -> rsigma_eval::Engine {
    let collection = rsigma_parser::parse_sigma_directory(rules).expect("a folder of rules");
    let mut engine = rsigma_eval::Engine::new();
    match setting {
        Setting::Routed => engine.set_logsource_extractor(Some(LogSourceExtractor::new())),
        Setting::Bloom => {
            engine.set_logsource_extractor(Some(LogSourceExtractor::new()));
            engine.set_bloom_prefilter(true);
        }
        Setting::ByHand => {
            let windows = rsigma_parser::LogSource { product: Some("windows".into()), ..Default::default() };
            engine.set_logsource_extractor(Some(LogSourceExtractor::new().with_defaults(windows)));
            let sysmon = rsigma_eval::pipeline::builtin::resolve_builtin("sysmon");
            engine.add_pipeline(sysmon.expect("it comes with one for Sysmon").expect("which it can read"));
        }
        Setting::Default => {}
    }
    engine.add_rules(collection.rules.iter());
    engine
}

/// One line through our engine, which tells what was seen in each of its events.
fn look(matcher: &mut Matcher, decoder: &mut Decoder, line: &str, tell: &mut impl FnMut(Sighting)) {
    let mut event = |event| matcher.look(&event).expect("an event can always be read").into_iter().for_each(&mut *tell);
    match decoder.read(Timestamp::UNIX_EPOCH, line) {
        Read::Raw(raw) => matcher.look(&raw).expect("valid JSON").into_iter().for_each(tell),
        Read::Decoded(Decoded::Event(one) | Decoded::Unknown(one)) => event(one),
        Read::Decoded(Decoded::Several(events)) => events.into_iter().for_each(event),
        Read::Decoded(Decoded::Skipped) => {}
        Read::Decoded(Decoded::Malformed { why, .. }) => panic!("{why}: {line}"),
    }
}

/// One pass of our engine over lines of `format`: how many rules matched.
pub(crate) fn pass_ours(matcher: &mut Matcher, format: Format, lines: &[&str]) -> usize {
    let mut decoder = Decoder::new(format, TimeZone::UTC, None);
    let mut found = 0;
    for line in lines {
        look(matcher, &mut decoder, line, &mut |sighting| found += sighting.len());
    }
    found
}

/// The same of the other engine, over lines of JSON.
pub(crate) fn pass_theirs(engine: &rsigma_eval::Engine, lines: &[&str]) -> usize {
    lines.iter().map(|line| engine.evaluate(&JsonEvent::borrow(&read(line))).len()).sum()
}

fn read(line: &str) -> Value {
    serde_json::from_str(line).expect("valid JSON")
}

/// What our engine finds in each line.
pub(crate) fn found_by_us(engine: &Engine, lines: &[&str]) -> Vec<Found> {
    let rules: Vec<Option<String>> = engine.rules().map(|rule| rule.uuid.clone()).collect();
    let (mut matcher, mut decoder) = (engine.matcher(), Decoder::new(Format::Json, TimeZone::UTC, None));
    let mut of = |line: &&str| {
        let mut found = Found::new();
        look(&mut matcher, &mut decoder, line, &mut |sighting| {
            found.extend(sighting.rules().filter_map(|at| rules[at].clone()));
        });
        found
    };
    lines.iter().map(&mut of).collect()
}

/// What the other engine finds in each line, as it says it.
pub(crate) fn found_by_them(engine: &rsigma_eval::Engine, lines: &[&str]) -> Vec<Found> {
    let of = |line: &&str| {
        let found = engine.evaluate(&JsonEvent::borrow(&read(line)));
        found.into_iter().filter_map(|found| found.header.rule_id).collect()
    };
    lines.iter().map(of).collect()
}

/// Leaves out of what the other engine found the rules that ask for more than the event says: it takes what an event
/// leaves open for anything, vigie for something else. Rules that wait for a list of the site match nothing in vigie.
pub(crate) fn strict(engine: &Engine, lines: &[&str], found: &mut [Found]) {
    let armed = engine.rules().filter(|rule| rule.unarmed().is_none());
    let rules: BTreeMap<&str, &Arc<Rule>> = armed.filter_map(|rule| Some((rule.uuid.as_deref()?, rule))).collect();
    for (line, found) in lines.iter().zip(found) {
        if found.is_empty() {
            continue;
        }
        let said = said(&read(line));
        found.retain(|id| rules.get(id.as_str()).is_some_and(|rule| rule.logsource.covers(&said)));
    }
}

/// What the event says of its kind of log.
fn said(event: &Value) -> Logsource {
    let text = |name: &str| event.get(name).and_then(Value::as_str).map(ToOwned::to_owned);
    let word = |name: &str| text(name).map(Into::into);
    Logsource { category: text("category").into_iter().collect(), product: word("product"), service: word("service") }
}

/// Stops loudly where the engines do not find the same. How many events there are in which vigie finds more, because it
/// knows the names that Windows itself gives the fields of a program that starts (`SubjectLogonId` for `LogonId`).
pub(crate) fn agree(lane: &str, lines: &[&str], ours: &[Found], theirs: &[Found]) -> usize {
    let differing = (0..lines.len()).filter(|at| ours[*at] != theirs[*at]);
    let renamed = |at: &usize| {
        let starts = read(lines[*at]).get("EventID").is_some_and(|number| number == 4688 || number == "4688");
        starts && ours[*at].is_superset(&theirs[*at])
    };
    let (more, differing): (Vec<usize>, Vec<usize>) = differing.partition(renamed);
    if let Some(at) = differing.first() {
        let (found, other, text) = (&ours[*at], &theirs[*at], lines[*at]);
        let many = differing.len();
        panic!("{lane}: {many} events in which not the same is found, the first: {found:?} and {other:?} in {text}");
    }
    more.len()
}
