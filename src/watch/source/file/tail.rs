//! Reads one file from where reading stopped, and notices when that file is no longer the one it was.
//!
//! Every read takes the 256 bytes before the place along and compares them with what stood there: one system call
//! both reads and proves. A file truncated **while** it is being read would give old bytes followed by new ones, so
//! the first bytes of what was read are looked at once more afterwards.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt as _;

use super::identity::Signature;
use super::injected::Injected;
use crate::watch::line::Line;
use crate::watch::source::bytes::bytes_at;
use crate::watch::source::encoding::Encoding;
use crate::watch::source::split::{LONGEST, Splitter};

/// How many of the first bytes of a file are remembered.
pub(super) const HEAD: usize = 1024;

/// How many of the bytes before the place are remembered.
pub(super) const WINDOW: usize = 256;

/// How much is read at a time.
pub(super) const PIECE: usize = 256 * 1024;

/// The most lines in a batch.
pub(super) const LINES: usize = 2000;

/// The most bytes in a batch, give or take a piece.
const BYTES: usize = 1024 * 1024;

/// A buffer that any number of files can share.
pub(super) fn buffer() -> Vec<u8> {
    vec![0; WINDOW + PIECE]
}

/// A place in a file, and how to know that file again.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    /// The start of the first line that was not read, or not to its end.
    pub(super) offset: u64,
    /// The first bytes.
    pub(super) head: Signature,
    /// The bytes before the offset; of none where they were never seen.
    pub(super) tail: Signature,
    pub(super) encoding: Option<Encoding>,
}

impl Mark {
    /// A place in a file of which nothing is known.
    pub(super) fn at(offset: u64) -> Self {
        Self { offset, head: Signature::of(b""), tail: Signature::of(b""), encoding: None }
    }

    /// The start of a file that begins with `head`.
    pub(super) fn start_of(head: &[u8]) -> Self {
        Self { head: Signature::of(head), ..Self::at(0) }
    }

    /// The end of a file that nobody wants to read from its start: after its last whole line, so that a line half
    /// written just now is not lost.
    pub(super) fn end_of(file: &File) -> io::Result<Self> {
        let size = file.metadata()?.len();
        let (encoding, _) = Encoding::sniff(&bytes_at(file, 0, 4)?).unwrap_or((Encoding::Bytes, 0));
        let width = encoding.width() as u64;
        let end = size - size % width;
        let from = end.saturating_sub(LONGEST as u64);
        let mut last = bytes_at(file, from, usize::try_from(end - from).unwrap_or(LONGEST))?;
        while !last.is_empty() && encoding.newline(&last[last.len() - encoding.width()..]).is_none() {
            last.truncate(last.len() - encoding.width());
        }
        Ok(Self::at(if last.is_empty() && from > 0 { end } else { from + last.len() as u64 }))
    }

    /// Takes reading up in `file`, if it is the file this speaks of.
    pub(super) fn resume(&self, file: &File) -> io::Result<Option<Tail>> {
        let head = bytes_at(file, 0, HEAD)?;
        let window = usize::try_from(self.offset).unwrap_or(WINDOW).min(WINDOW);
        let before = bytes_at(file, self.offset - window as u64, window)?;
        let fits = file.metadata()?.len() >= self.offset
            && before.len() == window
            && self.head.begins(&head)
            && (self.tail.length == 0 || self.tail == Signature::of(&before));
        if !fits {
            return Ok(None);
        }
        let encoding = match self.encoding {
            None if self.offset > 0 => Encoding::sniff(&head).map(|(encoding, _)| encoding).or(Some(Encoding::Bytes)),
            known => known,
        };
        Ok(Some(Tail {
            splitter: Splitter::new(self.offset, encoding),
            head: Head::new(head, self.offset),
            before_line: before.clone(),
            before,
            injected: Injected::default(),
        }))
    }
}

/// The first bytes of a file: themselves while there are few, then only their signature.
#[derive(Debug)]
enum Head {
    Growing(Vec<u8>),
    Full(Signature),
}

impl Head {
    fn new(bytes: Vec<u8>, at: u64) -> Self {
        let mut head = Self::Growing(bytes);
        head.settle(at);
        head
    }

    /// Adds what was read `from` an offset on.
    fn grow(&mut self, from: u64, read: &[u8], at: u64) {
        if let Self::Growing(bytes) = self
            && let Some(known) = (bytes.len() as u64).checked_sub(from)
            && let Some(more) = usize::try_from(known).ok().and_then(|known| read.get(known..))
        {
            let room = HEAD - bytes.len();
            bytes.extend(more.iter().take(room));
        }
        self.settle(at);
    }

    /// The bytes themselves are needed until the first of them have been read.
    fn settle(&mut self, at: u64) {
        if let Self::Growing(bytes) = self
            && bytes.len() == HEAD
            && at > 0
        {
            *self = Self::Full(Signature::of(bytes));
        }
    }

    fn signature(&self) -> Signature {
        match self {
            Self::Growing(bytes) => Signature::of(bytes),
            Self::Full(signature) => *signature,
        }
    }
}

/// How a read ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// There may be more.
    Open,
    /// Nothing more for now.
    Reached,
    /// The file is not the one it was: truncated, or written anew.
    Broken,
}

/// One file being read.
#[derive(Debug)]
pub(super) struct Tail {
    splitter: Splitter,
    head: Head,
    /// The bytes before the next one to read.
    before: Vec<u8>,
    /// The bytes before the unfinished line.
    before_line: Vec<u8>,
    injected: Injected,
}

