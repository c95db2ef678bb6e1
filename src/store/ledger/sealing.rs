//! How entries are sealed. With the site's key: whoever can write the file but has not the key can seal nothing. Versions
//! before sealed without one; their entries are followed by one that says from which number on the key counts.

use jiff::Timestamp;

use crate::base::realm::Realm;
use crate::base::seal::{Key, Seal, Sealer};
use crate::store::row::NewEntry;

/// The kind of the first entry that is sealed with the key.
pub(super) const KEYED: &str = "ledger.keyed";

/// What seals the ledger of one site.
#[derive(Debug, Clone)]
pub(in crate::store) struct Sealing {
    entries: Sealer,
    bodies: Sealer,
    heads: Sealer,
}

/// An entry without its body: of that only a seal goes into the entry's own, so that it can be erased.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame<'a> {
    pub(super) id: u64,
    pub(super) at: Timestamp,
    pub(super) realm: Realm,
    pub(super) kind: &'a str,
}

impl<'a> Frame<'a> {
    pub(super) fn of(id: u64, entry: &'a NewEntry) -> Self {
        Self { id, at: entry.at, realm: entry.realm, kind: &entry.kind }
    }

    fn parts<T>(self, with: impl FnOnce([&[u8]; 4]) -> T) -> T {
        let (at, realm) = (self.at.to_string(), self.realm.to_string());
        with([&self.id.to_be_bytes(), at.as_bytes(), realm.as_bytes(), self.kind.as_bytes()])
    }
}

impl Sealing {
    /// What seals with keys made of this one, each for one purpose.
    pub(in crate::store) fn of(key: &Key) -> Self {
        let [entries, bodies, heads] = ["ledger entry", "ledger body", "ledger head"].map(|of| key.sealer(of));
        Self { entries, bodies, heads }
    }

    /// The seal of a body, of which nobody learns anything who has not the key: not even whether a guess is right.
    pub(super) fn body(&self, id: u64, body: &str) -> Seal {
        self.bodies.of(&[&id.to_be_bytes(), body.as_bytes()])
    }

    /// The seal of an entry, over the one before it and the seal of its body.
    pub(super) fn entry(&self, before: Seal, frame: Frame<'_>, body: Seal) -> Seal {
        frame.parts(|[id, at, realm, kind]| self.entries.of(&[&before.0, id, at, realm, kind, &body.0]))
    }

    /// What stands for the body of an entry of before that was erased: its own seal cannot be made without that body, so
    /// everything else of it is sealed anew.
    pub(super) fn frame(&self, frame: Frame<'_>, seal: Seal) -> Seal {
        frame.parts(|[id, at, realm, kind]| self.bodies.of(&[b"erased", id, at, realm, kind, &seal.0]))
    }

    /// The mark which says that the ledger stood here once.
    pub(in crate::store) fn head(&self, id: u64, seal: Seal) -> Seal {
        self.heads.of(&[&id.to_be_bytes(), &seal.0])
    }
}

/// The seal of an entry in versions before: SHA-256 over the seal before it and every column.
pub(super) fn plain(before: Seal, frame: Frame<'_>, body: &str) -> Seal {
    frame.parts(|[id, at, realm, kind]| Seal::of(&[&before.0, id, at, realm, kind, body.as_bytes()]))
}
