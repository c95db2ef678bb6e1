//! Reads the times that logs write, with and without year, zone and offset. Knows no clock: where a year is missing,
//! it is the latest one that puts the line no more than a day after its arrival.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

/// How far a source's clock may run ahead of ours before a line is taken to be of last year.
const AHEAD: SignedDuration = SignedDuration::from_hours(24);

/// How far back a day without a year may lie: 29 February can be eight years away.
const YEARS: i16 = 8;

/// What a line itself does not say about its time.
#[derive(Clone, Copy)]
pub(super) struct When<'a> {
    pub(super) arrived: Timestamp,
    pub(super) zone: &'a TimeZone,
}

impl When<'_> {
    /// The instant of a time written in the source's zone. Times that the change of clocks skips or repeats are read as
    /// RFC 5545 has it: the offset before the gap, the first of two.
    pub(super) fn local(&self, at: DateTime) -> Option<Timestamp> {
        self.zone.to_ambiguous_timestamp(at).compatible().ok()
    }

    /// The instant of a day and time written without a year.
    pub(super) fn yearless(&self, month: i8, day: i8, time: Time) -> Option<Timestamp> {
        let latest = self.arrived.checked_add(AHEAD).ok()?;
        let year = self.zone.to_datetime(latest).year();
        (0..=YEARS)
            .filter_map(|back| Date::new(year - back, month, day).ok())
            .filter_map(|date| self.local(date.to_datetime(time)))
            .find(|time| *time <= latest)
    }
}

/// Reads from the left of a text; each step gives nothing where the text goes on differently.
#[derive(Clone)]
pub(super) struct Reader<'a>(pub(super) &'a str);

impl Reader<'_> {
    /// Passes over `text`.
    pub(super) fn skip(&mut self, text: &str) -> Option<()> {
        self.0 = self.0.strip_prefix(text)?;
        Some(())
    }

    /// A number of between `least` and `most` digits, nine at most.
    pub(super) fn digits(&mut self, least: usize, most: usize) -> Option<i32> {
        let digits = self.0.bytes().take(most).take_while(u8::is_ascii_digit);
        let (number, length) =
            digits.fold((0, 0), |(number, length), digit| (number * 10 + i32::from(digit - b'0'), length + 1));
        self.0 = self.0.get(length..).filter(|_| length >= least.max(1))?;
        Some(number)
    }

    fn two(&mut self) -> Option<i8> {
        let [tens, ones] = *self.0.as_bytes().first_chunk::<2>()?;
        let two = number(tens, ones)?;
        self.0 = &self.0[2..];
        Some(two)
    }

    /// An English month of three letters.
    pub(super) fn month(&mut self) -> Option<i8> {
        let (name, rest) = self.0.split_at_checked(3)?;
        let letters = name.as_bytes().first_chunk::<3>()?.map(|letter| letter.to_ascii_lowercase());
        let month = match &letters {
            b"jan" => 1,
            b"feb" => 2,
            b"mar" => 3,
            b"apr" => 4,
            b"may" => 5,
            b"jun" => 6,
            b"jul" => 7,
            b"aug" => 8,
            b"sep" => 9,
            b"oct" => 10,
            b"nov" => 11,
            b"dec" => 12,
            _ => return None,
        };
        self.0 = rest;
        Some(month)
    }

    /// A day of the month, with or without a space or zero before it.
    pub(super) fn day(&mut self) -> Option<i8> {
        self.0 = self.0.trim_start_matches(' ');
        i8::try_from(self.digits(1, 2)?).ok()
    }

    /// `HH:MM:SS`, with a fraction where there is one. A leap second is read as the second before it.
    pub(super) fn time(&mut self) -> Option<Time> {
        let written = self.0.as_bytes().first_chunk::<8>().filter(|text| text[2] == b':' && text[5] == b':')?;
        let part = |at: usize| number(written[at], written[at + 1]);
        let (hour, minute, second) = (part(0)?, part(3)?, part(6)?.min(59));
        self.0 = &self.0[8..];
        Time::new(hour, minute, second, self.fraction()).ok()
    }

    fn fraction(&mut self) -> i32 {
        let Some(rest) = self.0.strip_prefix(['.', ',']) else { return 0 };
        let length = rest.bytes().take_while(u8::is_ascii_digit).count();
        if length == 0 {
            return 0;
        }
        let nanoseconds = rest.bytes().take(length.min(9)).fold(0, |sum, digit| sum * 10 + i32::from(digit - b'0'));
        self.0 = &rest[length..];
        nanoseconds * (length..9).fold(1, |ten, _| ten * 10)
    }

    /// `YYYY-MM-DD`, `YYYY/MM/DD` as Samba has it, or `DD-Mon-YYYY` as ESET PROTECT and BIND have it.
    fn date(&mut self) -> Option<Date> {
        if self.0.as_bytes().get(2) == Some(&b'-') {
            return self.day_first();
        }
        let year = i16::try_from(self.digits(4, 4)?).ok()?;
        let between = if self.0.starts_with('/') { "/" } else { "-" };
        self.skip(between)?;
        let month = self.two()?;
        self.skip(between)?;
        Date::new(year, month, self.two()?).ok()
    }

    fn day_first(&mut self) -> Option<Date> {
        let day = self.two()?;
        self.skip("-")?;
        let month = self.month()?;
        self.skip("-")?;
        Date::new(i16::try_from(self.digits(4, 4)?).ok()?, month, day).ok()
    }

    /// A date and a time with `T` or a space between them.
    pub(super) fn date_time(&mut self) -> Option<DateTime> {
        let date = self.date()?;
        self.0 = self.0.strip_prefix(['T', 't', ' '])?;
        Some(date.to_datetime(self.time()?))
    }

    /// A date whose month is a word, and the time: `Oct 14 10:45:43.767`, `Mar 6 2023 08:04:45`, `2023 Jan 11 19:27:57`. Many
    /// logs leave the year out.
    pub(super) fn spelled_date(&mut self) -> Option<(Option<i16>, i8, i8, Time)> {
        let mut year = self.digits(4, 4);
        self.0 = self.0.trim_start_matches(' ');
        let month = self.month()?;
        self.skip(" ")?;
        let day = self.day()?;
        self.skip(" ")?;
        let mut with_year = self.clone();
        if let (None, Some(number)) = (year, with_year.digits(4, 4))
            && with_year.skip(" ").is_some()
        {
            year = Some(number);
            *self = with_year;
        }
        let time = self.time()?;
        Some((year.and_then(|year| i16::try_from(year).ok()), month, day, time))
    }

    /// `Z`, `+01:00` or `+0100`.
    pub(super) fn offset(&mut self) -> Option<Offset> {
        if let Some(rest) = self.0.strip_prefix(['Z', 'z']) {
            self.0 = rest;
            return Some(Offset::UTC);
        }
        let sign = match self.0.bytes().next()? {
            b'+' => 1,
            b'-' => -1,
            _ => return None,
        };
        let mut rest = Self(&self.0[1..]);
        let hours = rest.digits(2, 2)?;
        rest.0 = rest.0.strip_prefix(':').unwrap_or(rest.0);
        let minutes = rest.digits(2, 2).unwrap_or(0);
        self.0 = rest.0;
        Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok()
    }
}

