//! Names in a playbook that only a site can check.

use crate::text::spanned::Spanned;

/// What a name should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReferenceKind {
    /// A person.
    Person,
    /// A person or a rota.
    Player,
    /// A source of log lines.
    Source,
    /// A notification chain.
    Chain,
    /// A detection rule.
    Rule,
}

/// One name, and where it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// What it should be.
    pub kind: ReferenceKind,
    /// The name and its place in the playbook.
    pub name: Spanned<String>,
}
