//! A folder with one text file for each page, ready to be printed: the channel that works without mail, telephone and
//! network.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Deserialize;

use super::kind::{Follow, Kind};
use super::receipt::Receipt;
use super::spool::{self, Trouble};
use super::{Checking, OpenError};
use crate::alert::page::{Address, Letter};
use crate::base::language::Text;
use crate::finding::Both;
use crate::text::spanned::Spanned;
use crate::words::failure::system;
use crate::words::receipt as words;

/// What is written in vigie.yaml.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Written {
    /// Paper and offline use: a folder that gets one file for each message.
    folder: Spanned<String>,
}

impl Kind for Settings {
    type Written = Written;

    const KEY: &'static str = "folder";
    const EXAMPLE: Both = Both { fr: "<dossier>", en: "<folder>" };
    const STANDS_ALONE: bool = true;

    fn check(written: Written, at: &mut Checking<'_>) -> Option<Self> {
        at.readable(&written.folder);
        Some(Self { folder: at.folder.join(&written.folder.value) })
    }
}

/// Where the files go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The folder; made where it does not exist.
    pub folder: PathBuf,
}

/// The folder, ready.
#[derive(Debug)]
pub struct Folder {
    folder: PathBuf,
}

impl Follow for Folder {}

impl Folder {
    #[expect(clippy::unnecessary_wraps, reason = "all channels have the same shape")]
    pub(super) fn open(settings: &Settings) -> Result<Self, OpenError> {
        Ok(Self { folder: settings.folder.clone() })
    }

    pub(super) async fn send(&self, letter: &Letter) -> Receipt {
        if *letter.address() != Address::Folder {
            return Receipt::refused(words::only_folder());
        }
        let shown = self.folder.display();
        if let Err(error) = spool::make(&self.folder).await {
            return Receipt::retry(words::no_folder(shown, system(&error)));
        }
        let name = name(letter);
        match spool::put(&self.folder, &name, sheet(letter).as_bytes()).await {
            Ok(()) => Receipt::accepted(Text::quoted(&name)),
            Err(Trouble::NotPut(error)) => Receipt::retry(words::not_put(shown, system(&error))),
            Err(Trouble::NotSure(error)) => Receipt::unclear(words::not_sure(shown, system(&error))),
        }
    }
}

/// `2026-11-21T20-31-05_P12_rssi_critique-ch-de-valmont.txt`: sorts by time, and says what it is before it is opened.
fn name(letter: &Letter) -> String {
    let when = letter.written().strftime("%Y-%m-%dT%H-%M-%S");
    let who = plain(letter.person().as_str(), 30);
    format!("{when}_{}_{who}_{}.txt", letter.page(), plain(letter.subject(), 60))
}

/// Letters, digits and hyphens that every file system takes.
fn plain(text: &str, limit: usize) -> String {
    let text = crate::alert::page::short::in_alphabet(text);
    let mut plain = String::new();
    for letter in text.chars() {
        match letter {
            'é' | 'è' | 'É' => plain.push('e'),
            'à' | 'ä' | 'å' => plain.push('a'),
            'ù' | 'ü' => plain.push('u'),
            letter if letter.is_ascii_alphanumeric() => plain.push(letter.to_ascii_lowercase()),
            _ if plain.ends_with('-') || plain.is_empty() => {}
            _ => plain.push('-'),
        }
        if plain.len() >= limit {
            break;
        }
    }
    plain.trim_end_matches('-').to_owned()
}

/// The page as a sheet: what it is on the first line, the text, and nothing after it.
fn sheet(letter: &Letter) -> String {
    let subject = letter.subject();
    let line = "=".repeat(subject.chars().count().min(80));
    let when = letter.written().strftime("%Y-%m-%d %H:%M:%S %Z");
    format!("{subject}\n{line}\n{} - {when} - {}\n\n{}\n", letter.person(), letter.message_id(), letter.body())
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::tz::TimeZone;

    use super::*;
    use crate::alert::page::{AllowList, Draft, Medium, Page, Recipient};
    use crate::base::id::{DrillId, PageId};
    use crate::base::language::Language;
    use crate::base::realm::{Drill, Live};

    fn written() -> jiff::Zoned {
        let now: Timestamp = "2026-11-21T19:31:05Z".parse().expect("an instant");
        now.to_zoned(TimeZone::get("Europe/Paris").expect("a zone of the database"))
    }

    fn drill_letter() -> Letter {
        let mut allow = AllowList::nobody();
        allow.allow("papier".into(), Medium::Folder);
        let admitted = allow.admit(&"rssi".into(), &"papier".into(), Medium::Folder).expect("listed");
        let draft = Draft::new(Language::Fr, "[élevé] CH de Valmont - Été", "Première ligne.", "court");
        Page::<Drill>::new(PageId(12), written(), DrillId(1), admitted, draft).letter()
    }

    #[tokio::test]
    async fn a_page_becomes_a_sheet_with_a_name_that_says_what_it_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let inner = folder.path().join("a/b");
        let place = Folder::open(&Settings { folder: inner.clone() }).expect("a folder");
        let letter = drill_letter();
        let receipt = place.send(&letter).await;
        let name = "2026-11-21T20-31-05_P12_rssi_exercice-eleve-ch-de-valmont-ete-exercice.txt";
        assert_eq!(receipt, Receipt::Accepted { proof: Text::quoted(name) });
        let sheet = std::fs::read_to_string(inner.join(name)).expect("the sheet");
        assert!(sheet.starts_with("EXERCICE - [élevé]") && sheet.ends_with("EXERCICE\n"), "{sheet}");
        assert!(sheet.contains("\nrssi - 2026-11-21 20:31:05 CET - P12."), "{sheet}");
        place.send(&letter).await;
        assert_eq!(std::fs::read_dir(&inner).expect("the folder").count(), 1, "the same letter is one file");
    }

    #[tokio::test]
    async fn a_folder_that_cannot_be_made_is_tried_again_later() {
        let folder = tempfile::tempdir().expect("a folder");
        let blocked = folder.path().join("x");
        std::fs::write(&blocked, "a file").expect("a file");
        let receipt = Folder::open(&Settings { folder: blocked }).expect("a folder").send(&drill_letter()).await;
        assert!(matches!(receipt, Receipt::Retry { ambiguous: false, .. }), "{receipt:?}");
    }

    #[tokio::test]
    async fn a_page_for_another_channel_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let draft = Draft::new(Language::Fr, "x", "x", "x");
        let address = Address::Mail("a@b.example".to_owned());
        let letter = Page::<Live>::new(
            PageId(1),
            written(),
            Recipient { person: "a".into(), channel: "papier".into(), address },
            draft,
        )
        .letter();
        let receipt =
            Folder::open(&Settings { folder: folder.path().to_owned() }).expect("a folder").send(&letter).await;
        assert!(matches!(receipt, Receipt::Refused { .. }), "{receipt:?}");
    }

    #[test]
    fn any_subject_makes_a_name() {
        assert_eq!(plain("../../etc/passwd\0 « Été »", 60), "etc-passwd-ete");
        assert_eq!(plain("日本", 60), "");
    }
}
