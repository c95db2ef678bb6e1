//! What the rules of a site were made from, sealed: rule files, pipelines, lists. Says what changed between two readings,
//! and later proves which rules watched.

use std::collections::BTreeMap;

use super::rules::RuleFile;
use crate::base::seal::Seal;
use crate::watch::sigma::Pipeline;

/// The seals of all files and lists, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest(BTreeMap<String, Seal>);

/// How the manifests of two readings differ.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Turnover {
    /// Manifest that were not there before.
    pub new: usize,
    /// Manifest that are not there any more.
    pub gone: usize,
    /// Manifest that say something else.
    pub changed: usize,
}

impl Manifest {
    pub(super) fn of(files: &[RuleFile], pipelines: &[Pipeline], lists: &BTreeMap<String, Vec<String>>) -> Self {
        let sources = files.iter().map(|file| &file.source).chain(pipelines.iter().map(Pipeline::source));
        let files = sources.map(|source| (source.name().to_owned(), Seal::of(&[source.text().as_bytes()])));
        let list = |(name, values): (&String, &Vec<String>)| {
            let values: Vec<&[u8]> = values.iter().map(String::as_bytes).collect();
            (format!("list {name}"), Seal::of(&values))
        };
        Self(files.chain(lists.iter().map(list)).collect())
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// One seal over all of them.
    pub fn seal(&self) -> Seal {
        let parts = self.0.iter().flat_map(|(name, seal)| [name.as_bytes(), &seal.0]);
        Seal::of(&parts.collect::<Vec<_>>())
    }

    /// What is different in `next`.
    pub fn turnover(&self, next: &Self) -> Turnover {
        let both = || next.0.iter().filter_map(|(name, seal)| Some((self.0.get(name)?, seal)));
        Turnover {
            new: next.0.len() - both().count(),
            gone: self.0.len() - both().count(),
            changed: both().filter(|(before, after)| before != after).count(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::id::RuleId;
    use crate::text::source::Source;

    fn manifest(files: &[(&str, &str)], lists: &[(&str, &str)]) -> Manifest {
        let file =
            |(name, text): &(&str, &str)| RuleFile { id: RuleId::from(*name), source: Source::new(*name, *text) };
        let list = |(name, value): &(&str, &str)| ((*name).to_owned(), vec![(*value).to_owned()]);
        let files: Vec<RuleFile> = files.iter().map(file).collect();
        Manifest::of(&files, &[], &lists.iter().map(list).collect())
    }

    #[test]
    fn what_changed_is_counted() {
        let before = manifest(&[("a", "1"), ("b", "2"), ("c", "3")], &[("hosts", "x")]);
        let after = manifest(&[("a", "1"), ("b", "other"), ("d", "4")], &[("hosts", "y")]);
        assert_eq!(before.turnover(&after), Turnover { new: 1, gone: 1, changed: 2 });
        assert_eq!(before.turnover(&before), Turnover::default());
        assert_eq!(before.count(), 4);
        assert_ne!(before.seal(), after.seal());
        assert_eq!(before.seal(), before.clone().seal());
    }
}
