//! Processing pipelines: how a site whose events call fields differently changes rules that others wrote, at load time.
//! Works on documents that were read and before [`crate::watch::sigma::Engine::compile_with`] puts them together; findings about a
//! rule keep their places, since only names change. Knows no file and no site.
//!
//! The form is that of pySigma: a `name`, a `priority`, `vars`, and `transformations` that are carried out one after the
//! other, each where its conditions hold. Pipelines of a lower priority come first.
//!
//! * A field with **several names** is whatever any of them holds: a value fits when it fits in one of them, and the
//!   field is missing when all of them are.
//! * A **correlation** is for the logs of the rules that it counts. What it groups by is renamed as it is in each of
//!   them.
//! * A **filter** is changed as the rules are that it is laid over.

mod conditions;
mod names;
mod reading;
mod renaming;
mod rewriting;
mod schema;
#[cfg(test)]
mod tests;
mod transformation;

use crate::text::diagnostic::Diagnostic;
use crate::text::source::Source;
use crate::watch::sigma::Document;
use crate::watch::sigma::rule::expansion::Lists;

use conditions::{FieldConditions, RuleConditions};
use transformation::Transformation;

pub use schema::schema;

/// A pipeline, ready to change rules.
#[derive(Debug, Clone)]
pub struct Pipeline {
    /// What it is called.
    pub name: String,
    source: Source,
    /// Lower ones come first.
    priority: i64,
    /// Lists of its own, by name; they go before those of the site.
    vars: Lists,
    steps: Vec<Step>,
}

/// One transformation, and where it is carried out.
#[derive(Debug, Clone)]
struct Step {
    id: Option<String>,
    transformation: Transformation,
    rules: RuleConditions,
    fields: FieldConditions,
}

impl Pipeline {
    /// Reads a pipeline. Nothing where it has mistakes, which are then in `found`.
    pub fn read(source: &Source, found: &mut Vec<Diagnostic>) -> Option<Self> {
        reading::read(source, found)
    }

    /// The file it was read from.
    pub fn source(&self) -> &Source {
        &self.source
    }
}

/// Changes `documents` as `pipelines` say. `lists` are those of the site, for placeholders that a pipeline fills.
pub fn apply(pipelines: &[Pipeline], documents: &mut [Document], lists: &Lists, found: &mut Vec<Diagnostic>) {
    let mut pipelines: Vec<&Pipeline> = pipelines.iter().collect();
    pipelines.sort_by_key(|pipeline| pipeline.priority);
    if !pipelines.is_empty() {
        rewriting::apply(&pipelines, documents, lists, found);
    }
}
