//! Encrypts what must rest on disk for a moment as it was written. The only file that names the crate for that.

use std::fmt;

use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

use super::seal::Key;

/// How many random bytes make one key of many.
pub(crate) const SALT: usize = 32;

/// Encrypts messages one after the other, and reads them in the same order. Two with the same key and salt must never
/// encrypt: each message is known by its number.
pub(crate) struct Cipher {
    key: LessSafeKey,
    next: u64,
}

impl Cipher {
    /// The cipher of one row of messages: `purpose` says what for, and `salt` is theirs alone.
    pub(crate) fn new(site: &Key, purpose: &str, salt: &[u8; SALT]) -> Self {
        let key = site.derive(&[purpose.as_bytes(), salt]);
        let key = UnboundKey::new(&CHACHA20_POLY1305, &key).expect("the key is as long as it must be");
        Self { key: LessSafeKey::new(key), next: 0 }
    }

    /// A salt that nobody has had.
    pub(crate) fn salt() -> std::io::Result<[u8; SALT]> {
        let mut salt = [0; SALT];
        getrandom::fill(&mut salt).map_err(std::io::Error::other)?;
        Ok(salt)
    }

    /// Encrypts the next message where it stands, and adds what shows that nobody changed it.
    pub(crate) fn seal(&mut self, message: &mut Vec<u8>) {
        let nonce = self.nonce();
        self.key.seal_in_place_append_tag(nonce, Aad::empty(), message).expect("no message is that long");
    }

    /// Reads the next message; nothing where it is not what was written.
    pub(crate) fn open<'m>(&mut self, sealed: &'m mut [u8]) -> Option<&'m [u8]> {
        let nonce = self.nonce();
        self.key.open_in_place(nonce, Aad::empty(), sealed).ok().map(|message| &*message)
    }

    fn nonce(&mut self) -> Nonce {
        let mut bytes = [0; NONCE_LEN];
        bytes[NONCE_LEN - size_of::<u64>()..].copy_from_slice(&self.next.to_be_bytes());
        self.next += 1;
        Nonce::assume_unique_for_key(bytes)
    }
}

impl fmt::Debug for Cipher {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Cipher(secret)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cipher(salt: u8) -> Cipher {
        Cipher::new(&Key::from_bytes([7; 32]), "test", &[salt; SALT])
    }

    #[test]
    fn messages_come_back_in_their_order_and_no_other() {
        let (mut writer, mut reader) = (cipher(1), cipher(1));
        let mut sealed = [b"one".to_vec(), b"one".to_vec()];
        for message in &mut sealed {
            writer.seal(message);
        }
        assert_ne!(sealed[0], sealed[1]);
        assert!(!sealed[0].starts_with(b"one"));
        let [mut first, mut second] = sealed.clone();
        assert_eq!(reader.open(&mut first), Some(&b"one"[..]));
        assert_eq!(reader.open(&mut second), Some(&b"one"[..]));
        let [mut first, mut second] = sealed;
        assert_eq!(cipher(1).open(&mut second), None);
        assert_eq!(cipher(2).open(&mut first), None);
    }

    #[test]
    fn a_changed_message_is_none() {
        let mut sealed = b"one".to_vec();
        cipher(1).seal(&mut sealed);
        sealed[1] ^= 1;
        assert_eq!(cipher(1).open(&mut sealed), None);
        assert!(!format!("{:?}", cipher(1)).contains('7'));
    }
}
