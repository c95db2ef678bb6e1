//! What exercises appended to a file that is read, and whether it is still there.
//!
//! A program that keeps a place of its own in its log, and does not append, writes over the lines of an exercise. What it
//! writes there stands before the place that reading has come to. So all bytes of these lines are compared at each look,
//! and where one differs, reading goes back to the line it is in. Of what is read again, only lines are handed on that were
//! not there before: what is left of an exercise's line, or a whole one, must not be taken for a copy of it, which is real.

use std::fs::File;
use std::io;

use crate::watch::label;
use crate::watch::source::bytes::bytes_at;

/// So many bytes of one file are compared; more than any exercise writes. The oldest are given up first.
const MOST: usize = 8 * 1024 * 1024;

/// So many bytes before an area show that the file is still the one it was.
const BEFORE: usize = 256;

/// The lines of exercises in one file.
#[derive(Debug, Default)]
pub(super) struct Injected {
    areas: Vec<Area>,
    /// While it is read again: what stood there, and where reading had come to.
    earlier: Vec<Area>,
    until: u64,
}

/// Lines without a gap.
#[derive(Debug)]
struct Area {
    start: u64,
    bytes: Vec<u8>,
    before: Vec<u8>,
}

impl Area {
    fn end(&self) -> u64 {
        self.start + self.bytes.len() as u64
    }

    /// Its bytes from `start` to `end`, where it has them all.
    fn slice(&self, start: u64, end: u64) -> Option<&[u8]> {
        let from = usize::try_from(start.checked_sub(self.start)?).ok()?;
        let to = usize::try_from(end.checked_sub(self.start)?).ok()?;
        self.bytes.get(from..to)
    }

    fn holds(&self, offset: u64) -> bool {
        (self.start..self.end()).contains(&offset)
    }
}

impl Injected {
    /// Whether something has to be done with lines just read from these `bytes`. Nearly always not.
    pub(super) fn concerns(&self, bytes: &[u8]) -> bool {
        !self.earlier.is_empty() || label::is_in(bytes)
    }

    /// Takes note of a line just read from `start` to `end`. Says whether it is to be handed on.
    pub(super) fn note(&mut self, file: &File, text: &str, start: u64, end: u64) -> io::Result<bool> {
        let again = self.earlier.iter().any(|area| area.holds(start));
        if !again && !label::looks_marked(text) {
            return Ok(true);
        }
        let bytes = bytes_at(file, start, usize::try_from(end - start).unwrap_or(MOST))?;
        let was_there = self.earlier.iter().any(|area| area.slice(start, end) == Some(&bytes));
        self.keep(file, start, bytes)?;
        Ok(!was_there)
    }

    fn keep(&mut self, file: &File, start: u64, bytes: Vec<u8>) -> io::Result<()> {
        if let Some(area) = self.areas.last_mut().filter(|area| area.end() == start) {
            area.bytes.extend(bytes);
        } else {
            let length = BEFORE.min(usize::try_from(start).unwrap_or(BEFORE));
            let before = bytes_at(file, start - length as u64, length)?;
            self.areas.push(Area { start, bytes, before });
        }
        while self.areas.len() > 1 && self.areas.iter().map(|area| area.bytes.len()).sum::<usize>() > MOST {
            self.areas.remove(0);
        }
        Ok(())
    }

    /// Reading has come to `at`: what was read again is behind it.
    pub(super) fn reached(&mut self, at: u64) {
        if at >= self.until {
            self.earlier.clear();
        }
    }

    /// The start of the first line that is not what it was; reading, which had come to `at`, is to go on there. Nothing where
    /// all is as it was, or where the file is another one by now: that is for others to see.
    pub(super) fn overwritten(&mut self, file: &File, at: u64) -> io::Result<Option<u64>> {
        for index in 0..self.areas.len() {
            let area = &self.areas[index];
            let now = bytes_at(file, area.start, area.bytes.len())?;
            if now == area.bytes {
                continue;
            }
            let before = bytes_at(file, area.start - area.before.len() as u64, area.before.len())?;
            if now.len() < area.bytes.len() || before != area.before || file.metadata()?.len() < at {
                return Ok(None);
            }
            let differs = now.iter().zip(&area.bytes).take_while(|(now, then)| now == then).count();
            let line = memchr::memrchr(b'\n', &now[..differs]).map_or(0, |end| end + 1);
            return Ok(Some(self.go_back(index, line, at)));
        }
        Ok(None)
    }

    /// Forgets what stands from a line of an area on, until it is read again.
    fn go_back(&mut self, index: usize, line: usize, at: u64) -> u64 {
        let later = self.areas.split_off(index);
        let start = later[0].start;
        if line > 0 {
            let (bytes, before) = (later[0].bytes[..line].to_vec(), later[0].before.clone());
            self.areas.push(Area { start, bytes, before });
        }
        // Where it is gone back to once more before all was read again, what stood there first still counts.
        self.earlier.splice(..0, later);
        self.until = self.until.max(at);
        start + line as u64
    }
}
