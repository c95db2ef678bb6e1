//! Durations as people write them: `40s`, `10m`, `1h30m`, `2d`.

use jiff::SignedDuration;

const HOUR: i64 = 3600;

/// Reads numbers with the units `w`, `d`, `h`, `m`, `s`, from the largest to the smallest, each once; `1h30` is one hour
/// and thirty minutes. Nothing where it is none of these.
pub fn parse(text: &str) -> Option<SignedDuration> {
    let mut total = SignedDuration::ZERO;
    let mut rest = text.trim();
    let mut last = None;
    while !rest.is_empty() {
        let digits = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
        let amount: i64 = rest[..digits].parse().ok()?;
        let unit = match rest[digits..].chars().next() {
            Some('w') => 604_800,
            Some('d') => 86_400,
            Some('h') => HOUR,
            Some('m') => 60,
            Some('s') => 1,
            None if last == Some(HOUR) && digits == 2 => 60,
            _ => return None,
        };
        if last.is_some_and(|last| unit >= last) {
            return None;
        }
        total = total.checked_add(SignedDuration::from_secs(amount.checked_mul(unit)?))?;
        last = Some(unit);
        rest = rest.get(digits + 1..).unwrap_or_default();
    }
    last.map(|_| total)
}

/// A duration in few letters: `0.4 s`, `40 s`, `10 min`, `1 h 30 min`, `2 d 3 h`.
pub fn show(duration: SignedDuration) -> String {
    let seconds = duration.as_secs();
    if seconds.abs() < 10 && duration.subsec_millis() != 0 {
        let seconds = duration.as_secs_f64();
        return if seconds.abs() < 0.1 { format!("{seconds:.2} s") } else { format!("{seconds:.1} s") };
    }
    let sign = if seconds < 0 { "-" } else { "" };
    let seconds = seconds.unsigned_abs();
    let parts = [(86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")];
    let mut left = seconds;
    let mut shown = Vec::new();
    for (size, unit) in parts {
        if left >= size {
            shown.push(format!("{} {unit}", left / size));
            left %= size;
        }
    }
    shown.truncate(2);
    if shown.is_empty() { "0 s".to_owned() } else { format!("{sign}{}", shown.join(" ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_write() {
        for (text, seconds) in [
            ("40s", 40),
            ("1m", 60),
            ("2h", 7200),
            ("1h30m", 5400),
            ("1h30", 5400),
            ("1h0m10s", 3610),
            (" 90m ", 5400),
            ("2d", 172_800),
            ("1w1d", 691_200),
            ("0s", 0),
        ] {
            assert_eq!(parse(text), Some(SignedDuration::from_secs(seconds)), "{text}");
        }
        for text in
            ["", "10", "m", "1m1h", "1m1m", "1.5h", "-1m", "1 h", "1h3", "1h300", "1h30m5", "é", "9999999999999999999d"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn shows_the_two_largest_units() {
        for (millis, text) in [(400, "0.4 s"), (23, "0.02 s"), (40_000, "40 s"), (5_400_000, "1 h 30 min"), (0, "0 s")]
        {
            assert_eq!(show(SignedDuration::from_millis(millis)), text);
        }
    }
}
