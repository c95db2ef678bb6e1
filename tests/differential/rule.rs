//! Generated rules: what they look for as data, and as the YAML that both engines read.

use std::fmt::Write as _;

/// A value behind a field.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Scalar {
    Text(String),
    Number(String),
    Truth(bool),
    Null,
}

/// A field, its modifiers and its values. Without a field, words to look for anywhere.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub(crate) field: Option<String>,
    pub(crate) modifiers: Vec<&'static str>,
    pub(crate) values: Vec<Scalar>,
}

#[derive(Debug, Clone)]
pub(crate) enum Selection {
    /// A map, or a list of several: any of them, each with all its items.
    Maps(Vec<Vec<Item>>),
    /// A list of words.
    Words(Item),
}

#[derive(Debug, Clone)]
pub(crate) enum Condition {
    Name(usize),
    Not(Box<Self>),
    All(Vec<Self>),
    Any(Vec<Self>),
    /// `2 of name*`: so many of these; nothing for all of them.
    Of(Option<usize>, String),
}

#[derive(Debug, Clone)]
pub(crate) struct Rule {
    pub(crate) selections: Vec<(String, Selection)>,
    pub(crate) conditions: Vec<Condition>,
}

impl Item {
    pub(crate) fn has(&self, modifier: &str) -> bool {
        self.modifiers.contains(&modifier)
    }

    /// The item once for each value, without what joins or negates them.
    pub(crate) fn single(&self) -> Vec<Self> {
        let modifiers: Vec<_> =
            self.modifiers.iter().copied().filter(|modifier| !["all", "neq"].contains(modifier)).collect();
        let one = |value: &Scalar| Self { modifiers: modifiers.clone(), values: vec![value.clone()], ..self.clone() };
        self.values.iter().map(one).collect()
    }

    /// The item as the only selection of a rule.
    pub(crate) fn alone(&self) -> Rule {
        let selection = match self.field {
            Some(_) => Selection::Maps(vec![vec![self.clone()]]),
            None => Selection::Words(self.clone()),
        };
        Rule { selections: vec![("s".to_owned(), selection)], conditions: vec![Condition::Name(0)] }
    }
}

impl Selection {
    pub(crate) fn items(&self) -> Vec<&Item> {
        match self {
            Self::Maps(maps) => maps.iter().flatten().collect(),
            Self::Words(item) => vec![item],
        }
    }

    /// Whether it holds, where `items` says which items do, in the order of [`Selection::items`].
    pub(crate) fn holds(&self, items: &[bool]) -> bool {
        let Self::Maps(maps) = self else { return items[0] };
        let mut rest = items;
        maps.iter().any(|map| {
            let (own, others) = rest.split_at(map.len());
            rest = others;
            own.iter().all(|holds| *holds)
        })
    }
}

impl Rule {
    pub(crate) fn items(&self) -> Vec<&Item> {
        self.selections.iter().flat_map(|(_, selection)| selection.items()).collect()
    }

    /// Whether it matches, where `items` says which items hold.
    pub(crate) fn holds(&self, items: &[bool]) -> bool {
        let mut rest = items;
        let held: Vec<bool> = self
            .selections
            .iter()
            .map(|(_, selection)| {
                let (own, others) = rest.split_at(selection.items().len());
                rest = others;
                selection.holds(own)
            })
            .collect();
        self.conditions.iter().any(|condition| self.condition_holds(condition, &held))
    }

    fn condition_holds(&self, condition: &Condition, held: &[bool]) -> bool {
        match condition {
            Condition::Name(index) => held[*index],
            Condition::Not(inner) => !self.condition_holds(inner, held),
            Condition::All(parts) => parts.iter().all(|part| self.condition_holds(part, held)),
            Condition::Any(parts) => parts.iter().any(|part| self.condition_holds(part, held)),
            Condition::Of(wanted, target) => {
                let chosen = self.chosen(target);
                chosen.iter().filter(|index| held[**index]).count() >= wanted.unwrap_or(chosen.len())
            }
        }
    }

