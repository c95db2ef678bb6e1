//! The rules for one kind of log, and which of them an event may match at all: one pass over the event rules out nearly
//! all of them.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::ends::Ends;
use super::grams::Grams;
use super::matcher::{Field, Number};
use super::mix::Mix;
use super::pattern::Shape;
use super::view::{Seen, Sort, View};
use super::witness::{Need, Prior, Sign, Spot};

/// The rules for one kind of log.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// Fields that are there under another name too.
    aliases: Vec<(Field, Field)>,
    /// The field whose text names more fields.
    lines: Option<Field>,
    /// Whether events have to be read as a whole.
    whole: bool,
    /// How many rules there are.
    rules: usize,
    /// The rules that every event may match.
    always: Vec<u32>,
    /// By field: which of `fields` it is, and one more.
    places: Vec<u16>,
    fields: Vec<FieldPlan>,
    /// What is looked for in the line.
    line: Grams,
    /// The rules that look for something which the line may spell with escapes.
    escaped: Vec<u32>,
}

/// What is looked for in one field, and the rules that ask for it.
#[derive(Debug, Default)]
struct FieldPlan {
    present: Vec<u32>,
    /// For a text of nothing.
    empty: Vec<u32>,
    numbers: HashMap<i64, Vec<u32>, BuildHasherDefault<Mix>>,
    /// Those that are not whole, or too large to be told from their neighbours.
    others: Vec<(Number, Vec<u32>)>,
    heads: Ends,
    tails: Ends,
    inside: Grams,
}

/// The rules that one event may match.
#[derive(Debug, Default)]
pub(super) struct Candidates {
    /// By rule: the event that it was put down for last.
    seen: Vec<u32>,
    event: u32,
    rules: Vec<u32>,
}

impl Candidates {
    fn begin(&mut self, rules: usize) {
        if self.seen.len() < rules {
            self.seen.resize(rules, self.event);
        }
        self.event = self.event.wrapping_add(1);
        if self.event == 0 {
            self.seen.fill(u32::MAX);
        }
        self.rules.clear();
    }

    fn add(&mut self, rules: &[u32]) {
        for rule in rules {
            let seen = &mut self.seen[*rule as usize];
            if *seen != self.event {
                *seen = self.event;
                self.rules.push(*rule);
            }
        }
    }

    /// The rules, in their order.
    pub(super) fn sorted(&mut self) -> &[u32] {
        self.rules.sort_unstable();
        &self.rules
    }
}

impl Plan {
    /// A plan over some rules, by what each of them needs. `fields` is the number of known fields, `rules` the number of
    /// all rules.
    pub(super) fn new<'n>(
        needs: impl IntoIterator<Item = (u32, &'n Need)>,
        (fields, rules): (usize, usize),
        prior: &Prior,
    ) -> Self {
        let mut draft = Draft::default();
        for (rule, need) in needs {
            draft.add(rule, need);
        }
        let mut plan = Self { rules, always: draft.always, places: vec![0; fields], ..Self::default() };
        for (field, draft) in draft.fields {
            plan.fields.push(draft.finish(prior));
            plan.places[field as usize] = u16::try_from(plan.fields.len()).unwrap_or(u16::MAX);
        }
        plan.line = Grams::new(draft.line.into_iter().collect(), prior);
        plan.escaped = draft.escaped;
        plan
    }

    /// The same for a kind of log of which there is more to know.
    pub(super) fn with(self, aliases: Vec<(Field, Field)>, lines: Option<Field>, whole: bool) -> Self {
        Self { aliases, lines, whole, ..self }
    }

    /// Whether events have to be read as a whole before they are looked at.
    pub(super) fn is_whole(&self) -> bool {
        self.whole
    }

    /// Whether no event can match anything.
    pub(super) fn is_empty(&self) -> bool {
        self.always.is_empty() && self.fields.is_empty() && self.line.is_empty() && self.escaped.is_empty()
    }

    /// Finds the rules that an event may match.
    pub(super) fn find(&self, view: &mut View<'_>, candidates: &mut Candidates) {
        for (from, to) in &self.aliases {
            view.alias(*from, *to);
        }
        if let Some(lines) = self.lines {
            view.divide(lines);
        }
        candidates.begin(self.rules);
        candidates.add(&self.always);
        let mut at = 0;
        while let Some(field) = view.fields().get(at).copied() {
            at += 1;
            let place = self.places[field as usize];
            if let Some(plan) = self.fields.get(usize::from(place).wrapping_sub(1)) {
                candidates.add(&plan.present);
                for value in view.folded(field) {
                    plan.find(value, candidates);
                }
            }
        }
        if !self.line.is_empty() {
            let line = view.line();
            self.line.search(line.folded.as_bytes(), &mut |rules| candidates.add(rules));
            if !self.escaped.is_empty() && memchr::memmem::find(line.plain.as_bytes(), b"\\u").is_some() {
                candidates.add(&self.escaped);
            }
        }
    }
}

