//! How the bytes of a file become text. Knows nothing of files or positions.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// The encodings that are told apart without being asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Encoding {
    /// UTF-8, or Windows-1252 for each line that is not.
    Bytes,
    /// UTF-16 that began with FF FE, as SQL Server writes its ERRORLOG.
    Utf16Le,
    /// UTF-16 that began with FE FF.
    Utf16Be,
}

/// The marks a file may begin with (Unicode standard, section 23.8).
const MARKS: [(&[u8], Encoding); 3] =
    [(b"\xEF\xBB\xBF", Encoding::Bytes), (b"\xFF\xFE", Encoding::Utf16Le), (b"\xFE\xFF", Encoding::Utf16Be)];

/// What Windows-1252 says of the bytes 80 to 9F; five of them mean nothing and stay control characters.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

impl Encoding {
    /// What the first bytes of a file say, and the length of the mark that says it. Nothing while they are too few.
    pub(super) fn sniff(head: &[u8]) -> Option<(Self, usize)> {
        if let Some((mark, encoding)) = MARKS.iter().find(|(mark, _)| head.starts_with(mark)) {
            return Some((*encoding, mark.len()));
        }
        let unfinished = MARKS.iter().any(|(mark, _)| mark.starts_with(head));
        (!unfinished).then_some((Self::Bytes, 0))
    }

    /// How many bytes a newline takes.
    pub(super) fn width(self) -> usize {
        match self {
            Self::Bytes => 1,
            Self::Utf16Le | Self::Utf16Be => 2,
        }
    }

    /// Where the first newline begins. `bytes` begin at a whole character.
    pub(super) fn newline(self, bytes: &[u8]) -> Option<usize> {
        match self {
            Self::Bytes => memchr::memchr(b'\n', bytes),
            Self::Utf16Le => pair(bytes, *b"\n\0"),
            Self::Utf16Be => pair(bytes, *b"\0\n"),
        }
    }

    /// The text of a line. `cut` says that its end is missing, so that a broken last character is nobody's fault.
    pub(super) fn decode(self, bytes: &[u8], cut: bool) -> Cow<'_, str> {
        match self {
            Self::Bytes => decode_bytes(bytes, cut),
            Self::Utf16Le => Cow::Owned(decode_pairs(bytes, u16::from_le_bytes)),
            Self::Utf16Be => Cow::Owned(decode_pairs(bytes, u16::from_be_bytes)),
        }
    }
}

fn pair(bytes: &[u8], wanted: [u8; 2]) -> Option<usize> {
    bytes.chunks_exact(2).position(|pair| pair == wanted).map(|index| index * 2)
}

fn decode_bytes(bytes: &[u8], cut: bool) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(error) if cut && error.error_len().is_none() => String::from_utf8_lossy(&bytes[..error.valid_up_to()]),
        Err(_) => bytes.iter().map(|&byte| windows_1252(byte)).collect(),
    }
}

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9F => WINDOWS_1252[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

fn decode_pairs(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_known_and_half_a_mark_is_waited_for() {
        assert_eq!(Encoding::sniff(b"\xEF\xBB\xBFa"), Some((Encoding::Bytes, 3)));
        assert_eq!(Encoding::sniff(b"\xFF\xFE"), Some((Encoding::Utf16Le, 2)));
        assert_eq!(Encoding::sniff(b"\xFE\xFF\0a"), Some((Encoding::Utf16Be, 2)));
        assert_eq!(Encoding::sniff(b"abc"), Some((Encoding::Bytes, 0)));
        for unfinished in [&b""[..], b"\xEF", b"\xEF\xBB", b"\xFF", b"\xFE"] {
            assert_eq!(Encoding::sniff(unfinished), None, "{unfinished:x?}");
        }
    }

    #[test]
    fn bytes_that_are_not_utf8_are_windows_1252() {
        assert_eq!(Encoding::Bytes.decode("été €".as_bytes(), false), "été €");
        assert_eq!(Encoding::Bytes.decode(b"\xe9t\xe9 \x80 \x9c", false), "été € œ");
    }

    #[test]
    fn a_cut_in_the_middle_of_a_character_does_not_change_the_rest() {
        assert_eq!(Encoding::Bytes.decode(b"\xc3\xa9t\xc3", true), "ét");
        assert_eq!(Encoding::Bytes.decode(b"\xc3\xa9t\xc3", false), "Ã©tÃ");
    }

    #[test]
    fn a_newline_in_utf16_is_a_whole_pair() {
        assert_eq!(Encoding::Utf16Le.newline(b"\x0a\x01a\0\n\0"), Some(4));
        assert_eq!(Encoding::Utf16Be.newline(b"\x01\x0a\0\n"), Some(2));
        assert_eq!(Encoding::Utf16Le.decode(b"\xe9\0\xac\x20", false), "é€");
    }
}
