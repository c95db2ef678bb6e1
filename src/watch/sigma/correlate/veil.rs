//! What stands for a text without telling it: SipHash-2-4 with 128 bits (Aumasson and Bernstein, 2012).
//!
//! Windows are kept on disk under what their values hash to, and values name people. This hash is made for this: whoever
//! has the hashes but not the key can neither turn them back nor try names against them, and it costs a hundredth of
//! what an HMAC does, with every event. Its key is derived from the site's own.

use crate::base::seal::Key;
use crate::watch::sigma::view::text::fold;

/// The key of the hashes of one site.
#[derive(Clone)]
pub(crate) struct Veil([u64; 2]);

impl Default for Veil {
    /// Where nothing is written to disk, as when old logs are looked through, any key will do.
    fn default() -> Self {
        Self([0, 0])
    }
}

impl std::fmt::Debug for Veil {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Veil(secret)")
    }
}

impl Veil {
    /// The veil of the site with this key.
    pub(crate) fn of(key: &Key) -> Self {
        let signature = key.sign(b"windows of correlations");
        let half = |text: &str| u64::from_str_radix(text, 16).expect("a signature is 32 hexadecimal digits");
        let (one, other) = signature.split_at(16);
        Self([half(one), half(other)])
    }

    /// A number that stands for texts in their order. Upper and lower case are the same.
    pub(crate) fn number<'t>(&self, texts: impl Iterator<Item = &'t str>) -> u128 {
        let mut hash = Hash::new(self.0);
        for text in texts {
            let before = hash.length;
            if text.is_ascii() {
                hash.ascii(text.as_bytes());
            } else {
                for letter in text.chars() {
                    fold(letter).encode_utf8(&mut [0; 4]).bytes().for_each(|byte| hash.bytes(byte.into(), 1));
                }
            }
            // The length behind each text keeps two texts from running into each other.
            hash.bytes(hash.length.wrapping_sub(before), 8);
        }
        hash.finish()
    }
}

/// A hash being made.
struct Hash {
    state: [u64; 4],
    /// Up to eight bytes that wait.
    block: u64,
    length: u64,
}

impl Hash {
    fn new([one, other]: [u64; 2]) -> Self {
        let state = [
            one ^ 0x736f_6d65_7073_6575,
            other ^ 0x646f_7261_6e64_6f6d ^ 0xee,
            one ^ 0x6c79_6765_6e65_7261,
            other ^ 0x7465_6462_7974_6573,
        ];
        Self { state, block: 0, length: 0 }
    }

    /// Takes in a text of ASCII letters, in lower case.
    fn ascii(&mut self, text: &[u8]) {
        let (chunks, rest) = text.as_chunks::<8>();
        for chunk in chunks {
            let mut chunk = *chunk;
            chunk.make_ascii_lowercase();
            self.bytes(u64::from_le_bytes(chunk), 8);
        }
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        last.make_ascii_lowercase();
        self.bytes(u64::from_le_bytes(last), rest.len());
    }

    /// Takes in so many bytes, eight at most: the lowest of `word`, whose others are zero.
    fn bytes(&mut self, word: u64, many: usize) {
        let waiting = (self.length & 7) as usize;
        self.block |= word << (8 * waiting);
        self.length += many as u64;
        if waiting + many >= 8 {
            self.absorb();
            // What did not fit waits now.
            self.block = if waiting == 0 { 0 } else { word >> (64 - 8 * waiting) };
        }
    }

    fn absorb(&mut self) {
        self.state[3] ^= self.block;
        self.round();
        self.round();
        self.state[0] ^= self.block;
        self.block = 0;
    }

    fn round(&mut self) {
        let [mut a, mut b, mut c, mut d] = self.state;
        a = a.wrapping_add(b);
        c = c.wrapping_add(d);
        b = b.rotate_left(13) ^ a;
        d = d.rotate_left(16) ^ c;
        a = a.rotate_left(32);
        c = c.wrapping_add(b);
        a = a.wrapping_add(d);
        b = b.rotate_left(17) ^ c;
        d = d.rotate_left(21) ^ a;
        c = c.rotate_left(32);
        self.state = [a, b, c, d];
    }

    fn finish(mut self) -> u128 {
        self.block |= self.length << 56;
        self.absorb();
        self.state[2] ^= 0xee;
        let low = self.squeeze();
        self.state[1] ^= 0xdd;
        u128::from(self.squeeze()) << 64 | u128::from(low)
    }

    fn squeeze(&mut self) -> u64 {
        for _ in 0..4 {
            self.round();
        }
        self.state.iter().fold(0, |all, part| all ^ part)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The vectors that come with the authors' own program: the bytes 0, 1, 2, … under the key of the bytes 0 to 15.
    #[test]
    fn hashes_are_those_of_the_authors() {
        let key = [0x0706_0504_0302_0100, 0x0f0e_0d0c_0b0a_0908];
        for (length, expected) in [
            (0, 0xa381_7f04_ba25_a8e6_6df6_7214_c755_0293_u128),
            (1, 0xda87_c1d8_6b99_af44_3476_5911_9b22_fc45),
            (2, 0x8177_228d_a4a4_5dc7_fca3_8bde_f60a_ffe4),
        ] {
            let mut hash = Hash::new(key);
            (0..length).for_each(|byte| hash.bytes(byte, 1));
            assert_eq!(hash.finish().swap_bytes(), expected, "{length} bytes");
        }
    }

    proptest! {
        #[test]
        fn several_bytes_at_once_are_the_same_as_one_after_the_other(texts in prop::collection::vec("[ -~]{0,20}", 0..4)) {
            let veil = Veil::of(&Key::from_bytes([7; 32]));
            let mut hash = Hash::new(veil.0);
            for text in &texts {
                let length = (text.len() as u64).to_le_bytes();
                let all = text.bytes().map(|byte| byte.to_ascii_lowercase()).chain(length);
                all.for_each(|byte| hash.bytes(byte.into(), 1));
            }
            prop_assert_eq!(veil.number(texts.iter().map(String::as_str)), hash.finish());
        }
    }

    #[test]
    fn texts_do_not_run_into_each_other_and_case_does_not_count() {
        let veil = Veil::of(&Key::from_bytes([7; 32]));
        let number = |texts: &[&str]| veil.number(texts.iter().copied());
        assert_ne!(number(&["ab", "c"]), number(&["a", "bc"]));
        assert_ne!(number(&["ab"]), number(&["ab", ""]));
        assert_eq!(number(&["ÉLODIE", "Srv"]), number(&["élodie", "SRV"]));
        let other = Veil::of(&Key::from_bytes([8; 32]));
        assert_ne!(number(&["ab"]), other.number(["ab"].into_iter()));
        assert!(!format!("{veil:?}").contains(&veil.0[0].to_string()));
    }
}
