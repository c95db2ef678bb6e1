//! One stream of lines: a log of a source, later a connection. What was read of a record that is not whole yet belongs to
//! the stream it stands in; lines of two streams never join.
//!
//! Pure: lines and realms go in, events come out. Knows no file: of where a line is, it keeps the name and the offset that
//! it was given.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::format::{Decoder, Format, Raws, Read};
use super::line::Position;
use super::source;
use crate::base::realm::Realm;

/// One stream of lines.
#[derive(Debug)]
pub struct Stream {
    decoder: Decoder,
    /// Lines of an exercise are decoded apart: a record may go over several lines, and those of the two never join.
    /// Nothing before the first of them.
    drill: Option<Box<Decoder>>,
    unfinished: Option<Unfinished>,
}

/// A record of several lines whose last one is still to come: what was read of it is in memory only.
#[derive(Debug)]
struct Unfinished {
    /// The file, by the name of its position.
    file: String,
    offset: u64,
}

impl Stream {
    fn new(decoder: Decoder) -> Self {
        Self { decoder, drill: None, unfinished: None }
    }

    /// Reads a line of `realm`, no further than rules need.
    pub fn read<'a>(&'a mut self, realm: Realm, arrived: Timestamp, text: &'a str) -> Read<'a> {
        self.decoder(realm).read(arrived, text)
    }

    /// Reads what was kept of a line of `realm`: only its head, where it was cut.
    pub(crate) fn read_kept<'a>(
        &'a mut self,
        realm: Realm,
        arrived: Timestamp,
        text: &'a str,
        is_cut: bool,
    ) -> Read<'a> {
        if is_cut {
            return Read::Decoded(self.decoder(realm).decode_head(arrived, text));
        }
        self.read(realm, arrived, text)
    }

    fn decoder(&mut self, realm: Realm) -> &mut Decoder {
        if realm == Realm::Live {
            return &mut self.decoder;
        }
        self.drill.get_or_insert_with(|| Box::new(self.decoder.fresh()))
    }

    /// As [`Decoder::passes`], of a real line.
    pub(crate) fn passes(&mut self, text: &str) -> bool {
        self.decoder.passes(text)
    }

    /// What reads the lines that stand alone.
    pub(crate) fn raws(&self) -> &Raws {
        self.decoder.raws()
    }

    /// Takes note of where the record begins that the line just read belongs to: it is at `offset` of `file`. The record is
    /// given up where a line of an exercise stands in it: such a line counts once, and read again it would be real.
    fn note(&mut self, is_real: bool, file: Option<&str>, offset: u64) {
        match (self.decoder.lines_of_unfinished(), file) {
            (1, Some(file)) if is_real => {
                self.unfinished = Some(Unfinished { file: file.to_owned(), offset });
            }
            (2.., Some(_)) if is_real => {}
            _ => self.unfinished = None,
        }
    }

    /// The format of its lines: the one asked for, or the one found out so far.
    pub fn picked(&self) -> Option<Format> {
        self.decoder.picked()
    }
}

/// The streams of one source.
#[derive(Debug)]
pub struct Streams {
    /// Has read nothing; each stream begins with one like it.
    fresh: Decoder,
    open: BTreeMap<String, Stream>,
    /// Those of them in which a record is not whole: seldom any.
    unfinished: BTreeSet<String>,
}

impl Streams {
    /// No stream yet; the lines of each will be read as `decoder` does.
    pub fn new(decoder: Decoder) -> Self {
        Self { fresh: decoder, open: BTreeMap::new(), unfinished: BTreeSet::new() }
    }

    /// What the lines of the stream called `name` are read with.
    pub(crate) fn decoder(&self, name: &str) -> &Decoder {
        self.open.get(name).map_or(&self.fresh, |stream| &stream.decoder)
    }

    /// The stream called `name`, new where nothing of it was read before.
    pub fn get(&mut self, name: &str) -> &mut Stream {
        if !self.open.contains_key(name) {
            self.open.insert(name.to_owned(), Stream::new(self.fresh.fresh()));
        }
        self.open.get_mut(name).expect("it is there by now")
    }

    /// Takes note of where the line just read from the stream `name` is, as [`Line::offset`](super::line::Line) and the
    /// name of its file's position say.
    pub fn note(&mut self, name: &str, is_real: bool, file: Option<&str>, offset: u64) {
        let stream = self.get(name);
        stream.note(is_real, file, offset);
        if stream.unfinished.is_some() {
            self.unfinished.insert(name.to_owned());
        } else if !self.unfinished.is_empty() {
            self.unfinished.remove(name);
        }
    }

