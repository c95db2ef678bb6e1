//! The folder that documents stand on: what is read because of them lies in it, whatever names and links say.
//!
//! Whoever proposes documents to a pipeline must not have other files of the machine read and printed. The ground is the
//! folder that somebody names on the command line; where that is below the folder they stand in, such as a checkout, it
//! is all of that, so that the documents of one checkout may use each other.

use std::io;
use std::path::{Component, Path, PathBuf};

use super::source::Source;

/// A folder that nothing leads out of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Ground(PathBuf);

impl Ground {
    /// The ground of what somebody names as `path`: a folder, or a file in one.
    pub(crate) fn of(path: &Path) -> Self {
        let here = Self::default();
        // Who stands at the root of the machine stands in no checkout.
        let in_a_folder = Path::new(".").canonicalize().is_ok_and(|here| here.parent().is_some());
        if in_a_folder && here.holds(path) && path.components().all(|step| step != Component::ParentDir) {
            return here;
        }
        Self(if path.is_dir() { path } else { path.parent().unwrap_or(path) }.to_owned())
    }

    /// The ground of `path` where a document on this one names it: another one, where the name leads out.
    pub(crate) fn below(&self, path: &Path) -> Self {
        if self.holds(path) { self.clone() } else { Self::of(path) }
    }

    /// Whether `path` lies in it as far as its name says; where links lead is seen when it is opened.
    pub(crate) fn holds(&self, path: &Path) -> bool {
        self.inside(path).is_some()
    }

    /// Reads the file at `path`, if the way there stays in the folder and it is an ordinary file of a sensible size.
    pub(crate) fn open(&self, path: &Path) -> io::Result<Source> {
        // What is not inside by its name is refused on the way.
        Source::open_as(&self.0, self.inside(path).unwrap_or(path), path)
    }

    /// Whether the folder at `path` lies in it, wherever links lead. Only its names are read, never what it holds.
    pub(crate) fn reaches(&self, path: &Path) -> bool {
        let folder = if self.0.as_os_str().is_empty() { Path::new(".") } else { &self.0 };
        let real = folder.canonicalize().and_then(|folder| Ok((folder, path.canonicalize()?)));
        real.is_ok_and(|(folder, path)| path.starts_with(folder))
    }

    /// The way from the folder to `path`.
    fn inside<'p>(&self, path: &'p Path) -> Option<&'p Path> {
        let way = path.strip_prefix(&self.0).ok()?;
        let mut depth = 0_usize;
        for step in way.components() {
            match step {
                Component::Normal(_) => depth += 1,
                Component::CurDir => {}
                Component::ParentDir => depth = depth.checked_sub(1)?,
                Component::RootDir | Component::Prefix(_) => return None,
            }
        }
        Some(way)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ground_is_where_one_stands_or_what_one_names() {
        for path in ["rules", "rules/a.yml", "./rules", "."] {
            assert_eq!(Ground::of(Path::new(path)), Ground::default(), "{path}");
        }
        for (path, ground) in [("/none/a.yml", "/none"), ("../none/a.yml", "../none"), ("/tmp", "/tmp"), ("..", "..")] {
            assert_eq!(Ground::of(Path::new(path)), Ground(ground.into()), "{path}");
        }
    }

    #[test]
    fn a_name_that_leads_out_has_a_ground_of_its_own() {
        let ground = Ground("/site".into());
        for path in ["/site/rules", "/site/a/../rules", "/site"] {
            assert!(ground.holds(Path::new(path)), "{path}");
            assert_eq!(ground.below(Path::new(path)), ground);
        }
        for path in ["/site/../rules", "/rules", "/site/a/../../site/rules", "rules"] {
            assert!(!ground.holds(Path::new(path)), "{path}");
            assert!(ground.open(Path::new(path)).is_err(), "{path}");
        }
        assert_eq!(ground.below(Path::new("/none/rules")), Ground("/none".into()));
    }
}
