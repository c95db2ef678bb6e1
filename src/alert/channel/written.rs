//! An entry under `channels:` of vigie.yaml: of which kind it is, and what all kinds need to be checked.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Display;
use std::path::Path;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::{FORMS, Form, Settings, spool};
use crate::account;
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::node::{Kind, Node};
use crate::text::read::read;
use crate::text::source::Source;
use crate::text::spanned::Spanned;

/// A channel of no kind, or of two.
pub(crate) const CHANNEL_KIND: Code = Code("V104");
/// A channel that cannot work as written.
pub(crate) const CHANNEL: Code = Code("V105");
/// A key that belongs to another kind of channel.
pub(crate) const STRAY_KEY: Code = Code("V106");
/// A folder whose owner could not read what is put there.
pub(crate) const LEFT_OUT: Code = Code("V115");

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

/// What is known while a part of a site's files is checked that belongs to a channel.
#[derive(Debug)]
pub struct Checking<'a> {
    /// The site's folder.
    pub folder: &'a Path,
    /// The account that vigie runs as.
    pub account: u32,
    /// The file.
    pub source: &'a Source,
    /// Every mistake so far.
    pub found: &'a mut Vec<Diagnostic>,
}

impl Checking<'_> {
    /// Reads the entry called `name`, and checks it.
    pub(crate) fn channel(&mut self, name: &Spanned<String>, node: &Node) -> Option<Settings> {
        #[expect(clippy::zero_sized_map_values, reason = "what stands behind a key is read by the form it names")]
        let keys: BTreeMap<String, IgnoredAny> = read(self.source, node, self.found)?;
        let named: Vec<&Form> = FORMS.iter().filter(|form| keys.contains_key(form.key)).collect();
        let [form] = named[..] else {
            let message = match named.len() {
                0 => format!("the channel `{}` does not say how it reaches people", name.value),
                count => format!("the channel `{}` is of {count} kinds at once", name.value),
            };
            let examples: Vec<String> = FORMS.iter().map(|form| format!("`{}: {}`", form.key, form.example)).collect();
            let help = format!("write exactly one of {}", examples.join(", "));
            self.found.push(Diagnostic::error(CHANNEL_KIND, self.source, name.span, message).help(help));
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
            let message = format!("`{word}` belongs to a channel with `{}`, not to one with `{}`", other.key, form.key);
            let help = format!("take the key out, or write `{}: {}`", other.key, other.example);
            self.found.push(Diagnostic::error(STRAY_KEY, self.source, key.span, message).help(help));
        }
        Node { kind: Kind::Map(kept), ..*node }
    }

    /// Adds a mistake of a channel.
    pub(super) fn error(&mut self, place: &Spanned<String>, message: impl Into<String>, help: impl Into<String>) {
        self.found.push(Diagnostic::error(CHANNEL, self.source, place.span, message).help(help));
    }

    /// A value with a form of its own; its error says how to write it.
    pub(super) fn parsed<T: FromStr<Err: Display>>(&mut self, text: &Spanned<String>) -> Option<T> {
        text.parse()
            .map_err(|error: T::Err| self.error(text, format!("\"{}\" cannot be read", text.value), error.to_string()))
            .ok()
    }

    /// Says where whoever empties a folder could not read what vigie puts there.
    pub(super) fn readable(&mut self, written: &Spanned<String>) {
        let path = self.folder.join(&written.value);
        let left_out = path.metadata().ok().and_then(|met| spool::left_out(&met, self.account));
        let Some((owner, group)) = left_out else { return };
        let vigie = account::name(self.account);
        let message = format!("{owner}, who owns {}, could not read what {vigie} puts there", path.display());
        let help = format!("put {vigie} into the group {group}, such as with `usermod -aG {group} {vigie}`");
        self.found.push(Diagnostic::warning(LEFT_OUT, self.source, written.span, message).help(help));
    }
}