    /// The formats of all streams as far as they are known, each once.
    pub fn picked(&self) -> Vec<Format> {
        let mut picked = Vec::new();
        for format in self.open.values().filter_map(Stream::picked) {
            if !picked.contains(&format) {
                picked.push(format);
            }
        }
        picked
    }

    /// The positions to keep: that of a file with an unfinished record is where the record begins, so that all of it is
    /// read again after a crash. Nothing followed from it yet.
    ///
    /// Forgets the streams that `ended`.
    pub fn commit(&mut self, mut positions: Vec<Position>, ended: &[String]) -> Vec<Position> {
        for name in ended {
            self.open.remove(name);
            self.unfinished.remove(name);
        }
        let unfinished = self.unfinished.iter().filter_map(|name| self.open.get(name)?.unfinished.as_ref());
        let begins: BTreeMap<&str, u64> = unfinished.map(|record| (record.file.as_str(), record.offset)).collect();
        for position in &mut positions {
            if let Some(offset) = begins.get(position.file.as_str()) {
                *position = source::at_line(position, *offset);
            }
        }
        positions
    }
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;
    use crate::base::id::DrillId;

    const FIRST: &str = r#"/usr/sbin/smbd: {"timestamp": "2026-11-21T19:37:14+0000", "type": "Authentication", "#;
    const SECOND: &str = r#"/usr/sbin/smbd: "Authentication": {"eventId": 4625, "#;
    const LAST: &str = r#"/usr/sbin/smbd: "status": "NT_STATUS_WRONG_PASSWORD"}}"#;

    fn streams() -> Streams {
        Streams::new(Decoder::new(Format::SambaJson, TimeZone::UTC, None))
    }

    /// Reads a line of the file `name`, which is a stream; whether it ended an event, and where a record begins in it.
    fn read(streams: &mut Streams, name: &str, realm: Realm, text: &str, offset: u64) -> (bool, Option<u64>) {
        let event = matches!(
            streams.get(name).read(realm, Timestamp::UNIX_EPOCH, text),
            Read::Decoded(crate::watch::format::Decoded::Event(_))
        );
        streams.note(name, realm == Realm::Live, Some(name), offset);
        (event, streams.get(name).unfinished.as_ref().map(|unfinished| unfinished.offset))
    }

    #[test]
    fn a_record_begins_at_its_first_line_until_it_is_whole_or_another_begins() {
        let mut streams = streams();
        let mut begins = |text: &str, offset| read(&mut streams, "f", Realm::Live, text, offset).1;
        assert_eq!(begins("/usr/sbin/smbd: started", 0), None);
        assert_eq!((begins(FIRST, 10), begins(SECOND, 20), begins(LAST, 30)), (Some(10), Some(10), None));
        assert_eq!(
            (begins(FIRST, 40), begins(FIRST, 50), begins("/usr/sbin/nmbd: started", 60)),
            (Some(40), Some(50), None)
        );
    }

    #[test]
    fn a_line_of_an_exercise_in_the_middle_of_a_record_is_not_read_again() {
        let mut streams = streams();
        let mut begins = |realm, text: &str, offset| read(&mut streams, "f", realm, text, offset).1;
        assert_eq!(begins(Realm::Live, FIRST, 10), Some(10));
        assert_eq!(begins(Realm::Drill(DrillId(1)), "a line of an exercise", 20), None);
        assert_eq!(begins(Realm::Live, SECOND, 30), None);
        assert_eq!(begins(Realm::Live, LAST, 40), None);
    }

    #[test]
    fn lines_of_two_streams_never_join_nor_do_those_of_an_exercise() {
        let mut streams = streams();
        let drill = Realm::Drill(DrillId(1));
        for (name, realm) in [("f", Realm::Live), ("g", Realm::Live), ("f", drill)] {
            assert!(!read(&mut streams, name, realm, FIRST, 10).0);
        }
        for (name, realm) in [("f", Realm::Live), ("g", Realm::Live), ("f", drill)] {
            assert!(!read(&mut streams, name, realm, SECOND, 20).0);
            assert!(read(&mut streams, name, realm, LAST, 30).0, "{name} {realm:?}");
        }
    }

    #[test]
    fn what_an_ended_stream_left_unsaid_is_forgotten() {
        let mut streams = streams();
        read(&mut streams, "f", Realm::Live, FIRST, 10);
        assert_eq!(streams.commit(Vec::new(), &["f".to_owned()]), []);
        assert!(!read(&mut streams, "f", Realm::Live, LAST, 20).0);
    }
}
