//! Cuts what comes over a connection into messages (RFC 6587). Pure: bytes go in, messages come out.
//!
//! Each frame shows at its beginning how it ends: a number and a blank say how many bytes follow (octet counting),
//! anything else ends at a line feed. A sender whose count was wrong would have its messages cut at random from then on, so
//! what follows a counted frame must look like the beginning of one, or the connection is given up.

use crate::watch::source::encoding::Encoding;

/// A longer number is no count, but how a message begins.
const DIGITS: usize = 10;
/// Nobody counts a message of this length on purpose.
const MOST: u64 = 64 * 1024 * 1024;

/// A message as it was received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Message {
    /// Its text. Bytes that are not UTF-8 are read as Windows-1252.
    pub(super) text: String,
    /// Its length in bytes, where only its head is in `text`.
    pub(super) cut_from: Option<u64>,
}

impl Message {
    /// One that is `bytes`, of which no more than `longest` are kept.
    pub(super) fn whole(bytes: &[u8], longest: usize) -> Self {
        Self::kept(&bytes[..bytes.len().min(longest)], bytes.len() as u64)
    }

    /// One of `length` bytes, of which the first were kept. Line ends and what some put behind their messages are no part of it.
    fn kept(bytes: &[u8], length: u64) -> Self {
        let cut = length > bytes.len() as u64;
        let end = bytes.iter().rposition(|byte| !b"\r\n\0".contains(byte)).map_or(0, |last| last + 1);
        let bytes = if cut { bytes } else { &bytes[..end] };
        Self { text: Encoding::Bytes.decode(bytes, cut).into_owned(), cut_from: cut.then_some(length) }
    }
}

/// What cannot be cut into messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Garbage {
    /// Bytes that begin no message, such as those of a program that wants to encrypt.
    NoText,
    /// A count that is not the length of its message.
    Count,
}

/// What was received of a connection and is no whole message yet.
#[derive(Debug)]
pub(super) struct Frames {
    longest: usize,
    at: At,
    /// The first bytes of the unfinished message, and how many it has so far.
    kept: Vec<u8>,
    length: u64,
    /// Whether the frame before was counted.
    counted: bool,
}

/// Where in a frame the next byte is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    Between,
    Count,
    Counted { left: u64 },
    Line,
}

impl Frames {
    /// Nothing yet; of each message no more than `longest` bytes will be kept.
    pub(super) fn new(longest: usize) -> Self {
        Self { longest, at: At::Between, kept: Vec::new(), length: 0, counted: false }
    }

    /// Whether a message was begun.
    pub(super) fn is_unfinished(&self) -> bool {
        self.at != At::Between
    }

    /// Takes the bytes that follow, and adds the messages that end in them.
    pub(super) fn feed(&mut self, mut bytes: &[u8], messages: &mut Vec<Message>) -> Result<(), Garbage> {
        while !bytes.is_empty() {
            let taken = match self.at {
                At::Between => self.begin(bytes)?,
                At::Count => self.count(bytes)?,
                At::Counted { left } => self.counted(left, bytes, messages),
                At::Line => self.line(bytes, messages),
            };
            bytes = &bytes[taken..];
        }
        Ok(())
    }

    /// What is there of a message whose end will never come.
    pub(super) fn finish(&mut self) -> Option<Message> {
        let missing = match self.at {
            At::Between => return None,
            At::Counted { left } => left,
            At::Count | At::Line => 0,
        };
        self.length += missing;
        Some(self.take()).filter(|message| !message.text.is_empty())
    }

    fn begin(&mut self, bytes: &[u8]) -> Result<usize, Garbage> {
        // What some put between their messages.
        let Some(start) = bytes.iter().position(|byte| !b"\r\n\0".contains(byte)) else { return Ok(bytes.len()) };
        self.at = match bytes[start] {
            b'1'..=b'9' => At::Count,
            b'<' => At::Line,
            _ if self.counted => return Err(Garbage::Count),
            byte if byte < b' ' && byte != b'\t' => return Err(Garbage::NoText),
            _ => At::Line,
        };
        Ok(start)
    }

    fn count(&mut self, bytes: &[u8]) -> Result<usize, Garbage> {
        let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.keep(&bytes[..digits]);
        let Some(next) = bytes.get(digits) else { return Ok(digits) };
        if *next == b' ' && self.kept.len() <= DIGITS {
            let written = std::str::from_utf8(&self.kept).ok().and_then(|digits| digits.parse().ok());
            let left = written.filter(|left| *left <= MOST).ok_or(Garbage::Count)?;
            self.kept.clear();
            self.length = 0;
            self.at = At::Counted { left };
            return Ok(digits + 1);
        }
        if self.counted {
            return Err(Garbage::Count);
        }
        // A date, say.
        self.at = At::Line;
        Ok(digits)
    }

    fn counted(&mut self, left: u64, bytes: &[u8], messages: &mut Vec<Message>) -> usize {
        let taken = usize::try_from(left).unwrap_or(usize::MAX).min(bytes.len());
        if self.length == 0 && taken as u64 == left {
            messages.push(Message::whole(&bytes[..taken], self.longest));
            (self.at, self.counted) = (At::Between, true);
            return taken;
        }
        self.keep(&bytes[..taken]);
        self.at = At::Counted { left: left - taken as u64 };
        if taken as u64 == left {
            messages.push(self.take());
            self.counted = true;
        }
        taken
    }

    fn line(&mut self, bytes: &[u8], messages: &mut Vec<Message>) -> usize {
        self.counted = false;
        let Some(end) = memchr::memchr(b'\n', bytes) else {
            self.keep(bytes);
            return bytes.len();
        };
        if self.length == 0 {
            // By far the most frequent case: a whole line in one piece.
            messages.push(Message::whole(&bytes[..end], self.longest));
            self.at = At::Between;
        } else {
            self.keep(&bytes[..end]);
            messages.push(self.take());
        }
        end + 1
    }

    fn keep(&mut self, bytes: &[u8]) {
        self.length += bytes.len() as u64;
        let room = self.longest.saturating_sub(self.kept.len());
        self.kept.extend_from_slice(&bytes[..bytes.len().min(room)]);
    }

    /// The unfinished message as it is. Its memory is given back: most connections say nothing most of the time.
    fn take(&mut self) -> Message {
        self.at = At::Between;
        let (kept, length) = (std::mem::take(&mut self.kept), std::mem::take(&mut self.length));
        Message::kept(&kept, length)
    }
}

#[cfg(fuzzing)]
pub mod fuzzing;
#[cfg(test)]
mod tests;
