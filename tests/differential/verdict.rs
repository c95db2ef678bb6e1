//! Round after round of rules and events, and what to make of a disagreement: it is followed down to single values of
//! single fields, and each of those must be a difference that the table knows.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::differences::{self, Difference};
use crate::draw::Draw;
use crate::engines::{Engines, Matching, name};
use crate::event::{event, wanted};
use crate::generated::rule;
use crate::rule::{Item, Rule};

/// Rules and events of one round.
const RULES: usize = 12;
const EVENTS: usize = 48;
/// More than 200 000 pairs of a rule and an event.
const ROUNDS: usize = 360;

/// How often what happened.
#[derive(Debug, Default)]
struct Counts {
    pairs: usize,
    matched: usize,
    explained: usize,
    by_difference: BTreeMap<&'static str, usize>,
    /// The first of each kind.
    unexplained: BTreeMap<String, String>,
}

/// A disagreement that is not in the table.
struct Unexplained {
    /// What kind of item it is about.
    about: String,
    why: String,
}

impl Unexplained {
    fn new(item: Option<&Item>, why: &str) -> Self {
        let about = item.map_or_else(|| why.to_owned(), |item| item.modifiers.join("|"));
        let item = item.map(|item| format!("{item:?}")).unwrap_or_default();
        Self { about, why: format!("{why} {item}") }
    }
}

#[test]
fn both_engines_say_the_same_or_the_table_says_why() {
    let variable = |name: &str| std::env::var(name).ok().map(|text| text.parse().expect("a number"));
    let seed: usize = variable("VIGIE_SEED").unwrap_or(20_261_121);
    let rounds = variable("VIGIE_ROUNDS").unwrap_or(ROUNDS);
    let mut counts = Counts::default();
    for at in 0..rounds {
        round(seed + at, &mut counts);
    }
    let unexplained: Vec<&str> = counts.unexplained.values().map(String::as_str).collect();
    assert!(unexplained.is_empty(), "{} kinds: {}", unexplained.len(), unexplained.join("\n"));
    println!("{counts:#?}");
    assert!(rounds < ROUNDS || counts.pairs > 200_000, "{counts:?}");
    let share = counts.matched * 100 / counts.pairs;
    assert!((15..=85).contains(&share), "{share} of 100 pairs match: the events say nothing about the rules");
    if variable("VIGIE_SEED").is_none() && rounds >= ROUNDS {
        let missed = differences::TABLE.iter().filter(|difference| difference.met);
        let missed: Vec<_> =
            missed.map(|difference| difference.name).filter(|name| !counts.by_difference.contains_key(name)).collect();
        assert!(missed.is_empty(), "never met: {missed:?}");
    }
}

fn round(seed: usize, counts: &mut Counts) {
    let draw = Draw::new(u64::try_from(seed).expect("a small number"));
    let rules: Vec<Rule> = (0..RULES).map(|_| rule(&draw)).collect();
    let written: Vec<String> = rules.iter().enumerate().map(|(at, rule)| rule.yaml(&name(at))).collect();
    let mut engines = Engines::new(&written);
    let mut parts: Vec<Option<Parts>> = rules.iter().map(|_| None).collect();
    let wanted = wanted(&rules);
    for _ in 0..EVENTS {
        let event = event(&draw, &wanted);
        let (ours, theirs) = (engines.ours(&event), engines.theirs(&event));
        counts.pairs += RULES;
        counts.matched += ours.len();
        for at in ours.symmetric_difference(&theirs) {
            let parts = parts[*at].get_or_insert_with(|| Parts::new(&rules[*at]));
            let why = parts.explain(&rules[*at], &event, ours.contains(at));
            match why {
                Ok(why) => {
                    counts.explained += 1;
                    for difference in why {
                        *counts.by_difference.entry(difference.name).or_default() += 1;
                    }
                }
                Err(Unexplained { about, why }) => {
                    let message = || format!("VIGIE_SEED={seed}: {why}\n{}{event}\n", written[*at]);
                    counts.unexplained.entry(about).or_insert_with(message);
                }
            }
        }
    }
}

/// A rule taken apart: each of its items as a rule, and each value of each item.
struct Parts {
    engines: Engines,
    items: Vec<Whole>,
}

/// An item and its values, by the number of the rule that each became.
struct Whole {
    item: Item,
    at: usize,
    singles: Vec<(usize, Item)>,
}

impl Parts {
    fn new(rule: &Rule) -> Self {
        let mut written: Vec<String> = Vec::new();
        let mut add = |item: &Item| {
            written.push(item.alone().yaml(&name(written.len())));
            written.len() - 1
        };
        let items = rule.items().into_iter().map(|item| Whole {
            at: add(item),
            singles: item.single().into_iter().map(|single| (add(&single), single)).collect(),
            item: item.clone(),
        });
        let items = items.collect();
        Self { engines: Engines::new(&written), items }
    }

    /// The differences that make the engines disagree about `rule`, or what is wrong.
    fn explain(&mut self, rule: &Rule, event: &Value, we_match: bool) -> Result<Vec<&'static Difference>, Unexplained> {
        let (ours, theirs) = (self.engines.ours(event), self.engines.theirs(event));
        let held =
            |matching: &Matching| self.items.iter().map(|whole| matching.contains(&whole.at)).collect::<Vec<_>>();
        if rule.holds(&held(&ours)) != we_match {
            return Err(Unexplained::new(None, "vigie's own items add up to something else"));
        }
        if rule.holds(&held(&theirs)) == we_match {
            return Err(Unexplained::new(None, "the items of the other engine add up to something else"));
        }
        let mut why = Vec::new();
        for whole in &self.items {
            whole.adds_up(&ours)?;
            if ours.contains(&whole.at) != theirs.contains(&whole.at) {
                why.extend(whole.explain(event, &ours, &theirs)?);
            }
        }
        Ok(why)
    }
}

impl Whole {
    /// Whether vigie says of the item what it says of its values together.
    fn adds_up(&self, ours: &Matching) -> Result<(), Unexplained> {
        let mut values = self.singles.iter().map(|(at, _)| ours.contains(at));
        let holds = if self.item.has("all") { values.all(|holds| holds) } else { values.any(|holds| holds) };
        if (holds != self.item.has("neq")) == ours.contains(&self.at) {
            Ok(())
        } else {
            Err(Unexplained::new(Some(&self.item), "vigie's own values add up to something else"))
        }
    }

    fn explain(
        &self,
        event: &Value,
        ours: &Matching,
        theirs: &Matching,
    ) -> Result<Vec<&'static Difference>, Unexplained> {
        if let Some(known) = differences::explains(&self.item, event, ours.contains(&self.at), true) {
            return Ok(vec![known]);
        }
        let differing = self.singles.iter().filter(|(at, _)| ours.contains(at) != theirs.contains(at));
        let why = differing.map(|(at, single)| {
            differences::explains(single, event, ours.contains(at), false).ok_or_else(|| {
                Unexplained::new(Some(single), &format!("not in the table, we say {}:", ours.contains(at)))
            })
        });
        let why: Vec<_> = why.collect::<Result<_, _>>()?;
        if why.is_empty() { Err(Unexplained::new(Some(&self.item), "not in the table, as a whole:")) } else { Ok(why) }
    }
}
