//! How far a file was looked through by earlier scans. A file is known by what is in it, so that a log that was renamed,
//! moved or copied is not counted twice, and another log under an old name is.

use std::fs::File;
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use serde::{Deserialize, Serialize};

use crate::base::seal::Seal;
use crate::words::failure::{Failure, not_a_file, unread};
use crate::words::scan::changed;

/// How many bytes at the start of a file, and before the place, tell it from others.
const PIECE: u64 = 1024;

/// A place in a file, as it is kept in the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Mark {
    /// Where the file was.
    path: PathBuf,
    /// How many of its first bytes are sealed, and their seal.
    head: (u64, String),
    /// The seal of the bytes before the place.
    tail: String,
    /// Lines that start before this byte are known.
    pub(crate) offset: u64,
}

/// A file that is looked through, and its mark.
#[derive(Debug)]
pub(crate) struct Marked {
    file: File,
    /// The name of the mark in the store.
    pub(crate) name: String,
    pub(crate) mark: Mark,
    /// Whether everything in it is known already.
    pub(crate) done: bool,
}

impl Marked {
    /// Finds the file at `path` again among the `known` marks, or makes a new one.
    pub(crate) fn find(path: &Path, known: &[(String, Mark)]) -> Result<Self> {
        let shown = &path.display().to_string();
        let file = File::open(path).with_context(|| Failure(unread(shown)))?;
        let metadata = file.metadata()?;
        if !metadata.is_file() {
            bail!(Failure(not_a_file(shown)));
        }
        let path = path.canonicalize().with_context(|| Failure(unread(shown)))?;
        let fits = |(_, mark): &&(String, Mark)| mark.fits(&file, metadata.len()).unwrap_or(false);
        let fitting = known.iter().filter(fits);
        // The file's own mark goes before that of another file with the same beginning.
        let best = fitting.max_by_key(|(_, mark)| (mark.path == path, mark.offset));
        let next = || known.iter().filter_map(|(name, _)| name.parse::<u64>().ok()).max().unwrap_or(0) + 1;
        let (name, mark) = match best {
            Some((name, mark)) if mark.path == path => (name.clone(), mark.clone()),
            Some((_, mark)) => (next().to_string(), Mark { path, ..mark.clone() }),
            None => {
                let head = seal(&file, 0, metadata.len().min(PIECE))?;
                let head = (metadata.len().min(PIECE), head);
                (next().to_string(), Mark { path, head, tail: seal(&file, 0, 0)?, offset: 0 })
            }
        };
        let done = mark.offset > 0 && mark.offset == metadata.len();
        Ok(Self { file, name, mark, done })
    }

    /// Notes that lines which start before `offset` are known from now on.
    pub(crate) fn reach(&mut self, offset: u64) -> Result<()> {
        self.mark.tail = seal(&self.file, offset.saturating_sub(PIECE), offset)?;
        self.mark.offset = offset;
        Ok(())
    }
}

impl Mark {
    /// Whether `file` of this `size` is the one that was looked at.
    fn fits(&self, file: &File, size: u64) -> Result<bool> {
        if self.offset == 0 || self.offset > size || self.head.0 > size {
            return Ok(false);
        }
        let tail = || seal(file, self.offset.saturating_sub(PIECE), self.offset);
        Ok(seal(file, 0, self.head.0)? == self.head.1 && tail()? == self.tail)
    }
}

/// The seal of the bytes of `file` between two places.
fn seal(file: &File, from: u64, to: u64) -> Result<String> {
    let length = usize::try_from(to.saturating_sub(from)).context("too much to read at once")?;
    let mut bytes = vec![0; length];
    file.read_exact_at(&mut bytes, from).with_context(|| Failure(changed()))?;
    Ok(Seal::of(&[&bytes]).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_what_is_in_it() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let text = (0..200).map(|line| format!("line {line} of the log\n")).collect::<Vec<_>>().concat();
        std::fs::write(at("a.log"), &text).unwrap();
        let mut first = Marked::find(&at("a.log"), &[]).unwrap();
        assert_eq!((first.name.as_str(), first.mark.offset, first.done), ("1", 0, false));
        first.reach(2_000).unwrap();
        let known = [(first.name.clone(), first.mark.clone())];

        let again = Marked::find(&at("a.log"), &known).unwrap();
        assert_eq!((again.name.as_str(), again.mark.offset, again.done), ("1", 2_000, false));
        // Renamed: the same place, under a name of its own.
        std::fs::rename(at("a.log"), at("a.log.1")).unwrap();
        let renamed = Marked::find(&at("a.log.1"), &known).unwrap();
        assert_eq!((renamed.name.as_str(), renamed.mark.offset), ("2", 2_000));
        // Another log under the old name is new, also where only the end of what was read differs.
        std::fs::write(at("a.log"), text.replace("line 80 ", "line 8O ")).unwrap();
        let other = Marked::find(&at("a.log"), &known).unwrap();
        assert_eq!((other.name.as_str(), other.mark.offset), ("2", 0));
        // Cut shorter than what was read.
        std::fs::write(at("a.log"), &text[..1_500]).unwrap();
        assert_eq!(Marked::find(&at("a.log"), &known).unwrap().mark.offset, 0);
        assert!(Marked::find(folder.path(), &known).is_err());
    }
}
