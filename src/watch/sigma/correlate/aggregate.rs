//! What a handful of numbers come to. Knows no events and no windows.

/// The sum. What is too large for a number is the largest one, so that it can go on being compared and kept.
pub(crate) fn sum(numbers: impl Iterator<Item = f64>) -> f64 {
    numbers.sum::<f64>().clamp(f64::MIN, f64::MAX)
}

/// The number that so many thousandths of a percent of `numbers` do not exceed. Between two of them it is where the
/// straight line between them has it, so that the median of two is their mean. Nothing at all counts as zero.
#[expect(clippy::cast_precision_loss, reason = "windows hold far fewer numbers than a fraction can count")]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the place is among the numbers")]
pub(crate) fn percentile(numbers: impl Iterator<Item = f64>, thousandths: u32) -> f64 {
    let mut numbers: Vec<f64> = numbers.collect();
    let Some(last) = numbers.len().checked_sub(1) else { return 0.0 };
    let place = f64::from(thousandths) / 100_000.0 * last as f64;
    let below = (place.floor() as usize).min(last);
    let (_, low, above) = numbers.select_nth_unstable_by(below, f64::total_cmp);
    let low = *low;
    match above.iter().copied().min_by(f64::total_cmp) {
        Some(high) if place.fract() > 0.0 => low * (1.0 - place.fract()) + high * place.fract(),
        _ => low,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_lie_on_the_line_between_two_numbers() {
        for (numbers, thousandths, expected) in [
            (vec![7.0], 0, 7.0),
            (vec![7.0], 99_900, 7.0),
            (vec![3.0, 1.0, 2.0], 50_000, 2.0),
            (vec![4.0, 1.0, 2.0, 3.0], 50_000, 2.5),
            (vec![5.0, 1.0, 4.0, 2.0, 3.0], 0, 1.0),
            (vec![5.0, 1.0, 4.0, 2.0, 3.0], 100_000, 5.0),
            (vec![5.0, 1.0, 4.0, 2.0, 3.0], 25_000, 2.0),
            (vec![10.0, 20.0], 95_000, 19.5),
            (vec![], 50_000, 0.0),
        ] {
            let found = percentile(numbers.iter().copied(), thousandths);
            assert!((found - expected).abs() < 1e-9, "{numbers:?} {thousandths}: {found}");
        }
    }

    #[test]
    fn sums_never_leave_the_numbers() {
        assert!((sum([0.5, 0.25].into_iter()) - 0.75).abs() < f64::EPSILON);
        assert!(sum([f64::MAX, f64::MAX].into_iter()).is_finite());
    }
}
