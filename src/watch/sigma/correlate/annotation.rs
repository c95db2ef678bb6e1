//! What a match says besides its rule's own words, in both languages.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::absence::Missed;
use crate::base::language::Text;

/// What must be known about something that did not come.
pub(crate) fn of(missed: &Missed) -> Option<Text> {
    let mut fr = Vec::new();
    let mut en = Vec::new();
    if let Some(count) = missed.all {
        let who: Vec<String> = missed.who.iter().map(|who| who.join(" ")).collect();
        let more = if who.len() < count { ", …" } else { "" };
        let (who, since) = (who.join(", "), clock_time(missed.heard));
        fr.push(format!(
            "Plus aucun des {count} attendus n'est entendu depuis {since} ({who}{more}). Regardez d'abord si leurs \
             journaux arrivent encore : la source elle-même peut être muette."
        ));
        en.push(format!(
            "None of the {count} that are waited for has been heard of since {since} ({who}{more}). See first whether \
             their logs still arrive: the source itself may be silent."
        ));
    }
    if missed.late {
        let due = clock_time(missed.time);
        fr.push(format!("C'était dû à {due}, pendant que vigie ne regardait pas."));
        en.push(format!("It was due at {due}, while vigie was not looking."));
    }
    (!fr.is_empty()).then(|| Text::both(&fr.join(" "), &en.join(" ")))
}

/// A moment as it can be found in a log.
fn clock_time(milliseconds: i64) -> String {
    let time = Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::UNIX_EPOCH);
    time.to_zoned(TimeZone::UTC).strftime("%Y-%m-%d %H:%M UTC").to_string()
}