impl FieldPlan {
    fn find(&self, value: Seen<'_>, candidates: &mut Candidates) {
        if !value.has_text() {
            return;
        }
        let text = value.folded;
        if text.is_empty() {
            candidates.add(&self.empty);
        }
        if value.sort != Sort::Bool && !(self.numbers.is_empty() && self.others.is_empty()) {
            self.find_number(value, candidates);
        }
        let mut add = |rules: &[u32]| candidates.add(rules);
        if !self.tails.is_empty() {
            self.tails.search(text, &mut add);
        }
        if !self.heads.is_empty() {
            self.heads.search(text, &mut add);
        }
        if !self.inside.is_empty() {
            self.inside.search(text.as_bytes(), &mut add);
        }
    }

    fn find_number(&self, value: Seen<'_>, candidates: &mut Candidates) {
        // Letter case means nothing in a number.
        let Some(number) = Number::of(Seen { plain: value.folded, ..value }) else { return };
        if let Some(rules) = whole(number).and_then(|number| self.numbers.get(&number)) {
            candidates.add(rules);
        }
        for (_, rules) in self.others.iter().filter(|(other, _)| number.equals(*other)) {
            candidates.add(rules);
        }
    }
}

/// The whole number that a number is, where it is one that a fraction can say exactly.
#[expect(clippy::cast_possible_truncation, reason = "what has no fraction and is not large loses nothing")]
fn whole(number: Number) -> Option<i64> {
    const EXACT: i64 = 1 << 53;
    let whole = match number {
        Number::Int(number) => number,
        Number::Float(number) if number.fract() == 0.0 && number.abs() < 1e18 => number as i64,
        Number::Float(_) => return None,
    };
    (-EXACT < whole && whole < EXACT).then_some(whole)
}

/// A plan being made.
#[derive(Debug, Default)]
struct Draft {
    always: Vec<u32>,
    fields: Vec<(Field, FieldDraft)>,
    line: HashMap<Box<str>, Vec<u32>>,
    escaped: Vec<u32>,
}

#[derive(Debug, Default)]
struct FieldDraft {
    plan: FieldPlan,
    texts: HashMap<(Box<str>, Place), Vec<u32>>,
}

/// [`Shape`], to be counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Place {
    Whole,
    Start,
    End,
    Inside,
}

impl Draft {
    fn add(&mut self, rule: u32, need: &Need) {
        let Need::Any(witnesses, _) = need else { return self.always.push(rule) };
        for witness in witnesses {
            match (witness.spot, &witness.sign) {
                (Spot::Line { values }, Sign::Text(text, _)) => {
                    push(self.line.entry(text.clone()).or_default(), rule);
                    if values {
                        push(&mut self.escaped, rule);
                    }
                }
                (Spot::Line { .. }, _) => push(&mut self.always, rule),
                (Spot::Field(field), sign) => {
                    let known = self.fields.iter().position(|(other, _)| *other == field);
                    let at = known.unwrap_or_else(|| {
                        self.fields.push((field, FieldDraft::default()));
                        self.fields.len() - 1
                    });
                    self.fields[at].1.add(rule, sign);
                }
            }
        }
    }
}

fn push(rules: &mut Vec<u32>, rule: u32) {
    if rules.last() != Some(&rule) {
        rules.push(rule);
    }
}

impl FieldDraft {
    fn add(&mut self, rule: u32, sign: &Sign) {
        match sign {
            Sign::Present => push(&mut self.plan.present, rule),
            Sign::Number(number) => match whole(*number) {
                Some(number) => push(self.plan.numbers.entry(number).or_default(), rule),
                None => self.plan.others.push((*number, vec![rule])),
            },
            Sign::Text(text, Shape::Whole) if text.is_empty() => push(&mut self.plan.empty, rule),
            Sign::Text(text, _) if text.is_empty() => push(&mut self.plan.present, rule),
            Sign::Text(text, shape) => {
                let place = match shape {
                    Shape::Whole => Place::Whole,
                    Shape::Start => Place::Start,
                    Shape::End => Place::End,
                    Shape::Anywhere => Place::Inside,
                };
                push(self.texts.entry((text.clone(), place)).or_default(), rule);
            }
        }
    }

    fn finish(self, prior: &Prior) -> FieldPlan {
        let (mut heads, mut tails, mut inside) = (Vec::new(), Vec::new(), Vec::new());
        for ((text, place), rules) in self.texts {
            match place {
                Place::Start => heads.push((text, false, rules)),
                Place::End => tails.push((text, false, rules)),
                Place::Whole => tails.push((text, true, rules)),
                Place::Inside => inside.push((text, rules)),
            }
        }
        FieldPlan {
            heads: Ends::new(true, heads),
            tails: Ends::new(false, tails),
            inside: Grams::new(inside, prior),
            ..self.plan
        }
    }
}