/// The number that two digits are.
fn number(tens: u8, ones: u8) -> Option<i8> {
    let both = tens.is_ascii_digit() && ones.is_ascii_digit();
    both.then(|| ((tens - b'0') * 10 + (ones - b'0')).cast_signed())
}

/// The month and day of a line that begins with a date without a year: behind a priority, or behind the letter of a level as
/// Orthanc writes it.
pub(crate) fn yearless_day(line: &str) -> Option<(i8, i8)> {
    let mut reader = Reader(line);
    if let Some(levelled) = line.strip_prefix(['T', 'I', 'W', 'E', 'F'])
        && let Some(day) = day_of_four(&mut Reader(levelled))
    {
        return Some(day);
    }
    if reader.skip("<").is_some() {
        reader.digits(1, 3)?;
        reader.skip(">")?;
    }
    let (year, month, day, _) = reader.spelled_date()?;
    year.is_none().then_some((month, day))
}

/// `MMDD HH:MM:SS`.
fn day_of_four(reader: &mut Reader<'_>) -> Option<(i8, i8)> {
    let (month, day) = (reader.two()?, reader.two()?);
    reader.skip(" ")?;
    reader.time()?;
    Date::new(2000, month, day).is_ok().then_some((month, day))
}

/// The instant of a whole text that holds a date and time, in the source's zone where it has no offset of its own.
pub(super) fn written(text: &str, when: When<'_>) -> Option<Timestamp> {
    let mut reader = Reader(text.trim());
    let at = reader.date_time()?;
    reader.0 = reader.0.trim_start();
    if reader.0.is_empty() {
        return when.local(at);
    }
    let offset = reader.offset().filter(|_| reader.0.is_empty())?;
    offset.to_timestamp(at).ok()
}

/// The instant of a whole text that holds a date and time, in UTC where it has no offset of its own.
pub(super) fn universal(text: &str) -> Option<Timestamp> {
    written(text, When { arrived: Timestamp::UNIX_EPOCH, zone: &TimeZone::UTC })
}

