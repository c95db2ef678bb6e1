//! Instants and durations as people read them: on their own clock, in the order of their own language.

use std::borrow::Cow;

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::Said;
use crate::base::language::Language;

/// An instant on the clock of a place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct At<'a>(pub(crate) Timestamp, pub(crate) &'a TimeZone);

impl Said for At<'_> {
    fn said(&self, language: Language) -> Cow<'_, str> {
        let zoned = self.0.to_zoned(self.1.clone());
        let day = Day(zoned.date());
        // The zone says which of the two it is where an hour comes twice, and that it is nobody's own clock.
        let names_zone = *self.1 == TimeZone::UTC || self.1.to_ambiguous_zoned(zoned.datetime()).is_ambiguous();
        let hour = zoned.strftime(if names_zone { "%H:%M:%S %Z" } else { "%H:%M:%S" });
        Cow::Owned(format!("{} {hour}", day.said(language)))
    }
}

/// A day.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Day(pub(crate) Date);

impl Said for Day {
    fn said(&self, language: Language) -> Cow<'_, str> {
        let month = usize::try_from(self.0.month() - 1).unwrap_or_default() % 12;
        Cow::Owned(match (language, self.0.day()) {
            (Language::Fr, 1) => format!("1er {} {}", FRENCH_MONTHS[month], self.0.year()),
            (Language::Fr, day) => format!("{day} {} {}", FRENCH_MONTHS[month], self.0.year()),
            (Language::En, _) => self.0.strftime("%-d %b %Y").to_string(),
        })
    }
}

/// The months as they are written beside a number.
const FRENCH_MONTHS: [&str; 12] =
    ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."];

/// The day and the hour on the wall, written out.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wall(pub(crate) DateTime);

impl Said for Wall {
    fn said(&self, language: Language) -> Cow<'_, str> {
        const DAYS: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
        const MONTHS: [&str; 12] = [
            "janvier",
            "février",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre",
        ];
        let Self(wall) = self;
        Cow::Owned(match language {
            Language::En => wall.strftime("%A %-d %B %Y, %H:%M:%S").to_string(),
            Language::Fr => {
                let day = DAYS[usize::try_from(wall.weekday().to_monday_zero_offset()).unwrap_or_default() % 7];
                let month = MONTHS[usize::try_from(wall.month() - 1).unwrap_or_default() % 12];
                let number = if wall.day() == 1 { "1er".to_owned() } else { wall.day().to_string() };
                format!("{day} {number} {month} {} à {}", wall.year(), wall.strftime("%H:%M:%S"))
            }
        })
    }
}

/// How long something lasted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lasted(pub(crate) SignedDuration);

impl Said for Lasted {
    fn said(&self, language: Language) -> Cow<'_, str> {
        let millis = self.0.as_millis().max(0);
        if millis > 0 && millis < 10_000 {
            let point = language.pick(',', '.');
            // Rounded up, so that what happened never shows as no time at all.
            let tenths = (millis + 99) / 100;
            return Cow::Owned(match tenths % 10 {
                0 => format!("{}\u{a0}s", tenths / 10),
                rest => format!("{}{point}{rest}\u{a0}s", tenths / 10),
            });
        }
        let seconds = (millis + 500) / 1000;
        Cow::Owned(match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
            (0, 0, seconds) => format!("{seconds}\u{a0}s"),
            (0, minutes, 0) => format!("{minutes}\u{a0}min"),
            (0, minutes, seconds) => format!("{minutes}\u{a0}min\u{a0}{seconds:02}\u{a0}s"),
            (hours, 0, 0) => format!("{hours}\u{a0}h"),
            (hours, minutes, 0) => format!("{hours}\u{a0}h\u{a0}{minutes:02}"),
            (hours, minutes, seconds) => format!("{hours}\u{a0}h\u{a0}{minutes:02}\u{a0}min\u{a0}{seconds:02}\u{a0}s"),
        })
    }
}

/// How long ago something was, in its largest unit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ago(pub(crate) SignedDuration);

impl Said for Ago {
    fn said(&self, language: Language) -> Cow<'_, str> {
        let seconds = self.0.as_secs().max(0);
        let (count, unit) = match seconds {
            0..60 => (seconds, "s"),
            60..3_600 => (seconds / 60, "min"),
            3_600..172_800 => (seconds / 3_600, "h"),
            _ => (seconds / 86_400, language.pick("j", "d")),
        };
        Cow::Owned(language.pick(format!("il y a {count}\u{a0}{unit}"), format!("{count}\u{a0}{unit} ago")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_is_so_long_ago() {
        for (seconds, fr, en) in [
            (-3, "il y a 0 s", "0 s ago"),
            (59, "il y a 59 s", "59 s ago"),
            (61, "il y a 1 min", "1 min ago"),
            (3 * 3_600 + 59, "il y a 3 h", "3 h ago"),
            (49 * 3_600, "il y a 2 j", "2 d ago"),
        ] {
            let ago = Ago(SignedDuration::from_secs(seconds));
            let plain = |language| ago.said(language).replace('\u{a0}', " ");
            assert_eq!((plain(Language::Fr).as_str(), plain(Language::En).as_str()), (fr, en), "{seconds}");
        }
    }

    #[test]
    fn durations_read_as_people_say_them() {
        for (millis, fr, en) in [
            (0, "0 s", "0 s"),
            (1, "0,1 s", "0.1 s"),
            (400, "0,4 s", "0.4 s"),
            (2_000, "2 s", "2 s"),
            (24_000, "24 s", "24 s"),
            (59_600, "1 min", "1 min"),
            (90_000, "1 min 30 s", "1 min 30 s"),
            (3_600_000, "1 h", "1 h"),
            (3_900_000, "1 h 05", "1 h 05"),
            (3_661_000, "1 h 01 min 01 s", "1 h 01 min 01 s"),
        ] {
            let lasted = Lasted(SignedDuration::from_millis(millis));
            let plain = |language| lasted.said(language).replace('\u{a0}', " ");
            assert_eq!((plain(Language::Fr).as_str(), plain(Language::En).as_str()), (fr, en), "{millis}");
        }
    }

    #[test]
    fn days_are_written_out() {
        let wall = Wall("2024-02-11T00:30:00".parse().expect("a day and an hour"));
        assert_eq!(wall.said(Language::Fr), "dimanche 11 février 2024 à 00:30:00");
        assert_eq!(wall.said(Language::En), "Sunday 11 February 2024, 00:30:00");
    }

    #[test]
    fn an_instant_is_read_on_the_clock_of_the_place() {
        let paris = TimeZone::get("Europe/Paris").expect("a zone of the database");
        for (instant, fr, en) in [
            ("2026-11-21T19:31:05.123456Z", "21 nov. 2026 20:31:05", "21 Nov 2026 20:31:05"),
            ("2026-04-30T22:00:00Z", "1er mai 2026 00:00:00", "1 May 2026 00:00:00"),
            ("2026-02-28T12:00:00Z", "28 févr. 2026 13:00:00", "28 Feb 2026 13:00:00"),
            // The hour that comes twice.
            ("2026-10-25T00:59:58Z", "25 oct. 2026 02:59:58 CEST", "25 Oct 2026 02:59:58 CEST"),
            ("2026-10-25T01:00:03Z", "25 oct. 2026 02:00:03 CET", "25 Oct 2026 02:00:03 CET"),
        ] {
            let at = At(instant.parse().expect("an instant"), &paris);
            assert_eq!((at.said(Language::Fr).as_ref(), at.said(Language::En).as_ref()), (fr, en), "{instant}");
        }
    }
}
