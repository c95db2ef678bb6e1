//! What an exercise is for.

use serde::{Deserialize, Serialize};

use crate::base::id::ObjectiveId;
use crate::base::language::Text;

/// Something the exercise is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objective {
    /// Its name in the playbook.
    pub id: ObjectiveId,
    /// Its wording.
    pub title: Text,
}
