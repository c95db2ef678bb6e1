//! The JSON Schema of rule files, for editors. Made from the same tables that the readers use.

use serde_json::{Map, Value, json};

use super::correlation;
use super::extension;
use super::measure::{COMPARES, TYPES};
use super::metadata::{self, Extension, STATUSES};
use super::threshold::{FIELD, PERCENTILE};
use crate::base::level::Level;

/// The JSON Schema (draft 2020-12) of one document of a rule file.
pub fn schema() -> Value {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A rule of vigie: a Sigma rule or correlation (specification 2.1)",
        "type": "object",
        "required": ["title"],
        "oneOf": [
            {"required": ["logsource", "detection"]},
            {"required": ["correlation"]},
            {"required": ["filter"]},
            {"required": ["vigie"], "properties": {
                "vigie": {"anyOf": extension::KINDS.map(|(name, _, _)| json!({"required": [name]}))},
            }},
        ],
        "properties": described(metadata::KEYS, rule_value),
    })
}

/// The keys of a table, each with what it is for and what can stand behind it.
fn described(keys: &[(&str, &str)], value: fn(&str) -> Value) -> Value {
    let mut properties = Map::new();
    for (key, meaning) in keys {
        let mut property = value(key);
        property["description"] = json!(meaning);
        properties.insert((*key).to_owned(), property);
    }
    Value::Object(properties)
}

fn rule_value(key: &str) -> Value {
    match key {
        "level" => json!({"enum": Level::ALL.map(Level::word)}),
        "status" => json!({"enum": STATUSES}),
        "references" | "tags" | "falsepositives" | "fields" | "scope" => texts(),
        "related" => json!({"type": "array", "items": {"type": "object"}}),
        "generate" => json!({"type": "boolean"}),
        "logsource" => json!({
            "type": "object",
            "properties": {"category": text(), "product": text(), "service": text(), "definition": text()},
        }),
        "detection" => detection(),
        "filter" => {
            let mut filter = detection();
            filter["required"] = json!(["rules", "condition"]);
            filter["properties"]["rules"] = texts();
            filter
        }
        "correlation" => json!({
            "type": "object",
            "required": ["type", "rules", "timespan"],
            "additionalProperties": false,
            "properties": described(correlation::KEYS, correlation_value),
        }),
        "vigie" => {
            let mut extension = schemars::schema_for!(Extension).to_value();
            if let Some(extension) = extension.as_object_mut() {
                extension.remove("$schema");
            }
            inline(extension)
        }
        "simulation" => json!({}),
        _ => text(),
    }
}

fn correlation_value(key: &str) -> Value {
    match key {
        "type" => json!({"enum": TYPES.map(|(name, _)| name)}),
        "rules" | "group-by" => texts(),
        "timespan" => json!({"type": "string", "pattern": "^[0-9]+[smhdwMy]$"}),
        "condition" => {
            let mut properties: Map<String, Value> =
                COMPARES.iter().map(|(name, _)| ((*name).to_owned(), json!({"type": "number"}))).collect();
            properties.insert(FIELD.to_owned(), texts());
            properties.insert(PERCENTILE.to_owned(), json!({"type": "number", "minimum": 0, "maximum": 100}));
            json!({"anyOf": [
                {"type": "object", "additionalProperties": false, "properties": properties},
                text(),
            ]})
        }
        "aliases" => json!({
            "type": "object",
            "additionalProperties": {"type": "object", "additionalProperties": text()},
        }),
        "generate" => json!({"type": "boolean"}),
        _ => text(),
    }
}

/// The schema of an `absence`.
pub(crate) fn absence(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    own(extension::KINDS[0].2, extension::ABSENCE, &["rules", "within"])
}

/// The schema of a `first_seen`.
pub(crate) fn first_seen(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    own(extension::KINDS[1].2, extension::FIRST_SEEN, &["rules", "field", "learn", "forget"])
}

fn own(meaning: &str, keys: &[(&str, &str)], required: &[&str]) -> schemars::Schema {
    let value = |key: &str| match key {
        "within" | "learn" | "forget" => correlation_value("timespan"),
        "field" => texts(),
        _ => correlation_value(key),
    };
    schemars::json_schema!({
        "type": "object",
        "description": meaning,
        "required": required,
        "additionalProperties": false,
        "properties": described(keys, value),
    })
}

