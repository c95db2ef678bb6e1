//! Values that may be written in two ways: a bare word, one text for both languages or one for each.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

use crate::base::language::Text;
use crate::text::source::Source;
use crate::text::spanned::Spanned;

/// A word that YAML may take for something else: `yes`, `no`, `on`, `12`. What was written is read from its place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::drill) struct Word(String);

impl Spanned<Word> {
    /// The word as written in `source`.
    pub(in crate::drill) fn written(&self, source: &Source) -> Spanned<String> {
        let word = match self.value.0.as_str() {
            "true" | "false" => source.slice(self.span).trim(),
            word => word,
        };
        Spanned::new(word.to_owned(), self.span)
    }
}

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Scalar;

        impl Visitor<'_> for Scalar {
            type Value = Word;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a word")
            }

            fn visit_str<E>(self, text: &str) -> Result<Word, E> {
                Ok(Word(text.to_owned()))
            }

            fn visit_bool<E>(self, truth: bool) -> Result<Word, E> {
                Ok(Word(truth.to_string()))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Word, E> {
                Ok(Word(number.to_string()))
            }
        }

        deserializer.deserialize_any(Scalar)
    }
}

impl JsonSchema for Word {
    fn schema_name() -> Cow<'static, str> {
        "Word".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": ["string", "boolean", "integer"]})
    }
}

/// A text in both languages, or one that is the same in both (a proper name, an address, a date).
#[derive(Debug, Clone)]
pub(in crate::drill) struct Wording(pub(in crate::drill) Text);

impl<'de> Deserialize<'de> for Wording {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;

        impl<'de> Visitor<'de> for Either {
            type Value = Wording;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a text, or `{fr: …, en: …}`")
            }

            fn visit_str<E>(self, text: &str) -> Result<Wording, E> {
                Ok(Wording(Text::both(text, text)))
            }

            fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<Wording, A::Error> {
                Text::deserialize(MapAccessDeserializer::new(entries)).map(Wording)
            }
        }

        deserializer.deserialize_any(Either)
    }
}

impl JsonSchema for Wording {
    fn schema_name() -> Cow<'static, str> {
        "Wording".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({"anyOf": [{"type": "string"}, generator.subschema_for::<Text>()]})
    }
}
