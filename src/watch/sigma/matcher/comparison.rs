//! One value of a rule, ready to be held against one value of an event.
//!
//! What counts as equal: text in any letter case; a number and the text that spells it; `true` and the text "true";
//! `null` and a field that is missing or has no value. An empty text is only an empty text. A list in the event
//! matches when any of its items does.

use std::net::{IpAddr, Ipv6Addr};

use ipnet::IpNet;

use super::calendar::Moment;
use super::expression::Expression;
use super::pattern::Pattern;
use crate::watch::record::Field;
use crate::watch::sigma::prefilter::literal;
use crate::watch::sigma::prefilter::needle::{Need, Sign, Spot};
use crate::watch::sigma::prefilter::rarity::{PRESENT, Rarity};
use crate::watch::sigma::view::entry::{Seen, Sort};
use crate::watch::sigma::view::number::{Compare, Number};
use crate::watch::sigma::view::text::{Shape, folded};

/// One value of a rule.
#[derive(Debug, Clone)]
pub(crate) enum Comparison {
    /// Missing or without a value.
    Null,
    /// There, whatever the value, or not there.
    Exists(bool),
    /// Any of these patterns.
    Text(Box<[Pattern]>),
    /// This number, or its text as written.
    Number(Number, Box<str>),
    /// A regular expression that is found somewhere.
    Regex(Expression),
    /// An address of this network.
    Network(IpNet),
    /// A number on this side of another.
    Compare(Compare, Number),
    /// A part of a time.
    Time(Moment),
    /// Any of these.
    Any(Box<[Self]>),
    /// Waits for lists of the site, as the value of this number among those of its document, and fits nothing until it
    /// has them.
    Waiting(usize),
    /// The value of another field.
    FieldRef { field: Field, shape: Shape, cased: bool },
}

impl Comparison {
    /// Whether one value of the event fits. What needs more than the value (`Exists`, `FieldRef`, `Time`) is not asked
    /// here.
    pub(crate) fn fits(&self, value: Seen<'_>) -> bool {
        match self {
            Self::Null => matches!(value.sort, Sort::Null | Sort::Empty),
            Self::Text(_) | Self::Regex(_) => value.has_text() && self.fits_text(value),
            Self::Number(number, written) => {
                value.sort == Sort::Text && value.plain.eq_ignore_ascii_case(written)
                    || Number::of(value).is_some_and(|other| number.equals(other))
            }
            Self::Network(network) => {
                value.sort == Sort::Text && address(value.plain).is_some_and(|address| is_inside(address, network))
            }
            Self::Compare(compare, other) => Number::of(value).is_some_and(|number| number.is(*compare, *other)),
            Self::Any(comparisons) => comparisons.iter().any(|comparison| comparison.fits(value)),
            Self::Exists(_) | Self::FieldRef { .. } | Self::Time(_) | Self::Waiting(_) => false,
        }
    }

    /// Whether more than one value of the event tells if it fits.
    pub(crate) fn is_special(&self) -> bool {
        matches!(self, Self::Null | Self::Exists(_) | Self::FieldRef { .. } | Self::Time(_))
    }

    /// What must be at `spot` for it to fit.
    pub(crate) fn need(&self, spot: Spot, rarity: &Rarity) -> Need {
        let present = || match spot {
            Spot::Field(_) => Need::one(spot, Sign::Present, PRESENT),
            Spot::Line { .. } => Need::NOTHING,
        };
        match self {
            Self::Null | Self::Exists(false) => Need::NOTHING,
            Self::Text(patterns) => Need::of_any(patterns.iter().map(|pattern| pattern.need(spot, rarity))),
            Self::Number(number, written) => Need::of_any([
                Need::one(spot, Sign::Number(*number), rarity.cost_of_number(written)),
                Need::one(spot, Sign::Text(folded(written).into(), Shape::Whole), 0),
            ]),
            Self::Any(comparisons) => Need::of_any(comparisons.iter().map(|comparison| comparison.need(spot, rarity))),
            Self::Waiting(_) => Need::never(),
            Self::Regex(regex) => Need::of_all([literal::need(regex.as_str(), spot, rarity), present()]),
            Self::Exists(true) | Self::Network(_) | Self::Compare(..) | Self::Time(_) | Self::FieldRef { .. } => {
                present()
            }
        }
    }

    /// Tells `rarity` of every text that is looked for.
    pub(crate) fn teach(&self, rarity: &mut Rarity) {
        match self {
            Self::Text(patterns) => patterns.iter().for_each(|pattern| pattern.teach(rarity)),
            Self::Number(_, written) => rarity.hear(written),
            Self::Any(comparisons) => comparisons.iter().for_each(|comparison| comparison.teach(rarity)),
            _ => {}
        }
    }

    /// Whether a text fits what is looked for in texts.
    pub(crate) fn fits_text(&self, text: Seen<'_>) -> bool {
        match self {
            Self::Text(patterns) => patterns.iter().any(|pattern| pattern.matches(text.plain, text.folded)),
            Self::Regex(regex) => regex.is_match(text.plain),
            Self::Any(comparisons) => comparisons.iter().any(|comparison| comparison.fits_text(text)),
            _ => false,
        }
    }
}

/// An address as logs write it, without the zone of one that holds on one link only (`fe80::1%eth0`).
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    match text.split_once('%') {
        Some((address, zone)) if !zone.is_empty() => address.parse::<Ipv6Addr>().ok().map(IpAddr::V6),
        _ => text.parse().ok(),
    }
}

/// Whether a network has an address. IPv4 inside IPv6 (`::ffff:10.0.0.1`) is IPv4; networks that have all of IPv6, or that
/// part of it, have it as it is written.
fn is_inside(address: IpAddr, network: &IpNet) -> bool {
    network.contains(&address.to_canonical()) || network.contains(&address)
}

/// Whether `value` stands in `shape` to `other`, both values of the same event.
pub(crate) fn related(value: Seen<'_>, other: Seen<'_>, shape: Shape, cased: bool) -> bool {
    if !value.has_text() || !other.has_text() {
        return false;
    }
    let (text, other) = if cased { (value.plain, other.plain) } else { (value.folded, other.folded) };
    match shape {
        Shape::Whole => text == other,
        Shape::Start => text.starts_with(other),
        Shape::End => text.ends_with(other),
        Shape::Anywhere => text.contains(other),
    }
}