fn detection() -> Value {
    let scalar = json!({"type": ["string", "number", "boolean", "null"]});
    let values = json!({"anyOf": [scalar, {"type": "array", "minItems": 1, "items": scalar}]});
    let fields = json!({"type": "object", "minProperties": 1, "additionalProperties": values});
    json!({
        "type": "object",
        "required": ["condition"],
        "properties": {
            "condition": {"anyOf": [text(), {"type": "array", "minItems": 1, "items": text()}]},
        },
        "additionalProperties": {
            "anyOf": [
                {"type": ["string", "number", "boolean"]},
                fields,
                {"type": "array", "minItems": 1, "items": {"anyOf": [scalar, fields]}},
            ],
        },
    })
}

fn text() -> Value {
    json!({"type": "string"})
}

fn texts() -> Value {
    json!({"anyOf": [text(), {"type": "array", "items": text()}]})
}

/// A schema without `$ref`: what is referred to stands in its place, since it will not be at the top.
fn inline(mut schema: Value) -> Value {
    let definitions = schema.as_object_mut().and_then(|schema| schema.remove("$defs")).unwrap_or_default();
    replace(&mut schema, &definitions);
    schema
}

fn replace(schema: &mut Value, definitions: &Value) {
    let name = schema.get("$ref").and_then(Value::as_str).and_then(|reference| reference.strip_prefix("#/$defs/"));
    if let Some(definition) = name.and_then(|name| definitions.get(name)) {
        let mut definition = definition.clone();
        replace(&mut definition, definitions);
        let rest = std::mem::replace(schema, definition);
        if let (Some(schema), Value::Object(rest)) = (schema.as_object_mut(), rest) {
            schema.extend(rest.into_iter().filter(|(key, _)| key != "$ref"));
        }
        return;
    }
    match schema {
        Value::Object(entries) => entries.values_mut().for_each(|entry| replace(entry, definitions)),
        Value::Array(items) => items.iter_mut().for_each(|item| replace(item, definitions)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::watch::sigma::tests::findings;

    fn keys(at: &str) -> Vec<String> {
        schema().pointer(at).unwrap().as_object().unwrap().keys().cloned().collect()
    }

    /// A text that a reader takes for this schema.
    fn sample(schema: &Value) -> String {
        if let Some(word) = schema.pointer("/enum/0") {
            return word.to_string();
        }
        if schema.get("pattern").is_some() {
            return "1m".to_owned();
        }
        match schema.get("type").and_then(Value::as_str) {
            Some("string") => "x".to_owned(),
            Some("boolean") => "true".to_owned(),
            Some("object") => "{}".to_owned(),
            _ => "[x]".to_owned(),
        }
    }

    #[test]
    fn the_reader_knows_every_key_of_the_schema() {
        let schema = schema();
        let mut text = "logsource: {product: p}\ndetection: {s: {a: 1}, condition: s}\n".to_owned();
        for key in keys("/properties") {
            if !["logsource", "detection", "correlation", "filter"].contains(&key.as_str()) {
                text.push_str(&[&key, ": ", &sample(&schema["properties"][&key]), "\n"].concat());
            }
        }
        assert_eq!(findings(&text), Vec::<String>::new(), "{text}");

        for (at, template) in [
            ("/properties/correlation/properties", "title: t\ncorrelation: {KEY: }\n"),
            (
                "/properties/correlation/properties/condition/anyOf/0/properties",
                "title: t\ncorrelation: {condition: {KEY: }}\n",
            ),
            ("/properties/vigie/properties", "title: t\nvigie: {KEY: }\n"),
            ("/properties/vigie/properties/fr/properties", "title: t\nvigie: {fr: {KEY: }}\n"),
            ("/properties/vigie/properties/absence/properties", "title: t\nvigie: {absence: {KEY: }}\n"),
            ("/properties/vigie/properties/first_seen/properties", "title: t\nvigie: {first_seen: {KEY: }}\n"),
        ] {
            let unknown = |key: &str| {
                findings(&template.replace("KEY", key)).iter().any(|finding| finding.contains("unknown key"))
            };
            assert!(unknown("nonsense"), "{at}");
            for key in keys(at) {
                assert!(!unknown(&key), "{at}/{key}");
            }
        }
    }

    #[test]
    fn the_schema_knows_every_key_of_the_reader() {
        let names = |table: &[(&str, &str)]| table.iter().map(|(key, _)| (*key).to_owned()).collect::<Vec<_>>();
        assert_eq!(keys("/properties"), names(metadata::KEYS));
        assert_eq!(keys("/properties/correlation/properties"), names(correlation::KEYS));
        assert_eq!(
            keys("/properties/vigie/properties"),
            ["fr", "needs", "log_level", "playbook", "subject", "gestures", "explains", "absence", "first_seen"]
        );
        assert!(!schema().to_string().contains("$ref"), "everything stands where it is used");
    }
}
