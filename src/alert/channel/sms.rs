//! Text messages through the outbox folder of gammu-smsd, the daemon of a GSM modem: no network, no contract.
//!
//! Its FILES format (manual page gammu-smsd-files(7)): the name of a file says priority, time and number, its content
//! is the text. A text that starts with a byte order mark is read as UTF-16 whatever the daemon's locale, so that is
//! what is written. The daemon moves a file to another folder once it is sent, or cannot be: only then is it taken.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Deserialize;
use tokio::fs;

use super::kind::{Follow, Kind};
use super::rate::Rate;
use super::receipt::Receipt;
use super::spool::{self, Trouble};
use super::{Checking, OpenError};
use crate::alert::page::{Address, Letter};
use crate::finding::Both;
use crate::finding::channel::{no_rate, no_sent_folder};
use crate::finding::people::{french_phone, no_phone};
use crate::text::spanned::Spanned;
use crate::words::failure::system;
use crate::words::receipt as words;

/// What is written in vigie.yaml.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Written {
    /// Text messages: the outbox folder of gammu-smsd.
    spool: Spanned<String>,
    /// Text messages: the folder to which gammu-smsd moves what was sent; `sent` beside its outbox where nothing is said.
    #[serde(default)]
    sent: Option<Spanned<String>>,
    /// Text messages: the folder to which it moves what could not be sent; `error` beside its outbox where nothing is said.
    #[serde(default)]
    error: Option<Spanned<String>>,
    /// Text messages: how many the modem or the contract takes, such as `20/min`.
    #[serde(default)]
    rate: Option<Spanned<String>>,
}

impl Kind for Settings {
    type Written = Written;

    const KEY: &'static str = "spool";
    const EXAMPLE: Both = Both { fr: "<dossier de gammu-smsd>", en: "<folder of gammu-smsd>" };

    fn check(written: Written, at: &mut Checking<'_>) -> Option<Self> {
        at.readable(&written.spool);
        let rate = written.rate.as_ref().and_then(|rate| at.parsed(rate, |text| no_rate(text)));
        let settings = Self { rate, ..Self::beside(at.folder.join(&written.spool.value)) };
        let named = |folder: Option<Spanned<String>>, usual: PathBuf| match folder {
            Some(folder) => at.folder.join(folder.value),
            None => usual,
        };
        let (sent, error) = (named(written.sent, settings.sent), named(written.error, settings.error));
        if settings.spool.is_dir() && !sent.is_dir() {
            at.say(no_sent_folder(sent.display()), &written.spool);
        }
        Some(Self { spool: settings.spool, sent, error, rate })
    }

    fn rate(&self) -> Option<Rate> {
        self.rate
    }
}

/// A mobile number in international form (ITU-T E.164: `+`, country code, at most 15 digits), or a finding.
pub(super) fn address(text: &Spanned<String>, at: &mut Checking<'_>) -> Option<String> {
    let digits: String = text.chars().filter(|letter| !matches!(letter, ' ' | '.' | '-')).collect();
    let number = digits.strip_prefix('+').unwrap_or_default();
    if (8..=15).contains(&number.len())
        && number.bytes().all(|digit| digit.is_ascii_digit())
        && !number.starts_with('0')
    {
        return Some(digits);
    }
    let finding = match digits.strip_prefix('0') {
        Some(rest) if rest.len() == 9 => french_phone(text, rest),
        _ => no_phone(text),
    };
    at.say(finding, text);
    None
}

/// Where text messages go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The outbox folder. It belongs to the modem's daemon and is never made here.
    pub spool: PathBuf,
    /// Where the modem's daemon puts what was sent.
    pub sent: PathBuf,
    /// Where it puts what could not be sent.
    pub error: PathBuf,
    /// How many messages the modem or the contract takes; nothing for no limit.
    pub rate: Option<Rate>,
}

impl Settings {
    /// An outbox folder with the others beside it.
    pub fn beside(spool: PathBuf) -> Self {
        let beside = |name: &str| spool.parent().map_or_else(|| name.into(), |parent| parent.join(name));
        Self { sent: beside("sent"), error: beside("error"), rate: None, spool }
    }
}

/// The spool, ready.
#[derive(Debug)]
pub struct Sms {
    settings: Settings,
}

impl Sms {
    #[expect(clippy::unnecessary_wraps, reason = "all channels have the same shape")]
    pub(super) fn open(settings: &Settings) -> Result<Self, OpenError> {
        Ok(Self { settings: settings.clone() })
    }

    /// Leaves a letter in the spool, unless it is or was there: the modem's daemon goes on when vigie is gone, and a
    /// message that it sent must not be sent again.
    pub(super) async fn send(&self, letter: &Letter) -> Receipt {
        let Address::Sms(number) = letter.address() else {
            return Receipt::refused(words::no_number());
        };
        let Some(number) = dialled(number) else {
            return Receipt::refused(words::bad_number());
        };
        let name = name(letter, &number);
        if let Some(receipt) = self.find(&name, letter).await {
            return receipt;
        }
        let spool = &self.settings.spool;
        let shown = spool.display();
        match spool::put(spool, &name, &utf16(letter.short())).await {
            // Not the name of the file: it holds the number.
            Ok(()) => Receipt::spooled(words::in_spool(letter.message_id())),
            Err(Trouble::NotPut(error)) => Receipt::retry(words::not_put(shown, system(&error))),
            Err(Trouble::NotSure(error)) => Receipt::unclear(words::not_sure(shown, system(&error))),
        }
    }

