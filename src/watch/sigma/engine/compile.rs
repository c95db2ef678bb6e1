//! From documents to an engine: which rule a correlation means by a name, and numbers instead of names.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write as _;
use std::sync::{Arc, OnceLock};

use super::{Engine, Single};
use crate::base::language::Text;
use crate::base::seal::{Seal, hex};
use crate::finding::rule::{same_rule, same_uuid};
use crate::text::diagnostic::Diagnostic;
use crate::text::spanned::Spanned;
use crate::watch::kind;
use crate::watch::record::Field;
use crate::watch::sigma::correlate::counter::{Base, Counter, Counters, Feed, Origin};
use crate::watch::sigma::correlate::window::Counting;
use crate::watch::sigma::matcher::detection::Detection;
use crate::watch::sigma::matcher::{Rules, Watched};
use crate::watch::sigma::rule::dependency::Dependencies;
use crate::watch::sigma::rule::document::{Body, Document};
use crate::watch::sigma::rule::expansion::Lists;
use crate::watch::sigma::rule::fill::Filler;
use crate::watch::sigma::rule::filter::Filter;
use crate::watch::sigma::rule::link::{self, Directory, Link, LinkedRule};
use crate::watch::sigma::rule::measure::Kind;
use crate::watch::sigma::rule::mentions::Names;
use crate::watch::sigma::rule::reading::Reading;
use crate::watch::sigma::rule::{Logsource, Rule, reach};
use crate::words::unarmed::part_unarmed;

impl Engine {
    /// Puts documents together, without lists of the site: see [`Engine::compile_with`].
    pub fn compile(documents: Vec<Document>, found: &mut Vec<Diagnostic>) -> Self {
        Self::compile_with(documents, &BTreeMap::new(), found)
    }

    /// Puts documents together. References between documents are followed over all of them; what cannot be used is left
    /// out and reported, the rest works. `lists` are what placeholders stand for, by name; a rule whose list is missing
    /// or empty is reported, is there and never matches.
    pub fn compile_with(
        documents: Vec<Document>,
        lists: &BTreeMap<String, Vec<String>>,
        found: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut documents = distinct(documents, found);
        for document in &mut documents {
            fill(document, lists, found);
        }
        let directory = Directory::new(&documents);
        let links = link::follow(&documents, &directory, found);
        let filters = reach::follow(&documents, &directory, found);
        let rules = metadata(&documents, &links);
        let mut numbers = vec![None; documents.len()];
        for (number, index) in links.order.iter().enumerate() {
            numbers[*index] = Some(number);
        }
        let counted = counted(&links.of, &numbers);
        let mut assembly = Assembly { links: links.of, filters, counted, rules, numbers, ..Assembly::default() };
        for index in links.order {
            assembly.add_correlation(&documents, index);
        }
        assembly.add_rules(documents);
        assembly.finish()
    }
}

/// An engine being put together.
#[derive(Default)]
struct Assembly {
    links: Vec<Option<Link>>,
    /// By document: the documents that filter it.
    filters: Vec<Vec<usize>>,
    /// By document: the correlations that count it.
    counted: Vec<Vec<Feed>>,
    /// By document.
    rules: Vec<Arc<Rule>>,
    /// By document: its number among the correlations, each behind those it counts.
    numbers: Vec<Option<usize>>,
    /// The rules of the engine.
    kept: Vec<Arc<Rule>>,
    singles: Vec<Single>,
    watching: Rules,
    counters: Counters,
}

impl Assembly {
    fn add_rules(&mut self, mut documents: Vec<Document>) {
        let extract = |document: &mut Document| self.take_filter(document);
        let filters: Vec<Option<Arc<Detection>>> = documents.iter_mut().map(extract).collect();
        let mut groups: BTreeMap<Logsource, Vec<u32>> = BTreeMap::new();
        for (index, document) in documents.into_iter().enumerate() {
            match document.body {
                Body::Broken { .. } | Body::Filter(_) => continue,
                Body::Correlation(_) if self.numbers[index].is_none() => continue,
                Body::Correlation(_) => {}
                Body::Detection(_) if document.rule.unarmed.is_some() => {}
                Body::Detection(detection) => {
                    let logsource = Logsource { definition: None, ..document.rule.logsource };
                    let number = u32::try_from(self.watching.watched.len()).expect("there are fewer rules than that");
                    groups.entry(logsource).or_default().push(number);
                    let filters = self.filters[index].iter().filter_map(|filter| filters[*filter].clone()).collect();
                    self.add_detection(index, detection, &document.mentions.names, filters);
                }
            }
            self.kept.push(Arc::clone(&self.rules[index]));
        }
        self.watching.groups = groups.into_iter().collect();
    }

