//! Which kinds of logs a source can speak of, before a line of it was read: what its format says, and what the site says
//! about it. The counterpart of the table in `format`; knows no rules.

use crate::watch::event::Logsource;

/// A kind of log that a source can bring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Possible {
    product: Words,
    service: Words,
    category: Words,
}

/// What can stand in one part of a log source.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Words {
    /// Whatever the lines say.
    Any,
    /// One of these, or nothing.
    Of(Vec<String>),
}

impl Words {
    fn of(words: &[&str]) -> Self {
        Self::Of(words.iter().map(|word| (*word).to_owned()).collect())
    }

    fn can_be(&self, wanted: Option<&str>) -> bool {
        match (self, wanted) {
            (_, None) | (Self::Any, _) => true,
            (Self::Of(words), Some(wanted)) => words.iter().any(|word| word.eq_ignore_ascii_case(wanted)),
        }
    }
}

impl Possible {
    /// Of one of these products, services and categories, or of none.
    pub(super) fn of(product: &[&str], service: &[&str], category: &[&str]) -> Self {
        Self { product: Words::of(product), service: Words::of(service), category: Words::of(category) }
    }

    /// Whatever its lines say.
    pub(super) fn any() -> Self {
        Self { product: Words::Any, service: Words::Any, category: Words::Any }
    }

    /// Whether nothing is known of it.
    pub(super) fn is_any(&self) -> bool {
        *self == Self::any()
    }

    /// The same with whatever service its lines say.
    pub(super) fn any_service(self) -> Self {
        Self { service: Words::Any, ..self }
    }

    /// The same with whatever category its lines say.
    pub(super) fn any_category(self) -> Self {
        Self { category: Words::Any, ..self }
    }

    /// Whether an event of this kind can have everything that is named here.
    pub fn can_be(&self, product: Option<&str>, service: Option<&str>, category: Option<&str>) -> bool {
        self.product.can_be(product) && self.service.can_be(service) && self.category.can_be(category)
    }

    /// As the decoder does it: a service belongs to its product and goes with it, categories are added.
    pub(super) fn overridden(mut self, own: &Logsource) -> Self {
        if let Some(product) = &own.product {
            if !self.product.can_be(Some(product)) {
                self.service = Words::of(&[]);
            }
            self.product = Words::Of(vec![product.to_string()]);
        }
        if let Some(service) = &own.service {
            self.service = Words::Of(vec![service.to_string()]);
        }
        if let Words::Of(words) = &mut self.category {
            words.extend(own.category.iter().cloned());
        }
        self
    }
}