    /// Where the file of a letter is. The spool is looked at first: a file leaves it and does not come back.
    async fn find(&self, name: &str, letter: &Letter) -> Option<Receipt> {
        let Settings { spool, sent, error, .. } = &self.settings;
        let (letter, mut found) = (letter.message_id(), None);
        for (folder, receipt) in [
            (spool, Receipt::spooled(words::in_spool(letter))),
            (error, Receipt::refused(words::modem_refused(letter))),
            (sent, Receipt::accepted(words::modem_sent(letter))),
        ] {
            if found.is_none() && fs::try_exists(folder.join(name)).await.unwrap_or(false) {
                found = Some(receipt);
            }
        }
        found
    }
}

impl Follow for Sms {
    async fn look(&self, letter: &Letter) -> Receipt {
        let Some(name) = file(letter) else { return Receipt::refused(words::bad_number()) };
        // Where nobody keeps what was sent, all that can be known is that it was taken.
        self.find(&name, letter).await.unwrap_or_else(|| Receipt::accepted(words::left_spool(letter.message_id())))
    }

    async fn take_out(&self, letter: &Letter) -> bool {
        let Some(name) = file(letter) else { return false };
        fs::remove_file(self.settings.spool.join(name)).await.is_ok()
    }
}

/// The name of the file of a letter to a mobile number.
fn file(letter: &Letter) -> Option<String> {
    let Address::Sms(number) = letter.address() else { return None };
    Some(name(letter, &dialled(number)?))
}

/// `+` and 6 to 15 digits (ITU-T E.164), from a number written with blanks, dots or hyphens.
fn dialled(number: &str) -> Option<String> {
    let digits: String = number.chars().filter(|letter| !matches!(letter, ' ' | '\u{a0}' | '.' | '-')).collect();
    let rest = digits.strip_prefix('+')?;
    let right = (6..=15).contains(&rest.len()) && rest.bytes().all(|digit| digit.is_ascii_digit());
    right.then_some(digits)
}

/// `OUTA20261121_203105_00_+33600000001_P12-4b26504837a66137.txt`: A is the highest of the daemon's priorities, and
/// files are sent in the order of their names. The same letter always has the same name.
fn name(letter: &Letter, number: &str) -> String {
    let when = letter.written().strftime("%Y%m%d_%H%M%S");
    format!("OUTA{when}_00_{number}_{}.txt", letter.message_id().replace(['.', '_'], "-"))
}

fn utf16(text: &str) -> Vec<u8> {
    [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect()
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::tz::TimeZone;

    use super::*;
    use crate::alert::page::{Draft, Page, Recipient};
    use crate::base::id::PageId;
    use crate::base::language::Language;
    use crate::base::realm::Live;

    fn letter(number: &str) -> Letter {
        let now: Timestamp = "2026-11-21T19:31:05Z".parse().expect("an instant");
        let written = now.to_zoned(TimeZone::get("Europe/Paris").expect("a zone of the database"));
        let draft = Draft::new(Language::Fr, "x", "x", "A12 élevé: île chiffrée");
        let address = Address::Sms(number.to_owned());
        Page::<Live>::new(
            PageId(12),
            written,
            Recipient { person: "rssi".into(), channel: "sms".into(), address },
            draft,
        )
        .letter()
    }

    fn channel(spool: PathBuf) -> Sms {
        Sms::open(&Settings::beside(spool)).expect("a spool")
    }

    #[tokio::test]
    async fn a_letter_becomes_one_file_in_the_form_gammu_reads() {
        let folder = tempfile::tempdir().expect("a folder");
        let sms = channel(folder.path().to_owned());
        let letter = letter("+33 6 00 00 00 01");
        for _ in 0..2 {
            let receipt = sms.send(&letter).await;
            assert_eq!(receipt, Receipt::Spooled { proof: words::in_spool(letter.message_id()) });
        }
        let files: Vec<_> = std::fs::read_dir(folder.path())
            .expect("the folder")
            .map(|entry| entry.expect("an entry").file_name().into_string().expect("text"))
            .collect();
        let id = letter.message_id().replace('.', "-");
        assert_eq!(files, [format!("OUTA20261121_203105_00_+33600000001_{id}.txt")]);
        let bytes = std::fs::read(folder.path().join(&files[0])).expect("the file");
        let units: Vec<_> = bytes.chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
        assert_eq!(String::from_utf16(&units).expect("UTF-16"), "\u{feff}A12 élevé: ile chiffrée");
    }

    #[tokio::test]
    async fn a_number_that_cannot_be_dialled_is_refused_without_showing_it() {
        let folder = tempfile::tempdir().expect("a folder");
        for number in ["0600000001", "+33", "+33600000001/../x", "+1234567890123456"] {
            let receipt = channel(folder.path().to_owned()).send(&letter(number)).await;
            let Receipt::Refused { reason } = receipt else { panic!("{number}: {receipt:?}") };
            assert!(![Language::Fr, Language::En].iter().any(|language| reason.get(*language).contains(number)));
        }
    }

    #[tokio::test]
    async fn a_spool_that_is_not_there_is_tried_again_later() {
        let folder = tempfile::tempdir().expect("a folder");
        let receipt = channel(folder.path().join("absent")).send(&letter("+33600000001")).await;
        assert!(matches!(receipt, Receipt::Retry { ambiguous: false, .. }), "{receipt:?}");
    }
}