    /// The selections that `target` stands for.
    pub(crate) fn chosen(&self, target: &str) -> Vec<usize> {
        let fits = |name: &str| match target.split_once('*') {
            _ if target == "them" => !name.starts_with('_'),
            Some((start, end)) => name.len() >= target.len() - 1 && name.starts_with(start) && name.ends_with(end),
            None => name == target,
        };
        (0..self.selections.len()).filter(|index| fits(&self.selections[*index].0)).collect()
    }

    /// The rule as a file.
    pub(crate) fn yaml(&self, title: &str) -> String {
        let mut text = format!("title: {title}\nlevel: low\nlogsource: {{product: p}}\ndetection:\n");
        for (name, selection) in &self.selections {
            writeln!(text, "  {name}: {}", selection_yaml(selection)).expect("a text takes everything");
        }
        let conditions: Vec<String> =
            self.conditions.iter().map(|condition| quoted(&self.condition_yaml(condition, 0))).collect();
        match conditions.as_slice() {
            [one] => writeln!(text, "  condition: {one}"),
            several => writeln!(text, "  condition: [{}]", several.join(", ")),
        }
        .expect("a text takes everything");
        text
    }

    /// With brackets only where it binds less than `around`: 1 for `and`, 2 for `not`.
    fn condition_yaml(&self, condition: &Condition, around: usize) -> String {
        let join = |parts: &[Condition], word: &str, own: usize| {
            let parts: Vec<String> = parts.iter().map(|part| self.condition_yaml(part, own)).collect();
            let joined = parts.join(word);
            if around > own { format!("({joined})") } else { joined }
        };
        match condition {
            Condition::Name(index) => self.selections[*index].0.clone(),
            Condition::Not(inner) => format!("not {}", self.condition_yaml(inner, 2)),
            Condition::All(parts) => join(parts, " and ", 1),
            Condition::Any(parts) => join(parts, " or ", 0),
            Condition::Of(None, target) => format!("all of {target}"),
            Condition::Of(Some(count), target) => format!("{count} of {target}"),
        }
    }
}

fn selection_yaml(selection: &Selection) -> String {
    match selection {
        Selection::Words(item) if item.modifiers.is_empty() => list_yaml(&item.values),
        Selection::Words(item) => map_yaml(std::slice::from_ref(item)),
        Selection::Maps(maps) => match maps.as_slice() {
            [one] => map_yaml(one),
            several => format!("[{}]", several.iter().map(|map| map_yaml(map)).collect::<Vec<_>>().join(", ")),
        },
    }
}

fn map_yaml(items: &[Item]) -> String {
    let items: Vec<String> = items.iter().map(item_yaml).collect();
    format!("{{{}}}", items.join(", "))
}

fn item_yaml(item: &Item) -> String {
    let mut key = item.field.clone().unwrap_or_default();
    for modifier in &item.modifiers {
        key.push('|');
        key.push_str(modifier);
    }
    let values = match item.values.as_slice() {
        [one] => scalar_yaml(one),
        several => list_yaml(several),
    };
    format!("{}: {values}", quoted(&key))
}

fn list_yaml(values: &[Scalar]) -> String {
    format!("[{}]", values.iter().map(scalar_yaml).collect::<Vec<_>>().join(", "))
}

fn scalar_yaml(value: &Scalar) -> String {
    match value {
        Scalar::Text(text) => quoted(text),
        Scalar::Number(number) => number.clone(),
        Scalar::Truth(truth) => truth.to_string(),
        Scalar::Null => "null".to_owned(),
    }
}

/// A text that YAML takes for nothing but a text.
fn quoted(text: &str) -> String {
    if text.contains(|letter: char| letter.is_control() || letter == '\u{2028}') {
        return serde_json::to_string(text).expect("a text can be written");
    }
    format!("'{}'", text.replace('\'', "''"))
}
