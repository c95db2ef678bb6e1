//! One text as it was read, with its name, and the way from a byte offset to line and column.

use std::fmt;
use std::io::Read as _;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use super::beneath;
use super::unreadable::Unreadable;

/// Documents are rarely larger.
const USUAL: usize = 8 << 10;
/// The largest file that a document may name. The longest inject writes 100,000 lines.
const LARGEST: u64 = 32 << 20;

/// A range of bytes in a [`Source`].
#[derive(Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Span {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset behind the last byte.
    pub end: usize,
}

impl Span {
    /// The bytes from `start` up to but without `end`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }

    /// The span as a range, for slicing.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// The part of this span that starts `from` bytes in and is `length` bytes long.
    pub fn part(self, from: usize, length: usize) -> Self {
        Self::new((self.start + from).min(self.end), (self.start + from + length).min(self.end))
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}..{}", self.start, self.end)
    }
}

/// A document: its name as the user knows it, and its text. Cheap to clone.
#[derive(Clone)]
pub struct Source(Arc<Inner>);

struct Inner {
    name: String,
    text: String,
    /// Byte offset at which each line starts.
    lines: Vec<usize>,
}

impl Source {
    /// A document called `name` (usually its path) that reads `text`.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let mut lines = vec![0];
        lines.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1));
        Self(Arc::new(Inner { name: name.into(), text, lines }))
    }

    /// Reads the file at `path`. A byte order mark is dropped; text that is not UTF-8 is refused, naming the byte.
    pub fn open(path: &Path) -> std::io::Result<Self> {
        Self::decode(path, std::fs::read(path)?)
    }

    /// Reads the file that a document in `folder` calls `name`. It must lie beneath the folder, be an ordinary file and
    /// no larger than any document needs to be; otherwise as [`Self::open`].
    pub fn open_beneath(folder: &Path, name: &str) -> std::io::Result<Self> {
        Self::open_as(folder, Path::new(name), &folder.join(name))
    }

    /// The same, called `shown`.
    pub(super) fn open_as(folder: &Path, name: &Path, shown: &Path) -> std::io::Result<Self> {
        let file = beneath::open(folder, name)?;
        // Enough for nearly every document, so that it is read at once.
        let mut bytes = Vec::with_capacity(USUAL);
        file.take(LARGEST + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > LARGEST {
            return Err(Unreadable::TooLarge { most: LARGEST >> 20 }.into());
        }
        Self::decode(shown, bytes)
    }

    fn decode(path: &Path, bytes: Vec<u8>) -> std::io::Result<Self> {
        let text = String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            let line = error.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
            Unreadable::NotUtf8 { line, byte: at }
        })?;
        let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
        Ok(Self::new(path.display().to_string(), text))
    }

    /// The document's name.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.0.text
    }

    /// The text of `span`, cut to the document.
    pub fn slice(&self, span: Span) -> &str {
        self.0.text.get(span.range()).unwrap_or_default()
    }

    /// Line and column of a byte offset, both from 1, the column in characters.
    pub fn position(&self, offset: usize) -> (usize, usize) {
        let offset = offset.min(self.0.text.len());
        let line = self.0.lines.partition_point(|start| *start <= offset) - 1;
        let before = self.0.text.get(self.0.lines[line]..offset).unwrap_or_default();
        (line + 1, before.chars().count() + 1)
    }

    /// The byte offset of a line and column, both from 1, the column in characters.
    pub fn offset(&self, line: usize, column: usize) -> usize {
        let Some(start) = self.0.lines.get(line.saturating_sub(1)) else { return self.0.text.len() };
        let rest = &self.0.text[*start..];
        rest.char_indices().nth(column.saturating_sub(1)).map_or(self.0.text.len(), |(at, _)| start + at)
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Source({})", self.0.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_start_at_one() {
        let source = Source::new("x", "é: a\nbb: c\n");
        assert_eq!(source.position(0), (1, 1));
        assert_eq!(source.position("é: a\nbb: ".len()), (2, 5));
        assert_eq!(source.offset(2, 5), "é: a\nbb: ".len());
        assert_eq!(source.position(10_000), (3, 1));
    }

    #[test]
    fn a_file_beneath_is_read_up_to_a_limit() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("small.log"), "\u{feff}é\n").unwrap();
        let large = std::fs::File::create(folder.path().join("large.log")).unwrap();
        large.set_len(1 << 40).unwrap();
        assert_eq!(Source::open_beneath(folder.path(), "small.log").unwrap().text(), "é\n");
        let error = Source::open_beneath(folder.path(), "large.log").unwrap_err();
        assert_eq!(error.to_string(), "it is larger than 32 MiB");
        assert!(Source::open_beneath(folder.path(), "../small.log").is_err());
    }
}
