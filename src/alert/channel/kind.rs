//! What the file of a channel must have, beside its type that opens and sends.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::DeserializeOwned;

use super::Settings;
use super::checking::Checking;
use super::rate::Rate;
use super::receipt::Receipt;
use crate::alert::page::Letter;
use crate::finding::Both;
use crate::text::node::Node;
use crate::text::read::read;
use crate::words::receipt as words;

/// A kind of channel; its settings, after checking, stand for it.
pub(super) trait Kind: Sized {
    /// What is written in vigie.yaml.
    type Written: DeserializeOwned + JsonSchema;

    /// The key that no other kind has, and that this one always has.
    const KEY: &'static str;
    /// How that key is written, for somebody who asks.
    const EXAMPLE: Both;
    /// Whether it works when nothing and nobody answers any more: such a channel can be a last resort.
    const STANDS_ALONE: bool = false;
    /// Whether it is the hospital's own network that carries it, which an attack can take down.
    const NEEDS_THE_NETWORK: bool = false;

    /// What is written, if it can work; every mistake is a finding.
    fn check(written: Self::Written, at: &mut Checking<'_>) -> Option<Self>;

    /// How many letters it takes in how much time; nothing where there is no limit.
    fn rate(&self) -> Option<Rate> {
        None
    }
}

/// What becomes of letters that a channel leaves for somebody who takes them in their own time.
pub(super) trait Follow {
    /// Where a letter is now that was spooled. A channel that spools none has lost it.
    async fn look(&self, _letter: &Letter) -> Receipt {
        Receipt::unclear(words::silent())
    }

    /// Takes a letter back that was spooled; whether it was still there, and nobody will get it.
    async fn take_out(&self, _letter: &Letter) -> bool {
        false
    }
}

/// A kind as the reader of vigie.yaml needs it.
pub(super) struct Form {
    pub(super) key: &'static str,
    pub(super) example: Both,
    pub(super) read: fn(&Node, &mut Checking<'_>) -> Option<Settings>,
    pub(super) schema: fn(&mut SchemaGenerator) -> Schema,
}

impl Form {
    /// The form of a kind.
    pub(super) const fn of<K: Kind + Into<Settings>>() -> Self {
        Self {
            key: K::KEY,
            example: K::EXAMPLE,
            read: |node, at| K::check(read(at.source, node, at.found)?, at).map(Into::into),
            schema: <K::Written as JsonSchema>::json_schema,
        }
    }

    /// All keys of the kind.
    pub(super) fn keys(&self) -> Vec<String> {
        let schema = (self.schema)(&mut SchemaGenerator::default());
        let keys = schema.get("properties").and_then(serde_json::Value::as_object);
        keys.map(|keys| keys.keys().cloned().collect()).unwrap_or_default()
    }
}
