//! One pass over a log that already exists, with the same rules for lines as following. Keeps no position. A log as
//! Windows keeps it (`.evtx`) is read too, each of its records as one line of JSON, and one that was packed (`.gz`),
//! piece by piece: it is known by its first bytes, whatever it is called and however it comes.

use std::fs::File;
use std::io::{self, BufReader, Chain, Cursor, Read, Seek as _};
use std::os::fd::AsFd as _;
use std::path::Path;

use flate2::bufread::MultiGzDecoder;

use super::evtx::{MAGIC, Records, records};
use super::split::Splitter;
use crate::watch::line::Block;
use crate::words::failure::Failure;
use crate::words::scan::records_in_a_pipe;

/// How much is read at a time.
const PIECE: usize = 64 * 1024;

/// What a packed file begins with (RFC 1952, section 2.3.1).
const PACKED: [u8; 2] = [0x1f, 0x8b];

/// How many lines a block holds at most, so that short lines do not make it large.
pub const ROOM: usize = 4000;

/// What stands for the standard input among the names of logs.
pub(crate) const STANDARD_INPUT: &str = "-";

/// Opens a log, to be read from its first line to its last; a last line without a newline counts. Little of it is in
/// memory at any time.
pub fn open(path: &Path) -> io::Result<Log> {
    let is_input = path == Path::new(STANDARD_INPUT);
    let file = if is_input { File::from(io::stdin().as_fd().try_clone_to_owned()?) } else { File::open(path)? };
    let kind = file.metadata()?;
    if kind.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "is a directory"));
    }
    let place = kind.is_file().then(|| file.try_clone()).transpose()?;
    Ok(Log { place, content: content(file, kind.is_file())? })
}

/// What a log holds, by its first bytes. A pipe gives them only once, so they are read from memory again.
fn content(mut file: File, is_file: bool) -> io::Result<Content> {
    let mut head = Vec::new();
    (&mut file).take(MAGIC.len() as u64).read_to_end(&mut head)?;
    if head == MAGIC {
        if !is_file {
            return Err(io::Error::new(io::ErrorKind::Unsupported, Failure(records_in_a_pipe())));
        }
        file.rewind()?;
        return Ok(Content::Records(Box::new(records(file)?)));
    }
    let is_packed = head.starts_with(&PACKED);
    let whole = Cursor::new(head).chain(file);
    Ok(if is_packed {
        Content::Packed(Box::new(lines_of(MultiGzDecoder::new(BufReader::new(whole)))))
    } else {
        Content::Text(lines_of(whole))
    })
}

/// A log that is being read.
#[derive(Debug)]
pub struct Log {
    content: Content,
    /// The file itself, where it is one: it knows how far it was read.
    place: Option<File>,
}

/// All bytes of a log, the first of which were looked at.
type Whole = Chain<Cursor<Vec<u8>>, File>;

#[derive(Debug)]
enum Content {
    /// Lines of text.
    Text(Lines<Whole>),
    /// Lines of text that were packed.
    Packed(Box<Lines<MultiGzDecoder<BufReader<Whole>>>>),
    /// Records of Windows, each as one JSON object.
    Records(Box<Records>),
}

impl Log {
    /// Whether every line is a JSON object, whatever the file is called.
    pub fn is_records(&self) -> bool {
        matches!(self.content, Content::Records(_))
    }

    /// The lines that follow, at least one and at most `room`; nothing at the end.
    pub fn next(&mut self, room: usize) -> io::Result<Option<Block>> {
        match &mut self.content {
            Content::Text(lines) => lines.next(room),
            Content::Packed(lines) => lines.next(room),
            Content::Records(records) => Ok(records_of(records, room)),
        }
    }

    /// The place behind the last line that was given: a number of bytes, unpacked, or of records.
    pub fn at(&self) -> u64 {
        match &self.content {
            Content::Text(lines) => lines.at(),
            Content::Packed(lines) => lines.at(),
            Content::Records(records) => records.at(),
        }
    }

