//! Whether something is real or part of an exercise. The two never mix: see [`Kind`] for the proof by types.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::id::DrillId;

/// Where a line, an alert or a page belongs. Kept with every row; windows, alerts and chains of different realms
/// never meet.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Realm {
    /// The real world.
    #[default]
    Live,
    /// One exercise.
    Drill(DrillId),
}

impl Realm {
    /// The drill this belongs to, if it is part of one.
    pub fn drill(self) -> Option<DrillId> {
        match self {
            Self::Live => None,
            Self::Drill(drill) => Some(drill),
        }
    }
}

impl fmt::Display for Realm {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Live => out.pad("live"),
            Self::Drill(drill) => out.pad(&drill.to_string()),
        }
    }
}

mod sealed {
    pub trait Sealed {}
}

/// The realm of a page, carried in its type: a function that takes `Page<Live>` can never be handed an exercise, and
/// the other way round. Only [`Live`] and [`Drill`] exist.
pub trait Kind: sealed::Sealed + fmt::Debug + Clone {}

/// The type of things that are real.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Live;

/// The type of things that belong to an exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drill;

impl sealed::Sealed for Live {}
impl sealed::Sealed for Drill {}
impl Kind for Live {}
impl Kind for Drill {}
