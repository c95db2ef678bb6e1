//! A collector that has already said what kind of log an object is, in its own members `product`, `service` and
//! `category`, is taken at its word.

use crate::watch::event::Logsource;

/// The log source of an object with these words of its own. Only where it names a product: the other two words alone are
/// common in logs that mean something else by them.
pub(crate) fn label(product: Option<String>, service: Option<String>, category: Option<String>) -> Option<Logsource> {
    let said = |word: Option<String>| word.filter(|text| !text.is_empty());
    let (product, service, category) = (said(product)?, said(service), said(category));
    if service.is_none() && category.is_none() {
        return None;
    }
    Some(Logsource {
        category: category.into_iter().collect(),
        product: Some(product.into()),
        service: service.map(Into::into),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_with_a_service_or_a_category_is_believed() {
        let said = |word: &str| Some(word.to_owned()).filter(|word| !word.is_empty());
        let read = label(said("windows"), None, said("file_access")).unwrap();
        assert_eq!((read.product.as_deref(), read.service), (Some("windows"), None));
        assert_eq!(read.category, ["file_access"]);
        for (product, service, category) in [("Word 2019", "", ""), ("", "x", "y"), ("", "", "")] {
            assert_eq!(label(said(product), said(service), said(category)), None, "{product} {service} {category}");
        }
        assert_eq!(label(said("windows"), Some(String::new()), None), None);
    }
}
