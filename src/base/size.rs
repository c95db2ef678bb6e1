//! Sizes as people write them: `64KiB`, `256MiB`.

/// The units, and how many bytes each is.
const UNITS: [(&str, u64); 4] = [("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("B", 1)];

/// Reads a size of at least one byte.
pub(crate) fn parse(text: &str) -> Option<u64> {
    let (number, unit) = UNITS.iter().find_map(|(unit, bytes)| Some((text.strip_suffix(unit)?, bytes)))?;
    number.trim_end().parse::<u64>().ok()?.checked_mul(*unit).filter(|bytes| *bytes > 0)
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn a_size_is_a_whole_number_with_its_unit() {
        let read = ["64KiB", "256 MiB", "2GiB", "100B"].map(parse);
        assert_eq!(read, [Some(65_536), Some(268_435_456), Some(2_147_483_648), Some(100)]);
        for text in ["", "64", "KiB", "0B", "-1KiB", "1.5MiB", "64kb", "99999999999GiB"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