/// The offset of a zone that a device names. What an abbreviation means is the administrator's choice: those are read that
/// mean the same to everybody in Europe and North America.
pub(super) fn zone(word: &str) -> Option<Offset> {
    const ZONES: [(&str, i8); 18] = [
        ("UTC", 0),
        ("GMT", 0),
        ("WET", 0),
        ("WEST", 1),
        ("CET", 1),
        ("MET", 1),
        ("CEST", 2),
        ("MEST", 2),
        ("EET", 2),
        ("EEST", 3),
        ("EST", -5),
        ("EDT", -4),
        ("CST", -6),
        ("CDT", -5),
        ("MST", -7),
        ("MDT", -6),
        ("PST", -8),
        ("PDT", -7),
    ];
    ZONES.iter().find(|(name, _)| *name == word).map(|(_, hours)| Offset::constant(*hours))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &str) -> TimeZone {
        TimeZone::get(name).unwrap()
    }

    fn instant(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn finds_the_year_on_both_sides_of_new_year() {
        for (arrived, month, day, time, wanted) in [
            ("2026-11-21T20:00:00Z", 11, 21, "19:28:22", "2026-11-21T18:28:22Z"),
            ("2027-01-01T00:00:10Z", 12, 31, "23:59:59", "2026-12-31T22:59:59Z"),
            ("2026-12-31T22:59:50Z", 1, 1, "00:00:10", "2026-12-31T23:00:10Z"),
            ("2026-12-31T10:00:00Z", 1, 2, "00:00:00", "2026-01-01T23:00:00Z"),
            ("2027-03-01T10:00:00Z", 2, 29, "12:00:00", "2024-02-29T11:00:00Z"),
            ("2026-11-21T20:00:00Z", 11, 22, "20:59:59", "2026-11-22T19:59:59Z"),
            ("2026-11-21T20:00:00Z", 11, 22, "21:00:01", "2025-11-22T20:00:01Z"),
        ] {
            let zone = zone("Europe/Paris");
            let when = When { arrived: instant(arrived), zone: &zone };
            assert_eq!(when.yearless(month, day, time.parse().unwrap()), Some(instant(wanted)), "{arrived} {time}");
        }
    }

    #[test]
    fn reads_skipped_and_repeated_hours_like_calendars_do() {
        let zone = zone("Europe/Paris");
        let when = When { arrived: instant("2026-11-21T20:00:00Z"), zone: &zone };
        assert_eq!(written("2026-03-29T02:30:00", when), Some(instant("2026-03-29T01:30:00Z")));
        assert_eq!(written("2026-10-25T02:30:00", when), Some(instant("2026-10-25T00:30:00Z")));
    }

    #[test]
    fn reads_dates_and_times_as_logs_write_them() {
        let zone = zone("Europe/Paris");
        let when = When { arrived: instant("2026-11-21T20:00:00Z"), zone: &zone };
        for (text, wanted) in [
            ("2026-11-21T19:28:22.215876+0000", "2026-11-21T19:28:22.215876Z"),
            ("2026-11-21T19:28:22+01:00", "2026-11-21T18:28:22Z"),
            ("2026-11-21T19:28:22Z", "2026-11-21T19:28:22Z"),
            ("2026-11-21 19:28:22,5", "2026-11-21T18:28:22.5Z"),
            ("2026/11/21 19:28:22.1234567891", "2026-11-21T18:28:22.123456789Z"),
            ("2026-12-31T23:59:60Z", "2026-12-31T23:59:59Z"),
            ("30-Nov-2026 09:12:13", "2026-11-30T08:12:13Z"),
            ("02-feb-2026 09:12:13.25 +0000", "2026-02-02T09:12:13.25Z"),
        ] {
            assert_eq!(written(text, when), Some(instant(wanted)), "{text}");
        }
        for text in [
            "",
            "2026-11-21",
            "30-Nov-2026",
            "31-Nov-2026 09:12:13",
            "30-Nov-26 09:12:13",
            "2026-13-21T19:28:22Z",
            "2026-11-21T24:28:22Z",
            "19:28:22",
            "2026-11-21T19:28:22 CET",
        ] {
            assert_eq!(written(text, when), None, "{text}");
        }
    }

    /// Where the calendar ends, there is a time or none, and never one that cannot be.
    /// S17 of issue 11.
    #[test]
    fn times_at_the_ends_of_the_calendar_are_times_or_none() {
        for name in ["Europe/Paris", "Asia/Tokyo", "America/New_York", "UTC"] {
            let zone = zone(name);
            let when = When { arrived: instant("2026-11-21T20:00:00Z"), zone: &zone };
            for text in [
                "-009999-01-02T01:59:58.1Z",
                "-000001-01-01T00:00:00Z",
                "9999-12-31T23:59:59.9Z",
                "9999-12-30T23:59:59-01:00",
            ] {
                assert_eq!(written(text, when), None, "{text} {name}");
            }
            for text in ["0000-01-01T00:00:00", "0000-01-01T00:00:00+23:59", "9999-12-30T00:00:00-01:00"] {
                assert!(written(text, when).is_some(), "{text} {name}");
            }
            for arrived in [Timestamp::MIN, Timestamp::MAX] {
                let when = When { arrived, ..when };
                assert_eq!(
                    when.yearless(2, 29, Time::midnight())
                        .filter(|time| *time > arrived.saturating_add(AHEAD).unwrap()),
                    None
                );
                assert!(written("2026-11-21T19:28:22", when).is_some());
            }
        }
    }
}
