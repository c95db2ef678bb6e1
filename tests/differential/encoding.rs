//! Base64 and UTF-16, written a second time so that events do not come from the code under test.

pub(crate) fn base64(bytes: &[u8]) -> String {
    let letter = |value: u32| {
        char::from(match u8::try_from(value & 63).expect("six bits") {
            low @ 0..26 => b'A' + low,
            low @ 26..52 => b'a' + low - 26,
            low @ 52..62 => b'0' + low - 52,
            62 => b'+',
            _ => b'/',
        })
    };
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let bits = three.iter().enumerate().fold(0_u32, |bits, (at, byte)| bits | u32::from(*byte) << (16 - 8 * at));
        text.extend((0..=three.len()).map(|at| letter(bits >> (18 - 6 * at))));
        text.extend(std::iter::repeat_n('=', 3 - three.len()));
    }
    text
}

/// `text` as the modifiers before a Base64 modifier want it.
pub(crate) fn bytes(text: &str, modifiers: &[&str]) -> Vec<u8> {
    let wide = |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    if modifiers.contains(&"utf16") {
        return [0xFF, 0xFE].into_iter().chain(wide(u16::to_le_bytes)).collect();
    }
    if modifiers.contains(&"utf16be") {
        return wide(u16::to_be_bytes);
    }
    if modifiers.iter().any(|modifier| ["wide", "utf16le"].contains(modifier)) {
        return wide(u16::to_le_bytes);
    }
    text.as_bytes().to_vec()
}
