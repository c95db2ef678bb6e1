//! Of which years the lines of a log are that names none. The last line is of the latest year that its file allows; from
//! there it goes back, and two lines that follow each other are taken to be less than half a year apart. So a log that goes
//! over several years is read as it was written, and a device that begins at 1 January until it knows the time stays where
//! it was.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt as _;
use std::path::Path;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::watch::format::yearless_day;
use crate::watch::source::replay;

/// Of a large log one line in so many bytes is looked at: nobody writes so little that half a year lies between two.
const PIECE: u64 = 64 * 1024;
/// Up to this size all lines are.
const SMALL: u64 = 16 * PIECE;
/// So much of a line is looked at.
const HEAD: usize = 64;
/// Among so many first lines must be one without a year.
const FIRST: usize = 20;
/// Half a year, in days of months that all have 31.
const HALF: i32 = 186;

/// The years of one log.
#[derive(Debug, Clone)]
pub(super) struct Years {
    /// When its last lines arrived.
    latest: Timestamp,
    /// Up to which place lines are of earlier years, and as of when they are read; in their order.
    before: Vec<(u64, Timestamp)>,
}

impl Years {
    /// Where all arrived now.
    pub(super) fn now(latest: Timestamp) -> Self {
        Self { latest, before: Vec::new() }
    }

    /// The years of the log at `path`, of which the last line arrived `latest`.
    pub(super) fn of(path: &Path, zone: &TimeZone, latest: Timestamp) -> Self {
        // What cannot be read here is said by whoever reads it.
        let walk = turns(path).unwrap_or_default();
        let before = walk.map_or_else(Vec::new, |walk| walk.segments(zone, latest));
        Self { latest, before }
    }

    /// As of when the line that begins at `offset` is read.
    pub(super) fn arrival(&self, offset: u64) -> Timestamp {
        let at = self.before.partition_point(|(until, _)| *until <= offset);
        self.before.get(at).map_or(self.latest, |(_, arrival)| *arrival)
    }
}

/// Lines looked at in their order.
#[derive(Debug, Default)]
struct Walk {
    /// The place and day of the last one that has one.
    last: Option<(u64, (i8, i8))>,
    /// Where the year is another from there on, and by how much.
    turns: Vec<(u64, i32)>,
}

impl Walk {
    /// The next line. Where its year is another than that of the one before, that is noted.
    fn line(&mut self, offset: u64, head: &[u8]) {
        let head = String::from_utf8_lossy(&head[..head.len().min(HEAD)]);
        let Some(day) = yearless_day(&head) else { return };
        if let Some((_, before)) = self.last.replace((offset, day)) {
            let turn = turn(before, day);
            self.turns.extend((turn != 0).then_some((offset, turn)));
        }
    }

    fn lines(&mut self, mut offset: u64, bytes: &[u8]) {
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.line(offset, line);
            offset += line.len() as u64;
        }
    }

    /// Up to which place lines are of an earlier year than the last one.
    fn segments(self, zone: &TimeZone, latest: Timestamp) -> Vec<(u64, Timestamp)> {
        let Some((_, last)) = self.last else { return Vec::new() };
        let now = latest.checked_add(SignedDuration::from_hours(24)).unwrap_or(latest).to_zoned(zone.clone());
        let year = if last > (now.month(), now.day()) { now.year() - 1 } else { now.year() };
        let mut ago: i32 = self.turns.iter().map(|(_, turn)| turn).sum();
        let mut segments = Vec::new();
        for (until, turn) in self.turns {
            let earlier = i16::try_from(ago).ok().filter(|ago| *ago > 0).and_then(|ago| end_of(year - ago, zone));
            segments.push((until, earlier.unwrap_or(latest)));
            ago -= turn;
        }
        segments
    }
}

/// By how many years a line is later than the one before: they are less than half a year apart.
fn turn(before: (i8, i8), day: (i8, i8)) -> i32 {
    let number = |(month, day): (i8, i8)| i32::from(month) * 31 + i32::from(day);
    match number(day) - number(before) {
        back if back < -HALF => 1,
        on if on > HALF => -1,
        _ => 0,
    }
}

/// An instant as of which no line without a year is of a later one.
fn end_of(year: i16, zone: &TimeZone) -> Option<Timestamp> {
    let last = Date::new(year, 12, 30).ok()?.at(23, 59, 0, 0);
    zone.to_ambiguous_timestamp(last).compatible().ok()
}

/// The lines of a log as far as they tell. Nothing where its first lines name their years, or no day.
fn turns(path: &Path) -> io::Result<Option<Walk>> {
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    if !file.metadata()?.is_file() {
        return Ok(None);
    }
    let head = bytes(&file, 0, PIECE)?;
    if head.starts_with(&[0x1f, 0x8b]) {
        return unpacked(path);
    }
    if !head.split(|byte| *byte == b'\n').take(FIRST).any(has_day) {
        return Ok(None);
    }
    if size <= SMALL {
        let mut walk = Walk::default();
        walk.lines(0, &bytes(&file, 0, size)?);
        return Ok(Some(walk));
    }
    sampled(&file, size).map(Some)
}