    /// How many bytes of the file itself were read, as it lies there.
    pub(crate) fn read(&self) -> u64 {
        let place = self.place.as_ref().and_then(|mut file| file.stream_position().ok());
        place.unwrap_or_else(|| self.at())
    }

    /// How many records so far could not be read. Each costs only itself.
    pub fn broken(&self) -> u64 {
        match &self.content {
            Content::Text(_) | Content::Packed(_) => 0,
            Content::Records(records) => records.broken(),
        }
    }
}

/// Whether a file that begins so may be a log that can be read here: text of any encoding, packed or not, or a log of
/// Windows. A log that was cut while its program went on writing begins with nothing.
pub(crate) fn may_be_log(head: &[u8]) -> bool {
    const WIDE: [&[u8]; 2] = [b"\xFF\xFE", b"\xFE\xFF"];
    const PACKED_OTHERWISE: [&[u8]; 3] = [b"\xFD7zXZ", b"BZh", b"\x28\xB5\x2F\xFD"];
    let begins = |with: &[u8]| head.starts_with(with);
    if begins(MAGIC) || begins(&PACKED) || WIDE.into_iter().any(begins) {
        return true;
    }
    let from = head.iter().position(|byte| *byte != 0).unwrap_or(head.len());
    !PACKED_OTHERWISE.into_iter().any(begins) && !head[from..].contains(&0)
}

fn records_of(records: &mut Records, room: usize) -> Option<Block> {
    let mut block = Block::default();
    while block.lines.len() < room && block.text.len() < PIECE {
        let Some(line) = records.next() else { break };
        block.push(&line.text, line.offset, line.cut_from);
    }
    (!block.lines.is_empty()).then_some(block)
}

/// The lines of anything that can be read, such as the standard input.
pub fn lines_of<R: Read>(reader: R) -> Lines<R> {
    Lines { reader, splitter: Splitter::new(0, None), bytes: Vec::with_capacity(PIECE), taken: 0, over: false }
}

/// The lines of one log, in order.
#[derive(Debug)]
pub struct Lines<R> {
    reader: R,
    splitter: Splitter,
    /// What was read, of which `taken` bytes are already lines.
    bytes: Vec<u8>,
    taken: usize,
    over: bool,
}

impl<R: Read> Lines<R> {
    /// Offset behind the last byte that was looked at.
    pub fn at(&self) -> u64 {
        self.splitter.at()
    }

    /// The lines that follow, at least one and at most `room`; nothing at the end.
    pub fn next(&mut self, room: usize) -> io::Result<Option<Block>> {
        let mut block = Block::default();
        while block.lines.is_empty() && !self.over {
            block.text.reserve(self.bytes.len() - self.taken);
            let taken = self.splitter.feed(&self.bytes[self.taken..], room, &mut block);
            self.taken += taken;
            if taken == 0 {
                self.read(&mut block)?;
            }
        }
        Ok((!block.lines.is_empty()).then_some(block))
    }

    fn read(&mut self, block: &mut Block) -> io::Result<()> {
        self.bytes.drain(..self.taken);
        self.taken = 0;
        let kept = self.bytes.len();
        self.bytes.resize(kept + PIECE, 0);
        let read = read_once(&mut self.reader, &mut self.bytes[kept..]);
        self.bytes.truncate(kept + read.as_ref().map_or(0, |read| *read));
        if read? == 0 {
            self.over = true;
            if let Some(last) = self.splitter.finish() {
                block.push(&last.text, last.offset, last.cut_from);
            }
        }
        Ok(())
    }
}

