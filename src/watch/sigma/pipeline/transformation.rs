//! What can be done to a rule. Each kind is a row of [`TYPES`]; how it is carried out is in `rewriting`.

use std::collections::BTreeMap;

use crate::text::node::Node;
use crate::text::spanned::Spanned;
use crate::watch::sigma::rule::Logsource;

/// A kind of transformation.
pub(super) struct Type {
    /// How it is written.
    pub(super) word: &'static str,
    pub(super) meaning: &'static str,
    /// Its own keys.
    pub(super) keys: &'static [&'static str],
    pub(super) of: Of,
}

/// Which kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    Mapping,
    PrefixMapping,
    Prefix,
    Suffix,
    ValuePlaceholders,
    WildcardPlaceholders,
    Logsource,
    Condition,
    Drop,
    Failure,
}

/// All kinds of transformation.
pub(super) const TYPES: [Type; 10] = [
    Type { word: "field_name_mapping", meaning: "gives fields other names", keys: &["mapping"], of: Of::Mapping },
    Type {
        word: "field_name_prefix_mapping",
        meaning: "gives the start of names of fields another text",
        keys: &["mapping"],
        of: Of::PrefixMapping,
    },
    Type {
        word: "field_name_prefix",
        meaning: "puts a text before names of fields",
        keys: &["prefix"],
        of: Of::Prefix,
    },
    Type {
        word: "field_name_suffix",
        meaning: "puts a text behind names of fields",
        keys: &["suffix"],
        of: Of::Suffix,
    },
    Type {
        word: "value_placeholders",
        meaning: "puts lists in the place of placeholders",
        keys: &["include", "exclude"],
        of: Of::ValuePlaceholders,
    },
    Type {
        word: "wildcard_placeholders",
        meaning: "puts `*` in the place of placeholders",
        keys: &["include", "exclude"],
        of: Of::WildcardPlaceholders,
    },
    Type {
        word: "change_logsource",
        meaning: "says that the rule is for other logs",
        keys: &["category", "product", "service"],
        of: Of::Logsource,
    },
    Type {
        word: "add_condition",
        meaning: "asks for more: fields and values that must be there too",
        keys: &["conditions", "negated"],
        of: Of::Condition,
    },
    Type { word: "drop_detection_item", meaning: "leaves out what is asked of fields", keys: &[], of: Of::Drop },
    Type { word: "rule_failure", meaning: "leaves the rule out and says why", keys: &["message"], of: Of::Failure },
];

/// One transformation, read.
#[derive(Debug, Clone)]
pub(super) enum Transformation {
    Rename(Renaming),
    Fill(Placeholders),
    Logsource(Logsource),
    Condition(Addition),
    Drop,
    Failure(String),
}

/// How fields are called from now on.
#[derive(Debug, Clone)]
pub(super) enum Renaming {
    Mapping(BTreeMap<String, Vec<String>>),
    PrefixMapping(BTreeMap<String, Vec<String>>),
    Prefix(String),
    Suffix(String),
}

impl Renaming {
    /// The names of the field that was called `name`; nothing where it keeps its own.
    pub(super) fn names(&self, name: &str) -> Option<Vec<String>> {
        match self {
            Self::Mapping(mapping) => mapping.get(name).cloned(),
            Self::PrefixMapping(mapping) => {
                // The longest start says most about the field.
                let fits = mapping.iter().filter_map(|(start, to)| Some((start.len(), name.strip_prefix(start)?, to)));
                let (_, rest, to) = fits.max_by_key(|(length, ..)| *length)?;
                Some(to.iter().map(|start| format!("{start}{rest}")).collect())
            }
            Self::Prefix(prefix) => Some(vec![format!("{prefix}{name}")]),
            Self::Suffix(suffix) => Some(vec![format!("{name}{suffix}")]),
        }
    }
}

/// Which placeholders are filled, and with what.
#[derive(Debug, Clone)]
pub(super) struct Placeholders {
    /// Only these, where it is said.
    pub(super) include: Option<Vec<Spanned<String>>>,
    pub(super) exclude: Vec<Spanned<String>>,
    /// With `*` instead of lists.
    pub(super) wildcard: bool,
}

impl Placeholders {
    pub(super) fn takes(&self, name: &str) -> bool {
        let among = |names: &[Spanned<String>]| names.iter().any(|other| other.value == name);
        self.include.as_deref().is_none_or(among) && !among(&self.exclude)
    }
}

/// What must hold besides.
#[derive(Debug, Clone)]
pub(super) struct Addition {
    /// The key, to say where something is wrong, and the map of fields and values as written.
    pub(super) key: Node,
    pub(super) conditions: Node,
    /// It must *not* hold.
    pub(super) negated: bool,
}
