//! The first gestures: what whoever wrote a rule says to do first, as a list that people tick.

use super::detection::Detection;
use crate::base::language::{Language, Text};
use crate::base::redact::redact;
use crate::base::tie::{Tie, TieKind};
use crate::words::alert::this;

/// The most that an alert lists: a longer list is no list of first things.
const MOST: usize = 12;

/// What a gesture may speak of, in braces.
pub(crate) const PLACES: [(&str, TieKind); 3] =
    [("{machine}", TieKind::Machine), ("{account}", TieKind::Account), ("{address}", TieKind::Address)];

/// The gestures of an alert, each once, in the order in which its signs came: a number keeps its meaning.
pub(crate) fn listed<'a>(detections: impl IntoIterator<Item = &'a Detection>) -> Vec<&'a Text> {
    let mut listed: Vec<&Text> = Vec::new();
    for gesture in detections.into_iter().flat_map(|detection| &detection.gestures) {
        if listed.len() < MOST && !listed.contains(&gesture) {
            listed.push(gesture);
        }
    }
    listed
}

/// A gesture that names what it is about; where that is not known, it points at it.
pub(crate) fn filled(gesture: &Text, ties: &[Tie]) -> Text {
    let fill = |text: &String, language: Language| {
        PLACES.into_iter().fold(text.clone(), |text, (place, kind)| {
            let named = ties.iter().find(|tie| tie.kind == kind).map(|tie| redact(&tie.value).into_owned());
            text.replace(place, &named.unwrap_or_else(|| this(kind).get(language).to_owned()))
        })
    };
    Text {
        fr: gesture.fr.as_ref().map(|text| fill(text, Language::Fr)),
        en: gesture.en.as_ref().map(|text| fill(text, Language::En)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gesture_names_what_it_is_about_or_points_at_it() {
        let gesture = Text::both(
            "Débrancher {machine}, fermer le compte {account}",
            "Unplug {machine}, close the account {account}",
        );
        let ties = Tie::of(TieKind::Machine, "PC-12");
        let filled = filled(&gesture, ties.as_slice());
        assert_eq!(filled.get(Language::Fr), "Débrancher pc-12, fermer le compte concerné");
        assert_eq!(filled.get(Language::En), "Unplug pc-12, close the account concerned");
    }
}