    /// What a filter asks for, in the numbers of all documents.
    fn take_filter(&mut self, document: &mut Document) -> Option<Arc<Detection>> {
        if !matches!(document.body, Body::Filter(_)) {
            return None;
        }
        let nothing = Body::Broken { counts: Vec::new() };
        let Body::Filter(Filter { mut detection, .. }) = std::mem::replace(&mut document.body, nothing) else {
            unreachable!("looked at one line above")
        };
        self.renumber(&mut detection, &document.mentions.names);
        Some(Arc::new(detection))
    }

    fn renumber(&mut self, detection: &mut Detection, names: &Names) {
        let fields = &mut self.watching.table;
        let numbers: Vec<Field> = names.iter().map(|name| fields.number(name)).collect();
        detection.renumber(&numbers);
    }

    fn add_detection(&mut self, index: usize, mut detection: Detection, names: &Names, filters: Vec<Arc<Detection>>) {
        let feeds = self.feeds(index, false);
        let wanted = (!feeds.is_empty()).then(|| self.counters.wanted(&feeds));
        self.renumber(&mut detection, names);
        let fields = &mut self.watching.table;
        let rule = Arc::clone(&self.rules[index]);
        let subject = if rule.subject.is_empty() { &rule.fields } else { &rule.subject };
        let subject = subject.iter().map(|name| (name.clone(), fields.number(name))).collect();
        let (emits, need) = (rule.emits, OnceLock::new());
        self.watching.watched.push(Watched { detection, filters, everywhere: false, emits, subject, wanted, need });
        self.singles.push(Single { rule, feeds });
    }

    fn add_correlation(&mut self, documents: &[Document], index: usize) {
        let (Body::Correlation(definition), Some(link)) = (&documents[index].body, &self.links[index]) else {
            unreachable!("only correlations whose references were followed are in the order")
        };
        let fields = &mut self.watching.table;
        let mut origins = |base: &LinkedRule, names: &[String]| -> Vec<Origin> {
            // What a counted correlation groups by is known better than what the event says that made it match.
            let inherited = match &documents[base.document].body {
                Body::Correlation(child) => child.group_by.as_slice(),
                _ => &[],
            };
            let group = |name: &String| inherited.iter().position(|other| other.value == *name);
            let origin = |name| group(name).map_or_else(|| Origin::Field(fields.number(name)), Origin::Group);
            names.iter().map(origin).collect()
        };
        let base =
            |base: &LinkedRule| Base { group_by: origins(base, &base.group_by), values: origins(base, &base.values) };
        let bases: Vec<Base> = link.bases.iter().map(base).collect();
        let mut counting = Counting::of(definition, bases.len());
        // What is not armed cannot come, and is not waited for either.
        counting.alone &= self.rules[index].unarmed.is_none();
        let names = |names: &[Spanned<String>]| names.iter().map(|name| name.value.clone()).collect();
        let (group_by, values) = (names(&definition.group_by), names(&definition.values));
        let feeds = self.feeds(index, true);
        let counters = &mut self.counters;
        counters.names.push(name_on_disk(documents, index, link));
        counters.countings.push(counting);
        counters.all.push(Counter { rule: Arc::clone(&self.rules[index]), group_by, values, bases, feeds });
    }

    fn finish(self) -> Engine {
        let Self { mut watching, singles, kept, counters, .. } = self;
        watching.telling = kind::NAMES.iter().map(|name| watching.table.number(name)).collect();
        let Rules { table, rarity, watched, .. } = &mut watching;
        for name in kind::sources(&mut |name| table.find(name).is_some()) {
            table.number(name);
        }
        for rule in watched.iter_mut() {
            let mut everywhere = false;
            for detection in std::iter::once(&rule.detection).chain(rule.filters.iter().map(|filter| &**filter)) {
                detection.visit(&mut |test| {
                    test.teach(rarity);
                    everywhere |= test.looks_everywhere();
                });
            }
            rule.everywhere = everywhere;
            if everywhere {
                table.want_rest();
            }
        }
        Engine::of(kept, singles, watching, counters)
    }

    /// The correlations that count the document of this `index`.
    fn feeds(&self, index: usize, correlation: bool) -> Vec<Feed> {
        let feeds = self.counted[index].iter();
        feeds.map(|feed| Feed { once: feed.once && correlation, ..*feed }).collect()
    }
}

