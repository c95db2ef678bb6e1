//! The encodings that modifiers put a value into before it is looked for: UTF-16 and Base64 (RFC 4648).

/// The order of the two bytes of UTF-16, and whether a mark says so in front.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Utf16 {
    /// Low byte first.
    Little,
    /// High byte first.
    Big,
    /// Low byte first, behind a byte order mark.
    Marked,
}

impl Utf16 {
    pub(crate) fn encode(self, text: &str) -> Vec<u8> {
        let mut bytes = if self == Self::Marked { vec![0xFF, 0xFE] } else { Vec::new() };
        for unit in text.encode_utf16() {
            bytes.extend(if self == Self::Big { unit.to_be_bytes() } else { unit.to_le_bytes() });
        }
        bytes
    }
}

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// `bytes` in Base64 with padding.
pub(crate) fn base64(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let three = [chunk[0], chunk.get(1).copied().unwrap_or(0), chunk.get(2).copied().unwrap_or(0)];
        let bits = u32::from_be_bytes([0, three[0], three[1], three[2]]);
        for letter in 0..4 {
            if letter <= chunk.len() {
                text.push(char::from(LETTERS[(bits >> (18 - 6 * letter)) as usize & 63]));
            } else {
                text.push('=');
            }
        }
    }
    text
}

/// How `bytes` look inside a longer Base64 text, for each of the three places where they can start: only the letters
/// that their neighbours cannot change.
pub(crate) fn base64_anywhere(bytes: &[u8]) -> Vec<String> {
    (0..3)
        .map(|before| {
            let mut padded = vec![0; before];
            padded.extend_from_slice(bytes);
            // Six bits a letter: leave out the letters that hold a bit of somebody else.
            let start = (before * 8).div_ceil(6);
            let end = padded.len() * 8 / 6;
            base64(&padded)[start..end.max(start)].to_owned()
        })
        .filter(|text| !text.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_standard() {
        for (text, expected) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(base64(text.as_bytes()), expected);
        }
    }

    #[test]
    fn a_text_is_found_inside_any_longer_base64() {
        let needle = "http://vigie";
        let variants = base64_anywhere(needle.as_bytes());
        assert_eq!(variants.len(), 3);
        for before in 0..7 {
            for behind in 0..4 {
                let long = base64(format!("{}{needle}{}", "x".repeat(before), "y".repeat(behind)).as_bytes());
                assert!(variants.iter().any(|variant| long.contains(variant.as_str())), "{before} {behind}");
            }
        }
    }

    #[test]
    fn utf16_has_two_bytes_a_letter() {
        assert_eq!(Utf16::Little.encode("aé"), [0x61, 0, 0xE9, 0]);
        assert_eq!(Utf16::Big.encode("aé"), [0, 0x61, 0, 0xE9]);
        assert_eq!(Utf16::Marked.encode("a"), [0xFF, 0xFE, 0x61, 0]);
    }
}