/// Reads what is there, as much as there is room for, whatever signals come in between.
fn read_once(reader: &mut impl Read, room: &mut [u8]) -> io::Result<usize> {
    loop {
        match reader.read(room) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            read => return read,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::watch::source::split::LONGEST;

    /// The lines of `bytes` as they come in blocks of `room`.
    fn blocks(bytes: &[u8], room: usize) -> Vec<Block> {
        let mut lines = lines_of(bytes);
        std::iter::from_fn(|| lines.next(room).unwrap()).collect()
    }

    fn texts(bytes: &[u8]) -> Vec<String> {
        let blocks = blocks(bytes, ROOM);
        blocks.iter().flat_map(Block::texts).map(|(text, _)| text.to_owned()).collect()
    }

    #[test]
    fn every_line_is_given_once_and_in_order() {
        let text = (0..50_000).map(|number| format!("line {number}\n")).collect::<Vec<_>>().concat();
        let read = texts(text.as_bytes());
        assert_eq!(read.len(), 50_000);
        assert!(read.iter().enumerate().all(|(number, line)| *line == format!("line {number}")));
    }

    #[test]
    fn a_last_line_without_a_newline_counts() {
        assert_eq!(texts(b"a\nb"), ["a", "b"]);
        assert_eq!(texts(b"\xFF\xFEa\0\n\0b\0"), ["a", "b"]);
        assert!(texts(b"").is_empty());
    }

    #[test]
    fn a_line_longer_than_several_pieces_is_cut() {
        let length = LONGEST + 3 * PIECE;
        let text = format!("before\n{}\nafter\n", "x".repeat(length));
        let blocks = blocks(text.as_bytes(), ROOM);
        let cut: Vec<_> = blocks.iter().flat_map(|block| &block.lines).map(|line| line.cut_from).collect();
        assert_eq!(cut, [None, Some(length as u64), None]);
        assert_eq!(texts(text.as_bytes())[2], "after");
    }

    #[test]
    fn a_block_holds_no_more_lines_than_asked_for() {
        let blocks = blocks(b"a\n\xe9\nc\nd", 2);
        let texts: Vec<Vec<(&str, u64)>> = blocks.iter().map(|block| block.texts().collect()).collect();
        assert_eq!(texts, [vec![("a", 0), ("é", 2)], vec![("c", 4)], vec![("d", 6)]]);
    }

    #[test]
    fn a_file_is_read_and_a_directory_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("app.log");
        std::fs::write(&path, "a\r\nb\n").unwrap();
        let mut log = open(&path).unwrap();
        let block = log.next(ROOM).unwrap().unwrap();
        assert_eq!(block.texts().collect::<Vec<_>>(), [("a", 0), ("b", 3)]);
        assert_eq!((log.next(ROOM).unwrap(), log.at()), (None, 5));
        assert!(open(folder.path()).is_err());
    }

    #[test]
    fn a_packed_log_is_read_whatever_it_is_called_and_a_damaged_one_up_to_its_fault() {
        use std::io::Write as _;

        use flate2::{Compression, write::GzEncoder};

        let packed = |text: &str| {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
            encoder.write_all(text.as_bytes()).unwrap();
            encoder.finish().unwrap()
        };
        let folder = tempfile::tempdir().unwrap();
        // Packed logs may be put together as they are.
        let bytes = [packed("a\nb\n"), packed("c")].concat();
        for name in ["app.log.2.gz", "app.log"] {
            let path = folder.path().join(name);
            std::fs::write(&path, &bytes).unwrap();
            let mut log = open(&path).unwrap();
            let texts: Vec<_> = std::iter::from_fn(|| log.next(ROOM).unwrap())
                .flat_map(|block| block.texts().map(|(text, _)| text.to_owned()).collect::<Vec<_>>())
                .collect();
            assert_eq!((texts, log.at()), (vec!["a".to_owned(), "b".to_owned(), "c".to_owned()], 5));
        }
        let path = folder.path().join("cut.gz");
        let many = (0..100_000).map(|number| format!("line {number}\n")).collect::<Vec<_>>().concat();
        let whole = packed(&many);
        std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
        let mut log = open(&path).unwrap();
        let mut lines = 0;
        let fault = loop {
            match log.next(ROOM) {
                Ok(Some(block)) => lines += block.lines.len(),
                Ok(None) => panic!("the fault is said"),
                Err(error) => break error,
            }
        };
        assert!(lines > 10_000 && fault.kind() == io::ErrorKind::UnexpectedEof, "{lines} {fault}");
    }
}
