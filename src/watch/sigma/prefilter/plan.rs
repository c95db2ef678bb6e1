//! The rules for one kind of log, and which of them an event may match at all: one pass over the event rules out nearly
//! all of them.

use std::collections::{HashMap, HashSet};
use std::hash::BuildHasherDefault;

use super::affix::Affixes;
use super::candidates::{Candidates, Mark};
use super::fast_hash::FastHash;
use super::needle::{Clause, Need, Needle, Sign, Spot};
use super::ngram::Ngrams;
use super::rarity::Rarity;
use crate::watch::record::Field;
use crate::watch::sigma::view::View;
use crate::watch::sigma::view::entry::{Seen, Sort};
use crate::watch::sigma::view::number::Number;
use crate::watch::sigma::view::text::{Shape, push_folded};

/// The rules for one kind of log.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    /// Fields that are there under another name too.
    aliases: Vec<(Field, Field)>,
    /// The field whose text names more fields.
    lines: Option<Field>,
    /// Whether events have to be read as a whole.
    whole: bool,
    /// How many rules there are.
    rules: usize,
    /// The rules that every event may match.
    always: Vec<Mark>,
    /// By field: which of `fields` it is, and one more.
    places: Vec<u32>,
    fields: Vec<FieldPlan>,
    /// What is looked for in the line.
    line: Ngrams<Vec<Mark>>,
    /// The rules that look for something which the line may spell with escapes.
    escaped: Vec<Mark>,
}

/// What is looked for in one field, and the rules that ask for it.
#[derive(Debug, Default)]
struct FieldPlan {
    present: Vec<Mark>,
    /// For a text of nothing.
    empty: Vec<Mark>,
    numbers: HashMap<i64, Vec<Mark>, BuildHasherDefault<FastHash>>,
    /// Those that are not whole, or too large to be told from their neighbours.
    others: Vec<(Number, Vec<Mark>)>,
    heads: Affixes<Vec<Mark>>,
    tails: Affixes<Vec<Mark>>,
    inside: Ngrams<Vec<Mark>>,
}

impl Plan {
    /// A plan over some rules, by what each of them needs. `fields` is the number of known fields, `rules` the number of
    /// all rules.
    pub(crate) fn new<'n>(
        needs: impl IntoIterator<Item = (u32, &'n Need)>,
        (fields, rules): (usize, usize),
        rarity: &Rarity,
    ) -> Self {
        let needs: Vec<(u32, &Need)> = needs.into_iter().collect();
        let looks = Looks::new(&needs);
        let mut draft = Draft::default();
        for (rule, need) in needs {
            let clauses: Vec<&Clause> = need.worthwhile(|needle| looks.find(needle)).collect();
            draft.add(rule, &clauses);
        }
        let mut plan = Self { rules, always: draft.always, places: vec![0; fields], ..Self::default() };
        for (field, draft) in draft.fields {
            plan.fields.push(draft.finish(rarity));
            plan.places[field as usize] = u32::try_from(plan.fields.len()).expect("rules name fewer fields than that");
        }
        plan.line = Ngrams::new(draft.line.into_iter().collect(), rarity).in_long_texts();
        plan.escaped = draft.escaped;
        plan
    }

    /// The same for a kind of log of which there is more to know.
    pub(crate) fn with(self, aliases: Vec<(Field, Field)>, lines: Option<Field>, whole: bool) -> Self {
        Self { aliases, lines, whole, ..self }
    }

    /// Whether events have to be read as a whole before they are looked at.
    pub(crate) fn is_whole(&self) -> bool {
        self.whole
    }

    /// Whether no event can match anything.
    pub(crate) fn is_empty(&self) -> bool {
        self.always.is_empty() && self.fields.is_empty() && self.line.is_empty() && self.escaped.is_empty()
    }

    /// Whether an event may match anything that has fields from a `text`, which the field `message` will say: as far as that
    /// can be told before it is taken apart.
    pub(crate) fn may_match(&self, message: Option<Field>, text: &str, folded: &mut String) -> bool {
        if self.is_empty() {
            return self.whole;
        }
        let place = message.map_or(0, |field| self.places[field as usize]) as usize;
        let says = self.fields.get(place.wrapping_sub(1));
        let looks_elsewhere = self.fields.len() > usize::from(says.is_some()) || !self.line.is_empty();
        let has_more = self.whole || !self.always.is_empty() || !self.aliases.is_empty() || self.lines.is_some();
        let Some(plan) = says.filter(|_| !looks_elsewhere && !has_more) else { return true };
        folded.clear();
        push_folded(folded, text);
        let mut finds = !plan.present.is_empty();
        plan.find(Seen { sort: Sort::Text, plain: text, folded }, &mut |marks| finds |= !marks.is_empty());
        finds
    }

    /// Lets the fields of an event go by the names that rules know them by too.
    #[inline]
    pub(crate) fn name(&self, view: &mut View<'_>) {
        for (from, to) in &self.aliases {
            view.alias(*from, *to);
        }
        if let Some(lines) = self.lines {
            view.divide(lines);
        }
    }

    /// Finds the rules that an event may match.
    pub(crate) fn find(&self, view: &mut View<'_>, candidates: &mut Candidates) {
        self.name(view);
        candidates.begin(self.rules);
        candidates.add(&self.always);
        let mut at = 0;
        while let Some(field) = view.fields().get(at).copied() {
            at += 1;
            let place = self.places[field as usize];
            if let Some(plan) = self.fields.get((place as usize).wrapping_sub(1)) {
                candidates.add(&plan.present);
                for value in view.folded(field) {
                    plan.find(value, &mut |marks| candidates.add(marks));
                }
            }
        }
        if !self.line.is_empty() {
            let text = view.text();
            // Most lines need not be folded for that.
            let as_it_is = self.line.takes_either_case(text.len()) && text.is_ascii();
            let line = if as_it_is { text } else { view.line().folded };
            self.line.search(line.as_bytes(), &mut |marks| candidates.add(marks));
            if !self.escaped.is_empty() && view.spells_by_number() {
                candidates.add(&self.escaped);
            }
        }
    }
}