/// By document: the correlations that count it. While the bounds of a correlation hold, it is there for those who ask
/// whether it is, but happened once for those who count how often.
fn counted(links: &[Option<Link>], numbers: &[Option<usize>]) -> Vec<Vec<Feed>> {
    let mut counted = vec![Vec::new(); links.len()];
    for (link, number) in links.iter().zip(numbers) {
        let (Some(link), Some(correlation)) = (link, *number) else { continue };
        for (base, rule) in link.bases.iter().enumerate() {
            counted[rule.document].push(Feed { correlation, base, once: link.kind == Kind::Events });
        }
    }
    counted
}

/// Puts the lists of the site in the place of placeholders.
fn fill(document: &mut Document, lists: &Lists, found: &mut Vec<Diagnostic>) {
    let (Body::Detection(detection) | Body::Filter(Filter { detection, .. })) = &mut document.body else { return };
    let expansions = &document.mentions.expansions;
    let mut filler = Filler { lists, expansions, reading: Reading::new(&document.source, found), unarmed: None };
    detection.change(&mut |comparison| filler.fill(comparison));
    let unarmed = filler.unarmed;
    document.rule.unarmed = document.rule.unarmed.take().or(unarmed);
}

/// The documents without those whose id was taken before.
fn distinct(documents: Vec<Document>, found: &mut Vec<Diagnostic>) -> Vec<Document> {
    let mut taken = HashSet::new();
    let mut is_new = |document: &Document| {
        let new = taken.insert(document.rule.id.clone());
        if !new {
            found.push(same_rule(&document.rule.id).at(&document.source, document.span));
        }
        new
    };
    let distinct: Vec<Document> = documents.into_iter().filter(|document| is_new(document)).collect();
    say_shared(&distinct, found);
    distinct
}

/// Says where two rules have one `id` of Sigma: each is known by its own name here, but not to whoever is told the `id`.
fn say_shared(documents: &[Document], found: &mut Vec<Diagnostic>) {
    let mut first: HashMap<String, &Document> = HashMap::new();
    for document in documents {
        let Some(uuid) = document.rule.uuid.as_deref().map(str::to_ascii_lowercase) else { continue };
        if let Some(other) = first.get(&uuid) {
            found.push(same_uuid(&uuid, &other.rule.id).at(&document.source, document.span));
        } else {
            first.insert(uuid, document);
        }
    }
}

/// What rules say about themselves, completed by what others say about them.
fn metadata(documents: &[Document], links: &link::Links) -> Vec<Arc<Rule>> {
    let said =
        |(index, document): (usize, &Document)| Arc::new(Rule { emits: !links.silent[index], ..document.rule.clone() });
    let mut rules: Vec<Arc<Rule>> = documents.iter().enumerate().map(said).collect();
    for index in &links.order {
        let (Body::Correlation(definition), Some(link)) = (&documents[*index].body, &links.of[*index]) else {
            unreachable!("only correlations whose references were followed are in the order")
        };
        let under = link.bases.iter().map(|base| Arc::clone(&rules[base.document]));
        let rule = whole(&rules[*index], Dependencies::of(definition, under.collect()));
        rules[*index] = Arc::new(rule);
    }
    rules
}

/// A correlation that knows its dependencies.
fn whole(rule: &Rule, dependencies: Dependencies<Rule>) -> Rule {
    let mut logsources: Vec<Logsource> = dependencies.rules().iter().flat_map(|part| part.logsources.clone()).collect();
    logsources.sort();
    logsources.dedup();
    let unarmed = rule.unarmed.clone().or_else(|| unarmed_by(&dependencies));
    Rule { logsources, unarmed, dependencies: Some(dependencies), ..rule.clone() }
}

/// Why a correlation cannot match: a part that it cannot do without is not armed.
fn unarmed_by(dependencies: &Dependencies<Rule>) -> Option<Text> {
    let can: Vec<bool> = dependencies.rules().iter().map(|part| part.unarmed.is_none()).collect();
    let first = *dependencies.lacking(&can).first()?;
    let part = &dependencies.rules()[first];
    Some(part_unarmed(part.called(), part.unarmed.as_ref()?))
}

/// What the windows of a correlation are called on disk: its id, and a mark that changes with what its windows mean.
fn name_on_disk(documents: &[Document], index: usize, link: &Link) -> String {
    let mut meaning = format!("{:?}", link.kind);
    for base in &link.bases {
        let id = &documents[base.document].rule.id;
        write!(meaning, "\n{id}\t{:?}\t{:?}", base.group_by, base.values).expect("writing to a string cannot fail");
    }
    let Seal(seal) = Seal::of(&[meaning.as_bytes()]);
    format!("{}:{}", documents[index].rule.id, hex(&seal[..4]))
}
