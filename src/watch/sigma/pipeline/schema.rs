//! The JSON Schema of a pipeline, for editors. Made from the same tables that the reader uses.

use serde_json::{Map, Value, json};

use super::reading::{FIELD_CONDITIONS, KEYS, RULE_CONDITIONS, STEP_KEYS};
use super::transformation::{TYPES, Type};

/// The JSON Schema (draft 2020-12) of a pipeline.
pub fn schema() -> Value {
    let mut properties = described(&KEYS);
    properties["name"]["type"] = json!("string");
    properties["priority"]["type"] = json!("integer");
    properties["vars"]["type"] = json!("object");
    properties["transformations"]["type"] = json!("array");
    properties["transformations"]["items"] = json!({"oneOf": TYPES.each_ref().map(step)});
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A processing pipeline of vigie",
        "type": "object",
        "required": ["name", "transformations"],
        "additionalProperties": false,
        "properties": properties,
    })
}

fn described(keys: &[(&str, &str)]) -> Value {
    keys.iter().map(|(key, meaning)| ((*key).to_owned(), json!({"description": meaning}))).collect::<Map<_, _>>().into()
}

fn step(kind: &Type) -> Value {
    let mut properties = described(&STEP_KEYS);
    properties["type"] = json!({"const": kind.word});
    properties["rule_conditions"]["items"] = conditions(&RULE_CONDITIONS);
    properties["field_name_conditions"]["items"] = conditions(&FIELD_CONDITIONS);
    for key in ["rule_cond_op", "field_name_cond_op"] {
        properties[key]["enum"] = json!(["and", "or"]);
    }
    for key in ["rule_cond_not", "field_name_cond_not"] {
        properties[key]["type"] = json!("boolean");
    }
    for key in kind.keys {
        properties[*key] = value(key);
    }
    json!({
        "description": kind.meaning,
        "type": "object",
        "required": ["type"],
        "additionalProperties": false,
        "properties": properties,
    })
}

fn conditions(types: &[(&str, &[&str])]) -> Value {
    let one = |(word, keys): &(&str, &[&str])| {
        let mut properties = json!({"type": {"const": word}});
        for key in *keys {
            properties[*key] = value(key);
        }
        json!({"type": "object", "required": ["type"], "additionalProperties": false, "properties": properties})
    };
    json!({"oneOf": types.iter().map(one).collect::<Vec<_>>()})
}

fn value(key: &str) -> Value {
    let texts = json!({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]});
    match key {
        "mapping" => json!({"type": "object", "minProperties": 1, "additionalProperties": texts}),
        "conditions" => json!({"type": "object", "minProperties": 1}),
        "include" | "exclude" | "fields" => texts,
        "negated" => json!({"type": "boolean"}),
        _ => json!({"type": "string"}),
    }
}
