//! The engine against itself: what must not change what a rule finds, and what must turn it round. The rules beside a
//! rule, above all: whatever index an engine keeps over its rules, each finds what it finds alone.

use serde_json::Value;

use crate::draw::Draw;
use crate::engines::{Matching, Ours, name};
use crate::event::{event, wanted};
use crate::generated::rule;
use crate::rule::{Condition, Item, Rule, Scalar, Selection};

/// Rules that a law is tried on, and events for each dozen of them.
const RULES: usize = 240;
const EVENTS: usize = 24;

fn rules(seed: u64, count: usize) -> (Draw, Vec<Rule>) {
    let draw = Draw::new(seed);
    let rules = (0..count).map(|_| whole(rule(&draw))).collect();
    (draw, rules)
}

/// The rule with one condition instead of several.
fn whole(mut rule: Rule) -> Rule {
    if rule.conditions.len() > 1 {
        rule.conditions = vec![Condition::Any(rule.conditions)];
    }
    rule
}

fn written(rules: &[Rule]) -> Vec<String> {
    rules.iter().enumerate().map(|(at, rule)| rule.yaml(&name(at))).collect()
}

/// Tries what `change` makes of rules: each must match where the rule did, or with `opposite` where it did not.
fn law(seed: u64, opposite: bool, change: impl Fn(&Rule) -> Option<Rule>) {
    pairs(seed, opposite, |rule| Some((rule.clone(), change(rule)?)));
}

/// The same for two rules made of each.
fn pairs(seed: u64, opposite: bool, make: impl Fn(&Rule) -> Option<(Rule, Rule)>) {
    let (draw, rules) = rules(seed, RULES);
    let (mut tried, mut matched, mut looks) = (0, 0, 0);
    for rules in rules.chunks(12) {
        let (old, new): (Vec<Rule>, Vec<Rule>) = rules.iter().filter_map(&make).unzip();
        tried += new.len();
        let (old_text, new_text) = (written(&old), written(&new));
        let (mut before, mut after) = (Ours::new(&old_text), Ours::new(&new_text));
        for _ in 0..EVENTS {
            let event = event(&draw, &wanted(&old));
            let (one, other) = (before.look(&event), after.look(&event));
            for at in 0..old.len() {
                let (one, other) = (one.contains(&at), other.contains(&at));
                assert_eq!(one != opposite, other, "{}\n{}\n{event}", old_text[at], new_text[at]);
                matched += usize::from(one);
                looks += 1;
            }
        }
    }
    assert!(tried > 30, "the law was tried on {tried} rules only");
    assert!(matched * 20 > looks && matched * 20 < looks * 19, "{matched} of {looks} match: this shows nothing");
}

fn with(rule: &Rule, condition: Condition) -> Rule {
    Rule { conditions: vec![condition], ..rule.clone() }
}

fn not(condition: Condition) -> Condition {
    Condition::Not(Box::new(condition))
}

#[test]
fn a_negation_is_the_opposite_and_two_are_nothing() {
    law(1, true, |rule| Some(with(rule, not(rule.conditions[0].clone()))));
    law(2, false, |rule| Some(with(rule, not(not(rule.conditions[0].clone())))));
}

#[test]
fn a_negation_goes_through_brackets() {
    fn inward(condition: &Condition) -> Condition {
        match condition {
            Condition::Not(inner) => (**inner).clone(),
            Condition::All(parts) => Condition::Any(parts.iter().map(inward).collect()),
            Condition::Any(parts) => Condition::All(parts.iter().map(inward).collect()),
            other => not(other.clone()),
        }
    }
    law(3, true, |rule| Some(with(rule, inward(&rule.conditions[0]))));
}

#[test]
fn one_of_several_is_or_and_all_of_them_is_and() {
    fn spelled(rule: &Rule, condition: &Condition) -> Condition {
        let each = |parts: &[Condition]| parts.iter().map(|part| spelled(rule, part)).collect();
        match condition {
            Condition::Of(count @ (Some(1) | None), target) => {
                let parts: Vec<_> = rule.chosen(target).into_iter().map(Condition::Name).collect();
                if count.is_some() { Condition::Any(parts) } else { Condition::All(parts) }
            }
            Condition::Not(inner) => not(spelled(rule, inner)),
            Condition::All(parts) => Condition::All(each(parts)),
            Condition::Any(parts) => Condition::Any(each(parts)),
            other => other.clone(),
        }
    }
    law(4, false, |rule| Some(with(rule, spelled(rule, &rule.conditions[0]))));
}

#[test]
fn the_order_in_a_rule_means_nothing() {
    fn turned(condition: &Condition, last: usize) -> Condition {
        let each = |parts: &[Condition]| parts.iter().rev().map(|part| turned(part, last)).collect();
        match condition {
            Condition::Name(index) => Condition::Name(last - index),
            Condition::Not(inner) => not(turned(inner, last)),
            Condition::All(parts) => Condition::All(each(parts)),
            Condition::Any(parts) => Condition::Any(each(parts)),
            Condition::Of(..) => condition.clone(),
        }
    }
    law(5, false, |rule| {
        let mut selections = rule.selections.clone();
        selections.reverse();
        for (_, selection) in &mut selections {
            if let Selection::Maps(maps) = selection {
                maps.reverse();
                for map in maps.iter_mut() {
                    map.reverse();
                }
            }
            each_item(selection, &mut |item| item.values.reverse());
        }
        let conditions = vec![turned(&rule.conditions[0], selections.len() - 1)];
        Some(Rule { selections, conditions })
    });
}

