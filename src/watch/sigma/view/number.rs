//! Numbers as rules and events write them, and how two of them are compared.

use super::entry::{Seen, Sort};

/// A number of either kind.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Number {
    Int(i64),
    Float(f64),
}

impl Number {
    pub(crate) fn of(value: Seen<'_>) -> Option<Self> {
        match value.sort {
            Sort::Number | Sort::Text => Self::parse(value.plain),
            Sort::Null | Sort::Empty | Sort::Bool => None,
        }
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        // Rust reads `inf` and `nan` as numbers; logs mean words.
        if !text.ends_with(|letter: char| letter.is_ascii_digit() || letter == '.') {
            return None;
        }
        text.parse().map(Self::Int).or_else(|_| text.parse().map(Self::Float)).ok()
    }

    #[expect(clippy::cast_precision_loss, reason = "a whole number beside a fraction is compared as a fraction")]
    fn float(self) -> f64 {
        match self {
            Self::Int(number) => number as f64,
            Self::Float(number) => number,
        }
    }

    /// The number to reckon with; nothing where it is too large to be one.
    pub(crate) fn amount(self) -> Option<f64> {
        // Minus nothing is nothing.
        Some(self.float() + 0.0).filter(|number| number.is_finite())
    }

    /// Whether both are the same number.
    pub(crate) fn equals(self, other: Self) -> bool {
        self.order(other).is_some_and(std::cmp::Ordering::is_eq)
    }

    fn order(self, other: Self) -> Option<std::cmp::Ordering> {
        match (self, other) {
            (Self::Int(one), Self::Int(other)) => Some(one.cmp(&other)),
            _ => self.float().partial_cmp(&other.float()),
        }
    }

    pub(crate) fn is(self, compare: Compare, other: Self) -> bool {
        self.order(other).is_some_and(|order| match compare {
            Compare::Less => order.is_lt(),
            Compare::LessOrEqual => order.is_le(),
            Compare::Greater => order.is_gt(),
            Compare::GreaterOrEqual => order.is_ge(),
        })
    }
}

/// How two numbers are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Compare {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}
