//! What the engine as a whole must do, seen from outside. Each file is one promise.

mod absence;
mod aggregate;
mod bound;
mod calendar;
mod candidates;
mod collection;
mod condition;
mod correlation;
mod correlations_specification;
mod detection;
mod diagnostic;
mod expansion;
mod explain;
mod filter;
mod first_seen;
mod gestures;
mod identity;
mod modifier;
mod repeated;
mod restart;
mod rule_expression;
mod specification;
mod told;

use jiff::Timestamp;

use super::{Document, Engine, Match, read};
use crate::base::id::{DrillId, RuleId};
use crate::base::realm::Realm;
use crate::text::diagnostic::Diagnostic;
use crate::text::source::Source;
use crate::watch::event::{Event, Logsource, Value};
use crate::watch::hidden::Hidden;

/// Reads one file called `test.rule`.
fn documents(text: &str) -> (Vec<Document>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let documents = read(&Source::new("rule.yml", text), &RuleId::from("test.rule"), &mut found);
    (documents, found)
}

/// The engine over one file, which must have no mistakes.
fn engine(text: &str) -> Engine {
    let (documents, mut found) = documents(text);
    let engine = Engine::compile(documents, &mut found);
    assert!(found.is_empty(), "{found:#?}\n{text}");
    engine
}

/// All findings over one file, as `line:column [code] message (help)`.
pub(super) fn findings(text: &str) -> Vec<String> {
    let (documents, mut found) = documents(text);
    let _engine = Engine::compile(documents, &mut found);
    found.iter().map(|finding| finding.to_string().replacen("rule.yml:", "", 1)).collect()
}

/// A rule with this detection, indented by two.
fn rule(detection: &str) -> String {
    format!("title: t\nlevel: low\nlogsource: {{product: p}}\ndetection:\n{}\n", indent(detection))
}

fn indent(text: &str) -> String {
    text.lines().flat_map(|line| ["  ", line, "\n"]).collect()
}

/// A moment, in milliseconds.
fn at(milliseconds: i64) -> Timestamp {
    Timestamp::from_millisecond(milliseconds).unwrap()
}

fn value(json: serde_json::Value) -> Value {
    match json {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(truth) => Value::Bool(truth),
        serde_json::Value::Number(number) => {
            number.as_i64().map_or_else(|| Value::Float(number.as_f64().unwrap()), Value::Int)
        }
        serde_json::Value::String(text) => Value::from(text),
        serde_json::Value::Array(items) => Value::List(items.into_iter().map(value).collect()),
        serde_json::Value::Object(_) => unreachable!("events are flat"),
    }
}

/// An event of the product `p` with these fields at this moment. Its text is the JSON.
fn event(time: i64, json: &str) -> Event {
    let fields: serde_json::Map<String, serde_json::Value> = serde_json::from_str(json).unwrap();
    Event {
        time: at(time),
        logsource: Logsource { product: Some("p".into()), ..Logsource::default() },
        fields: fields.into_iter().map(|(name, json)| (name.into(), value(json))).collect(),
        text: json.to_owned(),
        hidden: Hidden::default(),
        times: 1,
    }
}

fn line(text: &str) -> Event {
    Event { text: text.to_owned(), ..event(0, "{}") }
}

/// Whether a rule with this detection matches.
fn matches(detection: &str, event: &Event) -> bool {
    !engine(&rule(detection)).step(Realm::Live, event).is_empty()
}

/// The ids of the rules that match.
fn ids(matches: &[Match]) -> Vec<&str> {
    matches.iter().map(|found| found.rule.id.as_str()).collect()
}

const DRILL: Realm = Realm::Drill(DrillId(3));