fn has_day(line: &[u8]) -> bool {
    yearless_day(&String::from_utf8_lossy(&line[..line.len().min(HEAD)])).is_some()
}

/// Looks at one line in each piece, and at all between two of which the second is of another year.
fn sampled(file: &File, size: u64) -> io::Result<Walk> {
    let mut walk = Walk::default();
    for piece in (0..size).step_by(usize::try_from(PIECE).unwrap_or(usize::MAX)).chain([size.saturating_sub(PIECE / 8)])
    {
        let some = bytes(file, piece, PIECE / 8)?;
        let from = if piece == 0 { Some(0) } else { memchr::memchr(b'\n', &some).map(|end| end + 1) };
        let Some((offset, line)) = from.map(|from| (piece + from as u64, &some[from..])) else { continue };
        let (before, known) = (walk.last, walk.turns.len());
        walk.line(offset, line);
        if let (true, Some((start, day))) = (walk.turns.len() > known, before) {
            walk.turns.truncate(known);
            walk.last = Some((start, day));
            walk.lines(start, &bytes(file, start, offset - start)?);
            walk.line(offset, line);
        }
    }
    Ok(walk)
}

/// Looks at all lines of an archive, which has to be unpacked for that.
fn unpacked(path: &Path) -> io::Result<Option<Walk>> {
    let (mut log, mut walk, mut seen) = (replay::open(path)?, Walk::default(), 0);
    while let Some(block) = log.next(replay::ROOM)? {
        for (text, offset) in block.texts() {
            walk.line(offset, text.as_bytes());
        }
        seen += block.lines.len();
        if seen >= FIRST && walk.last.is_none() {
            return Ok(None);
        }
    }
    Ok(Some(walk))
}

fn bytes(file: &File, offset: u64, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; usize::try_from(most).unwrap_or(usize::MAX)];
    let mut filled = 0;
    while filled < bytes.len() {
        match file.read_at(&mut bytes[filled..], offset + filled as u64)? {
            0 => break,
            read => filled += read,
        }
    }
    bytes.truncate(filled);
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instant(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    /// The year of each line, in a small log and in one of which only some lines are looked at.
    fn years(days: &[&str], latest: &str) {
        for filler in [0, 9000] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("log");
            let line = |day: &str| format!("{day} 12:00:00 srv app: x\n").repeat(1 + filler);
            std::fs::write(&path, days.iter().map(|day| line(&day[5..])).collect::<String>()).unwrap();
            let years = Years::of(&path, &TimeZone::UTC, instant(latest));
            let mut offset = 0;
            for day in days {
                let line = line(&day[5..]);
                for at in [offset, offset + line.len() as u64 - line.len() as u64 / (1 + filler as u64)] {
                    let arrival = years.arrival(at).to_zoned(TimeZone::UTC);
                    let latest = instant(latest).to_zoned(TimeZone::UTC).year();
                    let wanted: i16 = day[..4].parse().unwrap();
                    let exact = arrival.year() == wanted || (arrival.year() == latest && wanted + 1 == latest);
                    assert!(exact, "{filler} {day}: {arrival}");
                }
                offset += line.len() as u64;
            }
        }
    }

    #[test]
    fn a_log_that_goes_over_years_is_walked_back_from_its_end() {
        years(
            &[
                "2023 Nov  3",
                "2024 Feb  1",
                "2024 Jul 30",
                "2024 Dec 31",
                "2025 Jan  1",
                "2025 Jun  1",
                "2025 Nov 30",
                "2026 Jan 10",
            ],
            "2026-01-11T00:00:00Z",
        );
        years(&["2025 Nov 30", "2026 Jan  2"], "2026-03-01T00:00:00Z");
    }

    #[test]
    fn what_comes_late_or_from_a_clock_that_was_not_set_changes_no_year_of_others() {
        // A line of the old year between two of the new one.
        years(
            &["2024 Dec 31", "2025 Jan  1", "2024 Dec 31", "2025 Jan  1", "2025 May  1", "2025 Oct 30", "2026 Jan  2"],
            "2026-01-03T00:00:00Z",
        );
        let boots = ["2025 Nov 20", "2025 Jan  1", "2025 Nov 20", "2025 Jan  1", "2025 Nov 21"];
        years(&boots, "2025-11-22T00:00:00Z");
    }

    #[test]
    fn a_log_that_names_its_years_or_no_day_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log");
        for text in ["2024-11-30T10:00:00Z x\n2026-01-01T00:00:00Z y\n", "a\nb\n", ""] {
            std::fs::write(&path, text).unwrap();
            assert!(Years::of(&path, &TimeZone::UTC, instant("2026-01-03T00:00:00Z")).before.is_empty());
        }
    }
}
