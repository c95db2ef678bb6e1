//! Cuts bytes into lines, whatever pieces they come in. Knows nothing of files.

use std::borrow::Cow;

use super::encoding::Encoding;
use crate::watch::line::{Block, Line};

/// How many bytes of a line are kept where nothing else is asked for. The rest of a longer line is counted and passed
/// over, so that a line without an end cannot fill the memory.
pub(super) const LONGEST: usize = 1024 * 1024;

/// Takes lines as they are cut.
pub(super) trait Heap {
    /// How many it has.
    fn count(&self) -> usize;

    /// Takes one more: what is in a [`Line`].
    fn put(&mut self, text: Cow<'_, str>, offset: u64, cut_from: Option<u64>);
}

impl Heap for Vec<Line> {
    fn count(&self) -> usize {
        self.len()
    }

    fn put(&mut self, text: Cow<'_, str>, offset: u64, cut_from: Option<u64>) {
        self.push(Line { text: text.into_owned(), offset, cut_from });
    }
}

impl Heap for Block {
    fn count(&self) -> usize {
        self.lines.len()
    }

    fn put(&mut self, text: Cow<'_, str>, offset: u64, cut_from: Option<u64>) {
        self.push(&text, offset, cut_from);
    }
}

/// Where the cutting stands: what is known of the line that has no end yet.
#[derive(Debug, Clone)]
pub(super) struct Splitter {
    /// How many bytes of a line are kept.
    longest: usize,
    /// Unknown until the first bytes of the file have been seen.
    encoding: Option<Encoding>,
    /// Offset of the first byte of the unfinished line.
    start: u64,
    /// Its first bytes, without NULs; those beyond the longest and a carriage return show that it is too long.
    kept: Vec<u8>,
    /// Its bytes so far as written.
    length: u64,
    /// Whether the last byte seen was a carriage return, which belongs to the line ending.
    returned: bool,
}

impl Splitter {
    /// Starts at a line that begins at `start`.
    pub(super) fn new(start: u64, encoding: Option<Encoding>) -> Self {
        Self { longest: LONGEST, encoding, start, kept: Vec::new(), length: 0, returned: false }
    }

    /// Keeps `longest` bytes of each line from now on.
    pub(super) fn keep_up_to(&mut self, longest: usize) {
        self.longest = longest;
    }

    /// Offset of the first byte of the unfinished line: where to begin again after a crash.
    pub(super) fn start(&self) -> u64 {
        self.start
    }

    /// Offset of the next byte to be fed.
    pub(super) fn at(&self) -> u64 {
        self.start + self.length
    }

    /// The encoding, once it is known.
    pub(super) fn encoding(&self) -> Option<Encoding> {
        self.encoding
    }

    /// Takes the bytes that follow, adds the lines that end in them, and stops when `lines` holds `room` of them.
    /// Answers how many bytes it took: not all where there was no room, or where a character is not whole yet.
    pub(super) fn feed(&mut self, bytes: &[u8], room: usize, lines: &mut impl Heap) -> usize {
        let mut taken = 0;
        let encoding = match self.encoding {
            Some(encoding) => encoding,
            None => match Encoding::sniff(bytes) {
                None => return 0,
                Some((encoding, mark)) => {
                    self.start += mark as u64;
                    taken = mark;
                    *self.encoding.insert(encoding)
                }
            },
        };
        let whole = bytes.len() - (bytes.len() - taken) % encoding.width();
        while taken < whole && lines.count() < room {
            let rest = &bytes[taken..whole];
            if let Some(end) = encoding.newline(rest) {
                self.end(encoding, &rest[..end], lines);
                taken += end + encoding.width();
            } else {
                self.keep(encoding, rest);
                taken = whole;
            }
        }
        taken
    }

    /// What is there of a line whose end will never come.
    pub(super) fn finish(&mut self) -> Option<Line> {
        let encoding = self.encoding.unwrap_or(Encoding::Bytes);
        let line = self.take(encoding);
        self.start += self.length;
        self.length = 0;
        (!line.text.is_empty()).then_some(line)
    }

    fn end(&mut self, encoding: Encoding, last: &[u8], lines: &mut impl Heap) {
        let short = self.length == 0 && last.len() <= self.longest && encoding == Encoding::Bytes;
        if short && memchr::memchr(0, last).is_none() {
            // By far the most frequent case: a whole line in one piece, with nothing to take out.
            self.length = last.len() as u64;
            let text = last.strip_suffix(b"\r").unwrap_or(last);
            lines.put(encoding.decode(text, false), self.start, None);
        } else {
            self.keep(encoding, last);
            let Line { text, offset, cut_from } = self.take(encoding);
            lines.put(Cow::Owned(text), offset, cut_from);
        }
        self.start += self.length + encoding.width() as u64;
        self.length = 0;
    }

    /// Adds to the unfinished line. NULs are what a file has where nobody ever wrote, after a truncation for instance.
    fn keep(&mut self, encoding: Encoding, bytes: &[u8]) {
        let width = encoding.width();
        let mut bytes = bytes;
        if self.length == 0 {
            let hole = bytes.chunks_exact(width).take_while(|unit| is_nul(unit)).count() * width;
            self.start += hole as u64;
            bytes = &bytes[hole..];
        }
        self.length += bytes.len() as u64;
        let carriage_return = if encoding == Encoding::Utf16Be { &b"\0\r"[..] } else { &b"\r\0"[..width] };
        if !bytes.is_empty() {
            self.returned = bytes.ends_with(carriage_return);
        }
        let room = (self.longest + 2 * width).saturating_sub(self.kept.len());
        if width == 1 && memchr::memchr(0, bytes).is_none() {
            self.kept.extend(&bytes[..bytes.len().min(room)]);
        } else {
            self.kept.extend(bytes.chunks_exact(width).filter(|unit| !is_nul(unit)).flatten().take(room));
        }
    }

    fn take(&mut self, encoding: Encoding) -> Line {
        let ending = if std::mem::take(&mut self.returned) { encoding.width() } else { 0 };
        let mut kept = std::mem::take(&mut self.kept);
        let cut = kept.len() > self.longest + ending;
        if cut {
            kept.truncate(self.longest);
        } else {
            kept.truncate(kept.len() - ending);
        }
        Line {
            text: encoding.decode(&kept, cut).into_owned(),
            offset: self.start,
            cut_from: cut.then(|| self.length - ending as u64),
        }
    }
}

fn is_nul(unit: &[u8]) -> bool {
    unit.iter().all(|&byte| byte == 0)
}

#[cfg(test)]
mod tests;
