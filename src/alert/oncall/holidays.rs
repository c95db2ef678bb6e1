//! Days on which nothing is as on other days: for hours of the week they are Sundays.

use std::collections::BTreeSet;

use jiff::Span;
use jiff::civil::{Date, Weekday};

/// Public holidays of a site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Holidays {
    /// Those of France: Code du travail, L.3133-1.
    pub(crate) french: bool,
    /// The two more of Alsace and Moselle: Code du travail, L.3134-13.
    pub(crate) alsace_moselle: bool,
    /// The site's own.
    pub(crate) days: BTreeSet<Date>,
}

/// Month and day of the holidays that have a date.
const FRENCH: [(i8, i8); 8] = [(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)];
/// Days behind Easter: its Monday, Ascension, Whit Monday.
const BEHIND_EASTER: [i64; 3] = [1, 39, 50];

impl Holidays {
    /// The day of the week that `date` counts as.
    pub(crate) fn weekday(&self, date: Date) -> Weekday {
        if self.hold(date) { Weekday::Sunday } else { date.weekday() }
    }

    fn hold(&self, date: Date) -> bool {
        let behind_easter =
            |days: i64| easter(date.year()).checked_add(Span::new().days(days)).is_ok_and(|day| day == date);
        let french = || FRENCH.contains(&(date.month(), date.day())) || BEHIND_EASTER.into_iter().any(behind_easter);
        let more = || (date.month(), date.day()) == (12, 26) || behind_easter(-2);
        self.days.contains(&date) || self.french && french() || self.alsace_moselle && more()
    }
}

/// Easter Sunday, by the rule of the Gregorian calendar.
fn easter(year: i16) -> Date {
    let year = i32::from(year);
    let (golden, century) = (year % 19, year / 100);
    let corrected = century - century / 4 - (8 * century + 13) / 25;
    let epact = (corrected + 19 * golden + 15) % 30;
    let moon = epact - (epact / 28) * (1 - (29 / (epact + 1)) * ((21 - golden) / 11));
    let weekday = (year + year / 4 + moon + 2 - century + century / 4) % 7;
    let from_march = 28 + moon - weekday;
    let (month, day) = if from_march > 31 { (4, from_march - 31) } else { (3, from_march) };
    let small = |number: i32| i8::try_from(number).unwrap_or(1);
    Date::new(i16::try_from(year).unwrap_or_default(), small(month), small(day)).unwrap_or(Date::ZERO)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn easter_is_where_the_calendar_has_it() {
        for (year, month, day) in
            [(1961, 4, 2), (2000, 4, 23), (2008, 3, 23), (2026, 4, 5), (2027, 3, 28), (2038, 4, 25), (2285, 3, 22)]
        {
            assert_eq!(easter(year), date(year, month, day));
        }
    }

    #[test]
    fn public_holidays_count_as_sundays() {
        let own = Holidays { days: [date(2026, 12, 24)].into(), ..Holidays::default() };
        let french = Holidays { french: true, ..own.clone() };
        let alsace = Holidays { alsace_moselle: true, ..french.clone() };
        let counted = |holidays: &Holidays| {
            let year = date(2026, 1, 1).series(Span::new().days(1)).take(365);
            year.filter(|date| holidays.hold(*date)).map(|date| date.strftime("%m-%d").to_string()).collect::<Vec<_>>()
        };
        assert_eq!(counted(&own), ["12-24"]);
        assert_eq!(
            counted(&french),
            [
                "01-01", "04-06", "05-01", "05-08", "05-14", "05-25", "07-14", "08-15", "11-01", "11-11", "12-24",
                "12-25"
            ]
        );
        assert_eq!(counted(&alsace).len(), 14);
        assert_eq!(alsace.weekday(date(2026, 4, 3)), Weekday::Sunday);
        assert_eq!(french.weekday(date(2026, 4, 3)), Weekday::Friday);
    }
}
