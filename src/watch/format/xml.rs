//! XML as far as logs write it: small documents, read into a tree. Names lose their prefix; entities that a document makes
//! itself stay as they are written.

use std::borrow::Cow;

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// Elements inside each other, elements of one document, and attributes of an element, at most.
const DEPTH: usize = 32;
const ELEMENTS: usize = 5_000;
const ATTRIBUTES: usize = 64;

/// An element with what is in it.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    /// Its text, that of its children left out.
    pub(super) text: String,
    pub(super) children: Vec<Self>,
}

impl Element {
    /// The first child of this name.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// What an attribute says.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// The first element of a text with what is in it; nothing where it does not end or is more than a log writes.
pub(super) fn element(text: &str) -> Option<Element> {
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Element> = Vec::new();
    let mut count = 0;
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) if open.len() < DEPTH && count < ELEMENTS => {
                count += 1;
                open.push(begun(&start));
            }
            Event::Empty(start) if count < ELEMENTS => {
                count += 1;
                match open.last_mut() {
                    Some(outer) => outer.children.push(begun(&start)),
                    None => return Some(begun(&start)),
                }
            }
            Event::End(_) => {
                let ended = open.pop()?;
                match open.last_mut() {
                    Some(outer) => outer.children.push(ended),
                    None => return Some(ended),
                }
            }
            Event::Text(said) => put(&mut open, &said),
            Event::CData(said) => put(&mut open, &said),
            Event::GeneralRef(reference) => put_reference(&mut open, &reference),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            Event::Start(_) | Event::Empty(_) | Event::Eof => return None,
        }
    }
}

fn begun(start: &BytesStart<'_>) -> Element {
    let mut attributes = start.attributes();
    let attributes = attributes.with_checks(false).take(ATTRIBUTES).filter_map(Result::ok).map(|attribute| {
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_or_else(|_| attribute.value.to_string(), Cow::into_owned);
        (attribute.key.local_name().as_ref().to_owned(), value)
    });
    Element { name: start.local_name().as_ref().to_owned(), attributes: attributes.collect(), ..Element::default() }
}

fn put(open: &mut [Element], text: &str) {
    if let Some(inner) = open.last_mut() {
        inner.text.push_str(text);
    }
}

fn put_reference(open: &mut [Element], reference: &BytesRef<'_>) {
    if let Ok(Some(letter)) = reference.resolve_char_ref() {
        put(open, letter.encode_utf8(&mut [0; 4]));
    } else if let Some(text) = resolve_predefined_entity(reference) {
        put(open, text);
    } else {
        put(open, &format!("&{};", &**reference));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_becomes_a_tree() {
        let text = "<?xml version=\"1.0\"?><!-- x --><a:Event xmlns:a='x' n=\"1 &lt; 2\"><Data Name='A'>x &amp; &#233;<![CDATA[<y>]]> &own;</Data><Empty/></a:Event> rest";
        let read = element(text).unwrap();
        assert_eq!((read.name.as_str(), read.attribute("n")), ("Event", Some("1 < 2")));
        let data = read.child("Data").unwrap();
        assert_eq!((data.attribute("Name"), data.text.as_str()), (Some("A"), "x & é<y> &own;"));
        assert_eq!(read.child("Empty"), Some(&Element { name: "Empty".to_owned(), ..Element::default() }));
    }

    #[test]
    fn what_is_no_document_of_a_log_is_left() {
        let deep = "<a>".repeat(DEPTH + 1);
        let wide = format!("<a>{}</a>", "<b/>".repeat(ELEMENTS));
        for text in ["", "x", "<a>", "<a></b>", "</a>", "<a><b></a>", &deep, &wide, "<!DOCTYPE x [<!ENTITY y 'z'>]>"] {
            assert_eq!(element(text), None, "{text}");
        }
    }
}