impl FieldPlan {
    fn find(&self, value: Seen<'_>, add: &mut impl FnMut(&[Mark])) {
        if !value.has_text() {
            return;
        }
        let text = value.folded;
        if text.is_empty() {
            add(&self.empty);
        }
        if value.sort != Sort::Bool && !(self.numbers.is_empty() && self.others.is_empty()) {
            self.find_number(value, add);
        }
        if !self.tails.is_empty() {
            self.tails.search(text, &mut |marks: &Vec<Mark>| add(marks));
        }
        if !self.heads.is_empty() {
            self.heads.search(text, &mut |marks: &Vec<Mark>| add(marks));
        }
        if !self.inside.is_empty() {
            self.inside.search(text.as_bytes(), &mut |marks: &Vec<Mark>| add(marks));
        }
    }

    fn find_number(&self, value: Seen<'_>, add: &mut impl FnMut(&[Mark])) {
        // Letter case means nothing in a number.
        let Some(number) = Number::of(Seen { plain: value.folded, ..value }) else { return };
        if let Some(marks) = whole(number).and_then(|number| self.numbers.get(&number)) {
            add(marks);
        }
        for (_, marks) in self.others.iter().filter(|(other, _)| number.equals(*other)) {
            add(marks);
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

/// The fields that are looked at for the first needs of rules, and those that are looked through for texts inside.
#[derive(Debug)]
struct Looks(HashSet<(Field, bool)>);

impl Looks {
    fn new(needs: &[(u32, &Need)]) -> Self {
        let needles = needs.iter().filter_map(|(_, need)| need.first()).flat_map(|clause| &clause.needles);
        let looks = needles.filter_map(Self::of);
        Self(looks.flat_map(|(field, inside)| [(field, false), (field, inside)]).collect())
    }

    fn of(needle: &Needle) -> Option<(Field, bool)> {
        let Spot::Field(field) = needle.spot else { return None };
        Some((field, matches!(needle.sign, Sign::Text(_, Shape::Anywhere))))
    }

    /// Whether `needle` is found by a look that is taken in any case.
    fn find(&self, needle: &Needle) -> bool {
        Self::of(needle).is_some_and(|look| self.0.contains(&look))
    }
}

/// A plan being made.
#[derive(Debug, Default)]
struct Draft {
    always: Vec<Mark>,
    fields: Vec<(Field, FieldDraft)>,
    line: HashMap<Box<str>, Vec<Mark>>,
    escaped: Vec<Mark>,
}

#[derive(Debug, Default)]
struct FieldDraft {
    plan: FieldPlan,
    texts: HashMap<(Box<str>, Shape), Vec<Mark>>,
}

impl Draft {
    fn add(&mut self, rule: u32, clauses: &[&Clause]) {
        if clauses.is_empty() {
            return self.always.push(Mark::always(rule));
        }
        for (number, clause) in clauses.iter().enumerate() {
            let mark = Mark::of(rule, number, clauses.len());
            clause.needles.iter().for_each(|needle| self.look(needle, mark));
        }
    }

    fn look(&mut self, needle: &Needle, mark: Mark) {
        match (needle.spot, &needle.sign) {
            (Spot::Line { values }, Sign::Text(text, _)) => {
                mark.push(self.line.entry(text.clone()).or_default());
                if values {
                    mark.push(&mut self.escaped);
                }
            }
            (Spot::Line { .. }, _) => mark.push(&mut self.always),
            (Spot::Field(field), sign) => {
                let known = self.fields.iter().position(|(other, _)| *other == field);
                let at = known.unwrap_or_else(|| {
                    self.fields.push((field, FieldDraft::default()));
                    self.fields.len() - 1
                });
                self.fields[at].1.look(sign, mark);
            }
        }
    }
}

impl FieldDraft {
    fn look(&mut self, sign: &Sign, mark: Mark) {
        match sign {
            Sign::Present => mark.push(&mut self.plan.present),
            Sign::Number(number) => match whole(*number) {
                Some(number) => mark.push(self.plan.numbers.entry(number).or_default()),
                None => self.plan.others.push((*number, vec![mark])),
            },
            Sign::Text(text, Shape::Whole) if text.is_empty() => mark.push(&mut self.plan.empty),
            Sign::Text(text, _) if text.is_empty() => mark.push(&mut self.plan.present),
            Sign::Text(text, shape) => mark.push(self.texts.entry((text.clone(), *shape)).or_default()),
        }
    }

    fn finish(self, rarity: &Rarity) -> FieldPlan {
        let (mut heads, mut tails, mut inside) = (Vec::new(), Vec::new(), Vec::new());
        for ((text, shape), marks) in self.texts {
            match shape {
                Shape::Start => heads.push((text, false, marks)),
                Shape::End => tails.push((text, false, marks)),
                Shape::Whole => tails.push((text, true, marks)),
                Shape::Anywhere => inside.push((text, marks)),
            }
        }
        FieldPlan {
            heads: Affixes::new(true, heads),
            tails: Affixes::new(false, tails),
            inside: Ngrams::new(inside, rarity),
            ..self.plan
        }
    }
}
