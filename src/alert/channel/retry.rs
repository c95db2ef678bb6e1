//! How long to wait before another attempt. Pure: the caller brings the luck.

use jiff::SignedDuration;

use crate::base::seal::Seal;

/// The longest wait.
const LONGEST: i64 = 60;

/// How long to wait after the failed attempt number `attempt` (from 1): about 2, 4, 8, 16, 32, then 60 seconds. Up to a
/// quarter is taken off, by a luck that follows from `seed`, so that a hundred letters that failed together do not come
/// back together.
pub fn retry_after(attempt: u32, seed: u64) -> SignedDuration {
    let whole = 2_i64.checked_pow(attempt.max(1)).map_or(LONGEST, |seconds| seconds.min(LONGEST)) * 1000;
    let luck = Seal::of(&[&seed.to_be_bytes(), &attempt.to_be_bytes()]).0;
    let off = whole * i64::from(luck[0]) / (4 * 256);
    SignedDuration::from_millis(whole - off)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_a_minute_and_differ_by_luck() {
        for (attempt, longest) in [(0, 2), (1, 2), (2, 4), (3, 8), (4, 16), (5, 32), (6, 60), (7, 60), (4_000_000, 60)]
        {
            let waits: Vec<_> = (0..200).map(|seed| retry_after(attempt, seed)).collect();
            let longest = SignedDuration::from_secs(longest);
            assert!(waits.iter().all(|wait| *wait <= longest && *wait >= longest * 3 / 4), "{attempt}: {waits:?}");
            assert!(waits.iter().any(|wait| *wait != waits[0]));
        }
        assert_eq!(retry_after(3, 7), retry_after(3, 7));
    }
}
