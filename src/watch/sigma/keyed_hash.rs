//! What stands for a text without telling it: SipHash-2-4 with 128 bits (Aumasson and Bernstein, 2012).
//!
//! Windows are kept on disk under what their values hash to, and values name people. This hash is made for this: whoever
//! has the hashes but not the key can neither turn them back nor try names against them, and it costs a hundredth of
//! what an HMAC does, with every event. Its key is derived from the site's own.

use std::hash::Hasher as _;

use siphasher::sip128::{Hasher128 as _, SipHasher24};

use crate::base::address::in_short;
use crate::base::seal::Key;
use crate::watch::sigma::view::text::fold;

/// The key of the hashes of one site.
#[derive(Clone)]
pub(crate) struct KeyedHash([u64; 2]);

impl Default for KeyedHash {
    /// Where nothing is written to disk, as when old logs are looked through, any key will do.
    fn default() -> Self {
        Self([0, 0])
    }
}

impl std::fmt::Debug for KeyedHash {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("KeyedHash(secret)")
    }
}

impl KeyedHash {
    /// The hash of the site with this key.
    pub(crate) fn of(key: &Key) -> Self {
        let signature = key.sign(b"windows of correlations");
        let half = |text: &str| u64::from_str_radix(text, 16).expect("a signature is 32 hexadecimal digits");
        let (one, other) = signature.split_at(16);
        Self([half(one), half(other)])
    }

    /// A number that stands for texts in their order. Upper and lower case are the same, and so are the two ways to write an
    /// address: one machine is one, whichever way its log puts it.
    pub(crate) fn number<'t>(&self, texts: impl Iterator<Item = &'t str>) -> u128 {
        let Self([one, other]) = *self;
        let mut folded = Folded { hash: SipHasher24::new_with_keys(one, other), bytes: [0; ROOM], waiting: 0 };
        for text in texts {
            let length = folded.text(&in_short(text)) as u64;
            // The length behind each text keeps two texts from running into each other.
            folded.put(&length.to_le_bytes());
        }
        folded.finish()
    }
}

/// So many bytes are given to the hash at once: most groups are shorter.
const ROOM: usize = 64;

/// Texts on their way into the hash. It takes a few long pieces far faster than many short ones.
struct Folded {
    hash: SipHasher24,
    bytes: [u8; ROOM],
    waiting: usize,
}

impl Folded {
    /// Takes in a text with every letter folded, and says how long it is then.
    fn text(&mut self, text: &str) -> usize {
        if text.is_ascii() {
            for part in text.as_bytes().chunks(ROOM) {
                self.put(part).make_ascii_lowercase();
            }
            return text.len();
        }
        let letters = text.chars().map(fold);
        letters.map(|letter| self.put(letter.encode_utf8(&mut [0; 4]).as_bytes()).len()).sum()
    }

    /// Puts a few bytes behind those that wait; gives them back as they stand there.
    #[inline]
    fn put(&mut self, bytes: &[u8]) -> &mut [u8] {
        if self.waiting + bytes.len() > ROOM {
            self.hash.write(&self.bytes[..self.waiting]);
            self.waiting = 0;
        }
        let room = &mut self.bytes[self.waiting..][..bytes.len()];
        room.copy_from_slice(bytes);
        self.waiting += bytes.len();
        room
    }

    fn finish(mut self) -> u128 {
        self.hash.write(&self.bytes[..self.waiting]);
        self.hash.finish128().as_u128()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Windows are found again by these numbers: what an earlier version wrote has to be what this one asks for.
    #[test]
    fn numbers_are_what_they_have_always_been() {
        let keyed_hash = KeyedHash([0x0123_4567_89ab_cdef, 0xfedc_ba98_7654_3210]);
        let long = "Abc ".repeat(50);
        for (texts, number) in [
            (&[][..], 0xe9f1_becf_387b_4a45_4f80_4023_69e6_9a6b_u128),
            (&[""], 0xe2ce_0c08_a35e_7e3a_41a7_c729_cad3_c644),
            (&["Administrator"], 0x6abd_1903_29ed_54ff_b586_80be_9d4e_911f),
            (&["10.2.3.17", "SRV-DC1"], 0x6a9e_c062_3e15_4e77_e666_1a12_5ffa_1e5f),
            (&["SRV-DC1", "10.2.3.17"], 0xab1e_ac72_4258_c81a_a293_8e33_c40d_3bb8),
            (&["Élodie", "ÉTÉ"], 0xfeaa_3424_467a_96a3_b0b7_ac8f_4830_3db3),
            (&[&long], 0xb20f_3999_c69f_46fd_032e_78a8_90d9_a291),
            (&["x", &long, "é"], 0x6308_9259_c604_bf28_c191_28f1_534f_1125),
        ] {
            assert_eq!(keyed_hash.number(texts.iter().copied()), number, "{texts:?}");
        }
    }

    #[test]
    fn texts_do_not_run_into_each_other_and_case_does_not_count() {
        let keyed_hash = KeyedHash::of(&Key::from_bytes([7; 32]));
        let number = |texts: &[&str]| keyed_hash.number(texts.iter().copied());
        assert_ne!(number(&["ab", "c"]), number(&["a", "bc"]));
        assert_ne!(number(&["ab"]), number(&["ab", ""]));
        assert_eq!(number(&["ÉLODIE", "Srv"]), number(&["élodie", "SRV"]));
        for address in ["::ffff:10.2.3.17", "::FFFF:a02:311", "0:0:0:0:0:ffff:10.2.3.17"] {
            assert_eq!(number(&[address]), number(&["10.2.3.17"]), "{address}");
        }
        assert_ne!(number(&["::10.2.3.17"]), number(&["10.2.3.17"]));
        let other = KeyedHash::of(&Key::from_bytes([8; 32]));
        assert_ne!(number(&["ab"]), other.number(["ab"].into_iter()));
        assert!(!format!("{keyed_hash:?}").contains(&keyed_hash.0[0].to_string()));
    }
}
