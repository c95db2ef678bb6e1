//! An entry under `channels:` of vigie.yaml: of which kind it is.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::checking::Checking;
use super::{FORMS, Form, Settings};
use crate::base::language::{Language, Text};
use crate::finding::channel as finding;
use crate::text::node::{Kind, Node};
use crate::text::read::read;
use crate::text::spanned::Spanned;

/// An entry as the reader of the whole file passes it by: each kind reads its own.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct Entry(IgnoredAny);

impl JsonSchema for Entry {
    fn schema_name() -> Cow<'static, str> {
        "Channel".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let kinds: Vec<Schema> = FORMS.iter().map(|form| (form.schema)(generator)).collect();
        json_schema!({"description": "A channel: how people are reached, in one of these ways.", "anyOf": kinds})
    }
}

impl Checking<'_> {
    /// Reads the entry called `name`, and checks it.
    pub(crate) fn channel(&mut self, name: &Spanned<String>, node: &Node) -> Option<Settings> {
        #[expect(clippy::zero_sized_map_values, reason = "what stands behind a key is read by the form it names")]
        let keys: BTreeMap<String, IgnoredAny> = read(self.source, node, self.found)?;
        let named: Vec<&Form> = FORMS.iter().filter(|form| keys.contains_key(form.key)).collect();
        let [form] = named[..] else {
            let example = |form: &Form, language| format!("`{}: {}`", form.key, form.example.get(language));
            let examples = |language| FORMS.iter().map(|form| example(form, language)).collect::<Vec<_>>().join(", ");
            let examples = Text::both(&examples(Language::Fr), &examples(Language::En));
            let finding = match named.len() {
                0 => finding::no_kind(name, examples),
                count => finding::several_kinds(name, count, examples),
            };
            self.say(finding, name);
            return None;
        };
        (form.read)(&self.without_strays(node, form), self)
    }

    /// The entry without keys that belong to another kind: they are a misunderstanding worth a word.
    fn without_strays(&mut self, node: &Node, form: &Form) -> Node {
        let own = form.keys();
        let owner = |key: &Node| {
            let key = key.as_str().filter(|key| !own.iter().any(|own| own == key))?;
            FORMS
                .iter()
                .find(|other| other.keys().iter().any(|known| known == key))
                .map(|other| (key.to_owned(), other))
        };
        let Kind::Map(entries) = &node.kind else { return node.clone() };
        let mut kept = Vec::new();
        for (key, value) in entries {
            let Some((word, other)) = owner(key) else {
                kept.push((key.clone(), value.clone()));
                continue;
            };
            let stray = finding::stray_key(word, other.key, form.key, other.example);
            self.found.push(stray.at(self.source, key.span));
        }
        Node { kind: Kind::Map(kept), ..*node }
    }
}