impl Tail {
    /// Where to take up reading after a crash.
    pub(super) fn mark(&self) -> Mark {
        Mark {
            offset: self.splitter.start(),
            head: self.head.signature(),
            tail: Signature::of(&self.before_line),
            encoding: self.splitter.encoding(),
        }
    }

    /// Offset of the next byte to read.
    pub(super) fn at(&self) -> u64 {
        self.splitter.at()
    }

    /// Offset of the line that is not read to its end.
    pub(super) fn start(&self) -> u64 {
        self.splitter.start()
    }

    /// Whether no byte of the file has ever been seen, so that it could be any file.
    pub(super) fn is_blank(&self) -> bool {
        self.at() == 0 && matches!(&self.head, Head::Growing(bytes) if bytes.is_empty())
    }

    /// Takes a first look at the bytes of a file that was empty; says whether there are any.
    pub(super) fn peek(&mut self, file: &File) -> io::Result<bool> {
        let bytes = bytes_at(file, 0, HEAD)?;
        self.head.grow(0, &bytes, 0);
        Ok(!bytes.is_empty())
    }

    /// Whether what stands before the place is still there.
    pub(super) fn intact(&self, file: &File) -> io::Result<bool> {
        if let (0, Head::Growing(head)) = (self.at(), &self.head) {
            return Ok(bytes_at(file, 0, head.len())? == *head);
        }
        Ok(bytes_at(file, self.at() - self.before.len() as u64, self.before.len())? == self.before)
    }

    /// Goes back to where a program wrote over lines of an exercise. Says whether one did.
    pub(super) fn go_back(&mut self, file: &File) -> io::Result<bool> {
        let Some(line) = self.injected.overwritten(file, self.at())? else { return Ok(false) };
        let length = WINDOW.min(usize::try_from(line).unwrap_or(WINDOW));
        self.before = bytes_at(file, line - length as u64, length)?;
        self.before_line.clone_from(&self.before);
        self.splitter = Splitter::new(line, self.splitter.encoding());
        // In a short log the exercise's lines are among the first bytes.
        self.head = Head::new(bytes_at(file, 0, HEAD)?, line);
        Ok(true)
    }

    /// Keeps `longest` bytes of each line from now on.
    pub(super) fn keep_up_to(&mut self, longest: usize) {
        self.splitter.keep_up_to(longest);
    }

    /// Reads a batch of lines.
    pub(super) fn read(&mut self, file: &File, buffer: &mut [u8]) -> io::Result<(Vec<Line>, End)> {
        let mut lines = Vec::new();
        let mut bytes = 0;
        while lines.len() < LINES && bytes < BYTES {
            match self.piece(file, buffer, &mut lines) {
                Ok((End::Open, taken)) => bytes += taken,
                Ok((end, _)) => return Ok((lines, end)),
                Err(_) if !lines.is_empty() => break,
                Err(error) => return Err(error),
            }
        }
        Ok((lines, End::Open))
    }

    /// What is there of a last line whose end will never come.
    pub(super) fn finish(&mut self) -> Option<Line> {
        let line = self.splitter.finish();
        self.before_line.clone_from(&self.before);
        line
    }

    fn piece(&mut self, file: &File, buffer: &mut [u8], lines: &mut Vec<Line>) -> io::Result<(End, usize)> {
        let at = self.at();
        let window = self.before.len();
        let from = at - window as u64;
        let read = match file.read_at(&mut buffer[..window + PIECE], from) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return Ok((End::Open, 0)),
            read => read?,
        };
        let region = &buffer[..read];
        if !region.starts_with(&self.before) || !self.begins_as_seen(at, region) {
            return Ok((End::Broken, 0));
        }
        if read == window {
            return Ok((End::Reached, 0));
        }
        if bytes_at(file, from, read.min(WINDOW))? != region[..read.min(WINDOW)] {
            // Emptied while it was read: the bytes may be of two generations.
            return Ok((End::Broken, 0));
        }
        let known = lines.len();
        let taken = self.splitter.feed(&region[window..], LINES, lines);
        self.remember(from, region, window + taken);
        if self.injected.concerns(&region[window..window + taken]) {
            self.note_injected(file, lines, known)?;
        }
        Ok((if taken == 0 { End::Reached } else { End::Open }, taken))
    }

    /// Takes note of the lines of exercises among those that were read since there were `known`.
    fn note_injected(&mut self, file: &File, lines: &mut Vec<Line>, known: usize) -> io::Result<()> {
        let new = lines.split_off(known);
        let ends: Vec<u64> = new.iter().skip(1).map(|line| line.offset).chain([self.splitter.start()]).collect();
        for (line, end) in new.into_iter().zip(ends) {
            if self.injected.note(file, &line.text, line.offset, end)? {
                lines.push(line);
            }
        }
        self.injected.reached(self.splitter.start());
        Ok(())
    }

    fn begins_as_seen(&self, at: u64, region: &[u8]) -> bool {
        match &self.head {
            Head::Growing(head) if at == 0 => region.starts_with(head),
            _ => true,
        }
    }

    /// Keeps the bytes before the new place; `next` is its index in what was read `from` an offset on.
    fn remember(&mut self, from: u64, region: &[u8], next: usize) {
        let window = self.before.len();
        let line = self.splitter.start().checked_sub(from).and_then(|index| usize::try_from(index).ok());
        if let Some(line) = line.filter(|line| (window..=next).contains(line)) {
            self.before_line = region[line.saturating_sub(WINDOW)..line].to_vec();
        }
        self.before = region[next.saturating_sub(WINDOW)..next].to_vec();
        self.head.grow(from, region, self.at());
    }
}

#[cfg(test)]
mod tests;
