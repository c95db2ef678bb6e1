//! Sizes as people read them, in the units of their own language.

use std::borrow::Cow;

use super::Said;
use crate::base::language::Language;

/// A number of bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size(pub(crate) u64);

impl Said for Size {
    fn said(&self, language: Language) -> Cow<'_, str> {
        let (mut tenths, mut unit) = (u128::from(self.0) * 10, 0);
        while tenths >= 10_000 && unit < 4 {
            tenths /= 1000;
            unit += 1;
        }
        let letter = language.pick('o', 'B');
        let prefix = ["", "k", "M", "G", "T"][unit];
        let (whole, rest) = (tenths / 10, tenths % 10);
        Cow::Owned(match rest {
            rest if unit > 0 && whole < 100 => {
                format!("{whole}{}{rest}\u{a0}{prefix}{letter}", language.pick(',', '.'))
            }
            _ => format!("{whole}\u{a0}{prefix}{letter}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_said_in_its_largest_unit() {
        for (bytes, fr, en) in [
            (0, "0 o", "0 B"),
            (999, "999 o", "999 B"),
            (1_000, "1,0 ko", "1.0 kB"),
            (123_456, "123 ko", "123 kB"),
            (3_140_000_000, "3,1 Go", "3.1 GB"),
            (u64::MAX, "18446744 To", "18446744 TB"),
        ] {
            let said = |language| Size(bytes).said(language).replace('\u{a0}', " ");
            assert_eq!((said(Language::Fr).as_str(), said(Language::En).as_str()), (fr, en));
        }
    }
}
