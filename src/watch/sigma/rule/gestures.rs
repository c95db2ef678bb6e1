//! The first gestures of a rule: a few short sentences, in English under `vigie` and the same in French under `vigie.fr`.

use super::reading::Reading;
use crate::base::language::Text;
use crate::finding::rule as finding;
use crate::text::node::Node;
use crate::text::source::Span;
use crate::text::spanned::Spanned;

/// A longer list is no list of first things.
const MOST: usize = 6;
/// A longer sentence is not read at three in the morning, and not ticked on paper.
const LONGEST: usize = 120;
/// What a gesture may speak of.
const PLACES: [&str; 3] = ["machine", "account", "address"];

/// Reads the gestures of the rule at `node`, whose English and French stand apart.
pub(super) fn read(
    reading: &mut Reading<'_>,
    node: &Node,
    english: &[Spanned<String>],
    french: &[Spanned<String>],
) -> Vec<Text> {
    for list in [english, french] {
        for gesture in list {
            look_at(reading, gesture);
        }
        if let Some(beyond) = list.get(MOST) {
            reading.say(finding::many_gestures(MOST), beyond.span);
        }
    }
    if english.len() != french.len() && !(english.is_empty() || french.is_empty()) {
        let place = list_of(node).unwrap_or(french[0].span);
        reading.say(finding::gestures_apart(english.len(), french.len()), place);
    }
    let at = |list: &[Spanned<String>], number: usize| list.get(number).map(|gesture| gesture.value.trim().to_owned());
    let count = english.len().max(french.len()).min(MOST);
    (0..count).map(|number| Text { fr: at(french, number), en: at(english, number) }).collect()
}

/// Where the French list is named.
fn list_of(node: &Node) -> Option<Span> {
    Some(node.get("vigie")?.get("fr")?.entry("gestures")?.0.span)
}

fn look_at(reading: &mut Reading<'_>, gesture: &Spanned<String>) {
    let text = gesture.value.trim();
    if text.is_empty() || text.chars().any(char::is_control) {
        reading.say(finding::no_gesture(), gesture.span);
    }
    if text.chars().count() > LONGEST {
        reading.say(finding::long_gesture(LONGEST, text.chars().count()), gesture.span);
    }
    for part in text.split('{').skip(1) {
        let name = part.split('}').next().unwrap_or_default();
        if !PLACES.contains(&name) || !part.contains('}') {
            reading.say(finding::unknown_place(name), gesture.span);
        }
    }
}
