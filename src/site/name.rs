//! Words and names as the author of a site's files wrote them.

use std::collections::BTreeMap;

use crate::text::spanned::Spanned;

/// A word as it was written, and where.
pub(super) type Name = Spanned<String>;
/// Things by the names their author gave them.
pub(super) type Map<T> = BTreeMap<Name, T>;