fn each_item(selection: &mut Selection, change: &mut impl FnMut(&mut Item)) {
    match selection {
        Selection::Maps(maps) => maps.iter_mut().flatten().for_each(change),
        Selection::Words(item) => change(item),
    }
}

/// The rule with its items changed; nothing where none could be.
fn changed(rule: &Rule, mut change: impl FnMut(&mut Item) -> bool) -> Option<Rule> {
    let mut rule = rule.clone();
    let mut any = false;
    for (_, selection) in &mut rule.selections {
        each_item(selection, &mut |item| any |= change(item));
    }
    any.then_some(rule)
}

#[test]
fn places_are_wildcards() {
    law(6, false, |rule| {
        let before = rule.items().iter().map(|item| (item.field.clone(), item.modifiers.clone())).collect::<Vec<_>>();
        changed(rule, |item| {
            let place = ["contains", "startswith", "endswith"].into_iter().find(|place| item.has(place));
            let others = ["contains", "startswith", "endswith", "all", "neq", "cased"];
            let (Some(place), true) = (place, item.modifiers.iter().all(|modifier| others.contains(modifier))) else {
                return false;
            };
            let modifiers: Vec<_> = item.modifiers.iter().copied().filter(|modifier| *modifier != place).collect();
            let open = |value: &Scalar| !matches!(value, Scalar::Text(text) if !text.ends_with('\\'));
            if item.values.iter().any(open) || before.contains(&(item.field.clone(), modifiers.clone())) {
                return false;
            }
            item.modifiers = modifiers;
            for value in &mut item.values {
                if let Scalar::Text(text) = value {
                    let start = if place == "startswith" { "" } else { "*" };
                    let end = if place == "endswith" { "" } else { "*" };
                    *text = format!("{start}{text}{end}");
                }
            }
            true
        })
        .filter(|rule| rule.items().iter().all(|item| unique(rule, item)))
    });
}

/// Whether no other item of the rule has the same key, which a map could not hold twice.
fn unique(rule: &Rule, item: &Item) -> bool {
    let same = |other: &&Item| (&other.field, &other.modifiers) == (&item.field, &item.modifiers);
    rule.items().into_iter().filter(same).count() == 1
}

#[test]
fn neq_is_not() {
    pairs(7, true, |rule| {
        let items = rule.items();
        let first = items.iter().find(|item| item.has("neq"))?;
        let modifiers = first.modifiers.iter().copied().filter(|modifier| *modifier != "neq").collect();
        let plain = Item { modifiers, ..(*first).clone() };
        Some((first.alone(), plain.alone()))
    });
}

#[test]
fn letter_case_of_values_means_nothing() {
    law(8, false, |rule| {
        let spelled = ["cased", "re", "base64", "base64offset", "fieldref", "exists"];
        changed(rule, |item| {
            if spelled.iter().any(|modifier| item.has(modifier)) {
                return false;
            }
            for value in &mut item.values {
                if let Scalar::Text(text) = value {
                    *text = text.chars().map(turned_case).collect();
                }
            }
            true
        })
    });
}

fn turned_case(letter: char) -> char {
    if letter.is_ascii_lowercase() { letter.to_ascii_uppercase() } else { letter.to_ascii_lowercase() }
}

#[test]
fn the_order_of_fields_in_a_line_means_nothing() {
    let (draw, rules) = rules(9, 24);
    let mut engine = Ours::new(&written(&rules));
    for _ in 0..400 {
        let event = event(&draw, &wanted(&rules));
        let turned: serde_json::Map<String, Value> =
            event.as_object().expect("an event is an object").clone().into_iter().rev().collect();
        assert_eq!(engine.look(&event), engine.look(&Value::Object(turned)), "{event}");
    }
}

#[test]
fn an_event_means_the_same_whatever_came_before() {
    let (draw, rules) = rules(10, 24);
    let texts = written(&rules);
    let (mut draws, mut busy) = (Vec::new(), Ours::new(&texts));
    for _ in 0..60 {
        draws.push(event(&draw, &wanted(&rules)));
    }
    let first: Vec<Matching> = draws.iter().map(|event| busy.look(event)).collect();
    let again: Vec<Matching> = draws.iter().rev().map(|event| busy.look(event)).collect();
    assert!(first.iter().eq(again.iter().rev()), "an engine that has seen much says something else");
    for (event, seen) in draws.iter().zip(&first) {
        assert_eq!(&Ours::new(&texts).look(event), seen, "{event}");
    }
}

#[test]
fn a_rule_finds_among_five_hundred_what_it_finds_alone() {
    let (draw, rules) = rules(11, 500);
    let texts = written(&rules);
    let mut together = Ours::new(&texts);
    let mut alone: Vec<Ours> = rules.iter().map(|rule| Ours::new(&[rule.yaml(&name(0))])).collect();
    let mut matches = 0;
    for round in 0..60 {
        // Events for a few rules at a time, so that they match.
        let start = round * 8 % rules.len();
        let event = event(&draw, &wanted(&rules[start..start + 8]));
        let found = together.look(&event);
        matches += found.len();
        for (at, engine) in alone.iter_mut().enumerate() {
            assert_eq!(!engine.look(&event).is_empty(), found.contains(&at), "{}\n{event}", texts[at]);
        }
    }
    assert!(matches > 1_000, "{matches} matches only");
}
