//! Hashes and message codes. The only file that names the cryptographic crates.

use std::fmt::{self, Write as _};

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};

/// A SHA-256 digest, shown as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Seal(pub [u8; 32]);

impl Seal {
    /// The digest of several parts. Each part is preceded by its length, so that moving a byte from one part to the
    /// next changes the digest.
    pub(crate) fn of(parts: &[&[u8]]) -> Self {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        Self(hash.finalize().into())
    }

    /// Its first digits, which are enough to find it again.
    pub(crate) fn short(&self) -> String {
        self.to_string()[..SHORT].to_owned()
    }

    /// Reads 64 hexadecimal digits.
    pub(crate) fn from_hex(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        read_hex(text, &mut bytes).then_some(Self(bytes))
    }
}

impl fmt::Display for Seal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&hex(&self.0))
    }
}

impl fmt::Debug for Seal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

/// A site's own secret key. Its bytes never show in `Debug`, logs or errors.
#[derive(Clone)]
pub struct Key([u8; 32]);

impl Key {
    /// Takes the bytes of a key that was kept.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// A new key from the operating system's random numbers.
    pub(crate) fn random() -> std::io::Result<Self> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(std::io::Error::other)?;
        Ok(Self(bytes))
    }

    /// The bytes, to be kept in the site's store and nowhere else.
    pub(crate) fn to_bytes(&self) -> [u8; 32] {
        self.0
    }

    /// The first 16 bytes of the HMAC-SHA-256 (RFC 2104) of `text`, as 32 hexadecimal digits.
    pub(crate) fn sign(&self, text: &[u8]) -> String {
        hex(&self.mac(text).finalize().into_bytes()[..SIGNED])
    }

    /// Whether `signature` is what `Key::sign` gives for `text`; takes the same time whatever differs.
    pub fn verify(&self, text: &[u8], signature: &str) -> bool {
        let mut bytes = [0; SIGNED];
        let is_ours = !signature.bytes().any(|letter| letter.is_ascii_uppercase());
        is_ours && read_hex(signature, &mut bytes) && self.mac(text).verify_truncated_left(&bytes).is_ok()
    }

    /// A key for one purpose, made of this one: the HMAC-SHA-256 of what it is for. Each part is preceded by its length.
    pub(crate) fn derive(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut mac = self.mac(b"");
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }

    /// What seals with this key, for one purpose.
    pub(crate) fn sealer(&self, purpose: &str) -> Sealer {
        Sealer(Self(self.derive(&[purpose.as_bytes()])).mac(b""))
    }

    fn mac(&self, text: &[u8]) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes a key of any length");
        mac.update(text);
        mac
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Key(secret)")
    }
}

/// Seals that only who has the key can make or check: HMAC-SHA-256 with a key of their own.
#[derive(Clone)]
pub(crate) struct Sealer(Hmac<Sha256>);

impl Sealer {
    /// The seal of several parts, each preceded by its length.
    pub(crate) fn of(&self, parts: &[&[u8]]) -> Seal {
        let mut mac = self.0.clone();
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        Seal(mac.finalize().into_bytes().into())
    }
}

impl fmt::Debug for Sealer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Sealer(secret)")
    }
}

/// How many digits of a seal are enough to find it again.
pub(crate) const SHORT: usize = 16;

/// How many bytes of a message code are written.
const SIGNED: usize = 16;

/// Reads exactly as many bytes as there is room for, as [`hex`] writes them.
fn read_hex(text: &str, bytes: &mut [u8]) -> bool {
    let digit = |letter: u8| char::from(letter).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pairs = text.as_bytes().chunks(2);
    text.len() == bytes.len() * 2
        && bytes.iter_mut().zip(pairs).all(|(byte, pair)| {
            let (Some(high), Some(low)) = (digit(pair[0]), digit(pair[1])) else { return false };
            *byte = high << 4 | low;
            true
        })
}

/// Bytes as lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        write!(text, "{byte:02x}").expect("writing to a string cannot fail");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moving_a_byte_between_parts_changes_the_digest() {
        assert_ne!(Seal::of(&[b"ab", b"c"]), Seal::of(&[b"a", b"bc"]));
    }

    #[test]
    fn a_seal_survives_its_own_text() {
        let seal = Seal::of(&[b"abc"]);
        assert_eq!(Seal::from_hex(&seal.to_string()), Some(seal));
        assert_eq!(Seal::from_hex("zz"), None);
    }

    #[test]
    fn a_signature_holds_for_its_own_key_and_text_only() {
        let key = Key::from_bytes([7; 32]);
        let signature = key.sign(b"text");
        assert!(key.verify(b"text", &signature));
        assert!(!key.verify(b"Text", &signature));
        for other in [
            "",
            &signature[1..],
            &signature.to_uppercase(),
            &format!("{signature}00"),
            &"é".repeat(16),
            &"+1".repeat(16),
        ] {
            assert!(!key.verify(b"text", other), "{other}");
        }
        assert!(!Key::from_bytes([8; 32]).verify(b"text", &signature));
        assert!(!format!("{key:?}").contains('7'));
    }
}
