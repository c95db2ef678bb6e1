//! A collector that has already said what kind of log an object is, in its own members `product`, `service` and
//! `category`, is taken at its word.

use crate::watch::event::{Logsource, Value};

/// The log source that an object itself says it has. Only where it names a product: the other two words alone are
/// common in logs that mean something else by them.
pub(super) fn labelled(fields: &[(String, Value)]) -> Option<Logsource> {
    let word = |name: &str| {
        fields.iter().find(|(field, _)| field == name).and_then(|(_, value)| match value {
            Value::Text(text) if !text.is_empty() => Some(text.clone()),
            _ => None,
        })
    };
    label(word("product"), word("service"), word("category"))
}

/// The same, where the three words are known.
pub(crate) fn label(product: Option<String>, service: Option<String>, category: Option<String>) -> Option<Logsource> {
    let said = |word: Option<String>| word.filter(|text| !text.is_empty());
    let (product, service, category) = (said(product)?, said(service), said(category));
    if service.is_none() && category.is_none() {
        return None;
    }
    Some(Logsource { category: category.into_iter().collect(), product: Some(product), service })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(said: &[(&str, &str)]) -> Vec<(String, Value)> {
        said.iter().map(|(name, text)| ((*name).to_owned(), Value::from(*text))).collect()
    }

    #[test]
    fn a_product_with_a_service_or_a_category_is_believed() {
        let read = labelled(&fields(&[("category", "file_access"), ("product", "windows")])).unwrap();
        assert_eq!((read.product.as_deref(), read.service), (Some("windows"), None));
        assert_eq!(read.category, ["file_access"]);
        for other in
            [&[("product", "Word 2019")][..], &[("service", "x"), ("category", "y")], &[("Product", "Windows")]]
        {
            assert_eq!(labelled(&fields(other)), None, "{other:?}");
        }
    }
}
