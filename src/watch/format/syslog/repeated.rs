//! Equal messages that a logger put together: `message repeated 5 times: [ Failed password for … ]`.

/// So many events one line can stand for, at most: whoever can write one line can write that many.
const MOST: u32 = 10_000;

/// How often the message inside was said, and the message.
pub(super) fn unwrapped(message: &str) -> Option<(u32, &str)> {
    let rest = message.strip_prefix("message repeated ")?;
    let (times, rest) = rest.split_once(" time")?;
    let times: u64 = times.parse().ok()?;
    let rest = rest.strip_prefix('s').unwrap_or(rest).strip_prefix(':')?.trim_start();
    let inside = rest.strip_prefix('[')?;
    // The last bracket closes: messages have some of their own. A cut line has none.
    let inside = inside.strip_suffix(']').unwrap_or(inside);
    Some((u32::try_from(times).unwrap_or(MOST).clamp(1, MOST), inside.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_message_is_taken_out_and_counted() {
        for (message, wanted) in [
            ("message repeated 5 times: [ Failed password for x]", Some((5, "Failed password for x"))),
            (
                "message repeated 2 times: [Connection closed by x [preauth]]",
                Some((2, "Connection closed by x [preauth]")),
            ),
            ("message repeated 1 time: [ a ]", Some((1, "a"))),
            ("message repeated 99999999999 times: [ a]", Some((MOST, "a"))),
            ("message repeated 0 times: [ a]", Some((1, "a"))),
            ("message repeated 3 times: [ cut", Some((3, "cut"))),
            ("message repeated many times: [ a]", None),
            ("message repeated 5 times", None),
            ("a message repeated 5 times: [ a]", None),
        ] {
            assert_eq!(unwrapped(message), wanted, "{message}");
        }
    }
}
